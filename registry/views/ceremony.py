"""Signing a memorandum, step by step, the same for both parties: read, agree, confirm with a code, done.

A door is called as its signature field. It gives these views, each taking `reference`: `read_to_sign`,
`agree_to_sign` (POST), `send_code_again` (POST), `confirm_signature`, `sign_memorandum` (POST, slow),
`signed`, `memorandum` and `memorandum_file` (with `kind`); and the templates `sign_read.html`,
`sign_confirm.html`, `sign_done.html` and `sign_stopped.html`, which draw templates/macros/ceremony.html from
`page` (or `stop`).
"""

import secrets
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import flash, redirect, request, session, url_for
from flask_babel import force_locale, gettext
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from contracts.sealing import SealingError
from contracts.stamping import StampError
from forms.signing import ConfirmForm, ConsentForm
from registry.compliance import operations as compliance
from registry.kernel import clock, storage
from registry.kernel.db import db
from registry.kernel.moves import IllegalMove, NotAllowed, OutOfDate
from registry.memoranda import queries as memoranda
from registry.memoranda.models import Memorandum, Signature
from registry.memoranda.operations import signing
from registry.memoranda.states import Field
from registry.people import operations as people
from registry.views import asking, declarations, downloads, guard, pages
from registry.views.declarations import Stop

_AGREED = "agreed_to_electronic_form"
_BESIDE = {"name-differs": "typed_name", "password-wrong": "password"}
# What a second post, or a change in the meantime, runs into.
_OVERTAKEN = (IllegalMove, NotAllowed, OutOfDate, SealingError, IntegrityError, StaleDataError)


def read_page(memorandum: Memorandum, field: Field) -> guard.Answer:
    """The whole text, its files and its fingerprint, the questions about it, and the consent."""
    if _my_signature(memorandum, field):
        return redirect(_url(memorandum, field, "signed"), 303)
    stop = declarations.hindrance(memorandum, field, guard.me())
    if stop:
        return stopped(memorandum, field, stop)
    form = asking.consent_form(memorandum, field, guard.me())()
    form.seen_sha256.data = memorandum.current_sha256
    return _read_page(memorandum, field, form)


def agree(memorandum: Memorandum, field: Field) -> guard.Answer:
    """Count the answers; once all are right keep the consent, bound to the text shown, and send the code."""
    form = asking.consent_form(memorandum, field, guard.me()).posted(request.form)
    stop = declarations.hindrance(memorandum, field, guard.me())
    if stop is None and form.seen_sha256.data != memorandum.current_sha256:
        stop = declarations.changed(memorandum, field)
    if stop:
        return stopped(memorandum, field, stop)
    if not asking.answered(memorandum, form, field, guard.me()):
        return _read_page(memorandum, field, form), 422
    session[_AGREED] = _consent(memorandum, field) | {"at": clock.now().isoformat()}
    try:
        _send_code(memorandum)
    except NotAllowed:
        # One was sent less than a minute ago: it is on its way, and still good.
        flash(gettext("A code is already on its way to you."))
    return redirect(_url(memorandum, field, "confirm_signature"), 303)


def send_again(memorandum: Memorandum, field: Field) -> guard.Answer:
    """Send another code to somebody who has agreed already."""
    stop = declarations.hindrance(memorandum, field, guard.me()) or _not_agreed(memorandum, field)
    if stop:
        return stopped(memorandum, field, stop)
    try:
        _send_code(memorandum)
        flash(gettext("We have sent you a new code. Only the newest code is good."), "success")
    except NotAllowed as refusal:
        flash(pages.sentence(refusal.reason), "warning")
    return redirect(_url(memorandum, field, "confirm_signature"), 303)


def confirm_page(memorandum: Memorandum, field: Field) -> guard.Answer:
    """The one sentence that binds, and what must be typed to say it."""
    stop = declarations.hindrance(memorandum, field, guard.me()) or _not_agreed(memorandum, field)
    if stop:
        return stopped(memorandum, field, stop)
    form = ConfirmForm()
    form.seen_sha256.data = memorandum.current_sha256
    form.idempotency_key.data = secrets.token_urlsafe(24)
    return _confirm_page(memorandum, field, form)


