"""Opens every door on the application, puts the frame around pages, and answers what goes wrong."""

from http import HTTPStatus
from typing import Any, cast

from flask import Flask, Response, current_app, g, redirect, render_template, request, session, url_for
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as AnyResponse

from registry.kernel import db as database
from registry.kernel.db import db
from registry.kernel.moves import IllegalMove, NotAllowed, OutOfDate
from registry.people.states import Act
from registry.views import guard, pages
from registry.views.ministry import (
    changing,
    checking,
    countersigning,
    deciding,
    desk,
    edition_changes,
    editions,
    journal,
    memoranda,
    organisations,
    people,
    reports,
)
from registry.views.ministry import (
    questions as ministry_questions,
)
from registry.views.ministry.door import ministry
from registry.views.organisation import (
    answering,
    applying,
    asking,
    calendar,
    colleagues,
    memorandum,
    overview,
    own_answers,
    papers,
    signing,
    sites,
    submitting,
)
from registry.views.organisation.door import organisation
from registry.views.public import (
    before_you_sign,
    home,
    mailbox,
    performance,
    providers,
    standing_pages,
    verifying,
)
from registry.views.public import (
    questions as public_questions,
)
from registry.views.public.door import public
from registry.views.public.open_data import open_data
from registry.views.sign_in import account, entering, invitations, registering
from registry.views.sign_in.door import sign_in

# Importing a page module hangs its pages on its door.
PAGES = (
    home, before_you_sign, mailbox, performance, providers, standing_pages, verifying,
    changing, checking, countersigning, deciding, desk, edition_changes, editions, journal, memoranda,
    organisations, people, reports,
    account, entering, invitations, registering,
    applying, colleagues, overview, papers, sites, submitting,
    answering, calendar, memorandum, own_answers, signing,
    asking, ministry_questions, public_questions,
)  # fmt: skip

_CODES_WITH_PAGES = frozenset({400, 401, 403, 404, 405, 409, 413, 429, 500})


def open_on(app: Flask) -> None:
    """Register doors, the way languages come out of addresses, and the answers to errors."""
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_put_language_back)
    app.before_request(_read_only_until_a_view_writes)
    for door in (public, open_data, sign_in, organisation, ministry):
        app.register_blueprint(door)
    app.add_url_rule("/", "choose_language", guard.anyone(choose_language))
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(CSRFError, _answer_http)
    for kind in (IllegalMove, NotAllowed, OutOfDate, StaleDataError):
        app.register_error_handler(kind, _answer_conflict)
    app.register_error_handler(Exception, _answer_fault)


def choose_language() -> AnyResponse:
    """The bare address: the language last chosen, else the browser's, else Khmer."""
    return redirect(url_for("public.home", language=pages.language()))


def to_sign_in() -> AnyResponse:
    """Remember the page that was asked for, in the session and not in an address, and ask to sign in."""
    if request.method == "GET":
        session["after_sign_in"] = request.full_path.rstrip("?")
    return redirect(url_for("sign_in.sign_in", language=pages.language()))


def frame() -> dict[str, object]:
    """The context of every page: what pages.frame gives, and who is signed in with their menu."""
    somebody = guard.somebody()
    return {
        **pages.frame(),
        "person": somebody,
        "navigation": [_link(*entry) for entry in _menu(somebody)],
        "account_links": [_link(*entry) for entry in _account_menu(somebody)],
        "sign_out_url": url_for("sign_in.sign_out", language=pages.language()) if somebody else None,
        "footer_links": [_link(*entry) for entry in _footer()],
    }


def _footer() -> list[tuple[str, str]]:
    return [
        (gettext("Questions and answers about the terms"), "public.questions"),
        (gettext("Accessibility"), "public.accessibility"),
        (gettext("Privacy"), "public.privacy"),
        (gettext("Open data"), "public.open_data"),
    ]


def _menu(somebody: Any) -> list[tuple[str, str]]:
    if somebody is not None and somebody.may(Act.SEE_DESK):
        return [(gettext("Desk"), "ministry.desk"), *_desk_menu(somebody)]
    if somebody is not None:
        return [
            (gettext("My organisation"), "organisation.home"),
            (gettext("Before you sign"), "organisation.before_you_sign"),
            (gettext("Providers"), "public.providers"),
        ]
    return [
        (gettext("Providers"), "public.providers"),
        (gettext("Before you sign"), "public.before_you_sign"),
        (gettext("Questions"), "public.questions"),
        (gettext("Check a memorandum"), "public.verify"),
        (gettext("How the Ministry keeps its word"), "public.performance"),
    ]


def _desk_menu(somebody: Any) -> list[tuple[str, str]]:
    entries = (
        (Act.SEE_FILES, gettext("Organisations"), "ministry.organisations"),
        (Act.SEE_FILES, gettext("Memoranda"), "ministry.memoranda"),
        (Act.SEE_FILES, gettext("Reports"), "ministry.reports"),
        (Act.SEE_EDITIONS, gettext("Terms"), "ministry.editions"),
        (Act.SEE_FILES, gettext("Questions"), "ministry.questions"),
        (Act.READ_JOURNAL, gettext("Journal"), "ministry.journal"),
        (Act.MANAGE_PEOPLE, gettext("People"), "ministry.people"),
    )
    return [(text, endpoint) for act, text, endpoint in entries if somebody.may(act)]


def _account_menu(somebody: Any) -> list[tuple[str, str]]:
    if somebody is not None:
        return [(gettext("My account"), "sign_in.account")]
    return [(gettext("Sign in"), "sign_in.sign_in"), (gettext("Register"), "sign_in.register")]


def _link(text: str, endpoint: str) -> dict[str, object]:
    address = url_for(endpoint, language=pages.language())
    return {"text": text, "href": address, "active": request.endpoint == endpoint}


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "language" in values:
        g.language = values.pop("language")


def _put_language_back(endpoint: str, values: dict[str, Any]) -> None:
    if "language" in values or "language" not in g:
        return
    if current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = g.language


def _read_only_until_a_view_writes() -> None:
    # Loading the visitor and rendering error pages read; only the guard lets a view write.
    database.read_only_here()


def _answer_http(error: HTTPException) -> AnyResponse | tuple[str, int]:
    if isinstance(error, SecurityError):
        # A host that is not ours: no page of ours may be made with its name in the links.
        return Response("Bad request\n", HTTPStatus.BAD_REQUEST, mimetype="text/plain")
    if error.response is not None:
        return cast(AnyResponse, error.response)
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if code == HTTPStatus.UNAUTHORIZED and request.method == "GET":
        return to_sign_in()
    return _error_page(code if code in _CODES_WITH_PAGES else 400), code


def _answer_conflict(error: Exception) -> tuple[str, int]:
    db.session.rollback()
    reason = pages.sentence(error.reason) if isinstance(error, NotAllowed) else ""
    return _error_page(409, reason=reason), 409


def _answer_fault(error: Exception) -> tuple[str, int]:
    db.session.rollback()
    current_app.logger.error("unexpected error", exc_info=error)
    return _error_page(500), 500


def _error_page(code: int, *, reason: str = "") -> str:
    return render_template(f"errors/{code}.html", reason=reason)
