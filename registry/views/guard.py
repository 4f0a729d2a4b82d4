"""The one guard at every door: who may, is it genuine, keep the changes."""

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, abort, current_app, g, request, session
from flask_login import LoginManager, current_user, login_user, logout_user
from werkzeug.wrappers import Response as AnyResponse

from forms.base import PageForm
from registry.directory import operations as directory
from registry.kernel import clock, outbox, settings
from registry.kernel import db as database
from registry.kernel.db import db
from registry.kernel.moves import NotAllowed
from registry.people import operations as people
from registry.people import queries as people_queries
from registry.people.models import Person, SignIn
from registry.people.states import Act
from registry.views.pages import sentence

Answer = str | AnyResponse | tuple[str, int]
View = TypeVar("View", bound=Callable[..., Any])

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
SEEN_EVERY = timedelta(minutes=1)

login_manager = LoginManager()


class Visitor:
    """Somebody who is signed in; to flask-login their id is the secret of one sign-in, not a person's."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, begun: SignIn, token: str) -> None:
        self.begun = begun
        self.token = token

    def get_id(self) -> str:
        """What the browser keeps, signed, in its cookie."""
        return self.token

    @property
    def person(self) -> Person:
        return self.begun.person


@login_manager.user_loader  # type: ignore[untyped-decorator] # flask-login has no types
def _visitor(token: str) -> Visitor | None:
    begun = people_queries.live_sign_in(token)
    return Visitor(begun, token) if begun else None


def me() -> Person:
    """The person who is signed in; only for views behind `may`."""
    return cast(Visitor, current_user._get_current_object()).person


def somebody() -> Person | None:
    """The person who is signed in, or None."""
    return me() if current_user.is_authenticated else None


def here() -> SignIn:
    """The sign-in of this browser; only for views behind `may`."""
    return cast(Visitor, current_user._get_current_object()).begun


def enter(token: str) -> None:
    """Let the browser in under a new sign-in; whatever its old session held is forgotten."""
    session.clear()
    begun = people_queries.live_sign_in(token)
    if begun:
        login_user(Visitor(begun, token))


def somebody_asked() -> bool:
    """Whether this browser holds a sign-in (asked without the database: for headers)."""
    return "_user_id" in session


def leave() -> None:
    """Forget the browser's sign-in."""
    logout_user()
    session.clear()


def may(act: Act, *, slow: bool = False) -> Callable[[View], View]:
    """Open a view to those whose roles allow the act.

    A slow view (it makes documents) does not hold the writer's lock; it writes inside `writing()`.
    """

    def guarded(view: View) -> View:
        return _wrapped(view, act=act, slow=slow)

    return guarded


def anyone(view: View) -> View:
    """Open a view to everybody, signed in or not."""
    return _wrapped(view, act=None, slow=False)


def _wrapped(view: View, *, act: Act | None, slow: bool) -> View:
    @wraps(view)
    def guarded(**values: Any) -> Any:
        writes = request.method not in SAFE and not slow
        with database.writing() if writes else database.reading():
            if act is not None:
                _ensure_may(act)
            try:
                answer = current_app.make_response(view(**values))
            except Exception:
                db.session.rollback()
                raise
            if writes:
                keep()
            else:
                db.session.rollback()
        _note_presence()
        return answer

    guarded.act = act  # type: ignore[attr-defined] # the law test and the access table read it
    return cast(View, guarded)


def _ensure_may(act: Act) -> None:
    if not current_user.is_authenticated:
        abort(cast(Response, login_manager.unauthorized()) if request.method in SAFE else 401)
    if not me().may(act):
        abort(403)


@contextmanager
def writing() -> Iterator[None]:
    """The short transaction of a slow view: begins afresh under the writer's lock, and keeps."""
    db.session.rollback()
    with database.writing():
        try:
            yield
        except Exception:
            db.session.rollback()
            raise
        keep()


def keep() -> None:
    """Bring the public directory up to date, commit, and hand letters over where no mail server is set."""
    for reference in sorted(db.session.info.pop("changed_organisations", ())):
        directory.refresh(reference)
    db.session.commit()
    if settings.current().smtp_url is None:
        hand_over_letters()


def hand_over_letters() -> int:
    """Send the letters that wait, one transaction each; returns how many went out."""
    sent = 0
    for letter in outbox.waiting():
        letter.tries += 1
        try:
            outbox.deliver(letter)
        except (OSError, smtplib.SMTPException) as error:
            letter.last_error = type(error).__name__
        else:
            letter.sent_at = clock.now()
            sent += 1
        db.session.commit()
    return sent


def attempt(form: PageForm, field: str, act: Callable[[], object], *, keep_tries: bool = False) -> bool:
    """Do an operation whose refusal belongs at a field of the form; everything it changed is undone then.

    With `keep_tries` what was changed before the refusal stays: a wrong password must be counted.
    """
    try:
        act()
    except NotAllowed as refusal:
        if not keep_tries:
            db.session.rollback()
        form.refuse(field if field in form else "", sentence(refusal.reason))
        return False
    return True


def _note_presence() -> None:
    if not current_user.is_authenticated or g.get("presence_noted"):
        return
    g.presence_noted = True
    if clock.now() - here().seen_at > SEEN_EVERY:
        with database.writing():
            people.still_here(here())
            db.session.commit()
    db.session.rollback()
