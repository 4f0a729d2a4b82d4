"""What must hold across the files of an edition: every name used exists, and nothing written is ignored."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from contracts.edition import Consequence, Edition, Obligation, Rhythm
from contracts.needs import Problem, need_problems
from contracts.records import CHILD_GROUPS, RESIDENTIAL_SERVICES, Every, RhythmKind, Text, When
from contracts.schema import EditionError

STATUSES = ("draft edition", "edition")
DECIDERS = ("inspector", "approver")
TERM = "mou_term_years"
TERMS = range(1, 100)
RENEWAL = "renewal_opens_days"
LONGEST = 10_000  # of any period, in its own unit: 833 years in months, so that every date stays one
EVENTS = frozenset({RhythmKind.WITHIN_HOURS, RhythmKind.WITHIN_DAYS, RhythmKind.WITHIN_WORKING_DAYS})
MONTHS = [[month] for month in range(1, 13)]
ADD = "is not defined: correct the name or add it"


def check_edition(edition: Edition, *, files: Mapping[str, str]) -> None:
    """EditionError for the first thing that does not fit; `files` tells where an obligation stands."""
    for file, record, field, message in problems(edition, files):
        raise EditionError(file, record, field, message)


def problems(edition: Edition, files: Mapping[str, str]) -> Iterator[tuple[str, str, str, str]]:
    """Everything that does not fit, as file, record, field and what to do."""
    yield from head_problems(edition)
    yield from doubled(edition)
    for obligation in edition.obligations:
        for field, message in obligation_problems(edition, obligation):
            yield files[obligation.code], obligation.code, field, message
    for place, consequence in enumerate(edition.consequences):
        for field, message in consequence_problems(edition, consequence, edition.consequences[:place]):
            yield "consequences.toml", consequence.code, field, message
    yield from article_problems(edition)


def head_problems(edition: Edition) -> Iterator[tuple[str, str, str, str]]:
    file = "edition.toml"
    if edition.status not in STATUSES:
        yield file, edition.name, "status", f"{edition.status!r} is not one of {', '.join(STATUSES)}"
    if edition.status == "edition" and not edition.reviewed:
        yield (
            file,
            edition.name,
            "status",
            "not every text is reviewed: keep the edition a draft",
        )
    for every in Every:
        if every not in {frequency.code for frequency in edition.frequencies}:
            yield file, "frequency", every, "has no name: add it"
    yield from term_problems(edition)
    numbers = {parameter.key for parameter in edition.parameters}
    for post in edition.posts:
        if post.pay is not None and post.pay not in numbers:
            yield file, post.code, "pay", f"{post.pay!r} {ADD}"


def term_problems(edition: Edition) -> Iterator[tuple[str, str, str, str]]:
    """The numbers that every memorandum is dated by."""
    numbers = {parameter.key: parameter.value for parameter in edition.parameters}
    if numbers.get(TERM) not in TERMS or isinstance(numbers[TERM], float):
        yield "parameters.toml", TERM, "value", "must say for how many whole years a memorandum lasts"
    opens = numbers.get(RENEWAL, 1)
    if not opens or isinstance(opens, float) or opens > LONGEST:
        yield "parameters.toml", RENEWAL, "value", f"must be a whole number from 1 to {LONGEST}: correct it"


def doubled(edition: Edition) -> Iterator[tuple[str, str, str, str]]:
    """Codes and keys that stand twice in a list."""
    lists: dict[str, list[str]] = {
        "parameters.toml": [parameter.key for parameter in edition.parameters],
        "obligations-*.toml": [obligation.code for obligation in edition.obligations],
        "consequences.toml": [consequence.code for consequence in edition.consequences],
        "rights.toml": [right.key for right in edition.rights],
        "edition.toml step": [step.key for step in edition.steps],
        "edition.toml service": [choice.code for choice in edition.services],
        "edition.toml group": [choice.code for choice in edition.groups],
        "edition.toml province": [choice.code for choice in edition.provinces],
        "edition.toml post": [post.code for post in edition.posts],
        "edition.toml item": [choice.code for choice in edition.papers],
    }
    for file, names in lists.items():
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield file, name, "code", "is there twice: keep one of them"


def obligation_problems(edition: Edition, obligation: Obligation) -> Iterator[Problem]:
    yield from unknown("step", [obligation.step], (step.key for step in edition.steps))
    yield from unknown("rights", obligation.rights, (right.key for right in edition.rights))
    yield from when_problems(edition, obligation.when)
    for field in ("title", "plain", "why", "clause", "evidence"):
        yield from text_problems(edition, field, getattr(obligation, field))
    yield from twin_problems(edition, obligation)
    yield from rhythm_problems(edition, obligation.rhythm)
    yield from need_problems(edition, obligation)


def when_problems(edition: Edition, when: When) -> Iterator[Problem]:
    services = {choice.code for choice in edition.services}
    groups = {choice.code for choice in edition.groups}
    yield from unknown("when.services", when.services, services)
    yield from unknown("when.groups", when.groups, groups)
    if when.residential and not services & RESIDENTIAL_SERVICES:
        yield "when.residential", f"never holds: name a service {' or '.join(sorted(RESIDENTIAL_SERVICES))}"
    if when.serves_children and not groups & CHILD_GROUPS:
        yield "when.serves_children", f"never holds: name a group {' or '.join(sorted(CHILD_GROUPS))}"


def text_problems(edition: Edition, field: str, text: Text) -> Iterator[Problem]:
    """A name in braces that is no parameter, or that stands in one language only."""
    km, en = text.placeholders_of("km"), text.placeholders_of("en")
    yield from unknown(field, sorted(km | en), (parameter.key for parameter in edition.parameters))
    for name in sorted(km ^ en):
        yield field, f"{{{name}}} stands in one language only: write it in both"


def twin_problems(edition: Edition, obligation: Obligation) -> Iterator[Problem]:
    """A twin must name an obligation of the other party that has its own clause."""
    partners = [other for other in edition.obligations if other.code == obligation.twin]
    if partners and partners[0].party is obligation.party:
        yield "twin", f"{obligation.twin} binds the same party: name an obligation of the other one"


def rhythm_problems(edition: Edition, rhythm: Rhythm) -> Iterator[Problem]:
    keys = [key for key in (rhythm.parameter, rhythm.due_days, rhythm.due_month) if key is not None]
    yield from unknown("rhythm", keys, (parameter.key for parameter in edition.parameters))
    yield from broken("rhythm", edition, keys)
    if rhythm.due_month and number_of(edition, [rhythm.due_month])[:1] not in MONTHS:
        yield "rhythm.due_month", "must be the number of a month: set its parameter from 1 to 12"
    continuous = rhythm.kind is RhythmKind.CONTINUOUS
    if continuous and (keys or rhythm.number is not None):
        yield "rhythm", "is continuous, so it has no number: remove the number"
    if not continuous and not any(number_of(edition, keys[:1])) and rhythm.number is None:
        yield "rhythm", "needs a number above zero: set its parameter or write `number`"
    if (rhythm.kind in EVENTS) != (rhythm.of is not None):
        yield (
            "rhythm.of",
            "is the event that hours or days count from: write it for those only",
        )
    if rhythm.kind is not RhythmKind.EVERY_MONTHS and (rhythm.due_days or rhythm.due_month):
        yield "rhythm.due_days", "and due_month belong to every_months only: remove them"
    if rhythm.due_days and rhythm.due_month:
        yield "rhythm.due_days", "and due_month cannot both be there: keep one"


def broken(field: str, edition: Edition, keys: Iterable[str]) -> Iterator[Problem]:
    """Days and months that are not whole numbers, or longer than anybody can mean."""
    for key in keys:
        if any(isinstance(value, float) or (value or 0) > LONGEST for value in number_of(edition, [key])):
            yield field, f"{key} must be a whole number up to {LONGEST}: correct it in parameters.toml"


def number_of(edition: Edition, keys: Iterable[str]) -> list[int | float | None]:
    return [parameter.value for key in keys for parameter in edition.parameters if parameter.key == key]


def consequence_problems(
    edition: Edition, consequence: Consequence, earlier: Collection[Consequence]
) -> Iterator[Problem]:
    keys = [consequence.days, consequence.days_residential, consequence.reply_days, consequence.review_days]
    parameters = [parameter.key for parameter in edition.parameters]
    named = [key for key in keys if key is not None]
    yield from unknown("days", named, parameters)
    yield from broken("days", edition, named)
    yield from unknown("who_decides", [consequence.who_decides], DECIDERS)
    urgent = {other.code for other in edition.consequences if other.urgent}
    yield from unknown("after", consequence.after, urgent | {other.code for other in earlier})
    for field in ("who_decides_text", "you_may", "public_sees", "people_in_care", "ministry_cannot"):
        yield from text_problems(edition, field, getattr(consequence, field))


def article_problems(edition: Edition) -> Iterator[tuple[str, str, str, str]]:
    """Places that do not fit the obligations; nothing while an edition has no articles yet."""
    numbers = {article.number for article in edition.articles}
    for obligation in edition.obligations:
        if numbers and obligation.article is not None and obligation.article not in numbers:
            yield (
                "articles.toml",
                obligation.code,
                "article",
                f"Article {obligation.article} is missing: add it",
            )
    articles = {obligation.code: obligation.article for obligation in edition.obligations}
    printed: set[str] = set()
    for article in edition.articles:
        for code in [each.obligation for each in article.paragraphs if each.obligation is not None]:
            if code in printed or articles.get(code, 0) not in (article.number, None):
                yield "articles.toml", f"Article {article.number}", code, "has no place here, or a second one"
            printed.add(code)


def unknown(field: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    there = set(known)
    for name in names:
        if name not in there:
            yield field, f"{name!r} {ADD}"
