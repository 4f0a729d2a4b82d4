"""The composed memorandum: plain values, every duty once, numbers from parameters, nothing unknown."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings

from contracts.composing import Composed, canonical_json, compose, printed_codes
from contracts.facts import AgreedChange, Bilingual, Facts, UnprintableText
from contracts.terms import Profile, applicable, load_edition
from tests.contracts.profiles import profiles
from tests.contracts.sample_facts import sample_facts

EDITION = load_edition("2026-01")
SHELTER = Profile(
    services=frozenset(
        {"emergency-shelter", "residential-care", "counselling", "legal-aid", "family-tracing"}
    ),
    groups=frozenset({"women", "girls", "boys"}),
    provinces=frozenset({"12", "17"}),
    places=24,
    child_places=10,
    active_cases=40,
    staff={"case_manager": 1},
    sites=2,
)
OUTREACH = Profile(
    services=frozenset({"legal-aid", "screening", "prevention-hotline"}),
    groups=frozenset({"women", "men"}),
    provinces=frozenset({"12"}),
    active_cases=30,
)
FOREIGN = Profile(
    services=frozenset({"repatriation", "counselling"}),
    groups=frozenset({"women", "foreign-nationals"}),
    provinces=frozenset({"01"}),
    active_cases=55,
    foreign=True,
)
PROFILES = pytest.mark.parametrize(
    "profile", [SHELTER, OUTREACH, FOREIGN], ids=["shelter", "outreach", "foreign"]
)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def printed(text: Composed) -> list[str]:
    """Everything that a reader of the paper may meet."""
    return list(strings({key: value for key, value in text.items() if key != "terms_and_facts"}))


def article(text: Composed, number: int) -> Any:
    return text["articles"][number - 1]


@PROFILES
def test_every_duty_that_applies_is_printed_once_and_no_other(profile: Profile) -> None:
    codes = printed_codes(compose(EDITION, profile, sample_facts()))
    assert sorted(codes) == sorted(obligation.code for obligation in applicable(EDITION, profile))
    assert len(codes) == len(set(codes))


@PROFILES
def test_the_text_is_plain_json_and_the_same_each_time(profile: Profile) -> None:
    text = compose(EDITION, profile, sample_facts())
    assert json.loads(canonical_json(text)) == text
    assert canonical_json(text) == canonical_json(compose(EDITION, profile, sample_facts()))


@PROFILES
def test_no_placeholder_no_none_and_no_double_space_is_printed(profile: Profile) -> None:
    for facts in (sample_facts(), Facts()):
        for words in printed(compose(EDITION, profile, facts)):
            assert not re.search(r"[{}]|\[\[|\]\]|None|\(\)|  |\( | \)", words), words


@PROFILES
def test_every_piece_is_there_in_both_languages(profile: Profile) -> None:
    text = compose(EDITION, profile, sample_facts())
    for part in text["articles"] + text["annexes"]:
        assert part["paragraphs"]
        for each in part["paragraphs"]:
            cells = [each] if each["kind"] != "table" else [*each["columns"], *chain(*each["rows"])]
            assert all(cell["km"] and cell["en"] for cell in cells), part["heading"]


@PROFILES
def test_words_that_the_ministry_must_not_say_are_not_printed(profile: Profile) -> None:
    everything = " ".join(printed(compose(EDITION, profile, sample_facts()))).lower()
    assert "digital signature" not in everything
    assert "certified victim" not in everything
    assert "right-06" not in everything


@settings(max_examples=60, deadline=None)
@given(profiles)
def test_no_profile_whatever_leaves_a_duty_out_or_prints_it_twice(profile: Profile) -> None:
    codes = printed_codes(compose(EDITION, profile, Facts()))
    assert sorted(codes) == sorted(obligation.code for obligation in applicable(EDITION, profile))


def test_all_twenty_two_articles_keep_their_numbers_for_every_profile() -> None:
    for profile in (SHELTER, OUTREACH, FOREIGN):
        numbers = [part["number"] for part in compose(EDITION, profile, sample_facts())["articles"]]
        assert numbers == list(range(1, 23))


def test_paragraphs_are_numbered_as_they_are_printed_in_both_scripts() -> None:
    for profile in (SHELTER, OUTREACH):
        for part in compose(EDITION, profile, sample_facts())["articles"]:
            found = [each["number_en"] for each in part["paragraphs"] if each["kind"] == "paragraph"]
            assert found == [f"{part['number']}.{place}" for place in range(1, len(found) + 1)]
    assert article(compose(EDITION, SHELTER, sample_facts()), 12)["paragraphs"][0]["number_km"] == "១២.១"


def test_an_annex_that_does_not_apply_keeps_its_letter_and_says_so() -> None:
    annexes = compose(EDITION, OUTREACH, sample_facts())["annexes"]
    assert [annex["letter"]["en"] for annex in annexes] == list("ABCDEFGH")
    assert annexes[6]["paragraphs"][0]["en"] == "Does not apply to this organisation."


def test_numbers_come_from_the_parameters_in_the_digits_of_each_language() -> None:
    paragraphs = article(compose(EDITION, SHELTER, sample_facts()), 14)["paragraphs"]
    days = EDITION.parameter("representations_days").value
    assert any(f"{days} days" in each["en"] for each in paragraphs)
    assert any("២៨ ថ្ងៃ" in each["km"] for each in paragraphs)


def test_the_annex_of_numbers_lists_each_number_that_the_articles_use() -> None:
    annex = compose(EDITION, SHELTER, sample_facts())["annexes"][-1]
    labels = {row[0]["en"] for row in annex["paragraphs"][1]["rows"]}
    for key in (
        "mou_term_years",
        "withdrawal_notice_days",
        "committee_members_each",
        "urgent_suspension_days",
    ):
        assert EDITION.parameter(key).label.en in labels


def test_the_fingerprint_can_be_computed_again_from_the_text() -> None:
    text = compose(EDITION, SHELTER, sample_facts())
    digest = hashlib.sha256(canonical_json(text["terms_and_facts"])).hexdigest()
    assert digest == text["fingerprint"]
    assert text["fingerprint_short"].replace(" ", "") == digest[:16]
    assert any(text["fingerprint_short"] in each["en"] for each in article(text, 22)["paragraphs"])
    assert digest in text["annexes"][-1]["paragraphs"][-1]["en"]


def test_another_fact_gives_another_fingerprint() -> None:
    first = compose(EDITION, SHELTER, sample_facts())["fingerprint"]
    assert compose(EDITION, SHELTER, sample_facts(registration_number="1235"))["fingerprint"] != first


def test_a_number_with_digits_after_the_point_has_no_canonical_form() -> None:
    with pytest.raises(TypeError):
        canonical_json({"hours": 1.5})  # what a careless caller might do


def test_equal_khmer_words_have_one_canonical_form() -> None:
    assert canonical_json("e\u0301") == canonical_json("\u00e9")


def test_what_is_not_known_is_left_out_of_the_sentence() -> None:
    text = compose(EDITION, SHELTER, sample_facts(organisation_acronym="", registration_date=None))
    party = text["parties"][1]
    assert party["text"]["en"].startswith(", a local non-governmental organisation registered with")
    assert "under number 1234, with its address" in party["text"]["en"]
    assert any(seen["en"].startswith("Having seen the Prakas of 19 May 2014") for seen in text["preamble"])


def test_what_the_paper_cannot_do_without_is_a_dotted_line_until_it_is_known() -> None:
    text = compose(EDITION, OUTREACH, Facts())
    assert text["heading"]["organisation"]["km"].strip("…") == ""
    assert text["verification"]["address"] == ""


def test_a_name_in_one_script_stands_in_both_languages_once() -> None:
    text = compose(EDITION, OUTREACH, sample_facts(organisation_name=Bilingual(en="Only English A")))
    assert text["heading"]["organisation"] == {"km": "Only English A", "en": "Only English A"}


def test_braces_in_a_name_are_never_read_as_a_placeholder() -> None:
    name = Bilingual("{edition} [[x]] {{ 7*7 }}", "{edition} [[x]] {{ 7*7 }}")
    text = compose(EDITION, OUTREACH, sample_facts(organisation_name=name))
    assert text["heading"]["organisation"]["en"] == "{edition} [[x]] {{ 7*7 }}"


@pytest.mark.parametrize("value", ["a\x00b", "a\ud800b", "a\x1bb", "\ue000", "\uffff"])
def test_characters_that_paper_cannot_hold_are_refused(value: str) -> None:
    with pytest.raises(UnprintableText):
        compose(EDITION, OUTREACH, sample_facts(organisation_acronym=value))


def test_a_line_break_in_a_name_becomes_a_space() -> None:
    text = compose(EDITION, OUTREACH, sample_facts(organisation_name=Bilingual(en="Sample\r\nShelter")))
    assert text["heading"]["organisation"]["en"] == "Sample Shelter"


def test_an_override_in_a_name_cannot_turn_the_sentence_around_it() -> None:
    text = compose(EDITION, OUTREACH, sample_facts(organisation_name=Bilingual(en="A\u202eB\u2069")))
    assert text["heading"]["organisation"]["en"] == "\u2068A\u202eB\u2069"


def test_sites_are_shown_by_province_and_kind_only() -> None:
    (table,) = [
        each for each in article(compose(EDITION, SHELTER, sample_facts()), 3)["paragraphs"] if each["rows"]
    ]
    assert [[cell["en"] for cell in row] for row in table["rows"]] == [
        ["Phnom Penh", EDITION.services[1].name.en],
        ["Siem Reap", EDITION.services[0].name.en],
    ]


def test_five_rights_are_named_and_the_others_are_left_to_the_policy() -> None:
    paragraphs = article(compose(EDITION, SHELTER, sample_facts()), 4)["paragraphs"]
    items = [each["en"] for each in paragraphs if each["kind"] == "item"]
    assert len(items) == 6
    assert items[-1] == "and the other rights as set out in the Policy"


def test_changes_agreed_before_signing_are_printed_in_article_18() -> None:
    change = AgreedChange(12, Bilingual(en="Old words"), Bilingual(en="New words"))
    blocks = article(compose(EDITION, SHELTER, sample_facts(agreed_changes=(change,))), 18)["paragraphs"]
    assert ["12", "Old words", "New words"] in [
        [cell["en"] for cell in row] for each in blocks for row in each["rows"]
    ]


def test_an_unreviewed_edition_is_a_draft() -> None:
    assert compose(EDITION, SHELTER, sample_facts())["draft"] is True


def test_facts_hold_no_day_of_signing_because_it_is_not_known_yet() -> None:
    words = " ".join(printed(compose(EDITION, SHELTER, sample_facts(profile_date=date(2026, 3, 4)))))
    assert "4 March 2026" in words
    assert not re.search(r"signed_|entry into force on \d", words)
