"""Papers: one page for each upload, and the way back to a paper that was uploaded."""

import io

from flask import abort, flash, redirect, request, send_file
from werkzeug.datastructures import FileStorage

from forms.registration import PaperForm
from registry.kernel import storage, uploads
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.organisations.operations import applying
from registry.organisations.states import PaperKind
from registry.people.states import Act
from registry.views import guard
from registry.views.guard import Answer
from registry.views.labels import ITEM
from registry.views.organisation.door import organisation
from registry.views.organisation.own import onward, own, own_open, saved_words
from registry.views.organisation.words import ABOUT_PAPER
from registry.views.pages import page


@organisation.get("/papers/<kind>")
@guard.may(Act.FILL_IN_REGISTRATION)
def paper(kind: str) -> Answer:
    known = own_open()
    return _page(known, _needed(known, kind), PaperForm())


@organisation.post("/papers/<kind>")
@guard.may(Act.FILL_IN_REGISTRATION, slow=True)
def add_paper(kind: str) -> Answer:
    known = own_open()
    wanted, form = _needed(known, kind), PaperForm.posted(request.form, request.files)
    if form.validate() and guard.attempt(form, "paper", lambda: _keep(wanted, form.paper.data)):
        flash(saved_words(), "success")
        return redirect(onward(own()), 303)
    return _page(own_open(), wanted, form), 422


@organisation.get("/papers/<int(max=999999999):paper_id>/file")
@guard.may(Act.SEE_OWN_ORGANISATION)
def paper_file(paper_id: int) -> Answer:
    found = organisations.paper_of(own(), paper_id) or abort(404)
    answer = send_file(
        io.BytesIO(storage.fetch(found.sha256, protected=True)),
        mimetype=found.media_type,
        as_attachment=True,
        download_name=found.filename,
    )
    answer.headers["Content-Security-Policy"] = "sandbox"
    return answer


def _needed(known: Organisation, kind: str) -> PaperKind:
    return next((each for each in organisations.papers_needed(known) if each.value == kind), None) or abort(
        404
    )


def _keep(kind: PaperKind, sent: FileStorage) -> None:
    upload = uploads.checked(sent.filename or "", sent.stream.read(uploads.MOST_BYTES + 1))
    # Judged first, so that nobody waits for the writer's lock while a large picture is drawn anew.
    with guard.writing():
        applying.add_paper(
            own_open(), by=guard.me(), kind=kind, filename=upload.filename,
            media_type=upload.media_type, content=upload.content,
        )  # fmt: skip


def _page(known: Organisation, kind: PaperKind, form: PaperForm) -> str:
    needed = organisations.papers_needed(known)
    return page(
        "organisation/paper.html",
        form=form,
        kind=kind.value,
        title=ITEM[f"paper-{kind}"],
        about=ABOUT_PAPER[kind],
        kept=known.paper(kind),
        place=needed.index(kind) + 1,
        places=len(needed),
    )
