"""Files by the SHA-256 of their content: written once, never overwritten, safe to write again."""

import hashlib
import os
import re
import secrets
from pathlib import Path

from cryptography.fernet import Fernet

from registry.kernel import settings


class Missing(Exception):
    """A stored file is not there, or its bytes are not those of its name."""


def digest(content: bytes) -> str:
    """SHA-256 of the bytes as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def keep(content: bytes, *, protected: bool = False) -> str:
    """Write the bytes so that they survive a power cut, and return their SHA-256.

    Order: temporary file, fsync, rename, fsync of the folder (docs/decisions/0004). A protected file is
    encrypted; its name is still the digest of the plain bytes.
    """
    name = digest(content)
    target = _path(name, protected=protected)
    if target.exists():
        return name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = target.with_name(f".{name}.{secrets.token_hex(4)}")
    written = Fernet(settings.current().field_key).encrypt(content) if protected else content
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)
    return name


def fetch(name: str, *, protected: bool = False) -> bytes:
    """The bytes of this SHA-256.

    Raises Missing when they are not there or are not the bytes that were kept.
    """
    path = _path(name, protected=protected)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise Missing(name) from None
    if protected:
        content = Fernet(settings.current().field_key).decrypt(content)
    if digest(content) != name:
        raise Missing(name)
    return content


def _path(name: str, *, protected: bool) -> Path:
    if not re.fullmatch("[0-9a-f]{64}", name):
        raise Missing(name)
    folder = settings.current().documents / ("protected" if protected else "plain")
    return folder / name[:2] / name


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