def confirm(fetch: Callable[[], Memorandum], field: Field) -> guard.Answer:
    """Sign, once: for slow views. Whatever file a browser posts is never looked at.

    `fetch` gets the memorandum through the person (or aborts); it is asked again in each transaction. A
    second post of the same page ends where the first one ended.
    """
    form = ConfirmForm.posted(request.form)
    answer = _attempted(fetch, field, form)
    db.session.rollback()  # What another post has done meanwhile must be seen.
    if answer is None or _my_signature(fetch(), field, key=form.idempotency_key.data or ""):
        session.pop(_AGREED, None)
        return redirect(_url(fetch(), field, "signed"), 303)
    return answer


def done_page(memorandum: Memorandum, field: Field) -> guard.Answer:
    """What was signed, and what happens next."""
    signature = _my_signature(memorandum, field)
    if signature is None:
        return redirect(_url(memorandum, field, "memorandum"), 303)
    shown = _shown(memorandum, field, step=2) | {"signature": signature}
    return pages.page(f"{field}/sign_done.html", page=shown)


def stopped(memorandum: Memorandum, field: Field, stop: Stop) -> guard.Answer:
    """The page that says why nothing can be signed now, and the next step."""
    return pages.page(f"{field}/sign_stopped.html", memorandum=memorandum, stop=stop), stop.code


def _attempted(fetch: Callable[[], Memorandum], field: Field, form: ConfirmForm) -> guard.Answer | None:
    """Try to sign; None when it is done, else the page that says what stands in the way."""
    memorandum = fetch()
    stop = _stop_before_signing(memorandum, field, form)
    if stop:
        return stopped(memorandum, field, stop)
    try:
        declared = _checked(fetch, field, form) if form.validate() else None
        if declared is None:
            return _confirm_page(fetch(), field, form), 422
        _sign(fetch, field, declared)
    except StampError:
        form.refuse("", pages.sentence("document-not-made"))
        return _confirm_page(fetch(), field, form), 503
    except _OVERTAKEN as error:
        db.session.rollback()
        return stopped(fetch(), field, declarations.why(fetch(), field, error))
    return None


def _stop_before_signing(memorandum: Memorandum, field: Field, form: ConfirmForm) -> Stop | None:
    stop = declarations.hindrance(memorandum, field, guard.me())
    if stop:
        return stop
    if form.seen_sha256.data and form.seen_sha256.data != memorandum.current_sha256:
        return declarations.changed(memorandum, field)
    return _not_agreed(memorandum, field)


def _checked(fetch: Callable[[], Memorandum], field: Field, form: ConfirmForm) -> signing.Declaration | None:
    """Rules, name, password and code, in a transaction of their own: a wrong try stays counted."""
    with guard.writing():
        memorandum, person = fetch(), guard.me()
        declared = _declaration(memorandum, field, form)
        try:
            signing.ensure_may_sign(memorandum, field, by=person, seen_sha256=declared.seen_sha256)
            signing.ensure_declared(person, declared)
            signing.ensure_understood(memorandum, field, by=person)
            code = people.check_code(
                person,
                password=form.password.data or "",
                code=form.code.data or "",
                bound_to=declared.seen_sha256,
            )
        except NotAllowed as refusal:
            form.refuse(_BESIDE.get(refusal.reason, "code"), pages.sentence(refusal.reason))
            return None
        return replace(declared, code_id=code.id)


def _declaration(memorandum: Memorandum, field: Field, form: ConfirmForm) -> signing.Declaration:
    return signing.Declaration(
        seen_sha256=form.seen_sha256.data or "",
        typed_name=form.typed_name.data or "",
        consent_text=_agreed_text(memorandum, field),
        intent_text=declarations.intent(memorandum, field, guard.me()),
        language=pages.language(),
        code_id=0,
        idempotency_key=form.idempotency_key.data or "",
    )


