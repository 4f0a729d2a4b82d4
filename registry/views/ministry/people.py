"""The Ministry's people, for administrators: who has an account, inviting, closing."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from forms.staff import InviteForm
from registry.kernel.moves import NotAllowed
from registry.people import operations, queries
from registry.people.states import Act, Role
from registry.views import guard, labels, pages
from registry.views.ministry import files
from registry.views.ministry.door import ministry


@ministry.get("/people")
@guard.may(Act.MANAGE_PEOPLE)
def people() -> guard.Answer:
    """Who works here, in which roles, and who was invited."""
    return pages.page(
        "ministry/people.html",
        staff=queries.staff(),
        invitations=queries.waiting_invitations(),
        roles=labels.ROLE,
        me=guard.me(),
    )


@ministry.get("/people/invite")
@guard.may(Act.MANAGE_PEOPLE)
def invite() -> guard.Answer:
    """Whom do you invite?"""
    return pages.page("ministry/invite.html", form=InviteForm())


@ministry.post("/people/invite")
@guard.may(Act.MANAGE_PEOPLE)
def send_invitation() -> guard.Answer:
    """Write the letter with which somebody can open an account."""
    form = InviteForm.posted(request.form)
    if not form.validate():
        return pages.page("ministry/invite.html", form=form)
    operations.invite(
        form.email.data or "", name=form.name.data or "", role=Role(form.role.data),
        language=form.language.data, by=guard.me(),
    )  # fmt: skip
    flash(gettext("The invitation was sent by letter."), "success")
    return redirect(url_for("ministry.people"), 303)


@ministry.get("/people/<int(max=999999999):person_id>/close")
@guard.may(Act.MANAGE_PEOPLE)
def close(person_id: int) -> guard.Answer:
    """What closing an account means, before it is done."""
    colleague = files.colleague(person_id)
    if colleague.id == guard.me().id:
        raise NotAllowed("own-account")
    return pages.page("ministry/close.html", colleague=colleague, roles=labels.ROLE)


@ministry.post("/people/<int(max=999999999):person_id>/close")
@guard.may(Act.MANAGE_PEOPLE)
def close_account(person_id: int) -> guard.Answer:
    """Close an account at once; what its owner did stays."""
    operations.close_account(files.colleague(person_id), by=guard.me())
    flash(gettext("The account is closed."), "success")
    return redirect(url_for("ministry.people"), 303)
