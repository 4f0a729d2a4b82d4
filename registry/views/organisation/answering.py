"""The organisation's answers that are not a signature: ask for a change, decline, ask for renewal."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from forms.signing import ChangeForm, DeclineForm
from registry.kernel.moves import IllegalMove, NotAllowed
from registry.memoranda import queries as memoranda
from registry.memoranda.models import Memorandum
from registry.memoranda.operations import answering
from registry.memoranda.states import MemorandumMove, Phase
from registry.organisations import queries as organisations
from registry.people.states import Act
from registry.views import compared, guard, pages, requested
from registry.views.guard import Answer
from registry.views.organisation.door import organisation
from registry.views.organisation.memorandum import own_memorandum


@organisation.get("/memoranda/<reference>/change")
@guard.may(Act.ANSWER_OFFER)
def ask_for_change(reference: str) -> Answer:
    found, form = _open_for(reference, MemorandumMove.REQUEST_CHANGES), ChangeForm()
    form.offer(_articles(found))
    return _change_page(found, form)


@organisation.post("/memoranda/<reference>/change")
@guard.may(Act.ANSWER_OFFER)
def send_change(reference: str) -> Answer:
    found, form = own_memorandum(reference), ChangeForm.posted(request.form)
    form.offer(_articles(found))
    if form.validate() and guard.attempt(form, "reason", lambda: _request_change(found, form)):
        return _back(found, gettext("Your request was sent to the Ministry. Nothing was signed."))
    return _change_page(found, form), 422


@organisation.get("/memoranda/<reference>/decline")
@guard.may(Act.ANSWER_OFFER)
def decline(reference: str) -> Answer:
    return _decline_page(_open_for(reference, MemorandumMove.DECLINE), DeclineForm())


@organisation.post("/memoranda/<reference>/decline")
@guard.may(Act.ANSWER_OFFER)
def send_decline(reference: str) -> Answer:
    found, form = own_memorandum(reference), DeclineForm.posted(request.form)
    reason = form.reason.data or ""
    if form.validate() and guard.attempt(
        form, "reason", lambda: answering.decline(found, by=guard.me(), reason=reason)
    ):
        return _back(found, gettext("You have declined. The Ministry was told, with your reason."))
    return _decline_page(found, form), 422


@organisation.get("/memoranda/<reference>/renewal")
@guard.may(Act.ASK_FOR_RENEWAL)
def renewal(reference: str) -> Answer:
    found = own_memorandum(reference)
    if found.phase is not Phase.RENEWAL_DUE:
        raise NotAllowed("renewal-asked" if found.renewal_asked_on else "renewal-not-open")
    return pages.page(
        "organisation/memorandum_renewal.html",
        memorandum=found,
        answer_days=memoranda.answer_days(found.edition),
        told=compared.since(found.edition, organisations.profile_of(found.organisation)),
    )


@organisation.post("/memoranda/<reference>/renewal")
@guard.may(Act.ASK_FOR_RENEWAL)
def ask_for_renewal(reference: str) -> Answer:
    found = own_memorandum(reference)
    answering.ask_for_renewal(found, by=guard.me())
    return _back(
        found,
        gettext("You have asked for renewal. The memorandum stays in force until the Ministry decides."),
    )


def _open_for(reference: str, move: MemorandumMove) -> Memorandum:
    found = own_memorandum(reference)
    if not found.can(move):
        raise IllegalMove(found.status, move)
    return found


def _request_change(found: Memorandum, form: ChangeForm) -> None:
    answering.request_changes(
        found, by=guard.me(), reason=form.reason.data or "", article=int(form.article.data)
    )


def _articles(found: Memorandum) -> list[tuple[str, str]]:
    """The articles of the offered text; none while there is none to choose from."""
    names = requested.article_names(found) if found.terms_sha256 else {}
    return [(str(number), name) for number, name in names.items()]


def _change_page(found: Memorandum, form: ChangeForm) -> str:
    return pages.page("organisation/memorandum_change.html", memorandum=found, form=form)


def _decline_page(found: Memorandum, form: DeclineForm) -> str:
    return pages.page("organisation/memorandum_decline.html", memorandum=found, form=form)


def _back(found: Memorandum, said: str) -> Answer:
    flash(said, "success")
    return redirect(url_for("organisation.memorandum", reference=found.reference), 303)