def _sign(fetch: Callable[[], Memorandum], field: Field, declared: signing.Declaration) -> None:
    """Sign the stored bytes and keep the file, outside any transaction; then record it in one."""
    signed = signing.make_signature(fetch(), field, by=guard.me())
    storage.keep(signed.content)
    with guard.writing():
        memorandum = fetch()
        signing.sign(memorandum, field, by=guard.me(), declared=declared, signed=signed)
        if field is Field.MINISTRY:
            compliance.open_calendar(memorandum, by=guard.me())


def _consent(memorandum: Memorandum, field: Field) -> dict[str, str]:
    """What the signed session keeps of a consent: to which text, on which file, in which field, by whom."""
    return {
        "text": declarations.digest(declarations.consent_text()),
        "language": pages.language(),
        "file": memorandum.current_sha256 or "",
        "field": field.value,
        "by": guard.me().pseudonym,
    }


def _agreed_text(memorandum: Memorandum, field: Field) -> str:
    """The consent in the language in which it was given; "" when there is none for this file."""
    kept = dict(session.get(_AGREED) or {})
    kept.pop("at", None)
    with force_locale(kept.get("language", pages.language())):
        same = kept == _consent(memorandum, field) | {"language": kept.get("language", "")}
        return declarations.consent_text() if same else ""


def _not_agreed(memorandum: Memorandum, field: Field) -> Stop | None:
    return None if _agreed_text(memorandum, field) else declarations.not_agreed(memorandum, field)


def _send_code(memorandum: Memorandum) -> None:
    people.send_code(
        guard.me(), bound_to=memorandum.current_sha256 or "", what=declarations.in_letter(memorandum)
    )


def _my_signature(memorandum: Memorandum, field: Field, *, key: str | None = None) -> Signature | None:
    """My signature on the text as it is offered now; with a key, the one that this page has made."""
    found = memorandum.live_signature(field)
    mine = found is not None and found.person_id == guard.me().id
    return found if mine and key in (None, found and found.idempotency_key) else None


def _read_page(memorandum: Memorandum, field: Field, form: ConsentForm) -> str:
    shown = _shown(memorandum, field, step=0) | {
        "form": form,
        "text": memoranda.frozen_text(memorandum),
        "questions": asking.shown(memorandum, form),
        "check": memorandum.check_of(guard.me()) if field is Field.ORGANISATION else None,
        "consent_text": declarations.consent_text(),
        "agree_url": _url(memorandum, field, "agree_to_sign"),
    }
    return pages.page(f"{field}/sign_read.html", page=shown, form=form)


def _confirm_page(memorandum: Memorandum, field: Field, form: ConfirmForm) -> str:
    shown = _shown(memorandum, field, step=1) | {
        "form": form,
        "intent": declarations.intent(memorandum, field, guard.me()),
        "sign_url": _url(memorandum, field, "sign_memorandum"),
        "again_url": _url(memorandum, field, "send_code_again"),
    }
    return pages.page(f"{field}/sign_confirm.html", page=shown, form=form)


def _shown(memorandum: Memorandum, field: Field, *, step: int) -> dict[str, Any]:
    """What every page of the ceremony shows."""
    titles = (gettext("Read and agree"), gettext("Confirm"), gettext("Signed"))
    return {
        "memorandum": memorandum,
        "person": guard.me(),
        "files": downloads.files_of(memorandum, field),
        "back_url": _url(memorandum, field, "memorandum"),
        "read_url": _url(memorandum, field, "read_to_sign"),
        "steps": [
            {"title": title, "state": "done" if place < step else "now" if place == step else "next"}
            for place, title in enumerate(titles)
        ],
    }


def _url(memorandum: Memorandum, field: Field, view: str) -> str:
    return url_for(f"{field}.{view}", reference=memorandum.reference)
