"""Editions that the Ministry makes in the portal, and what each changes in the one it is based on."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.editions.states import EDITION, EditionMove, EditionStatus
from registry.kernel.db import Base, words
from registry.people.models import Person


class OwnEdition(Base):
    """One edition made here; the digest, once there, is that of the files in its folder."""

    __tablename__ = "edition"
    __table_args__ = (
        CheckConstraint("published_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint(
            "status <> 'published' OR (sha256 IS NOT NULL AND published_by_id IS NOT NULL "
            "AND proposed_by_id IS NOT NULL)",
            name="frozen",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    based_on: Mapped[str] = mapped_column(String(60))
    status: Mapped[EditionStatus] = mapped_column(words(EditionStatus))
    version: Mapped[int] = mapped_column()
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    begun_at: Mapped[datetime]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    changes: Mapped[list["EditionChange"]] = relationship(
        back_populates="edition", cascade="all, delete-orphan", order_by="EditionChange.id"
    )
    begun_by: Mapped[Person] = relationship(foreign_keys=[begun_by_id])
    proposed_by: Mapped[Person | None] = relationship(foreign_keys=[proposed_by_id])
    published_by: Mapped[Person | None] = relationship(foreign_keys=[published_by_id])

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own convention

    def can(self, move: EditionMove) -> bool:
        """Whether the table of moves allows this from here."""
        return (self.status, move) in EDITION


class EditionChange(Base):
    """What is different in one field of one record, as it stands now; the journal keeps every step to it.

    `old` and `new` are text, or a number as text ("" for "not set").
    """

    __tablename__ = "edition_change"
    __table_args__ = (UniqueConstraint("edition_id", "record", "field", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    record: Mapped[str] = mapped_column(String(80))
    field: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2), default="")
    old: Mapped[str] = mapped_column(Text)
    new: Mapped[str] = mapped_column(Text)
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]
    edition: Mapped[OwnEdition] = relationship(back_populates="changes")
