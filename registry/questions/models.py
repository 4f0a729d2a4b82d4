"""One question about the terms, with its answer and the words in which it was published."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.kernel.db import Base, words
from registry.organisations.models import Organisation
from registry.people.models import Person
from registry.questions.states import QUESTION, QuestionMove, QuestionStatus


class ClauseQuestion(Base):
    """A question about an obligation or an article of an edition.

    `text` is what the organisation wrote and stays between it and the Ministry; only the words that an
    officer wrote for publication are ever shown to others.
    """

    __tablename__ = "clause_question"
    __table_args__ = (
        CheckConstraint(
            "status = 'asked' OR (answered_at IS NOT NULL AND answered_by_id IS NOT NULL)", name="answered"
        ),
        CheckConstraint(
            "status <> 'published' OR (published_at IS NOT NULL AND published_question_km <> '' "
            "AND published_question_en <> '' AND answer_km <> '' AND answer_en <> '')",
            name="published_in_both_languages",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[QuestionStatus] = mapped_column(words(QuestionStatus))
    version: Mapped[int] = mapped_column()
    code: Mapped[str] = mapped_column(String(40), index=True)
    edition: Mapped[str] = mapped_column(String(60))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    answer_due: Mapped[date]
    answer_km: Mapped[str] = mapped_column(Text, default="")
    answer_en: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    published_question_km: Mapped[str] = mapped_column(Text, default="")
    published_question_en: Mapped[str] = mapped_column(Text, default="")
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own convention

    @property
    def answer(self) -> Mapping[str, str]:
        """The answer in each language; the other one where it was written in one only."""
        return {"km": self.answer_km or self.answer_en, "en": self.answer_en or self.answer_km}

    @property
    def answer_languages(self) -> Mapping[str, str]:
        """In which language the answer stands that `answer` gives for each."""
        return {"km": "km" if self.answer_km else "en", "en": "en" if self.answer_en else "km"}

    @property
    def published_question(self) -> Mapping[str, str]:
        """The question in the words of its publication."""
        return {"km": self.published_question_km, "en": self.published_question_en}

    def can(self, move: QuestionMove) -> bool:
        """Whether the table of moves allows this from here."""
        return (self.status, move) in QUESTION
