"""How much of something one need asks for: people, sheets, hours or things, for one profile."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from contracts.edition import Edition, Need, Obligation
from contracts.records import Every, NeedKind, Profile, Sharing
from contracts.terms import applicable

PER_YEAR = {Every.DAY: 365, Every.MONTH: 12, Every.YEAR: 1, Every.CASE: 1, Every.ONCE: 0}


@dataclass(frozen=True)
class Asked:
    """One need of one obligation that counts for a profile."""

    obligation: Obligation
    need: Need


@dataclass(frozen=True)
class Staff:
    """The people needed by post, and by post the larger of needed and declared (`people`)."""

    needed: Mapping[str, int]
    people: Mapping[str, int]
    headcount: int


def asked_of(edition: Edition, profile: Profile) -> tuple[Asked, ...]:
    """Every need of the obligations that apply, without those for services that the profile does not give."""
    return tuple(
        Asked(obligation, need)
        for obligation in applicable(edition, profile)
        for need in obligation.needs
        if not need.services or need.services & profile.services
    )


def staff_of(edition: Edition, profile: Profile, asked: tuple[Asked, ...]) -> Staff:
    """The staff needed; posts counted by other posts (a supervisor for case managers) come second."""
    wanted = [each for each in asked if each.need.kind is NeedKind.STAFF]
    first = added_up(edition, profile, [each for each in wanted if each.need.per != "staff"], staff=None)
    staff = with_declared(edition, profile, first)
    second = added_up(edition, profile, [each for each in wanted if each.need.per == "staff"], staff=staff)
    together = {post.code: first.get(post.code, 0) + second.get(post.code, 0) for post in edition.posts}
    return with_declared(edition, profile, {post: needed for post, needed in together.items() if needed})


def added_up(
    edition: Edition, profile: Profile, asked: list[Asked], *, staff: Staff | None
) -> dict[str, int]:
    """People by post: the needs of one obligation are added, but never fall below its smallest number."""
    groups: dict[tuple[str, str], list[Need]] = {}
    for each in asked:
        groups.setdefault((each.need.item, each.obligation.code), []).append(each.need)
    total: dict[str, int] = {}
    for (post, _), needs in groups.items():
        counted = sum(amount(edition, profile, need, staff=staff) for need in needs)
        total[post] = total.get(post, 0) + max(counted, *(smallest(edition, profile, need) for need in needs))
    return total


def with_declared(edition: Edition, profile: Profile, needed: dict[str, int]) -> Staff:
    posts = {*needed, *profile.staff}
    people = {post: max(needed.get(post, 0), profile.staff.get(post, 0)) for post in posts}
    combined = {post.code for post in edition.posts if post.sharing is Sharing.COMBINED}
    return Staff(needed, people, sum(count for post, count in people.items() if post not in combined))


def amount(edition: Edition, profile: Profile, need: Need, *, staff: Staff | None) -> int:
    """How many people, hours, sheets or things; for money, how many are paid for each time."""
    counted = max(0, measure(profile, need.per, need.of, staff) - measure(profile, need.less, None, staff))
    if need.kind is NeedKind.STAFF and need.parameter is not None:
        return on_duty(edition, need, ceil(Fraction(counted) / exact(edition, need.parameter)))
    if need.kind in (NeedKind.TRAINING, NeedKind.FACILITY) and need.parameter is not None:
        return ceil(counted * exact(edition, need.parameter))
    if need.kind is NeedKind.STAFF:
        return on_duty(edition, need, counted * (need.quantity or 1))
    return counted * (need.quantity or 1)


def smallest(edition: Edition, profile: Profile, need: Need) -> int:
    """The number of people below which a post must not fall, such as one at every site in every shift."""
    if need.at_least is None:
        return 0
    return on_duty(edition, need, measure(profile, need.at_least, None, None))


def on_duty(edition: Edition, need: Need, people: int) -> int:
    """People on duty at one moment, times the shifts of a day and night, times relief once that is set."""
    factor = exact(edition, need.shifts) if need.shifts else Fraction(1)
    if need.relief and edition.parameter(need.relief).value is not None:
        factor *= exact(edition, need.relief)
    return ceil(people * factor)


def measure(profile: Profile, per: str | None, of: str | None, staff: Staff | None) -> int:
    """What a need is counted by; staff counts people of one post, or all that are not combined posts."""
    if per == "staff":
        if staff is None:
            return 0
        return staff.headcount if of is None else staff.people.get(of, 0)
    counts = {
        None: 0,
        "organisation": 1,
        "site": profile.sites,
        "place": profile.places,
        "child_place": profile.child_places,
        "active_case": profile.active_cases,
    }
    return counts[per]


def exact(edition: Edition, key: str) -> Fraction:
    """The value of a parameter, exactly as written; ValueError if it is not set."""
    value = edition.parameter(key).value
    if value is None:
        raise ValueError(f"{key} is not set")
    return Fraction(str(value))


def yearly(edition: Edition, each: Asked) -> Fraction:
    """How often in an ordinary year; 0 for what comes once."""
    if each.need.every is Every.RHYTHM:
        return Fraction(12, edition.number(each.obligation.rhythm) or 12)
    return Fraction(PER_YEAR[each.need.every])


def over(edition: Edition, each: Asked, *, years: int) -> int:
    """How often over a term of whole years, the first time at its start."""
    if each.need.every is Every.ONCE:
        return 1
    if each.need.every is Every.RHYTHM:
        return ceil(years * yearly(edition, each))
    return int(yearly(edition, each)) * max(0, years - each.need.from_year + 1)
