"""The description of an organisation's work that the three answers rest on, as an address holds it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import wtforms
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from contracts import terms
from contracts.edition import Edition
from contracts.records import Choice, Profile
from forms import text
from forms.base import PageForm, say_nothing_of_optional
from forms.choices import language_of_page, named
from forms.fields import CheckboxesField, TickField, WholeNumberField

LARGEST = {"places": 5_000, "child_places": 5_000, "active_cases": 100_000}
MOST_STAFF = 2_000
MOST_IGNORED = 5
YES = frozenset({"y", "yes", "1", "true", "on"})
NO = frozenset({"", "n", "no", "0", "false", "off"})


def _edition() -> Edition:
    return terms.load_edition(terms.CURRENT)


class StaffForm(wtforms.Form):
    """How many people hold each post; the fields are the posts of the newest edition."""


class ProfileForm(PageForm):
    """What the organisation does; asked with GET, so that the answers stand in the address."""

    service = CheckboxesField(
        _l("What do you do?"), choices=named(lambda: _edition().services), optional=True
    )
    group = CheckboxesField(_l("For whom?"), choices=named(lambda: _edition().groups), optional=True)
    province = CheckboxesField(
        _l("In which provinces?"), choices=named(lambda: _edition().provinces), optional=True
    )
    places = WholeNumberField(_l("Places where people can live"), optional=True, largest=LARGEST["places"])
    child_places = WholeNumberField(
        _l("Places for children among them"), optional=True, largest=LARGEST["child_places"]
    )
    active_cases = WholeNumberField(
        _l("Cases that you follow now"), optional=True, largest=LARGEST["active_cases"]
    )
    foreign = TickField(_l("We are registered as a foreign organisation"), optional=True)
    staff = wtforms.FormField(StaffForm, separator=".")


for _post in _edition().posts:
    _name = LazyString(lambda post=_post: post.name.of(language_of_page()))
    setattr(StaffForm, _post.code, WholeNumberField(_name, optional=True, largest=MOST_STAFF, width="3"))


@dataclass(frozen=True)
class Described:
    """A profile read from an address, and what stood there that could not be used."""

    profile: Profile
    ignored: tuple[str, ...]


def read_profile(answers: MultiDict[str, str]) -> Described:
    """Read a profile from the query of an address; what cannot be used is left out and named."""
    reading = _Reading(answers)
    edition = _edition()
    places = reading.number("places", LARGEST["places"])
    profile = Profile(
        services=reading.codes("service", edition.services),
        groups=reading.codes("group", edition.groups),
        provinces=reading.codes("province", edition.provinces),
        places=places,
        child_places=reading.number("child_places", min(places, LARGEST["child_places"])),
        active_cases=reading.number("active_cases", LARGEST["active_cases"]),
        staff=reading.staff({post.code for post in edition.posts}),
        foreign=reading.tick("foreign"),
    )
    return Described(profile, tuple(reading.ignored[:MOST_IGNORED]))


def query_of(profile: Profile) -> dict[str, Any]:
    """The one query that describes this profile; what is empty is left out, lists are in order."""
    numbers = {name: getattr(profile, name) for name in LARGEST}
    query: dict[str, Any] = {
        "service": sorted(profile.services),
        "group": sorted(profile.groups),
        "province": sorted(profile.provinces),
        **numbers,
        "foreign": "yes" if profile.foreign else "",
        **{f"staff.{post}": number for post, number in sorted(profile.staff.items())},
    }
    return {name: value for name, value in query.items() if value}


def filled(profile: Profile) -> ProfileForm:
    """The form with this profile's answers in it."""
    form = ProfileForm(
        data={
            "service": sorted(profile.services),
            "group": sorted(profile.groups),
            "province": sorted(profile.provinces),
            **{name: getattr(profile, name) or None for name in LARGEST},
            "foreign": profile.foreign,
            "staff": dict(profile.staff),
        }
    )
    say_nothing_of_optional(form)
    return form


class _Reading:
    """Reads one query; remembers what it had to leave out, as it can be shown again."""

    def __init__(self, answers: MultiDict[str, str]) -> None:
        self.answers = answers
        self.ignored: list[str] = []

    def codes(self, name: str, choices: Iterable[Choice]) -> frozenset[str]:
        asked = [value for value in self.answers.getlist(name) if value]
        known = {choice.code for choice in choices}
        self._ignore(name, [value for value in asked if value not in known])
        return frozenset(asked) & known

    def number(self, name: str, largest: int) -> int:
        values = self.answers.getlist(name)
        written = text.plain_digits(values[0]).replace(",", "") if values else ""
        if not written:
            return 0
        if not (written.isascii() and written.isdecimal() and len(written) < 12 and int(written) <= largest):  # noqa: PLR2004 - no number of ours has more digits
            self._ignore(name, values[:1])
            return 0
        return int(written)

    def staff(self, posts: Collection[str]) -> dict[str, int]:
        asked = [name for name in self.answers if name.startswith("staff.")]
        self._ignore("staff", [name for name in asked if name.removeprefix("staff.") not in posts])
        numbers = {
            name.removeprefix("staff."): self.number(name, MOST_STAFF)
            for name in asked
            if name.removeprefix("staff.") in posts
        }
        return {post: number for post, number in numbers.items() if number}

    def tick(self, name: str) -> bool:
        value = self.answers.get(name, "").casefold()
        if value not in YES | NO:
            self._ignore(name, [value])
        return value in YES

    def _ignore(self, name: str, values: Sequence[str]) -> None:
        self.ignored += [f"{name}: {text.printable(value)[:40]}" for value in values]
