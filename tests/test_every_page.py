"""Every page of every role in both languages: its furniture, and no word of the other language left in it.

The list is made from the map of addresses, so that a new page cannot escape.
"""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from registry.compliance.models import Duty
from registry.kernel.db import db
from registry.memoranda import queries as memoranda
from registry.memoranda.models import Memorandum
from registry.organisations.models import Organisation, Paper, Question
from registry.people import operations as people
from registry.people import queries
from registry.people.models import Person
from registry.people.states import Act
from tests.access import ANYONE, DOORS

pytestmark = [pytest.mark.documents, pytest.mark.xdist_group("sample")]

# Who looks at a page that asks for an act: the sample organisation whose state has something to show there.
LOOKS = {
    "organisation.submit": "director.x", "organisation.legal": "director.x",
    "organisation.work": "director.x", "organisation.staff": "director.x",
    "organisation.sites": "director.x", "organisation.paper": "director.x",
    "organisation.question": "director.t", "organisation.ask_for_review": "director.u",
    "organisation.read_to_sign": "director.l", "organisation.ask_for_change": "director.l",
    "organisation.decline": "director.l", "organisation.renewal": "director.c",
    "organisation.signed": "director.k", "ministry.read_to_sign": "signatory.a",
    "organisation.withdraw": "director.q",
}  # fmt: skip
ABOUT = {
    "ministry.register": "Sample Outreach Y", "ministry.refuse": "Sample Outreach Y",
    "ministry.recommend": "Sample Shelter S", "ministry.check": "Sample Shelter S",
    "ministry.ask": "Sample Shelter S",
    "ministry.read_to_sign": "Sample Shelter K", "ministry.return_memorandum": "Sample Shelter K",
    "ministry.revise": "Sample Outreach M", "ministry.answer_change": "Sample Outreach M",
}  # fmt: skip
# Pages that only exist in the middle of an act, which journeys walk; files; and the mailbox, off in tests.
ELSEWHERE = {
    "organisation.confirm_signature", "ministry.confirm_signature", "ministry.signed", "sign_in.invitation",
    "public.sample_letters", "public.sample_docx", "public.sample_pdf", "open_data.revocation_list",
    "open_data.short_address", "choose_language",
    # Pages of an edition that is under way: tests/views/test_editions.py begins one and looks at them all.
    "ministry.edition_difference", "ministry.parameter", "ministry.obligation", "ministry.propose_edition",
    "ministry.publish_edition", "ministry.withdraw_edition",
}  # fmt: skip
LATIN_WORDS = re.compile(r"\b[A-Za-z]{3,}(?:[ ,]+[A-Za-z]{2,})+\b")


