"""What an edition of the terms consists of: frozen records, without rules about files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Language = Literal["km", "en"]
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
# Codes with a meaning for the rules; every edition, of any country, uses them for what they name.
RESIDENTIAL_SERVICES = frozenset({"emergency-shelter", "residential-care"})
CHILD_GROUPS = frozenset({"girls", "boys", "children"})
KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")


class Mark(StrEnum):
    """How far a statement is backed: sourced, from the origin document, proposed, or not found."""

    S = "S"
    O = "O"  # noqa: E741  the letter is the mark used in every source list of the project
    P = "P"
    N = "N"

    @property
    def is_fact(self) -> bool:
        """Only sourced statements and those of the origin document may be shown as facts."""
        return self in (Mark.S, Mark.O)


class Party(StrEnum):
    """Whose duty an obligation is."""

    ORGANISATION = "organisation"
    MINISTRY = "ministry"


class Severity(StrEnum):
    """How serious it is when an obligation is not met."""

    MINOR = "minor"
    MAJOR = "major"
    SERIOUS_HARM = "serious-harm"


class Sharing(StrEnum):
    """Whether a post needs a person of its own."""

    OWN = "own"
    SHARED = "shared"  # part time, on call, or shared with another organisation
    COMBINED = "combined"  # a task that somebody in another post may hold


class NeedKind(StrEnum):
    """What sort of thing an obligation needs."""

    STAFF = "staff"
    TRAINING = "training"
    MONEY = "money"
    PAPERS = "papers"
    FACILITY = "facility"


class Every(StrEnum):
    """How often a training or a cost comes back; CASE counts each active case once a year."""

    ONCE = "once"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    CASE = "case"
    RHYTHM = "rhythm"


class RhythmKind(StrEnum):
    """When an obligation falls due."""

    CONTINUOUS = "continuous"
    EVERY_MONTHS = "every_months"
    ONCE_WITHIN_DAYS = "once_within_days"
    ONCE_WITHIN_MONTHS = "once_within_months"
    WITHIN_HOURS = "within_hours"
    WITHIN_DAYS = "within_days"
    WITHIN_WORKING_DAYS = "within_working_days"


@dataclass(frozen=True)
class Text:
    """The same words in Khmer and English; `reviewed` once a native reader has confirmed the Khmer."""

    km: str
    en: str
    reviewed: bool = False

    def of(self, language: Language) -> str:
        return self.km if language == "km" else self.en

    def placeholders_of(self, language: Language) -> frozenset[str]:
        """The names in braces that stand in the text of one language."""
        return frozenset(PLACEHOLDER.findall(self.of(language)))


@dataclass(frozen=True)
class Parameter:
    """A number that the Ministry sets; `value` is None until it is set."""

    key: str
    value: int | float | None
    unit: Text
    label: Text
    mark: Mark
    basis: str


@dataclass(frozen=True)
class Right:
    """One of the rights of victims."""

    key: str
    name: Text
    mark: Mark


@dataclass(frozen=True)
class Step:
    """One step in the process of helping a victim; editions list them in order."""

    key: str
    title: Text
    mark: Mark


@dataclass(frozen=True)
class Choice:
    """One entry of a closed list: a service, a group, a province, a kind of paper."""

    code: str
    name: Text
    mark: Mark


@dataclass(frozen=True)
class Post(Choice):
    """A post; `pay` is the parameter that holds its monthly pay, if there is one."""

    sharing: Sharing = Sharing.OWN
    pay: str | None = None


@dataclass(frozen=True)
class Frequency(Choice):
    """How a repeated cost is called, and what a reader must know about counting it."""

    note: Text | None = None


@dataclass(frozen=True)
class When:
    """The profiles that something applies to: every condition given must hold, of a list any one."""

    services: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    residential: bool | None = None
    serves_children: bool | None = None
    foreign: bool | None = None

    def holds(self, profile: "Profile") -> bool:
        if self.services and not self.services & profile.services:
            return False
        if self.groups and not self.groups & profile.groups:
            return False
        asked = (
            (self.residential, profile.residential),
            (self.serves_children, profile.serves_children),
            (self.foreign, profile.foreign),
        )
        return all(wanted is None or wanted == actual for wanted, actual in asked)


@dataclass(frozen=True)
class Profile:
    """What an organisation does, as far as its duties depend on it.

    `places` counts all places where people may live, `child_places` those among them for children.
    `staff` holds people by post. `foreign` means registered as a foreign organisation.
    """

    services: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    places: int = 0
    child_places: int = 0
    active_cases: int = 0
    staff: Mapping[str, int] = field(default_factory=dict)
    foreign: bool = False
    sites: int = 1

    @property
    def residential(self) -> bool:
        return bool(self.services & RESIDENTIAL_SERVICES)

    @property
    def serves_children(self) -> bool:
        return bool(self.groups & CHILD_GROUPS)
