"""What a decision does to a memorandum in force; and the organisation's own withdrawal.

The steps that must come before (plan, notice, time to reply) are kept by the compliance room; here
stands only that two people are needed and that the reason is told.
"""

from registry.kernel import clock
from registry.kernel.moves import IllegalMove, NotAllowed
from registry.memoranda import letters
from registry.memoranda.models import Memorandum
from registry.memoranda.operations.filing import after, moved, officers, organisation_people
from registry.memoranda.queries import following
from registry.memoranda.states import MemorandumMove, Phase
from registry.people.models import Person


def suspend(memorandum: Memorandum, *, proposed_by: Person, by: Person, reason: str) -> None:
    """Suspend: no new cases are sent, care goes on. Raises NotAllowed, IllegalMove."""
    _decide(memorandum, MemorandumMove.SUSPEND, "suspended", proposed_by=proposed_by, by=by, reason=reason)


def reinstate(memorandum: Memorandum, *, proposed_by: Person, by: Person, reason: str) -> None:
    """End a suspension; the label changes at once. Raises NotAllowed, IllegalMove."""
    _decide(memorandum, MemorandumMove.REINSTATE, "reinstated", proposed_by=proposed_by, by=by, reason=reason)


def terminate(memorandum: Memorandum, *, proposed_by: Person, by: Person, reason: str) -> None:
    """End the memorandum by decision. Raises NotAllowed, IllegalMove."""
    _decide(memorandum, MemorandumMove.TERMINATE, "terminated", proposed_by=proposed_by, by=by, reason=reason)


def withdraw(memorandum: Memorandum, *, by: Person, reason: str) -> None:
    """The organisation ends the memorandum by its own wish. Raises NotAllowed, IllegalMove."""
    _end(memorandum, MemorandumMove.WITHDRAW, "memorandum withdrawn", by=by, reason=reason)


def refuse_renewal(memorandum: Memorandum, *, proposed_by: Person, by: Person, reason: str) -> None:
    """Decide not to renew: it ends on its last day, or today if that has passed (Article 17).

    Raises NotAllowed("own-proposal" | "reason-missing" | "renewal-not-asked").
    """
    if proposed_by.id == by.id:
        raise NotAllowed("own-proposal")
    if not reason:
        raise NotAllowed("reason-missing")
    if memorandum.phase is not Phase.RENEWAL_ASKED:
        raise NotAllowed("renewal-not-asked")
    memorandum.renewal_refused_on = clock.today()
    _discard_renewal(memorandum, by)
    event = moved(memorandum, memorandum.status, "renewal refused", by, note=reason)
    told = [*organisation_people(memorandum), *officers()]
    letters.to_people("renewal_refused", memorandum, told, event=event, reason=reason)


def _discard_renewal(memorandum: Memorandum, by: Person) -> None:
    for draft in following(memorandum):
        moved(draft, after(draft, MemorandumMove.DISCARD), "draft discarded", by)


def _decide(
    memorandum: Memorandum,
    move: MemorandumMove,
    action: str,
    *,
    proposed_by: Person,
    by: Person,
    reason: str,
) -> None:
    if proposed_by.id == by.id:
        raise NotAllowed("own-proposal")
    _end(memorandum, move, action, by=by, reason=reason)


def _end(memorandum: Memorandum, move: MemorandumMove, action: str, *, by: Person, reason: str) -> None:
    status = after(memorandum, move)
    if not memorandum.phase.stands:
        # What its dates have ended already cannot be suspended or ended once more.
        raise IllegalMove(memorandum.phase, move)
    if not reason:
        raise NotAllowed("reason-missing")
    event = moved(memorandum, status, action, by, note=reason)
    if move in (MemorandumMove.TERMINATE, MemorandumMove.WITHDRAW):
        _discard_renewal(memorandum, by)
    told = [*organisation_people(memorandum), *officers()]
    letters.to_people(f"memorandum_{status}", memorandum, told, event=event, reason=reason)
