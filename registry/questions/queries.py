"""What pages and operations ask about questions; for the public, only what was published."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from contracts.edition import Edition
from contracts.records import Text
from registry.kernel import clock
from registry.kernel.db import db
from registry.organisations.models import Organisation
from registry.people.models import Person
from registry.questions.models import ClauseQuestion
from registry.questions.states import ARTICLE, QuestionStatus

ANSWER_DAYS = "ministry_answer_working_days"
MOST_A_DAY = 20


def question(question_id: int) -> ClauseQuestion | None:
    """One question by its number; for the Ministry's pages."""
    return db.session.get(ClauseQuestion, question_id)


def questions_of(organisation: Organisation) -> Sequence[ClauseQuestion]:
    """Everything that one organisation asked, the newest first."""
    chosen = select(ClauseQuestion).where(ClauseQuestion.organisation_id == organisation.id)
    return db.session.scalars(chosen.order_by(ClauseQuestion.id.desc())).all()


def everything() -> Sequence[ClauseQuestion]:
    """Every question ever asked, in the order of its date."""
    return db.session.scalars(select(ClauseQuestion).order_by(ClauseQuestion.id)).all()


def unanswered() -> Sequence[ClauseQuestion]:
    """What waits for an answer, the least time left first."""
    chosen = select(ClauseQuestion).where(ClauseQuestion.status == QuestionStatus.ASKED)
    return db.session.scalars(chosen.order_by(ClauseQuestion.answer_due, ClauseQuestion.id)).all()


def answered() -> Sequence[ClauseQuestion]:
    """What was answered, published or not, the last answer first."""
    chosen = select(ClauseQuestion).where(ClauseQuestion.status != QuestionStatus.ASKED)
    return db.session.scalars(
        chosen.order_by(ClauseQuestion.answered_at.desc(), ClauseQuestion.id.desc())
    ).all()


def published() -> Sequence[ClauseQuestion]:
    """What everybody may read, by the code that it is about, the oldest first."""
    chosen = select(ClauseQuestion).where(ClauseQuestion.status == QuestionStatus.PUBLISHED)
    return db.session.scalars(chosen.order_by(ClauseQuestion.code, ClauseQuestion.id)).all()


def published_by_code() -> Mapping[str, tuple[ClauseQuestion, ...]]:
    """What everybody may read about each obligation or article."""
    found = published()
    return {code: tuple(each for each in found if each.code == code) for code in {row.code for row in found}}


def matching(found: Iterable[ClauseQuestion], words: str, *, edition: Edition) -> list[ClauseQuestion]:
    """Those in which every word is found: in question, answer, or the title or code of what it is about."""
    wanted = words.casefold().split()
    return [each for each in found if all(word in _searched(each, edition) for word in wanted)]


def title_of(code: str, edition: Edition) -> Text | None:
    """The title of the obligation or article with this code; None where the edition has none."""
    if code.startswith(ARTICLE):
        return next(
            (each.title for each in edition.articles if f"{ARTICLE}{each.number}" == code),
            None,
        )
    return next((each.title for each in edition.obligations if each.code == code), None)


def answer_date(edition: Edition, *, asked_on: date) -> date:
    """The day by which the Ministry answers a question: MI-01 of the terms, counted in working days."""
    days = int(edition.parameter(ANSWER_DAYS).value or 0)
    return clock.working_days_later(asked_on, days)


def asked_lately(organisation: Organisation) -> int:
    """How many questions an organisation has asked in the last 24 hours."""
    since = clock.now() - timedelta(days=1)
    return sum(1 for each in questions_of(organisation) if each.asked_at > since)


def names_somebody(words: str, *, organisation: Organisation, asked_by: Person) -> bool:
    """Whether a text holds a name or reference of the one who asked; the officer still has to read it."""
    names = {organisation.name_km, organisation.name_latin, organisation.reference, *asked_by.name.values()}
    return any(name.casefold() in words.casefold() for name in names if name)


def _searched(found: ClauseQuestion, edition: Edition) -> str:
    title = title_of(found.code, edition)
    titles = (title.km, title.en) if title else ()
    texts = (*found.published_question.values(), *found.answer.values(), found.code, *titles)
    return " ".join(texts).casefold()
