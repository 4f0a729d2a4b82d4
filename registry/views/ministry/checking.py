"""What an officer does with an application: take it up, check it, ask for information, recommend."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from forms.base import PageForm
from forms.review import RecommendForm, items_form
from registry.kernel.moves import NotAllowed
from registry.organisations import queries
from registry.organisations.models import Organisation
from registry.organisations.operations import deciding
from registry.organisations.states import Advice, CheckResult, RegistrationMove
from registry.people.states import Act
from registry.views import guard, labels, pages
from registry.views.ministry import dossier, files
from registry.views.ministry.door import ministry


@ministry.post("/organisations/<reference>/take-up")
@guard.may(Act.CHECK_APPLICATION)
def take_up(reference: str) -> guard.Answer:
    """Take an application in hand, and go on to checking it."""
    deciding.take_up(files.organisation(reference), by=guard.me())
    return redirect(url_for("ministry.check", reference=reference), 303)


@ministry.get("/organisations/<reference>/check")
@guard.may(Act.CHECK_APPLICATION)
def check(reference: str) -> guard.Answer:
    """Every item with what was given, and a place for what was found."""
    organisation = files.organisation(reference)
    _ensure_open(organisation)
    found = queries.checks_now(organisation)
    kept = {item: {"result": check.result.value, "note": check.note} for item, check in found.items()}
    return _check_page(organisation, _form_of(organisation)(data=kept))


@ministry.post("/organisations/<reference>/check")
@guard.may(Act.CHECK_APPLICATION)
def save_checks(reference: str) -> guard.Answer:
    """Keep the findings that were given; items without one stay open."""
    organisation = files.organisation(reference)
    form = _form_of(organisation).posted(request.form)
    if form.validate() and guard.attempt(
        form, "", lambda: deciding.check_items(organisation, by=guard.me(), findings=_findings(form))
    ):
        flash(gettext("Your findings were saved."), "success")
        return redirect(url_for("ministry.organisation", reference=reference), 303)
    return _check_page(organisation, form)


@ministry.post("/organisations/<reference>/conform")
@guard.may(Act.CHECK_APPLICATION)
def conform(reference: str) -> guard.Answer:
    """One act after looking at everything: each item without a finding conforms."""
    organisation = files.organisation(reference)
    deciding.conform_the_rest(organisation, by=guard.me())
    flash(gettext("Every item without a question is noted as conforming."), "success")
    asks = bool(queries.questions_to_send(organisation))
    return redirect(url_for("ministry.ask" if asks else "ministry.recommend", reference=reference), 303)


@ministry.get("/organisations/<reference>/request-information")
@guard.may(Act.ASK_FOR_INFORMATION)
def ask(reference: str) -> guard.Answer:
    """The letter with all questions, as it will go out."""
    organisation = files.organisation(reference)
    questions = queries.questions_to_send(organisation)
    if not questions:
        raise NotAllowed("nothing-to-ask")
    return pages.page(
        "ministry/ask.html",
        organisation=organisation,
        letter=dossier.letter("information_requested", organisation, questions=questions),
    )


@ministry.post("/organisations/<reference>/request-information")
@guard.may(Act.ASK_FOR_INFORMATION)
def request_information(reference: str) -> guard.Answer:
    """Send the questions; the file is the organisation's again until it answers."""
    deciding.request_information(files.organisation(reference), by=guard.me())
    flash(gettext("The questions were sent to the organisation."), "success")
    return redirect(url_for("ministry.organisation", reference=reference), 303)


@ministry.get("/organisations/<reference>/recommend")
@guard.may(Act.RECOMMEND)
def recommend(reference: str) -> guard.Answer:
    """What do you recommend to the approver?"""
    organisation = files.organisation(reference)
    _ensure_open(organisation)
    advice = Advice.REFUSE if queries.questions_to_send(organisation) else Advice.REGISTER
    return _recommend_page(organisation, RecommendForm(data={"advice": advice.value}))


@ministry.post("/organisations/<reference>/recommend")
@guard.may(Act.RECOMMEND)
def save_recommendation(reference: str) -> guard.Answer:
    """Hand the file to the approvers."""
    organisation = files.organisation(reference)
    form = RecommendForm.posted(request.form)
    if form.validate() and guard.attempt(
        form,
        "note",
        lambda: deciding.recommend(
            organisation, by=guard.me(), advice=Advice(form.advice.data), note=form.note.data or ""
        ),
    ):
        flash(gettext("Your recommendation waits for an approver."), "success")
        return redirect(url_for("ministry.organisation", reference=reference), 303)
    return _recommend_page(organisation, form)


def _ensure_open(organisation: Organisation) -> None:
    # The page itself would be of no use: say why at once, as the POST would.
    if not organisation.can(RegistrationMove.REQUEST_INFORMATION):
        raise NotAllowed("not-in-review")
    if queries.open_recommendation(organisation):
        raise NotAllowed("already-recommended")


def _form_of(organisation: Organisation) -> type[PageForm]:
    return items_form({item: labels.ITEM[item] for item in queries.items_to_check(organisation)})


def _findings(form: PageForm) -> dict[str, tuple[CheckResult, str]]:
    return {
        item: (CheckResult(answer["result"]), answer["note"] or "")
        for item, answer in form.data.items()
        if answer["result"]
    }


def _check_page(organisation: Organisation, form: PageForm) -> str:
    items = dossier.items_of(organisation)
    return pages.page(
        "ministry/check.html",
        organisation=organisation, form=form, items=items, any_found=any(item.found for item in items),
        staff=dossier.staff_lines(organisation), sites=dossier.sites_of(organisation),
        may_look=guard.me().may(Act.LOOK_AT_PLACE),
    )  # fmt: skip


def _recommend_page(organisation: Organisation, form: RecommendForm) -> str:
    return pages.page(
        "ministry/recommend.html",
        organisation=organisation,
        form=form,
        items=dossier.items_of(organisation),
        hindrance=_hindrance(organisation),
    )


def _hindrance(organisation: Organisation) -> str:
    hindrance = queries.hindrance_to_recommend(organisation)
    return pages.sentence(hindrance) if hindrance else ""
