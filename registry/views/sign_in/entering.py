"""Signing in and out, and where a person goes from there."""

import re

from flask import current_app, redirect, request, session, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from forms.accounts import SignInForm
from registry.people import operations as people
from registry.people.models import Person
from registry.people.states import Act
from registry.views import guard
from registry.views.guard import Answer
from registry.views.pages import page
from registry.views.sign_in.door import sign_in

# The first word that fits names the browser or the device: most browsers also name those they descend from.
_BROWSERS = (("Edg", "Edge"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
             ("OPR", "Opera"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_DEVICES = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Macintosh", "Mac"), ("Linux", "Linux"))  # fmt: skip


@sign_in.get("/sign-in", endpoint="sign_in")
@guard.anyone
def ask() -> Answer:
    somebody = guard.somebody()
    if somebody:
        return redirect(start_of(somebody), 303)
    return page("sign_in/sign_in.html", form=SignInForm())


@sign_in.post("/sign-in")
@guard.anyone
def enter() -> Answer:
    form = SignInForm.posted(request.form)
    wanted = str(session.get("after_sign_in", ""))
    if form.validate() and guard.attempt(form, "", lambda: _enter(form), keep_tries=True):
        return redirect(_next_page(wanted), 303)
    return page("sign_in/sign_in.html", form=form), 422


@sign_in.post("/sign-out")
@guard.may(Act.USE_OWN_ACCOUNT)
def sign_out() -> Answer:
    people.end_sign_in(guard.here(), by=guard.me())
    guard.leave()
    return redirect(url_for("public.home"), 303)


def device() -> str:
    """The browser and the device in two words, as people recognise their own: "Chrome, Android"."""
    agent = request.user_agent.string
    found = [next((word for sign, word in words if sign in agent), "") for words in (_BROWSERS, _DEVICES)]
    return ", ".join(word for word in found if word)


def start_of(person: Person) -> str:
    """The page on which somebody's work begins."""
    return url_for("ministry.desk" if person.may(Act.SEE_DESK) else "organisation.home")


def _enter(form: SignInForm) -> None:
    token = people.sign_in(
        form.username.data or "",
        form.password.data or "",
        network=(request.remote_addr or "")[:64],
        device=device(),
    )
    guard.enter(token)


def _next_page(wanted: str) -> str:
    """The page that was asked for before, if it is one of ours and this person may see it."""
    if re.fullmatch(r"/[A-Za-z0-9/_.-]*(\?[^\\\x00-\x20]*)?", wanted) and not wanted.startswith("//"):
        try:
            endpoint, _ = current_app.url_map.bind("").match(wanted.partition("?")[0], method="GET")
        except (HTTPException, RequestRedirect):
            return start_of(guard.me())
        act = getattr(current_app.view_functions[endpoint], "act", None)
        if act is None or guard.me().may(act):
            return wanted
    return start_of(guard.me())
