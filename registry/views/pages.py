"""What every page shares: its language, its frame, and the sentences said when a rule stands in the way."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, current_app, g, render_template, request, url_for
from flask_babel import gettext

from contracts.khmer import english_date, khmer_date, khmer_digits
from registry.kernel import clock, settings
from registry.views.reasons import REASONS

LANGUAGES = ("km", "en")
LANGUAGE_COOKIE = "language"


def sentence(reason: str) -> str:
    """The sentence for an operation's refusal, in the language of the page."""
    return str(REASONS.get(reason) or gettext("This cannot be done now. Look at the page again."))


def blueprint(name: str, *, under: str = "") -> Blueprint:
    """A blueprint whose pages exist in Khmer and English: /km/… and /en/…."""
    return Blueprint(name, "registry", url_prefix=f"/<any(km, en):language>{under}")


def language() -> str:
    """The language of the page: from its address, else as the person last chose, else Khmer."""
    chosen = g.get("language") or request.cookies.get(LANGUAGE_COOKIE)
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES) or "km"


def page(template: str, **context: object) -> str:
    """Render a template of a page. Its folder is that of the view module (a law test looks)."""
    return render_template(template, **context)


def frame() -> dict[str, object]:
    """What templates/layout.html takes from the context of every page."""
    here = language()
    other = "en" if here == "km" else "km"
    return {
        "language": here,
        "service_name": gettext("Care Registry"),
        "home_url": url_for("public.home", language=here),
        "other_language_url": same_page(other),
        "alternates": {code: settings.current().public_url + same_page(code) for code in LANGUAGES},
        "sample": settings.current().sample,
        "today": clock.today(),
        "public_url": settings.current().public_url,
    }


def same_page(code: str) -> str:
    """The address of this page in another language; the front page where there is none."""
    endpoint = request.endpoint
    if (
        endpoint is None
        or request.method != "GET"
        or not current_app.url_map.is_endpoint_expecting(endpoint, "language")
    ):
        return url_for("public.home", language=code)
    address = url_for(endpoint, **{**(request.view_args or {}), "language": code})
    query = urlencode(list(request.args.items(multi=True)))
    return f"{address}?{query}" if query else address


def day(value: date | datetime | None) -> str:
    """A date as people write it: ថ្ងៃទី២៤ ខែវិច្ឆិកា ឆ្នាំ២០២៦, or 24 November 2026; "" for none."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.local(value).date()
    return khmer_date(value) if language() == "km" else english_date(value)


def moment(value: datetime | None) -> str:
    """An instant on the clock of Phnom Penh, with the hour; "" for none."""
    if value is None:
        return ""
    hour = f"{clock.local(value):%H:%M}"
    return f"{day(value)} {khmer_digits(hour) if language() == 'km' else hour}"


def number(value: object) -> str:
    """A number with the digits of the page's language."""
    written = f"{value:,}" if isinstance(value, int) else str(value)
    return khmer_digits(written) if language() == "km" else written


def said(text: Any) -> str:
    """The text of the page's language: of a bilingual record, or of a {"km": …, "en": …} mapping."""
    if isinstance(text, Mapping):
        return str(text[language()])
    return str(text.of(language()))


FILTERS: Mapping[str, Callable[..., str]] = {"day": day, "moment": moment, "number": number, "said": said}
