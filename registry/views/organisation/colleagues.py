"""Inviting others of the organisation: the director who signs, and colleagues who prepare papers."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from forms.registration import ColleagueForm
from registry.organisations.models import Organisation
from registry.organisations.operations import inviting
from registry.people.models import Invitation
from registry.people.states import Act
from registry.views import guard, pages
from registry.views.guard import Answer
from registry.views.organisation.door import organisation
from registry.views.organisation.own import invited_director, own
from registry.views.pages import page


@organisation.get("/colleagues")
@guard.may(Act.INVITE_PREPARER)
def invite_colleague() -> Answer:
    return page("organisation/invite_colleague.html", form=ColleagueForm(), known=own())


@organisation.post("/colleagues")
@guard.may(Act.INVITE_PREPARER)
def send_invitation() -> Answer:
    known, form = own(), ColleagueForm.posted(request.form)
    if form.validate():
        _invite(inviting.invite_preparer, known, form)
        return _sent()
    return page("organisation/invite_colleague.html", form=form, known=known), 422


@organisation.get("/director")
@guard.may(Act.FILL_IN_REGISTRATION)
def invite_director() -> Answer:
    return _director_page(own(), ColleagueForm())


@organisation.post("/director")
@guard.may(Act.FILL_IN_REGISTRATION)
def send_invitation_to_director() -> Answer:
    known, form = own(), ColleagueForm.posted(request.form)
    if form.validate() and guard.attempt(form, "", lambda: _invite(inviting.invite_director, known, form)):
        return _sent()
    return _director_page(own(), form), 422


def _invite(invite: Callable[..., Invitation], known: Organisation, form: ColleagueForm) -> None:
    invite(known, by=guard.me(), name=form.name.data, email=form.email.data, language=pages.language())


def _sent() -> Answer:
    flash(gettext("The invitation is sent."), "success")
    return redirect(url_for("organisation.home"), 303)


def _director_page(known: Organisation, form: ColleagueForm) -> str:
    return page("organisation/invite_director.html", form=form, invited=invited_director(known))
