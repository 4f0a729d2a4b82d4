"""The life of a registration: every status times every move, and the rules beside the table."""

import itertools

import pytest

from registry.kernel import history
from registry.kernel.moves import IllegalMove, NotAllowed, next_status
from registry.organisations import queries
from registry.organisations.operations import applying, deciding
from registry.organisations.states import (
    REGISTRATION,
    Advice,
    CheckResult,
    RegistrationMove,
    RegistrationStatus,
)
from registry.people.states import Role
from tests.factories import Factory


@pytest.mark.parametrize(("status", "move"), list(itertools.product(RegistrationStatus, RegistrationMove)))
def test_every_move_from_every_status_goes_where_the_table_says_or_is_illegal(
    status: RegistrationStatus, move: RegistrationMove
) -> None:
    if (status, move) in REGISTRATION:
        assert next_status(REGISTRATION, status, move) is REGISTRATION[status, move]
    else:
        with pytest.raises(IllegalMove):
            next_status(REGISTRATION, status, move)


# The other two come from acts outside an application: see the sample registry.
REACHED = [each for each in RegistrationStatus if each not in {"identified", "removed"}]


@pytest.mark.parametrize("status", REACHED)
def test_an_organisation_reaches_each_status_through_the_operations(
    make: Factory, status: RegistrationStatus
) -> None:
    organisation = make.organisation(status)
    assert organisation.status is status
    assert history.first_bad_row() is None


def test_an_unfinished_registration_cannot_be_submitted(make: Factory) -> None:
    organisation = make.organisation()
    director = queries.director_of(organisation)
    assert director is not None
    with pytest.raises(NotAllowed, match="registration-unfinished"):
        applying.submit(organisation, by=director)


def test_who_recommended_cannot_decide(make: Factory) -> None:
    organisation = make.organisation(RegistrationStatus.IN_REVIEW)
    officer = make.staff(Role.OFFICER)
    make.conform(organisation, officer)
    with pytest.raises(NotAllowed, match="own-recommendation"):
        deciding.register(organisation, by=officer)


def test_registration_cannot_be_recommended_while_an_item_has_a_question(make: Factory) -> None:
    organisation = make.organisation(RegistrationStatus.IN_REVIEW)
    officer = make.staff(Role.OFFICER)
    for item in queries.items_to_check(organisation):
        deciding.check_item(organisation, by=officer, item=item, result=CheckResult.QUESTION, note="Why?")
    with pytest.raises(NotAllowed, match="items-not-conforming"):
        deciding.recommend(organisation, by=officer, advice=Advice.REGISTER, note="")


def test_who_refused_cannot_decide_the_review(make: Factory) -> None:
    organisation = make.organisation(RegistrationStatus.REVIEW_REQUESTED)
    with pytest.raises(NotAllowed, match="own-refusal"):
        deciding.register(organisation, by=make.staff(Role.APPROVER))
    another = make.person(Role.APPROVER)
    deciding.register(organisation, by=another)
    assert organisation.status is RegistrationStatus.REGISTERED


def test_what_was_submitted_cannot_be_changed(make: Factory) -> None:
    organisation = make.organisation(RegistrationStatus.SUBMITTED)
    director = queries.director_of(organisation)
    assert director is not None
    with pytest.raises(NotAllowed, match="registration-closed"):
        make.fill_in(organisation, director)
