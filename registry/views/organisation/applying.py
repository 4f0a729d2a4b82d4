"""The short pages of a registration: legal, work, people; each is saved and leads to the next."""

from flask import flash, redirect, request

from forms.registration import DirectedForm, LegalForm, PeopleForm, UndirectedForm, WorkForm
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.organisations.operations import applying, inviting
from registry.organisations.states import ChoiceKind
from registry.people.states import Act
from registry.views import guard, pages
from registry.views.guard import Answer
from registry.views.organisation.door import organisation
from registry.views.organisation.own import invited_director, onward, own_open, saved_words
from registry.views.pages import page


@organisation.get("/legal")
@guard.may(Act.FILL_IN_REGISTRATION)
def legal() -> Answer:
    known = own_open()
    origins = {None: "", True: "foreign", False: "local"}
    return page(
        "organisation/legal.html", form=LegalForm(obj=known, data={"origin": origins[known.is_foreign]})
    )


@organisation.post("/legal")
@guard.may(Act.FILL_IN_REGISTRATION)
def save_legal() -> Answer:
    known, form = own_open(), LegalForm.posted(request.form)
    if form.validate() and guard.attempt(form, "registration_date", lambda: _save_legal(known, form)):
        return _go_on(known)
    return page("organisation/legal.html", form=form), 422


@organisation.get("/work")
@guard.may(Act.FILL_IN_REGISTRATION)
def work() -> Answer:
    return page("organisation/work.html", form=_work_form(own_open()))


@organisation.post("/work")
@guard.may(Act.FILL_IN_REGISTRATION)
def save_work() -> Answer:
    known, form = own_open(), WorkForm.posted(request.form)
    if form.validate() and guard.attempt(form, "child_places", lambda: _save_work(known, form)):
        return _go_on(known)
    return page("organisation/work.html", form=form), 422


@organisation.get("/staff")
@guard.may(Act.FILL_IN_REGISTRATION)
def staff() -> Answer:
    known = own_open()
    return _staff_page(known, _staff_form(known))


@organisation.post("/staff")
@guard.may(Act.FILL_IN_REGISTRATION)
def save_staff() -> Answer:
    known = own_open()
    form = _kind_of_staff_form(known).posted(request.form)
    if form.validate() and guard.attempt(form, "", lambda: _save_staff(known, form)):
        return _go_on(known)
    return _staff_page(known, form), 422


def _go_on(known: Organisation) -> Answer:
    flash(saved_words(), "success")
    return redirect(onward(known), 303)


def _save_legal(known: Organisation, form: LegalForm) -> None:
    names = {"name_km": form.name_km.data or "", "name_latin": form.name_latin.data or ""}
    applying.correct_names(known, by=guard.me(), **names)
    given = {field.name: field.data for field in form if field.name not in {"origin", *names}}
    applying.describe_legal(known, by=guard.me(), is_foreign=form.origin.data == "foreign", **given)


def _work_form(known: Organisation) -> WorkForm:
    numbers = ("places", "child_places", "active_cases")
    return WorkForm(
        data={
            "services": sorted(known.codes(ChoiceKind.SERVICE)),
            "groups": sorted(known.codes(ChoiceKind.GROUP)),
            "provinces": sorted(known.codes(ChoiceKind.PROVINCE)),
            **({name: getattr(known, name) for name in numbers} if known.work_described else {}),
        }
    )


def _save_work(known: Organisation, form: WorkForm) -> None:
    applying.describe_work(
        known,
        by=guard.me(),
        services=form.services.data or [],
        groups=form.groups.data or [],
        provinces=form.provinces.data or [],
        places=form.places.data or 0,
        child_places=form.child_places.data or 0,
        active_cases=form.active_cases.data or 0,
    )


def _kind_of_staff_form(known: Organisation) -> type[PeopleForm]:
    """The director's post is asked once there is a director; before that, whom to invite as director."""
    if organisations.director_of(known):
        return DirectedForm
    return PeopleForm if invited_director(known) else UndirectedForm


def _staff_form(known: Organisation) -> PeopleForm:
    director = organisations.director_of(known)
    return _kind_of_staff_form(known)(
        data={
            "staff": {row.post: row.number for row in known.posts},
            "pay": {row.post: row.monthly_pay for row in known.posts},
            "director_post_km": (director.post_km if director else "") or "នាយក",
            "director_post_en": (director.post_en if director else "") or "Director",
        }
    )


def _staff_page(known: Organisation, form: PeopleForm) -> str:
    return page(
        "organisation/staff.html",
        form=form,
        director=organisations.director_of(known),
        invited=invited_director(known),
        is_director=organisations.director_of(known) is guard.me(),
    )


def _save_staff(known: Organisation, form: PeopleForm) -> None:
    applying.describe_people(
        known,
        by=guard.me(),
        staff=form.numbers(),
        pay=form.wages(),
        director_post_km=form.director_post_km.data or "" if isinstance(form, DirectedForm) else "",
        director_post_en=form.director_post_en.data or "" if isinstance(form, DirectedForm) else "",
    )
    if isinstance(form, UndirectedForm):
        inviting.invite_director(
            known, by=guard.me(), name=form.name.data or "", email=form.email.data or "",
            language=pages.language(),
        )  # fmt: skip
