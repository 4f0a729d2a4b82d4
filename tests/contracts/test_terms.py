"""The terms: what applies to whom, what a text reads like, and that the edition is whole."""

import re

import pytest
from hypothesis import given

from contracts.terms import (
    CURRENT,
    Mark,
    Obligation,
    Party,
    Profile,
    Rhythm,
    RhythmKind,
    Text,
    applicable,
    edition_names,
    load_edition,
)
from tests.contracts.profiles import EDITION, KINDS, OTHER_MINISTRY, SHELTER, TINY, profile, profiles

KHMER = re.compile("[\u1780-\u17ff]")


def own_codes(profile: Profile) -> set[str]:
    found = applicable(EDITION, profile)
    return {obligation.code for obligation in found if obligation.party is Party.ORGANISATION}


def texts_of(obligation: Obligation) -> tuple[Text, ...]:
    return (
        obligation.title,
        obligation.plain,
        obligation.why,
        obligation.clause,
        obligation.evidence,
        *(need.label for need in obligation.needs),
    )


# What each kind of organisation has, and does not have, beyond what all have.
EXPECTED = {
    "shelter": (
        "SP-03 PC-04 RC-01 RC-02 RC-03 RC-04 CH-01 CH-02 CM-01 SV-02 RI-02",
        "CH-05 SV-03 FM-02 GV-06",
    ),
    "men's shelter": ("RC-01 RC-04 PC-04 CH-05 RI-01 SV-01", "CH-01 CH-02 RI-02 SV-03 GV-06"),
    "outreach": ("ID-01 ID-03 SV-01 CH-05", "CM-01 ST-03 SP-02 SV-02 SV-03 RC-01 PC-04 RI-01 RI-02 FM-02"),
    "legal": ("SV-03 CM-01 ID-03 ST-03 SP-02", "RC-01 SV-01 SV-02 RI-01 RI-02 PC-04 FM-02"),
    "medical": ("SV-01 SV-03 CM-01 ID-03", "RC-01 SV-02 RI-01 RI-02 CH-01"),
    "vocational": ("SV-03 CM-01 SP-02", "ID-03 SV-01 SV-02 RC-02 RI-01"),
    "repatriation": ("FM-02 RI-01 RI-02 SV-01", "RC-01 SV-03 CH-02 GV-06"),
    "foreign": ("GV-06 SV-02", "FM-02 RC-01 SV-03"),
    "children": ("CH-01 CH-03 CH-04 CH-06 SV-03", "CH-02 CH-05 RC-01 PC-04 GV-06"),
}


@pytest.mark.parametrize("kind", EXPECTED)
def test_each_kind_of_organisation_gets_its_own_duties_and_no_more(kind: str) -> None:
    wanted, unwanted = (set(words.split()) for words in EXPECTED[kind])
    assert wanted <= own_codes(KINDS[kind])
    assert not unwanted & own_codes(KINDS[kind])


def test_every_organisation_gets_what_is_for_all() -> None:
    for_all = {
        "ID-01",
        "SP-01",
        "SP-04",
        "PC-01",
        "PC-02",
        "PC-03",
        "PC-05",
        "DG-02",
        "DG-04",
        "FM-01",
        "CC-01",
    }
    assert all(for_all <= own_codes(each) for each in KINDS.values())


def test_every_obligation_is_for_somebody() -> None:
    met = {obligation.code for each in KINDS.values() for obligation in applicable(EDITION, each)}
    assert met == {obligation.code for obligation in EDITION.obligations}


def test_the_ministry_has_duties_towards_every_organisation() -> None:
    for each in KINDS.values():
        assert sum(found.party is Party.MINISTRY for found in applicable(EDITION, each)) >= 25


def test_obligations_come_in_the_order_of_the_steps_and_then_of_their_codes() -> None:
    order = [step.key for step in EDITION.steps]
    found = [(order.index(obligation.step), obligation.code) for obligation in applicable(EDITION, SHELTER)]
    assert found == sorted(found)


@given(profiles)
def test_children_are_always_covered_by_one_rule_or_the_other(someone: Profile) -> None:
    codes = own_codes(someone)
    assert ("CH-05" in codes) != ("CH-01" in codes)
    assert ("RC-01" in codes) == someone.residential


def test_what_a_duty_repeats_from_another_is_said_once() -> None:
    def plain(code: str) -> str:
        return EDITION.obligation(code).plain.en.lower()

    assert "evidence" not in plain("GV-02")
    assert "payment" not in plain("GV-02")
    assert "papers" not in plain("RC-04")
    assert "payment" not in plain("DG-02")
    assert "payment" in plain("DG-04")


def test_no_two_obligations_have_the_same_clause_but_twins() -> None:
    own = [obligation.clause for obligation in EDITION.obligations if obligation.twin is None]
    assert len(set(own)) == len(own)
    for obligation in EDITION.obligations:
        if obligation.twin is not None:
            partner = EDITION.obligation(obligation.twin)
            assert (obligation.clause, obligation.article) == (partner.clause, partner.article)
            assert obligation in EDITION.twins(partner.code)


