"""Persons, what they may do, where they are signed in, and the codes and invitations sent to them."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.kernel.db import Base, words
from registry.people.states import MINISTRY_ROLES, Act, Role, may


class Person(Base):
    """Somebody with an account. The account name is not the e-mail address: colleagues often share one."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    pseudonym: Mapped[str] = mapped_column(String(40), unique=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    name_km: Mapped[str] = mapped_column(String(255))
    name_latin: Mapped[str] = mapped_column(String(255))
    post_km: Mapped[str] = mapped_column(String(255), default="")
    post_en: Mapped[str] = mapped_column(String(255), default="")
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(30), default="")
    language: Mapped[str] = mapped_column(String(2), default="km")
    password_hash: Mapped[str] = mapped_column(String(200))
    # use_alter: a person belongs to an organisation, whose file names persons; one of the two comes later.
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", use_alter=True, name="fk_person_organisation_id_organisation"),
        index=True,
    )
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    role_rows: Mapped[list["PersonRole"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", back_populates="person"
    )

    @property
    def is_active(self) -> bool:
        return self.closed_at is None

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(row.role for row in self.role_rows)

    @property
    def name(self) -> Mapping[str, str]:
        """The name in each language; the other script where one is missing."""
        return {"km": self.name_km or self.name_latin, "en": self.name_latin or self.name_km}

    @property
    def post(self) -> Mapping[str, str]:
        return {"km": self.post_km or self.post_en, "en": self.post_en or self.post_km}

    @property
    def is_of_ministry(self) -> bool:
        return not MINISTRY_ROLES.isdisjoint(self.roles)

    def may(self, act: Act) -> bool:
        """Whether one of this person's roles allows the act; rules of a single file come on top."""
        return self.is_active and may(self.roles, act)


class PersonRole(Base):
    """One role of one person."""

    __tablename__ = "person_role"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(words(Role), primary_key=True)
    person: Mapped[Person] = relationship(back_populates="role_rows")


class SignIn(Base):
    """One place where a person is signed in. The browser holds the token; here is only its SHA-256."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    begun_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(String(200), default="")
    person: Mapped[Person] = relationship(lazy="joined")


class FailedSignIn(Base):
    """A wrong password, counted against the account name that was typed and the network it came from."""

    __tablename__ = "failed_sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(60), index=True)
    network: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(index=True)


class Invitation(Base):
    """A letter that lets somebody open an account with one role; used once."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role] = mapped_column(words(Role))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(255))
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    invited_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class StepUpCode(Base):
    """A code sent by letter before a binding act: good once, ten minutes, for one person and one document."""

    __tablename__ = "step_up_code"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    bound_to: Mapped[str] = mapped_column(String(64))
    code_hash: Mapped[str] = mapped_column(String(200))
    sent_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
