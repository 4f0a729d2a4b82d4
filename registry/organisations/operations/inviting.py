"""Who else works on an organisation's file: its director, and colleagues who prepare papers."""

from registry.kernel.moves import NotAllowed
from registry.organisations import queries
from registry.organisations.models import Organisation
from registry.people import operations as people
from registry.people.models import Invitation, Person
from registry.people.states import Role


def invite_director(
    organisation: Organisation, *, by: Person, name: str, email: str, language: str
) -> Invitation:
    """Invite the person who signs; an earlier invitation of a director ends, so that there is only one.

    Raises NotAllowed("director-there").
    """
    if queries.director_of(organisation):
        raise NotAllowed("director-there")
    people.end_invitations(organisation.id, Role.DIRECTOR)
    return _invite(organisation, Role.DIRECTOR, by=by, name=name, email=email, language=language)


def invite_preparer(
    organisation: Organisation, *, by: Person, name: str, email: str, language: str
) -> Invitation:
    """Invite a colleague who fills in and reports, and does not sign."""
    return _invite(organisation, Role.PREPARER, by=by, name=name, email=email, language=language)


def _invite(
    organisation: Organisation, role: Role, *, by: Person, name: str, email: str, language: str
) -> Invitation:
    return people.invite(
        email, name=name, role=role, language=language, by=by,
        organisation_id=organisation.id, organisation_name=dict(organisation.name),
    )  # fmt: skip
