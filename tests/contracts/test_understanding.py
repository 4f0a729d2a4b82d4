"""The understanding check: for every profile five fair questions about duties that apply to it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import understanding
from contracts.asking import QuestionKind
from contracts.composing import compose
from contracts.records import Party, Profile
from contracts.terms import applicable
from tests.contracts.profiles import EDITION, SHELTER, TINY, profiles
from tests.contracts.sample_facts import FULL

seeds = st.text(max_size=20)


@given(profiles, seeds)
@settings(max_examples=1500, deadline=None)
def test_every_profile_gets_five_questions_with_one_right_answer_each(profile: Profile, seed: str) -> None:
    asked = understanding.questions(EDITION, profile, seed=seed)
    assert len(asked) >= 5
    assert {each.kind for each in asked} == set(QuestionKind)
    assert len({each.key for each in asked}) == len(asked)
    parties = {each.code: each.party for each in applicable(EDITION, profile)}
    for each in asked:
        assert (parties[each.code] is Party.MINISTRY) == (each.kind is QuestionKind.MINISTRY)
        assert 3 <= len(each.options) <= 4
        assert [option.key for option in each.options].count(each.right) == 1
        for language in ("km", "en"):
            words = [option.text.of(language) for option in each.options]
            assert len(set(words)) == len(words)
            assert all(words)
            assert "{" not in each.text.of(language) + each.clause.of(language) + "".join(words)


@given(profiles)
@settings(max_examples=1500, deadline=None)
def test_questions_are_only_about_duties_that_apply(profile: Profile) -> None:
    assert understanding.pool(EDITION, profile) <= {each.code for each in applicable(EDITION, profile)}


@given(profiles, seeds)
@settings(max_examples=300, deadline=None)
def test_a_number_that_is_asked_for_stands_in_the_clause_and_a_wrong_one_does_not(
    profile: Profile, seed: str
) -> None:
    for each in understanding.questions(EDITION, profile, seed=seed):
        for option in each.options:
            numbers = [word for word in option.text.en.split() if word.isdigit()]
            if numbers:
                assert (numbers[0] in each.clause.en.replace(",", " ").split()) == (option.key == each.right)


def test_of_the_rights_to_choose_from_the_duty_serves_exactly_one() -> None:
    for number in range(200):
        for each in understanding.questions(EDITION, SHELTER, seed=str(number)):
            if each.kind is not QuestionKind.RIGHT:
                continue
            names = {right.key: right.name.en for right in EDITION.rights}
            served = {names[key] for key in EDITION.obligation(each.code).rights}
            assert sum(option.text.en in served for option in each.options) == 1


def test_the_same_memorandum_is_asked_the_same_and_another_one_something_else() -> None:
    first = understanding.questions(EDITION, SHELTER, seed="MOU-2026-A")
    assert first == understanding.questions(EDITION, SHELTER, seed="MOU-2026-A")
    versions = {
        understanding.version(understanding.questions(EDITION, SHELTER, seed=f"MOU-2026-{number}"))
        for number in range(20)
    }
    assert len(versions) > 15
    places = {
        each.right
        for number in range(20)
        for each in understanding.questions(EDITION, SHELTER, seed=f"MOU-2026-{number}")
    }
    assert places == set("abcd")


def test_the_profile_is_read_back_from_the_frozen_text() -> None:
    assert understanding.frozen_profile(compose(EDITION, SHELTER, FULL)) == SHELTER


def test_wrong_answers_and_missing_ones_are_told() -> None:
    asked = understanding.questions(EDITION, SHELTER, seed="MOU-2026-A")
    right = understanding.right_answers(asked)
    assert understanding.wrong(asked, right) == ()
    assert understanding.wrong(asked, right | {asked[0].key: "z"}) == (asked[0],)
    assert understanding.wrong(asked, {}) == asked


def test_an_edition_with_too_few_numbers_asks_less_rather_than_unfairly() -> None:
    for each in understanding.questions(TINY, SHELTER, seed="x"):
        assert len(each.options) >= 3
