"""What every page of an organisation's door begins with: its own file, and which page comes next."""

from flask import abort, url_for
from flask_babel import gettext

from registry.kernel.moves import NotAllowed
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.organisations.states import PaperKind, RegistrationMove, Section
from registry.people import queries as people
from registry.people.models import Invitation
from registry.people.states import Role
from registry.views import guard

_PAGES = {
    Section.LEGAL: "organisation.legal",
    Section.WORK: "organisation.work",
    Section.PEOPLE: "organisation.staff",
    Section.SITES: "organisation.sites",
}


def own() -> Organisation:
    """The file of the organisation that the person belongs to; 404 for everybody else."""
    return organisations.organisation_of(guard.me()) or abort(404)


def own_open() -> Organisation:
    """The same, for pages that change answers. Raises NotAllowed("registration-closed")."""
    organisation = own()
    if not organisation.is_open_for_answers:
        raise NotAllowed("registration-closed")
    return organisation


def invited_director(organisation: Organisation) -> Invitation | None:
    """The invitation of the director that waits for an answer."""
    invited = people.open_invitations_of(organisation.id)
    return next((each for each in invited if each.role is Role.DIRECTOR), None)


def waits_for_director(organisation: Organisation) -> bool:
    """Whether only the director's own account is missing from the section on people."""
    return (
        organisation.staff_described
        and organisations.director_of(organisation) is None
        and invited_director(organisation) is not None
    )


def missing_papers(organisation: Organisation) -> list[PaperKind]:
    """The papers still asked for, in order."""
    return [kind for kind in organisations.papers_needed(organisation) if organisation.paper(kind) is None]


def section_page(organisation: Organisation, section: Section) -> str:
    """The address of a section; of the papers, the first that is missing, else the first."""
    if section is not Section.PAPERS:
        return url_for(_PAGES[section])
    kinds = missing_papers(organisation) or organisations.papers_needed(organisation)
    return url_for("organisation.paper", kind=kinds[0].value)


def onward(organisation: Organisation) -> str:
    """The next page that still lacks an answer; the page to submit on when none does."""
    for section in organisations.unfinished(organisation):
        if section is not Section.PEOPLE or not waits_for_director(organisation):
            return section_page(organisation, section)
    asked = organisations.open_questions(organisation)
    if asked:
        return url_for("organisation.question", question_id=asked[0].id)
    ready = organisation.can(RegistrationMove.SUBMIT) and not organisations.unfinished(organisation)
    return url_for("organisation.submit" if ready else "organisation.home")


def saved_words() -> str:
    """What is said after each page that was saved."""
    return str(gettext("Saved."))
