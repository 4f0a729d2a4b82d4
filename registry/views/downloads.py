"""The stored files of a memorandum, to be taken away under names that say what they are."""

from flask import Response, abort, url_for
from flask_babel import gettext

from registry.kernel import storage
from registry.memoranda.models import Memorandum
from registry.memoranda.states import Field

_MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


def download(memorandum: Memorandum, kind: str) -> Response:
    """A stored file as it stands: kind "pdf", "docx" or "json" (the terms); 404 when there is none."""
    kept = {
        "pdf": memorandum.current_sha256,
        "docx": memorandum.docx_sha256,
        "json": memorandum.terms_sha256,
    }
    name = {
        "pdf": f"{memorandum.reference}-{_stage(memorandum)}.pdf",
        "docx": f"{memorandum.reference}.docx",
        "json": f"{memorandum.reference}-terms.json",
    }
    sha256 = kept.get(kind) or abort(404)
    answer = Response(storage.fetch(sha256), mimetype=_MEDIA[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name[kind]}"'
    return answer


def files_of(memorandum: Memorandum, door: str) -> list[dict[str, str]]:
    """The stored files as links of a door ("organisation", "ministry"): {text, note, href}."""
    words = {
        "pdf": (gettext("PDF"), gettext("the file that is signed")),
        "docx": (gettext("Word"), gettext("the same text, to read and print")),
        "json": (gettext("Terms as data (JSON)"), gettext("everything that the text was made from")),
    }
    return [
        {
            "text": text,
            "note": note,
            "href": url_for(f"{door}.memorandum_file", reference=memorandum.reference, kind=kind),
        }
        for kind, (text, note) in words.items()
    ]


def _stage(memorandum: Memorandum) -> str:
    if memorandum.live_signature(Field.MINISTRY):
        return "signed-by-both"
    return "signed-by-organisation" if memorandum.live_signature(Field.ORGANISATION) else "offered"
