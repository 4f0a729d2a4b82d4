"""The only place that reads the time: instants are UTC, dates are dates in Cambodia."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta, timezone

# Cambodia is UTC+7 the whole year; a fixed offset needs no time zone files on the machine.
PHNOM_PENH = timezone(timedelta(hours=7), "Asia/Phnom_Penh")

SATURDAY = 5

_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)


def now() -> datetime:
    """The present instant in UTC, to the second (signatures and letters carry no fractions)."""
    return (_stopped_at.get() or datetime.now(UTC)).replace(microsecond=0)


def today() -> date:
    """Today's date in Cambodia: a memorandum that expires today is in force until midnight there."""
    return local(now()).date()


def local(instant: datetime) -> datetime:
    """The same instant on a clock in Phnom Penh."""
    return instant.astimezone(PHNOM_PENH)


def start_of(day: date) -> datetime:
    """The first instant of a day in Cambodia, in UTC."""
    return datetime.combine(day, time.min, tzinfo=PHNOM_PENH).astimezone(UTC)


@contextmanager
def stopped(at: datetime) -> Iterator[None]:
    """Hold the clock at one instant: for the sample registry, whose past must be made, and for tests."""
    token = _stopped_at.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _stopped_at.reset(token)


def working_days_later(start: date, days: int, *, holidays: Collection[date] = ()) -> date:
    """The date that lies `days` working days after `start`; Saturdays, Sundays and holidays do not count."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY and day not in holidays:
            days -= 1
    return day
