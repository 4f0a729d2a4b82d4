"""What must hold for the needs of an obligation, so that no word in them is ignored by the estimate."""

from collections.abc import Iterator

from contracts.edition import Edition, Need, Obligation
from contracts.records import Every, NeedKind, RhythmKind

Problem = tuple[str, str]
PER = ("organisation", "site", "staff", "active_case", "place", "child_place")
# The words that count only for some kinds; anywhere else they would be read by nobody.
ONLY = {
    "shifts": {NeedKind.STAFF},
    "relief": {NeedKind.STAFF},
    "at_least": {NeedKind.STAFF},
    "times": {NeedKind.MONEY},
}


def need_problems(edition: Edition, obligation: Obligation) -> Iterator[Problem]:
    """The field and what to do, for each thing that does not fit in an obligation's needs."""
    for place, need in enumerate(obligation.needs, start=1):
        for field, message in (
            *name_problems(edition, need),
            *kind_problems(need),
            *number_problems(edition, need),
            *repeat_problems(obligation, need),
        ):
            yield f"needs[{place}].{field}", message


def name_problems(edition: Edition, need: Need) -> Iterator[Problem]:
    parameters = {parameter.key for parameter in edition.parameters}
    for key in sorted(need.parameters - parameters):
        yield "parameter", f"{key!r} is not defined: add it to parameters.toml"
    for code in sorted(need.services - {service.code for service in edition.services}):
        yield "services", f"{code!r} is not a service of edition.toml: correct it"
    for field, value in (("per", need.per), ("less", need.less), ("at_least", need.at_least)):
        if value is not None and value not in PER:
            yield field, f"{value!r} is not one of {', '.join(PER)}"
    if need.of is not None and need.of not in {post.code for post in edition.posts}:
        yield "of", f"{need.of!r} is not a post of edition.toml: correct it"


def kind_problems(need: Need) -> Iterator[Problem]:
    for field, kinds in ONLY.items():
        if getattr(need, field) is not None and need.kind not in kinds:
            yield field, f"does not count for {need.kind}: remove it"
    if need.of is not None and need.per != "staff":
        yield "of", 'narrows staff to one post: write per = "staff" or remove it'
    if need.kind is NeedKind.STAFF and need.per == "staff" and need.of is None:
        yield "of", "is missing: say which post these staff are counted by"
    if need.kind is NeedKind.MONEY and (need.parameter is None or need.quantity is not None):
        yield "parameter", "is the price of money: name it, and no quantity"
    if need.kind is NeedKind.PAPERS and need.parameter is not None:
        yield "parameter", "does not count for papers: write a quantity"
    if need.kind is not NeedKind.MONEY and (need.parameter is None) == (need.quantity is None):
        yield "quantity", "write either a quantity or a parameter"


def number_problems(edition: Edition, need: Need) -> Iterator[Problem]:
    """Only prices and the relief factor may be open; a ratio that is open would leave a post uncounted."""
    values = {parameter.key: parameter.value for parameter in edition.parameters}
    counted = (need.shifts, need.times, None if need.kind is NeedKind.MONEY else need.parameter)
    for key in counted:
        if key in values and not values[key]:
            yield "parameter", f"{key} is not set or zero: set it in parameters.toml"


def repeat_problems(obligation: Obligation, need: Need) -> Iterator[Problem]:
    repeated = need.every is not Every.ONCE or need.from_year != 1
    if repeated and need.kind not in (NeedKind.MONEY, NeedKind.TRAINING):
        yield "every", f"does not count for {need.kind}: remove it"
    if need.every is Every.RHYTHM and obligation.rhythm.kind is not RhythmKind.EVERY_MONTHS:
        yield "every", "follows the rhythm, which is not every_months: write another word"
    if need.from_year != 1 and need.every in (Every.ONCE, Every.RHYTHM):
        yield "from_year", "counts only for what comes every day, month, year or case: remove it"