def test_every_page_has_its_furniture_and_speaks_one_language(sample_registry: Flask) -> None:
    faults, seen = [], set()
    for endpoint, browser, address in pages(sample_registry):
        answer = browser.get(address)
        if answer.status_code in (302, 303, 403, 404, 409):
            continue
        seen.add(endpoint)
        if answer.mimetype == "text/html":
            faults += [f"{address}: {fault}" for fault in furniture(answer.text, address)]
        elif answer.status_code != 200:
            faults.append(f"{address}: {answer.status_code}")
    shown = {rule.endpoint for rule in sample_registry.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert faults == [], "\n".join(faults)
    assert shown - seen - ELSEWHERE == set(), "no sample has something to show there"


def furniture(page: str, address: str) -> list[str]:
    """What is wrong with a page, in words."""
    tree = html.fromstring(page)
    language = "km" if address.startswith("/km") else "en"
    english = [f"English: {words!r}" for words in english_in(tree)] if language == "km" else []
    return [*head_of(tree, language), *forms_of(tree), *english]


def head_of(tree: html.HtmlElement, language: str) -> Iterator[str]:
    """One h1, with which the title begins; the language said; no id twice."""
    headings = tree.xpath("//h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1"
    elif not "".join(tree.xpath("//title/text()")).startswith(" ".join(headings[0].text_content().split())):
        yield "the title does not begin with the h1"
    if tree.xpath("/html/@lang") != [language]:
        yield "the language of the page is not said"
    ids = tree.xpath("//@id")
    yield from (f"id {each} twice" for each in {each for each in ids if ids.count(each) > 1})


def forms_of(tree: html.HtmlElement) -> Iterator[str]:
    """Every field has its label, every form that posts its token."""
    for field in tree.xpath("//main//input[not(@type='hidden')]|//main//select|//main//textarea"):
        if not (tree.xpath("//label[@for=$id]", id=field.get("id")) or field.get("aria-label")):
            yield f"{field.get('name')} has no label"
    for form in tree.xpath("//form[@method='post']"):
        if not form.xpath(".//input[@name='csrf_token']"):
            yield f"{form.get('action')} has no token"


def english_in(tree: html.HtmlElement) -> Iterator[str]:
    """Latin words on a Khmer page that no `lang` owns up to."""
    for text in tree.xpath("//body//text()[normalize-space()]"):
        around = text.getparent()
        if around is not None and text.is_tail:
            around = around.getparent()
        languages = around.xpath("ancestor-or-self::*[@lang][1]/@lang") if around is not None else []
        if languages[-1:] == ["km"] and not around.xpath("ancestor-or-self::code|ancestor-or-self::style"):
            yield from LATIN_WORDS.findall(text)


def pages(app: Flask) -> Iterator[tuple[str, FlaskClient, str]]:
    """Each address that shows something, in both languages, with the browser of somebody who may see it."""
    browsers: dict[str, FlaskClient] = {}
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in ELSEWHERE:
            continue
        for username in onlookers(rule.endpoint):
            browser = browsers.setdefault(username, browser_of(app, username))
            for values in fillings(rule.endpoint, set(rule.arguments), username):
                for language in ("km", "en") if "language" in rule.arguments else ("",):
                    given = {**values, "language": language} if language else values
                    address = app.url_map.bind("127.0.0.1").build(rule.endpoint, given)
                    yield rule.endpoint, browser, address


def onlookers(endpoint: str) -> tuple[str, ...]:
    """The sample people who look at a page."""
    asked = DOORS[endpoint]
    if endpoint in LOOKS:
        return (LOOKS[endpoint],)
    if asked == ANYONE:
        return ("",)
    if endpoint.startswith(("organisation", "sign_in")):
        return ("director.a", "director.b", "director.t")
    people = ("officer.a", "approver.a", "signatory.a", "auditor.a", "administrator.a", "inspector.a")
    return tuple(name for name in people if person(name).may(Act[asked]))


def fillings(endpoint: str, arguments: set[str], username: str) -> Iterator[dict[str, object]]:
    """Values for the places in an address: this person's organisation, or the one the page is about."""
    somebody = person(username) if username else None
    about = ABOUT.get(endpoint, "Sample Shelter A")
    file = db.session.scalars(select(Organisation).where(Organisation.name_latin == about)).one()
    if somebody is not None and somebody.organisation_id:
        file = db.session.get_one(Organisation, somebody.organisation_id)
    newest = next(iter(memoranda.all_of(file)), None)
    values: dict[str, object] = {
        "reference": file.reference, "kind": "pdf" if "file" in endpoint else "statute", "code": "RP-01",
        "article": 5, "edition": "2026-01", "name": "2026-01",
    }  # fmt: skip
    if "memorand" in endpoint or endpoint.rpartition(".")[2] in _ABOUT_MEMORANDA:
        values["reference"] = newest.reference if newest else "none"
    values["duty_id"] = db.session.scalar(
        select(Duty.id).join(Memorandum).where(Memorandum.organisation_id == file.id)
    )
    values["paper_id"] = db.session.scalar(select(Paper.id).where(Paper.organisation_id == file.id))
    values["question_id"] = db.session.scalar(select(Question.id).where(Question.organisation_id == file.id))
    values["request_id"] = newest.change_requests[0].id if newest and newest.change_requests else None
    values["person_id"] = db.session.scalar(select(Person.id).where(Person.username == "officer.b"))
    yield {name: values.get(name) or 1 for name in arguments - {"language"}}


_ABOUT_MEMORANDA = {
    "read_to_sign", "signed", "revise", "ask_for_change", "decline", "renewal", "confirm_signature",
    "answer_change",
}  # fmt: skip


def person(username: str) -> Person:
    found = queries.person_by_username(username)
    assert found is not None, username
    return found


def browser_of(app: Flask, username: str) -> FlaskClient:
    browser = app.test_client()
    if username:
        token = people.begin_sign_in(person(username), device="test")
        db.session.commit()
        with browser.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
    return browser
