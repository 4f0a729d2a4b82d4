"""Every address times every role: who gets in, who is sent to sign in, who is refused."""

import re
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from registry.kernel.db import db
from registry.people import operations as people
from registry.people import queries
from registry.people.states import MAY, Act, Role
from tests.access import ANYONE, DOORS

SAMPLE_PEOPLE = {
    Role.DIRECTOR: "director.a",
    Role.PREPARER: "preparer.a",
    Role.OFFICER: "officer.a",
    **{role: f"{role}.a" for role in Role if role not in (Role.DIRECTOR, Role.PREPARER, Role.OFFICER)},
}
VALUES = {"language": "en", "token": "none", "code": "22222222222", "reference": "CR-NOTHERE", "name": "none"}


@pytest.fixture
def browsers(sample_registry: Flask) -> dict[Role, FlaskClient]:
    """One browser for each role, signed in as a sample person."""
    return {role: _browser(sample_registry, username) for role, username in SAMPLE_PEOPLE.items()}


def _browser(app: Flask, username: str) -> FlaskClient:
    person = queries.person_by_username(username)
    assert person is not None, username
    token = people.begin_sign_in(person, device="test")
    db.session.commit()
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return browser


def test_the_table_names_every_address_and_no_other(app: Flask) -> None:
    there = {endpoint: getattr(view, "act", None) for endpoint, view in app.view_functions.items()}
    asked = {endpoint: act.name if act else ANYONE for endpoint, act in there.items()}
    assert asked == DOORS


@pytest.mark.documents
@pytest.mark.xdist_group("sample")
def test_every_role_gets_in_where_the_table_says_and_nowhere_else(
    sample_registry: Flask, browsers: dict[Role, FlaskClient], instance: Path
) -> None:
    nobody = sample_registry.test_client()
    wrong = []
    for rule, method, address in _addresses(sample_registry):
        wanted = DOORS[rule.endpoint]
        if wanted == ANYONE:
            continue
        code = nobody.open(address, method=method).status_code
        if code != (302 if method == "GET" else 401):
            wrong.append(f"nobody {method} {address}: {code}")
        for role, browser in browsers.items():
            if role in MAY[Act[wanted]]:
                continue
            before = _content(instance)
            code = browser.open(address, method=method).status_code
            if code != 403 or _content(instance) != before:
                wrong.append(f"{role} {method} {address}: {code}")
    assert wrong == []


@pytest.mark.documents
@pytest.mark.xdist_group("sample")
def test_what_does_not_exist_is_404_for_those_who_may_and_never_a_fault(
    sample_registry: Flask, browsers: dict[Role, FlaskClient]
) -> None:
    faults = []
    for rule, method, address in _addresses(sample_registry):
        wanted = DOORS[rule.endpoint]
        roles = [role for role in browsers if wanted == ANYONE or role in MAY[Act[wanted]]]
        for role in roles:
            code = browsers[role].open(address, method=method).status_code
            numbers = {"paper_id", "site_id", "duty_id", "person_id", "asked_id"}
            named = set(rule.arguments) & {"reference", *numbers}
            if code >= 500 or (named and "organisation" not in rule.rule.split("/")[2:3] and code == 200):
                faults.append(f"{role} {method} {address}: {code}")
    assert faults == []


def _addresses(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule, method, _address(rule)


def _address(rule: Rule) -> str:
    def value(found: re.Match[str]) -> str:
        converter, name = found["converter"] or "", found["name"]
        if converter.startswith("int"):
            return "99999999"
        if converter.startswith("any") and name != "language":
            return converter[4:-1].split(",")[0].strip()
        return VALUES.get(name, "none")

    return re.sub(r"<(?:(?P<converter>[^:>]+(?:\([^)]*\))?):)?(?P<name>[a-z_]+)>", value, rule.rule)


def _content(instance: Path) -> str:
    """A digest of everything in the database except when people were last seen."""
    with sqlite3.connect(instance / "registry.sqlite") as connection:
        rows = "\n".join(line for line in connection.iterdump() if 'INTO "sign_in"' not in line)
    return sha256(rows.encode()).hexdigest()
