"""What can be asked about one obligation: the question, its answer, and other answers of the same sort.

Nothing is written by hand for one question: the duty, the number, the unit and the name of a right come from
the records that the clause itself is printed from, so a question cannot say anything else than the clause.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from contracts.edition import Edition, Obligation
from contracts.ladder import rungs
from contracts.records import KHMER_DIGITS, NeedKind, Party, Profile, RhythmKind, Severity, Text
from contracts.terms import applicable

# A wrong number more than so many times off would be told at a glance.
FURTHEST = 4
_HOURS = {
    RhythmKind.WITHIN_HOURS: 1,
    RhythmKind.WITHIN_DAYS: 24,
    RhythmKind.WITHIN_WORKING_DAYS: 24,  # 7 days and 7 working days are too near to be told apart fairly
    RhythmKind.ONCE_WITHIN_DAYS: 24,
    RhythmKind.ONCE_WITHIN_MONTHS: 24 * 30,
    RhythmKind.EVERY_MONTHS: 24 * 30,
}
_OFTEN = frozenset({RhythmKind.EVERY_MONTHS})
_WITHIN = frozenset(_HOURS) - _OFTEN
_DAYS = frozenset({RhythmKind.WITHIN_DAYS, RhythmKind.ONCE_WITHIN_DAYS})
_COUNTED = frozenset({NeedKind.STAFF, NeedKind.TRAINING, NeedKind.FACILITY})


class QuestionKind(StrEnum):
    """What a question is about; a check has at least one of each."""

    DEADLINE = "deadline"
    RESOURCE = "resource"
    CONSEQUENCE = "consequence"
    RIGHT = "right"
    MINISTRY = "ministry"


@dataclass(frozen=True)
class _Amount:
    """A number with its unit; `size` compares it with others of its sort, `number` with those in a clause."""

    size: float
    number: float
    text: Text


@dataclass(frozen=True)
class Draft:
    """A question before its wrong answers are chosen; `others` may hold too few to ask it."""

    text: Text
    answer: Text
    others: Sequence[Text]
    clause_code: str
    clause: Text


@dataclass(frozen=True)
class Asking:
    """What the questions of one memorandum are made from; `seed` decides every choice."""

    edition: Edition
    profile: Profile
    seed: str

    def order(self, name: str) -> str:
        return hashlib.sha256(f"{self.seed} {name}".encode()).hexdigest()

    def number(self, key: str | None) -> float | None:
        return None if key is None else self.edition.parameter(key).value

    def filled(self, text: Text) -> Text:
        return Text(km=self.edition.fill(text, "km"), en=self.edition.fill(text, "en"))

    @cached_property
    def times(self) -> list[tuple[RhythmKind, _Amount]]:
        """Every time that the edition sets for a duty or a step of the ladder."""
        rhythms = [each.rhythm for each in self.edition.obligations]
        keys = {(each.kind, each.parameter) for each in rhythms if each.kind in _HOURS}
        for step in self.edition.consequences:
            keys |= {(RhythmKind.WITHIN_DAYS, key) for key in (step.days, step.reply_days, step.review_days)}
        found = [(kind, _time(self, kind, key)) for kind, key in keys if key]
        return sorted((each for each in found if each[1].size), key=lambda each: each[1].text.en)

    @cached_property
    def counts(self) -> frozenset[float]:
        """Every number of people, hours or size that the edition sets for what a duty needs."""
        needs = (need for each in self.edition.obligations for need in each.needs)
        found = {self.number(need.parameter) for need in needs if need.kind in _COUNTED}
        return frozenset(number for number in found if number)

    def obligations(self) -> list[Obligation]:
        found = applicable(self.edition, self.profile)
        return sorted(found, key=lambda each: self.order(each.code))


def _deadline(asking: Asking, obligation: Obligation) -> Iterator[Draft]:
    if obligation.party is Party.ORGANISATION:
        yield from _times(asking, obligation, within=_TIME_OURS, every=_OFTEN_OURS)


def _ministry(asking: Asking, obligation: Obligation) -> Iterator[Draft]:
    if obligation.party is Party.MINISTRY:
        yield from _times(asking, obligation, within=_TIME_THEIRS, every=_OFTEN_THEIRS)


def _times(asking: Asking, obligation: Obligation, *, within: Text, every: Text) -> Iterator[Draft]:
    """How much time there is, or how often it is due; only where the clause itself names the number."""
    rhythm = obligation.rhythm
    if rhythm.parameter not in _named(obligation.clause) or asking.number(rhythm.parameter) is None:
        return
    repeated = rhythm.kind is RhythmKind.EVERY_MONTHS
    answer = _time(asking, rhythm.kind, rhythm.parameter)
    said = {asking.number(name) for name in _named(obligation.clause) | _named(obligation.plain)}
    others = [
        each.text
        for each in _all_times(asking, _OFTEN if repeated else _WITHIN)
        if each.size != answer.size and each.number not in said
    ]
    stem = every if repeated else within
    since = _said(_SINCE, since=rhythm.of) if rhythm.of and not repeated else Text("", "")
    text = _said(stem, title=asking.filled(obligation.title), since=since)
    yield Draft(text, answer.text, others, obligation.code, asking.filled(obligation.clause))


def _all_times(asking: Asking, kinds: frozenset[RhythmKind]) -> list[_Amount]:
    """Every time of these kinds that the edition sets, one of each length."""
    return list({each.size: each for kind, each in asking.times if kind in kinds}.values())


def _time(asking: Asking, kind: RhythmKind, key: str) -> _Amount:
    parameter = asking.edition.parameter(key)
    number = parameter.value or 0
    stem = _EVERY if kind in _OFTEN else _AMOUNT
    text = _said(stem, number=_digits(number), unit=parameter.unit)
    return _Amount(number * _HOURS[kind], number, text)


def _resource(asking: Asking, obligation: Obligation) -> Iterator[Draft]:
    """A number of people or hours that the clause names; wrong ones are other such numbers of the edition."""
    if obligation.party is not Party.ORGANISATION:
        return
    said = {asking.number(name) for name in _named(obligation.clause) | _named(obligation.plain)}
    keys = {each.parameter for each in obligation.needs if each.kind in _COUNTED and each.parameter}
    for key in sorted(keys & _named(obligation.clause)):
        parameter = asking.edition.parameter(key)
        if not parameter.value:
            continue
        title, label = asking.filled(obligation.title), parameter.label
        yield Draft(
            _said(_HOW_MANY, title=title, label=label),
            _said(_AMOUNT, number=_digits(parameter.value), unit=parameter.unit),
            [
                _said(_AMOUNT, number=_digits(number), unit=parameter.unit)
                for number in asking.counts - said
                if parameter.value / FURTHEST <= number <= parameter.value * FURTHEST
            ],
            obligation.code,
            asking.filled(obligation.clause),
        )  # fmt: skip


def _consequence(asking: Asking, obligation: Obligation) -> Iterator[Draft]:
    """What comes first when the duty is not met, and the days of each step that its text names."""
    if obligation.party is not Party.ORGANISATION or obligation.severity is Severity.SERIOUS_HARM:
        return
    title = asking.filled(obligation.title)
    ladder = asking.edition.consequences
    first = [each for each in ladder if not each.after and not each.urgent]
    if len(first) == 1:
        others = [asking.filled(each.title) for each in ladder if each is not first[0]]
        text, clause = _said(_WHAT_FIRST, title=title), asking.filled(first[0].ministry_cannot)
        yield Draft(text, asking.filled(first[0].title), others, first[0].code, clause)
    for rung in rungs(asking.edition, asking.profile):
        if not rung.consequence.urgent:
            yield from _days_of(asking, title, rung.consequence.code)


def _days_of(asking: Asking, title: Text, code: str) -> Iterator[Draft]:
    step = asking.edition.consequence(code)
    own = step.days_residential if asking.profile.residential else None
    named = _named(step.you_may)
    said = {asking.number(name) for name in named}
    for key in sorted({own or step.days, step.reply_days, step.review_days} & named):  # type: ignore[type-var]
        answer = _time(asking, RhythmKind.WITHIN_DAYS, str(key))
        others = [
            each.text
            for each in _all_times(asking, _DAYS)
            if each.size != answer.size and each.number not in said
        ]
        label = asking.edition.parameter(str(key)).label
        text = _said(_AT_STEP, title=title, step=asking.filled(step.title), label=label)
        yield Draft(text, answer.text, others, code, asking.filled(step.you_may))


def _right(asking: Asking, obligation: Obligation) -> Iterator[Draft]:
    """Which right a duty serves, asked of duties towards a person: of office work it would be guessing."""
    towards_person = obligation.step != _NO_STEP or obligation.severity is Severity.SERIOUS_HARM
    rights = {each.key: each.name for each in asking.edition.rights if each.mark.is_fact}
    served = [key for key in obligation.rights if key in rights]
    if obligation.party is not Party.ORGANISATION or not towards_person or not served:
        return
    others = [asking.filled(name) for key, name in rights.items() if key not in obligation.rights]
    text = _said(_WHICH_RIGHT, title=asking.filled(obligation.title))
    clause = asking.filled(obligation.clause)
    yield Draft(text, asking.filled(rights[served[0]]), others, obligation.code, clause)


def _named(text: Text) -> frozenset[str]:
    """The parameters that stand in a text in both languages."""
    return text.placeholders_of("km") & text.placeholders_of("en")


def _digits(number: float) -> Text:
    return Text(km=f"{number:g}".translate(KHMER_DIGITS), en=f"{number:g}")


def _said(stem: Text, **parts: Text) -> Text:
    km = stem.km.format(**{name: part.km for name, part in parts.items()})
    en = stem.en.format(**{name: part.en for name, part in parts.items()})
    return Text(km=km, en=en)


DRAFTS: Mapping[QuestionKind, Callable[[Asking, Obligation], Iterator[Draft]]] = {
    QuestionKind.DEADLINE: _deadline,
    QuestionKind.RESOURCE: _resource,
    QuestionKind.CONSEQUENCE: _consequence,
    QuestionKind.RIGHT: _right,
    QuestionKind.MINISTRY: _ministry,
}
_NO_STEP = "throughout"

# What is asked. Draft Khmer, to be confirmed by a reviewer.
_AMOUNT = Text("{number} {unit}", "{number} {unit}")
_EVERY = Text("រៀងរាល់ {number} {unit}", "every {number} {unit}")
_SINCE = Text(" (គិតចាប់ពី៖ {since})", " (counted from {since})")
_TIME_OURS = Text(
    "«{title}»៖ តើអនុស្សារណៈផ្តល់ពេលប៉ុន្មានដល់អង្គការរបស់លោកអ្នក?{since}",
    "“{title}”: how much time does the memorandum give your organisation?{since}",
)
_OFTEN_OURS = Text(
    "«{title}»៖ តើអង្គការរបស់លោកអ្នកត្រូវធ្វើញឹកញាប់ប៉ុណ្ណា?{since}",
    "“{title}”: how often must your organisation do this?{since}",
)
_TIME_THEIRS = Text(
    "«{title}»៖ តើអនុស្សារណៈផ្តល់ពេលប៉ុន្មានដល់ក្រសួង?{since}",
    "“{title}”: how much time does the memorandum give the Ministry?{since}",
)
_OFTEN_THEIRS = Text(
    "«{title}»៖ តើក្រសួងត្រូវធ្វើញឹកញាប់ប៉ុណ្ណា?{since}",
    "“{title}”: how often must the Ministry do this?{since}",
)
_HOW_MANY = Text(
    "«{title}»។ {label}៖ តើអនុស្សារណៈចែងចំនួនប៉ុន្មាន?",
    "“{title}”. {label}: which number stands in the memorandum?",
)
_WHAT_FIRST = Text(
    "ឧបមាថា កាតព្វកិច្ច «{title}» មិនត្រូវបានបំពេញ ហើយគ្មានអ្នកណាមានគ្រោះថ្នាក់ទេ។ តើអ្វីមកមុនគេ?",
    "Suppose “{title}” is not met, and nobody is at risk. What comes first?",
)
_AT_STEP = Text(
    "ឧបមាថា កាតព្វកិច្ច «{title}» មិនត្រូវបានបំពេញ ហើយរឿងនេះឈានដល់ជំហាន «{step}»។ {label}៖ តើអនុស្សារណៈចែងដូចម្តេច?",
    "Suppose “{title}” is not met, and it comes to the step “{step}”. {label}: what does the memorandum say?",
)
_WHICH_RIGHT = Text(
    "«{title}»៖ តើកាតព្វកិច្ចនេះបម្រើសិទ្ធិណាមួយរបស់ជនរងគ្រោះ?",
    "“{title}”: which right of victims does this duty serve?",
)
