"""The Ministry's pages about registration: the desk, the file, the checks, the decisions, and who may."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from registry.kernel import clock, history
from registry.kernel.db import db
from registry.kernel.outbox import Letter
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.organisations.states import Advice, CheckResult, RegistrationStatus
from registry.people.models import Person
from registry.people.operations import add_role
from registry.people.states import Role
from tests.factories import A_PDF, Factory
from tests.views.desks import Desk

Desks = Callable[[Person], Desk]
S = RegistrationStatus


@pytest.fixture
def desk_of(signed_in: Callable[[Person], FlaskClient]) -> Desks:
    """Gives the desk of a person who is signed in."""
    return lambda person: Desk(signed_in(person))


def _file(organisation: Organisation, act: str = "") -> str:
    return f"/en/ministry/organisations/{organisation.reference}{act}"


def _letters(name: str) -> list[Letter]:
    return list(db.session.scalars(db.select(Letter).where(Letter.name == name)))


def _status(organisation: Organisation) -> RegistrationStatus:
    db.session.expire_all()
    return organisation.status


def _recommended(make: Factory) -> Organisation:
    """An application that an officer has checked and recommended, and nobody has decided."""
    organisation = make.organisation(S.IN_REVIEW)
    make.conform(organisation, make.staff(Role.OFFICER))
    db.session.commit()
    return organisation


def test_the_desk_shows_an_officer_the_least_time_left_first(make: Factory, desk_of: Desks) -> None:
    new = make.organisation(S.SUBMITTED)
    with clock.stopped(clock.now() - timedelta(days=30)):
        old = make.organisation(S.SUBMITTED)
    page = desk_of(make.staff(Role.OFFICER)).get("/en/ministry/").text
    assert page.index(old.reference) < page.index(new.reference)
    assert " days late" in page
    assert " days left" in page


def test_the_desk_shows_an_approver_only_what_they_may_decide(make: Factory, desk_of: Desks) -> None:
    ready, unchecked = _recommended(make), make.organisation(S.IN_REVIEW)
    page = desk_of(make.staff(Role.APPROVER)).get("/en/ministry/").text
    assert ready.reference in page
    assert unchecked.reference not in page


def test_an_approver_who_refused_does_not_find_the_review_on_the_desk(make: Factory, desk_of: Desks) -> None:
    organisation = make.organisation(S.REVIEW_REQUESTED)
    first, second = desk_of(make.staff(Role.APPROVER)), desk_of(make.person(Role.APPROVER))
    assert organisation.reference not in first.get("/en/ministry/").text
    assert "Review a refusal" in second.get("/en/ministry/").text


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_nothing_waits_for_those_who_decide_nothing(make: Factory, desk_of: Desks, role: Role) -> None:
    organisation = make.organisation(S.SUBMITTED)
    answer = desk_of(make.staff(role)).get("/en/ministry/")
    assert answer.status_code == 200
    assert organisation.reference not in answer.text


def test_the_list_counts_filters_and_searches(make: Factory, desk_of: Desks) -> None:
    submitted, registered = make.organisation(S.SUBMITTED), make.organisation(S.REGISTERED)
    browser = desk_of(make.staff(Role.AUDITOR))
    filtered = browser.get("/en/ministry/organisations?status=registered").text
    assert registered.reference in filtered
    assert submitted.reference not in filtered
    searched = browser.get(f"/en/ministry/organisations?words={submitted.name_latin.upper()}").text
    assert submitted.reference in searched
    assert registered.reference not in searched
    assert browser.get("/en/ministry/organisations?status=nothing").status_code == 404


def test_the_file_shows_what_a_decision_needs(make: Factory, desk_of: Desks) -> None:
    organisation = make.organisation(S.IN_REVIEW)
    twin = make.organisation(S.SUBMITTED)
    twin.registration_number = organisation.registration_number
    db.session.commit()
    page = desk_of(make.staff(Role.OFFICER)).get(_file(organisation)).text
    for said in ("Longer residential care", "case manager", "Phnom Penh", "Taken up", twin.reference):
        assert said in page, said
    assert "Hidden street" not in page


def test_an_unknown_reference_is_not_found(make: Factory, desk_of: Desks) -> None:
    browser = desk_of(make.staff(Role.OFFICER))
    assert browser.get("/en/ministry/organisations/CR-NOTHERE").status_code == 404


def test_a_paper_is_handed_out_as_a_file_and_never_shown(make: Factory, desk_of: Desks) -> None:
    organisation, other = make.organisation(S.SUBMITTED), make.organisation(S.SUBMITTED)
    paper = organisation.papers[0]
    browser = desk_of(make.staff(Role.AUDITOR))
    answer = browser.get(_file(organisation, f"/papers/{paper.id}"))
    assert answer.data.startswith(A_PDF)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert browser.get(_file(other, f"/papers/{paper.id}")).status_code == 404


@pytest.mark.parametrize("role", [Role.OFFICER, Role.INSPECTOR])
def test_each_look_at_a_place_is_journalled(make: Factory, desk_of: Desks, role: Role) -> None:
    organisation = make.organisation(S.SUBMITTED)
    address = _file(organisation, f"/sites/{organisation.sites[0].id}/place")
    browser = desk_of(make.staff(role))
    assert browser.get(address).status_code == 405
    answer = browser.post(address)
    assert "Hidden street 271" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    newest = history.of_organisation(organisation.reference)[0]
    assert (newest.action, newest.actor) == ("place looked at", make.staff(role).pseudonym)
    assert "Hidden street" not in newest.content


@pytest.mark.parametrize("role", [Role.APPROVER, Role.AUDITOR, Role.SIGNATORY, Role.ADMINISTRATOR])
def test_nobody_else_sees_a_place(make: Factory, desk_of: Desks, role: Role) -> None:
    organisation = make.organisation(S.SUBMITTED)
    browser = desk_of(make.staff(role))
    assert browser.post(_file(organisation, f"/sites/{organisation.sites[0].id}/place")).status_code == 403
    assert "Hidden street" not in browser.get(_file(organisation)).text


def test_an_officer_takes_up_and_finds_everything_conforming_in_one_act(
    make: Factory, desk_of: Desks
) -> None:
    organisation, officer = make.organisation(S.SUBMITTED), make.staff(Role.OFFICER)
    browser = desk_of(officer)
    assert browser.post(_file(organisation, "/take-up")).location.endswith("/check")
    assert _status(organisation) is S.IN_REVIEW
    assert browser.post(_file(organisation, "/conform")).location.endswith("/recommend")
    db.session.expire_all()
    found = organisations.checks_now(organisation)
    assert set(found) == set(organisations.items_to_check(organisation))
    assert {check.result for check in found.values()} == {CheckResult.CONFORMING}
    assert {check.checked_by_id for check in found.values()} == {officer.id}


def test_the_one_act_leaves_a_question_a_question(make: Factory, desk_of: Desks) -> None:
    organisation = make.organisation(S.IN_REVIEW)
    browser = desk_of(make.staff(Role.OFFICER))
    browser.post(_file(organisation, "/check"), work__result="question", work__note="How many places?")
    assert browser.post(_file(organisation, "/conform")).location.endswith("/request-information")
    db.session.expire_all()
    assert organisations.questions_to_send(organisation) == ["How many places?"]


def test_a_question_without_words_is_asked_for_them(make: Factory, desk_of: Desks) -> None:
    organisation = make.organisation(S.IN_REVIEW)
    browser = desk_of(make.staff(Role.OFFICER))
    answer = browser.post(_file(organisation, "/check"), work__result="question")
    assert "Write what the organisation should answer." in answer.text
    db.session.expire_all()
    assert organisations.checks_now(organisation) == {}


def test_the_questions_are_previewed_and_sent_at_once(make: Factory, desk_of: Desks) -> None:
    organisation = make.organisation(S.IN_REVIEW)
    browser = desk_of(make.staff(Role.OFFICER))
    assert browser.get(_file(organisation, "/request-information")).status_code == 409
    browser.post(_file(organisation, "/check"), legal__result="question", legal__note="Which ministry?")
    assert "Which ministry?" in browser.get(_file(organisation, "/request-information")).text
    assert _letters("information_requested") == []
    browser.post(_file(organisation, "/request-information"))
    assert _status(organisation) is S.INFORMATION_REQUESTED
    assert "Which ministry?" in _letters("information_requested")[0].body


def test_a_recommendation_reaches_the_approvers(make: Factory, desk_of: Desks) -> None:
    organisation, approver = make.organisation(S.IN_REVIEW), make.staff(Role.APPROVER)
    browser = desk_of(make.staff(Role.OFFICER))
    browser.post(_file(organisation, "/conform"))
    browser.post(_file(organisation, "/recommend"), advice="register", note="")
    db.session.expire_all()
    decision = organisations.open_recommendation(organisation)
    assert decision is not None
    assert decision.advice is Advice.REGISTER
    assert [letter.recipient for letter in _letters("decision_waiting")] == [approver.pseudonym]
    assert browser.get(_file(organisation, "/check")).status_code == 409


def test_recommending_refusal_needs_a_reason(make: Factory, desk_of: Desks) -> None:
    organisation = make.organisation(S.IN_REVIEW)
    browser = desk_of(make.staff(Role.OFFICER))
    browser.post(_file(organisation, "/conform"))
    answer = browser.post(_file(organisation, "/recommend"), advice="refuse", note="")
    assert "Write the reason: the organisation will read it." in answer.text


def test_items_not_looked_at_stand_in_the_way_of_a_recommendation(make: Factory, desk_of: Desks) -> None:
    organisation = make.organisation(S.IN_REVIEW)
    browser = desk_of(make.staff(Role.OFFICER))
    answer = browser.post(_file(organisation, "/recommend"), advice="register", note="")
    assert "Look at every item first" in answer.text
    db.session.expire_all()
    assert organisation.decisions == []


def test_an_approver_registers_what_an_officer_recommended(make: Factory, desk_of: Desks) -> None:
    organisation = _recommended(make)
    browser = desk_of(make.staff(Role.APPROVER))
    assert "Register" in browser.get(_file(organisation)).text
    assert "is now in the register" in browser.get(_file(organisation, "/register")).text
    browser.post(_file(organisation, "/register"))
    assert _status(organisation) is S.REGISTERED
    assert len(_letters("registered")) == 1


def test_a_refusal_tells_the_reason(make: Factory, desk_of: Desks) -> None:
    organisation = _recommended(make)
    browser = desk_of(make.staff(Role.APPROVER))
    assert "The reason that you write stands here." in browser.get(_file(organisation, "/refuse")).text
    assert "Write the reason" in browser.post(_file(organisation, "/refuse"), reason=" ").text
    browser.post(_file(organisation, "/refuse"), reason="The statute is not signed.")
    assert _status(organisation) is S.REFUSED
    assert "The statute is not signed." in _letters("refused")[0].body


def test_somebody_else_decides_on_a_review(make: Factory, desk_of: Desks) -> None:
    organisation = make.organisation(S.REVIEW_REQUESTED)
    first, second = desk_of(make.staff(Role.APPROVER)), desk_of(make.person(Role.APPROVER))
    assert (
        "You refused this application. Somebody else must review it." in first.get(_file(organisation)).text
    )
    assert first.post(_file(organisation, "/register")).status_code == 409
    assert "The signed statute is attached." in second.get(_file(organisation, "/register")).text
    assert second.post(_file(organisation, "/register")).status_code == 303
    assert _status(organisation) is S.REGISTERED


@pytest.mark.parametrize("act", ["/register", "/refuse"])
def test_who_recommended_or_checked_cannot_decide(make: Factory, desk_of: Desks, act: str) -> None:
    organisation, officer = _recommended(make), make.staff(Role.OFFICER)
    add_role(officer, Role.APPROVER)
    db.session.commit()
    browser = desk_of(officer)
    assert browser.get(_file(organisation, act)).status_code == 409
    assert browser.post(_file(organisation, act), reason="No.").status_code in (200, 409)
    assert _status(organisation) is S.IN_REVIEW
    assert "Somebody else must decide." in browser.get(_file(organisation)).text


def test_who_only_checked_cannot_decide(make: Factory, desk_of: Desks) -> None:
    organisation, checker = make.organisation(S.IN_REVIEW), make.person(Role.OFFICER)
    add_role(checker, Role.APPROVER)
    checking, recommending = desk_of(checker), desk_of(make.staff(Role.OFFICER))
    checking.post(_file(organisation, "/conform"))
    recommending.post(_file(organisation, "/recommend"), advice="register", note="")
    assert checking.post(_file(organisation, "/register")).status_code == 409
    assert _status(organisation) is S.IN_REVIEW


OFFICER_ACTS = ["/take-up", "/check", "/conform", "/request-information", "/recommend", "/memorandum"]
APPROVER_ACTS = ["/register", "/refuse"]


@pytest.mark.parametrize("act", OFFICER_ACTS)
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICER}))
def test_only_an_officer_does_an_officers_acts(make: Factory, desk_of: Desks, act: str, role: Role) -> None:
    organisation = make.organisation(S.SUBMITTED)
    assert desk_of(make.person(role)).post(_file(organisation, act)).status_code == 403
    assert _status(organisation) is S.SUBMITTED


@pytest.mark.parametrize("act", APPROVER_ACTS)
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.APPROVER}))
def test_only_an_approver_decides(make: Factory, desk_of: Desks, act: str, role: Role) -> None:
    organisation = _recommended(make)
    assert desk_of(make.person(role)).post(_file(organisation, act)).status_code == 403
    assert _status(organisation) is S.IN_REVIEW


@pytest.mark.parametrize(
    ("status", "role", "act"),
    [
        (S.IN_REVIEW, Role.OFFICER, "/take-up"),
        (S.SUBMITTED, Role.OFFICER, "/conform"),
        (S.SUBMITTED, Role.OFFICER, "/request-information"),
        (S.SUBMITTED, Role.APPROVER, "/register"),
        (S.IN_REVIEW, Role.APPROVER, "/register"),
        (S.REFUSED, Role.OFFICER, "/memorandum"),
    ],
)
def test_a_move_that_is_not_open_is_answered_with_advice(
    make: Factory, desk_of: Desks, status: RegistrationStatus, role: Role, act: str
) -> None:
    organisation = make.organisation(status)
    answer = desk_of(make.staff(role)).post(_file(organisation, act))
    assert answer.status_code == 409
    assert "Load the page again, look at how it stands now, and then decide." in answer.text
    assert _status(organisation) is status


def test_nothing_that_was_recommended_can_be_changed_behind_the_approver(
    make: Factory, desk_of: Desks
) -> None:
    organisation = _recommended(make)
    browser = desk_of(make.staff(Role.OFFICER))
    browser.post(_file(organisation, "/check"), work__result="question", work__note="Why?")
    assert browser.post(_file(organisation, "/request-information")).status_code == 409
    db.session.expire_all()
    assert organisations.questions_to_send(organisation) == []
    assert _status(organisation) is S.IN_REVIEW


def test_an_auditor_sees_every_file_and_finds_no_act(make: Factory, desk_of: Desks) -> None:
    organisation = _recommended(make)
    page = desk_of(make.staff(Role.AUDITOR)).get(_file(organisation)).text
    main = page.partition("<main")[2]
    assert "<form" not in main
    assert f"/organisations/{organisation.reference}/register" not in main
