"""The calendar of duties, to the day."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.schedule import DAY, DueDate, due_dates, last_day, next_end_of_month
from contracts.terms import Party, Profile, applicable
from tests.contracts.profiles import EDITION, OUTREACH, SHELTER, TINY, profile, profiles

starts = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def dates(code: str, *, of: Profile = SHELTER, start: date, end: date) -> list[date]:
    return [each.due for each in due_dates(EDITION, of, start=start, end=end) if each.code == code]


def test_counts_are_due_thirty_days_after_each_quarter() -> None:
    found = dates("RP-01", start=date(2026, 1, 15), end=date(2027, 1, 14))
    assert found == [date(2026, 5, 14), date(2026, 8, 13), date(2026, 11, 13)]


def test_the_annual_report_is_due_at_the_end_of_february_for_the_year_before() -> None:
    found = [
        each
        for each in due_dates(EDITION, SHELTER, start=date(2027, 3, 10), end=date(2030, 3, 9))
        if each.code == "GV-03"
    ]
    assert [(each.due, each.period_start, each.period_end) for each in found] == [
        (date(2028, 2, 29), date(2027, 3, 10), date(2027, 12, 31)),
        (date(2029, 2, 28), date(2028, 1, 1), date(2028, 12, 31)),
        (date(2030, 2, 28), date(2029, 1, 1), date(2029, 12, 31)),
    ]


def test_written_policies_are_due_once_so_many_days_after_the_start() -> None:
    assert dates("PC-01", start=date(2026, 1, 1), end=date(2028, 12, 31)) == [date(2026, 3, 2)]
    assert dates("CH-01", start=date(2028, 1, 1), end=date(2030, 12, 31)) == [date(2028, 3, 1)]


def test_an_existing_shelter_has_twelve_months_to_reach_the_standard() -> None:
    assert dates("RC-02", start=date(2026, 5, 31), end=date(2029, 5, 30)) == [date(2027, 5, 30)]


def test_the_ministry_is_due_to_visit_a_shelter_every_year_and_no_one_else() -> None:
    found = due_dates(EDITION, SHELTER, start=date(2026, 1, 1), end=date(2028, 12, 31))
    visits = [each for each in found if each.code == "MI-18"]
    assert [each.due for each in visits] == [date(2026, 12, 31), date(2027, 12, 31), date(2028, 12, 31)]
    assert {each.party for each in visits} == {Party.MINISTRY}
    assert dates("MI-18", of=OUTREACH, start=date(2026, 1, 1), end=date(2028, 12, 31)) == []


def test_a_term_from_29_february_ends_on_28_february() -> None:
    assert last_day(date(2028, 2, 29), months=36) == date(2031, 2, 28)
    assert last_day(date(2028, 2, 29), months=48) == date(2032, 2, 28)
    assert last_day(date(2026, 3, 1), months=36) == date(2029, 2, 28)
    assert last_day(date(2025, 3, 1), months=36) == date(2028, 2, 29)


def test_months_of_different_length_do_not_make_the_dates_drift() -> None:
    assert [last_day(date(2026, 1, 31), months=months) for months in (1, 2, 3, 12)] == [
        date(2026, 2, 28),
        date(2026, 3, 30),
        date(2026, 4, 30),
        date(2027, 1, 30),
    ]


def test_the_first_and_the_last_day_count() -> None:
    assert dates("PC-01", start=date(2026, 1, 1), end=date(2026, 3, 2)) == [date(2026, 3, 2)]
    assert dates("PC-01", start=date(2026, 1, 1), end=date(2026, 3, 1)) == []


def test_what_is_continuous_or_waits_for_an_event_has_no_date() -> None:
    codes = {
        each.code for each in due_dates(EDITION, SHELTER, start=date(2026, 1, 1), end=date(2028, 12, 31))
    }
    assert not codes & {"CM-01", "RC-01", "RP-02", "ID-03", "GV-04", "MI-01", "MI-16"}


def test_a_rhythm_whose_number_is_not_set_has_no_date() -> None:
    unset = [
        replace(each, value=None) if each.key == "policy_ready_days" else each for each in EDITION.parameters
    ]
    edition = replace(EDITION, parameters=tuple(unset))
    codes = {
        each.code for each in due_dates(edition, SHELTER, start=date(2026, 1, 1), end=date(2026, 12, 31))
    }
    assert "PC-01" not in codes
    assert "RP-01" in codes


def test_another_edition_keeps_its_own_calendar() -> None:
    team = profile("mobile-team", groups=("adults",), foreign=True)
    found = due_dates(TINY, team, start=date(2026, 1, 1), end=date(2027, 12, 31))
    assert [(each.due, each.code) for each in found] == [
        (date(2026, 1, 31), "A-3"),
        (date(2026, 3, 31), "A-6"),
        (date(2026, 7, 10), "A-2"),
        (date(2027, 1, 10), "A-2"),
        (date(2027, 3, 31), "A-5"),
        (date(2027, 7, 10), "A-2"),
    ]


def test_an_end_before_the_start_is_an_error() -> None:
    with pytest.raises(ValueError, match="before the start"):
        due_dates(EDITION, SHELTER, start=date(2026, 1, 2), end=date(2026, 1, 1))


@given(profiles, starts, st.integers(0, 2000))
def test_every_date_lies_within_the_term_in_order_and_after_its_period_began(
    someone: Profile, start: date, days: int
) -> None:
    end = start + timedelta(days=days)
    found = due_dates(EDITION, someone, start=start, end=end)
    applying = {obligation.code: obligation.party for obligation in applicable(EDITION, someone)}
    assert list(found) == sorted(found, key=lambda each: (each.due, each.code))
    for each in found:
        assert start <= each.period_start <= each.period_end <= each.due <= end
        assert applying[each.code] is each.party


@given(profiles, starts)
def test_periods_of_one_obligation_follow_each_other_without_gap_or_overlap(
    someone: Profile, start: date
) -> None:
    found = due_dates(EDITION, someone, start=start, end=last_day(start, months=36))
    by_code: dict[str, list[DueDate]] = {}
    for each in found:
        by_code.setdefault(each.code, []).append(each)
    for ones in by_code.values():
        assert ones[0].period_start == start
        assert all(a.period_end + DAY == b.period_start for a, b in pairwise(ones))


@given(profiles, starts, st.integers(0, 700), st.integers(0, 700))
def test_a_longer_term_only_adds_dates(someone: Profile, start: date, days: int, more: int) -> None:
    short = due_dates(EDITION, someone, start=start, end=start + timedelta(days=days))
    long = due_dates(EDITION, someone, start=start, end=start + timedelta(days=days + more))
    assert long[: len(short)] == short


@given(starts, st.integers(1, 120))
def test_the_day_after_so_many_months_is_the_same_day_or_the_first_of_the_next_month(
    start: date, months: int
) -> None:
    after = last_day(start, months=months) + DAY
    assert after.day in (start.day, 1)
    whole = (start.year - after.year) * 12 + start.month - after.month + months
    assert whole == (0 if after.day == start.day else -1)


@given(starts)
def test_a_three_year_term_has_twelve_quarters(start: date) -> None:
    end = last_day(start, months=36)
    assert len(dates("CO-01", start=start, end=end)) == 12
    assert dates("CO-01", start=start, end=end)[-1] == end


@given(starts, st.integers(1, 12))
def test_the_next_end_of_a_month_is_a_month_end_within_a_year(day: date, month: int) -> None:
    end = next_end_of_month(day, month=month)
    assert day < end <= day + timedelta(days=366)
    assert (end.month, end.day) == (month, monthrange(end.year, month)[1])
