"""Dates in Cambodia: midnight, leap days, working days, and what a memorandum is on each of them."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.schedule import last_day
from registry.kernel import clock
from registry.memoranda.states import MemorandumStatus, Phase, Term

DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31))


def test_a_day_in_cambodia_ends_at_seventeen_hundred_utc() -> None:
    with clock.stopped(datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 12, 31)
    with clock.stopped(datetime(2026, 12, 31, 17, 0, 0, tzinfo=UTC)):
        assert clock.today() == date(2027, 1, 1)


def test_a_term_that_begins_on_a_leap_day_ends_on_28_february() -> None:
    assert last_day(date(2028, 2, 29), months=12 * 3) == date(2031, 2, 28)
    assert last_day(date(2028, 2, 29), months=12 * 4) == date(2032, 2, 28)
    assert last_day(date(2026, 11, 24), months=12 * 3) == date(2029, 11, 23)


@given(first=DAYS, years=st.integers(1, 9))
def test_the_day_after_the_last_day_is_the_same_date_years_later(first: date, years: int) -> None:
    following = last_day(first, months=12 * years) + timedelta(days=1)
    assert (following.month, following.day) == (first.month, first.day) or (first.month, first.day) == (2, 29)
    assert following.year == first.year + years


def test_weekends_and_holidays_are_not_working_days() -> None:
    friday = date(2026, 11, 20)
    assert clock.working_days_later(friday, 1) == date(2026, 11, 23)
    assert clock.working_days_later(friday, 1, holidays={date(2026, 11, 23)}) == date(2026, 11, 24)
    assert clock.working_days_later(friday, 7) == date(2026, 12, 1)


@settings(max_examples=2000, deadline=None)
@given(first=DAYS, offset=st.integers(-400, 1600), asked=st.none() | st.integers(-200, 30))
def test_a_memorandum_lapses_exactly_when_its_last_day_ends(
    first: date, offset: int, asked: int | None
) -> None:
    last = last_day(first, months=12 * 3)
    today = first + timedelta(days=offset)
    asked_on = last + timedelta(days=asked) if asked is not None else None
    term = Term(MemorandumStatus.COUNTERSIGNED, first, last, 180, renewal_asked_on=asked_on)
    phase = term.phase(today)
    in_time = asked is not None and asked <= 0
    assert phase.is_in_force == (first <= today and (today <= last or in_time))
    assert (phase is Phase.LAPSED) == (today > last and not in_time)


@given(first=DAYS, refused=st.integers(-100, 100), day=st.integers(-100, 200))
def test_a_refused_renewal_ends_it_on_the_later_of_last_day_and_refusal(
    first: date, refused: int, day: int
) -> None:
    last = last_day(first, months=12 * 3)
    refused_on, today = last + timedelta(days=refused), last + timedelta(days=day)
    term = Term(MemorandumStatus.COUNTERSIGNED, first, last, 180, last - timedelta(days=150), refused_on)
    assert (term.phase(today) is Phase.EXPIRED) == (today > max(last, refused_on))


def test_signed_on_one_side_only_is_never_in_force() -> None:
    for status in (MemorandumStatus.OFFERED, MemorandumStatus.SIGNED, MemorandumStatus.RETURNED):
        term = Term(status, date(2020, 1, 1), date(2030, 1, 1), 180)
        assert not term.phase(date(2025, 1, 1)).is_in_force
