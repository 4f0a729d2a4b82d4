"""Choices in the reader's language, from records that carry a code and a name in two languages."""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from flask_babel import get_locale


class Named(Protocol):
    """Anything with a code and a name in two languages, such as a Choice of an edition."""

    @property
    def code(self) -> str:
        """What is posted and kept."""

    @property
    def name(self) -> Any:
        """A text with of("km") and of("en")."""


Pairs = list[tuple[str, str]]


def named(source: Callable[[], Iterable[Named]]) -> Callable[[], Pairs]:
    """Choices in the reader's language from records with a code and a name; read anew for each page."""
    return lambda: [(one.code, one.name.of(language_of_page())) for one in source()]


def language_of_page() -> str:
    """The language of the page being made: "km" or "en"; English outside a page."""
    locale = get_locale()
    return "km" if locale is not None and locale.language == "km" else "en"
