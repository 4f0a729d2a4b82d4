"""The calendar of duties: every date on which an obligation of either party falls due."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from contracts.edition import Edition, Obligation, Rhythm
from contracts.records import Party, Profile, RhythmKind
from contracts.terms import applicable

DAY = timedelta(days=1)
EVENTS = frozenset({RhythmKind.WITHIN_HOURS, RhythmKind.WITHIN_DAYS, RhythmKind.WITHIN_WORKING_DAYS})


@dataclass(frozen=True, order=True)
class DueDate:
    """One obligation falling due on one date, for a period whose first and last day both count."""

    due: date
    code: str
    party: Party
    period_start: date
    period_end: date


def due_dates(edition: Edition, profile: Profile, *, start: date, end: date) -> tuple[DueDate, ...]:
    """All dates from `start` to `end`, both included, in order of date and then of code.

    `start` is the day on which the memorandum enters into force. Obligations that are continuous, or that
    count from an event, have no date. ValueError if `end` is before `start`.
    """
    if end < start:
        raise ValueError(f"the end {end} is before the start {start}")
    found = (
        DueDate(due, obligation.code, obligation.party, first, last)
        for obligation in applicable(edition, profile)
        for due, first, last in dates_of(edition, obligation, start=start, end=end)
    )
    return tuple(sorted(found))


def dates_of(
    edition: Edition, obligation: Obligation, *, start: date, end: date
) -> Iterator[tuple[date, date, date]]:
    """The due date, first day and last day of each period of one obligation, up to `end`."""
    rhythm = obligation.rhythm
    number = edition.number(rhythm)
    if rhythm.kind is RhythmKind.CONTINUOUS or rhythm.kind in EVENTS or number is None:
        return
    if rhythm.kind is RhythmKind.EVERY_MONTHS:
        yield from repeated(edition, rhythm, start=start, end=end)
        return
    months = rhythm.kind is RhythmKind.ONCE_WITHIN_MONTHS
    due = last_day(start, months=number) if months else start + timedelta(days=number)
    if due <= end:
        yield due, start, due


def repeated(
    edition: Edition, rhythm: Rhythm, *, start: date, end: date
) -> Iterator[tuple[date, date, date]]:
    """The periods of a rhythm of so many months, until one falls due after `end`."""
    periods = calendar_periods if rhythm.due_month else periods_from
    for first, last in periods(start, months=edition.number(rhythm) or 1):
        due = after_period(edition, rhythm, last)
        if due > end:
            return
        yield due, first, last


def periods_from(start: date, *, months: int) -> Iterator[tuple[date, date]]:
    """First and last day of periods of so many months, one after the other, counted from `start`."""
    first = start
    for turn in count(1):
        last = last_day(start, months=months * turn)
        yield first, last
        first = last + DAY


def calendar_periods(start: date, *, months: int) -> Iterator[tuple[date, date]]:
    """Periods counted from 1 January of the year of `start`; the first one begins at `start`."""
    for first, last in periods_from(date(start.year, 1, 1), months=months):
        if last >= start:
            yield max(first, start), last


def after_period(edition: Edition, rhythm: Rhythm, last: date) -> date:
    """The day a report on a period falls due: that many days later, or at the next end of the month named."""
    if rhythm.due_month is not None:
        return next_end_of_month(last, month=int(edition.parameter(rhythm.due_month).value or 12))
    if rhythm.due_days is not None:
        return last + timedelta(days=int(edition.parameter(rhythm.due_days).value or 0))
    return last


def last_day(start: date, *, months: int) -> date:
    """The last day of so many months from `start`: the day before the same date (Article 17).

    Where the last month has no such date, its last day: 28 February for a start on 29 February.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    longest = monthrange(year, month + 1)[1]
    if start.day > longest:
        return date(year, month + 1, longest)
    return date(year, month + 1, start.day) - DAY


def next_end_of_month(day: date, *, month: int) -> date:
    """The last day of `month` that comes first after `day`."""
    year = day.year if (day.month, day.day) < (month, monthrange(day.year, month)[1]) else day.year + 1
    return date(year, month, monthrange(year, month)[1])
