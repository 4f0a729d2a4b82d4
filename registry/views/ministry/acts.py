"""Which acts a person of the Ministry finds on a page: what the table of moves and their roles allow."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from registry.memoranda import queries as memoranda
from registry.memoranda.models import Memorandum
from registry.memoranda.states import MemorandumMove
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.organisations.states import RegistrationMove
from registry.people.models import Person
from registry.people.states import Act
from registry.views import pages


@dataclass(frozen=True)
class Offered:
    """One act as a page offers it: a link to its own page, or a button that posts at once."""

    text: str
    href: str
    posts: bool = False
    second: bool = False
    danger: bool = False


def on_organisation(organisation: Organisation, person: Person) -> list[Offered]:
    """The acts on an organisation's file, the most likely one first."""
    return [
        *_officers(organisation, person),
        *_approvers(organisation, person),
        *_preparers(organisation, person),
    ]


def why_not_decide(organisation: Organisation, person: Person) -> str:
    """Why an approver finds no buttons on a file that waits for a decision; "" otherwise."""
    if not organisation.can(RegistrationMove.REGISTER) or not person.may(Act.DECIDE_REGISTRATION):
        return ""
    hindrance = organisations.hindrance_to_decide(organisation, person)
    return pages.sentence(hindrance) if hindrance else ""


def on_memorandum(memorandum: Memorandum, person: Person) -> list[Offered]:
    """The acts on a memorandum that is being prepared or signed; offering has its own form on the page."""
    reference, found = memorandum.reference, []
    if memorandum.can(MemorandumMove.REVISE) and person.may(Act.OFFER_MEMORANDUM):
        found.append(Offered(gettext("Revise"), url_for("ministry.revise", reference=reference)))
    named = memorandum.ministry_signatory_id == person.id and memorandum.prepared_by_id != person.id
    if memorandum.can(MemorandumMove.COUNTERSIGN) and person.may(Act.COUNTERSIGN) and named:
        found.append(
            Offered(gettext("Read and countersign"), url_for("ministry.read_to_sign", reference=reference))
        )
    if memorandum.can(MemorandumMove.RETURN) and person.may(Act.COUNTERSIGN):
        address = url_for("ministry.return_memorandum", reference=reference)
        found.append(Offered(gettext("Return to the officer"), address, second=True))
    if _can_be_read_aloud(memorandum) and person.may(Act.OFFER_MEMORANDUM):
        address = url_for("ministry.read_aloud", reference=reference)
        words = gettext("I read this memorandum aloud to the director")
        found.append(Offered(words, address, posts=True, second=True))
    return found


def _can_be_read_aloud(memorandum: Memorandum) -> bool:
    signatory = memorandum.organisation_signatory
    if not memorandum.can(MemorandumMove.SIGN) or signatory is None:
        return False
    check = memorandum.check_of(signatory)
    return check is None or check.assisted_by is None


def _officers(organisation: Organisation, person: Person) -> Iterator[Offered]:
    reference = organisation.reference
    if organisation.can(RegistrationMove.TAKE_UP) and person.may(Act.CHECK_APPLICATION):
        yield Offered(
            gettext("Take up and check"), url_for("ministry.take_up", reference=reference), posts=True
        )
    in_review = organisation.can(RegistrationMove.REQUEST_INFORMATION)
    if not in_review or organisations.open_recommendation(organisation):
        return
    ready = organisations.hindrance_to_recommend(organisation) is None
    asks = bool(organisations.questions_to_send(organisation))
    if ready and person.may(Act.RECOMMEND):
        yield Offered(gettext("Recommend"), url_for("ministry.recommend", reference=reference), second=asks)
    if asks and person.may(Act.ASK_FOR_INFORMATION):
        yield Offered(gettext("Send the questions"), url_for("ministry.ask", reference=reference))
    if person.may(Act.CHECK_APPLICATION):
        address = url_for("ministry.check", reference=reference)
        yield Offered(gettext("Check item by item"), address, second=ready or asks)


def _approvers(organisation: Organisation, person: Person) -> Iterator[Offered]:
    reference = organisation.reference
    if not person.may(Act.DECIDE_REGISTRATION) or organisations.hindrance_to_decide(organisation, person):
        return
    if organisation.can(RegistrationMove.REGISTER):
        yield Offered(gettext("Register"), url_for("ministry.register", reference=reference))
    if organisation.can(RegistrationMove.REFUSE):
        yield Offered(gettext("Refuse"), url_for("ministry.refuse", reference=reference), second=True)


def _preparers(organisation: Organisation, person: Person) -> Iterator[Offered]:
    if person.may(Act.OFFER_MEMORANDUM) and memoranda.hindrance_to_draft(organisation) is None:
        address = url_for("ministry.prepare", reference=organisation.reference)
        yield Offered(gettext("Prepare a memorandum"), address, posts=True)
