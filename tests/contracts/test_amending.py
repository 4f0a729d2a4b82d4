"""An edition made out of another one: only what was asked for is different, and it is said in plain words."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import amending, ladder, schedule
from contracts.amending import Change
from contracts.comparing import difference
from contracts.composing import compose
from contracts.estimate import estimate
from contracts.loading import hash_of
from contracts.records import Mark
from contracts.terms import CURRENT, EDITIONS, EditionError, read_edition
from tests.contracts.profiles import EDITION, KINDS, LEGAL, SHELTER
from tests.contracts.sample_facts import sample_facts

BASE = EDITIONS / CURRENT
RATIO = "active_cases_per_case_manager"
REPORT_DAYS = "report_due_days"
NUMBERS = [parameter.key for parameter in EDITION.parameters]


def amended(*changes: Change) -> "amending.Edition":
    return amending.amended(BASE, "2099-01", changes)


def number(key: str, value: str) -> Change:
    return Change(key, amending.VALUE, None, value)


def test_without_changes_only_the_name_and_the_title_are_different() -> None:
    new = amended()
    assert (new.name, new.title.en, new.title.km) == (
        "2099-01", "Terms of the memorandum, edition 2099-01", "លក្ខខណ្ឌនៃអនុស្សារណៈ កំណែ ២០៩៩-០១",
    )  # fmt: skip
    assert (new.obligations, new.parameters, new.articles) == (
        EDITION.obligations, EDITION.parameters, EDITION.articles,
    )  # fmt: skip
    assert not difference(EDITION, new, SHELTER)


def test_every_file_of_the_base_survives_being_written_again_to_the_byte(tmp_path: Path) -> None:
    amending.write_amended(BASE, tmp_path / CURRENT, ())
    assert hash_of(tmp_path / CURRENT) == hash_of(BASE)


def test_what_is_shown_of_a_draft_is_to_the_byte_what_is_written(tmp_path: Path) -> None:
    changes = (number(RATIO, "10"), Change("ID-01", "why", "en", 'Say "why": a \\ and a line.'))
    amending.write_amended(BASE, tmp_path / "2099-01", changes)
    assert read_edition(tmp_path / "2099-01") == amended(*changes)
    assert amended(*changes).obligation("ID-01").why.en == 'Say "why": a \\ and a line.'


def test_a_number_that_the_ministry_sets_rests_on_its_publication_and_no_longer_on_another_source() -> None:
    set_ = amended(number("mou_term_years", "2")).parameter("mou_term_years")
    assert (set_.value, set_.mark) == (2, Mark.S)
    assert set_.basis == "Set by the Ministry with edition 2099-01 of the terms"
    unset = amended(number("salary_case_manager", "")).parameter("salary_case_manager")
    assert (unset.value, unset.mark) == (None, Mark.P)


def test_a_changed_text_has_been_reviewed_by_nobody_and_its_basis_says_whose_words_they_are() -> None:
    changed = amended(Change("CM-01", "why", "en", "Other words.")).obligation("CM-01")
    assert not changed.plain.reviewed
    assert changed.basis.endswith("Worded by the Ministry with edition 2099-01 of the terms")


def test_the_clause_of_a_twin_is_changed_where_it_stands_and_changes_for_both() -> None:
    twin = next(each for each in EDITION.obligations if each.twin)
    with pytest.raises(EditionError) as refused:
        amended(Change(twin.code, "clause", "en", "Other words."))
    assert (refused.value.record, refused.value.field) == (twin.code, "clause")
    partner = EDITION.obligation(twin.twin or "").code
    new = amended(*(Change(partner, "clause", language, "Other words.") for language in ("km", "en")))
    assert new.obligation(twin.code).clause.en == new.obligation(partner).clause.en == "Other words."


@pytest.mark.parametrize(
    ("change", "record", "words"),
    [
        (number("mou_term_years", ""), "mou_term_years", "whole years"),
        (number("mou_term_years", "400"), "mou_term_years", "whole years"),
        (number("renewal_opens_days", ""), "renewal_opens_days", "whole number"),
        (number("report_due_days", "2.5"), "RP-01", "whole number"),
        (number("report_due_days", "99999"), "RP-01", "whole number"),
        (number(RATIO, "0"), "CM-01", "zero"),
        (number("annual_report_due_month", "13"), "ST-02", "month"),
        (number("no_such_number", "1"), "no_such_number", "no such record"),
        (Change("ID-01", "why", "en", "In {no_such_number} days."), "ID-01", "not defined"),
        (Change("ID-01", "why", "en", "In {report_due_days} days."), "ID-01", "one language"),
        (Change("ID-01", "severity", "en", "minor"), "ID-01", "no field"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_its_record(change: Change, record: str, words: str) -> None:
    with pytest.raises(EditionError) as refused:
        amended(change)
    assert refused.value.record == record
    assert words in refused.value.message


def test_one_ratio_changes_who_needs_how_many_people_and_nothing_for_those_it_does_not_concern() -> None:
    found = difference(EDITION, amended(number(RATIO, "10")), SHELTER)
    [change] = found.numbers
    assert (change.before and change.before.value, change.after and change.after.value) == (20, 10)
    assert "CM-01" in change.codes
    assert [(each.post.code, each.more) for each in found.posts][:1] == [("case_manager", 1)]
    beds = difference(EDITION, amended(number("residents_per_carer_child", "2")), LEGAL)
    assert not beds


def test_a_changed_text_is_shown_with_the_numbers_of_each_edition_filled_in() -> None:
    words = "In {urgent_referral_response_hours} hours, at the latest."
    new = amended(
        number("urgent_referral_response_hours", "7"),
        Change("ID-03", "plain", "en", words),
        Change("ID-03", "plain", "km", words),
    )
    [text] = difference(EDITION, new).texts
    assert (text.code, text.field, text.after.en) == ("ID-03", "plain", "In 7 hours, at the latest.")
    assert "{" not in text.before.en + text.before.km + text.after.km


@settings(max_examples=30, deadline=None)
@given(
    key=st.sampled_from(NUMBERS),
    value=st.one_of(st.integers(0, 20_000).map(str), st.decimals(0, 99, places=1).map(str), st.just("")),
)
def test_whatever_number_is_let_through_leaves_every_page_and_paper_makeable(key: str, value: str) -> None:
    try:
        new = amended(number(key, value))
    except EditionError:
        return
    for profile in KINDS.values():
        estimate(new, profile)
        ladder.rungs(new, profile)
        difference(EDITION, new, profile)
    schedule.due_dates(new, SHELTER, start=date(2026, 1, 1), end=date(2028, 12, 31))
    compose(new, SHELTER, sample_facts())
