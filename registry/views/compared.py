"""Two editions compared, in the words of a page (templates/macros/compared.html draws them)."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from contracts.comparing import Difference, PostChange, TextChange, difference
from contracts.edition import Edition
from contracts.records import Parameter, Profile
from registry.editions import queries as editions
from registry.views import pages

TEXTS: Mapping[str, LazyString] = {
    "title": lazy_gettext("Title"),
    "plain": lazy_gettext("What is to be done"),
    "why": lazy_gettext("Why"),
    "clause": lazy_gettext("Clause of the memorandum"),
    "evidence": lazy_gettext("How it is shown"),
}
"""By the field of an obligation."""


@dataclass(frozen=True)
class Line:
    """One thing before and after, and the codes of the duties that it belongs to."""

    name: str
    before: str
    after: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """A difference in the language of the page; `people` has a sentence for each post of one organisation."""

    old: str
    new: str
    numbers: tuple[Line, ...]
    texts: tuple[Line, ...]
    added: tuple[Line, ...]
    removed: tuple[Line, ...]
    reshaped: tuple[Line, ...]
    other: tuple[str, ...]
    people: tuple[str, ...]
    is_empty: bool


def told(old: Edition, new: Edition, profile: Profile | None = None) -> Told:
    """What the new edition changes, in all or for one organisation."""
    found = difference(old, new, profile)
    added, removed, reshaped = (
        tuple(Line(pages.said(each.title), "", "", (each.code,)) for each in rows)
        for rows in (found.added, found.removed, found.reshaped)
    )
    return Told(
        old=old.name,
        new=new.name,
        numbers=tuple(
            Line(
                pages.said(each.parameter.label),
                value(old, each.before),
                value(new, each.after),
                each.codes,
            )
            for each in found.numbers
        ),
        texts=tuple(_text(each) for each in found.texts if pages.said(each.before) != pages.said(each.after)),
        added=added,
        removed=removed,
        reshaped=reshaped,
        other=_other(found),
        people=tuple(people(each) for each in found.posts),
        is_empty=not found,
    )


def since(name: str, profile: Profile) -> Told | None:
    """What the newest edition changes for an organisation bound by another one; None when it is the same."""
    newest = editions.current_name()
    return told(editions.edition(name), editions.edition(newest), profile) if name != newest else None


def value(edition: Edition, parameter: Parameter | None) -> str:
    """A number with its unit, or that it is not set."""
    if parameter is None:
        return str(gettext("none"))
    if parameter.value is None:
        return pages.said(edition.to_be_set)
    return f"{pages.number(parameter.value)} {pages.said(parameter.unit)}"


def people(change: PostChange) -> str:
    """One sentence: how many more or fewer people for one post, and how many there are still to find."""
    counts = {
        "before": pages.number(change.before),
        "after": pages.number(change.after),
        "missing": pages.number(change.missing_after),
    }
    now = gettext("(%(before)s before, %(after)s now; %(missing)s still to be found)", **counts)
    return f"{_more(change)} {now}"


def _more(change: PostChange) -> str:
    count = abs(change.more)
    named = {"number": pages.number(count), "post": pages.said(change.post.name)}
    if change.more > 0:
        return str(
            ngettext(
                "%(number)s more person is needed as: %(post)s",
                "%(number)s more people are needed as: %(post)s",
                count,
                **named,
            )
        )
    return str(
        ngettext(
            "%(number)s person fewer is needed as: %(post)s",
            "%(number)s people fewer are needed as: %(post)s",
            count,
            **named,
        )
    )


def _text(change: TextChange) -> Line:
    name = f"{pages.said(change.title)}: {TEXTS[change.field]}"
    return Line(name, pages.said(change.before), pages.said(change.after), (change.code,))


def _other(found: Difference) -> tuple[str, ...]:
    said = []
    if found.ladder:
        said.append(gettext("What happens when a duty is not met is worded anew."))
    if found.articles:
        numbers = ", ".join(pages.number(each.number) for each in found.articles)
        said.append(gettext("The frame of these articles is worded anew: %(numbers)s.", numbers=numbers))
    return tuple(said)
