"""Settings read once from the environment, and the secrets made at first start."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet


@dataclass(frozen=True)
class Settings:
    """Where things are and what they are called; see the table in README.md."""

    instance: Path
    database_url: str
    public_url: str
    smtp_url: str | None
    tsa_url: str | None
    secret_key: str
    field_key: bytes
    signing_passphrase: str
    sample: bool
    testing: bool = False

    @property
    def documents(self) -> Path:
        return self.instance / "documents"

    @property
    def letters(self) -> Path:
        return self.instance / "letters"

    @property
    def authority(self) -> Path:
        return self.instance / "keys" / "authority"


_current: list[Settings] = []


def use(settings: Settings) -> None:
    """Make these the settings of this process."""
    _current[:] = [settings]


def current() -> Settings:
    """The settings of this process; the application sets them when it is made."""
    return _current[0]


def kept_secret(folder: Path, name: str, make: str) -> str:
    """The secret of this name, made at first use and readable by the owner only."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    try:
        # O_EXCL: two processes starting together must not each keep a different secret.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(make)
        file.flush()
        os.fsync(file.fileno())
    return make


def read(environment: Mapping[str, str], *, root: Path) -> Settings:
    """Settings from environment variables, with the defaults of a first look at the portal."""
    instance = Path(environment.get("INSTANCE") or root / "instance").resolve()
    keys = instance / "keys"
    port = environment.get("PORT") or "8000"
    return Settings(
        instance=instance,
        database_url=environment.get("DATABASE_URL") or f"sqlite:///{instance / 'registry.sqlite'}",
        public_url=(environment.get("PUBLIC_URL") or f"http://127.0.0.1:{port}").rstrip("/"),
        smtp_url=environment.get("SMTP_URL") or None,
        tsa_url=environment.get("TSA_URL") or None,
        secret_key=environment.get("SECRET_KEY") or kept_secret(keys, "secret_key", secrets.token_hex(32)),
        field_key=(
            environment.get("FIELD_KEY") or kept_secret(keys, "field_key", Fernet.generate_key().decode())
        ).encode(),
        signing_passphrase=environment.get("SIGNING_PASSPHRASE")
        or kept_secret(keys, "signing_passphrase", secrets.token_urlsafe(32)),
        sample=(environment.get("SAMPLE") or "1") != "0",
    )
