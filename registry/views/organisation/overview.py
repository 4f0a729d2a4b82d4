"""The first page of an organisation's door: where we are now, what comes next, and by when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext
from flask_babel.speaklater import LazyString

from registry.compliance import queries as compliance
from registry.editions import queries as editions
from registry.memoranda import queries as memoranda
from registry.memoranda.models import Memorandum
from registry.memoranda.states import Field, Phase
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation, Question
from registry.organisations.states import RegistrationMove, RegistrationStatus, Section
from registry.people import queries as people
from registry.people.states import Act
from registry.views import guard, labels
from registry.views.guard import Answer
from registry.views.organisation.door import organisation
from registry.views.organisation.file import parts_of
from registry.views.organisation.own import missing_papers, onward, own, section_page, waits_for_director
from registry.views.organisation.words import ABOUT_SECTION, NEXT, SECTION, WITH_MEMORANDUM
from registry.views.pages import number, page, said

NEXT_DUTIES = 3
# While one is renewed, the one in force and its successor both count.
NEWEST_MEMORANDA = 2
_MINISTRY_ANSWERS = frozenset(
    {RegistrationStatus.SUBMITTED, RegistrationStatus.IN_REVIEW, RegistrationStatus.REVIEW_REQUESTED}
)
# Where on the way from first answers to memorandum a registration is; those that left it have no way.
_PLACE = {
    RegistrationStatus.DRAFT: 0,
    RegistrationStatus.INFORMATION_REQUESTED: 0,
    RegistrationStatus.SUBMITTED: 1,
    RegistrationStatus.IN_REVIEW: 1,
    RegistrationStatus.REFUSED: 2,
    RegistrationStatus.REVIEW_REQUESTED: 2,
    RegistrationStatus.REGISTERED: 3,
}


@dataclass(frozen=True)
class DutyLine:
    """One duty that falls due next."""

    title: str
    due_on: date
    label: labels.Label


@organisation.get("")
@guard.may(Act.SEE_OWN_ORGANISATION)
def home() -> Answer:
    known = own()
    return page(
        "organisation/home.html",
        known=known,
        may=_may(known),
        people=[
            (each, labels.ROLE[role]) for each in people.people_of(known.id) for role in sorted(each.roles)
        ],
        **_registration(known),
        **_memorandum(known),
    )


@organisation.get("/file")
@guard.may(Act.SEE_OWN_ORGANISATION)
def file() -> Answer:
    known = own()
    return page("organisation/file.html", known=known, parts=parts_of(known))


def _registration(known: Organisation) -> dict[str, object]:
    """Where the registration is, what happens next, and what there is to do."""
    return {
        "status": labels.REGISTRATION[known.status],
        "what_next": _what_next(known),
        "answer_due": known.answer_due if known.status in _MINISTRY_ANSWERS else None,
        "is_refused": known.can(RegistrationMove.REQUEST_REVIEW),
        "refusal": organisations.last_decision(known),
        "tasks": _tasks(known) if known.is_open_for_answers else [],
        "questions": [_question(each) for each in known.questions],
        "ready": not organisations.unfinished(known) and not organisations.open_questions(known),
        "onward": onward(known),
        "waits_for_director": waits_for_director(known),
        "may_read_ahead": known.work_described and not memoranda.all_of(known),
    }


def _what_next(known: Organisation) -> LazyString:
    signs = known.status is RegistrationStatus.REGISTERED and memoranda.all_of(known)
    return WITH_MEMORANDUM if signs else NEXT[known.status]


def _memorandum(known: Organisation) -> dict[str, object]:
    """The memoranda that matter now, the public label, and the duties that fall due next."""
    standing = compliance.standing_of(known)
    return {
        "memoranda": [_card(each) for each in memoranda.all_of(known)[:NEWEST_MEMORANDA]],
        "standing": standing[1] if standing else None,
        "way": [] if standing else _way(known),
        "duties": _next_duties(memoranda.in_force(known)),
    }


def _card(memorandum: Memorandum) -> dict[str, object]:
    return {
        "reference": memorandum.reference,
        "href": url_for("organisation.memorandum", reference=memorandum.reference),
        "label": labels.of_memorandum(memorandum.status, memorandum.phase),
        "first": memorandum.in_force_from,
        "last": memorandum.expires_on,
        "waits_for_you": memorandum.phase is Phase.WAITING_FOR_ORGANISATION,
    }


def _question(asked: Question) -> dict[str, Any]:
    answered = asked.answered_at is not None
    return {
        "title": asked.text,
        "href": url_for("organisation.question", question_id=asked.id),
        "hint": labels.ITEM.get(asked.item, asked.item),
        "label": labels.Label(gettext("Answered"), "good")
        if answered
        else labels.Label(gettext("Not answered"), "notice"),
    }


def _may(known: Organisation) -> dict[str, bool]:
    """Which acts stand open to this person now."""
    me = guard.me()
    return {
        "submit": known.can(RegistrationMove.SUBMIT) and me.may(Act.FILL_IN_REGISTRATION),
        "ask_for_review": known.can(RegistrationMove.REQUEST_REVIEW) and me.may(Act.ASK_FOR_REVIEW),
        "withdraw": known.can(RegistrationMove.WITHDRAW) and me.may(Act.WITHDRAW_REGISTRATION),
        "invite": me.may(Act.INVITE_PREPARER),
    }


def _way(known: Organisation) -> list[dict[str, str]]:
    """The four steps to a memorandum, and which one is now."""
    place = _PLACE.get(known.status)
    if place is None:
        return []
    titles = (
        gettext("You fill in and submit"),
        gettext("The Ministry checks"),
        gettext("The Ministry decides"),
        gettext("You read and sign the memorandum"),
    )
    return [
        {"title": title, "state": "done" if step < place else "now" if step == place else "next"}
        for step, title in enumerate(titles)
    ]


def _tasks(known: Organisation) -> list[dict[str, Any]]:
    return [
        {
            "title": SECTION[section],
            "href": section_page(known, section),
            "hint": ABOUT_SECTION[section],
            "label": _progress(known, section),
        }
        for section in Section
    ]


def _progress(known: Organisation, section: Section) -> labels.Label:
    if organisations.is_done(known, section):
        return labels.Label(gettext("Done"), "good")
    if section is Section.PEOPLE and waits_for_director(known):
        return labels.Label(gettext("Waits for the director"), "waiting")
    if section is Section.PAPERS:
        needed = len(organisations.papers_needed(known))
        given = needed - len(missing_papers(known))
        if given:
            words = gettext("%(given)s of %(needed)s", given=number(given), needed=number(needed))
            return labels.Label(words, "waiting")
    if section is Section.SITES and known.sites:
        return labels.Label(gettext("A place where people live is missing"), "notice")
    return labels.Label(gettext("Not started"))


def _next_duties(binding: Memorandum | None) -> list[DutyLine]:
    if binding is None:
        return []
    edition = editions.edition(binding.edition)
    owed = [
        each for each in compliance.duties_of(binding) if each.is_owed and each.party is Field.ORGANISATION
    ]
    return [
        DutyLine(said(edition.obligation(each.code).title), each.owed_by, labels.of_duty(each.timing))
        for each in sorted(owed, key=lambda each: each.owed_by)[:NEXT_DUTIES]
    ]
