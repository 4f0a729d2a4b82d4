"""What pages and operations ask about duties and standing."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import or_, select

from registry.compliance.models import Duty
from registry.compliance.states import STILL_OWED, DutyStatus, Standing, standing
from registry.kernel import clock
from registry.kernel.db import db
from registry.memoranda import queries as memoranda
from registry.memoranda.models import Memorandum
from registry.memoranda.states import Field, MemorandumStatus
from registry.organisations.models import Organisation
from registry.organisations.states import RegistrationStatus


def duties_of(memorandum: Memorandum) -> Sequence[Duty]:
    """The whole calendar of one memorandum, both parties', by date."""
    return db.session.scalars(
        select(Duty).where(Duty.memorandum_id == memorandum.id).order_by(Duty.due_on, Duty.code)
    ).all()


def duty_of(organisation: Organisation, duty_id: int) -> Duty | None:
    """One duty under this organisation's memoranda; another's is as if it did not exist."""
    return db.session.scalar(
        select(Duty).join(Memorandum).where(Duty.id == duty_id, Memorandum.organisation_id == organisation.id)
    )


def duty(duty_id: int) -> Duty | None:
    """One duty, for the Ministry's pages."""
    return db.session.get(Duty, duty_id)


def received_reports() -> Sequence[Duty]:
    """What organisations sent and nobody has accepted or returned yet, the oldest first."""
    return db.session.scalars(
        select(Duty)
        .where(Duty.status == DutyStatus.RECEIVED, Duty.party == Field.ORGANISATION)
        .order_by(Duty.received_on, Duty.id)
    ).all()


def answer_due(duty: Duty) -> date | None:
    """The day by which the Ministry accepts or returns what it received (its duty MI-16)."""
    if duty.received_on is None:
        return None
    return clock.working_days_later(duty.received_on, memoranda.answer_days(duty.memorandum.edition))


def owed_until(day: date, *, party: Field) -> Sequence[Duty]:
    """Duties of one party that are still owed and fall due by this day, under memoranda that bind today."""
    rows = db.session.scalars(
        select(Duty)
        .join(Memorandum)
        .where(
            Duty.status.in_(STILL_OWED),
            Duty.party == party,
            Duty.due_on <= day,
            Memorandum.status == MemorandumStatus.COUNTERSIGNED,
        )
        .order_by(Duty.due_on, Duty.id)
    )
    return [each for each in rows if each.memorandum.phase.is_in_force]


def oldest_owed(memorandum: Memorandum) -> date | None:
    """The earliest date by which the organisation owes something it has not sent, in the past or to come."""
    owed = [
        each.owed_by for each in duties_of(memorandum) if each.is_owed and each.party is Field.ORGANISATION
    ]
    return min(owed, default=None)


def standing_of(organisation: Organisation) -> tuple[Memorandum, Standing] | None:
    """The public label of today and the memorandum it rests on; None while there is nothing to show."""
    for memorandum in _most_telling(memoranda.all_of(organisation)):
        found = standing(
            registration=organisation.status,
            phase=memorandum.phase,
            oldest_owed=oldest_owed(memorandum),
            today=clock.today(),
        )
        if found:
            return memorandum, found
    return None


def memoranda_to_remind() -> Sequence[Memorandum]:
    """Countersigned memoranda whose organisations may need a letter about renewal today."""
    soon = clock.today() + timedelta(days=366)
    return db.session.scalars(
        select(Memorandum)
        .join(Organisation)
        .where(
            Organisation.status == RegistrationStatus.REGISTERED,  # nobody else can ask for renewal
            Memorandum.status == MemorandumStatus.COUNTERSIGNED,
            Memorandum.renewal_asked_on.is_(None),
            Memorandum.expires_on >= clock.today(),
            Memorandum.expires_on <= soon,
        )
    ).all()


def _most_telling(found: Sequence[Memorandum]) -> list[Memorandum]:
    # What binds today says more than what ended; among those that ended, the newest.
    return sorted(found, key=lambda each: not each.phase.is_in_force)


def fallen_due(day: date, *, party: Field) -> Sequence[Duty]:
    """Duties of one party that had to be met by this day, or were met before it, under any memorandum."""
    return db.session.scalars(
        select(Duty)
        .where(Duty.party == party, or_(Duty.due_on <= day, Duty.received_on.is_not(None)))
        .order_by(Duty.code, Duty.due_on, Duty.id)
    ).all()
