"""Providers as everybody sees them: found in two actions, told truly, never more than what may be known."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from flask import Flask

from registry.directory import operations as directory
from registry.directory.models import Provider
from registry.kernel.db import db
from registry.memoranda.states import MemorandumStatus
from registry.organisations.states import RegistrationStatus
from registry.views.public.open_data import COLUMNS, harmless
from tests.factories import Factory
from tests.views.desks import Desk

HIDDEN = ("Hidden street 271", "House one")


@pytest.fixture
def visitor(registry: Flask) -> Desk:
    """Somebody without an account."""
    return Desk(registry.test_client())


def listed(make: Factory, status: MemorandumStatus = MemorandumStatus.COUNTERSIGNED) -> Provider:
    """A provider whose memorandum has this status."""
    memorandum = make.memorandum(status)
    directory.refresh_all()
    db.session.commit()
    found = db.session.get(Provider, memorandum.organisation.reference)
    assert found is not None
    return found


def test_from_home_to_a_provider_s_status_takes_two_actions(visitor: Desk, make: Factory) -> None:
    provider = listed(make)
    home = visitor.get("/en/").text
    assert re.search(r'<form[^>]*action="/en/providers"[^>]*method="get"', home)
    results = visitor.get(f"/en/providers?words={provider.name_latin}").text
    assert provider.name_latin in results
    assert "Accredited</span>" in results


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("service=counselling", True),
        ("service=legal-aid", False),
        ("province=12&group=girls", True),
        ("province=25", False),
        ("label=accredited", True),
        ("label=expired", False),
        ("label=nonsense&service=%00", True),
        ("page=999", True),
    ],
)
def test_every_filter_narrows_the_list_and_nonsense_is_left_out(
    visitor: Desk, make: Factory, query: str, *, there: bool
) -> None:
    provider = listed(make)
    page = visitor.get(f"/en/providers?{query}").text
    assert (f'href="/en/providers/{provider.reference}"' in page) is there
    assert there or "No provider fits all of this" in page


def test_filters_stay_in_the_language_link_and_can_be_taken_away_one_by_one(
    visitor: Desk, make: Factory
) -> None:
    listed(make)
    page = visitor.get("/en/providers?service=counselling&province=12").text
    assert 'href="/km/providers?service=counselling&amp;province=12"' in page
    assert 'href="/en/providers?province=12"' in page
    assert 'href="/en/providers?service=counselling"' in page


def test_an_empty_registry_says_so_and_points_on(visitor: Desk) -> None:
    page = visitor.get("/en/providers").text
    assert "No memorandum is in force yet" in page
    assert 'href="/en/before-you-sign"' in page


def test_a_provider_s_page_tells_status_dates_contact_and_known_rights(visitor: Desk, make: Factory) -> None:
    provider = listed(make)
    page = visitor.get(f"/en/providers/{provider.reference}").text
    for shown in (
        "Accredited since",
        "In force until",
        "Last confirmed",
        "tel:+85523000000",
        "Next report due",
    ):
        assert shown in page
    assert "The right to dignity" in page
    assert "6 of them is still to be confirmed" in page


@pytest.mark.parametrize(
    ("status", "label"),
    [
        (MemorandumStatus.SUSPENDED, "Suspended"),
        (MemorandumStatus.TERMINATED, "Removed"),
        (MemorandumStatus.WITHDRAWN, "Withdrawn"),
    ],
)
def test_the_address_answers_also_after_the_end_and_asks_to_refer_nobody(
    visitor: Desk, make: Factory, status: MemorandumStatus, label: str
) -> None:
    provider = listed(make, status)
    page = visitor.get(f"/en/providers/{provider.reference}").text
    assert f"{label}</span>" in page
    assert "Do not refer new people here now" in page
    assert "tel:" not in page


@pytest.mark.parametrize(
    "status", [MemorandumStatus.DRAFT, MemorandumStatus.OFFERED, MemorandumStatus.SIGNED]
)
def test_who_has_no_memorandum_in_force_is_not_there(
    visitor: Desk, make: Factory, status: MemorandumStatus
) -> None:
    memorandum = make.memorandum(status)
    directory.refresh_all()
    reference, name = memorandum.organisation.reference, memorandum.organisation.name_latin
    assert visitor.get(f"/en/providers/{reference}").status_code == 404
    for address in ("/en/providers", "/providers.csv", "/providers.json"):
        assert name not in visitor.get(address).text


def test_no_public_address_shows_where_a_shelter_is(visitor: Desk, make: Factory) -> None:
    provider = listed(make)
    for address in ("/en/", "/en/providers", f"/en/providers/{provider.reference}", "/providers.csv",
                    "/providers.json", "/en/performance"):  # fmt: skip
        page = visitor.get(address).text
        assert not any(secret in page for secret in HIDDEN), address


def test_the_csv_holds_the_documented_fields_and_nothing_that_runs(visitor: Desk, make: Factory) -> None:
    provider = listed(make)
    provider.name_latin = "=HYPERLINK(1)"
    db.session.commit()
    rows = list(csv.DictReader(io.StringIO(visitor.get("/providers.csv").data.decode("utf-8-sig"))))
    assert list(rows[0]) == [column.name for column in COLUMNS]
    assert rows[0]["name_latin"] == "'=HYPERLINK(1)"
    assert rows[0]["public_phone"] == "'+855 23 000 000"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_cell_that_begins_like_a_formula_is_made_harmless(sign: str) -> None:
    assert harmless(f"{sign}1").startswith("'")


def test_open_data_is_answered_304_while_nothing_has_changed(visitor: Desk, make: Factory) -> None:
    provider = listed(make)
    tag = visitor.get("/providers.json").headers["ETag"]
    headers = {"If-None-Match": tag}
    assert visitor.get("/providers.json", headers=headers).status_code == 304
    provider.acronym = "CHANGED"
    db.session.commit()
    assert visitor.get("/providers.json", headers=headers).status_code == 200


def test_the_json_knows_only_rights_whose_text_is_known(visitor: Desk, make: Factory) -> None:
    provider = listed(make)
    provider.rights = ["dignity", "right-06"]
    db.session.commit()
    assert visitor.get("/providers.json").json["providers"][0]["rights"] == ["dignity"]  # type: ignore[index]


def test_the_ministry_s_lateness_is_counted_in_the_same_words(
    visitor: Desk, make: Factory, at: object
) -> None:
    assert "Nothing has fallen due yet" in visitor.get("/en/performance").text
    at(datetime(2026, 3, 2, 3, tzinfo=UTC))  # type: ignore[operator]
    organisation = make.organisation(RegistrationStatus.SUBMITTED)
    organisation.answer_due = organisation.answer_due and organisation.answer_due.replace(month=2)
    db.session.commit()
    page = visitor.get("/en/performance").text
    assert re.search(r"overdue now", page)
    assert re.search(r"MI-01.*?\d+ days? late", page, re.DOTALL)
    assert organisation.name_latin not in page
