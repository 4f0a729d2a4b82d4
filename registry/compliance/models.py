"""Duties: one obligation of one memorandum, falling due on one date."""

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.compliance.states import DUTY, STILL_OWED, DutyMove, DutyStatus, Timing, timing
from registry.kernel import clock
from registry.kernel.db import Base, words
from registry.memoranda.models import Memorandum
from registry.memoranda.states import Field

RESEND_DAYS = 15


class Duty(Base):
    """One obligation falling due on one date, of either party."""

    __tablename__ = "duty"
    __table_args__ = (
        UniqueConstraint("memorandum_id", "code", "due_on"),
        CheckConstraint("status NOT IN ('received', 'accepted') OR received_on IS NOT NULL", name="received"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    memorandum_id: Mapped[int] = mapped_column(ForeignKey("memorandum.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    party: Mapped[Field] = mapped_column(words(Field))
    due_on: Mapped[date] = mapped_column(index=True)
    period_start: Mapped[date | None]
    period_end: Mapped[date | None]
    status: Mapped[DutyStatus] = mapped_column(words(DutyStatus), default=DutyStatus.OPEN)
    version: Mapped[int] = mapped_column()
    received_on: Mapped[date | None]
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(Text, default="")
    returned_on: Mapped[date | None]
    memorandum: Mapped[Memorandum] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's own convention

    def can(self, move: DutyMove) -> bool:
        """Whether the table of moves allows this from here."""
        return (self.status, move) in DUTY

    @property
    def is_owed(self) -> bool:
        """Whether it is still to be met."""
        return self.status in STILL_OWED

    @property
    def owed_by(self) -> date:
        """The date that counts: its own, or 15 days after it was returned with a reason, if that is later.

        It counts still when it was sent again: what comes within these days is on time.
        """
        if self.returned_on is None:
            return self.due_on
        return max(self.due_on, self.returned_on + timedelta(days=RESEND_DAYS))

    @property
    def timing(self) -> Timing:
        """How it stands today, in Cambodia."""
        received = None if self.is_owed else self.received_on
        return timing(due_on=self.owed_by, received_on=received, today=clock.today())
