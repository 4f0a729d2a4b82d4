"""The answer to "what does it take": posts, training, papers, rooms and money for one profile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from contracts.costs import Amount, MoneyLine, added, money_lines
from contracts.counting import Asked, Staff, amount, asked_of, exact, over, staff_of, yearly
from contracts.edition import Edition
from contracts.records import NeedKind, Parameter, Post, Profile, Sharing, Text
from contracts.terms import applicable

__all__ = [
    "Amount",
    "CountedNeed",
    "Estimate",
    "MoneyLine",
    "PostLine",
    "ThingLine",
    "TrainingLine",
    "estimate",
    "needs_of",
]


@dataclass(frozen=True)
class PostLine:
    """People needed and declared for one post, and the obligations and ratios that this comes from."""

    post: Post
    needed: int
    declared: int
    missing: int
    because: tuple[str, ...]
    ratios: tuple[Parameter, ...]

    @property
    def may_be_held_besides(self) -> bool:
        """True for a task that somebody in another post may hold: naming a person is enough."""
        return self.post.sharing is Sharing.COMBINED


@dataclass(frozen=True)
class TrainingLine:
    """Hours or lessons of one training for all staff together: once, in a later year, over the term."""

    item: str
    label: Text
    unit: Text
    people: int
    once: int
    a_year: int
    over_term: int
    because: tuple[str, ...]


@dataclass(frozen=True)
class ThingLine:
    """A kind of paper or a room or thing, how many of it, and the obligations that ask for it."""

    item: str
    label: Text
    unit: Text
    count: int
    because: tuple[str, ...]


@dataclass(frozen=True)
class CountedNeed:
    """One need of one obligation with its amount for a profile."""

    label: Text
    unit: Text
    kind: NeedKind
    amount: int


@dataclass(frozen=True)
class Estimate:
    """What a profile's obligations take. Totals add up the lines with a price; `open_lines` have none."""

    years: int
    headcount: int
    posts: tuple[PostLine, ...]
    training: tuple[TrainingLine, ...]
    papers: tuple[ThingLine, ...]
    rooms: tuple[ThingLine, ...]
    money: tuple[MoneyLine, ...]

    @property
    def open_lines(self) -> tuple[MoneyLine, ...]:
        return tuple(line for line in self.money if line.over_term is None)

    @property
    def once(self) -> Amount:
        return added(line.once for line in self.money)

    @property
    def a_year(self) -> Amount:
        return added(line.a_year for line in self.money)

    @property
    def over_term(self) -> Amount:
        return added(line.over_term for line in self.money)

    @property
    def missing(self) -> tuple[PostLine, ...]:
        return tuple(line for line in self.posts if line.missing)


def estimate(edition: Edition, profile: Profile, *, wages: Mapping[str, Decimal] | None = None) -> Estimate:
    """What the obligations that apply take over the term of a memorandum.

    `wages` are the organisation's own monthly wages in USD by post; they win over the Ministry's. Of each
    amount, `low` pays only posts that need a person of their own; `high` pays a full-time person for every
    post needed.
    """
    asked = asked_of(edition, profile)
    staff = staff_of(edition, profile, asked)
    years = int(exact(edition, "mou_term_years"))
    return Estimate(
        years=years,
        headcount=staff.headcount,
        posts=tuple(post_lines(edition, profile, asked, staff=staff)),
        training=tuple(training_lines(edition, profile, asked, staff=staff, years=years)),
        papers=tuple(thing_lines(edition, profile, of_kind(asked, NeedKind.PAPERS), staff=staff)),
        rooms=tuple(thing_lines(edition, profile, of_kind(asked, NeedKind.FACILITY), staff=staff)),
        money=money_lines(edition, profile, asked, staff=staff, wages=wages or {}),
    )


def needs_of(edition: Edition, profile: Profile) -> dict[str, tuple[CountedNeed, ...]]:
    """By code, what each obligation that applies needs; for money, how many are paid for each time."""
    asked = asked_of(edition, profile)
    staff = staff_of(edition, profile, asked)
    counted: dict[str, tuple[CountedNeed, ...]] = {
        obligation.code: () for obligation in applicable(edition, profile)
    }
    for each in asked:
        need = each.need
        number = amount(edition, profile, need, staff=staff)
        counted[each.obligation.code] += (CountedNeed(need.label, need.unit, need.kind, number),)
    return counted


def post_lines(
    edition: Edition, profile: Profile, asked: tuple[Asked, ...], *, staff: Staff
) -> Iterable[PostLine]:
    wanted = of_kind(asked, NeedKind.STAFF)
    for post in edition.posts:
        needed, declared = staff.needed.get(post.code, 0), profile.staff.get(post.code, 0)
        here = [each for each in wanted if each.need.item == post.code]
        ratios = [each.need.parameter for each in here if each.need.parameter]
        if needed or declared:
            yield PostLine(
                post=post,
                needed=needed,
                declared=declared,
                missing=max(0, needed - declared),
                because=codes(here) if needed else (),
                ratios=tuple(edition.parameter(key) for key in dict.fromkeys(ratios)),
            )


def training_lines(
    edition: Edition, profile: Profile, asked: tuple[Asked, ...], *, staff: Staff, years: int
) -> Iterable[TrainingLine]:
    for each in of_kind(asked, NeedKind.TRAINING):
        total = amount(edition, profile, each.need, staff=staff)
        a_year = int(total * yearly(edition, each))
        yield TrainingLine(
            item=each.need.item,
            label=each.need.label,
            unit=each.need.unit,
            people=staff.headcount,
            once=0 if a_year else total,
            a_year=a_year,
            over_term=total * over(edition, each, years=years),
            because=(each.obligation.code,),
        )


def thing_lines(
    edition: Edition, profile: Profile, asked: list[Asked], *, staff: Staff
) -> Iterable[ThingLine]:
    """One line for each kind of thing; two obligations that ask for the same thing need it once."""
    for item in dict.fromkeys(each.need.item for each in asked):
        here = [each for each in asked if each.need.item == item]
        count = max(amount(edition, profile, each.need, staff=staff) for each in here)
        yield ThingLine(item, here[0].need.label, here[0].need.unit, count, codes(here))


def of_kind(asked: Iterable[Asked], kind: NeedKind) -> list[Asked]:
    return [each for each in asked if each.need.kind is kind]


def codes(asked: Iterable[Asked]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.obligation.code for each in asked))
