"""X.509 building blocks of the signing authority: names, certificates and revocation lists."""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

# A certificate whose notBefore is "now" fails for a verifier whose clock runs slow.
BACK_DATED = timedelta(hours=1)
KEY_BITS = 3072
_COMMON_NAME_BYTES = 64  # ub-common-name of X.520, counted in bytes of UTF-8: 21 Khmer letters
_NAME = x509.ObjectIdentifier("2.5.4.41")  # the attribute "name", which has no such limit


class CertificateError(ValueError):
    """What was asked for cannot stand in a certificate."""


@dataclass(frozen=True, repr=False)
class KeyAndCertificate:
    """A private key in memory with the certificate that names its holder."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate


def new_key() -> rsa.RSAPrivateKey:
    """A new RSA-3072 key. RSA and not EC: with EC keys pyHanko marks the file PDF 2.0, which PDF/A-2
    forbids.
    """
    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)


def key_id(public_key_info: bytes) -> str:
    """The SHA-256 (hex) of a DER SubjectPublicKeyInfo: how the record knows which key signed."""
    return hashlib.sha256(public_key_info).hexdigest()


def key_id_of(certificate: x509.Certificate) -> str:
    """The key id of the key that the certificate certifies."""
    return key_id(_public_key_info(certificate))


def key_usage(*, signs_documents: bool) -> x509.KeyUsage:
    """Non-repudiation only for a person, certificates and revocation lists only for an authority."""
    return x509.KeyUsage(
        digital_signature=False,
        content_commitment=signs_documents,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_documents,
        crl_sign=not signs_documents,
        encipher_only=False,
        decipher_only=False,
    )


def person_name(*, name: str, post: str, organisation_name: str, reference: str) -> x509.Name:
    """The subject of a signer's certificate; raises CertificateError for empty words and control
    characters.
    """
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, _short(name)),
            x509.NameAttribute(_NAME, _clean(name)),
            x509.NameAttribute(NameOID.TITLE, _clean(post)),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _clean(organisation_name)),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, _clean(reference)),
        ]
    )


def authority_name(common_name: str) -> x509.Name:
    """The subject of a root or issuing certificate."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _short(common_name))])


def unsigned_certificate(
    subject: x509.Name, *, key: rsa.RSAPrivateKey, at: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    """A builder with what all our certificates share: a random serial number, back-dated validity, the key
    id.
    """
    public_key = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(whole_second(at) - BACK_DATED)
        .not_valid_after(whole_second(at) + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def issued_by(
    builder: x509.CertificateBuilder, issuer: KeyAndCertificate, *, crl_url: str
) -> x509.Certificate:
    """The certificate that the issuer signs; without a distribution point a revoked signer would stay
    valid.
    """
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(crl_url)], None, None, None)
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    return (
        builder.issuer_name(issuer.certificate.subject)
        .add_extension(issuer_key, critical=False)
        .add_extension(x509.CRLDistributionPoints([point]), critical=False)
        .sign(issuer.key, hashes.SHA256())
    )


def revocation_list(
    issuer: KeyAndCertificate, revoked: Iterable[x509.RevokedCertificate], *, at: datetime, lasts: timedelta
) -> x509.CertificateRevocationList:
    """A revocation list of the issuer, valid from `at`; its number grows with the time."""
    moment = whole_second(at)
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(moment)
        .next_update(moment + lasts)
        .add_extension(x509.CRLNumber(int(moment.timestamp())), critical=False)
        .add_extension(issuer_key, critical=False)
    )
    for entry in revoked:
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(issuer.key, hashes.SHA256())


def revoked_entry(serial: int, *, at: datetime) -> x509.RevokedCertificate:
    """One line of a revocation list."""
    return x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(whole_second(at)).build()


def whole_second(at: datetime) -> datetime:
    """The instant without its microseconds, in UTC; raises CertificateError for a time without a zone."""
    if at.tzinfo is None:
        raise CertificateError("an instant needs its time zone")
    return at.astimezone(UTC).replace(microsecond=0)


def _public_key_info(certificate: x509.Certificate) -> bytes:
    return certificate.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _short(words: str) -> str:
    return _clean(words).encode()[:_COMMON_NAME_BYTES].decode(errors="ignore")


def _clean(words: str) -> str:
    clean = unicodedata.normalize("NFC", words).strip()
    if not clean or any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in clean):
        raise CertificateError(f"these words cannot stand in a certificate: {words!r}")
    return clean
