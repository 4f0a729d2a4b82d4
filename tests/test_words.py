"""Both languages are complete: nothing empty, nothing left in English, no placeholder lost."""

import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "translations" / "km" / "LC_MESSAGES" / "messages.po"
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]+\}")
KHMER = re.compile("[\u1780-\u17ff]")


@pytest.fixture(scope="module")
def entries() -> list[tuple[str, str]]:
    """Each English text with its Khmer one."""
    return [
        (entry.msgid_plural or entry.msgid, entry.msgstr_plural.get(0) or entry.msgstr)
        for entry in polib.pofile(str(CATALOGUE))
    ]


def test_every_text_of_the_pages_is_in_the_catalogue_and_no_other(tmp_path: Path) -> None:
    found = tmp_path / "messages.pot"
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg", "-k", "_l",
         "-k", "lazy_gettext", "-o", str(found), "."],
        cwd=ROOT, check=True,
    )  # fmt: skip
    said = {entry.msgid for entry in polib.pofile(str(found))}
    kept = {entry.msgid for entry in polib.pofile(str(CATALOGUE))}
    assert said - kept == set(), "run `make words` and translate"
    assert kept - said == set(), "run `make words`"


def test_every_text_has_its_khmer(entries: list[tuple[str, str]]) -> None:
    missing = [english for english, khmer in entries if not khmer.strip()]
    assert missing == []
    assert not polib.pofile(str(CATALOGUE)).fuzzy_entries()


def test_no_khmer_text_is_english(entries: list[tuple[str, str]]) -> None:
    latin_only = [
        english for english, khmer in entries if re.search("[a-z]{4}", english) and not KHMER.search(khmer)
    ]
    assert latin_only == []


def test_no_placeholder_is_lost(entries: list[tuple[str, str]]) -> None:
    lost = [
        (english, khmer)
        for english, khmer in entries
        if set(PLACEHOLDER.findall(english)) != set(PLACEHOLDER.findall(khmer))
    ]
    assert lost == []


def test_no_text_begins_or_ends_with_an_invisible_letter(entries: list[tuple[str, str]]) -> None:
    ends = [
        khmer
        for _, khmer in entries
        if khmer[:1] in "\u200b\u200c\u200d" or khmer[-1:] in "\u200b\u200c\u200d"
    ]
    assert [khmer for khmer in ends if khmer] == []
