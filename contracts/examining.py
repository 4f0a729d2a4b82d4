"""What a file itself shows: every check that needs no record of ours, only our roots and revocation lists."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import read_certification_data
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from contracts import containers, pixels, timestamps
from contracts.authority import Trust
from contracts.doubts import Doubt, Reason
from contracts.revisions import check_revisions
from contracts.structure import (
    PARTIES,
    TIMESTAMP_PREFIX,
    attached_terms,
    check_structure,
    open_strictly,
    page_count,
    pages,
)

_CLOCK_TOLERANCE = timedelta(minutes=1)
_UNKNOWN = {
    AdESIndeterminate.EXPIRED: Reason.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Reason.EXPIRED,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED: Reason.EXPIRED,
    AdESIndeterminate.NOT_YET_VALID: Reason.NOT_YET_VALID,
    AdESIndeterminate.TRY_LATER: Reason.REVOCATION_UNKNOWN,
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE: Reason.REVOCATION_UNKNOWN,
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: Reason.REVOCATION_UNKNOWN,
    AdESIndeterminate.REVOKED_NO_POE: Reason.REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: Reason.REVOKED,
}


@dataclass(frozen=True)
class SignatureFacts:
    """One signature or time stamp of the file, as its certificate and the signed bytes state it."""

    field: str
    key_id: str
    certificate_serial: int
    name: str
    post: str
    organisation_name: str
    reference: str
    signed_at: datetime


@dataclass(frozen=True)
class Examined:
    """What a sound file holds: its signatures in order and the attached terms."""

    signatures: tuple[SignatureFacts, ...]
    terms_json: bytes

    @property
    def complete(self) -> bool:
        """Whether both parties have signed."""
        return tuple(each.field for each in self.signatures)[: len(PARTIES)] == PARTIES


def examine(pdf: bytes, *, trust: Trust, at: datetime) -> Examined:
    """Check everything that the file alone can answer, at the instant `at`; raises Doubt with the first
    reason.

    Cheap and pure Python checks come first; the picture comparison, in native code, sees only bytes that
    one of our own keys has signed.
    """
    try:
        return _examine(pdf, trust=trust, at=at)
    except Doubt:
        raise
    except Exception as error:
        raise Doubt(Reason.CHECK_FAILED, repr(error)[:200]) from error


def _examine(pdf: bytes, *, trust: Trust, at: datetime) -> Examined:
    reader = open_strictly(pdf)
    page_count(reader)
    signatures = _signatures(reader)
    ends = [containers.check_place(each, pdf) for each in signatures]
    if ends[-1] != len(pdf):
        raise Doubt(Reason.CHANGED_AFTER_SIGNING, "bytes after the last signature")
    check_structure(reader)
    check_revisions(reader, signed_in={each.field_name: each.signed_revision for each in signatures})
    for each in signatures:
        containers.check_message(each)
    found = tuple(_check_signature(each, trust=trust, at=at) for each in signatures)
    if [each.signed_at for each in found] != sorted(each.signed_at for each in found):
        raise Doubt(Reason.WRONG_FORMAT, "signed in another order than the times say")
    _check_looks(pdf, reader, ends)
    return Examined(found, attached_terms(reader))


def _signatures(reader: PdfFileReader) -> list[EmbeddedPdfSignature]:
    """The filled fields in signing order; raises Doubt for any field that a memorandum does not have."""
    every = [name for name, _, _ in fields.enumerate_sig_fields(reader)]
    stamps = every[len(PARTIES) :]
    if tuple(every[: len(PARTIES)]) != PARTIES or stamps != _timestamp_names(len(stamps)):
        raise Doubt(Reason.WRONG_FIELDS, f"fields {every}")
    if len(reader.root["/AcroForm"]["/Fields"]) != len(every):
        raise Doubt(Reason.WRONG_FIELDS, "fields that are not signatures")
    filled = [name for name, value, _ in fields.enumerate_sig_fields(reader) if value is not None]
    if not filled:
        raise Doubt(Reason.NOT_SIGNED)
    signatures = list(reader.embedded_signatures)
    if [each.field_name for each in signatures] != filled or filled != every[: len(filled)]:
        raise Doubt(Reason.WRONG_FIELDS, f"filled {filled}")
    return signatures


def _timestamp_names(number: int) -> list[str]:
    return [f"{TIMESTAMP_PREFIX}{count + 1}" for count in range(number)]


def _check_signature(signature: EmbeddedPdfSignature, *, trust: Trust, at: datetime) -> SignatureFacts:
    if signature.field_name not in PARTIES:
        timestamps.check_timestamp(signature, trust=trust, at=at)
        return _facts(signature, timestamps.stamped_at(signature))
    containers.check_signer(signature)
    _check_permissions(signature)
    containers.check_chain(signature, trust.roots)
    status = _validate(signature, trust=trust, at=at)
    if not (status.intact and status.valid):
        raise Doubt(Reason.SIGNATURE_BROKEN)
    signed_at = _signing_time(signature, at=at)
    _check_status(status)
    return _facts(signature, signed_at)


def _signing_time(signature: EmbeddedPdfSignature, *, at: datetime) -> datetime:
    """The signer's own claim, which must lie within the certificate's life and not after `at`."""
    signed_at = signature.self_reported_timestamp
    if signed_at is None or signed_at > at + _CLOCK_TOLERANCE:
        raise Doubt(Reason.NOT_YET_VALID, "signed in the future")
    certificate = signature.signer_cert
    if not certificate.not_valid_before <= signed_at <= certificate.not_valid_after:
        raise Doubt(Reason.WRONG_FORMAT, "signed outside the certificate's validity")
    return signed_at


def _validate(signature: EmbeddedPdfSignature, *, trust: Trust, at: datetime) -> PdfSignatureStatus:
    if not trust.roots:
        raise Doubt(Reason.NOT_OUR_AUTHORITY, "no roots: pyHanko would fall back to the operating system's")
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in trust.roots],
        crls=list(trust.crls),
        moment=at,
        allow_fetching=False,
        # Under the softer modes a revoked signer stays valid when no list can be found.
        revocation_mode="require",
    )
    return asyncio.run(
        async_validate_pdf_signature(
            signature,
            signer_validation_context=context,
            key_usage_settings=KeyUsageConstraints(key_usage={"non_repudiation"}),
        )
    )


def _check_status(status: PdfSignatureStatus) -> None:
    if status.revoked:
        raise Doubt(Reason.REVOKED)
    if not status.trusted:
        indication = status.trust_problem_indic
        reason = _UNKNOWN.get(indication, Reason.NOT_OUR_AUTHORITY)  # type: ignore[call-overload]
        raise Doubt(reason, str(indication))
    whole = status.coverage in {SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION}
    if not whole or not status.docmdp_ok or status.modification_level is None:
        raise Doubt(Reason.CHANGED_AFTER_SIGNING, "pyHanko's difference analysis")
    if status.modification_level >= ModificationLevel.ANNOTATIONS or not status.bottom_line:
        raise Doubt(Reason.CHANGED_AFTER_SIGNING, str(status.modification_level))


def _check_permissions(signature: EmbeddedPdfSignature) -> None:
    """The organisation certifies and leaves signing open; the Ministry locks all fields and all else."""
    if signature.field_name == PARTIES[0]:
        certification = read_certification_data(signature.reader)
        if signature.docmdp_level != fields.MDPPerm.FILL_FORMS or certification is None:
            raise Doubt(Reason.WRONG_FORMAT, "the first signature does not certify")
        if certification.author_sig.raw_get("/Contents") != signature.sig_object.raw_get("/Contents"):
            raise Doubt(Reason.WRONG_FORMAT, "another signature certifies")
        return
    lock = signature.fieldmdp
    if lock is None or lock.action != fields.FieldMDPAction.ALL:
        raise Doubt(Reason.WRONG_FORMAT, "the last signature does not lock the fields")
    if signature.docmdp_level != fields.MDPPerm.NO_CHANGES:
        raise Doubt(Reason.WRONG_FORMAT, "the last signature does not lock the document")


def _check_looks(pdf: bytes, reader: PdfFileReader, ends: list[int]) -> None:
    """The pages look the same from revision to revision, but for the Ministry's box until it is signed."""
    if len(ends) == 1:
        return
    pixels.check_same_looks(pdf[: ends[0]], pdf, boxes=[_box(reader, PARTIES[1])])
    if len(ends) > len(PARTIES):
        pixels.check_same_looks(pdf[: ends[1]], pdf, boxes=[])


def _box(reader: PdfFileReader, party: str) -> pixels.Box:
    _, _, field = next(fields.enumerate_sig_fields(reader, with_name=party))
    widget = field.get_object()
    left, bottom, right, top = (float(edge) for edge in widget["/Rect"])
    return (pages(reader).index(widget.raw_get("/P").reference), left, bottom, right, top)


def _facts(signature: EmbeddedPdfSignature, signed_at: datetime) -> SignatureFacts:
    certificate = signature.signer_cert
    subject = certificate.subject.native
    return SignatureFacts(
        field=signature.field_name,
        key_id=containers.key_id(signature),
        certificate_serial=certificate.serial_number,
        name=str(subject.get("name", subject.get("common_name", ""))),
        post=str(subject.get("title", "")),
        organisation_name=str(subject.get("organization_name", "")),
        reference=str(subject.get("organizational_unit_name", "")),
        signed_at=signed_at,
    )
