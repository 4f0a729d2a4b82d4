"""The journal cannot be changed, and a change made behind its back is found and named."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from registry.kernel import history, journal
from registry.kernel.db import db

ROWS = 6


@pytest.fixture
def written(registry: Flask, instance: Path) -> sqlite3.Connection:
    """A journal of six rows, and a hand at the database with the triggers taken away."""
    for number in range(ROWS):
        journal.record(f"happened {number}", subject="test:1", note=f"note {number}", number=number)
    db.session.commit()
    hand = sqlite3.connect(instance / "registry.sqlite")
    hand.executescript("DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete;")
    return hand


def test_the_database_refuses_to_change_or_delete_a_row(registry: Flask) -> None:
    journal.record("happened", subject="test:1")
    for statement in ("UPDATE journal SET action = 'x'", "DELETE FROM journal"):
        with pytest.raises(IntegrityError, match="append-only"):
            db.session.execute(text(statement))
        db.session.rollback()
        journal.record("happened", subject="test:1")


def test_a_sound_journal_has_no_bad_row(written: sqlite3.Connection) -> None:
    assert history.first_bad_row() is None
    assert history.head()[0] == ROWS


COLUMNS = ("actor", "action", "subject", "organisation", "hash", "previous")
SWAP = """
    UPDATE journal SET seq = 99 WHERE seq = 3;
    UPDATE journal SET seq = 3 WHERE seq = 4;
    UPDATE journal SET seq = 4 WHERE seq = 99;
"""
CHANGES: list[tuple[str, int]] = [
    *((f"UPDATE journal SET {column} = 'x' WHERE seq = 3", 3) for column in COLUMNS),  # noqa: S608 - ours
    ("UPDATE journal SET at = '2001-01-01 00:00:00.000000' WHERE seq = 3", 3),
    ("UPDATE journal SET content = replace(content, 'happened', 'occurred') WHERE seq = 3", 3),
    ("UPDATE journal_note SET text = 'another' WHERE seq = 3", 3),
    ("DELETE FROM journal WHERE seq = 3", 3),
    ("DELETE FROM journal WHERE seq = 1", 1),
    (SWAP, 3),
]


@pytest.mark.parametrize(("change", "row"), CHANGES)
def test_a_change_behind_its_back_is_found_and_the_row_named(
    written: sqlite3.Connection, change: str, row: int
) -> None:
    db.session.rollback()
    written.executescript(change)
    written.commit()
    found = history.first_bad_row()
    assert found is not None
    assert found[0] == row


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        ("UPDATE journal SET actor = 'x' WHERE seq = 6", False),
        ("UPDATE journal SET at = 'yesterday' WHERE seq = 6", False),
        ("DELETE FROM journal WHERE seq = 5", False),
        ("DELETE FROM journal", True),
        ("UPDATE journal_note SET text = text", True),
    ],
)
def test_the_head_alone_is_looked_at_when_time_is_short(
    written: sqlite3.Connection,
    change: str,
    fits: bool,  # noqa: FBT001 - pytest calls it
) -> None:
    db.session.rollback()
    written.executescript(change)
    written.commit()
    assert history.head_fits() is fits


def test_an_erased_note_leaves_the_chain_sound(written: sqlite3.Connection) -> None:
    db.session.rollback()
    written.execute("DELETE FROM journal_note WHERE seq = 3")
    written.commit()
    assert history.first_bad_row() is None


@pytest.mark.parametrize("value", [1.5, {"a": 0.1}, [2.0]])
def test_a_float_has_no_one_spelling_and_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        history.canonical(value)


def test_notes_and_content_cannot_be_shifted_into_one_another() -> None:
    keep: Callable[[str], str] = lambda content: history.chained(history.FIRST, 1, content)  # noqa: E731
    assert keep('{"a":"bc"}') != keep('{"ab":"c"}')
