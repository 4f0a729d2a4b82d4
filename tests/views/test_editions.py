"""The Ministry's pages about editions: who may what, what is said, and what an organisation reads of it."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from flask.testing import FlaskClient

from contracts import terms
from registry.editions import operations, queries
from registry.editions.states import EditionStatus
from registry.kernel.db import db
from registry.memoranda.models import Memorandum
from registry.memoranda.states import MemorandumStatus
from registry.organisations.states import RegistrationStatus
from registry.people.models import Person
from registry.people.operations import add_role
from registry.people.states import Act, Role, may
from tests.factories import Factory
from tests.test_every_page import furniture
from tests.views.desks import Desk

Desks = Callable[[Person], Desk]
RATIO = "active_cases_per_case_manager"
AT = "/en/ministry/editions"
EDITS, PUBLISHES = Act.EDIT_EDITIONS, Act.PUBLISH_EDITIONS


@pytest.fixture
def desk_of(signed_in: Callable[[Person], FlaskClient]) -> Desks:
    """Gives the desk of a person who is signed in."""
    return lambda person: Desk(signed_in(person))


def _walked(make: Factory, desk_of: Desks) -> tuple[str, Desk, Desk]:
    """An edition begun and changed on the officer's pages; its name, and the desks of both persons."""
    officer, approver = desk_of(make.staff(Role.OFFICER)), desk_of(make.staff(Role.APPROVER))
    address = officer.post(AT).location
    name = address.rpartition("/")[2]
    assert officer.post(f"{address}/numbers/{RATIO}", number="10").status_code == 303
    return name, officer, approver


def test_from_a_draft_to_a_published_edition_by_two_people_on_their_pages(
    make: Factory, desk_of: Desks
) -> None:
    make.organisation(RegistrationStatus.REGISTERED)
    name, officer, approver = _walked(make, desk_of)
    page = officer.get(f"{AT}/{name}").text
    assert "was: 20 active cases to one case manager" in page
    assert "Propose for publication" in page
    difference = officer.get(f"{AT}/{name}/difference").text
    assert "Most active cases for one case manager" in difference
    assert "1 more person is needed as: case manager (2 before, 3 now; 1 still to be found)" in difference
    assert officer.get(f"{AT}/{name}/propose").status_code == 200
    assert officer.post(f"{AT}/{name}/propose").status_code == 303
    assert "cannot be changed or taken back" in approver.get(f"{AT}/{name}/publish").text
    assert approver.post(f"{AT}/{name}/publish").status_code == 303
    assert queries.current_name() == name
    assert "10 active cases" in desk_of(make.staff(Role.AUDITOR)).get(f"{AT}/{name}").text


def test_every_page_of_an_edition_under_way_has_its_furniture(make: Factory, desk_of: Desks) -> None:
    make.organisation(RegistrationStatus.REGISTERED)
    name, officer, approver = _walked(make, desk_of)
    officer.get(f"{AT}/{name}")  # reads the English news of the change
    under_way = ("", "/difference", "/propose", "/withdraw", f"/numbers/{RATIO}", "/obligations/MI-08")
    faults = []
    for language in ("km", "en"):
        for page in under_way:
            address = f"/{language}/ministry/editions/{name}{page}"
            faults += [f"{address}: {fault}" for fault in furniture(officer.get(address).text, address)]
        for page in ("", f"/{terms.CURRENT}"):
            address = f"/{language}/ministry/editions{page}"
            faults += [f"{address}: {fault}" for fault in furniture(officer.get(address).text, address)]
    officer.post(f"{AT}/{name}/propose")
    for language in ("km", "en"):
        for page in ("", "/publish"):
            address = f"/{language}/ministry/editions/{name}{page}"
            faults += [f"{address}: {fault}" for fault in furniture(approver.get(address).text, address)]
    assert faults == [], "\n".join(faults)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.DIRECTOR, Role.PREPARER}])
def test_only_those_who_may_edit_or_publish_get_to_those_pages(
    make: Factory, desk_of: Desks, role: Role
) -> None:
    name, *_ = _walked(make, desk_of)
    desk = desk_of(make.person(role))
    assert desk.get(AT).status_code == 200
    assert desk.get(f"{AT}/{name}").status_code == 200
    asked = {
        f"{AT}/{name}/numbers/{RATIO}": EDITS, f"{AT}/{name}/obligations/ID-01": EDITS,
        f"{AT}/{name}/propose": EDITS, f"{AT}/{name}/withdraw": EDITS, f"{AT}/{name}/publish": PUBLISHES,
    }  # fmt: skip
    for address, act in asked.items():
        if not may([role], act):
            assert (desk.get(address).status_code, desk.post(address).status_code) == (403, 403), address
    edition = queries.own(name)
    assert edition
    assert edition.status is EditionStatus.DRAFT


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.PREPARER])
def test_no_organisation_gets_to_the_pages_of_editions(make: Factory, desk_of: Desks, role: Role) -> None:
    person = make.person(role, organisation=make.organisation())
    assert desk_of(person).get(AT).status_code == 403


def test_an_administrator_sees_how_many_organisations_are_concerned_and_not_which(
    make: Factory, desk_of: Desks
) -> None:
    organisation = make.organisation(RegistrationStatus.REGISTERED)
    name, officer, _ = _walked(make, desk_of)
    administrator = desk_of(make.person(Role.ADMINISTRATOR)).get(f"{AT}/{name}/difference").text
    assert organisation.name_latin in officer.get(f"{AT}/{name}/difference").text
    assert organisation.name_latin not in administrator
    assert "organisations counted" in administrator


