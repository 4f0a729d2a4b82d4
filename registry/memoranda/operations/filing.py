"""What every operation on a memorandum ends with: the move and the journal row."""

from collections.abc import Sequence

from registry.kernel import journal
from registry.kernel.moves import next_status
from registry.memoranda.models import Memorandum
from registry.memoranda.states import MEMORANDUM, MemorandumMove, MemorandumStatus
from registry.people import queries as people
from registry.people.models import Person
from registry.people.states import Role


def after(memorandum: Memorandum, move: MemorandumMove) -> MemorandumStatus:
    """The status after a move. Raises IllegalMove."""
    return next_status(MEMORANDUM, memorandum.status, move)


def moved(
    memorandum: Memorandum,
    status: MemorandumStatus,
    action: str,
    by: Person,
    *,
    note: str = "",
    **facts: object,
) -> str:
    """Set the new status and journal the move; returns the event that letters about it name."""
    before, memorandum.status = memorandum.status, status
    entry = journal.record(
        action, subject=f"memorandum:{memorandum.reference}", by=by.pseudonym, note=note,
        organisation=memorandum.organisation.reference, **{"from": before, "to": status}, **facts,
    )  # fmt: skip
    return f"journal-{entry.seq}"


def organisation_people(memorandum: Memorandum) -> Sequence[Person]:
    """The organisation's people, who get every letter about its memorandum."""
    return people.people_of(memorandum.organisation_id)


def officers() -> Sequence[Person]:
    """The Ministry's registration officers."""
    return people.people_with(Role.OFFICER)