def test_every_text_stands_in_both_languages() -> None:
    lists = (*EDITION.services, *EDITION.groups, *EDITION.provinces, *EDITION.posts, *EDITION.papers)
    texts = [each.name for each in (*lists, *EDITION.rights)]
    texts += [text for obligation in EDITION.obligations for text in texts_of(obligation)]
    texts += [each.title for each in (*EDITION.steps, *EDITION.consequences)]
    for text in texts:
        assert KHMER.search(text.km), text
        assert not KHMER.search(text.en), text


def test_the_lists_are_complete() -> None:
    assert len(EDITION.services) == 13
    assert len(EDITION.groups) == 9
    assert [province.code for province in EDITION.provinces] == [f"{number:02}" for number in range(1, 26)]
    assert len(EDITION.rights) == 11
    assert sum(right.mark is Mark.O for right in EDITION.rights) == 5


def test_the_six_rights_that_were_not_found_are_not_invented() -> None:
    unknown = [right for right in EDITION.rights if right.mark is Mark.N]
    assert {right.name.en for right in unknown} == {"To be confirmed by the Ministry"}
    assert len(unknown) == 6
    named = {key for obligation in EDITION.obligations for key in obligation.rights}
    assert not named & {right.key for right in unknown}


def test_only_sourced_statements_count_as_facts() -> None:
    assert [mark.value for mark in Mark if mark.is_fact] == ["S", "O"]


def test_no_text_says_what_it_must_never_say() -> None:
    words = re.compile(
        r"digital signature|certif(y|ied victim)|deregister|Ministry (may |can )?(fine|prosecute)s?\b"
    )
    texts = [text for obligation in EDITION.obligations for text in texts_of(obligation)]
    for rung in EDITION.consequences:
        texts += [rung.title, rung.who_decides_text, rung.you_may, rung.public_sees, rung.people_in_care]
    assert [text.en for text in texts if words.search(text.en)] == []


def test_no_number_that_the_ministry_sets_is_typed_into_a_text() -> None:
    days = re.compile(r"\d+ (days|hours|months|years|weeks|working days)")
    for obligation in EDITION.obligations:
        for text in texts_of(obligation):
            assert not days.search(text.en), text.en


def test_a_filled_text_has_khmer_digits_in_khmer_and_latin_ones_in_english() -> None:
    plain = EDITION.obligation("CM-01").plain
    assert "at most 20 active cases" in EDITION.fill(plain, "en")
    assert "២០" in EDITION.fill(plain, "km")


def test_a_number_that_is_not_set_reads_as_to_be_set_by_the_ministry() -> None:
    text = Text(km="ថ្លៃ {food_cost}", en="It costs {food_cost}")
    assert EDITION.fill(text, "en") == "It costs to be set by the Ministry"
    assert EDITION.fill(text, "km") == "ថ្លៃ ក្រសួងនឹងកំណត់"


def test_facts_fill_a_text_before_parameters_and_an_unknown_name_is_an_error() -> None:
    text = Text(km="{who}", en="{who} has {review_days} days")
    assert EDITION.fill(text, "en", {"who": ""}) == " has 30 days"
    with pytest.raises(KeyError, match="who"):
        EDITION.fill(text, "en")


def test_a_parameter_wins_over_the_number_beside_it() -> None:
    assert TINY.number(TINY.obligation("A-2").rhythm) == 6
    assert TINY.number(Rhythm(RhythmKind.EVERY_MONTHS, number=9, parameter="relief")) == 9
    assert TINY.number(Rhythm(RhythmKind.EVERY_MONTHS, number=9)) == 9


def test_the_newest_edition_is_the_current_one() -> None:
    assert edition_names()[-1] == CURRENT
    assert load_edition(CURRENT) is EDITION


def test_an_edition_whose_khmer_is_not_reviewed_is_a_draft() -> None:
    assert not EDITION.reviewed
    assert EDITION.status == "draft edition"


def test_asking_for_what_is_not_there_names_what_was_asked_for() -> None:
    for ask in (EDITION.obligation, EDITION.parameter, EDITION.post, EDITION.consequence):
        with pytest.raises(KeyError, match="XX-99"):
            ask("XX-99")


def test_another_ministry_needs_only_another_folder() -> None:
    other = load_edition("2025-05", folder=OTHER_MINISTRY)
    home = profile("residential-care", groups=("children",))
    assert [found.code for found in applicable(other, home)] == ["A-1", "A-4", "M-1", "M-2", "A-2"]
    team = profile("mobile-team", groups=("adults",), foreign=True)
    assert [found.code for found in applicable(other, team)] == ["A-3", "A-5", "A-6", "M-1", "A-2"]
