"""The journal as it is stored and read: append-only rows, each chained to the one before."""

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import DDL, ForeignKey, String, Text, cast, event, select
from sqlalchemy.orm import Mapped, defer, mapped_column, relationship

from registry.kernel.db import Base, db

FIRST = "0" * 64


class Entry(Base):
    """One thing that happened. Persons stand in it by pseudonym, free words by their salted hash."""

    __tablename__ = "journal"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    organisation: Mapped[str | None] = mapped_column(String(40), index=True)
    content: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    note: Mapped["Note | None"] = relationship(back_populates="entry", lazy="joined")

    def facts(self) -> dict[str, object]:
        """What the row says, as it was written."""
        said: dict[str, object] = json.loads(self.content)
        return said


class Note(Base):
    """Free words beside an entry, outside the chain so that they can be erased; it keeps their hash."""

    __tablename__ = "journal_note"

    seq: Mapped[int] = mapped_column(ForeignKey("journal.seq"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    entry: Mapped[Entry] = relationship(back_populates="note")


def canonical(value: object) -> str:
    """JSON with one spelling only: sorted keys, no spaces, NFC; refuses floats, which have several."""
    return unicodedata.normalize(
        "NFC", json.dumps(_no_floats(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    )


def chained(previous: str, seq: int, content: str) -> str:
    """The hash of a row: SHA-256 over a version byte, the previous hash, the number and the content."""
    return hashlib.sha256(
        b"\x00" + bytes.fromhex(previous) + seq.to_bytes(8, "big") + content.encode()
    ).hexdigest()


def salted(salt: str, text: str) -> str:
    """The hash that the chain keeps of a note."""
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def head() -> tuple[int, str]:
    """Number and hash of the last row; (0, zeros) when nothing has happened yet."""
    last = db.session.execute(select(Entry.seq, Entry.hash).order_by(Entry.seq.desc()).limit(1)).first()
    return (last[0], last[1]) if last else (0, FIRST)


def head_fits() -> bool:
    """Whether the last row fits the one before it; the whole chain is looked at by `first_bad_row`."""
    last, _ = head()
    previous = db.session.scalar(select(Entry.hash).where(Entry.seq == last - 1)) or FIRST
    return all(_fault(row, previous, last, stored_at) is None for row, stored_at in _rows(since=last))


def of_organisation(reference: str) -> Sequence[Entry]:
    """Everything that happened to one organisation, newest first."""
    return db.session.scalars(
        select(Entry).where(Entry.organisation == reference).order_by(Entry.seq.desc())
    ).all()


def about(subject: str) -> Sequence[Entry]:
    """Everything that happened to one thing, newest first; `subject` as the journal names it."""
    return db.session.scalars(select(Entry).where(Entry.subject == subject).order_by(Entry.seq.desc())).all()


def newest(limit: int, *, before: int | None = None, organisation: str = "") -> Sequence[Entry]:
    """The last rows of the whole journal, or of one organisation's part of it, newest first."""
    rows = select(Entry).order_by(Entry.seq.desc()).limit(limit)
    if organisation:
        rows = rows.where(Entry.organisation == organisation)
    return db.session.scalars(rows.where(Entry.seq < before) if before else rows).all()


def first_bad_row() -> tuple[int, str] | None:
    """The number of the first row that does not fit, and why; None when the whole journal is sound."""
    previous, expected = FIRST, 1
    for row, stored_at in _rows():
        fault = _fault(row, previous, expected, stored_at)
        if fault:
            return expected if row.seq > expected else row.seq, fault
        previous, expected = row.hash, expected + 1
    return None


def _rows(*, since: int = 0) -> Iterator[tuple[Entry, str]]:
    """The rows from this one on, with the instant as it is stored: a tampered one may not be readable."""
    rows = db.session.execute(
        select(Entry, cast(Entry.at, String))
        .where(Entry.seq >= since)
        .options(defer(Entry.at))
        .order_by(Entry.seq)
        .execution_options(yield_per=500)
    )
    for row, stored_at in rows:
        yield row, str(stored_at)


def _fault(row: Entry, previous: str, expected: int, stored_at: str) -> str | None:
    try:
        checks = _checks(row, previous, expected, stored_at)
        return next((why for sound, why in checks if not sound), None)
    except (ValueError, TypeError, AttributeError):
        return "it cannot be read"


def _checks(row: Entry, previous: str, expected: int, stored_at: str) -> Iterator[tuple[bool, str]]:
    yield row.seq == expected, "a row is missing here"
    yield row.previous == previous, "it does not follow the row before it"
    yield row.hash == chained(previous, row.seq, row.content), "its content was changed"
    said = row.facts()
    at = f"{stored_at.removesuffix('.000000').replace(' ', 'T')}+00:00"
    spelled = (row.actor, row.action, row.subject, row.organisation, at)
    kept = tuple(said.get(key) for key in ("actor", "action", "subject", "organisation", "at"))
    yield kept == spelled, "its columns do not say what its content says"
    whole = row.note is None or said.get("note") == salted(row.note.salt, row.note.text)
    yield whole, "its note was changed"


def _no_floats(value: object) -> object:
    if isinstance(value, float):
        raise TypeError("floats have more than one spelling; write a string or an integer")
    if isinstance(value, dict):
        return {str(key): _no_floats(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_no_floats(inner) for inner in value]
    return value


# The database itself refuses changes: to an operation that tries, and to a hand at the prompt.
for _verb in ("UPDATE", "DELETE"):
    event.listen(
        Entry.__table__,
        "after_create",
        DDL(  # type: ignore[no-untyped-call] # SQLAlchemy 2.1 gives it no types
            f"CREATE TRIGGER journal_no_{_verb.lower()} BEFORE {_verb} ON journal "
            "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
        ).execute_if(dialect="sqlite"),
    )
event.listen(
    Entry.__table__,
    "after_create",
    DDL(  # type: ignore[no-untyped-call] # SQLAlchemy 2.1 gives it no types
        "CREATE OR REPLACE FUNCTION journal_is_append_only() RETURNS trigger AS $$ BEGIN "
        "RAISE EXCEPTION 'the journal is append-only'; END $$ LANGUAGE plpgsql; "
        "CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
        "EXECUTE FUNCTION journal_is_append_only()"
    ).execute_if(dialect="postgresql"),
)
