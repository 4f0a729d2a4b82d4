"""Letters waiting to be sent: rows of the same transaction as what they tell of."""

import smtplib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from email.errors import MessageError
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from sqlalchemy import String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from contracts.khmer import english_date, khmer_date
from registry.kernel import clock, settings
from registry.kernel.db import Base, db

LETTERS = Path(__file__).resolve().parents[2] / "templates" / "letters"
SENDER = "Care Registry <no-reply@registry.example.org>"
MOST_TRIES = 10


class Letter(Base):
    """What was written to one person about one event; kept after sending as the history of what was said."""

    __tablename__ = "letter"
    __table_args__ = (UniqueConstraint("event", "recipient", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(60))
    recipient: Mapped[str] = mapped_column(String(40), index=True)
    address: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    organisation: Mapped[str | None] = mapped_column(String(40), index=True)
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(300))


class Recipient(Protocol):
    """Somebody who can get a letter."""

    @property
    def pseudonym(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def name(self) -> Mapping[str, str]: ...


def write(
    name: str, *, to: Recipient, event: str, context: Mapping[str, object], organisation: str | None = None
) -> Letter | None:
    """Put one letter into the outbox, in the recipient's language.

    `event` says what it tells of; the same letter about the same event to the same person is written once
    (None the second time). `name` is a folder of templates/letters.
    """
    written = select(Letter.id).where(
        Letter.event == event, Letter.recipient == to.pseudonym, Letter.name == name
    )
    if db.session.scalar(written) is not None:
        return None
    subject, body = compose(name, language=to.language, context={**context, "to": to.name[to.language]})
    letter = Letter(
        event=event,
        name=name,
        recipient=to.pseudonym,
        address=to.email,
        language=to.language,
        organisation=organisation,
        subject=subject,
        body=body,
        written_at=clock.now(),
    )
    db.session.add(letter)
    return letter


def compose(name: str, *, language: str, context: Mapping[str, object]) -> tuple[str, str]:
    """Subject and body of a letter; a name that the context lacks is an error, never an empty place."""
    portal = f"{settings.current().public_url}/{language}"
    said = {**context, "portal": portal, "language": language}
    folder = _environment()
    subject = folder.get_template(f"{name}/subject.{language}.txt").render(said)
    return " ".join(subject.split()), folder.get_template(f"{name}/body.{language}.txt").render(said)


def waiting(limit: int = 200) -> Sequence[Letter]:
    """Letters not yet sent and not given up, oldest first."""
    return db.session.scalars(
        select(Letter)
        .where(Letter.sent_at.is_(None), Letter.tries < MOST_TRIES)
        .order_by(Letter.id)
        .limit(limit)
    ).all()


def deliver(letter: Letter) -> None:
    """Hand one letter to the mail server, or to a file when none is set.

    Raises OSError or smtplib.SMTPException; the caller notes it and tries again later.
    """
    message = _mailable(letter)
    server = settings.current().smtp_url
    if server is None:
        folder = settings.current().letters
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (folder / f"{letter.id:06d}-{letter.name}.eml").write_bytes(bytes(message))
        return
    parts = urlsplit(server)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    with kind(parts.hostname or "localhost", parts.port or 0, timeout=20) as connection:
        if parts.username:
            connection.login(parts.username, parts.password or "")
        connection.send_message(message)


def as_message(letter: Letter) -> EmailMessage:
    """The letter as mail; its Message-ID comes from the event, so that a second copy can be recognised."""
    message = EmailMessage(policy=_WholeSubjects())
    message.set_content(letter.body)
    message["From"] = SENDER
    message["To"] = letter.address
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<letter-{letter.id}@{urlsplit(settings.current().public_url).hostname}>"
    message["Content-Language"] = letter.language
    return message


def _mailable(letter: Letter) -> EmailMessage:
    """The letter as mail that can be written out: a line break in an address must not stop other letters."""
    try:
        message = as_message(letter)
        message.as_bytes()
    except (ValueError, MessageError) as error:
        raise smtplib.SMTPException("this letter cannot be written as mail") from error
    return message


class _WholeSubjects(EmailPolicy):
    """Python's own way of folding loses spaces between Khmer and Latin words; `Header` keeps them."""

    def fold(self, name: str, value: str) -> str:
        if name.lower() != "subject" or value.isascii():
            return str(super().fold(name, value))
        folded = Header(value, "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        return self.fold(name, value).encode("ascii", "surrogateescape")


@pass_context
def _day(context: Context, value: date) -> str:
    day = clock.local(value).date() if isinstance(value, datetime) else value
    return khmer_date(day) if context["language"] == "km" else english_date(day)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(LETTERS),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text letters; nothing here is ever HTML
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = _day
    return environment
