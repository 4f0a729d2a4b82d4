"""All that an organisation has answered, part by part, for reading before it is sent and afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from contracts import terms
from registry.editions import queries as editions
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.organisations.states import ChoiceKind, Section
from registry.views.labels import ITEM, SITE
from registry.views.organisation.own import invited_director, section_page
from registry.views.organisation.words import SECTION
from registry.views.pages import day, number, said

Row = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One part of the file: its answers, whether it is complete, and where it is changed ("" when closed)."""

    title: str
    rows: list[Row]
    is_done: bool
    change: str


def parts_of(organisation: Organisation) -> list[Part]:
    """Every part of the file, in the order of the task list."""
    rows = {
        Section.LEGAL: _legal,
        Section.WORK: _work,
        Section.PEOPLE: _people,
        Section.SITES: _sites,
        Section.PAPERS: _papers,
    }
    return [
        Part(
            title=str(SECTION[section]),
            rows=rows[section](organisation),
            is_done=organisations.is_done(organisation, section),
            change=section_page(organisation, section) if organisation.is_open_for_answers else "",
        )
        for section in Section
    ]


def province(code: str) -> str:
    """The name of a province in the language of the page."""
    return _names(editions.current().provinces, {code})


def _legal(organisation: Organisation) -> list[Row]:
    kinds = {
        None: "",
        True: gettext("A foreign organisation"),
        False: gettext("A Cambodian organisation or association"),
    }
    return [
        _row(gettext("Name in Khmer"), organisation.name_km, "km"),
        _row(gettext("Name in Latin letters"), organisation.name_latin, "en"),
        _row(gettext("Acronym"), organisation.acronym),
        _row(gettext("Registered as"), kinds[organisation.is_foreign]),
        _row(gettext("Number of the legal registration"), organisation.registration_number),
        _row(gettext("Day of the legal registration"), day(organisation.registration_date)),
        _row(gettext("Address for letters, in Khmer"), organisation.letter_address_km, "km"),
        _row(gettext("Address for letters, in English"), organisation.letter_address_en, "en"),
        _row(gettext("Phone number for the public"), organisation.public_phone),
        _row(gettext("E-mail address for the public"), organisation.public_email),
        _row(gettext("Other memoranda with a ministry"), organisation.other_memoranda),
    ]


def _work(organisation: Organisation) -> list[Row]:
    edition = editions.current()
    described = organisation.work_described
    return [
        _row(gettext("Services"), _names(edition.services, organisation.codes(ChoiceKind.SERVICE))),
        _row(gettext("People served"), _names(edition.groups, organisation.codes(ChoiceKind.GROUP))),
        _row(gettext("Provinces"), _names(edition.provinces, organisation.codes(ChoiceKind.PROVINCE))),
        _row(gettext("Places where people can live"), number(organisation.places) if described else ""),
        _row(
            gettext("Places for children among them"), number(organisation.child_places) if described else ""
        ),
        _row(gettext("Cases that you follow now"), number(organisation.active_cases) if described else ""),
    ]


def _people(organisation: Organisation) -> list[Row]:
    director, invited = organisations.director_of(organisation), invited_director(organisation)
    posts = {post.code: said(post.name) for post in editions.current().posts}
    waiting = gettext("%(name)s, has not opened an account yet", name=invited.name) if invited else ""
    return [
        _row(gettext("Director"), said(director.name) if director else waiting),
        _row(gettext("The director's post in Khmer"), director.post_km if director else "", "km"),
        _row(gettext("The director's post in English"), director.post_en if director else "", "en"),
        *(
            _row(posts.get(row.post, row.post), number(row.number))
            for row in sorted(organisation.posts, key=lambda row: list(posts).index(row.post))
            if row.number
        ),
    ]


def _sites(organisation: Organisation) -> list[Row]:
    # Where a site is, is not repeated here: this page is printed and shown around.
    return [
        _row(site.place.called, f"{SITE[site.kind]}, {province(site.province)}")
        for site in organisation.sites
    ]


def _papers(organisation: Organisation) -> list[Row]:
    kept = [(kind, organisation.paper(kind)) for kind in organisations.papers_needed(organisation)]
    return [
        {
            "key": str(ITEM[f"paper-{kind}"]),
            "value": paper.filename if paper else gettext("not uploaded yet"),
            "href": url_for("organisation.paper_file", paper_id=paper.id) if paper else "",
            "action": gettext("Download"),
        }
        for kind, paper in kept
    ]


def _row(key: str, value: str, language: str = "") -> Row:
    return {"key": key, "value": value or "–", "language": language if value else ""}


def _names(choices: Iterable[terms.Choice], chosen: Iterable[str]) -> str:
    wanted = set(chosen)
    return ", ".join(said(choice.name) for choice in choices if choice.code in wanted)
