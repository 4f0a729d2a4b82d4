"""An organisation's file as the Ministry reads it: item by item, with what was found, asked and done."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from markupsafe import Markup

from contracts import terms
from contracts.estimate import PostLine, estimate
from registry.compliance.models import Duty
from registry.editions import queries as editions
from registry.kernel import history
from registry.memoranda.states import Field
from registry.organisations import letters
from registry.organisations import queries as organisations
from registry.organisations.models import ItemCheck, Organisation, Paper
from registry.organisations.states import ChoiceKind, Section
from registry.people import queries as people
from registry.people.models import Person
from registry.views import labels, pages

_SHOWN = frozenset({"at", "actor", "action", "subject", "organisation", "note", "from", "to"})

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Item:
    """One item of the file: what the organisation gave, and what an officer found about it."""

    key: str
    title: str
    rows: Rows
    found: ItemCheck | None
    found_by: Person | None
    paper: Paper | None = None

    @property
    def finding(self) -> labels.Label | None:
        """The finding in words; None while nobody has looked."""
        return labels.RESULT[self.found.result] if self.found else None


@dataclass(frozen=True)
class Step:
    """One row of the history: what happened, who did it, and the words that went with it."""

    entry: history.Entry
    person: Person | None

    @property
    def action(self) -> str:
        """What happened, in words."""
        return str(labels.ACTION.get(self.entry.action, self.entry.action))

    @property
    def note(self) -> str:
        """The free words of the row."""
        return self.entry.note.text if self.entry.note else ""

    @property
    def details(self) -> list[str]:
        """What else the row says, in the words of the journal itself."""
        facts = sorted(self.entry.facts().items())
        return [f"{key}: {value}" for key, value in facts if key not in _SHOWN and value is not None]

    @property
    def move(self) -> str:
        """From which status to which, when the row is a move."""
        facts = self.entry.facts()
        before, after = facts.get("from"), facts.get("to")
        if not after or before == after:
            return ""
        said = [labels.status(self.entry.subject, word) for word in (before, after) if word]
        return " → ".join(said)


def items_of(organisation: Organisation) -> list[Item]:
    """Every item that an officer looks at, in the order of the registration."""
    found = organisations.checks_now(organisation)
    checkers = people.by_id({check.checked_by_id for check in found.values()})
    rows = _rows(organisation)
    papers = {f"paper-{paper.kind}": paper for paper in organisation.papers}
    return [
        Item(
            key=key,
            title=str(labels.ITEM[key]),
            rows=rows.get(key, []),
            found=found.get(key),
            found_by=checkers.get(found[key].checked_by_id) if key in found else None,
            paper=papers.get(key),
        )
        for key in organisations.items_to_check(organisation)
    ]


def earlier_papers(organisation: Organisation) -> list[Paper]:
    """Papers that a newer one of the same kind has taken the place of."""
    return [paper for paper in organisation.papers if paper is not organisation.paper(paper.kind)]


def staff_lines(organisation: Organisation) -> tuple[PostLine, ...]:
    """Post by post: how many the duties ask for, and how many the organisation has."""
    edition = editions.current()
    return estimate(edition, organisations.profile_of(organisation)).posts


@dataclass(frozen=True)
class SiteLine:
    """One site: what happens there and in which province, never where it is."""

    id: int
    kind: str
    province: str
    confidential: bool


def sites_of(organisation: Organisation) -> list[SiteLine]:
    """The organisation's sites, without their places."""
    return [
        SiteLine(site.id, str(labels.SITE[site.kind]), province(site.province), site.confidential)
        for site in organisation.sites
    ]


def province(code: str) -> str:
    """The name of a province in the language of the page."""
    choices = editions.current().provinces
    return next((pages.said(choice.name) for choice in choices if choice.code == code), code)


@dataclass(frozen=True)
class Letter:
    """A letter before it is written, in the language of the person who would get it."""

    subject: str
    body: str
    language: str


def letter(name: str, organisation: Organisation, **context: object) -> Letter | None:
    """A letter as the director would get it; None while there is no director."""
    director = organisations.director_of(organisation)
    if director is None:
        return None
    subject, body = letters.preview(name, organisation, director, **context)
    return Letter(subject, body, director.language)


def state_of(duty: Duty) -> labels.Label:
    """What was done about a duty; the Ministry's own are recorded: nobody accepts their own report."""
    if duty.party is Field.MINISTRY and not duty.is_owed:
        return labels.Label(gettext("Recorded as met"), "good")
    return labels.DUTY[duty.status]


def steps_of(entries: Iterable[history.Entry]) -> list[Step]:
    """Rows of the journal with the persons behind their pseudonyms."""
    rows = list(entries)
    known = people.by_pseudonym({entry.actor for entry in rows})
    return [Step(entry, known.get(entry.actor)) for entry in rows]


def _rows(organisation: Organisation) -> dict[str, Rows]:
    return {
        Section.LEGAL: _legal(organisation),
        Section.WORK: _work(organisation),
        Section.PEOPLE: _people(organisation),
    }


def _legal(organisation: Organisation) -> Rows:
    kind = gettext("Foreign organisation") if organisation.is_foreign else gettext("Local organisation")
    return _given(
        (gettext("Kind"), "" if organisation.is_foreign is None else kind),
        (gettext("Registration number"), organisation.registration_number),
        (gettext("Registered on"), pages.day(organisation.registration_date)),
        (gettext("Address for letters"), pages.said(organisation.letter_address)),
        (gettext("Public telephone"), organisation.public_phone),
        (gettext("Public e-mail"), organisation.public_email),
        (gettext("Other memoranda"), organisation.other_memoranda),
    )


def _work(organisation: Organisation) -> Rows:
    edition = editions.current()
    return _given(
        (gettext("Services"), _named(edition.services, organisation.codes(ChoiceKind.SERVICE))),
        (gettext("People served"), _named(edition.groups, organisation.codes(ChoiceKind.GROUP))),
        (gettext("Provinces"), _named(edition.provinces, organisation.codes(ChoiceKind.PROVINCE))),
        (gettext("Places"), pages.number(organisation.places)),
        (gettext("Places for children"), pages.number(organisation.child_places)),
        (gettext("Active cases"), pages.number(organisation.active_cases)),
    )


def _people(organisation: Organisation) -> Rows:
    director = organisations.director_of(organisation)
    if director is None:
        return []
    return _given(
        (gettext("Director"), pages.said(director.name)),
        (gettext("Post"), pages.said(director.post)),
        (gettext("Telephone"), director.phone),
        (gettext("E-mail address"), director.email),
    )


def _given(*pairs: tuple[str, object]) -> Rows:
    return [{"key": key, "value": value} for key, value in pairs if value]


def _named(choices: Iterable[terms.Choice], chosen: frozenset[str]) -> Markup:
    lines = [pages.said(choice.name) for choice in choices if choice.code in chosen]
    return Markup("<br>").join(lines)
