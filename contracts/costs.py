"""Money lines of an estimate: priced where the Ministry has set a price or the organisation has its wages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from contracts.counting import Asked, Staff, amount, exact, over, yearly
from contracts.edition import Edition
from contracts.records import Every, Frequency, NeedKind, Parameter, Post, Profile, Sharing, Text

CENT = Decimal("0.01")
OVERHEAD = "overhead_percent"


@dataclass(frozen=True)
class Amount:
    """Money in USD between a low and a high figure."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class MoneyLine:
    """One cost. `count` is how many are paid for each time; the amounts are None until there is a price.

    `own_wage` tells that the price is the organisation's own; `note` is what a reader must know about it.
    """

    item: str
    label: Text
    unit: Text
    count: int
    every: Frequency
    price: Decimal | None
    own_wage: bool
    once: Amount | None
    a_year: Amount | None
    over_term: Amount | None
    note: Text | None
    because: tuple[str, ...]


@dataclass(frozen=True)
class Times:
    """How often something is paid: once, in an ordinary year, over the term; for so many, low and high."""

    low: int
    high: int
    once: Fraction
    a_year: Fraction
    over_term: Fraction


def money_lines(
    edition: Edition,
    profile: Profile,
    asked: tuple[Asked, ...],
    *,
    staff: Staff,
    wages: Mapping[str, Decimal],
) -> tuple[MoneyLine, ...]:
    """Pay of every post with a wage, then the costs that obligations name, then overhead, if any."""
    posts = [
        post for post in edition.posts if staff.needed.get(post.code) and (post.pay or post.code in wages)
    ]
    paid = [pay_line(edition, post, asked, staff=staff, wages=wages) for post in posts]
    costs = [
        cost_line(edition, profile, each, staff=staff) for each in asked if each.need.kind is NeedKind.MONEY
    ]
    lines = [line for line in paid + costs if line.count]
    overhead = [parameter for parameter in edition.parameters if parameter.key == OVERHEAD]
    return tuple(lines + [overhead_line(edition, parameter, lines) for parameter in overhead])


def pay_line(
    edition: Edition, post: Post, asked: tuple[Asked, ...], *, staff: Staff, wages: Mapping[str, Decimal]
) -> MoneyLine:
    needed = staff.needed[post.code]
    years = exact(edition, "mou_term_years")
    times = Times(needed if post.sharing is Sharing.OWN else 0, needed, Fraction(0), Fraction(12), 12 * years)
    official = price_of(edition.parameter(post.pay)) if post.pay else None
    return line(
        item=post.code,
        label=post.name,
        unit=edition.parameter(post.pay).unit if post.pay else edition.frequency(Every.MONTH).name,
        every=edition.frequency(Every.MONTH),
        price=wages.get(post.code, official),
        own_wage=post.code in wages,
        times=times,
        because=tuple(dict.fromkeys(each.obligation.code for each in asked if each.need.item == post.code)),
    )


def cost_line(edition: Edition, profile: Profile, each: Asked, *, staff: Staff) -> MoneyLine:
    need = each.need
    count = amount(edition, profile, need, staff=staff)
    factor = exact(edition, need.times) if need.times else Fraction(1)
    years = int(exact(edition, "mou_term_years"))
    repeated = yearly(edition, each) * factor
    times = Times(
        count, count, Fraction(0) if repeated else factor, repeated, over(edition, each, years=years) * factor
    )
    return line(
        item=need.item,
        label=need.label,
        unit=need.unit,
        every=edition.frequency(need.every),
        price=price_of(edition.parameter(need.parameter)) if need.parameter else None,
        own_wage=False,
        times=times,
        because=(each.obligation.code,),
    )


def overhead_line(edition: Edition, parameter: Parameter, lines: list[MoneyLine]) -> MoneyLine:
    """Overhead is a share of everything else, so it has an amount only when all other lines have one."""
    known = parameter.value is not None and all(other.over_term for other in lines)
    share = Fraction(str(parameter.value or 0)) / 100
    return MoneyLine(
        item=parameter.key,
        label=parameter.label,
        unit=parameter.unit,
        count=1,
        every=edition.frequency(Every.YEAR),
        price=price_of(parameter),
        own_wage=False,
        once=part(added(other.once for other in lines), share) if known else None,
        a_year=part(added(other.a_year for other in lines), share) if known else None,
        over_term=part(added(other.over_term for other in lines), share) if known else None,
        note=None,
        because=(),
    )


def line(
    *,
    item: str,
    label: Text,
    unit: Text,
    every: Frequency,
    price: Decimal | None,
    own_wage: bool,
    times: Times,
    because: tuple[str, ...],
) -> MoneyLine:
    """One line with its amounts; all of them are None without a price."""
    each = None if price is None else Amount(price * times.low, price * times.high)
    return MoneyLine(
        item=item,
        label=label,
        unit=unit,
        count=times.high,
        every=every,
        price=price,
        own_wage=own_wage,
        once=each and part(each, times.once),
        a_year=each and part(each, times.a_year),
        over_term=each and part(each, times.over_term),
        note=every.note,
        because=because,
    )


def price_of(parameter: Parameter) -> Decimal | None:
    return None if parameter.value is None else Decimal(str(parameter.value))


def added(amounts: Iterable[Amount | None]) -> Amount:
    """The sum of the amounts that are known."""
    known = [amount for amount in amounts if amount is not None]
    return Amount(
        sum((each.low for each in known), Decimal(0)), sum((each.high for each in known), Decimal(0))
    )


def part(whole: Amount, share: Fraction) -> Amount:
    return Amount(rounded(Fraction(whole.low) * share), rounded(Fraction(whole.high) * share))


def rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(CENT)
