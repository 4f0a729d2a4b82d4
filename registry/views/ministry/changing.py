"""Before a signature: answers to the changes asked for, and the record that the text was read aloud."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from contracts.facts import Bilingual
from forms.offering import ChangeAnswerForm
from registry.memoranda.models import ChangeRequest
from registry.memoranda.operations import answering, checking
from registry.memoranda.operations.answering import AgreedWords
from registry.memoranda.states import ChangeAnswer
from registry.people.states import Act
from registry.views import guard, pages, requested
from registry.views.ministry import files
from registry.views.ministry.door import ministry


@ministry.get("/memoranda/<reference>/changes/<int(max=999999999):request_id>")
@guard.may(Act.OFFER_MEMORANDUM)
def answer_change(reference: str, request_id: int) -> guard.Answer:
    """Do you grant this change?"""
    asked = files.change_request(reference, request_id)
    return _page(asked, ChangeAnswerForm(obj=asked))


@ministry.post("/memoranda/<reference>/changes/<int(max=999999999):request_id>")
@guard.may(Act.OFFER_MEMORANDUM)
def save_change_answer(reference: str, request_id: int) -> guard.Answer:
    """Keep the answer; what is granted is printed in the next text."""
    asked, form = files.change_request(reference, request_id), ChangeAnswerForm.posted(request.form)
    if form.validate() and guard.attempt(form, "new_km", lambda: _answer(asked, form)):
        flash(gettext("Your answer was kept."), "success")
        return redirect(url_for("ministry.revise", reference=reference), 303)
    return _page(files.change_request(reference, request_id), form), 422


@ministry.post("/memoranda/<reference>/read-aloud")
@guard.may(Act.OFFER_MEMORANDUM)
def read_aloud(reference: str) -> guard.Answer:
    """Record that an officer read the text aloud to the organisation's signatory."""
    checking.read_aloud(files.memorandum(reference), by=guard.me())
    flash(
        gettext("It was recorded that you read this text aloud. It becomes part of the evidence."), "success"
    )
    return redirect(url_for("ministry.memorandum", reference=reference), 303)


def _answer(asked: ChangeRequest, form: ChangeAnswerForm) -> None:
    old = Bilingual(form.old_km.data or "", form.old_en.data or "")
    new = Bilingual(form.new_km.data or "", form.new_en.data or "")
    answering.answer_request(
        asked, by=guard.me(), answer=ChangeAnswer(form.answer.data), text=form.answer_text.data or "",
        words=AgreedWords(old, new),
    )  # fmt: skip


def _page(asked: ChangeRequest, form: ChangeAnswerForm) -> str:
    return pages.page(
        "ministry/change.html", memorandum=asked.memorandum, organisation=asked.memorandum.organisation,
        asked=asked, article=requested.article_of(asked), form=form,
    )  # fmt: skip
