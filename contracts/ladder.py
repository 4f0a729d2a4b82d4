"""The answer to "what happens if we fail": the steps with their days, and the earliest date of each.

No step follows by itself: a person decides on each one, and help, a reply or proof may end the matter before.
The dates here are therefore the earliest on which a step may follow, never a forecast.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from contracts.edition import Consequence, Edition, Obligation
from contracts.records import Party, Profile, Severity

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rung:
    """One step with its days for a profile; None where the number is not set or the step has none."""

    consequence: Consequence
    days: int | None
    reply_days: int | None
    review_days: int | None


@dataclass(frozen=True)
class RungDate:
    """A step, the earliest day it may begin and the last day of its time; None once a number is open."""

    rung: Rung
    earliest: date | None
    last_day: date | None

    @property
    def code(self) -> str:
        return self.rung.consequence.code


@dataclass(frozen=True)
class WhatIf:
    """What may have followed by a day, if a person decided each step on its first possible day.

    `on` is that day. `reached` are the steps that may have begun last (two where a decision may go either
    way), `following` those that may come next. `path` is the whole way with its dates. `urgent` tells that
    people may be at risk, so that the urgent path is open from the first day.
    """

    on: date
    urgent: bool
    reached: tuple[RungDate, ...]
    following: tuple[RungDate, ...]
    path: tuple[RungDate, ...]


def rungs(edition: Edition, profile: Profile) -> tuple[Rung, ...]:
    """All steps in the order of the edition, with the days that count for this profile."""
    return tuple(rung(edition, consequence, profile) for consequence in edition.consequences)


def rung(edition: Edition, consequence: Consequence, profile: Profile) -> Rung:
    own = consequence.days_residential if profile.residential else None
    return Rung(
        consequence=consequence,
        days=number(edition, own or consequence.days),
        reply_days=number(edition, consequence.reply_days),
        review_days=number(edition, consequence.review_days),
    )


def number(edition: Edition, key: str | None) -> int | None:
    value = edition.parameter(key).value if key is not None else None
    return None if value is None else int(value)


def what_if(
    edition: Edition, profile: Profile, obligation: Obligation, *, due: date, days_late: int
) -> WhatIf:
    """The steps that may follow when the organisation's obligation is so many days late.

    At 0 days late no step has been reached. ValueError for fewer days than 0, or for an obligation of the
    Ministry, to which the ladder does not apply.
    """
    if days_late < 0:
        raise ValueError(f"days_late is {days_late}: it cannot be less than 0")
    if obligation.party is not Party.ORGANISATION:
        raise ValueError(
            f"{obligation.code} is the Ministry's: the ladder is for the organisation's obligations"
        )
    on = due + timedelta(days=days_late)
    path = earliest_path(edition, profile, severity=obligation.severity, late_from=due + DAY)
    dates = sorted({step.earliest for step in path if step.earliest is not None})
    before = [day for day in dates if day <= on]
    later = [day for day in dates if day > on]
    return WhatIf(
        on=on,
        urgent=obligation.severity is Severity.SERIOUS_HARM,
        reached=tuple(step for step in path if before and step.earliest == before[-1]),
        following=tuple(step for step in path if later and step.earliest == later[0]),
        path=path,
    )


def earliest_path(
    edition: Edition, profile: Profile, *, severity: Severity, late_from: date
) -> tuple[RungDate, ...]:
    """Every step on the way for this severity, with its dates; serious harm takes the urgent path."""
    urgent = severity is Severity.SERIOUS_HARM
    begun: dict[str, RungDate] = {}
    for each in sorted(rungs(edition, profile), key=lambda rung: not rung.consequence.urgent):
        first = not each.consequence.after and each.consequence.urgent == urgent
        before = [begun[code] for code in each.consequence.after if code in begun]
        if first or before:
            begun[each.consequence.code] = dated(each, late_from if first else may_follow(before[0]))
    return tuple(begun.values())


def may_follow(before: RungDate) -> date | None:
    """The day after a step's time has passed; an urgent step is no waiting time, so the same day."""
    if before.rung.consequence.urgent:
        return before.earliest
    return None if before.last_day is None else before.last_day + DAY


def dated(rung: Rung, earliest: date | None) -> RungDate:
    if earliest is None or rung.days is None:
        return RungDate(rung, earliest, None)
    return RungDate(rung, earliest, earliest + timedelta(days=rung.days))
