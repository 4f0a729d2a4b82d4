"""The Ministry's pages about memoranda, reports, the journal and its people, and who may do what there."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from registry.compliance import operations as compliance
from registry.compliance import queries as duties
from registry.compliance.models import Duty
from registry.compliance.states import DutyStatus
from registry.kernel.db import db
from registry.kernel.outbox import Letter
from registry.memoranda import queries as memoranda
from registry.memoranda.models import Memorandum
from registry.memoranda.operations import answering, offering
from registry.memoranda.states import Field, MemorandumStatus
from registry.organisations.models import Organisation
from registry.organisations.states import RegistrationStatus
from registry.people import queries as people
from registry.people.models import Person
from registry.people.operations import add_role
from registry.people.states import Role
from tests.factories import Factory
from tests.views import signers
from tests.views.desks import Desk

Desks = Callable[[Person], Desk]
M = MemorandumStatus


@pytest.fixture
def desk_of(signed_in: Callable[[Person], FlaskClient]) -> Desks:
    """Gives the desk of a person who is signed in."""
    return lambda person: Desk(signed_in(person))


def _page(memorandum: Memorandum, act: str = "") -> str:
    return f"/en/ministry/memoranda/{memorandum.reference}{act}"


def _letters(name: str) -> list[Letter]:
    return list(db.session.scalars(db.select(Letter).where(Letter.name == name)))


def _drafted(make: Factory) -> Memorandum:
    make.staff(Role.SIGNATORY)
    return offering.draft(make.organisation(RegistrationStatus.REGISTERED), by=make.staff(Role.OFFICER))


def _signed(make: Factory) -> Memorandum:
    memorandum = signers.offered(make)
    signers.record_signature(memorandum, Field.ORGANISATION)
    return memorandum


def _director(organisation: Organisation) -> Person:
    return next(person for person in people.people_of(organisation.id) if Role.DIRECTOR in person.roles)


def _reported(make: Factory) -> Duty:
    memorandum = signers.in_force(make)
    duty = next(each for each in duties.duties_of(memorandum) if each.party is Field.ORGANISATION)
    compliance.report(duty, by=_director(memorandum.organisation), note="12 people helped.")
    return duty


def _own_duty(make: Factory) -> Duty:
    found = duties.duties_of(signers.in_force(make))
    return next(each for each in found if each.party is Field.MINISTRY)


def test_an_officer_prepares_a_memorandum_and_sees_its_text(make: Factory, desk_of: Desks) -> None:
    organisation = make.organisation(RegistrationStatus.REGISTERED)
    make.staff(Role.SIGNATORY)
    desk = desk_of(make.staff(Role.OFFICER))
    assert "Prepare a memorandum" in desk.get("/en/ministry/").text
    answer = desk.post(f"/en/ministry/organisations/{organisation.reference}/memorandum")
    begun = memoranda.under_way(organisation)
    assert begun is not None
    assert answer.location.endswith(begun.reference)
    page = desk.get(_page(begun)).text
    assert "The text as it would be frozen now" in page
    assert organisation.name_latin in page
    assert "Freeze the text and offer it" in page
    again = desk.post(f"/en/ministry/organisations/{organisation.reference}/memorandum")
    assert again.status_code == 409


def test_an_offer_needs_a_signatory(make: Factory, desk_of: Desks) -> None:
    memorandum = _drafted(make)
    answer = desk_of(make.staff(Role.OFFICER)).post(_page(memorandum, "/offer"))
    assert "Choose who signs for the Ministry." in answer.text
    assert memorandum.status is M.DRAFT


def test_who_prepares_cannot_name_themselves_as_signatory(make: Factory, desk_of: Desks) -> None:
    memorandum, officer = _drafted(make), make.staff(Role.OFFICER)
    add_role(officer, Role.SIGNATORY)
    answer = desk_of(officer).post(_page(memorandum, "/offer"), signatory=str(officer.id))
    assert answer.status_code == 200
    assert memorandum.status is M.DRAFT


@pytest.mark.documents
def test_an_offer_freezes_the_text_and_tells_the_organisation(make: Factory, desk_of: Desks) -> None:
    memorandum, signatory = _drafted(make), make.staff(Role.SIGNATORY)
    desk = desk_of(make.staff(Role.OFFICER))
    answer = desk.post(_page(memorandum, "/offer"), signatory=str(signatory.id))
    assert answer.status_code == 303, answer.text
    assert memorandum.status is M.OFFERED
    assert len(_letters("memorandum_offered")) == 1
    assert desk.get(_page(memorandum, "/memorandum.pdf")).data.startswith(b"%PDF")
    assert desk.get(_page(memorandum, "/memorandum.docx")).data.startswith(b"PK")
    assert desk.post(_page(memorandum, "/offer"), signatory=str(signatory.id)).status_code == 409


def test_a_file_that_was_never_stored_is_not_found(make: Factory, desk_of: Desks) -> None:
    memorandum = _drafted(make)
    desk = desk_of(make.staff(Role.AUDITOR))
    for kind in ("pdf", "docx", "json"):
        assert desk.get(_page(memorandum, f"/memorandum.{kind}")).status_code == 404


def test_stored_files_are_handed_out_as_files(make: Factory, desk_of: Desks) -> None:
    memorandum = signers.offered(make)
    answer = desk_of(make.staff(Role.AUDITOR)).get(_page(memorandum, "/memorandum.json"))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert memorandum.reference in answer.text


def test_a_change_that_was_asked_for_is_read_and_answered(make: Factory, desk_of: Desks) -> None:
    memorandum = signers.offered(make)
    answering.request_changes(
        memorandum, by=_director(memorandum.organisation), reason="Article 6 names the wrong post."
    )
    desk = desk_of(make.staff(Role.OFFICER))
    assert "Article 6 names the wrong post." in desk.get(_page(memorandum)).text
    assert "Write an answer." in desk.post(_page(memorandum, "/revise"), answer="").text
    unanswered = desk.post(_page(memorandum, "/revise"), answer="The post is put right.")
    assert "Answer every change that was asked for first" in unanswered.text
    (asked,) = memorandum.change_requests
    answer = {"answer": "granted", "answer_text": "The post is put right in your file."}
    assert desk.post(_page(memorandum, f"/changes/{asked.id}"), **answer).status_code == 303
    assert desk.post(_page(memorandum, "/revise"), answer="The post is put right.").status_code == 303
    assert memorandum.status is M.DRAFT
    assert "Article 6 names the wrong post." in desk.get(_page(memorandum)).text


def test_a_declined_memorandum_shows_why(make: Factory, desk_of: Desks) -> None:
    memorandum = signers.offered(make)
    answering.decline(memorandum, by=_director(memorandum.organisation), reason="Our board said no.")
    assert "Our board said no." in desk_of(make.staff(Role.AUDITOR)).get(_page(memorandum)).text


def test_only_the_named_signatory_finds_the_countersignature_on_the_desk(
    make: Factory, desk_of: Desks
) -> None:
    memorandum = _signed(make)
    named, other = desk_of(make.staff(Role.SIGNATORY)), desk_of(make.person(Role.SIGNATORY))
    assert memorandum.reference in named.get("/en/ministry/").text
    assert memorandum.reference not in other.get("/en/ministry/").text
    assert named.get(_page(memorandum, "/sign")).status_code == 200
    assert other.get(_page(memorandum, "/sign")).status_code == 403


def test_who_prepared_cannot_countersign(make: Factory, desk_of: Desks) -> None:
    memorandum, officer = _signed(make), make.staff(Role.OFFICER)
    add_role(officer, Role.SIGNATORY)
    desk = desk_of(officer)
    assert "You prepared this memorandum." in desk.get(_page(memorandum, "/sign")).text
    assert desk.post(_page(memorandum, "/sign/agree")).status_code == 403
    assert desk.post(_page(memorandum, "/sign/confirm")).status_code == 403
    assert "Read and countersign" not in desk.get(_page(memorandum)).text
    assert memorandum.status is M.SIGNED


def test_the_signatory_returns_it_with_a_reason(make: Factory, desk_of: Desks) -> None:
    memorandum = _signed(make)
    desk = desk_of(make.staff(Role.SIGNATORY))
    assert "Write the reason" in desk.post(_page(memorandum, "/return"), reason="").text
    desk.post(_page(memorandum, "/return"), reason="The post of the director is wrong.")
    assert memorandum.status is M.RETURNED
    assert any("The post of the director is wrong." in each.body for each in _letters("memorandum_returned"))
    assert "Revise a memorandum" in desk_of(make.staff(Role.OFFICER)).get("/en/ministry/").text


@pytest.mark.parametrize("act", ["/offer", "/revise"])
@pytest.mark.parametrize("role", [Role.APPROVER, Role.SIGNATORY, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_an_officer_prepares(make: Factory, desk_of: Desks, act: str, role: Role) -> None:
    memorandum = _drafted(make)
    assert desk_of(make.person(role)).post(_page(memorandum, act), answer="x").status_code == 403
    assert memorandum.status is M.DRAFT


@pytest.mark.parametrize("act", ["/sign/agree", "/sign/code", "/sign/confirm", "/return"])
@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPROVER, Role.AUDITOR, Role.DIRECTOR])
def test_only_a_signatory_countersigns_or_returns(
    make: Factory, desk_of: Desks, act: str, role: Role
) -> None:
    memorandum = _signed(make)
    assert desk_of(make.person(role)).post(_page(memorandum, act), reason="x").status_code == 403
    assert memorandum.status is M.SIGNED


def test_moves_that_are_not_open_are_answered_with_advice(make: Factory, desk_of: Desks) -> None:
    memorandum = _drafted(make)
    officer, signatory = desk_of(make.staff(Role.OFFICER)), desk_of(make.staff(Role.SIGNATORY))
    answers = [
        officer.post(_page(memorandum, "/revise"), answer="Nothing was asked."),
        signatory.get(_page(memorandum, "/return")),
        signatory.post(_page(memorandum, "/return"), reason="Nothing was signed."),
    ]
    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert all("Load the page again" in answer.text for answer in answers)
    assert memorandum.status is M.DRAFT


def test_a_report_is_accepted(make: Factory, desk_of: Desks) -> None:
    duty, desk = _reported(make), desk_of(make.staff(Role.INSPECTOR))
    assert "Look at a report" in desk.get("/en/ministry/").text
    assert "12 people helped." in desk.get(f"/en/ministry/duties/{duty.id}").text
    assert desk.post(f"/en/ministry/duties/{duty.id}/accept").status_code == 303
    assert duty.status is DutyStatus.ACCEPTED
    assert desk.post(f"/en/ministry/duties/{duty.id}/accept").status_code == 409


def test_a_report_is_returned_with_a_reason(make: Factory, desk_of: Desks) -> None:
    duty, desk = _reported(make), desk_of(make.staff(Role.OFFICER))
    assert "Write the reason" in desk.post(f"/en/ministry/duties/{duty.id}/return", reason="").text
    assert desk.post(f"/en/ministry/duties/{duty.id}/return", reason="May is missing.").status_code == 303
    assert duty.status is DutyStatus.RETURNED
    assert "May is missing." in _letters("report_returned")[0].body


@pytest.mark.parametrize("act", ["accept", "return", "met"])
@pytest.mark.parametrize("role", [Role.APPROVER, Role.SIGNATORY, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_an_officer_or_inspector_answers_reports(
    make: Factory, desk_of: Desks, act: str, role: Role
) -> None:
    duty = _reported(make)
    answer = desk_of(make.person(role)).post(f"/en/ministry/duties/{duty.id}/{act}", reason="x", note="x")
    assert answer.status_code == 403
    assert duty.status is DutyStatus.RECEIVED


def test_the_ministry_records_its_own_duty_and_not_the_organisations(make: Factory, desk_of: Desks) -> None:
    own = _own_duty(make)
    theirs = next(each for each in duties.duties_of(own.memorandum) if each.party is Field.ORGANISATION)
    desk = desk_of(make.staff(Role.OFFICER))
    assert "Record as met" in desk.get(f"/en/ministry/duties/{own.id}").text
    assert "Record as met" not in desk.get(f"/en/ministry/duties/{theirs.id}").text
    assert "Write how the duty was met." in desk.post(f"/en/ministry/duties/{own.id}/met", note="").text
    assert desk.post(f"/en/ministry/duties/{own.id}/met", note="Training in Takeo.").status_code == 303
    assert own.status is DutyStatus.RECEIVED
    assert "Recorded as met" in desk.get(f"/en/ministry/duties/{own.id}").text
    returned = desk.post(f"/en/ministry/duties/{own.id}/return", reason="Not enough.").text
    assert "This duty is the other party" in returned
    refused = desk.post(f"/en/ministry/duties/{theirs.id}/met", note="They did it.")
    assert "This duty is the other party&#39;s." in refused.text
    assert theirs.status is DutyStatus.OPEN


def test_an_auditor_reads_the_journal_and_whether_it_is_sound(make: Factory, desk_of: Desks) -> None:
    one, other = (
        make.organisation(RegistrationStatus.SUBMITTED),
        make.organisation(RegistrationStatus.SUBMITTED),
    )
    desk = desk_of(make.staff(Role.AUDITOR))
    everything = desk.get("/en/ministry/journal").text
    assert one.reference in everything
    assert "The newest row fits the chain" in everything
    filtered = desk.get(f"/en/ministry/journal?organisation={one.reference}").text
    assert other.reference not in filtered.partition("<table")[2]
    assert "rows fit: nothing was changed" in desk.get("/en/ministry/journal/check").text


def test_a_row_changed_from_outside_is_named(make: Factory, desk_of: Desks) -> None:
    make.organisation(RegistrationStatus.SUBMITTED)
    desk = desk_of(make.staff(Role.AUDITOR))
    db.session.execute(db.text("DROP TRIGGER journal_no_update"))
    db.session.execute(db.text("UPDATE journal SET action = 'registered' WHERE seq = 3"))
    assert "Row 3 does not fit the chain" in desk.get("/en/ministry/journal/check").text


def test_the_journal_goes_back_page_by_page(make: Factory, desk_of: Desks) -> None:
    for _each in range(5):
        make.organisation(RegistrationStatus.REGISTERED)
    desk = desk_of(make.staff(Role.AUDITOR))
    newest = desk.get("/en/ministry/journal").text
    assert "Older rows" in newest
    assert "Registration begun" in desk.get("/en/ministry/journal?before=20").text


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDITOR}))
def test_nobody_else_reads_the_journal(make: Factory, desk_of: Desks, role: Role) -> None:
    desk = desk_of(make.person(role))
    assert desk.get("/en/ministry/journal").status_code == 403
    assert desk.get("/en/ministry/journal/check").status_code == 403


def test_an_administrator_invites_by_letter(make: Factory, desk_of: Desks) -> None:
    desk = desk_of(make.staff(Role.ADMINISTRATOR))
    answers = {"name": "Sample Colleague", "email": "colleague@example.org", "language": "en"}
    assert "Choose the role." in desk.post("/en/ministry/people/invite", **answers).text
    assert desk.post("/en/ministry/people/invite", **answers, role=Role.INSPECTOR).status_code == 303
    letter = _letters("invitation")[0]
    assert letter.address == "colleague@example.org"
    assert "/en/invitations/" in letter.body
    assert "colleague@example.org" in desk.get("/en/ministry/people").text


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.PREPARER])
def test_nobody_is_invited_here_into_an_organisation(make: Factory, desk_of: Desks, role: Role) -> None:
    desk = desk_of(make.staff(Role.ADMINISTRATOR))
    desk.post("/en/ministry/people/invite", name="Sample", email="s@example.org", language="en", role=role)
    assert _letters("invitation") == []


def test_a_closed_account_is_out_at_once(make: Factory, desk_of: Desks) -> None:
    officer = make.staff(Role.OFFICER)
    desk, theirs = desk_of(make.staff(Role.ADMINISTRATOR)), desk_of(officer)
    assert theirs.get("/en/ministry/").status_code == 200
    assert officer.name_latin in desk.get(f"/en/ministry/people/{officer.id}/close").text
    assert desk.post(f"/en/ministry/people/{officer.id}/close").status_code == 303
    assert theirs.get("/en/ministry/").status_code == 302
    assert not officer.is_active


def test_an_administrator_closes_neither_their_own_account_nor_an_organisations(
    make: Factory, desk_of: Desks
) -> None:
    administrator = make.staff(Role.ADMINISTRATOR)
    director = _director(make.organisation())
    desk = desk_of(administrator)
    assert desk.post(f"/en/ministry/people/{administrator.id}/close").status_code == 409
    assert desk.post(f"/en/ministry/people/{director.id}/close").status_code == 404
    assert administrator.is_active
    assert director.is_active


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_an_administrator_looks_after_accounts(make: Factory, desk_of: Desks, role: Role) -> None:
    officer, desk = make.staff(Role.OFFICER), desk_of(make.person(role))
    assert desk.get("/en/ministry/people").status_code == 403
    assert desk.post("/en/ministry/people/invite").status_code == 403
    assert desk.post(f"/en/ministry/people/{officer.id}/close").status_code == 403
    assert officer.is_active


@pytest.mark.parametrize("path", ["organisations", "memoranda", "reports"])
def test_an_administrator_sees_no_file(make: Factory, desk_of: Desks, path: str) -> None:
    assert desk_of(make.staff(Role.ADMINISTRATOR)).get(f"/en/ministry/{path}").status_code == 403
