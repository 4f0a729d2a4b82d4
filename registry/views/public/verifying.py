"""Checking a memorandum by its code or by its file: is it genuine, is it in force today, and if not, why."""

from flask import request
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from forms.public import CodeForm, UploadForm
from registry.kernel import clock
from registry.kernel import db as database
from registry.kernel.codes import as_typed, is_well_formed
from registry.memoranda import queries as memoranda
from registry.memoranda.operations import signing
from registry.views import guard
from registry.views.pages import page
from registry.views.public import verdicts
from registry.views.public.door import public
from registry.views.public.verdicts import Answer

MOST_BYTES = 10 * 1024 * 1024
PDF_MARK = b"%PDF-"


@public.get("/verify")
@guard.anyone
def verify() -> str:
    asked = "code" in request.args
    form = CodeForm.posted(request.args) if asked else CodeForm()
    answer = _by_code(form) if asked and form.validate() else None
    return _page(form, UploadForm(), answer)


@public.post("/verify")
@guard.anyone
def verify_file() -> str | tuple[str, int]:
    # Judging a file takes seconds and writes nothing: it must not hold the lock that writers wait for.
    with database.reading():
        form = UploadForm.posted(request.form, request.files)
        answer = _by_file(form) if form.validate() else None
        drawn = _page(CodeForm(), form, answer)
    return (drawn, 422) if answer is None else drawn


def _by_code(form: CodeForm) -> Answer | None:
    typed = form.code.data or ""
    if not is_well_formed(as_typed(typed)):
        form.refuse(
            "code", gettext("This is not one of our codes. Compare it with the paper letter by letter.")
        )
        return None
    return verdicts.of_code(memoranda.by_verification_code(typed))


def _by_file(form: UploadForm) -> Answer | None:
    content = _content(form)
    if content is None:
        return None
    finding = memoranda.examine_file(content, trust=signing.authority().trust(clock.now()))
    return verdicts.of_file(finding)


def _content(form: UploadForm) -> bytes | None:
    upload: FileStorage = form.file.data
    content = upload.stream.read(MOST_BYTES + 1)
    upload.close()
    if len(content) > MOST_BYTES:
        form.refuse(
            "file", gettext("The file is larger than 10 MB. A memorandum of ours is never that large.")
        )
        return None
    if not content:
        form.refuse("file", gettext("The file is empty. Choose another one."))
        return None
    if PDF_MARK not in content[:1024]:
        form.refuse(
            "file", gettext("This is not a PDF file. Choose the PDF that was signed, not a picture of it.")
        )
        return None
    return content


def _page(code: CodeForm, upload: UploadForm, answer: Answer | None) -> str:
    form = upload if upload.problems() else code
    return page("public/verify.html", code=code, upload=upload, form=form, answer=answer, now=clock.now())
