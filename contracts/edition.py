"""An edition: everything its files say, with the few questions that all readers ask of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from contracts.records import (
    KHMER_DIGITS,
    PLACEHOLDER,
    Choice,
    Every,
    Frequency,
    Language,
    Mark,
    NeedKind,
    Parameter,
    Party,
    Post,
    RhythmKind,
    Right,
    Severity,
    Step,
    Text,
    When,
)

Record = TypeVar("Record")


@dataclass(frozen=True)
class Need:
    """One thing that an obligation needs.

    It is counted by `per` (organisation, site, staff, active_case, place, child_place) after taking away
    `less`; `of` narrows staff to one post. For each of these, `quantity` or `parameter` is asked for; for
    staff, `parameter` is a ratio (one person for every so many), and for money, it is the price.
    `shifts` and `relief` are parameters that multiply people on duty; `at_least` is the smallest count of
    people on duty ("site": one at every site). `times` is a parameter that multiplies a price. `every` and
    `from_year` say how often a cost or training comes. `services` limits the need to organisations that give
    one of them.
    """

    kind: NeedKind
    item: str
    per: str
    label: Text
    unit: Text
    quantity: int | None = None
    parameter: str | None = None
    services: frozenset[str] = frozenset()
    less: str | None = None
    of: str | None = None
    shifts: str | None = None
    relief: str | None = None
    at_least: str | None = None
    times: str | None = None
    every: Every = Every.ONCE
    from_year: int = 1

    @property
    def parameters(self) -> frozenset[str]:
        keys = (self.parameter, self.shifts, self.relief, self.times)
        return frozenset(key for key in keys if key is not None)


@dataclass(frozen=True)
class Rhythm:
    """When an obligation falls due; `parameter`, once set, wins over `number`.

    `of` names the event that hours or days count from. `due_days` (a parameter) adds days after a period;
    `due_month` (a parameter) moves the date to the end of that month after a calendar period.
    """

    kind: RhythmKind
    number: int | None = None
    of: Text | None = None
    parameter: str | None = None
    due_days: str | None = None
    due_month: str | None = None


@dataclass(frozen=True)
class Obligation:
    """What one party must do. A `twin` binds the other party by the same clause and prints at that place."""

    code: str
    party: Party
    step: str
    rights: tuple[str, ...]
    when: When
    title: Text
    plain: Text
    why: Text
    clause: Text
    evidence: Text
    needs: tuple[Need, ...]
    rhythm: Rhythm
    severity: Severity
    article: int | None
    basis: str
    mark: Mark
    twin: str | None = None


@dataclass(frozen=True)
class Consequence:
    """One rung of the ladder, which may follow any of the rungs in `after`.

    `days`, `days_residential`, `reply_days` and `review_days` are parameter keys. The days of an urgent rung
    are the longest it may last; those of any other must pass before the next rung.
    """

    code: str
    title: Text
    who_decides: str
    who_decides_text: Text
    days: str
    you_may: Text
    public_sees: Text
    people_in_care: Text
    ministry_cannot: Text
    mark: Mark
    basis: str
    days_residential: str | None = None
    reply_days: str | None = None
    review_days: str | None = None
    after: tuple[str, ...] = ()
    urgent: bool = False


@dataclass(frozen=True)
class Paragraph:
    """One place in an article: frame text, or the clause of an obligation, or a generated part."""

    text: Text | None
    when: When
    obligation: str | None
    part: str | None
    rest: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Article:
    """One numbered article of the memorandum, in the order of its paragraphs."""

    number: int
    title: Text
    paragraphs: tuple[Paragraph, ...]
    rest: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Edition:
    """One version of the terms. `frame` holds what articles.toml says beside articles and preamble."""

    name: str
    title: Text
    status: str
    status_label: Text
    to_be_set: Text
    ladder_note: Text
    rights: tuple[Right, ...]
    steps: tuple[Step, ...]
    services: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    provinces: tuple[Choice, ...]
    posts: tuple[Post, ...]
    papers: tuple[Choice, ...]
    frequencies: tuple[Frequency, ...]
    parameters: tuple[Parameter, ...]
    obligations: tuple[Obligation, ...]
    consequences: tuple[Consequence, ...]
    articles: tuple[Article, ...]
    preamble: tuple[Paragraph, ...]
    frame: Mapping[str, object]
    sha256: str

    @property
    def reviewed(self) -> bool:
        """True once a native reader has confirmed every text of rights, lists, obligations and ladder."""
        texts = [self.title, *(right.name for right in self.rights), *(step.title for step in self.steps)]
        texts += [each.name for each in (*self.services, *self.groups, *self.provinces, *self.posts)]
        texts += [each.label for each in self.parameters]
        texts += [each.clause for each in self.obligations] + [each.you_may for each in self.consequences]
        return all(text.reviewed for text in texts)

    def obligation(self, code: str) -> Obligation:
        """The obligation with this code; KeyError if there is none."""
        return next_with(self.obligations, "code", code)

    def parameter(self, key: str) -> Parameter:
        """The parameter with this key; KeyError if there is none."""
        return next_with(self.parameters, "key", key)

    def post(self, code: str) -> Post:
        """The post with this code; KeyError if there is none."""
        return next_with(self.posts, "code", code)

    def frequency(self, every: Every) -> Frequency:
        """How a repeated cost is called in this edition."""
        return next_with(self.frequencies, "code", every)

    def consequence(self, code: str) -> Consequence:
        """The rung with this code; KeyError if there is none."""
        return next_with(self.consequences, "code", code)

    def twins(self, code: str) -> tuple[Obligation, ...]:
        """The obligations of the other party that print at the clause of this one."""
        return tuple(obligation for obligation in self.obligations if obligation.twin == code)

    def number(self, rhythm: Rhythm) -> int | None:
        """The number of a rhythm: its parameter once set, else the number beside it."""
        if rhythm.parameter is not None:
            value = self.parameter(rhythm.parameter).value
            if value is not None:
                return int(value)
        return rhythm.number

    def fill(self, text: Text, language: Language, facts: Mapping[str, str] | None = None) -> str:
        """The text with each {name} replaced by a fact or a parameter; Khmer digits in Khmer.

        A parameter that is not set reads as the edition's words for "to be set"; KeyError for unknown names.
        """
        known = facts or {}
        return PLACEHOLDER.sub(
            lambda match: known[match[1]] if match[1] in known else self.written(match[1], language),
            text.of(language),
        )

    def written(self, key: str, language: Language) -> str:
        """The value of a parameter as it is written in a text."""
        value = self.parameter(key).value
        if value is None:
            return self.to_be_set.of(language)
        return str(value).translate(KHMER_DIGITS) if language == "km" else str(value)


def next_with(records: tuple[Record, ...], name: str, wanted: str) -> Record:
    """The record whose field `name` is `wanted`; KeyError names what was asked for."""
    for record in records:
        if getattr(record, name) == wanted:
            return record
    raise KeyError(wanted)
