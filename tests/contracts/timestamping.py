"""A sample time-stamp authority that answers without a network."""

from datetime import datetime, timedelta
from functools import cache

from asn1crypto import keys
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from contracts import certificates
from contracts.sealing import _asn1

MADE = datetime.fromisoformat("2025-01-01T00:00:00+00:00")
LASTS = timedelta(days=25 * 365)


@cache
def root() -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    usage = certificates.key_usage(signs_documents=False)
    builder = _builder("Sample time-stamp root", key).add_extension(usage, critical=True)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return key, builder.issuer_name(_name("Sample time-stamp root")).sign(key, hashes.SHA256())


def root_der() -> bytes:
    return root()[1].public_bytes(serialization.Encoding.DER)


@cache
def stamper(at: datetime) -> DummyTimeStamper:
    """A stamper whose clock stands at `at`."""
    root_key, root_certificate = root()
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    usage = certificates.key_usage(signs_documents=True)
    builder = _builder("Sample time stamper", key).add_extension(purpose, critical=True)
    builder = builder.add_extension(usage, critical=True).issuer_name(root_certificate.subject)
    certificate = builder.sign(root_key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return DummyTimeStamper(
        _asn1(certificate), keys.PrivateKeyInfo.load(private), [_asn1(root_certificate)], fixed_dt=at
    )


def _builder(name: str, key: rsa.RSAPrivateKey) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(MADE)
        .not_valid_after(MADE + LASTS)
    )


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])
