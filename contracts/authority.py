"""The signing authority: a root key, issuing keys, one certificate for each signature, and revocation
lists.

Every signature gets a key of its own, which is forgotten once it has signed. A certificate may therefore
outlive the memorandum by years without a key lying about to be stolen, and the revocation list stays the
one way to withdraw it. Verifying years later asks two things of the authority: its root certificates and a
revocation list that is fresh on that day. `crls` issues both lists at any time, for keys long replaced as
well, because a replaced issuing key stays in the folder for exactly that. A file that must be checked
without the authority carries its lists in itself (level B-LT).
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from contracts import certificates
from contracts.certificates import KeyAndCertificate

ROOT_LASTS = timedelta(days=30 * 365)
ISSUING_LASTS = timedelta(days=20 * 365)
# Ten years: a memorandum of three, renewed or not, and the five years for which papers are kept after it.
SIGNER_LASTS = timedelta(days=10 * 365)
CRL_LASTS = timedelta(days=7)
ROOT_CRL_LASTS = timedelta(days=400)
_SHORTEST_PASSPHRASE = 16


class AuthorityError(Exception):
    """The authority's folder cannot be made, opened or used."""


@dataclass(frozen=True)
class Trust:
    """What a verifier believes in: our own roots (DER) and revocation lists (DER), and for time stamps
    theirs.
    """

    roots: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    timestamp_roots: tuple[bytes, ...] = ()


@dataclass(frozen=True, repr=False)
class Credential:
    """A key that signs once, with its certificate and the chain above it (issuing certificate, root)."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]


@dataclass(frozen=True)
class Authority:
    """An opened authority: it can name signers, revoke them and say who is revoked."""

    folder: Path
    passphrase: str = field(repr=False)

    @property
    def roots(self) -> tuple[x509.Certificate, ...]:
        """Every root this authority has had, oldest first: old documents hang on old roots."""
        return tuple(_read_certificate(path) for path in _generations(self.folder, "root"))

    def credential(self, subject: x509.Name, *, at: datetime) -> Credential:
        """A new key and certificate for one signature, from the newest issuing key."""
        issuing_path = _generations(self.folder, "issuing")[-1]
        issuer = self._open(issuing_path)
        key = certificates.new_key()
        builder = (
            certificates.unsigned_certificate(subject, key=key, at=at, lasts=SIGNER_LASTS)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(certificates.key_usage(signs_documents=True), critical=True)
        )
        crl_url = _crl_base(issuer.certificate) + issuing_path.with_suffix(".crl").name
        certificate = certificates.issued_by(builder, issuer, crl_url=crl_url)
        return Credential(key, certificate, (issuer.certificate, self._root_of(issuer.certificate)))

    def revoke(self, serial: int, *, at: datetime) -> None:
        """Put a signer's certificate on every issuing key's list (serial numbers are random, never
        shared).
        """
        for path in _generations(self.folder, "issuing"):
            entry = certificates.revoked_entry(serial, at=at)
            self._issue_crl(path, at=at, also=(entry,))

    def crls(self, at: datetime) -> tuple[bytes, ...]:
        """Fresh revocation lists (DER) of every root and issuing key; the files in the folder are replaced
        too.
        """
        paths = [*_generations(self.folder, "root"), *_generations(self.folder, "issuing")]
        return tuple(self._issue_crl(path, at=at) for path in paths)

    def published_crls(self) -> tuple[bytes, ...]:
        """The revocation lists (DER) as they lie in the folder; needs no key."""
        paths = [*_generations(self.folder, "root"), *_generations(self.folder, "issuing")]
        return tuple(path.with_suffix(".crl").read_bytes() for path in paths)

    def trust(self, at: datetime) -> Trust:
        """What a verifier needs on that day: all roots and fresh revocation lists."""
        return Trust(tuple(_der(root) for root in self.roots), self.crls(at))

    def replace_issuing_key(self, *, at: datetime) -> None:
        """A new issuing key under the newest root; the old one stays only to issue its revocation list."""
        old = _read_certificate(_generations(self.folder, "issuing")[-1])
        self._add_issuing_key(at=at, crl_base=_crl_base(old))

    def replace_root_key(self, *, at: datetime, name: str) -> None:
        """A new root and a new issuing key under it; old roots stay trusted for what they have signed."""
        old = _read_certificate(_generations(self.folder, "issuing")[-1])
        _write_root(self, name=name, at=at)
        self._add_issuing_key(at=at, crl_base=_crl_base(old))

    def _add_issuing_key(self, *, at: datetime, crl_base: str) -> None:
        root_path = _generations(self.folder, "root")[-1]
        root = self._open(root_path)
        key = certificates.new_key()
        path = _next_generation(self.folder, "issuing")
        subject = certificates.authority_name(f"{_common_name(root.certificate)} {path.stem}")
        builder = (
            certificates.unsigned_certificate(subject, key=key, at=at, lasts=ISSUING_LASTS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(certificates.key_usage(signs_documents=False), critical=True)
        )
        crl_url = crl_base + root_path.with_suffix(".crl").name
        _write_pair(
            self, path, KeyAndCertificate(key, certificates.issued_by(builder, root, crl_url=crl_url))
        )
        self._issue_crl(path, at=at)

    def _issue_crl(
        self, path: Path, *, at: datetime, also: tuple[x509.RevokedCertificate, ...] = ()
    ) -> bytes:
        """Read, add, sign, replace under a lock: two processes at once must not lose a revocation."""
        crl_path = path.with_suffix(".crl")
        lasts = ROOT_CRL_LASTS if path.stem.startswith("root") else CRL_LASTS
        issuer = self._open(path)
        with _locked(self.folder):
            known = tuple(x509.load_der_x509_crl(crl_path.read_bytes())) if crl_path.exists() else ()
            listed = {entry.serial_number for entry in known}
            revoked = (*known, *(entry for entry in also if entry.serial_number not in listed))
            fresh = certificates.revocation_list(issuer, revoked, at=at, lasts=lasts)
            content = fresh.public_bytes(serialization.Encoding.DER)
            _write(crl_path, content, mode=0o644)
        return content

    def _open(self, path: Path) -> KeyAndCertificate:
        try:
            key = serialization.load_pem_private_key(
                path.with_suffix(".key").read_bytes(), password=self.passphrase.encode()
            )
        except (OSError, ValueError, TypeError) as error:
            raise AuthorityError(f"the key {path.stem} cannot be opened with this passphrase") from error
        if not isinstance(key, rsa.RSAPrivateKey):
            raise AuthorityError(f"the key {path.stem} is not an RSA key")
        return KeyAndCertificate(key, _read_certificate(path))

    def _root_of(self, issuing: x509.Certificate) -> x509.Certificate:
        return next(root for root in reversed(self.roots) if root.subject == issuing.issuer)


def create_authority(
    folder: Path, *, passphrase: str, at: datetime, crl_url: str, name: str = "Memorandum signing"
) -> Authority:
    """Make a root, an issuing key and empty lists in a new folder (0700, keys 0600, encrypted with the
    passphrase).

    `crl_url` is where the folder's .crl files are served, for instance https://portal.example/authority.
    Raises AuthorityError when the folder already holds an authority or the passphrase is shorter than 16
    characters.
    """
    if len(passphrase) < _SHORTEST_PASSPHRASE:
        raise AuthorityError(f"the passphrase needs at least {_SHORTEST_PASSPHRASE} characters")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if _generations(folder, "root"):
        raise AuthorityError(f"{folder} already holds an authority")
    folder.chmod(0o700)
    authority = Authority(folder, passphrase)
    _write_root(authority, name=name, at=at)
    authority._add_issuing_key(at=at, crl_base=crl_url.rstrip("/") + "/")
    return authority


def open_authority(folder: Path, *, passphrase: str) -> Authority:
    """Open an authority's folder; raises AuthorityError when there is none or the passphrase is wrong."""
    authority = Authority(folder, passphrase)
    if not _generations(folder, "issuing"):
        raise AuthorityError(f"{folder} holds no authority")
    authority._open(_generations(folder, "issuing")[-1])
    return authority


