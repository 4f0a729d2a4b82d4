"""Answers to an offer that are not a signature: decline, ask for a change, return, revise, renew."""

from registry.kernel import clock
from registry.kernel.moves import NotAllowed
from registry.memoranda import letters
from registry.memoranda.models import Memorandum
from registry.memoranda.operations.filing import after, moved, officers, organisation_people
from registry.memoranda.operations.offering import draft
from registry.memoranda.states import MemorandumMove, Phase
from registry.people.models import Person


def decline(memorandum: Memorandum, *, by: Person, reason: str) -> None:
    """The organisation says no, with its reason; it may ask for a new offer later. Raises IllegalMove."""
    _answer(memorandum, MemorandumMove.DECLINE, "memorandum declined", by, reason)
    event = f"{memorandum.reference}-declined-{memorandum.version}"
    told = [*organisation_people(memorandum), *officers()]
    letters.to_people("memorandum_declined", memorandum, told, event=event, reason=reason)


def request_changes(memorandum: Memorandum, *, by: Person, reason: str) -> None:
    """The organisation asks for a change before it signs. Raises IllegalMove."""
    _answer(memorandum, MemorandumMove.REQUEST_CHANGES, "changes requested", by, reason)
    event = f"{memorandum.reference}-changes-{memorandum.version}"
    told = [*organisation_people(memorandum), *officers()]
    letters.to_people("changes_requested", memorandum, told, event=event, reason=reason)


def return_to_officer(memorandum: Memorandum, *, by: Person, reason: str) -> None:
    """The Ministry's signatory does not sign and says why; a new text will be offered. Raises IllegalMove."""
    _answer(memorandum, MemorandumMove.RETURN, "memorandum returned", by, reason)
    event = f"{memorandum.reference}-returned-{memorandum.version}"
    told = [*organisation_people(memorandum), *officers()]
    letters.to_people("memorandum_returned", memorandum, told, event=event, reason=reason)


def revise(memorandum: Memorandum, *, by: Person, answer: str) -> None:
    """Take the memorandum back to draft, with an answer to what was asked. Raises IllegalMove."""
    _answer(memorandum, MemorandumMove.REVISE, "memorandum revised", by, answer)


def ask_for_renewal(memorandum: Memorandum, *, by: Person) -> Memorandum:
    """The organisation asks to go on; the memorandum stays in force until this is decided (Article 17).

    Returns the draft of the next memorandum. Raises NotAllowed("renewal-not-open" | "renewal-asked" | …).
    """
    if memorandum.renewal_asked_on is not None:
        raise NotAllowed("renewal-asked")
    if memorandum.phase is not Phase.RENEWAL_DUE:
        raise NotAllowed("renewal-not-open")
    memorandum.renewal_asked_on = clock.today()
    event = moved(memorandum, memorandum.status, "renewal asked for", by)
    following = draft(memorandum.organisation, by=by)
    told = [*organisation_people(memorandum), *officers()]
    letters.to_people("renewal_asked", memorandum, told, event=event)
    return following


def _answer(memorandum: Memorandum, move: MemorandumMove, action: str, by: Person, reason: str) -> None:
    status = after(memorandum, move)
    if not reason:
        raise NotAllowed("reason-missing")
    memorandum.answer_note = reason
    moved(memorandum, status, action, by, note=reason)
