"""The calendar of duties of both parties, why the public sees what it sees, and reporting one duty."""

from collections.abc import Sequence
from typing import NamedTuple, cast

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext, ngettext

from contracts.records import Language
from forms.reporting import ReportForm
from registry.compliance import operations as compliance
from registry.compliance import queries as duties
from registry.compliance.models import Duty
from registry.compliance.states import DutyMove, DutyStatus, Lateness
from registry.editions import queries as editions
from registry.kernel import clock, history
from registry.memoranda import queries as memoranda
from registry.memoranda.models import Memorandum
from registry.memoranda.states import Field, Phase
from registry.organisations.models import Organisation
from registry.people.states import Act
from registry.views import answers, guard, labels, pages
from registry.views.guard import Answer
from registry.views.organisation.door import organisation
from registry.views.organisation.own import own


class Group(NamedTuple):
    """Duties that stand alike, as the calendar lists them."""

    key: str
    title: str
    rows: list[dict[str, object]]


@organisation.get("/calendar")
@guard.may(Act.SEE_OWN_ORGANISATION)
def calendar() -> Answer:
    known = own()
    memorandum = _binding(known)
    found = duties.duties_of(memorandum) if memorandum else []
    return pages.page(
        "organisation/calendar.html",
        memorandum=memorandum,
        groups=_groups(found),
        standing=duties.standing_of(known),
        lines=_why(known),
    )


@organisation.get("/duties/<int(max=999999999):duty_id>")
@guard.may(Act.SEE_OWN_ORGANISATION)
def duty(duty_id: int) -> Answer:
    return _duty_page(_own_duty(duty_id), ReportForm())


@organisation.post("/duties/<int(max=999999999):duty_id>/report")
@guard.may(Act.REPORT_DUTY)
def report_duty(duty_id: int) -> Answer:
    found, form = _own_duty(duty_id), ReportForm.posted(request.form)
    note = form.note.data or ""
    if form.validate() and guard.attempt(
        form, "note", lambda: compliance.report(found, by=guard.me(), note=note)
    ):
        flash(gettext("Received. The Ministry will accept it, or return it with a reason."), "success")
        return redirect(url_for("organisation.duty", duty_id=found.id), 303)
    return _duty_page(found, form), 422


def _own_duty(duty_id: int) -> Duty:
    return duties.duty_of(own(), duty_id) or abort(404)


def _duty_page(found: Duty, form: ReportForm) -> str:
    edition = editions.edition(found.memorandum.edition)
    obligation = edition.obligation(found.code)
    here = cast(Language, pages.language())
    return pages.page(
        "organisation/duty.html",
        form=form,
        duty=found,
        label=labels.of_duty(found.timing),
        is_ours=found.party is Field.ORGANISATION,
        can_report=found.party is Field.ORGANISATION and found.can(DutyMove.REPORT),
        told={
            part: edition.fill(getattr(obligation, part), here)
            for part in ("title", "plain", "why", "evidence")
        },
        when=answers.when(edition, obligation, here),
        answer_by=duties.answer_due(found) if found.can(DutyMove.ACCEPT) else None,
        history=[_line(entry) for entry in history.about(f"duty:{found.id}")],
    )


def _line(entry: history.Entry) -> dict[str, str]:
    return {
        "title": str(labels.ACTION.get(entry.action, entry.action)),
        "when": pages.moment(entry.at),
        "text": entry.note.text if entry.note else "",
        "state": "done",
    }


def _why(known: Organisation) -> list[str]:
    """Why the public sees what it sees, one fact a line."""
    state = str(labels.REGISTRATION[known.status].text)
    lines = [gettext("In the register, your organisation is: %(state)s.", state=state)]
    standing = duties.standing_of(known)
    if standing is None:
        return [*lines, gettext("No memorandum signed by both parties has been in force yet.")]
    memorandum, _label = standing
    lines.append(
        gettext(
            "Memorandum %(reference)s: %(state)s. Its last day is %(day)s.",
            reference=memorandum.reference,
            state=labels.of_memorandum(memorandum.status, memorandum.phase).text,
            day=pages.day(memorandum.expires_on),
        )
    )
    return [*lines, _owed(memorandum)] if memorandum.phase.is_in_force else lines


def _owed(memorandum: Memorandum) -> str:
    oldest = duties.oldest_owed(memorandum)
    if oldest is None:
        return str(gettext("Everything that had a date was received."))
    day, late = pages.day(oldest), (clock.today() - oldest).days
    if late <= 0:
        return str(gettext("Nothing of yours is overdue. The next duty falls due on %(day)s.", day=day))
    overdue = ngettext(
        "The oldest duty of yours that was not received was due on %(day)s, %(days)s day ago.",
        "The oldest duty of yours that was not received was due on %(day)s, %(days)s days ago.",
        late,
        day=day,
        days=pages.number(late),
    )
    return str(overdue)


def _binding(known: Organisation) -> Memorandum | None:
    """The memorandum whose calendar runs: in force, or suspended."""
    return next(
        (each for each in memoranda.all_of(known) if each.phase.is_in_force or each.phase is Phase.SUSPENDED),
        None,
    )


def _groups(found: Sequence[Duty]) -> list[Group]:
    """The duties by how they stand, what presses first; the newest of what is done first."""
    titles = (
        ("overdue", gettext("Overdue"), (Lateness.OVERDUE,)),
        ("soon", gettext("Due within 30 days"), (Lateness.DUE,)),
        ("later", gettext("Later"), (Lateness.NOT_DUE,)),
        ("done", gettext("Received"), (Lateness.ON_TIME, Lateness.LATE)),
    )
    return [
        Group(key, title, [_row(each) for each in _in_order(found, key) if each.timing.word in words])
        for key, title, words in titles
    ]


def _in_order(found: Sequence[Duty], key: str) -> Sequence[Duty]:
    return found[::-1] if key == "done" else found


def _row(each: Duty) -> dict[str, object]:
    edition = editions.edition(each.memorandum.edition)
    title = edition.fill(edition.obligation(each.code).title, cast(Language, pages.language()))
    return {
        "href": url_for("organisation.duty", duty_id=each.id),
        "title": title,
        "code": each.code,
        "is_ours": each.party is Field.ORGANISATION,
        "by": each.owed_by,
        "label": labels.of_duty(each.timing),
        "answer": "" if each.status is DutyStatus.OPEN else labels.DUTY[each.status].text,
    }
