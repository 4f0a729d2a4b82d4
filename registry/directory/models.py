"""What may be published of a provider, and nothing else: public pages read only these tables."""

from datetime import date, datetime

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from registry.compliance.states import Standing, standing
from registry.kernel import clock
from registry.kernel.db import Base, words
from registry.memoranda.states import MemorandumStatus, Phase, Term
from registry.organisations.states import RegistrationStatus


class Provider(Base):
    """An organisation as the public sees it; copied field by field from an allow-list when something changes.

    There is no column for a place below the province, and none may be added (security model, abuse case 1).
    """

    __tablename__ = "provider"

    reference: Mapped[str] = mapped_column(String(20), primary_key=True)
    name_km: Mapped[str] = mapped_column(String(255))
    name_latin: Mapped[str] = mapped_column(String(255))
    acronym: Mapped[str] = mapped_column(String(40))
    search_key: Mapped[str] = mapped_column(Text)
    services: Mapped[list[str]] = mapped_column(JSON)
    groups: Mapped[list[str]] = mapped_column(JSON)
    provinces: Mapped[list[str]] = mapped_column(JSON)
    public_phone: Mapped[str] = mapped_column(String(30))
    public_email: Mapped[str] = mapped_column(String(254))
    rights: Mapped[list[str]] = mapped_column(JSON)
    edition: Mapped[str] = mapped_column(String(60))
    memorandum: Mapped[str] = mapped_column(String(30))
    registration: Mapped[RegistrationStatus] = mapped_column(words(RegistrationStatus))
    memorandum_status: Mapped[MemorandumStatus] = mapped_column(words(MemorandumStatus))
    in_force_from: Mapped[date]
    expires_on: Mapped[date]
    renewal_opens_days: Mapped[int]
    renewal_asked_on: Mapped[date | None]
    renewal_refused_on: Mapped[date | None]
    oldest_owed: Mapped[date | None]
    accredited_since: Mapped[date]
    changed_at: Mapped[datetime]

    @property
    def phase(self) -> Phase:
        """What its memorandum is today, in Cambodia."""
        return Term(
            status=self.memorandum_status,
            in_force_from=self.in_force_from,
            expires_on=self.expires_on,
            renewal_opens_days=self.renewal_opens_days,
            renewal_asked_on=self.renewal_asked_on,
            renewal_refused_on=self.renewal_refused_on,
        ).phase(clock.today())

    @property
    def standing(self) -> Standing | None:
        """The label of today, from the same function that the compliance room uses."""
        return standing(
            registration=self.registration,
            phase=self.phase,
            oldest_owed=self.oldest_owed,
            today=clock.today(),
        )

    @property
    def name(self) -> dict[str, str]:
        return {"km": self.name_km or self.name_latin, "en": self.name_latin or self.name_km}
