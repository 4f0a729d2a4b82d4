"""The three answers for one organisation: what to do, what it takes, and what happens if it is not done."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import cast

from flask_babel import gettext

from contracts import ladder, terms
from contracts.articles import rhythm_words
from contracts.basis import Basis, read_basis
from contracts.edition import Edition, Obligation
from contracts.estimate import CountedNeed, Estimate, PostLine, estimate, needs_of
from contracts.khmer import khmer_digits
from contracts.records import Language, Mark, NeedKind, Parameter, Party, Profile, RhythmKind, Text
from registry.editions import queries as editions
from registry.questions import queries as questions
from registry.questions.models import ClauseQuestion
from registry.views import pages

# What articles.toml writes in double brackets is left out where the name in it is empty.
_IF_THERE_IS_AN_EVENT = re.compile(r"\[\[(.*?)\]\]")


@dataclass(frozen=True)
class Duty:
    """One obligation as it is read: all texts in the language of the page, numbers filled in.

    `when` is empty for what holds at all times. `numbers` are the parameters that the text names. `rights`
    holds only rights whose text is known.
    """

    code: str
    title: str
    plain: str
    why: str
    rights: tuple[str, ...]
    when: str
    evidence: str
    clause: str
    article: int | None
    needs: tuple[str, ...]
    numbers: tuple[Parameter, ...]
    is_sourced: bool
    basis: Basis


@dataclass(frozen=True)
class StepOfWork:
    """One step of helping a victim, with the duties that belong to it."""

    key: str
    title: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class Rung:
    """One step of the ladder, in the language of the page; `days` reads like "60 days"."""

    code: str
    title: str
    who: str
    days: str
    you_may: str
    public_sees: str
    people_in_care: str
    ministry_cannot: str
    urgent: bool
    is_sourced: bool
    basis: Basis


@dataclass(frozen=True)
class Answers:
    """Everything that the page of the three answers shows; templates/macros/answers.html draws it.

    `published` are the answers to questions that everybody may read, by obligation. `suppose` and `ask` give
    the address of "What if this is late?" and "Ask about this" for an obligation, where a page has them.
    """

    edition: Edition
    profile: Profile
    steps: tuple[StepOfWork, ...]
    ministry: tuple[Duty, ...]
    rungs: tuple[Rung, ...]
    estimate: Estimate
    language: Language
    published: Mapping[str, tuple[ClauseQuestion, ...]]
    suppose: Callable[[str | None], str] | None = None
    ask: Callable[[str], str] | None = None

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        return tuple(duty for step in self.steps for duty in step.duties)

    @property
    def sourced(self) -> int:
        """How many of the organisation's duties a source backs."""
        return sum(duty.is_sourced for duty in self.duties)

    @property
    def posts(self) -> tuple[PostLine, ...]:
        """The posts that need people of their own, or have them."""
        return tuple(line for line in self.estimate.posts if not line.may_be_held_besides)

    @property
    def tasks(self) -> tuple[PostLine, ...]:
        """Tasks that somebody in another post may hold, as far as nobody is named for them."""
        return tuple(line for line in self.estimate.missing if line.may_be_held_besides)

    @property
    def people_missing(self) -> int:
        """People to find; tasks that somebody in another post may hold are not counted."""
        return sum(line.missing for line in self.posts)

    @property
    def has_amounts(self) -> bool:
        """Whether any cost has a price."""
        return len(self.estimate.open_lines) < len(self.estimate.money)


def answers_for(
    profile: Profile, wages: Mapping[str, Decimal] | None = None, *, edition: Edition | None = None
) -> Answers:
    """The answers for this profile under an edition (the newest, when none is named), in the page's language.

    `wages` are the organisation's own monthly wages in USD by post; they are counted and never kept.
    """
    chosen = edition or editions.current()
    counted = estimate(chosen, profile, wages=wages)
    language = cast(Language, pages.language())
    telling = _Telling(chosen, language, needs_of(chosen, profile), counted.headcount)
    applying = terms.applicable(chosen, profile)
    return Answers(
        edition=chosen,
        profile=profile,
        steps=telling.steps([each for each in applying if each.party is Party.ORGANISATION]),
        ministry=tuple(telling.duty(each) for each in applying if each.party is Party.MINISTRY),
        rungs=tuple(telling.rung(each) for each in ladder.rungs(chosen, profile)),
        estimate=counted,
        language=language,
        published=questions.published_by_code(),
    )


