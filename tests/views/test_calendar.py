"""The calendar, one duty, renewal and the own three answers, as an organisation's people meet them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from registry.compliance import operations as compliance
from registry.compliance import queries as duties
from registry.compliance.models import Duty
from registry.compliance.states import DutyStatus
from registry.kernel import clock
from registry.kernel.db import db
from registry.memoranda.models import Memorandum
from registry.memoranda.states import Field, Phase
from registry.organisations import queries as organisations
from registry.organisations.states import RegistrationStatus
from registry.people.models import Person
from registry.people.states import Role
from tests.factories import Factory
from tests.views.signers import Signer, apart, in_force, offered

Browser = Callable[[Person], FlaskClient]


@pytest.fixture
def memorandum(make: Factory) -> Memorandum:
    """A memorandum in force since today."""
    return in_force(make)


@pytest.fixture
def browser(memorandum: Memorandum, signed_in: Browser) -> FlaskClient:
    """The director's browser."""
    assert memorandum.organisation_signatory is not None
    return signed_in(memorandum.organisation_signatory)


def _shown(browser: FlaskClient, path: str, language: str = "en") -> str:
    answer = apart(lambda: browser.get(f"/{language}/organisation{path}"))
    assert answer.status_code == 200, answer.text
    return answer.text


def _report(browser: FlaskClient, duty: int, note: str) -> int:
    address = f"/en/organisation/duties/{duty}/report"
    return apart(lambda: browser.post(address, data={"note": note})).status_code


def _first(memorandum: Memorandum, party: Field) -> Duty:
    db.session.rollback()
    return next(each for each in duties.duties_of(memorandum) if each.party is party)


def _move(memorandum: Memorandum, *, days: int) -> None:
    """Let the memorandum and its calendar lie so many days further in the past."""
    back = timedelta(days=days)
    assert memorandum.in_force_from is not None
    assert memorandum.expires_on is not None
    memorandum.in_force_from -= back
    memorandum.expires_on -= back
    for duty in duties.duties_of(memorandum):
        duty.due_on -= back
    db.session.commit()


def test_without_a_memorandum_in_force_the_calendar_says_when_it_opens(
    make: Factory, signed_in: Browser
) -> None:
    director = organisations.director_of(make.organisation(RegistrationStatus.REGISTERED))
    assert director is not None
    shown = _shown(signed_in(director), "/calendar")
    assert "The calendar opens when a memorandum is in force" in shown
    assert "The public does not see your organisation" in shown


def test_the_calendar_lists_the_duties_of_both_parties_and_why_the_label_is_what_it_is(
    browser: FlaskClient, memorandum: Memorandum
) -> None:
    shown = _shown(browser, "/calendar")
    codes = {duty.code for duty in duties.duties_of(memorandum)}
    assert all(code in shown for code in codes)
    assert {duty.party for duty in duties.duties_of(memorandum)} == set(Field)
    assert "Accredited" in shown
    assert "Nothing of yours is overdue" in shown


def test_an_overdue_duty_is_told_with_its_days_and_received_late_afterwards(
    browser: FlaskClient, memorandum: Memorandum
) -> None:
    duty = _first(memorandum, Field.ORGANISATION)
    _move(memorandum, days=(duty.due_on - clock.today()).days + 5)
    overdue = [each.id for each in duties.owed_until(clock.today(), party=Field.ORGANISATION)]
    shown = _shown(browser, "/calendar")
    assert "overdue by 5 days" in shown
    assert "Accredited, report overdue (5 days)" in shown
    assert "5 days ago" in shown
    assert [_report(browser, each, "12 people, 3 groups.") for each in overdue] == [303] * len(overdue)
    after = _shown(browser, f"/duties/{duty.id}")
    assert "received 5 days late" in after
    assert "12 people, 3 groups." in after
    assert "Nothing of yours is overdue" in _shown(browser, "/calendar")


