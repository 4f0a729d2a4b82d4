"""A headless browser without JavaScript that counts what a person has to do."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page

from tests.factories import PASSWORD

FORM = "main form"


@dataclass
class Visitor:
    """One person at one browser; counts screens with a form sent, uploads, and fields filled in."""

    page: Page
    origin: str
    language: str
    screens: list[str] = field(default_factory=list)
    uploads: int = 0
    fields: int = 0

    def open(self, address: str) -> None:
        """Go to a page of the portal and see that it is one."""
        answer = self.page.goto(f"{self.origin}/{self.language}{address}")
        assert answer is not None
        assert answer.status == 200, f"{address}: {answer.status}"
        self.look()

    def look(self) -> None:
        """The furniture of every page: one h1, in the title too, and no scrolling sideways."""
        assert self.page.locator("h1").count() == 1, self.page.url
        heading = " ".join((self.page.locator("h1").first.text_content() or "").split())
        assert self.page.title().startswith(heading), (self.page.title(), heading)
        assert self.page.locator("html").get_attribute("lang") == self.language
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        box = self.page.locator("main").bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= width + 1, f"{self.page.url} is wider than the screen"

    def fill(self, **answers: str) -> None:
        """Write into inputs by their names; double underscores stand for a dot."""
        for name, value in answers.items():
            self.page.fill(f'[name="{name}"]', value)
            self.fields += 1

    def date(self, name: str, day: str, month: str, year: str) -> None:
        """The three boxes of a date, which are one field."""
        boxes = self.page.locator(f'[name="{name}"]')
        for place, value in enumerate((day, month, year)):
            boxes.nth(place).fill(value)
        self.fields += 1

    def tick(self, name: str, *values: str) -> None:
        """Choose radios or boxes of one field."""
        for value in values:
            self.page.check(f'[name="{name}"][value="{value}"]')
        self.fields += 1

    def choose(self, name: str, value: str) -> None:
        """Choose from a list."""
        self.page.select_option(f'[name="{name}"]', value)
        self.fields += 1

    def upload(self, name: str, file: Path) -> None:
        """Choose a file."""
        self.page.set_input_files(f'[name="{name}"]', str(file))
        self.uploads += 1
        self.fields += 1

    def send(self) -> None:
        """Send the form of this page and land on the next one."""
        self.screens.append(re.sub(r"[A-Z0-9]{6,}", "…", self.page.url.removeprefix(self.origin)))
        self.press(self.page.locator(f"{FORM} button[type=submit], {FORM} button:not([type])").first)

    def press(self, button: Locator) -> None:
        """Press a button or follow a link, and see that a page comes."""
        before = self.page.url
        assert button.count(), f"{before} has no such button: {self.page.locator('main').inner_text()}"
        with self.page.expect_navigation():
            button.click()
        errors = self.page.locator(".govuk-error-summary")
        assert errors.count() == 0, f"{before}: {errors.first.inner_text()}"
        self.look()

    def sign_in(self, username: str) -> None:
        """Sign in with the sample password."""
        self.open("/sign-in")
        self.page.fill('[name="username"]', username)
        self.page.fill('[name="password"]', PASSWORD)
        self.press(self.page.locator(f"{FORM} button").first)

    def press_form(self, action: str) -> None:
        """Press the button of the form that posts to an address ending so."""
        self.press(self.page.locator(f'form[action$="{action}"] button').first)


def visitor(browser: Browser, origin: str, language: str, width: int) -> Visitor:
    """A new browser window for one person, with JavaScript off."""
    window = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=False, locale=language
    )
    window.set_default_timeout(60_000)
    return Visitor(window.new_page(), origin, language)
