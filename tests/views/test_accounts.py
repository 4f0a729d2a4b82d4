"""Accounts as people meet them: register, sign in and out, be invited, change a password."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from registry.kernel.db import db
from registry.kernel.outbox import Letter
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.organisations.operations import inviting
from registry.people import operations as people
from registry.people import queries
from registry.people.models import FailedSignIn, Person
from registry.people.states import Role
from tests.factories import PASSWORD, Factory
from tests.views.filled import INVITED, REGISTER

Browser = Callable[[Person], FlaskClient]


def _key(browser: FlaskClient) -> str:
    with browser.session_transaction() as session:
        return str(session.get("_user_id", ""))


def _sign_in(browser: FlaskClient, username: str, password: str = PASSWORD) -> tuple[int, str]:
    db.session.rollback()  # what the test itself has read must not share the page's transaction
    answer = browser.post("/en/sign-in", data={"username": username, "password": password})
    return answer.status_code, answer.headers.get("Location", "")


def _director(make: Factory) -> Person:
    director = organisations.director_of(make.organisation())
    assert director is not None
    return director


def test_registering_opens_an_account_and_signs_in(client: FlaskClient) -> None:
    answer = client.post("/km/register", data=REGISTER)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/km/organisation")
    person = db.session.query(Person).one()
    assert (person.username, person.phone, person.language) == ("sample.director", "+855 12 345 678", "km")
    assert person.roles == {Role.DIRECTOR}
    assert client.get("/km/organisation").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"password": "short"}, "at least 12 characters"),
        ({"password": "password1234"}, "easy to guess"),
        ({"password": "SampleDirector"}, "easy to guess"),
        ({"username": "two words"}, "without spaces"),
        ({"username": "hidden\u17b4vowel"}, "without spaces"),
        ({"email": "nobody"}, "name@example.org"),
        ({"phone": "12"}, "012 345 678"),
        ({"who": "approver"}, "Choose one of the answers in the list"),
        ({"name_km": " "}, "Write the name of the organisation in Khmer"),
    ],
)
def test_a_wrong_answer_opens_nothing_and_keeps_what_was_typed(
    client: FlaskClient, wrong: dict[str, str], sentence: str
) -> None:
    answer = client.post("/en/register", data={**REGISTER, **wrong})
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert ("Sample Home" in answer.text, PASSWORD in answer.text) == (True, False)
    assert (db.session.query(Person).count(), db.session.query(Organisation).count()) == (0, 0)


def test_an_account_name_that_is_taken_leaves_no_organisation_behind(
    client: FlaskClient, make: Factory
) -> None:
    taken = _director(make).username
    answer = client.post("/en/register", data={**REGISTER, "username": taken.upper()})
    assert "Somebody already uses this account name" in answer.text
    assert db.session.query(Organisation).count() == 1


def test_a_role_cannot_be_asked_for_beside_the_form(client: FlaskClient) -> None:
    client.post("/en/register", data={**REGISTER, "role": "administrator", "organisation_id": "1"})
    assert db.session.query(Person).one().roles == {Role.DIRECTOR}


def test_signing_in_leads_an_organisation_home_and_the_ministry_to_its_desk(
    client: FlaskClient, make: Factory
) -> None:
    director, officer = _director(make).username, make.person(Role.OFFICER).username
    db.session.commit()
    assert _sign_in(client, director) == (303, "/en/organisation")
    assert _sign_in(client, officer) == (303, "/en/ministry/")


def test_a_sign_in_is_a_new_session_each_time(client: FlaskClient, make: Factory) -> None:
    director = _director(make).username
    _sign_in(client, director)
    first = _key(client)
    with client.session_transaction() as session:
        session["planted"] = "before"
    _sign_in(client, director)
    assert first
    assert _key(client) not in ("", first)
    with client.session_transaction() as session:
        assert "planted" not in session


def test_the_page_that_was_asked_for_comes_after_signing_in(client: FlaskClient, make: Factory) -> None:
    director = _director(make).username
    client.get("/en/organisation/work")
    assert _sign_in(client, director) == (303, "/en/organisation/work")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example", "/\\evil.example", "https://evil.example/en/", "/\t/evil.example", "/nowhere",
        "/en/ministry", "/en/organisation/legal\r\nX: y", "",
    ],
)  # fmt: skip
def test_no_other_page_comes_after_signing_in(client: FlaskClient, make: Factory, elsewhere: str) -> None:
    director = _director(make).username
    with client.session_transaction() as session:
        session["after_sign_in"] = elsewhere
    assert _sign_in(client, director) == (303, "/en/organisation")


def test_wrong_passwords_are_counted_and_then_even_the_right_one_waits(
    client: FlaskClient, make: Factory
) -> None:
    director = _director(make).username
    answers = {_sign_in(client, director, "not this one at all")[0] for _ in range(10)}
    assert answers == {422}
    assert db.session.query(FailedSignIn).count() == 10
    assert _sign_in(client, director)[0] == 422
    assert not _key(client)


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(client: FlaskClient, make: Factory) -> None:
    director = _director(make).username
    texts = []
    for username in (director, "nobody.there"):
        db.session.rollback()
        answer = client.post("/en/sign-in", data={"username": username, "password": "not this one at all"})
        texts.append(answer.text.replace(username, "NAME"))
    assert texts[0] == texts[1]


def test_signing_out_is_a_post_and_ends_the_sign_in(signed_in: Browser, make: Factory) -> None:
    browser = signed_in(_director(make))
    token = _key(browser)
    assert browser.get("/en/sign-out").status_code == 405
    db.session.rollback()
    assert browser.post("/en/sign-out").status_code == 303
    assert not _key(browser)
    assert queries.live_sign_in(token) is None


def test_signing_out_everywhere_ends_every_device(signed_in: Browser, make: Factory) -> None:
    director = _director(make)
    elsewhere = people.begin_sign_in(director, device="Chrome, Android")
    browser = signed_in(director)
    assert "Chrome, Android" in browser.get("/en/account").text
    assert browser.post("/en/account/sign-out-everywhere").status_code == 303
    assert queries.live_sign_in(elsewhere) is None


def test_a_changed_password_keeps_this_browser_and_ends_the_others(signed_in: Browser, make: Factory) -> None:
    director = _director(make)
    elsewhere = people.begin_sign_in(director, device="another")
    browser = signed_in(director)
    before, new = _key(browser), "four kites above an empty market"
    assert browser.post("/en/account/password", data={"old": "wrong", "new": new}).status_code == 422
    db.session.rollback()
    assert browser.post("/en/account/password", data={"old": PASSWORD, "new": "short"}).status_code == 422
    db.session.rollback()
    assert browser.post("/en/account/password", data={"old": PASSWORD, "new": new}).status_code == 303
    assert queries.live_sign_in(elsewhere) is None
    assert queries.live_sign_in(before) is None
    assert queries.live_sign_in(_key(browser)) is not None


def test_letters_come_in_the_language_that_was_chosen(signed_in: Browser, make: Factory) -> None:
    director = _director(make)
    browser = signed_in(director)
    browser.post("/en/account/language", data={"letters": "km"})
    db.session.refresh(director)
    assert director.language == "km"
    db.session.rollback()
    browser.post("/en/account/language", data={"letters": "fr"})
    db.session.refresh(director)
    assert director.language == "km"


def _link(name: str = "invitation") -> str:
    letter = db.session.query(Letter).filter_by(name=name).order_by(Letter.id.desc()).first()
    assert letter is not None
    found = re.search(r"/en/invitations/\S+", letter.body)
    assert found is not None
    db.session.rollback()
    return found[0]


def test_an_invited_colleague_opens_an_account_once(signed_in: Browser, make: Factory) -> None:
    director = _director(make)
    browser = signed_in(director)
    invited = {"name": "Sample Colleague", "email": "c@example.org", "role": "director"}
    assert browser.post("/en/organisation/colleagues", data=invited).status_code == 303
    link, colleague = _link(), browser.application.test_client()
    assert "c@example.org" in colleague.get(link).text
    assert colleague.post(link, data={**INVITED, "password": "short"}).status_code == 422
    assert colleague.post(link, data=INVITED).headers["Location"] == "/en/organisation"
    person = queries.person_by_username("sample.colleague")
    assert person is not None
    assert (person.roles, person.organisation_id) == ({Role.PREPARER}, director.organisation_id)
    assert colleague.get(link).status_code == 404
    assert colleague.post(link, data={**INVITED, "username": "another"}).status_code == 404


def test_only_the_newest_invitation_of_a_director_counts_and_none_once_there_is_one(make: Factory) -> None:
    organisation = make.organisation()
    director = organisations.director_of(organisation)
    assert director is not None
    director.closed_at = organisation.begun_at
    preparer = make.person(Role.PREPARER, organisation=organisation)
    first, second = (
        inviting.invite_director(
            organisation, by=preparer, name=name, email=f"{name}@example.org", language="en"
        )
        for name in ("one", "two")
    )
    open_ones = queries.open_invitations_of(organisation.id)
    assert [each.id for each in open_ones] == [second.id]
    assert first.ends_at <= second.invited_at


@pytest.mark.parametrize("token", ["none", "..%2f", "x" * 400, "%00", "ក"])
def test_an_invitation_that_was_never_sent_is_not_there(client: FlaskClient, token: str) -> None:
    assert client.get(f"/en/invitations/{token}").status_code == 404
    assert client.post(f"/en/invitations/{token}", data=MultiDict(INVITED)).status_code == 404
