"""Memoranda, the signatures on them, what was checked before, and the changes that were asked for."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.kernel import clock
from registry.kernel.db import Base, words
from registry.memoranda.states import (
    MEMORANDUM,
    ChangeAnswer,
    Field,
    MemorandumMove,
    MemorandumStatus,
    Phase,
    Term,
)
from registry.organisations.models import Organisation
from registry.people.models import Person


class Memorandum(Base):
    """One memorandum between the Ministry and one organisation, under one edition of the terms."""

    __tablename__ = "memorandum"
    __table_args__ = (
        CheckConstraint(
            "status NOT IN ('offered', 'signed', 'countersigned') OR offered_sha256 IS NOT NULL",
            name="frozen",
        ),
        CheckConstraint("status <> 'countersigned' OR expires_on IS NOT NULL", name="dated"),
        CheckConstraint("expires_on >= in_force_from", name="term"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(30), unique=True)
    verification_code: Mapped[str] = mapped_column(String(12), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("memorandum.id"))
    status: Mapped[MemorandumStatus] = mapped_column(words(MemorandumStatus))
    version: Mapped[int] = mapped_column()
    edition: Mapped[str] = mapped_column(String(60))
    edition_sha256: Mapped[str] = mapped_column(String(64))
    drafted_on: Mapped[date]
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ministry_signatory_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    organisation_signatory_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    # The frozen text: all files lie in the document store under these digests and are never made again.
    offered_at: Mapped[datetime | None]
    terms_sha256: Mapped[str | None] = mapped_column(String(64))
    docx_sha256: Mapped[str | None] = mapped_column(String(64))
    offered_sha256: Mapped[str | None] = mapped_column(String(64))
    boxes: Mapped[dict[str, list[float]] | None] = mapped_column(JSON)
    current_sha256: Mapped[str | None] = mapped_column(String(64), index=True)

    in_force_from: Mapped[date | None]
    expires_on: Mapped[date | None]
    term_years: Mapped[int]
    renewal_opens_days: Mapped[int]
    renewal_asked_on: Mapped[date | None]
    renewal_refused_on: Mapped[date | None]
    answer_note: Mapped[str] = mapped_column(Text, default="")

    organisation: Mapped[Organisation] = relationship()
    previous: Mapped["Memorandum | None"] = relationship(remote_side=[id], back_populates="followers")
    followers: Mapped[list["Memorandum"]] = relationship(back_populates="previous", order_by="Memorandum.id")
    prepared_by: Mapped[Person] = relationship(foreign_keys=[prepared_by_id])
    ministry_signatory: Mapped[Person | None] = relationship(foreign_keys=[ministry_signatory_id])
    organisation_signatory: Mapped[Person | None] = relationship(foreign_keys=[organisation_signatory_id])
    signatures: Mapped[list["Signature"]] = relationship(back_populates="memorandum", order_by="Signature.id")
    checks: Mapped[list["UnderstandingCheck"]] = relationship(
        back_populates="memorandum", order_by="UnderstandingCheck.id"
    )
    change_requests: Mapped[list["ChangeRequest"]] = relationship(
        back_populates="memorandum", order_by="ChangeRequest.id"
    )
    offered_texts: Mapped[list["OfferedText"]] = relationship(
        back_populates="memorandum", order_by="OfferedText.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own convention

    def can(self, move: MemorandumMove) -> bool:
        """Whether the table of moves allows this from here."""
        return (self.status, move) in MEMORANDUM

    @property
    def term(self) -> Term:
        return Term(
            status=self.status,
            in_force_from=self.in_force_from,
            expires_on=self.expires_on,
            renewal_opens_days=self.renewal_opens_days,
            renewal_asked_on=self.renewal_asked_on,
            renewal_refused_on=self.renewal_refused_on,
            followed_from=next((each.in_force_from for each in self._renewals()), None),
        )

    @property
    def renewed_until(self) -> "Memorandum":
        """The last of the memoranda that follow one another without a gap from this one on."""
        return next((each.renewed_until for each in self._renewals() if each.phase.stands), self)

    def _renewals(self) -> Iterator["Memorandum"]:
        # Nothing follows what nobody asked to renew: that spares a query for nearly every memorandum.
        found = self.followers if self.renewal_asked_on else []
        return (each for each in found if each.in_force_from is not None)

    @property
    def phase(self) -> Phase:
        """What it is today, in Cambodia."""
        return self.term.phase(clock.today())

    def live_signature(self, field: Field) -> "Signature | None":
        """The signature in this field of the text as it is now offered; one on an older text is history."""
        return next(
            (
                row
                for row in self.signatures
                if row.field is field and row.offered_sha256 == self.offered_sha256
            ),
            None,
        )

    def check_of(self, person: Person) -> "UnderstandingCheck | None":
        """How this person stands with the questions about the text as it is now offered."""
        mine = (row for row in self.checks if row.person_id == person.id)
        return next((row for row in mine if row.offered_sha256 == self.offered_sha256), None)

    @property
    def open_requests(self) -> list["ChangeRequest"]:
        """Changes asked for that the Ministry has not answered."""
        return [row for row in self.change_requests if row.answer is None]

    @property
    def text_before(self) -> "OfferedText | None":
        """The text that was offered before the one that is offered now."""
        older = [row for row in self.offered_texts if row.offered_sha256 != self.offered_sha256]
        return older[-1] if older else None


class Signature(Base):
    """One signature and its evidence: who, in which role, on which bytes, having agreed to what."""

    __tablename__ = "signature"
    __table_args__ = (
        UniqueConstraint("memorandum_id", "field", "offered_sha256"),
        UniqueConstraint("step_up_code_id"),
        CheckConstraint("field <> 'ministry' OR person_id <> prepared_by_id", name="two_people"),
        CheckConstraint("field <> 'organisation' OR check_version IS NOT NULL", name="understood"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    memorandum_id: Mapped[int] = mapped_column(ForeignKey("memorandum.id"), index=True)
    field: Mapped[Field] = mapped_column(words(Field))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name_km: Mapped[str] = mapped_column(String(255))
    name_latin: Mapped[str] = mapped_column(String(255))
    typed_name: Mapped[str] = mapped_column(String(255))
    post_km: Mapped[str] = mapped_column(String(255))
    post_en: Mapped[str] = mapped_column(String(255))
    signed_at: Mapped[datetime]
    offered_sha256: Mapped[str] = mapped_column(String(64))
    seen_sha256: Mapped[str] = mapped_column(String(64))
    signed_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    certificate_serial: Mapped[str] = mapped_column(String(60))
    key_id: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(2))
    consent_text: Mapped[str] = mapped_column(Text)
    intent_text: Mapped[str] = mapped_column(Text)
    step_up_code_id: Mapped[int] = mapped_column(ForeignKey("step_up_code.id"))
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)
    # How the organisation's signatory understood the text; the Ministry's field has no such check.
    check_answers: Mapped[dict[str, str] | None] = mapped_column(JSON)
    check_tries: Mapped[int | None]
    check_version: Mapped[str | None] = mapped_column(String(64))
    assisted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    memorandum: Mapped[Memorandum] = relationship(back_populates="signatures")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    assisted_by: Mapped[Person | None] = relationship(foreign_keys=[assisted_by_id])


class UnderstandingCheck(Base):
    """How one signatory stands with the questions about one text; `version` names the questions asked."""

    __tablename__ = "understanding_check"
    __table_args__ = (UniqueConstraint("memorandum_id", "person_id", "offered_sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    memorandum_id: Mapped[int] = mapped_column(ForeignKey("memorandum.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    offered_sha256: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    passed_at: Mapped[datetime | None]
    assisted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    assisted_at: Mapped[datetime | None]
    memorandum: Mapped[Memorandum] = relationship(back_populates="checks")
    assisted_by: Mapped[Person | None] = relationship(foreign_keys=[assisted_by_id])


class ChangeRequest(Base):
    """A change that the organisation asked for; `article` is 0 where no article is meant."""

    __tablename__ = "change_request"
    __table_args__ = (
        CheckConstraint("answer IS NULL OR answered_by_id IS NOT NULL", name="answered"),
        CheckConstraint("answer <> 'granted' OR article = 0 OR new_km <> ''", name="worded"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    memorandum_id: Mapped[int] = mapped_column(ForeignKey("memorandum.id"), index=True)
    article: Mapped[int]
    wish: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    answer: Mapped[ChangeAnswer | None] = mapped_column(words(ChangeAnswer))
    answer_text: Mapped[str] = mapped_column(Text, default="")
    old_km: Mapped[str] = mapped_column(Text, default="")
    old_en: Mapped[str] = mapped_column(Text, default="")
    new_km: Mapped[str] = mapped_column(Text, default="")
    new_en: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None]
    memorandum: Mapped[Memorandum] = relationship(back_populates="change_requests")
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])

    @property
    def is_agreed(self) -> bool:
        """Whether its words are printed in the next text."""
        return self.answer is ChangeAnswer.GRANTED and self.article > 0


class OfferedText(Base):
    """A text as it was offered once; kept so that the next one can be compared with it."""

    __tablename__ = "offered_text"

    id: Mapped[int] = mapped_column(primary_key=True)
    memorandum_id: Mapped[int] = mapped_column(ForeignKey("memorandum.id"), index=True)
    terms_sha256: Mapped[str] = mapped_column(String(64))
    offered_sha256: Mapped[str] = mapped_column(String(64))
    offered_at: Mapped[datetime]
    memorandum: Mapped[Memorandum] = relationship(back_populates="offered_texts")
