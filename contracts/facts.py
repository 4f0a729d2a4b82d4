"""What a memorandum says about one organisation and its signatories, frozen when the text is offered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, is_dataclass
from datetime import date
from typing import TypeAlias

from contracts.khmer import english_date, khmer_date

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

_BIDI = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NONE = 0xFFFE  # the last two places of each plane hold no character, and XML forbids them
_ISOLATE, _END = "\u2068", "\u2069"


class UnprintableText(ValueError):
    """A value holds characters that cannot stand on paper; .value is the text as it came."""

    def __init__(self, value: str) -> None:
        super().__init__(f"cannot be printed: {value!r}")
        self.value = value


@dataclass(frozen=True)
class Bilingual:
    """A name or a title as typed in either script, or in both; a missing script is filled by the other."""

    km: str = ""
    en: str = ""

    def of(self, language: str) -> str:
        return (self.km or self.en) if language == "km" else (self.en or self.km)


@dataclass(frozen=True)
class Site:
    """A place of service as the paper may show it: codes of its province and service, and nothing else."""

    province: str
    service: str


@dataclass(frozen=True)
class SafeguardingPolicy:
    """The paper that the Organisation uploaded for Annex G."""

    title: Bilingual
    day: date
    sha256: str


@dataclass(frozen=True)
class AgreedChange:
    """A request for change that the Ministry granted before signing (Article 18)."""

    article: int
    old: Bilingual
    new: Bilingual


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything on the paper that is neither the edition nor the profile.

    A fact that is not known stays empty: the sentence then leaves it out, or shows a dotted line where the
    paper cannot do without it. Days of signing, entry into force and expiry are not facts: they are unknown
    when the text is frozen, and stand in the signature stamps and the register.
    """

    document_title: Bilingual = Bilingual("អនុស្សារណៈនៃកិច្ចព្រមព្រៀង", "Memorandum of Understanding")
    reference_number: str = ""
    verification_code: str = ""
    verification_address: str = ""
    organisation_name: Bilingual = Bilingual()
    organisation_acronym: str = ""
    organisation_legal_form: Bilingual = Bilingual()
    registration_authority: Bilingual = Bilingual()
    registration_number: str = ""
    registration_date: date | None = None
    letter_address: Bilingual = Bilingual()
    organisation_reference: str = ""
    application_date: date | None = None
    profile_date: date | None = None
    organisation_signatory_name: Bilingual = Bilingual()
    organisation_signatory_post: Bilingual = Bilingual()
    organisation_contact_post: Bilingual = Bilingual()
    organisation_contact: str = ""
    ministry_address: Bilingual = Bilingual()
    ministry_signatory_name: Bilingual = Bilingual()
    ministry_signatory_post: Bilingual = Bilingual()
    ministry_contact_post: Bilingual = Bilingual()
    ministry_contact: str = ""
    urgent_visit_authority: Bilingual = Bilingual()
    prakas_2014_number: str = ""
    sub_decree_119_date: date | None = None
    sites: tuple[Site, ...] = ()
    safeguarding_policy: SafeguardingPolicy | None = None
    agreed_changes: tuple[AgreedChange, ...] = field(default=())


def printable(value: str) -> str:
    """Give a typed value as it may stand on paper: every letter kept, line breaks turned into spaces.

    Right-to-left text is wrapped in an isolate, so that an override typed into a name cannot turn the
    sentence around it. Raises UnprintableText for control and private characters, lone surrogates and
    noncharacters.
    """
    text = unicodedata.normalize("NFC", re.sub(r"[\t\r\n\u2028\u2029]+", " ", value)).strip()
    if any(_unprintable(character) for character in text):
        raise UnprintableText(value)
    if not _BIDI.search(text):
        return text
    return _ISOLATE + text.replace(_END, "").replace("\u2067", "").replace("\u2066", "") + _END


def _unprintable(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Co"} or ord(character) & _NONE == _NONE


def printed_values(facts: Facts, language: str) -> Mapping[str, str]:
    """Give the plain facts as texts of one language, by their names; unknown ones are empty."""
    dated = khmer_date if language == "km" else english_date
    values: dict[str, str] = {}
    for each in fields(facts):
        value = getattr(facts, each.name)
        if isinstance(value, Bilingual):
            values[each.name] = printable(value.of(language))
        elif isinstance(value, str):
            values[each.name] = printable(value)
        elif value is None or isinstance(value, date):
            values[each.name] = "" if value is None else dated(value)
    return values


def plain(value: object) -> Json:
    """Turn facts (dataclasses, tuples, sets, dates) into plain JSON; a set is sorted, a date is ISO 8601."""
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in sorted(value.items())}
    if isinstance(value, frozenset | list | tuple):
        return [plain(item) for item in (sorted(value) if isinstance(value, frozenset) else value)]
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    raise TypeError(type(value).__name__)
