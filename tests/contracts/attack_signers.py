"""Files that are signed, but by the wrong person, key, authority, rule or order."""

import asyncio
import dataclasses
import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.sign import fields
from pyhanko.sign.signers import PdfSigner

from contracts import certificates, sealing
from contracts.authority import Authority, Credential
from contracts.structure import QuietWriter, open_strictly
from contracts.verifying import ExpectedSignature, Record
from tests.contracts import specimens as made
from tests.contracts.specimens import DIRECTOR, MINISTER, MORNING, NOON, Specimens

Signed = tuple[str, bytes, Record | None]
"""What was done, the file, and the record it is held against (the genuine one when None)."""

_USAGE = certificates.key_usage(signs_documents=True)


def wrongly_signed(genuine: Specimens) -> Iterator[Signed]:
    """Every file with the record that would favour it most."""
    yield from _by_others(genuine)
    yield from _by_weak_certificates(genuine)
    yield from _against_the_rules(genuine)
    yield from _with_altered_message(genuine)


def signed_by(pdf: bytes, field: str, credential: Credential, **metadata: Any) -> bytes:
    """Sign without any of our checks."""
    signer = DIRECTOR if field == "organisation" else MINISTER
    pdf_signer = sealing._pdf_signer(field, signer=signer, credential=credential, stamp=made.stamp(field))
    changed = dataclasses.replace(pdf_signer.signature_meta, **metadata)
    pdf_signer = PdfSigner(changed, signer=pdf_signer.signer, stamp_style=pdf_signer.stamp_style)
    at = MORNING if field == "organisation" else NOON
    return asyncio.run(sealing._sign(pdf, pdf_signer=pdf_signer, at=at))


def countersigned_with(pdf: bytes, credential: Credential, change: Callable[[Any], None]) -> bytes:
    """Countersign genuinely, but slip a change into the very revision that the Ministry signs."""

    class Meddler(QuietWriter):
        def __init__(self, stream: io.BytesIO) -> None:
            super().__init__(stream)
            change(self)

    kept = sealing.QuietWriter
    try:
        sealing.QuietWriter = Meddler
        return signed_by(pdf, "ministry", credential)
    finally:
        sealing.QuietWriter = kept


def credential_of(
    authority: Authority,
    *,
    bits: int = 3072,
    usage: x509.KeyUsage = _USAGE,
    days: int = 300,
    point: bool = True,
) -> Credential:
    """A certificate of the authority as it would never issue it."""
    issuer = authority._open(authority.folder / "issuing-1.pem")
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    subject = certificates.person_name(**dataclasses.asdict(MINISTER))
    builder = certificates.unsigned_certificate(subject, key=key, at=MORNING, lasts=timedelta(days=days))
    builder = builder.add_extension(usage, critical=True)
    if point:
        certificate = certificates.issued_by(
            builder, issuer, crl_url="https://portal.example/crl/issuing-1.crl"
        )
    else:
        hash_algorithm = issuer.certificate.signature_hash_algorithm
        certificate = builder.issuer_name(issuer.certificate.subject).sign(issuer.key, hash_algorithm)
    return Credential(key, certificate, (issuer.certificate, authority.roots[0]))


def favouring(genuine: Specimens, credential: Credential, field: str = "ministry") -> Record:
    """The record as if it had expected exactly this key in this field."""
    key_id = certificates.key_id_of(credential.certificate)
    record = genuine.record(made.Everything())
    changed = [
        ExpectedSignature(each.field, key_id if each.field == field else each.key_id)
        for each in record.signatures
    ]
    return dataclasses.replace(record, signatures=tuple(changed))


def _by_others(genuine: Specimens) -> Iterator[Signed]:
    theirs = made.specimens("theirs")
    yield "another authority signs both", theirs.both.content, theirs.record(made.Everything())
    stranger = credential_of(theirs.authority)
    yield (
        "another authority countersigns",
        signed_by(genuine.half.content, "ministry", stranger),
        favouring(genuine, stranger),
    )
    colleague = credential_of(genuine.authority)
    yield "another holder countersigns", signed_by(genuine.half.content, "ministry", colleague), None
    yield "another holder signs first", signed_by(genuine.unsigned, "organisation", colleague), None
    other = made.memorandum(genuine.authority, made.page(b"The organisation receives 9999 USD."))
    yield "another memorandum of the same signers", other.both.content, None
    yield "another memorandum, half-signed", other.half.content, None
    yield "a witness signs as third", _witness(genuine.both.content, colleague), None
    yield "a witness signs as second", _witness(genuine.half.content, colleague), None


