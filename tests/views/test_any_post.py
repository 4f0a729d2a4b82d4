"""No answer whatever, to any form of an account or a registration, gives a fault."""

import io
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import FormField

from forms.accounts import InvitedSignerForm, LanguageForm, PasswordForm, RegisterForm, SignInForm
from forms.base import PageForm
from forms.registration import (
    ColleagueForm,
    DirectedForm,
    LegalForm,
    SiteForm,
    UndirectedForm,
    WorkForm,
)
from forms.submitting import AnswerForm, DeclarationForm, ReviewForm, WithdrawalForm
from registry.kernel.db import db
from registry.organisations import queries as organisations
from registry.organisations.states import RegistrationStatus
from registry.people import letters
from registry.people import operations as people
from registry.people.models import Person
from registry.people.states import Role
from tests.factories import A_PDF, PASSWORD, Factory
from tests.views.filled import INVITED, LEGAL, REGISTER, SITE, STAFF, WORK

Browser = Callable[[Person], FlaskClient]
WHOM = {"name": "Sample Chief", "email": "chief@example.org"}

ANYTHING = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "", " ", "0", "-1", "24", "២៤", "1e9", "9" * 30, "2026-02-30", "y", "local", "director",
            "counselling", "residential-care", "12", "residential", "km", "a@example.org", "012 345 678",
            "\x00", "\u202e", "<b>", "x" * 5000, "' OR 1=1 --",
        ]
    ),
)  # fmt: skip
SETTINGS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _answers(form: type[PageForm], filled: Mapping[str, Any]) -> st.SearchStrategy[MultiDict[str, str]]:
    """A page filled in well, with anything in the place of some answers and beside them."""
    names = st.sampled_from([*_names(form()), "status", "id"])
    wrong = st.dictionaries(names, st.one_of(ANYTHING, st.lists(ANYTHING, max_size=3)), max_size=6)
    return wrong.map(lambda answers: MultiDict({**filled, **answers}))


def _names(form: PageForm) -> list[str]:
    """The names that the form posts under, those of its parts included."""
    found: list[str] = []
    for field in form:
        found += [each.name for each in field.form] if isinstance(field, FormField) else [field.name]
    return found


def _post(browser: FlaskClient, path: str, answers: MultiDict[str, str]) -> int:
    db.session.rollback()
    return browser.post(path, data=answers).status_code


@pytest.mark.parametrize(
    ("path", "form", "filled"), [("/km/register", RegisterForm, REGISTER), ("/en/sign-in", SignInForm, {})]
)
def test_any_post_of_somebody_unknown_is_answered(
    client: FlaskClient, path: str, form: type[PageForm], filled: dict[str, Any]
) -> None:
    @SETTINGS
    @given(_answers(form, filled))
    def answered(answers: MultiDict[str, str]) -> None:
        assert _post(client, path, answers) in {303, 400, 422}

    answered()


@pytest.mark.parametrize(
    ("path", "form", "filled", "role"),
    [
        ("organisation/legal", LegalForm, LEGAL, Role.DIRECTOR),
        ("organisation/work", WorkForm, WORK, Role.DIRECTOR),
        ("organisation/staff", DirectedForm, STAFF, Role.DIRECTOR),
        ("organisation/staff", UndirectedForm, {**STAFF, **WHOM}, Role.PREPARER),
        ("organisation/sites", SiteForm, SITE, Role.DIRECTOR),
        ("organisation/submit", DeclarationForm, {}, Role.DIRECTOR),
        ("organisation/colleagues", ColleagueForm, WHOM, Role.DIRECTOR),
        ("organisation/director", ColleagueForm, WHOM, Role.PREPARER),
        ("account/password", PasswordForm, {"old": PASSWORD}, Role.DIRECTOR),
        ("account/language", LanguageForm, {}, Role.DIRECTOR),
    ],
)
def test_any_post_while_filling_in_is_answered(
    make: Factory, signed_in: Browser, path: str, form: type[PageForm], filled: dict[str, Any], role: Role
) -> None:
    organisation = make.organisation()
    director = organisations.director_of(organisation)
    assert director is not None
    if role is Role.PREPARER:
        director.closed_at = organisation.begun_at
        director = make.person(role, organisation=organisation)
    browser = signed_in(director)

    @SETTINGS
    @given(_answers(form, filled))
    def answered(answers: MultiDict[str, str]) -> None:
        assert _post(browser, f"/en/{path}", answers) in {303, 400, 422}
        db.session.rollback()
        assert browser.get("/km/organisation/file").status_code == 200

    answered()


@pytest.mark.parametrize(
    ("status", "path", "form"),
    [
        (RegistrationStatus.INFORMATION_REQUESTED, "questions/1", AnswerForm),
        (RegistrationStatus.REFUSED, "ask-for-review", ReviewForm),
        (RegistrationStatus.REGISTERED, "withdraw", WithdrawalForm),
    ],
)
def test_any_post_on_a_later_page_is_answered(
    make: Factory, signed_in: Browser, status: RegistrationStatus, path: str, form: type[PageForm]
) -> None:
    director = organisations.director_of(make.organisation(status))
    assert director is not None
    browser = signed_in(director)

    @SETTINGS
    @given(_answers(form, {}))
    def answered(answers: MultiDict[str, str]) -> None:
        assert _post(browser, f"/en/organisation/{path}", answers) in {303, 400, 409, 422}

    answered()


def test_any_post_to_an_invitation_is_answered(
    make: Factory, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens: list[str] = []
    monkeypatch.setattr(letters, "invitation", lambda _invited, token, **_rest: tokens.append(token))
    director = organisations.director_of(make.organisation())
    assert director is not None
    people.invite("x@example.org", name="Sample", role=Role.DIRECTOR, language="en", by=director,
                  organisation_id=director.organisation_id)  # fmt: skip
    db.session.commit()

    @SETTINGS
    @given(_answers(InvitedSignerForm, INVITED))
    def answered(answers: MultiDict[str, str]) -> None:
        assert _post(client, f"/en/invitations/{tokens[0]}", answers) in {303, 400, 404, 422}

    answered()


BEGINNINGS = st.sampled_from([b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"])
CHANGED_PDF = st.tuples(st.integers(0, len(A_PDF) - 1), st.binary(max_size=3)).map(
    lambda change: A_PDF[: change[0]] + change[1] + A_PDF[change[0] + 1 :]
)
CONTENT = st.one_of(
    st.binary(max_size=300), st.tuples(BEGINNINGS, st.binary(max_size=300)).map(b"".join), CHANGED_PDF
)


def test_any_upload_is_answered(make: Factory, signed_in: Browser) -> None:
    director = organisations.director_of(make.organisation())
    assert director is not None
    browser = signed_in(director)

    @SETTINGS
    @given(CONTENT, st.text(max_size=60).filter(lambda name: not set(name) & set('\r\n\0"')))
    def answered(content: bytes, name: str) -> None:
        db.session.rollback()
        sent = {"paper": (io.BytesIO(content), name)}
        assert browser.post("/en/organisation/papers/statute", data=sent).status_code in {303, 422}

    answered()
