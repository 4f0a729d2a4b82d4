"""Word, PDF and page from one composed memorandum: the same words, nothing run, every letter drawn."""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from contracts import converting
from contracts.composing import Composed, compose, printed_codes
from contracts.converting import ConversionFailed, convert_to_pdf
from contracts.editions.make_wording import BOX_HEIGHT, BOX_WIDTH, make_wording
from contracts.facts import Bilingual, Facts
from contracts.rendering import BoxMissing, WordingBroken, render_docx, signature_boxes
from tests.contracts.sample_facts import sample_facts
from tests.contracts.test_composing import EDITION, FOREIGN, OUTREACH, PROFILES, SHELTER, Profile

ROOT = Path(__file__).parents[2]
WORDING = (ROOT / "contracts/editions/2026-01/wording.docx").read_bytes()
POINTS_PER_MM = 72 / 25.4
INJECTIONS = [
    *("{{ 7*7 }}", "{% if 1 %}x{% endif %}", "{# note #}", "{{ config }}", "{{ ''.__class__.__mro__ }}"),
    *(
        "{{ cycler.__init__.__globals__ }}",
        "{{ self }}",
        "{%p for x in y %}",
        "{%tr endfor %}",
        "{{r name }}",
    ),
    *("{_{ 1 }_}", "{_% x %_}", "}}{{", "{{", "}}", "{%", "%}", "${7*7}", "#{7*7}", "<%= 7*7 %>"),
    *("<w:p/>", "</w:t></w:r>", "&amp;", "&lt;b&gt;", "A & B <C> \"D\" 'E'", "<script>alert(1)</script>"),
    *("]]>", "%(name)s", "{edition}", "{{ lipsum|attr('__globals__') }}"),
]


def words_of_docx(docx: bytes) -> str:
    """All text of a Word file in the order of its paragraphs, footers included."""
    with zipfile.ZipFile(io.BytesIO(docx)) as parts:
        names = [name for name in parts.namelist() if re.search(r"word/(document|footer\d+)\.xml", name)]
        text = "\n".join(parts.read(name).decode() for name in names)
    text = re.sub(r"<w:tab/>", "\t", text)
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", "\n", text)))


def page_of(text: Composed, language: str) -> str:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"), autoescape=True, undefined=StrictUndefined
    )
    source = "{% from 'macros/memorandum.html' import memorandum %}{{ memorandum(text, language) }}"
    return environment.from_string(source).render(text=text, language=language)


def words_of_page(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def pieces(text: Composed) -> Iterator[str]:
    """Every sentence and cell of the composed memorandum."""
    for part in text["articles"] + text["annexes"]:
        yield from part["heading"].values()
        for each in part["paragraphs"]:
            cells = [*each["columns"], *(cell for row in each["rows"] for cell in row)]
            for words in cells if each["kind"] == "table" else [each, each["term"]]:
                yield from (words["km"], words["en"])
    for party in text["parties"]:
        yield from (*party["name"].values(), *party["text"].values())
    for seen in text["preamble"]:
        yield from seen.values()


def images(boxes: dict[str, Any]) -> dict[str, tuple[float, float]]:
    return {party: ((box[3] - box[1]), (box[4] - box[2])) for party, box in boxes.items()}


@pytest.fixture(scope="module")
def shelter() -> Composed:
    return compose(EDITION, SHELTER, sample_facts())


@pytest.fixture(scope="module")
def docx(shelter: Composed) -> bytes:
    return render_docx(shelter, wording=WORDING)


@pytest.fixture(scope="module")
def pdf(docx: bytes) -> bytes:
    return convert_to_pdf(docx)


@pytest.fixture(scope="module")
def pdf_file(pdf: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "memorandum.pdf"
    path.write_bytes(pdf)
    return path


@PROFILES
def test_word_and_page_hold_every_sentence_of_the_composed_text(profile: Profile) -> None:
    text = compose(EDITION, profile, sample_facts())
    in_word = words_of_docx(render_docx(text, wording=WORDING))
    pages = {language: words_of_page(page_of(text, language)) for language in ("km", "en")}
    for piece in pieces(text):
        assert piece in in_word, piece
        assert piece in pages["km"], piece
        assert piece in pages["en"], piece


def test_each_duty_has_one_bookmark_of_its_code(docx: bytes, shelter: Composed) -> None:
    document = Document(io.BytesIO(docx))
    names = [mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))]
    codes = [name for name in names if re.fullmatch(r"[A-Z]{2}-\d{2}", name)]
    assert sorted(codes) == sorted(printed_codes(shelter))


def test_the_page_has_one_id_for_each_article_and_each_clause(shelter: Composed) -> None:
    html = page_of(shelter, "km")
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {f"clause-{code}" for code in printed_codes(shelter)} <= set(ids)
    assert {f"article-{number}" for number in range(1, 23)} <= set(ids)
    assert all(link in ids for link in re.findall(r'href="#([^"]+)"', html))


def test_the_page_opens_in_the_chosen_language_and_keeps_the_other_a_step_away(shelter: Composed) -> None:
    first = page_of(shelter, "en").split('id="article-1"')[1].split("</section>")[0]
    open_part, other_part = first.split("<details", 1)
    assert "The Organisation signs of its own free will." in open_part
    assert "អង្គការចុះហត្ថលេខាដោយស្ម័គ្រចិត្ត។" in other_part
    assert 'lang="km"' in other_part


