"""Every page of every role fits a telephone and a desk, asks nothing of other hosts and has no error."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import served
from tests.test_every_page import pages

WIDTHS = (360, 1280)
# Answers that a browser keeps instead of showing.
FILES = {
    "ministry.paper",
    "ministry.memorandum_file",
    "organisation.memorandum_file",
    "organisation.paper_file",
}
TOO_WIDE = """() => [...document.querySelectorAll('main *')]
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .filter(e => !e.closest('.table-scroll, details:not([open]), svg, .govuk-visually-hidden'))
  .map(e => e.tagName + '.' + e.className).slice(0, 3)"""


@pytest.fixture
def sample_origin(sample_registry: Flask) -> Iterator[str]:
    """The address of the portal on the sample registry."""
    yield from served(sample_registry)


@pytest.mark.browser
@pytest.mark.documents
@pytest.mark.xdist_group("sample")
def test_every_page_fits_and_is_quiet(sample_registry: Flask, sample_origin: str, chromium: Browser) -> None:
    faults: list[str] = []
    seen: set[tuple[str, str]] = set()
    windows: dict[int, Page] = {}
    for endpoint, browser, address in pages(sample_registry):
        language = address[1:3]
        if (endpoint, language) in seen or language not in ("km", "en") or endpoint in FILES:
            continue
        seen.add((endpoint, language))
        page = windows.setdefault(id(browser), window(chromium, browser, sample_origin, faults))
        answer = page.goto(sample_origin + address)
        if answer is None or answer.headers.get("content-type", "").startswith("text/html"):
            faults += [f"{address} at {width}: {wide}" for width in WIDTHS for wide in too_wide(page, width)]
    assert faults == [], "\n".join(faults)


def too_wide(page: Page, width: int) -> list[str]:
    """What sticks out at this width."""
    page.set_viewport_size({"width": width, "height": 800})
    if page.evaluate("document.documentElement.scrollWidth") <= width:
        return []
    return [str(page.evaluate(TOO_WIDE))]


def window(chromium: Browser, browser: FlaskClient, origin: str, faults: list[str]) -> Page:
    """A window with the session of a test browser, which notes what it hears."""
    context = chromium.new_context()
    cookie = browser.get_cookie("session", domain="localhost") or browser.get_cookie("session")
    if cookie is not None:
        context.add_cookies([{"name": "session", "value": cookie.value, "url": origin}])
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on(
        "request", lambda asked: None if asked.url.startswith((origin, "data:")) else faults.append(asked.url)
    )
    page.on(
        "console", lambda said: faults.append(f"{page.url}: {said.text}") if said.type == "error" else None
    )
    return page
