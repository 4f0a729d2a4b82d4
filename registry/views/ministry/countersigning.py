"""The Ministry's signature on a memorandum, or its return to the officer with a reason."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from forms.offering import ReturnForm
from registry.kernel.moves import next_status
from registry.memoranda.models import Memorandum
from registry.memoranda.operations import answering
from registry.memoranda.states import MEMORANDUM, Field, MemorandumMove
from registry.people.states import Act
from registry.views import ceremony, guard, pages
from registry.views.ministry import files
from registry.views.ministry.door import ministry


@ministry.get("/memoranda/<reference>/sign")
@guard.may(Act.COUNTERSIGN)
def read_to_sign(reference: str) -> guard.Answer:
    """The text as the organisation signed it, and the consent to the electronic form."""
    return ceremony.read_page(files.memorandum(reference), Field.MINISTRY)


@ministry.post("/memoranda/<reference>/sign/agree")
@guard.may(Act.COUNTERSIGN)
def agree_to_sign(reference: str) -> guard.Answer:
    """Keep the consent and send the code."""
    return ceremony.agree(files.memorandum(reference), Field.MINISTRY)


@ministry.post("/memoranda/<reference>/sign/code")
@guard.may(Act.COUNTERSIGN)
def send_code_again(reference: str) -> guard.Answer:
    """Send another code."""
    return ceremony.send_again(files.memorandum(reference), Field.MINISTRY)


@ministry.get("/memoranda/<reference>/sign/confirm")
@guard.may(Act.COUNTERSIGN)
def confirm_signature(reference: str) -> guard.Answer:
    """The sentence that binds."""
    return ceremony.confirm_page(files.memorandum(reference), Field.MINISTRY)


@ministry.post("/memoranda/<reference>/sign/confirm")
@guard.may(Act.COUNTERSIGN, slow=True)
def sign_memorandum(reference: str) -> guard.Answer:
    """Countersign: the memorandum enters into force and its calendar of duties opens."""
    return ceremony.confirm(lambda: files.memorandum(reference), Field.MINISTRY)


@ministry.get("/memoranda/<reference>/signed")
@guard.may(Act.COUNTERSIGN)
def signed(reference: str) -> guard.Answer:
    """What was signed, and what happens next."""
    return ceremony.done_page(files.memorandum(reference), Field.MINISTRY)


@ministry.get("/memoranda/<reference>/return")
@guard.may(Act.COUNTERSIGN)
def return_memorandum(reference: str) -> guard.Answer:
    """Why do you not sign?"""
    memorandum = files.memorandum(reference)
    # Refused here already, with the sentence of the POST, instead of after a reason was typed in vain.
    next_status(MEMORANDUM, memorandum.status, MemorandumMove.RETURN)
    return _return_page(memorandum, ReturnForm())


@ministry.post("/memoranda/<reference>/return")
@guard.may(Act.COUNTERSIGN)
def save_return(reference: str) -> guard.Answer:
    """Give it back to the officer, with a reason that both read."""
    memorandum, form = files.memorandum(reference), ReturnForm.posted(request.form)
    if form.validate() and guard.attempt(
        form,
        "reason",
        lambda: answering.return_to_officer(memorandum, by=guard.me(), reason=form.reason.data or ""),
    ):
        flash(gettext("The memorandum was returned. The officer was told the reason by letter."), "success")
        return redirect(url_for("ministry.memorandum", reference=reference), 303)
    return _return_page(memorandum, form)


def _return_page(memorandum: Memorandum, form: ReturnForm) -> str:
    return pages.page(
        "ministry/return.html", memorandum=memorandum, organisation=memorandum.organisation, form=form
    )
