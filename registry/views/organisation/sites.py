"""Sites: where the organisation works. What is written here is encrypted and never becomes public."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext

from forms.registration import SiteForm
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.organisations.operations import applying
from registry.organisations.states import Section, SiteKind
from registry.people.states import Act
from registry.views import guard
from registry.views.guard import Answer
from registry.views.labels import SITE
from registry.views.organisation.door import organisation
from registry.views.organisation.file import province
from registry.views.organisation.own import onward, own_open, saved_words
from registry.views.pages import page


@organisation.get("/sites")
@guard.may(Act.FILL_IN_REGISTRATION)
def sites() -> Answer:
    return _page(own_open(), SiteForm())


@organisation.post("/sites")
@guard.may(Act.FILL_IN_REGISTRATION)
def add_site() -> Answer:
    known, form = own_open(), SiteForm.posted(request.form)
    if form.validate() and guard.attempt(form, "", lambda: _add(known, form)):
        flash(saved_words(), "success")
        return redirect(url_for("organisation.sites") if form.another.data else onward(known), 303)
    return _page(known, form), 422


@organisation.post("/sites/<int(max=999999999):site_id>/remove")
@guard.may(Act.FILL_IN_REGISTRATION)
def remove_site(site_id: int) -> Answer:
    known = own_open()
    site = organisations.site_of(known, site_id) or abort(404)
    applying.remove_site(known, site, by=guard.me())
    flash(gettext("The site is taken out of the file."), "success")
    return redirect(url_for("organisation.sites"), 303)


def _page(known: Organisation, form: SiteForm) -> str:
    lines = [(site, SITE[site.kind], province(site.province), site.place.called) for site in known.sites]
    lacks_home = bool(lines) and not organisations.is_done(known, Section.SITES)
    return page(
        "organisation/sites.html", form=form, sites=lines, lacks_home=lacks_home, onward=onward(known)
    )


def _add(known: Organisation, form: SiteForm) -> None:
    applying.add_site(
        known,
        by=guard.me(),
        kind=SiteKind(form.kind.data),
        province=form.province.data,
        called=form.called.data or "",
        address=form.address.data or "",
    )
