"""Reports that organisations sent, to be accepted or returned, and the Ministry's own duties."""

from datetime import timedelta

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from contracts.terms import Language, Obligation
from forms.review import DutyMetForm, ReturnReportForm
from registry.compliance import operations, queries
from registry.compliance.models import Duty
from registry.compliance.states import DutyMove
from registry.editions import queries as editions
from registry.kernel import clock, history
from registry.memoranda.states import Field
from registry.people.states import Act
from registry.views import guard, labels, pages
from registry.views.ministry import dossier, files
from registry.views.ministry.door import ministry

AHEAD = timedelta(days=90)


@ministry.get("/reports")
@guard.may(Act.SEE_FILES)
def reports() -> guard.Answer:
    """Reports received, and what the Ministry itself owes in the next 90 days."""
    return pages.page(
        "ministry/reports.html",
        received=[_line(each) for each in queries.received_reports()],
        owed=[_line(each) for each in queries.owed_until(clock.today() + AHEAD, party=Field.MINISTRY)],
    )


@ministry.get("/duties/<int(max=999999999):duty_id>")
@guard.may(Act.SEE_FILES)
def duty(duty_id: int) -> guard.Answer:
    """One duty of either party: what was asked, what was sent, and what can be done."""
    return _duty_page(files.duty(duty_id), ReturnReportForm(), DutyMetForm())


@ministry.post("/duties/<int(max=999999999):duty_id>/accept")
@guard.may(Act.RECEIVE_REPORTS)
def accept_report(duty_id: int) -> guard.Answer:
    """Accept what the organisation sent."""
    operations.accept(files.duty(duty_id), by=guard.me())
    flash(gettext("The report is accepted. The organisation was told by letter."), "success")
    return redirect(url_for("ministry.reports"), 303)


@ministry.post("/duties/<int(max=999999999):duty_id>/return")
@guard.may(Act.RECEIVE_REPORTS)
def return_report(duty_id: int) -> guard.Answer:
    """Return what the organisation sent, with a reason."""
    found, form = files.duty(duty_id), ReturnReportForm.posted(request.form)
    if form.validate() and guard.attempt(
        form,
        "reason",
        lambda: operations.give_back(found, by=guard.me(), reason=form.reason.data or ""),
    ):
        flash(gettext("The report was returned. The organisation was told the reason by letter."), "success")
        return redirect(url_for("ministry.reports"), 303)
    return _duty_page(found, form, DutyMetForm())


@ministry.post("/duties/<int(max=999999999):duty_id>/met")
@guard.may(Act.RECORD_MINISTRY_DUTY)
def record_met(duty_id: int) -> guard.Answer:
    """Record that the Ministry has met a duty of its own."""
    found, form = files.duty(duty_id), DutyMetForm.posted(request.form)
    if form.validate() and guard.attempt(
        form, "note", lambda: operations.report(found, by=guard.me(), note=form.note.data or "")
    ):
        flash(gettext("It is recorded that the Ministry has met this duty."), "success")
        return redirect(url_for("ministry.reports"), 303)
    return _duty_page(found, ReturnReportForm(), form)


def _obligation(found: Duty) -> Obligation:
    return editions.edition(found.memorandum.edition).obligation(found.code)


def _line(found: Duty) -> dict[str, object]:
    due = queries.answer_due(found)
    return {
        "duty": found,
        "title": _obligation(found).title,
        "organisation": found.memorandum.organisation,
        "timing": labels.of_duty(found.timing),
        "left": labels.days_left((due - clock.today()).days) if due else None,
    }


def _duty_page(found: Duty, return_form: ReturnReportForm, met_form: DutyMetForm) -> str:
    me, obligation = guard.me(), _obligation(found)
    edition = editions.edition(found.memorandum.edition)
    is_ours = found.party is Field.MINISTRY
    answers = found.can(DutyMove.ACCEPT) and not is_ours and me.may(Act.RECEIVE_REPORTS)
    records = found.can(DutyMove.REPORT) and is_ours and me.may(Act.RECORD_MINISTRY_DUTY)
    language: Language = "km" if pages.language() == "km" else "en"
    return pages.page(
        "ministry/duty.html",
        **_line(found),
        status=dossier.state_of(found),
        plain=edition.fill(obligation.plain, language),
        evidence=edition.fill(obligation.evidence, language),
        is_ours=is_ours,
        return_form=return_form if answers or return_form.problems() else None,
        met_form=met_form if records or met_form.problems() else None,
        form=met_form if met_form.problems() else return_form,
        steps=dossier.steps_of(history.about(f"duty:{found.id}")),
    )
