"""Memoranda at the Ministry: the list, preparing, the preview, the offer, the revision, the stored files."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from forms.offering import OfferForm, ReviseForm
from registry.compliance import queries as compliance
from registry.editions import queries as editions
from registry.kernel import clock, history
from registry.memoranda import queries
from registry.memoranda.models import Memorandum, UnderstandingCheck
from registry.memoranda.operations import answering, offering
from registry.memoranda.states import Field, MemorandumMove, MemorandumStatus
from registry.people import queries as people
from registry.people.models import Person
from registry.people.states import Act, Role
from registry.views import downloads, guard, labels, pages, requested
from registry.views.ministry import acts, dossier, files
from registry.views.ministry.door import ministry


@ministry.get("/memoranda")
@guard.may(Act.SEE_FILES)
def memoranda() -> guard.Answer:
    """Every memorandum, the newest first, by what people decided."""
    rows = list(reversed(queries.with_status(*MemorandumStatus)))
    word = request.args.get("status", "")
    return pages.page(
        "ministry/memoranda.html",
        rows=[
            (each, labels.of_memorandum(each.status, each.phase))
            for each in rows if word in ("", each.status)
        ],
        total=len(rows), word=word,
        counts=[
            (status, labels.MEMORANDUM[status].text, sum(1 for each in rows if each.status is status))
            for status in MemorandumStatus
        ],
    )  # fmt: skip


@ministry.post("/organisations/<reference>/memorandum")
@guard.may(Act.OFFER_MEMORANDUM)
def prepare(reference: str) -> guard.Answer:
    """Begin a memorandum with a registered organisation."""
    begun = offering.draft(files.organisation(reference), by=guard.me())
    return redirect(url_for("ministry.memorandum", reference=begun.reference), 303)


@ministry.get("/memoranda/<reference>")
@guard.may(Act.SEE_FILES)
def memorandum(reference: str) -> guard.Answer:
    """The memorandum as it stands, with its text, its history and what can be done."""
    return _memorandum_page(files.memorandum(reference), OfferForm())


@ministry.post("/memoranda/<reference>/offer")
@guard.may(Act.OFFER_MEMORANDUM, slow=True)
def offer(reference: str) -> guard.Answer:
    """Freeze the text and offer it; the papers are made before the database is locked."""
    form = OfferForm.posted(request.form)
    form.offer(_signatories(but=guard.me()))
    if form.validate() and guard.attempt(form, "signatory", lambda: _offer(reference, form)):
        flash(gettext("The memorandum was offered. The organisation was told by letter."), "success")
        return redirect(url_for("ministry.memorandum", reference=reference), 303)
    return _memorandum_page(files.memorandum(reference), form)


@ministry.get("/memoranda/<reference>/revise")
@guard.may(Act.OFFER_MEMORANDUM)
def revise(reference: str) -> guard.Answer:
    """What do you answer to the change that was asked for?"""
    return _revise_page(files.memorandum(reference), ReviseForm())


@ministry.post("/memoranda/<reference>/revise")
@guard.may(Act.OFFER_MEMORANDUM)
def save_revision(reference: str) -> guard.Answer:
    """Take the memorandum back to draft; the next offer is made from the file as it then stands."""
    found, form = files.memorandum(reference), ReviseForm.posted(request.form)
    if form.validate() and guard.attempt(
        form, "answer", lambda: answering.revise(found, by=guard.me(), answer=form.answer.data or "")
    ):
        flash(gettext("The memorandum is a draft again. Look at the text, then offer it."), "success")
        return redirect(url_for("ministry.memorandum", reference=reference), 303)
    return _revise_page(found, form)


@ministry.get("/memoranda/<reference>/memorandum.<any(pdf, docx, json):kind>")
@guard.may(Act.SEE_FILES)
def memorandum_file(reference: str, kind: str) -> guard.Answer:
    """A stored file: the PDF with the signatures that it has so far, the text in Word, the terms as data."""
    return downloads.download(files.memorandum(reference), kind)


def _offer(reference: str, form: OfferForm) -> None:
    found, signatory = files.memorandum(reference), files.colleague(int(form.signatory.data))
    offering.ensure_may_offer(found, by=guard.me(), signatory=signatory)
    papers = offering.make_papers(found, signatory=signatory)
    with guard.writing():
        # Read again under the writer's lock: the file may have changed while the papers were made.
        found, signatory = files.memorandum(reference), files.colleague(int(form.signatory.data))
        offering.offer(found, by=guard.me(), signatory=signatory, papers=papers)


def _signatories(*, but: Person) -> list[tuple[str, str]]:
    return [
        (str(person.id), ", ".join(filter(None, (pages.said(person.name), pages.said(person.post)))))
        for person in people.people_with(Role.SIGNATORY)
        if person.id != but.id
    ]


def _memorandum_page(found: Memorandum, form: OfferForm) -> str:
    me = guard.me()
    form.offer(_signatories(but=me))
    is_draft = found.can(MemorandumMove.OFFER)
    return pages.page(
        "ministry/memorandum.html",
        memorandum=found,
        organisation=found.organisation,
        label=labels.of_memorandum(found.status, found.phase),
        left=_days_left(found),
        acts=acts.on_memorandum(found, me),
        form=form if is_draft and me.may(Act.OFFER_MEMORANDUM) else None,
        text=_text(found),
        is_draft=is_draft,
        stored=downloads.files_of(found, "ministry") if found.terms_sha256 and not is_draft else [],
        signed=[found.live_signature(field) for field in (Field.ORGANISATION, Field.MINISTRY)],
        steps=dossier.steps_of(history.about(f"memorandum:{found.reference}")),
        duties=_duties(found),
        changes=requested.of(found),
        reading=_reading(found),
    )


def _text(found: Memorandum) -> dict[str, object] | None:
    """The frozen text; for a draft the text as it would be frozen now; None while nobody could sign it."""
    if found.terms_sha256 and not found.can(MemorandumMove.OFFER):
        return queries.frozen_text(found)
    signatory = found.ministry_signatory or next(iter(people.people_with(Role.SIGNATORY)), None)
    return queries.composed(found, signatory=signatory) if signatory else None


def _duties(found: Memorandum) -> list[tuple[object, ...]]:
    edition = editions.edition(found.edition)
    return [
        (duty, edition.obligation(duty.code).title, labels.of_duty(duty.timing), dossier.state_of(duty))
        for duty in compliance.duties_of(found)
    ]


def _reading(found: Memorandum) -> UnderstandingCheck | None:
    """How the organisation's signatory stands with the questions about the text."""
    return found.check_of(found.organisation_signatory) if found.organisation_signatory else None


def _days_left(found: Memorandum) -> labels.Label | None:
    waits = any(
        found.can(move) for move in (MemorandumMove.OFFER, MemorandumMove.REVISE, MemorandumMove.COUNTERSIGN)
    )
    return labels.days_left((queries.answer_due(found) - clock.today()).days) if waits else None


def _revise_page(found: Memorandum, form: ReviseForm) -> str:
    return pages.page(
        "ministry/revise.html", memorandum=found, organisation=found.organisation, form=form,
        changes=requested.of(found),
    )  # fmt: skip
