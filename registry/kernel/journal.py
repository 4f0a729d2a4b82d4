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
    if db.engine.dialect.name == "postgresql":
        # One chain, one writer: held until the transaction ends.
        db.session.execute(text("SELECT pg_advisory_xact_lock(744)"))
    db.session.flush()
    last, previous = history.head()
    seq, at = last + 1, clock.now()
    salt = secrets.token_hex(16)
    said = facts | {
        "at": at.isoformat(),
        "actor": by,
        "action": action,
        "subject": subject,
        "organisation": organisation,
        "note": history.salted(salt, note) if note else None,
    }
    content = history.canonical(said)
    entry = history.Entry(
        seq=seq,
        at=at,
        actor=by,
        action=action,
        subject=subject,
        organisation=organisation,
        content=content,
        previous=previous,
        hash=history.chained(previous, seq, content),
    )
    if note:
        entry.note = history.Note(salt=salt, text=note)
    db.session.add(entry)
    db.session.flush()
    if organisation:
        db.session.info.setdefault("changed_organisations", set()).add(organisation)
    return entry
