"""Accepting an invitation: the person chooses an account name and a password."""

from flask import abort, flash, redirect, request
from flask_babel import gettext

from forms.accounts import InvitedForm, InvitedSignerForm, account_of
from registry.organisations import queries as organisations
from registry.people import operations as people
from registry.people import queries
from registry.people.models import Invitation
from registry.people.states import Role
from registry.views import guard
from registry.views.guard import Answer
from registry.views.labels import ROLE
from registry.views.pages import page
from registry.views.sign_in.door import sign_in
from registry.views.sign_in.entering import device, start_of

# Their posts are printed in the memorandum, beside their signatures.
SIGNERS = frozenset({Role.DIRECTOR, Role.SIGNATORY})


@sign_in.get("/invitations/<token>")
@guard.anyone
def invitation(token: str) -> Answer:
    invited = _open(token)
    return _page(token, invited, _form_for(invited)())


@sign_in.post("/invitations/<token>")
@guard.anyone
def accept_invitation(token: str) -> Answer:
    invited = _open(token)
    form = _form_for(invited).posted(request.form)
    if (
        form.validate()
        and guard.attempt(form, "password", lambda: _ensure_good_password(form, invited))
        and guard.attempt(form, "username", lambda: _accept(form, invited))
    ):
        flash(gettext("Your account is open, and you are signed in."), "success")
        return redirect(start_of(guard.me()), 303)
    return _page(token, _open(token), form), 422


def _open(token: str) -> Invitation:
    return queries.open_invitation(token) or abort(404)


def _form_for(invited: Invitation) -> type[InvitedForm] | type[InvitedSignerForm]:
    return InvitedSignerForm if invited.role in SIGNERS else InvitedForm


def _page(token: str, invited: Invitation, form: InvitedForm | InvitedSignerForm) -> str:
    return page(
        "sign_in/invitation.html",
        form=form,
        token=token,
        invited=invited,
        role=ROLE[invited.role],
        organisation=organisations.invited_into(invited),
    )


def _ensure_good_password(form: InvitedForm | InvitedSignerForm, invited: Invitation) -> None:
    about = (form.username.data or "", form.own_name_latin.data or "", invited.email)
    people.ensure_good_password(form.password.data or "", about=about)


def _accept(form: InvitedForm | InvitedSignerForm, invited: Invitation) -> None:
    post = (
        {"post_km": form.post_km.data or "", "post_en": form.post_en.data or ""}
        if isinstance(form, InvitedSignerForm)
        else {}
    )
    person = people.accept_invitation(invited, **account_of(form), **post)
    guard.enter(people.begin_sign_in(person, device=device()))
