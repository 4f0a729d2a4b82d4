"""The understanding check: the signatory answers questions about the very text that is to be signed."""

from collections.abc import Mapping

from contracts import understanding
from contracts.understanding import Question
from registry.editions import queries as editions
from registry.kernel import clock
from registry.kernel.moves import NotAllowed
from registry.memoranda import queries
from registry.memoranda.models import Memorandum, UnderstandingCheck
from registry.memoranda.operations.filing import after, moved
from registry.memoranda.states import MemorandumMove
from registry.people.models import Person


def questions_about(memorandum: Memorandum) -> tuple[Question, ...]:
    """The questions about the offered text: from its edition, its profile and its reference, always the same.

    Raises storage.Missing when nothing was offered.
    """
    profile = understanding.frozen_profile(queries.frozen_text(memorandum))
    return understanding.questions(editions.edition(memorandum.edition), profile, seed=memorandum.reference)


def answer(memorandum: Memorandum, *, by: Person, answers: Mapping[str, str]) -> tuple[Question, ...]:
    """Count one try; returns the questions answered wrongly: with none the check is passed, and stays so.

    Raises IllegalMove, NotAllowed("not-the-signatory").
    """
    check, asked = _check(memorandum, by), questions_about(memorandum)
    if check.passed_at is not None:
        return ()
    wrong = understanding.wrong(asked, answers)
    check.tries += 1
    check.version = understanding.version(asked)
    check.answers = {each.key: answers.get(each.key, "") for each in asked}
    if not wrong:
        check.passed_at = clock.now()
        moved(
            memorandum, memorandum.status, "understanding checked", by,
            tries=check.tries, questions=check.version, file=memorandum.offered_sha256,
        )  # fmt: skip
    return wrong


def read_aloud(memorandum: Memorandum, *, by: Person) -> None:
    """An officer records having read the text and the questions to the organisation's signatory.

    Raises IllegalMove, NotAllowed("no-director" | "read-aloud").
    """
    signatory = memorandum.organisation_signatory
    if signatory is None:
        raise NotAllowed("no-director")
    check = _check(memorandum, signatory)
    if check.assisted_by is not None:
        raise NotAllowed("read-aloud")
    check.assisted_by, check.assisted_at = by, clock.now()
    moved(memorandum, memorandum.status, "memorandum read aloud", by, file=memorandum.offered_sha256)


def _check(memorandum: Memorandum, person: Person) -> UnderstandingCheck:
    """The row of this person and this text, made at first use."""
    after(memorandum, MemorandumMove.SIGN)
    if person.id != memorandum.organisation_signatory_id:
        raise NotAllowed("not-the-signatory")
    found = memorandum.check_of(person)
    if found is None:
        found = UnderstandingCheck(
            person_id=person.id, offered_sha256=memorandum.offered_sha256, tries=0, answers={},
            version=understanding.version(questions_about(memorandum)),
        )  # fmt: skip
        memorandum.checks.append(found)
    return found