def test_a_report_needs_words_and_is_sent_once(browser: FlaskClient, memorandum: Memorandum) -> None:
    duty = _first(memorandum, Field.ORGANISATION).id
    assert "Counts only, never names" in _shown(browser, f"/duties/{duty}")
    assert _report(browser, duty, " ") == 422
    assert _report(browser, duty, "Done in May.") == 303
    assert _report(browser, duty, "Done in May.") == 409
    assert "Send to the Ministry" not in _shown(browser, f"/duties/{duty}")


def test_a_returned_report_shows_the_reason_and_can_be_sent_again(
    make: Factory, browser: FlaskClient, memorandum: Memorandum
) -> None:
    duty = _first(memorandum, Field.ORGANISATION)
    assert _report(browser, duty.id, "Done.") == 303
    db.session.refresh(duty)
    compliance.give_back(duty, by=make.staff(Role.OFFICER), reason="Which month?")
    db.session.commit()
    assert "Which month?" in _shown(browser, f"/duties/{duty.id}")
    assert _report(browser, duty.id, "Done in May.") == 303
    db.session.refresh(duty)
    assert duty.status is DutyStatus.RECEIVED


def test_the_ministrys_duty_is_shown_and_cannot_be_reported_by_the_organisation(
    browser: FlaskClient, memorandum: Memorandum
) -> None:
    duty = _first(memorandum, Field.MINISTRY).id
    assert "Send to the Ministry" not in _shown(browser, f"/duties/{duty}")
    assert _report(browser, duty, "Done.") == 422


def test_the_duty_of_another_organisation_is_not_there(
    make: Factory, memorandum: Memorandum, signed_in: Browser
) -> None:
    duty = _first(memorandum, Field.ORGANISATION).id
    other = organisations.director_of(make.organisation(RegistrationStatus.REGISTERED))
    assert other is not None
    stranger = signed_in(other)
    assert apart(lambda: stranger.get(f"/en/organisation/duties/{duty}")).status_code == 404
    assert _report(stranger, duty, "x") == 404


def test_renewal_is_asked_for_in_two_pages_and_keeps_the_memorandum_in_force(
    browser: FlaskClient, memorandum: Memorandum
) -> None:
    director = Signer(browser, memorandum.reference)
    assert director.get("/renewal").status_code == 409
    assert director.post("/renewal").status_code == 409
    db.session.refresh(memorandum)
    assert memorandum.expires_on is not None
    _move(memorandum, days=(memorandum.expires_on - clock.today()).days - 20)
    assert "Ask for renewal" in director.get().text
    assert "keep this memorandum in force" in director.get("/renewal").text
    assert director.post("/renewal").status_code == 303
    db.session.refresh(memorandum)
    assert memorandum.phase is Phase.RENEWAL_ASKED
    assert "stays in force until the Ministry decides" in director.get().text
    assert director.post("/renewal").status_code == 409


def test_the_own_answers_come_from_the_organisations_file(
    browser: FlaskClient, memorandum: Memorandum
) -> None:
    shown = _shown(browser, "/before-you-sign")
    assert 'id="obligation-RP-01"' in shown
    assert memorandum.organisation.name_latin in shown


def test_the_own_answers_wait_for_the_file_to_say_something(make: Factory, signed_in: Browser) -> None:
    director = organisations.director_of(make.organisation())
    assert director is not None
    assert "does not say yet what your organisation does" in _shown(signed_in(director), "/before-you-sign")


def test_every_page_of_a_memorandum_opens_in_khmer(make: Factory, signed_in: Browser) -> None:
    memorandum = offered(make)
    assert memorandum.organisation_signatory is not None
    browser = signed_in(memorandum.organisation_signatory)
    for path in ("", "/text", "/sign", "/change", "/decline"):
        assert 'lang="km"' in _shown(browser, f"/memoranda/{memorandum.reference}{path}", "km")
