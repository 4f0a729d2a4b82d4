"""The organisation's file: profile, staff, sites, papers, what the Ministry checked and decided."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.kernel.db import Base, Protected, words
from registry.organisations.states import (
    OPEN_FOR_ANSWERS,
    REGISTRATION,
    Advice,
    CheckResult,
    ChoiceKind,
    PaperKind,
    RegistrationMove,
    RegistrationStatus,
    SiteKind,
)
from registry.people.models import Person


class Organisation(Base):
    """An organisation that cares for people, and its registration."""

    __tablename__ = "organisation"
    __table_args__ = (
        CheckConstraint("places >= 0 AND child_places >= 0 AND active_cases >= 0", name="counts"),
        CheckConstraint("child_places <= places", name="child_places"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    status: Mapped[RegistrationStatus] = mapped_column(words(RegistrationStatus))
    version: Mapped[int] = mapped_column()
    name_km: Mapped[str] = mapped_column(String(255))
    name_latin: Mapped[str] = mapped_column(String(255))
    acronym: Mapped[str] = mapped_column(String(40), default="")
    is_foreign: Mapped[bool | None]
    registration_number: Mapped[str] = mapped_column(String(60), default="")
    registration_date: Mapped[date | None]
    letter_address_km: Mapped[str] = mapped_column(String(500), default="")
    letter_address_en: Mapped[str] = mapped_column(String(500), default="")
    public_phone: Mapped[str] = mapped_column(String(30), default="")
    public_email: Mapped[str] = mapped_column(String(254), default="")
    other_memoranda: Mapped[str] = mapped_column(Text, default="")
    places: Mapped[int] = mapped_column(default=0)
    child_places: Mapped[int] = mapped_column(default=0)
    active_cases: Mapped[int] = mapped_column(default=0)
    work_described: Mapped[bool] = mapped_column(default=False)
    staff_described: Mapped[bool] = mapped_column(default=False)
    begun_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    answer_due: Mapped[date | None]
    handled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    handled_by: Mapped[Person | None] = relationship(foreign_keys=[handled_by_id])
    choices: Mapped[list["ProfileChoice"]] = relationship(lazy="selectin", cascade="all, delete-orphan")
    posts: Mapped[list["StaffPost"]] = relationship(lazy="selectin", cascade="all, delete-orphan")
    sites: Mapped[list["Site"]] = relationship(
        cascade="all, delete-orphan", back_populates="organisation", order_by="Site.id"
    )
    papers: Mapped[list["Paper"]] = relationship(
        cascade="all, delete-orphan", back_populates="organisation", order_by="Paper.id"
    )
    checks: Mapped[list["ItemCheck"]] = relationship(cascade="all, delete-orphan", order_by="ItemCheck.id")
    questions: Mapped[list["Question"]] = relationship(cascade="all, delete-orphan", order_by="Question.id")
    decisions: Mapped[list["RegistrationDecision"]] = relationship(order_by="RegistrationDecision.id")

    # Two officers may have the same file open; the second to write is told so (409).
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own convention

    @property
    def name(self) -> Mapping[str, str]:
        """The name in each language; the other script where one is missing."""
        return {"km": self.name_km or self.name_latin, "en": self.name_latin or self.name_km}

    @property
    def letter_address(self) -> Mapping[str, str]:
        km, en = self.letter_address_km, self.letter_address_en
        return {"km": km or en, "en": en or km}

    @property
    def is_open_for_answers(self) -> bool:
        return self.status in OPEN_FOR_ANSWERS

    def can(self, move: RegistrationMove) -> bool:
        """Whether the table of moves allows this from here."""
        return (self.status, move) in REGISTRATION

    def codes(self, kind: ChoiceKind) -> frozenset[str]:
        """The services, groups or provinces of the profile, in the edition's codes."""
        return frozenset(choice.code for choice in self.choices if choice.kind is kind)

    def paper(self, kind: PaperKind) -> "Paper | None":
        """The paper of this kind that counts: the newest."""
        return next((paper for paper in reversed(self.papers) if paper.kind is kind), None)


class ProfileChoice(Base):
    """One service, group or province of one organisation."""

    __tablename__ = "profile_choice"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    kind: Mapped[ChoiceKind] = mapped_column(words(ChoiceKind), primary_key=True)
    code: Mapped[str] = mapped_column(String(40), primary_key=True)


class StaffPost(Base):
    """How many people hold one post, and what one of them is paid a month if the organisation says so."""

    __tablename__ = "staff_post"
    __table_args__ = (CheckConstraint("number >= 0", name="number"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    post: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int]
    monthly_pay: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))


class Site(Base):
    """A place where an organisation works: here only what may be known of it, never where it is."""

    __tablename__ = "site"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[SiteKind] = mapped_column(words(SiteKind))
    province: Mapped[str] = mapped_column(String(2))
    confidential: Mapped[bool] = mapped_column(default=True)
    organisation: Mapped[Organisation] = relationship(back_populates="sites")
    place: Mapped["SitePlace"] = relationship(cascade="all, delete-orphan", back_populates="site")


class SitePlace(Base):
    """Where a site is: encrypted, in a table of its own that no public query reaches."""

    __tablename__ = "site_place"

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), primary_key=True)
    called: Mapped[str] = mapped_column(Protected)
    address: Mapped[str] = mapped_column(Protected)
    site: Mapped[Site] = relationship(back_populates="place")


class Paper(Base):
    """An uploaded paper; its bytes lie encrypted in the document store under their SHA-256."""

    __tablename__ = "paper"
    __table_args__ = (CheckConstraint("size > 0", name="size"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[PaperKind] = mapped_column(words(PaperKind))
    filename: Mapped[str] = mapped_column(Protected)
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_at: Mapped[datetime]
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    organisation: Mapped[Organisation] = relationship(back_populates="papers")


class ItemCheck(Base):
    """What an officer found about one item of one submission."""

    __tablename__ = "item_check"
    __table_args__ = (UniqueConstraint("organisation_id", "item", "submitted_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    submitted_at: Mapped[datetime]
    item: Mapped[str] = mapped_column(String(40))
    result: Mapped[CheckResult] = mapped_column(words(CheckResult))
    note: Mapped[str] = mapped_column(Text, default="")
    checked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime]


class Question(Base):
    """What the Ministry asked about an item, and what the organisation answered."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    item: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]


class RegistrationDecision(Base):
    """A recommendation and what was decided on it: always two people, and a third after a refusal."""

    __tablename__ = "registration_decision"
    __table_args__ = (
        CheckConstraint("decided_by_id <> recommended_by_id", name="two_people"),
        CheckConstraint("decided_by_id <> reviewed_by_id", name="another_reviewer"),
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    advice: Mapped[Advice] = mapped_column(words(Advice))
    advice_note: Mapped[str] = mapped_column(Text, default="")
    recommended_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    recommended_at: Mapped[datetime]
    outcome: Mapped[Advice | None] = mapped_column(words(Advice))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    review_reason: Mapped[str] = mapped_column(Text, default="")
    review_asked_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reviewed_at: Mapped[datetime | None]
    recommended_by: Mapped[Person] = relationship(foreign_keys=[recommended_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
