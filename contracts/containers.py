"""The container of one signature: where it lies in the file and what its CMS message may hold.

Both are checked to the byte. What a signature does not cover is only its own container, so nothing may
hide there: not in the padding, not in another way to write the same digits, not in a certificate nobody
asked for.
"""

import hashlib
from collections.abc import Iterable

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from contracts import certificates
from contracts.doubts import Doubt, Reason

_STRONG_DIGESTS = frozenset({"sha256", "sha384", "sha512"})
_SIGNED_ATTRIBUTES = frozenset(
    {"content_type", "message_digest", "signing_certificate_v2", "cms_algorithm_protection"}
)


def check_place(signature: EmbeddedPdfSignature, pdf: bytes) -> int:
    """Where the signed revision ends; raises Doubt unless the range is the whole revision around one hex
    string.
    """
    ranges = [int(number) for number in signature.byte_range]
    if len(ranges) != 4 or ranges[0] != 0:  # noqa: PLR2004 two pairs of offset and length
        raise Doubt(Reason.WRONG_FORMAT, "byte range")
    _, before, after_start, after = ranges
    gap = pdf[before:after_start]
    if min(before, after) <= 0 or gap != b"<" + signature.pkcs7_content.hex().upper().encode() + b">":
        raise Doubt(Reason.WRONG_FORMAT, "the gap is not the signature as we write it")
    end = after_start + after
    if end > len(pdf) or not pdf[:end].rstrip(b"\r\n").endswith(b"%%EOF"):
        raise Doubt(Reason.WRONG_FORMAT, "the signed range does not end a revision")
    return end


def check_message(signature: EmbeddedPdfSignature) -> None:
    """Raise Doubt unless the message is exactly the one signer, in canonical DER, followed by zeros."""
    content = signature.pkcs7_content
    message = cms.ContentInfo.load(content)
    encoded = message.dump()
    if encoded + bytes(len(content) - len(encoded)) != content:
        raise Doubt(Reason.WRONG_FORMAT, "something in the padding")
    if cms.ContentInfo.load(encoded, strict=True).copy().dump(force=True) != encoded:
        raise Doubt(Reason.WRONG_FORMAT, "not canonical DER")
    signed = message["content"]
    if len(signed["signer_infos"]) != 1 or signed["crls"].native:
        raise Doubt(Reason.WRONG_FORMAT, "not exactly one signer")
    _check_digests(signed)


def check_signer(signature: EmbeddedPdfSignature) -> None:
    """Raise Doubt unless the signature is PAdES, by RSA of at least 3072 bits, with our attributes only."""
    if signature.sig_object.get("/SubFilter") != "/ETSI.CAdES.detached" or "/M" not in signature.sig_object:
        raise Doubt(Reason.WRONG_FORMAT, "not a PAdES signature")
    info = signature.signer_info
    if info["unsigned_attrs"].native:
        raise Doubt(Reason.WRONG_FORMAT, "unsigned attributes")
    if {attribute["type"].native for attribute in info["signed_attrs"]} - _SIGNED_ATTRIBUTES:
        raise Doubt(Reason.WRONG_FORMAT, "foreign signed attributes")
    public_key = signature.signer_cert.public_key
    if public_key.algorithm != "rsa" or public_key.bit_size < certificates.KEY_BITS:
        raise Doubt(Reason.WRONG_FORMAT, "a weak key")


def check_chain(signature: EmbeddedPdfSignature, roots: Iterable[bytes]) -> None:
    """Raise Doubt unless the carried certificates lead from the signer to one of our roots (DER) and are
    no more.

    pyHanko judges the path as well. Asked first, this tells a stranger's signature from a missing
    revocation list.
    """
    trusted = [x509.load_der_x509_certificate(root) for root in roots]
    waiting = [x509.load_der_x509_certificate(each.dump()) for each in signature.other_embedded_certs]
    holder = x509.load_der_x509_certificate(signature.signer_cert.dump())
    while not any(_issued(holder, by=root) for root in trusted):
        issuer = next((each for each in waiting if _issued(holder, by=each)), None)
        if issuer is None:
            raise Doubt(Reason.NOT_OUR_AUTHORITY, "no path to our root")
        waiting.remove(issuer)
        holder = issuer
    if any(each not in trusted for each in waiting):
        raise Doubt(Reason.WRONG_FORMAT, "certificates nobody asked for")


def _issued(holder: x509.Certificate, *, by: x509.Certificate) -> bool:
    try:
        holder.verify_directly_issued_by(by)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def key_id(signature: EmbeddedPdfSignature) -> str:
    """The SHA-256 (hex) of the signer's public key."""
    return hashlib.sha256(signature.signer_cert.public_key.dump()).hexdigest()


def _check_digests(signed: cms.SignedData) -> None:
    info = signed["signer_infos"][0]
    named = [algorithm["algorithm"].native for algorithm in signed["digest_algorithms"]]
    if named != [info["digest_algorithm"]["algorithm"].native] or set(named) - _STRONG_DIGESTS:
        raise Doubt(Reason.WRONG_FORMAT, "digest algorithms")
