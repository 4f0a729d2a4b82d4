"""Nobody learns from the portal where a shelter is: abuse cases 1 and 2 of the threat model.

The sample organisations have given an address for each site; it is the canary.
"""

import io
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from registry.directory.models import Provider
from registry.kernel import storage
from registry.kernel.db import db
from registry.memoranda.models import Memorandum
from registry.organisations.models import Organisation, SitePlace
from tests.access import ANYONE, DOORS
from tests.test_every_page import browser_of, fillings

pytestmark = [pytest.mark.documents, pytest.mark.xdist_group("sample")]


@pytest.fixture
def canaries(sample_registry: Flask) -> tuple[bytes, ...]:
    """Every address and every name of a site, as they would stand in a page."""
    places = db.session.scalars(select(SitePlace)).all()
    assert len(places) > 20
    # The names of sites are the same in every sample; only the address is a canary on its own.
    return tuple({place.address.encode() for place in places})


def test_no_address_of_a_site_stands_on_any_page_for_the_public(
    sample_registry: Flask, canaries: tuple[bytes, ...]
) -> None:
    leaks = [
        address
        for address, content in answers(sample_registry, sample_registry.test_client(), "")
        if any(canary in content for canary in canaries)
    ]
    assert leaks == []


def test_another_organisation_sees_no_address_but_its_own(
    sample_registry: Flask, canaries: tuple[bytes, ...]
) -> None:
    own = db.session.scalars(
        select(Organisation).where(Organisation.name_latin == "Sample Legal Aid B")
    ).one()
    for site in own.sites:
        site.place.address = "own address"
    db.session.commit()
    browser = browser_of(sample_registry, "director.b")
    leaks = [
        address
        for address, content in answers(sample_registry, browser, "director.b")
        if any(canary in content for canary in canaries)
    ]
    assert leaks == []


def test_no_memorandum_names_a_place_below_the_province(
    sample_registry: Flask, canaries: tuple[bytes, ...], tmp_path: Path
) -> None:
    offered = db.session.scalars(select(Memorandum).where(Memorandum.offered_sha256.is_not(None))).all()
    assert len(offered) > 10
    for memorandum in offered[:4]:
        texts = [
            storage.fetch(memorandum.terms_sha256 or ""),
            word_text(storage.fetch(memorandum.docx_sha256 or "")),
            pdf_text(storage.fetch(memorandum.current_sha256 or ""), tmp_path),
        ]
        assert all(len(text) > 10_000 for text in texts), "the texts could not be read"
        assert not any(canary in text for text in texts for canary in canaries)


def test_the_crawl_would_find_a_leak(sample_registry: Flask, canaries: tuple[bytes, ...]) -> None:
    provider = db.session.scalars(select(Provider)).first()
    assert provider is not None
    provider.public_email = canaries[0].decode()
    db.session.commit()
    found = [
        address
        for address, content in answers(sample_registry, sample_registry.test_client(), "")
        if canaries[0] in content
    ]
    assert {"/providers.csv", "/providers.json", f"/en/providers/{provider.reference}"} <= set(found)


def test_a_search_for_a_place_answers_like_any_search(sample_registry: Flask) -> None:
    browser = sample_registry.test_client()
    words = ("kept secret", "nothing at all")
    said = [browser.get(f"/en/providers?words={word}&q={word}").text.replace(word, "…") for word in words]
    plain = [text.replace(word.replace(" ", "+"), "…").replace(word.replace(" ", "%20"), "…")
             for text, word in zip(said, words, strict=True)]  # fmt: skip
    assert plain[0] == plain[1]


def answers(app: Flask, browser: FlaskClient, username: str) -> Iterator[tuple[str, bytes]]:
    """Headers and body of everything that this visitor can get."""
    organisations = db.session.scalars(select(Organisation.reference)).all()
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        if not username and DOORS.get(rule.endpoint) != ANYONE:
            continue
        for values in fillings(rule.endpoint, set(rule.arguments), username):
            references = organisations if rule.endpoint == "public.provider" else [values.get("reference")]
            for reference in references:
                given = values | {"language": "en"} if "language" in rule.arguments else values
                given = given | {"reference": reference} if "reference" in rule.arguments else given
                address = app.url_map.bind("127.0.0.1").build(rule.endpoint, given)
                answer = browser.get(address)
                yield address, str(answer.headers).encode() + answer.data


def word_text(docx: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(docx)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))


def pdf_text(pdf: bytes, folder: Path) -> bytes:
    file = folder / "memorandum.pdf"
    file.write_bytes(pdf)
    return subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout
