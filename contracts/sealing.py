"""Preparing a memorandum for signature and signing it: the organisation first, the Ministry last.

The order is what makes the file safe. Both fields exist before the first signature, because a field added
later breaks it. The organisation certifies and leaves only "fill in and sign" open; the Ministry's field
locks every field and forbids every change, because otherwise another holder of one of our certificates
could sign over the text.
"""

import asyncio
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pikepdf
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from contracts import certificates, examining, tagging
from contracts.authority import Authority, Credential
from contracts.doubts import Doubt
from contracts.structure import PARTIES, TERMS_NAME, QuietWriter, open_strictly

Box = tuple[int, float, float, float, float]
"""Page index from 0, then left, bottom, right, top in points from the page's lower left corner."""

_FIELD_TITLES = {
    "organisation": "ហត្ថលេខាអង្គការ / Signature of the organisation",
    "ministry": "ហត្ថលេខាក្រសួង / Signature of the Ministry",
}


class SealingError(Exception):
    """The file cannot be prepared or signed as asked; the message says why."""


@dataclass(frozen=True)
class Signer:
    """The person who signs, as the certificate names them."""

    name: str
    post: str
    organisation_name: str
    reference: str


@dataclass(frozen=True)
class SignedFile:
    """A signed file and what the record keeps of the signature."""

    content: bytes
    sha256: str
    certificate_serial: int
    key_id: str
    signed_at: datetime


