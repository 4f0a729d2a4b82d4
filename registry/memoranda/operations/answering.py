"""Answers to an offer that are not a signature: decline, ask for a change, return, revise, renew."""

from dataclasses import dataclass, field

from contracts.facts import Bilingual
from registry.kernel import clock
from registry.kernel.moves import IllegalMove, NotAllowed
from registry.memoranda import letters
from registry.memoranda.models import ChangeRequest, Memorandum
from registry.memoranda.operations.filing import after, moved, officers, organisation_people
from registry.memoranda.operations.offering import draft
from registry.memoranda.states import ChangeAnswer, MemorandumMove, Phase
from registry.people.models import Person


@dataclass(frozen=True)
class AgreedWords:
    """The words of an article as they were, and as both parties agree that they read."""

    old: Bilingual = field(default_factory=Bilingual)
    new: Bilingual = field(default_factory=Bilingual)

    @property
    def complete(self) -> bool:
        return all((self.old.km, self.old.en, self.new.km, self.new.en))


def decline(memorandum: Memorandum, *, by: Person, reason: str) -> None:
    """The organisation says no, with its reason; it may ask for a new offer later. Raises IllegalMove."""
    _answer(memorandum, MemorandumMove.DECLINE, "memorandum declined", by, reason)
    event = f"{memorandum.reference}-declined-{memorandum.version}"
    told = [*organisation_people(memorandum), *officers()]
    letters.to_people("memorandum_declined", memorandum, told, event=event, reason=reason)


def request_changes(memorandum: Memorandum, *, by: Person, reason: str, article: int = 0) -> ChangeRequest:
    """The organisation says what it wishes in an article (0: in none) before it signs. Raises IllegalMove."""
    _answer(memorandum, MemorandumMove.REQUEST_CHANGES, "changes requested", by, reason)
    asked = ChangeRequest(article=article, wish=reason, asked_by=by, asked_at=clock.now())
    memorandum.change_requests.append(asked)
    event = f"{memorandum.reference}-changes-{memorandum.version}-{len(memorandum.change_requests)}"
    told = [*organisation_people(memorandum), *officers()]
    letters.to_people("changes_requested", memorandum, told, event=event, reason=reason)
    return asked


def answer_request(
    asked: ChangeRequest, *, by: Person, answer: ChangeAnswer, text: str, words: AgreedWords | None = None
) -> None:
    """Grant or refuse one change, with a sentence for the organisation; an answer can still be mended.

    What is granted in an article needs its old and new words in both languages: they are printed in the next
    text. Raises IllegalMove once the text was revised, NotAllowed("reason-missing" | "words-missing").
    """
    memorandum = asked.memorandum
    if not memorandum.can(MemorandumMove.REVISE):
        raise IllegalMove(memorandum.status, MemorandumMove.REVISE)
    if not text:
        raise NotAllowed("reason-missing")
    granted = words if answer is ChangeAnswer.GRANTED and asked.article else None
    if answer is ChangeAnswer.GRANTED and asked.article and (granted is None or not granted.complete):
        raise NotAllowed("words-missing")
    kept = granted or AgreedWords()
    asked.answer, asked.answer_text = answer, text
    asked.old_km, asked.old_en = kept.old.km, kept.old.en
    asked.new_km, asked.new_en = kept.new.km, kept.new.en
    asked.answered_by, asked.answered_at = by, clock.now()
    note = f"{asked.article}: {text}"
    moved(memorandum, memorandum.status, f"change {answer}", by, note=note)


def return_to_officer(memorandum: Memorandum, *, by: Person, reason: str) -> None:
    """The Ministry's signatory does not sign and says why; a new text will be offered. Raises IllegalMove."""
    _answer(memorandum, MemorandumMove.RETURN, "memorandum returned", by, reason)
    event = f"{memorandum.reference}-returned-{memorandum.version}"
    told = [*organisation_people(memorandum), *officers()]
    letters.to_people("memorandum_returned", memorandum, told, event=event, reason=reason)


def revise(memorandum: Memorandum, *, by: Person, answer: str) -> None:
    """Take the memorandum back to draft, with an answer to what was asked.

    Raises IllegalMove, NotAllowed("changes-unanswered") while a change that was asked for has no answer.
    """
    after(memorandum, MemorandumMove.REVISE)
    if memorandum.open_requests:
        raise NotAllowed("changes-unanswered")
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
