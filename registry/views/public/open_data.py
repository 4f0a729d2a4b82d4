"""Addresses without a language: the open data, short addresses on paper, and what verifiers fetch."""

import csv
import io
from typing import NamedTuple

from cryptography.hazmat.primitives.serialization import Encoding
from flask import Blueprint, Response, abort, jsonify, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from werkzeug.wrappers import Response as AnyResponse

from contracts.authority import Authority
from contracts.records import Mark
from registry.directory import queries as directory
from registry.directory.models import Provider
from registry.editions import queries as editions
from registry.kernel import settings
from registry.memoranda.operations import signing
from registry.views import guard, pages

open_data = Blueprint("open_data", "registry")

LICENCE = "CC-BY-4.0 (proposed, to be set by the Ministry)"
# A spreadsheet runs a cell that begins with one of these as a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


class Column(NamedTuple):
    """One field of the open data, and what it says."""

    name: str
    meaning: LazyString


COLUMNS = (
    Column("reference", _l("Permanent reference of the organisation; its page is /providers/<reference>.")),
    Column("name_km", _l("Name in Khmer.")),
    Column("name_latin", _l("Name in Latin letters.")),
    Column("acronym", _l("Short name.")),
    Column("label", _l("The public label of today, as a code.")),
    Column("days_overdue", _l("Days by which a report is overdue; 0 when none is.")),
    Column("accredited_since", _l("First day of its first memorandum in force.")),
    Column("in_force_from", _l("First day of the present or last memorandum.")),
    Column("expires_on", _l("Last day of that memorandum.")),
    Column("services", _l("Codes of the services, in CSV parted by spaces.")),
    Column("groups", _l("Codes of the groups of people cared for.")),
    Column("provinces", _l("Codes of the provinces, 01 to 25. Nothing below the province exists here.")),
    Column("rights", _l("Rights that the memorandum binds it to, as far as their text is known.")),
    Column("public_phone", _l("Public telephone; in CSV a leading + is kept harmless by an apostrophe.")),
    Column("public_email", _l("Public e-mail address.")),
    Column("edition", _l("Edition of the terms.")),
    Column("memorandum", _l("Reference of the memorandum.")),
    Column("changed_at", _l("When this record last changed, in UTC.")),
)


@open_data.get("/providers.csv")
@guard.anyone
def providers_csv() -> AnyResponse:
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(column.name for column in COLUMNS)
    for each in directory.everybody():
        rows.writerow(harmless(_joined(value)) for value in record(each).values())
    # The mark at the start lets spreadsheets read Khmer.
    return _published(Response("\ufeff" + written.getvalue(), mimetype="text/csv"))


@open_data.get("/providers.json")
@guard.anyone
def providers_json() -> AnyResponse:
    return _published(jsonify(licence=LICENCE, providers=[record(each) for each in directory.everybody()]))


@open_data.get("/v/<code>")
@guard.anyone
def short_address(code: str) -> AnyResponse:
    return redirect(url_for("public.verify", language=pages.language(), code=code[:40]))


@open_data.get("/authority/<name>.crl")
@guard.anyone
def revocation_list(name: str) -> AnyResponse:
    authority = _authority()
    roots = len(authority.roots)
    lists = authority.published_crls()
    names = [f"root-{place + 1}" for place in range(roots)]
    names += [f"issuing-{place + 1}" for place in range(len(lists) - roots)]
    if name not in names:
        abort(404)
    return Response(lists[names.index(name)], mimetype="application/pkix-crl")


@open_data.get("/authority/root.pem")
@guard.anyone
def root_certificates() -> AnyResponse:
    content = b"".join(root.public_bytes(Encoding.PEM) for root in _authority().roots)
    return Response(content, mimetype="application/x-pem-file")


@open_data.get("/healthz")
@guard.anyone
def healthz() -> AnyResponse:
    return Response("ok\n", mimetype="text/plain", headers={"Cache-Control": "no-store"})


def record(each: Provider) -> dict[str, str | int | list[str]]:
    """What is published of one provider, by the names of COLUMNS: an allow-list, nothing else gets out."""
    standing = each.standing
    return {
        "reference": each.reference,
        "name_km": each.name_km,
        "name_latin": each.name_latin,
        "acronym": each.acronym,
        "label": standing.label.value if standing else "",
        "days_overdue": standing.days if standing else 0,
        "accredited_since": each.accredited_since.isoformat(),
        "in_force_from": each.in_force_from.isoformat(),
        "expires_on": each.expires_on.isoformat(),
        "services": each.services,
        "groups": each.groups,
        "provinces": each.provinces,
        "rights": [key for key in each.rights if key in _known_rights(each.edition)],
        "public_phone": each.public_phone,
        "public_email": each.public_email,
        "edition": each.edition,
        "memorandum": each.memorandum,
        "changed_at": f"{each.changed_at:%Y-%m-%dT%H:%M:%SZ}",
    }


def harmless(text: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def _known_rights(edition: str) -> frozenset[str]:
    return frozenset(right.key for right in editions.edition(edition).rights if right.mark is not Mark.N)


def _joined(value: str | int | list[str]) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


def _published(answer: Response) -> AnyResponse:
    answer.headers["Cache-Control"] = "public, max-age=300"
    # Open data is for other sites too; there is nothing in it that belongs to the visitor.
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.add_etag()
    return answer.make_conditional(request)


def _authority() -> Authority:
    # Reading must not make an authority where none has signed yet.
    if not settings.current().authority.is_dir():
        abort(404)
    return signing.authority()