def test_no_cell_of_a_table_is_empty(docx: bytes) -> None:
    document = Document(io.BytesIO(docx))
    boxes = document.element.iter(qn("w:tc"))
    assert all("".join(cell.itertext()).strip() or cell.findall(".//" + qn("w:drawing")) for cell in boxes)


@pytest.mark.parametrize("injection", INJECTIONS)
def test_a_name_is_printed_as_it_was_typed(injection: str) -> None:
    name = Bilingual(injection, injection)
    text = compose(EDITION, OUTREACH, sample_facts(organisation_name=name))
    docx = render_docx(text, wording=WORDING)
    assert words_of_docx(docx).count(injection) >= 4
    assert Document(io.BytesIO(docx)).core_properties.title.endswith(injection)
    assert injection in words_of_page(page_of(text, "en"))


@pytest.mark.parametrize("name", ["ក" * 255, "W" * 255, "אבג شركة", "Centre សុខ A", "\u200fRTL\u200f"])
def test_long_mixed_and_right_to_left_names_keep_every_letter(name: str) -> None:
    text = compose(EDITION, OUTREACH, sample_facts(organisation_name=Bilingual(name, name)))
    assert name in words_of_docx(render_docx(text, wording=WORDING))


def changed(old: str, new: str) -> bytes:
    """The Word template with one expression changed, as somebody in the Ministry might."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORDING)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            copy.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    "expression",
    [
        "unknown_name",
        "''.__class__.__mro__[1].__subclasses__()",
        "words.__init__.__globals__",
        "articles.append(1)",
    ],
)
def test_a_template_that_reaches_for_more_than_the_text_is_refused(
    shelter: Composed, expression: str
) -> None:
    with pytest.raises(WordingBroken):
        render_docx(shelter, wording=changed("words.kingdom.km", expression))


def test_a_template_that_is_no_word_file_is_refused(shelter: Composed) -> None:
    with pytest.raises(WordingBroken):
        render_docx(shelter, wording=b"not a Word file")


def test_the_template_in_the_edition_is_the_one_that_the_command_makes() -> None:
    def documents(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return {name: parts.read(name) for name in parts.namelist() if name.startswith("word/")}

    assert documents(make_wording()) == documents(WORDING)


def test_without_a_verification_address_there_is_no_picture_of_one() -> None:
    docx = render_docx(compose(EDITION, OUTREACH, Facts()), wording=WORDING)
    assert "qr.png" not in zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()


@pytest.mark.documents
def test_the_pdf_is_tagged_titled_and_has_every_font_within_it(pdf: bytes, pdf_file: Path) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang).startswith("km")
        assert "/OpenAction" not in document.Root
        assert "Sample Shelter A" in str(document.docinfo.Title)
        with document.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "2"
            assert metadata["pdfaid:conformance"] == "B"
    rows = subprocess.run(
        ["pdffonts", pdf_file], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert all(re.search(r"yes +yes +yes +\d+ +\d+$", row) for row in rows)
    for font in ("KhmerOSSiemreap", "KhmerOSMuolLight", "LiberationSerif"):
        assert any(font in row for row in rows)
    assert len(rows) <= 6


@pytest.mark.documents
@pytest.mark.parametrize("profile", [SHELTER, OUTREACH, FOREIGN], ids=["shelter", "outreach", "foreign"])
def test_both_signature_boxes_are_found_large_level_and_on_one_page(profile: Profile) -> None:
    text = compose(EDITION, profile, sample_facts(organisation_name=Bilingual("ក" * 255, "W " * 127)))
    boxes = signature_boxes(convert_to_pdf(render_docx(text, wording=WORDING)))
    assert set(boxes) == {"organisation", "ministry"}
    assert len({(page, bottom, top) for page, _, bottom, _, top in boxes.values()}) == 1
    for width, height in images(boxes).values():
        assert width >= 70 * POINTS_PER_MM
        assert height >= 45 * POINTS_PER_MM
        assert width == pytest.approx(BOX_WIDTH * POINTS_PER_MM, abs=1)
        assert height == pytest.approx(BOX_HEIGHT * POINTS_PER_MM, abs=1)
    assert boxes["ministry"][3] < boxes["organisation"][1]


@pytest.mark.documents
def test_a_pdf_without_boxes_says_which_party_has_none(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("no boxes here")
    document.save(str(tmp_path / "plain.docx"))
    with pytest.raises(BoxMissing):
        signature_boxes(convert_to_pdf((tmp_path / "plain.docx").read_bytes()))


@pytest.mark.documents
def test_a_memorandum_is_short_enough_to_read_and_to_send(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) <= 40
    assert len(pdf) < 700_000


@pytest.mark.documents
@pytest.mark.parametrize("content", [b"plain text", b"PK\x03\x04 cut off", b""])
def test_what_is_no_word_file_gives_no_pdf(content: bytes) -> None:
    with pytest.raises(ConversionFailed):
        convert_to_pdf(content)


@pytest.mark.documents
def test_a_conversion_that_takes_too_long_is_ended(docx: bytes) -> None:
    with pytest.raises(ConversionFailed, match="longer"):
        convert_to_pdf(docx, timeout=0.05)


def test_a_machine_without_a_sandbox_converts_only_when_settings_allow(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(converting, "_can_isolate", lambda: False)
    with pytest.raises(ConversionFailed, match="sandbox"):
        convert_to_pdf(WORDING, sandbox="required")
    assert converting._command(tmp_path, sandbox="preferred")[0].endswith("soffice")
