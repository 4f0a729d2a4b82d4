"""Plain texts are plain: English at school grade 8 or lower, Khmer in short sentences."""

import re

import pytest

from contracts.terms import Text
from tests.contracts.profiles import EDITION

GRADE = 8.0
# Khmer writes no spaces between words. A word has about five characters, so 130 are about 25 words.
LONGEST_KHMER = 130
SILENT = re.compile(r"(?:[^aeiouytd]ed|[^aeiouy]e|[^aeiouysxzcg]es)$")


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e, es or ed at the end; at least one."""
    letters = re.sub("[^a-z]", "", word.lower())
    groups = len(re.findall("[aeiouy]+", letters))
    silent = bool(SILENT.search(letters)) and not letters.endswith("le")
    return max(1, groups - silent)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of an English text (Kincaid and others, 1975)."""
    sentences = [part for part in re.split(r"[.!?:;]+(?:\s|$)", text) if part.strip()]
    words = re.findall(r"[A-Za-z’'-]+|\d+", text)
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59


def khmer_sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split("[។៖]", text) if part.strip()]


PLAIN = {obligation.code: obligation.plain for obligation in EDITION.obligations}
OTHER: dict[str, Text] = {}
for each in EDITION.obligations:
    OTHER |= {f"{each.code} why": each.why, f"{each.code} evidence": each.evidence}
for rung in EDITION.consequences:
    OTHER |= {f"{rung.code} who": rung.who_decides_text, f"{rung.code} may": rung.you_may}
    OTHER |= {f"{rung.code} public": rung.public_sees, f"{rung.code} people": rung.people_in_care}
    OTHER |= {f"{rung.code} cannot": rung.ministry_cannot}


@pytest.mark.parametrize(
    ("word", "count"),
    [("care", 1), ("people", 2), ("Ministry", 3), ("helped", 1), ("needed", 2), ("agree", 2), ("the", 1)],
)
def test_syllables_are_counted_as_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_tells_plain_from_hard_english() -> None:
    assert grade("You give each person a safe bed. You ask what they need.") < 3
    assert (
        grade("The organisation's representations constitute preconditions of administrative adjudication.")
        > 20
    )


def test_every_plain_text_reads_at_grade_eight_or_lower() -> None:
    hard = {code: round(grade(EDITION.fill(text, "en")), 1) for code, text in PLAIN.items()}
    assert {code: level for code, level in hard.items() if level > GRADE} == {}


def test_reasons_evidence_and_the_ladder_read_at_grade_eight_or_lower() -> None:
    hard = {name: round(grade(EDITION.fill(text, "en")), 1) for name, text in OTHER.items()}
    assert {name: level for name, level in hard.items() if level > GRADE} == {}


def test_no_khmer_sentence_is_longer_than_about_twenty_five_words() -> None:
    long = {
        name: sentence
        for name, text in (PLAIN | OTHER).items()
        for sentence in khmer_sentences(EDITION.fill(text, "km"))
        if len(sentence) > LONGEST_KHMER
    }
    assert long == {}


def test_a_plain_text_is_short_enough_to_be_read_on_a_phone() -> None:
    long = {code: len(text.en.split()) for code, text in PLAIN.items() if len(text.en.split()) > 75}
    assert long == {}