def _by_weak_certificates(genuine: Specimens) -> Iterator[Signed]:
    authority = genuine.authority
    ca_usage = certificates.key_usage(signs_documents=False)
    weak = {
        "a key of 2048 bits": credential_of(authority, bits=2048),
        "an authority's key usage": credential_of(authority, usage=ca_usage),
        "an expired certificate": credential_of(authority, days=0),
    }
    for name, credential in weak.items():
        content = signed_by(genuine.half.content, "ministry", credential)
        yield name, content, favouring(genuine, credential)


def _against_the_rules(genuine: Specimens) -> Iterator[Signed]:
    one, two = credential_of(genuine.authority), credential_of(genuine.authority)
    both = favouring(dataclasses.replace(genuine), two)
    uncertified = signed_by(genuine.unsigned, "organisation", one, certify=False)
    yield "no certification", uncertified, favouring(genuine, one, "organisation")
    annotating = signed_by(genuine.unsigned, "organisation", one, docmdp_permissions=fields.MDPPerm.ANNOTATE)
    yield "annotations left open", annotating, favouring(genuine, one, "organisation")
    old = fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    yield "an old kind of signature", signed_by(genuine.half.content, "ministry", two, subfilter=old), both
    reversed_order = signed_by(genuine.unsigned, "ministry", two, certify=True)
    yield "the Ministry signs first", reversed_order, both
    unlocked = _without_lock(genuine, one)
    content = signed_by(unlocked, "ministry", two)
    yield (
        "no lock",
        content,
        dataclasses.replace(both, signatures=(_expected("organisation", one), _expected("ministry", two))),
    )


def _with_altered_message(genuine: Specimens) -> Iterator[Signed]:
    for name, alter in {
        "an unsigned attribute": _add_attribute,
        "a certificate more": _add_certificate,
        "the signer twice": _add_signer,
        "another digest named": _name_digest,
    }.items():
        for content in (genuine.half.content, genuine.both.content):
            yield name, _with_message(content, alter), None


def _with_message(pdf: bytes, alter: Any) -> bytes:
    signature = list(open_strictly(pdf).embedded_signatures)[-1]
    first, second = int(signature.byte_range[1]), int(signature.byte_range[2])
    message = cms.ContentInfo.load(signature.pkcs7_content).copy()
    alter(message["content"])
    digits = message.dump(force=True).hex().upper().encode()
    return pdf[: first + 1] + digits.ljust(second - first - 2, b"0") + pdf[second - 1 :]


def _add_attribute(signed: Any) -> None:
    note = cms.CMSAttribute({"type": "1.2.3.4", "values": [cms.Any(cms.OctetString(b"9999 USD"))]})
    signed["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([note])


def _add_certificate(signed: Any) -> None:
    theirs = made.authority("theirs").roots[0]
    signed["certificates"].append(cms.CertificateChoices("certificate", sealing._asn1(theirs)))


def _add_signer(signed: Any) -> None:
    signed["signer_infos"].append(signed["signer_infos"][0].copy())


def _name_digest(signed: Any) -> None:
    signed["digest_algorithms"].append(cms.DigestAlgorithm({"algorithm": "sha1"}))


def _witness(pdf: bytes, credential: Credential) -> bytes:
    writer = QuietWriter(io.BytesIO(pdf))
    fields.append_signature_field(writer, fields.SigFieldSpec("witness", on_page=0, box=(10, 10, 90, 40)))
    written = io.BytesIO()
    writer.write(written)
    return signed_by(written.getvalue(), "witness", credential)


def _without_lock(genuine: Specimens, credential: Credential) -> bytes:
    """The fields as they would be if `doc_mdp_update_value` were trusted alone: it is silently ignored."""
    kept = sealing._field
    try:
        sealing._field = lambda party, box: dataclasses.replace(kept(party, box), field_mdp_spec=None)
        unsigned = sealing.prepare(made.page(b"No lock."), terms_json=made.TERMS, boxes=made.BOXES)
    finally:
        sealing._field = kept
    return signed_by(unsigned, "organisation", credential)


def _expected(field: str, credential: Credential) -> ExpectedSignature:
    return ExpectedSignature(field, certificates.key_id_of(credential.certificate))
