"""What every operation on an organisation's file ends with: the move, the journal row, who is told."""

from collections.abc import Sequence

from registry.kernel import journal
from registry.kernel.moves import NotAllowed
from registry.organisations.models import Organisation
from registry.organisations.states import RegistrationStatus
from registry.people import queries as people
from registry.people.models import Person


def ensure_open(organisation: Organisation) -> None:
    """Refuse changes to a file that the Ministry has in hand. Raises NotAllowed("registration-closed")."""
    if not organisation.is_open_for_answers:
        raise NotAllowed("registration-closed")


def ensure_in_review(organisation: Organisation) -> None:
    """Refuse the Ministry's acts on a file that is not in review. Raises NotAllowed("not-in-review")."""
    if organisation.status is not RegistrationStatus.IN_REVIEW:
        raise NotAllowed("not-in-review")


def its_people(organisation: Organisation) -> Sequence[Person]:
    """The organisation's people: they get every letter about their file."""
    return people.people_of(organisation.id)


def subject(organisation: Organisation) -> str:
    """How the journal names this file."""
    return f"organisation:{organisation.reference}"


def moved(
    organisation: Organisation, status: RegistrationStatus, action: str, by: Person, *, note: str = ""
) -> str:
    """Set the new status and journal the move; returns the event that letters about it name."""
    before, organisation.status = organisation.status, status
    entry = journal.record(
        action,
        subject=subject(organisation),
        organisation=organisation.reference,
        by=by.pseudonym,
        note=note,
        **{"from": before, "to": status},
    )
    return f"journal-{entry.seq}"


def saved(organisation: Organisation, action: str, by: Person, *, note: str = "", **facts: object) -> str:
    """Journal what was saved; returns the event that letters about it name."""
    entry = journal.record(
        action,
        subject=subject(organisation),
        organisation=organisation.reference,
        by=by.pseudonym,
        note=note,
        **facts,
    )
    return f"journal-{entry.seq}"
