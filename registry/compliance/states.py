"""Duties, lateness in fair words, and the public label: decisions are stored, what dates say is computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.memoranda.states import Phase
from registry.organisations.states import RegistrationStatus


class DutyStatus(StrEnum):
    """What was done about one duty."""

    OPEN = "open"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class DutyMove(StrEnum):
    """What can be done about a duty."""

    REPORT = "report"
    ACCEPT = "accept"
    RETURN = "return"


DUTY: Mapping[tuple[DutyStatus, DutyMove], DutyStatus] = {
    (DutyStatus.OPEN, DutyMove.REPORT): DutyStatus.RECEIVED,
    (DutyStatus.RETURNED, DutyMove.REPORT): DutyStatus.RECEIVED,
    (DutyStatus.RECEIVED, DutyMove.ACCEPT): DutyStatus.ACCEPTED,
    (DutyStatus.RECEIVED, DutyMove.RETURN): DutyStatus.RETURNED,
}

STILL_OWED = frozenset({DutyStatus.OPEN, DutyStatus.RETURNED})


class Lateness(StrEnum):
    """How a duty stands against its date, in the words used for organisation and Ministry alike."""

    NOT_DUE = "not-due"
    DUE = "due"
    OVERDUE = "overdue"
    ON_TIME = "on-time"
    LATE = "late"


@dataclass(frozen=True)
class Timing:
    """The word and the number of days that go with it: days left, days overdue, or days late."""

    word: Lateness
    days: int


DUE_SOON_DAYS = 30


def timing(*, due_on: date, received_on: date | None, today: date) -> Timing:
    """How a duty stands: received on time or n days late, else not due, due, or overdue by n days."""
    if received_on is not None:
        late = (received_on - due_on).days
        return Timing(Lateness.LATE, late) if late > 0 else Timing(Lateness.ON_TIME, 0)
    left = (due_on - today).days
    if left < 0:
        return Timing(Lateness.OVERDUE, -left)
    return Timing(Lateness.DUE if left <= DUE_SOON_DAYS else Lateness.NOT_DUE, left)


class Label(StrEnum):
    """What the public sees of an organisation."""

    ACCREDITED = "accredited"
    REPORT_OVERDUE = "report-overdue"
    IMPROVEMENT_NOTICE = "improvement-notice"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"

    @property
    def is_accredited(self) -> bool:
        """Whether cases may be referred to it."""
        return self in (Label.ACCREDITED, Label.REPORT_OVERDUE, Label.IMPROVEMENT_NOTICE)


@dataclass(frozen=True)
class Standing:
    """The public label of today, and the days that belong to it."""

    label: Label
    days: int = 0


_ENDED = {
    Phase.EXPIRED: Label.EXPIRED,
    Phase.LAPSED: Label.LAPSED,
    Phase.WITHDRAWN: Label.WITHDRAWN,
    Phase.TERMINATED: Label.REMOVED,
    Phase.SUSPENDED: Label.SUSPENDED,
    Phase.SUPERSEDED: Label.EXPIRED,
}


_LEFT = {
    RegistrationStatus.WITHDRAWN: Label.WITHDRAWN,
    RegistrationStatus.REMOVED: Label.REMOVED,
}


def standing(
    *, registration: RegistrationStatus, phase: Phase, oldest_owed: date | None, today: date
) -> Standing | None:
    """The public label, from the register, the memorandum's phase and the oldest date of a duty still owed.

    None means that the public sees nothing: there never was a memorandum in force. Design of the portal,
    section "The lives of things".
    """
    concluded = phase in _ENDED or phase.is_in_force
    if not concluded:
        return None
    if registration in _LEFT:
        return Standing(_LEFT[registration])
    if phase in _ENDED:
        return Standing(_ENDED[phase])
    if oldest_owed and oldest_owed < today:
        return Standing(Label.REPORT_OVERDUE, (today - oldest_owed).days)
    return Standing(Label.ACCREDITED)