def _write_root(authority: Authority, *, name: str, at: datetime) -> None:
    key = certificates.new_key()
    path = _next_generation(authority.folder, "root")
    subject = certificates.authority_name(f"{name} {path.stem}")
    certificate = (
        certificates.unsigned_certificate(subject, key=key, at=at, lasts=ROOT_LASTS)
        .issuer_name(subject)
        .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
        .add_extension(certificates.key_usage(signs_documents=False), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write_pair(authority, path, KeyAndCertificate(key, certificate))
    authority._issue_crl(path, at=at)


def _write_pair(authority: Authority, path: Path, pair: KeyAndCertificate) -> None:
    encrypted = pair.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(authority.passphrase.encode()),
    )
    _write(path.with_suffix(".key"), encrypted, mode=0o600)
    _write(path, pair.certificate.public_bytes(serialization.Encoding.PEM), mode=0o644)


def _write(path: Path, content: bytes, *, mode: int) -> None:
    """Write beside, then rename: a reader or a power cut never meets half a file."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _generations(folder: Path, kind: str) -> list[Path]:
    """The certificates root-1.pem, root-2.pem ... oldest first."""
    return sorted(folder.glob(f"{kind}-*.pem"), key=lambda path: int(path.stem.rpartition("-")[2]))


def _next_generation(folder: Path, kind: str) -> Path:
    return folder / f"{kind}-{len(_generations(folder, kind)) + 1}.pem"


def _read_certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _crl_base(issuing: x509.Certificate) -> str:
    points = issuing.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    names = next(iter(points)).full_name or []
    return str(names[0].value).rpartition("/")[0] + "/"


def _common_name(certificate: x509.Certificate) -> str:
    return certificate.subject.rfc4514_string().removeprefix("CN=").rpartition(" ")[0]


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)
