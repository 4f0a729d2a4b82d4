"""Fetches what the Ministry's pages are about (a wrong reference is 404), and hands files out."""

import io
from collections.abc import Callable
from typing import TypeVar

from flask import Response, abort, send_file

from contracts.edition import Edition
from registry.compliance import queries as compliance
from registry.compliance.models import Duty
from registry.editions import queries as editions
from registry.editions.models import OwnEdition
from registry.memoranda import queries as memoranda
from registry.memoranda.models import ChangeRequest, Memorandum
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation, Paper, Site
from registry.people import queries as people
from registry.people.models import Person

Found = TypeVar("Found")

_SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def found(row: Found | None) -> Found:
    """The row, or the answer 404."""
    if row is None:
        abort(404)
    return row


def organisation(reference: str) -> Organisation:
    """The organisation with this reference."""
    return found(organisations.by_reference(reference))


def edition(name: str) -> tuple[OwnEdition | None, Edition]:
    """One edition: the row if it was begun here, and what it says."""
    row = editions.own(name)
    if row is None and name not in editions.published_names():
        abort(404)
    return row, editions.content(row) if row else editions.edition(name)


def own_edition(name: str) -> tuple[OwnEdition, Edition]:
    """One edition that was begun here, and what it says."""
    row = found(editions.own(name))
    return row, editions.content(row)


def known(find: Callable[[str], Found], name: str) -> Found:
    """The record of an edition with this name, or the answer 404."""
    try:
        return find(name)
    except KeyError:
        abort(404)


def paper(reference: str, paper_id: int) -> Paper:
    """One paper of this organisation."""
    return found(organisations.paper_of(organisation(reference), paper_id))


def site(reference: str, site_id: int) -> Site:
    """One site of this organisation."""
    return found(organisations.site_of(organisation(reference), site_id))


def memorandum(reference: str) -> Memorandum:
    """The memorandum with this reference."""
    return found(memoranda.by_reference(reference))


def change_request(reference: str, request_id: int) -> ChangeRequest:
    """One change that was asked for in this memorandum."""
    rows = memorandum(reference).change_requests
    return found(next((row for row in rows if row.id == request_id), None))


def duty(duty_id: int) -> Duty:
    """One duty of either party."""
    return found(compliance.duty(duty_id))


def colleague(person_id: int) -> Person:
    """One of the Ministry's people."""
    return found(people.colleague(person_id))


def suffix(media_type: str) -> str:
    """How a file of this type ends; "bin" for one that we do not know."""
    return _SUFFIXES.get(media_type, "bin")


def attachment(content: bytes, *, media_type: str, name: str) -> Response:
    """A file to be kept, never shown in the page's own place: it was made elsewhere and may hold anything."""
    answer = send_file(io.BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
