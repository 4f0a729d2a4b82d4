"""A person's own account: who they are here, where they are signed in, password and language of letters."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from forms.accounts import LanguageForm, PasswordForm
from registry.people import operations as people
from registry.people import queries
from registry.people.states import Act
from registry.views import guard
from registry.views.guard import Answer
from registry.views.labels import ROLE
from registry.views.pages import page
from registry.views.sign_in.door import sign_in
from registry.views.sign_in.entering import device


@sign_in.get("/account")
@guard.may(Act.USE_OWN_ACCOUNT)
def account() -> Answer:
    me, here = guard.me(), guard.here()
    return page(
        "sign_in/account.html",
        me=me,
        roles=[ROLE[role] for role in sorted(me.roles)],
        sign_ins=[(begun, begun.id == here.id) for begun in queries.sign_ins_of(me)],
        form=LanguageForm(data={"letters": me.language}),
    )


@sign_in.post("/account/language")
@guard.may(Act.USE_OWN_ACCOUNT)
def choose_language() -> Answer:
    form = LanguageForm.posted(request.form)
    if form.validate():
        people.choose_language(guard.me(), form.letters.data)
        flash(gettext("Letters to you come in this language from now on."), "success")
    return redirect(url_for("sign_in.account"), 303)


@sign_in.post("/account/sign-out-everywhere")
@guard.may(Act.USE_OWN_ACCOUNT)
def sign_out_everywhere() -> Answer:
    people.end_every_sign_in(guard.me(), by=guard.me())
    guard.leave()
    flash(gettext("You are signed out on every device."), "success")
    return redirect(url_for("sign_in.sign_in"), 303)


@sign_in.get("/account/password")
@guard.may(Act.USE_OWN_ACCOUNT)
def password() -> Answer:
    return page("sign_in/password.html", form=PasswordForm())


@sign_in.post("/account/password")
@guard.may(Act.USE_OWN_ACCOUNT)
def change_password() -> Answer:
    form = PasswordForm.posted(request.form)
    if (
        form.validate()
        and guard.attempt(form, "new", lambda: _ensure_good_password(form))
        and guard.attempt(form, "old", lambda: _change(form))
    ):
        flash(gettext("The password is changed. Other devices are signed out."), "success")
        return redirect(url_for("sign_in.account"), 303)
    return page("sign_in/password.html", form=form), 422


def _ensure_good_password(form: PasswordForm) -> None:
    me = guard.me()
    people.ensure_good_password(form.new.data or "", about=(me.username, me.name_latin, me.email))


def _change(form: PasswordForm) -> None:
    me = guard.me()
    people.change_password(me, old=form.old.data or "", new=form.new.data or "")
    # The change ended every sign-in; this browser has just proved the password and goes on under a new one.
    guard.enter(people.begin_sign_in(me, device=device()))
