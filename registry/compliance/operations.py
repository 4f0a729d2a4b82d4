"""Everything that can be done about duties: open the calendar, report, accept, return."""

from contracts import schedule
from registry.compliance import letters, queries
from registry.compliance.models import Duty
from registry.compliance.states import DUTY, DutyMove, DutyStatus
from registry.editions import queries as editions
from registry.kernel import clock, journal
from registry.kernel.db import db
from registry.kernel.moves import NotAllowed, next_status
from registry.memoranda.models import Memorandum
from registry.memoranda.states import Field
from registry.organisations import queries as organisations
from registry.people import queries as people
from registry.people.models import Person
from registry.people.states import Role


def open_calendar(memorandum: Memorandum, *, by: Person) -> None:
    """Make the calendar of a memorandum that has just entered into force, from its edition, for both parties.

    Safe to call again: a duty that is there already is not made twice.
    """
    edition = editions.edition(memorandum.edition)
    profile = organisations.profile_of(memorandum.organisation)
    assert memorandum.in_force_from is not None and memorandum.expires_on is not None  # noqa: S101, PT018 - in force
    there = {(duty.code, duty.due_on) for duty in queries.duties_of(memorandum)}
    due = schedule.due_dates(edition, profile, start=memorandum.in_force_from, end=memorandum.expires_on)
    new = [each for each in due if (each.code, each.due) not in there]
    db.session.add_all(
        Duty(
            memorandum=memorandum, code=each.code, party=Field(each.party), due_on=each.due,
            period_start=each.period_start, period_end=each.period_end,
        )
        for each in new
    )  # fmt: skip
    journal.record(
        "calendar opened", subject=f"memorandum:{memorandum.reference}", by=by.pseudonym,
        organisation=memorandum.organisation.reference, duties=len(new),
    )  # fmt: skip


def report(duty: Duty, *, by: Person, note: str) -> None:
    """The party whose duty it is says that it has been met, and how. Raises IllegalMove, NotAllowed."""
    status = next_status(DUTY, duty.status, DutyMove.REPORT)
    if (duty.party is Field.MINISTRY) != by.is_of_ministry:
        raise NotAllowed("not-your-duty")
    duty.note, duty.received_by_id = note, by.id
    duty.received_on = clock.today()
    event = _moved(duty, status, "duty reported", by, note=note)
    if duty.party is Field.ORGANISATION:
        letters.about_duty("report_received", duty, people.people_with(Role.OFFICER), event=event)


def accept(duty: Duty, *, by: Person) -> None:
    """The Ministry accepts what was sent, or notes that a duty of its own is met. Raises IllegalMove."""
    status = next_status(DUTY, duty.status, DutyMove.ACCEPT)
    _ensure_organisations(duty)
    duty.answer, duty.answered_at, duty.answered_by_id = "", clock.now(), by.id
    event = _moved(duty, status, "report accepted", by)
    if duty.party is Field.ORGANISATION:
        letters.about_duty("report_accepted", duty, _owners(duty), event=event)


def give_back(duty: Duty, *, by: Person, reason: str) -> None:
    """The Ministry returns what was sent, with a reason; the organisation has 15 more days.

    Raises IllegalMove, NotAllowed("not-your-duty" | "reason-missing").
    """
    status = next_status(DUTY, duty.status, DutyMove.RETURN)
    _ensure_organisations(duty)
    if duty.party is Field.MINISTRY:
        raise NotAllowed("not-your-duty")
    if not reason:
        raise NotAllowed("reason-missing")
    duty.answer, duty.answered_at, duty.answered_by_id = reason, clock.now(), by.id
    duty.returned_on = clock.today()
    event = _moved(duty, status, "report returned", by, note=reason)
    letters.about_duty("report_returned", duty, _owners(duty), event=event, reason=reason)


def _ensure_organisations(duty: Duty) -> None:
    """The Ministry does not judge its own duties. Raises NotAllowed("not-your-duty")."""
    if duty.party is not Field.ORGANISATION:
        raise NotAllowed("not-your-duty")


def _owners(duty: Duty) -> list[Person]:
    return list(people.people_of(duty.memorandum.organisation_id))


def _moved(duty: Duty, status: DutyStatus, action: str, by: Person, *, note: str = "") -> str:
    before, duty.status = duty.status, status
    entry = journal.record(
        action, subject=f"duty:{duty.id}", by=by.pseudonym, note=note,
        organisation=duty.memorandum.organisation.reference, code=duty.code,
        **{"from": before, "to": status},
    )  # fmt: skip
    return f"journal-{entry.seq}"
