"""Append-only: what happened, to what, when and by whom. Only operations write it."""

import secrets

from sqlalchemy import text

from registry.kernel import clock, history
from registry.kernel.db import db

SYSTEM = "system"


def record(
    action: str,
    *,
    subject: str,
    by: str = SYSTEM,
    organisation: str | None = None,
    note: str = "",
    **facts: object,
) -> history.Entry:
    """Write one row and chain it.

    `by` is a person's pseudonym; `facts` may hold words, whole numbers, booleans, lists and dictionaries,
    never personal data; free words go into `note`. Marks the organisation as changed, so that the public
    directory is brought up to date in the same transaction.
    """
    _hold_the_chain()
    last, previous = history.head()
    salt = secrets.token_hex(16)
    named = {"actor": by, "action": action, "subject": subject, "organisation": organisation}
    at = clock.now()
    kept = {"at": at.isoformat(), "note": history.salted(salt, note) if note else None}
    content = history.canonical(facts | named | kept)
    entry = history.Entry(
        seq=last + 1, at=at, content=content, previous=previous,
        hash=history.chained(previous, last + 1, content), **named,
    )  # fmt: skip
    if note:
        entry.note = history.Note(salt=salt, text=note)
    db.session.add(entry)
    db.session.flush()
    if organisation:
        db.session.info.setdefault("changed_organisations", set()).add(organisation)
    return entry


def _hold_the_chain() -> None:
    """One chain, one writer: SQLite has one anyway; PostgreSQL holds this lock until the transaction ends."""
    db.session.flush()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(744)"))
