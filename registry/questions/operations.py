"""Everything that can be done with a question about the terms: ask, answer, publish, take back."""

from dataclasses import dataclass

from contracts.edition import Edition
from contracts.records import Text
from registry.editions import queries as editions
from registry.kernel import clock, journal
from registry.kernel.db import db
from registry.kernel.moves import NotAllowed, next_status
from registry.organisations.models import Organisation
from registry.people import queries as people
from registry.people.models import Person
from registry.people.states import Role
from registry.questions import letters, queries
from registry.questions.models import ClauseQuestion
from registry.questions.states import QUESTION, QuestionMove, QuestionStatus


@dataclass(frozen=True)
class Wording:
    """What an officer wrote for publication; an answer counts only in the language that lacks one."""

    question_km: str
    question_en: str
    answer_km: str = ""
    answer_en: str = ""


def ask(
    organisation: Organisation, *, by: Person, code: str, edition: Edition, text: str, language: str
) -> ClauseQuestion:
    """Somebody of the organisation asks about an obligation or article; the Ministry's clock begins.

    `language` is that of the page on which it was written.

    Raises NotAllowed("nothing-asked" | "unknown-clause" | "many-questions").
    """
    if not text:
        raise NotAllowed("nothing-asked")
    title = queries.title_of(code, edition)
    if title is None:
        raise NotAllowed("unknown-clause")
    if queries.asked_lately(organisation) >= queries.MOST_A_DAY:
        raise NotAllowed("many-questions")
    question = ClauseQuestion(
        status=QuestionStatus.ASKED, code=code, edition=edition.name, organisation=organisation,
        asked_by=by, asked_at=clock.now(), text=text, language="km" if language == "km" else "en",
        answer_due=queries.answer_date(edition, asked_on=clock.today()),
    )  # fmt: skip
    db.session.add(question)
    db.session.flush()
    event = _recorded(question, "clause question asked", by, note=text)
    letters.about_question(
        "question_asked", question, people.people_with(Role.OFFICER), event=event, title=title
    )
    return question


def answer(question: ClauseQuestion, *, by: Person, answer_km: str, answer_en: str) -> None:
    """The Ministry answers, in the language of the question at least.

    Raises IllegalMove, NotAllowed("answer-missing").
    """
    status = next_status(QUESTION, question.status, QuestionMove.ANSWER)
    if not {"km": answer_km, "en": answer_en}[question.language]:
        raise NotAllowed("answer-missing")
    question.answer_km, question.answer_en = answer_km, answer_en
    question.answered_by_id, question.answered_at = by.id, clock.now()
    event = _moved(question, status, "clause question answered", by)
    letters.about_question(
        "question_answered", question, people.people_of(question.organisation_id), event=event,
        title=_title_of(question),
    )  # fmt: skip


def publish(question: ClauseQuestion, *, by: Person, wording: Wording) -> None:
    """An officer lets everybody read the answer, with the question in words that name nobody.

    Raises IllegalMove, NotAllowed("wording-missing" | "names-somebody").
    """
    status = next_status(QUESTION, question.status, QuestionMove.PUBLISH)
    answer_km = question.answer_km or wording.answer_km
    answer_en = question.answer_en or wording.answer_en
    texts = (wording.question_km, wording.question_en, answer_km, answer_en)
    if not all(texts):
        raise NotAllowed("wording-missing")
    if queries.names_somebody(
        "\n".join(texts), organisation=question.organisation, asked_by=question.asked_by
    ):
        raise NotAllowed("names-somebody")
    question.answer_km, question.answer_en = answer_km, answer_en
    question.published_question_km = wording.question_km
    question.published_question_en = wording.question_en
    question.published_by_id, question.published_at = by.id, clock.now()
    _moved(question, status, "answer published", by)


def take_back(question: ClauseQuestion, *, by: Person) -> None:
    """An officer takes a published answer off the pages; the organisation keeps it. Raises IllegalMove."""
    status = next_status(QUESTION, question.status, QuestionMove.TAKE_BACK)
    _moved(question, status, "answer taken back", by)


def _title_of(question: ClauseQuestion) -> Text:
    found = queries.title_of(question.code, editions.edition(question.edition))
    return found or Text(question.code, question.code)


def _moved(question: ClauseQuestion, status: QuestionStatus, action: str, by: Person) -> str:
    before, question.status = question.status, status
    return _recorded(question, action, by, **{"from": before, "to": status})


def _recorded(question: ClauseQuestion, action: str, by: Person, *, note: str = "", **facts: object) -> str:
    entry = journal.record(
        action, subject=f"clause-question:{question.id}", by=by.pseudonym, note=note,
        organisation=question.organisation.reference, code=question.code, edition=question.edition, **facts,
    )  # fmt: skip
    return f"journal-{entry.seq}"