def test_whoever_worked_on_it_is_told_why_they_cannot_publish(make: Factory, desk_of: Desks) -> None:
    name, officer, _ = _walked(make, desk_of)
    officer.post(f"{AT}/{name}/propose")
    both = make.staff(Role.OFFICER)
    add_role(both, Role.APPROVER)
    assert "Somebody else must publish it" in officer.get(f"{AT}/{name}").text
    assert officer.get(f"{AT}/{name}/publish").status_code == 409
    assert officer.post(f"{AT}/{name}/publish").status_code == 409
    assert queries.current_name() == terms.CURRENT


def test_a_number_that_does_not_fit_is_refused_on_its_page_with_the_record_and_nothing_is_kept(
    make: Factory, desk_of: Desks
) -> None:
    name, officer, _ = _walked(make, desk_of)
    answer = officer.post(f"{AT}/{name}/numbers/report_due_days", number="2.5")
    assert answer.status_code == 200
    assert "Write a whole number" in answer.text
    assert "The record: RP-01. Its field: rhythm." in answer.text
    assert 'value="2.5"' in answer.text
    edition = queries.own(name)
    assert edition
    assert [each.record for each in edition.changes] == [RATIO]


def test_a_text_is_changed_in_both_languages_and_the_others_stay_as_they_were(
    make: Factory, desk_of: Desks
) -> None:
    name, officer, _ = _walked(make, desk_of)
    base = terms.load_edition(terms.CURRENT).obligation("ID-01")
    fields = ("title", "plain", "why", "clause", "evidence")
    written = {
        f"{field}_{language}": getattr(base, field).of(language)
        for field in fields
        for language in ("km", "en")
    }
    answer = officer.post(f"{AT}/{name}/obligations/ID-01", **written | {"why_en": "Because\nwe ask."})
    assert answer.status_code == 303
    edition = queries.own(name)
    assert edition
    changed = [(each.record, each.field, each.language, each.new) for each in edition.changes[1:]]
    assert changed == [("ID-01", "why", "en", "Because we ask.")]
    empty = officer.post(f"{AT}/{name}/obligations/ID-01", **written | {"why_km": ""})
    assert "Write the text in both languages." in empty.text


@pytest.mark.parametrize(
    "address", ["", "/difference", "/propose", "/withdraw", "/numbers/report_due_days", "/obligations/ID-01"]
)
def test_what_does_not_exist_is_not_found(make: Factory, desk_of: Desks, address: str) -> None:
    officer = desk_of(make.staff(Role.OFFICER))
    assert officer.get(f"{AT}/2099-09{address}").status_code == 404
    name, *_ = _walked(make, desk_of)
    assert officer.get(f"{AT}/{name}/numbers/no_such").status_code == 404
    assert officer.get(f"{AT}/{name}/obligations/XX-99").status_code == 404


def test_a_proposed_edition_cannot_be_changed_until_it_is_taken_back(make: Factory, desk_of: Desks) -> None:
    name, officer, _ = _walked(make, desk_of)
    officer.post(f"{AT}/{name}/propose")
    assert officer.get(f"{AT}/{name}/numbers/{RATIO}").status_code == 409
    assert officer.post(f"{AT}/{name}/numbers/{RATIO}", number="11").status_code == 409
    assert officer.post(f"{AT}/{name}/reopen").status_code == 303
    assert officer.post(f"{AT}/{name}/numbers/{RATIO}", number="11").status_code == 303
    assert officer.post(f"{AT}/{name}/withdraw").status_code == 303
    assert officer.get(f"{AT}/{name}/difference").status_code == 200


def test_an_organisation_reads_before_renewal_what_the_newest_edition_changes_for_it(
    make: Factory, signed_in: Callable[[Person], FlaskClient], at: Callable[[datetime], None]
) -> None:
    at(datetime(2026, 11, 24, 5, tzinfo=UTC))
    memorandum = make.memorandum(MemorandumStatus.COUNTERSIGNED)
    assert memorandum.organisation_signatory
    director = memorandum.organisation_signatory
    _publish(make)
    at(datetime(2029, 8, 1, 5, tzinfo=UTC))
    desk = signed_in(director)
    for page in ("", "/renewal"):
        text = desk.get(f"/en/organisation/memoranda/{memorandum.reference}{page}").text
        assert "10 active cases to one case manager" in text
        assert "more person is needed as: case manager" in text
        assert terms.CURRENT in text
    assert _edition_of(memorandum) == terms.CURRENT


def test_under_the_newest_edition_the_renewal_page_says_that_nothing_is_different(
    make: Factory, signed_in: Callable[[Person], FlaskClient], at: Callable[[datetime], None]
) -> None:
    at(datetime(2026, 11, 24, 5, tzinfo=UTC))
    memorandum = make.memorandum(MemorandumStatus.COUNTERSIGNED)
    director = memorandum.organisation_signatory
    assert director
    at(datetime(2029, 8, 1, 5, tzinfo=UTC))
    text = signed_in(director).get(f"/en/organisation/memoranda/{memorandum.reference}/renewal").text
    assert "The terms are the same as when you signed" in text


def _publish(make: Factory) -> None:
    officer = make.staff(Role.OFFICER)
    edition = operations.begin(terms.CURRENT, by=officer)
    operations.change_parameter(edition, RATIO, Decimal(10), by=officer)
    operations.propose(edition, by=officer)
    operations.publish(edition, by=make.staff(Role.APPROVER))
    db.session.commit()


def _edition_of(memorandum: Memorandum) -> str:
    db.session.refresh(memorandum)
    return memorandum.edition