def when(edition: Edition, obligation: Obligation, language: Language) -> str:
    """When an obligation falls due, in words; "" for what holds at all times."""
    rhythm = obligation.rhythm
    if rhythm.kind is RhythmKind.CONTINUOUS:
        return ""
    number = str(edition.number(rhythm) or "")
    event = rhythm.of.of(language) if rhythm.of else ""
    known = {"number": khmer_digits(number) if language == "km" else number, "event": event}
    said = edition.fill(rhythm_words(edition, rhythm.kind.value), language, known)
    return _IF_THERE_IS_AN_EVENT.sub(r"\1" if event else "", said)


def numbers_in(edition: Edition, obligation: Obligation) -> tuple[Parameter, ...]:
    """The parameters that an obligation names, each with its own mark, in the order of the edition."""
    texts = (obligation.plain, obligation.clause, obligation.evidence)
    named = frozenset[str]().union(*(text.placeholders_of("en") for text in texts))
    named |= {obligation.rhythm.parameter or ""}
    return tuple(each for each in edition.parameters if each.key in named)


@dataclass(frozen=True)
class _Telling:
    """An edition told in one language, for one profile whose needs were counted."""

    edition: Edition
    language: Language
    needs: Mapping[str, tuple[CountedNeed, ...]]
    headcount: int

    def steps(self, obligations: list[Obligation]) -> tuple[StepOfWork, ...]:
        found = (
            StepOfWork(
                key=step.key,
                title=step.title.of(self.language),
                duties=tuple(self.duty(each) for each in obligations if each.step == step.key),
            )
            for step in self.edition.steps
        )
        return tuple(step for step in found if step.duties)

    def duty(self, obligation: Obligation) -> Duty:
        known_rights = {right.key: right.name for right in self.edition.rights if right.mark is not Mark.N}
        return Duty(
            code=obligation.code,
            title=self._filled(obligation.title),
            plain=self._filled(obligation.plain),
            why=self._filled(obligation.why),
            rights=tuple(self._filled(known_rights[key]) for key in obligation.rights if key in known_rights),
            when=when(self.edition, obligation, self.language),
            evidence=self._filled(obligation.evidence),
            clause=self._filled(obligation.clause),
            article=obligation.article,
            needs=tuple(self._need(each) for each in self.needs[obligation.code] if _is_a_thing(each)),
            numbers=numbers_in(self.edition, obligation),
            is_sourced=obligation.mark.is_fact,
            basis=read_basis(obligation.basis, obligation.mark),
        )

    def rung(self, rung: ladder.Rung) -> Rung:
        consequence = rung.consequence
        return Rung(
            code=consequence.code,
            title=self._filled(consequence.title),
            who=self._filled(consequence.who_decides_text),
            days=self._days(rung),
            you_may=self._filled(consequence.you_may),
            public_sees=self._filled(consequence.public_sees),
            people_in_care=self._filled(consequence.people_in_care),
            ministry_cannot=self._filled(consequence.ministry_cannot),
            urgent=consequence.urgent,
            is_sourced=consequence.mark.is_fact,
            basis=read_basis(consequence.basis, consequence.mark),
        )

    def _filled(self, text: Text) -> str:
        return self.edition.fill(text, self.language)

    def _need(self, need: CountedNeed) -> str:
        label = self._filled(need.label)
        if need.amount == 1:
            return label
        if need.kind is NeedKind.TRAINING and need.amount == self.headcount:
            return str(
                gettext("%(lesson)s, for %(people)s people", lesson=label, people=self._written(need.amount))
            )
        return f"{label}: {self._written(need.amount)} {self._filled(need.unit)}".rstrip()

    def _days(self, rung: ladder.Rung) -> str:
        if rung.days is None:
            return self._filled(self.edition.to_be_set)
        return (
            f"{self._written(rung.days)} {self._filled(self.edition.parameter(rung.consequence.days).unit)}"
        )

    def _written(self, number: int) -> str:
        return khmer_digits(number) if self.language == "km" else str(number)


def _is_a_thing(need: CountedNeed) -> bool:
    return bool(need.amount) and need.kind is not NeedKind.MONEY
