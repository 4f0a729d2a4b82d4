"""What an approver does: register an organisation, or refuse with a reason; after a review just the same."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from forms.review import RefuseForm
from registry.kernel.moves import NotAllowed
from registry.organisations import queries
from registry.organisations.models import Organisation
from registry.organisations.operations import deciding
from registry.people.states import Act
from registry.views import guard, labels, pages
from registry.views.ministry import dossier, files
from registry.views.ministry.door import ministry


@ministry.get("/organisations/<reference>/register")
@guard.may(Act.DECIDE_REGISTRATION)
def register(reference: str) -> guard.Answer:
    """What registering means, and the letter that will go out."""
    organisation = _to_decide(reference)
    return pages.page(
        "ministry/register.html", **_shared(organisation), letter=dossier.letter("registered", organisation)
    )


@ministry.post("/organisations/<reference>/register")
@guard.may(Act.DECIDE_REGISTRATION)
def save_registration(reference: str) -> guard.Answer:
    """Enter the organisation into the register."""
    deciding.register(files.organisation(reference), by=guard.me())
    flash(gettext("The organisation is registered. It was told by letter."), "success")
    return redirect(url_for("ministry.organisation", reference=reference), 303)


@ministry.get("/organisations/<reference>/refuse")
@guard.may(Act.DECIDE_REGISTRATION)
def refuse(reference: str) -> guard.Answer:
    """Why is registration refused?"""
    return _refuse_page(_to_decide(reference), RefuseForm())


@ministry.post("/organisations/<reference>/refuse")
@guard.may(Act.DECIDE_REGISTRATION)
def save_refusal(reference: str) -> guard.Answer:
    """Refuse, with the reason that the organisation reads."""
    organisation = files.organisation(reference)
    form = RefuseForm.posted(request.form)
    if form.validate() and guard.attempt(
        form,
        "reason",
        lambda: deciding.refuse(organisation, by=guard.me(), reason=form.reason.data or ""),
    ):
        flash(gettext("Registration is refused. The organisation was told the reason by letter."), "success")
        return redirect(url_for("ministry.organisation", reference=reference), 303)
    return _refuse_page(organisation, form)


def _to_decide(reference: str) -> Organisation:
    organisation = files.organisation(reference)
    hindrance = queries.hindrance_to_decide(organisation, guard.me())
    if hindrance:
        raise NotAllowed(hindrance)
    return organisation


def _shared(organisation: Organisation) -> dict[str, object]:
    return {
        "organisation": organisation,
        "decision": queries.open_recommendation(organisation),
        "last": queries.last_decision(organisation),
        "items": dossier.items_of(organisation),
        "labels": labels,
    }


def _refuse_page(organisation: Organisation, form: RefuseForm) -> str:
    stand_in = gettext("The reason that you write stands here.")
    letter = dossier.letter("refused", organisation, reason=form.reason.data or f"[{stand_in}]")
    return pages.page("ministry/refuse.html", **_shared(organisation), form=form, letter=letter)
