"""RFC 3161 time stamps over the whole file, and the level of a signature as it can be read back from the
file.
"""

import asyncio
from datetime import datetime
from enum import StrEnum

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_timestamp
from pyhanko.sign.validation.status import DocumentTimestampStatus
from pyhanko_certvalidator import ValidationContext

from contracts.authority import Trust
from contracts.doubts import Doubt, Reason
from contracts.structure import PARTIES, open_strictly, value_of


class Level(StrEnum):
    """The baseline levels of PAdES (ETSI EN 319 142-1)."""

    B = "B-B"
    T = "B-T"
    LT = "B-LT"
    LTA = "B-LTA"


def stamped_at(signature: EmbeddedPdfSignature) -> datetime:
    """The time that the time-stamp authority put on the file."""
    moment: datetime = signature.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
    return moment


def check_timestamp(signature: EmbeddedPdfSignature, *, trust: Trust, at: datetime) -> None:
    """Raise Doubt unless a trusted authority stamped the file, before `at`, and only archiving followed.

    The authority's certificate is judged at the time of its stamp, without revocation: a stamp is evidence
    for others and decides nothing here, because a signature's own certificate is judged with a fresh list.
    """
    moment = stamped_at(signature)
    if not trust.timestamp_roots:
        raise Doubt(Reason.NOT_OUR_AUTHORITY, "no time-stamp authority is trusted")
    if moment > at:
        raise Doubt(Reason.NOT_YET_VALID, "stamped in the future")
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in trust.timestamp_roots],
        moment=moment,
        allow_fetching=False,
    )
    status = asyncio.run(async_validate_pdf_timestamp(signature, validation_context=context))
    if not (status.intact and status.valid and status.trusted):
        raise Doubt(Reason.SIGNATURE_BROKEN, f"time stamp {signature.field_name}")
    if not _only_archived_since(status):
        raise Doubt(Reason.CHANGED_AFTER_SIGNING, "after the time stamp")


def level(pdf: bytes, field: str) -> Level:
    """The level of the party's signature, read back from the file; raises Doubt when the field is not
    signed.
    """
    reader = open_strictly(pdf)
    signatures = {each.field_name: each for each in reader.embedded_signatures}
    if field not in PARTIES or field not in signatures:
        raise Doubt(Reason.NOT_SIGNED, field)
    stamped = [
        each.signed_revision
        for each in reader.embedded_timestamp_signatures
        if each.signed_revision > signatures[field].signed_revision
    ]
    if not stamped:
        return Level.B
    stored = _first_revision_with_store(reader)
    if stored is None:
        return Level.T
    return Level.LTA if max(stamped) >= stored else Level.LT


def _first_revision_with_store(reader: PdfFileReader) -> int | None:
    for revision in range(reader.total_revisions):
        store = value_of(reader.get_historical_root(revision), "/DSS")
        if store is not None and value_of(store, "/Certs") and value_of(store, "/CRLs"):
            return revision
    return None


def _only_archived_since(status: DocumentTimestampStatus) -> bool:
    change = status.modification_level
    return change is not None and change <= ModificationLevel.LTA_UPDATES
