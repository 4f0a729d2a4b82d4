"""Beginning a registration: the organisation's names and the account of its first person, on one page."""

from flask import redirect, request, url_for

from forms.accounts import RegisterForm, account_of
from registry.organisations.operations import applying
from registry.people import operations as people
from registry.people.states import Role
from registry.views import guard, pages
from registry.views.guard import Answer
from registry.views.pages import page
from registry.views.sign_in.door import sign_in
from registry.views.sign_in.entering import device, start_of


@sign_in.get("/register")
@guard.anyone
def register() -> Answer:
    somebody = guard.somebody()
    if somebody:
        return redirect(start_of(somebody), 303)
    return page("sign_in/register.html", form=RegisterForm())


@sign_in.post("/register")
@guard.anyone
def begin_registration() -> Answer:
    form = RegisterForm.posted(request.form)
    if (
        form.validate()
        and guard.attempt(form, "password", lambda: _ensure_good_password(form))
        and guard.attempt(form, "username", lambda: _begin(form))
    ):
        return redirect(url_for("organisation.home"), 303)
    return page("sign_in/register.html", form=form), 422


def _ensure_good_password(form: RegisterForm) -> None:
    about = (form.username.data or "", form.own_name_latin.data or "", form.name_latin.data or "")
    people.ensure_good_password(form.password.data or "", about=about)


def _begin(form: RegisterForm) -> None:
    organisation = applying.begin(
        name_km=form.name_km.data or "",
        name_latin=form.name_latin.data or "",
        acronym=form.acronym.data or "",
    )
    person = people.open_account(
        **account_of(form),
        role=Role(form.who.data),
        email=form.email.data or "",
        phone=form.phone.data or "",
        language=pages.language(),
        organisation_id=organisation.id,
    )
    guard.enter(people.begin_sign_in(person, device=device()))
