"""What is different between two editions, in all or for one profile: numbers, duties, texts, people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contracts.amending import TEXTS
from contracts.edition import Article, Consequence, Edition, Obligation
from contracts.estimate import PostLine, estimate
from contracts.records import Parameter, Post, Profile, Text
from contracts.terms import applicable


@dataclass(frozen=True)
class NumberChange:
    """A parameter before and after (None: it is not there), and the obligations whose duty rests on it."""

    before: Parameter | None
    after: Parameter | None
    codes: tuple[str, ...]

    @property
    def parameter(self) -> Parameter:
        """The one that is there; after, if both are."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of the two always is
        return found


@dataclass(frozen=True)
class TextChange:
    """One text of an obligation before and after, each with the numbers of its own edition filled in."""

    code: str
    title: Text
    field: str
    before: Text
    after: Text


@dataclass(frozen=True)
class PostChange:
    """How many people one post needs before and after, and how many of them are missing."""

    post: Post
    before: int
    after: int
    missing_before: int
    missing_after: int

    @property
    def more(self) -> int:
        """People needed more than before; negative for fewer."""
        return self.after - self.before


@dataclass(frozen=True)
class Difference:
    """All that is different; `reshaped` are duties with other needs, another rhythm or another severity."""

    numbers: tuple[NumberChange, ...]
    added: tuple[Obligation, ...]
    removed: tuple[Obligation, ...]
    texts: tuple[TextChange, ...]
    reshaped: tuple[Obligation, ...]
    ladder: tuple[Consequence, ...]
    articles: tuple[Article, ...]
    posts: tuple[PostChange, ...]

    def __bool__(self) -> bool:
        """Whether anything is different."""
        return any(getattr(self, name) for name in self.__dataclass_fields__)


def difference(old: Edition, new: Edition, profile: Profile | None = None) -> Difference:
    """What the new edition changes; with a profile, only what concerns that organisation.

    Both parties' duties count: the Ministry's are owed to the organisation.
    """
    before, after = _by_code(old, profile), _by_code(new, profile)
    both = [(before[code], after[code]) for code in after if code in before]
    return Difference(
        numbers=tuple(_numbers(old, new, profile)),
        added=tuple(after[code] for code in after if code not in before),
        removed=tuple(before[code] for code in before if code not in after),
        texts=tuple(each for one, other in both for each in _texts(old, new, one, other)),
        reshaped=tuple(other for one, other in both if _shape(one) != _shape(other)),
        ladder=tuple(each for each in new.consequences if each not in old.consequences),
        articles=tuple(each for each in new.articles if each not in old.articles),
        posts=tuple(_posts(old, new, profile)) if profile else (),
    )


def rests_on(edition: Edition, obligation: Obligation) -> frozenset[str]:
    """The parameters that an obligation's texts, rhythm and needs name."""
    named = {name for field in TEXTS for name in getattr(obligation, field).placeholders_of("en")}
    rhythm = obligation.rhythm
    named |= {key for key in (rhythm.parameter, rhythm.due_days, rhythm.due_month) if key}
    for need in obligation.needs:
        named |= need.parameters
    return frozenset(named & {parameter.key for parameter in edition.parameters})


def _by_code(edition: Edition, profile: Profile | None) -> dict[str, Obligation]:
    found = edition.obligations if profile is None else applicable(edition, profile)
    return {obligation.code: obligation for obligation in found}


def _numbers(old: Edition, new: Edition, profile: Profile | None) -> Iterator[NumberChange]:
    before = {each.key: each for each in old.parameters}
    after = {each.key: each for each in new.parameters}
    for key in {**before, **after}:
        one, other = before.get(key), after.get(key)
        if (one and one.value) == (other and other.value) and bool(one) == bool(other):
            continue
        everywhere = _resting(old, key, None) | _resting(new, key, None)
        here = _resting(old, key, profile) | _resting(new, key, profile)
        # What no duty names (how long a memorandum lasts, the days of the ladder) concerns everybody.
        if here or not everywhere or _on_the_ladder(new, key):
            yield NumberChange(one, other, tuple(sorted(here)))


def _resting(edition: Edition, key: str, profile: Profile | None) -> set[str]:
    found: Iterable[Obligation] = _by_code(edition, profile).values()
    return {each.code for each in found if key in rests_on(edition, each)}


def _on_the_ladder(edition: Edition, key: str) -> bool:
    return any(
        key in (each.days, each.days_residential, each.reply_days, each.review_days)
        for each in edition.consequences
    )


def _texts(old: Edition, new: Edition, one: Obligation, other: Obligation) -> Iterator[TextChange]:
    for field in TEXTS:
        before, after = getattr(one, field), getattr(other, field)
        if (before.km, before.en) != (after.km, after.en):
            yield TextChange(
                one.code, _filled(new, other.title), field, _filled(old, before), _filled(new, after)
            )


def _filled(edition: Edition, text: Text) -> Text:
    return Text(km=edition.fill(text, "km"), en=edition.fill(text, "en"), reviewed=text.reviewed)


def _shape(obligation: Obligation) -> tuple[object, ...]:
    needs = tuple((each.kind, each.item, each.per, each.quantity, each.parameter, each.services, each.every)
                  for each in obligation.needs)  # fmt: skip
    return needs, obligation.rhythm, obligation.severity, obligation.when, obligation.party


def _posts(old: Edition, new: Edition, profile: Profile) -> Iterator[PostChange]:
    before = {line.post.code: line for line in estimate(old, profile).posts}
    after = {line.post.code: line for line in estimate(new, profile).posts}
    for code in {**before, **after}:
        one, other = before.get(code), after.get(code)
        if _people(one) != _people(other):
            post = (other or before[code]).post
            yield PostChange(post, *_people(one)[:1], *_people(other)[:1], _people(one)[1], _people(other)[1])


def _people(line: PostLine | None) -> tuple[int, int]:
    return (line.needed, line.missing) if line else (0, 0)