class _StampContent(PdfContent):
    """The first page of a stamp held in memory: pyHanko itself reads stamps only from files."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        left, bottom, right, top = page.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        self.resources.xobject["/Stamp"] = page
        return b"/Stamp Do"


def prepare(pdf: bytes, *, terms_json: bytes, boxes: Mapping[str, Box]) -> bytes:
    """The converter's PDF with the terms attached and both empty signature fields, as one clean revision.

    `boxes` places "organisation" and "ministry". The attachment is associated as PDF/A-3 does it; the file
    keeps the PDF/A-2 identifier that the converter wrote, whose one rule on attachments it stretches.
    Raises SealingError for a PDF that is broken, signed, or has other fields.
    """
    if set(boxes) != set(PARTIES):
        raise SealingError("both signature fields need their box")
    try:
        writer = QuietWriter(io.BytesIO(pdf))
        _ensure_no_fields(writer)
        for party in PARTIES:
            fields.append_signature_field(writer, _field(party, boxes[party]))
        written = io.BytesIO()
        writer.write(written)  # type: ignore[no-untyped-call]
        return _one_revision(written, terms_json=terms_json)
    except SealingError:
        raise
    except Exception as error:
        raise SealingError("this PDF cannot be prepared for signature") from error


def sign(
    pdf: bytes, *, field: str, signer: Signer, authority: Authority, at: datetime, stamp: bytes
) -> SignedFile:
    """Sign in one of the two fields with a new certificate for this one signature; about 0.5 s.

    `at` is the signing time (UTC), `stamp` the PDF of `make_stamp`. Raises SealingError for a field that
    is signed already or not yet at its turn, and for a document whose earlier signature is not valid
    today.
    """
    _ensure_turn(pdf, field)
    if field != PARTIES[0]:
        _ensure_earlier_signature_valid(pdf, authority=authority, at=at)
    subject = certificates.person_name(
        name=signer.name,
        post=signer.post,
        organisation_name=signer.organisation_name,
        reference=signer.reference,
    )
    signed_at = certificates.whole_second(at)
    credential = authority.credential(subject, at=signed_at)
    try:
        pdf_signer = _pdf_signer(field, signer=signer, credential=credential, stamp=stamp)
        content = asyncio.run(_sign(pdf, pdf_signer=pdf_signer, at=signed_at))
    except Exception as error:
        raise SealingError("this PDF cannot be signed") from error
    return SignedFile(
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        certificate_serial=credential.certificate.serial_number,
        key_id=certificates.key_id_of(credential.certificate),
        signed_at=signed_at,
    )


def _ensure_no_fields(writer: QuietWriter) -> None:
    if "/AcroForm" in writer.root:
        raise SealingError("the document already has form fields")


def _field(party: str, box: Box) -> fields.SigFieldSpec:
    page, left, bottom, right, top = box
    # doc_mdp_update_value alone is silently ignored: it is written into the lock of field_mdp_spec.
    last = party == PARTIES[-1]
    return fields.SigFieldSpec(
        party,
        on_page=page,
        box=(left, bottom, right, top),  # type: ignore[arg-type]  # fractions of a point are fine in a PDF
        field_mdp_spec=fields.FieldMDPSpec(fields.FieldMDPAction.ALL) if last else None,
        doc_mdp_update_value=fields.MDPPerm.NO_CHANGES if last else None,
        readable_field_name=_FIELD_TITLES[party],
    )


def _one_revision(written: io.BytesIO, *, terms_json: bytes) -> bytes:
    """Rewritten as one revision with the terms attached, and without the opening action that LibreOffice
    adds.

    What is not there from the start, a verifier may refuse later. pikepdf attaches, because pyHanko marks
    a file with an associated attachment as PDF 2.0.
    """
    with pikepdf.open(written) as document:
        if "/OpenAction" in document.Root:
            del document.Root["/OpenAction"]
        tagging.lighten(document)
        document.attachments[TERMS_NAME] = pikepdf.AttachedFileSpec(
            document,
            terms_json,
            filename=TERMS_NAME,
            description="The terms of this memorandum as JSON",
            mime_type="application/json",
            relationship=pikepdf.Name.Source,
        )
        settled = io.BytesIO()
        document.save(settled, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    return settled.getvalue()


def _ensure_turn(pdf: bytes, field: str) -> None:
    if field not in PARTIES:
        raise SealingError(f"a memorandum has no signature field {field!r}")
    try:
        signed = tuple(name for name, value, _ in fields.enumerate_sig_fields(open_strictly(pdf)) if value)
    except Exception as error:
        raise SealingError("this PDF cannot be read") from error
    if field in signed:
        raise SealingError(f"the field {field!r} is already signed")
    if signed != PARTIES[: PARTIES.index(field)]:
        raise SealingError("the organisation signs first, the Ministry last")


def _ensure_earlier_signature_valid(pdf: bytes, *, authority: Authority, at: datetime) -> None:
    try:
        examining.examine(pdf, trust=authority.trust(at), at=at)
    except Doubt as doubt:
        raise SealingError(f"the organisation's signature is not valid: {doubt}") from doubt


def _pdf_signer(field: str, *, signer: Signer, credential: Credential, stamp: bytes) -> PdfSigner:
    first = field == PARTIES[0]
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        name=signer.name,
        reason=signer.reference,
        certify=first,
        subfilter=fields.SigSeedSubFilter.PADES,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS if first else fields.MDPPerm.NO_CHANGES,
    )
    style = StaticStampStyle(
        border_width=0,
        background=_StampContent(stamp),
        background_opacity=1.0,
        background_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins(0, 0, 0, 0)
        ),
    )
    return PdfSigner(metadata, signer=_simple_signer(credential), stamp_style=style)


def _simple_signer(credential: Credential) -> SimpleSigner:
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple(_asn1(certificate) for certificate in credential.chain)
    private_key = credential.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return SimpleSigner(
        signing_cert=_asn1(credential.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(private_key),
        cert_registry=registry,
    )


def _asn1(certificate: Any) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


async def _sign(pdf: bytes, *, pdf_signer: PdfSigner, at: datetime) -> bytes:
    """The steps of pyHanko's own async_sign_pdf, which offers no way to say when the signing takes place."""
    session = pdf_signer.init_signing_session(QuietWriter(io.BytesIO(pdf)), existing_fields_only=True)
    session.system_time = at
    reserved = await session.estimate_signature_container_size(None, tight=False)
    to_be_signed = session.prepare_tbs_document(validation_info=None, bytes_reserved=reserved)
    prepared, output = to_be_signed.digest_tbs_document()
    await to_be_signed.perform_signature(
        document_digest=prepared.document_digest,
        pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=at),
    )
    output.seek(0)
    return bytes(output.read())
