"""Migrations: an empty file becomes exactly the models' tables, guarded by the same rules, and back again."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import CheckConstraint, inspect, text

from app import create_app
from registry.kernel import db as database
from registry.kernel import journal, settings
from registry.kernel.db import Base, Instant, Protected, db


@pytest.fixture
def migrated(tmp_path: Path) -> Iterator[Flask]:
    """An application of its own on an empty file, brought up to date as `flask db upgrade` does it."""
    before = settings.current() if settings._current else None
    made = create_app({"INSTANCE": str(tmp_path), "SAMPLE": "0"})
    with made.app_context(), database.writing():
        flask_migrate.upgrade()
        yield made
        db.session.remove()
        db.engine.dispose()
    if before:
        settings.use(before)


def plain(_context: object, _inspected: object, _column: object, _kind: object, ours: object) -> bool | None:
    """Our own column types are plain ones in the database."""
    return False if isinstance(ours, Instant | Protected) else None


def checks_of_models() -> dict[str, set[str]]:
    """The names of the CHECK constraints that the models ask for, by table."""
    return {
        table.name: {str(rule.name) for rule in table.constraints if isinstance(rule, CheckConstraint)}
        for table in Base.metadata.tables.values()
    }


def test_an_empty_file_becomes_exactly_the_tables_of_the_models(migrated: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": plain, "render_as_batch": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_a_missing_column_would_be_seen(migrated: Flask) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE provider DROP COLUMN acronym"))
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert [change[0] for change in found] == ["add_column"]


def test_upgrading_again_changes_nothing(migrated: Flask) -> None:
    before = set(inspect(db.engine).get_table_names())
    flask_migrate.upgrade()
    assert set(inspect(db.engine).get_table_names()) == before


def test_every_check_of_the_models_is_in_the_database(migrated: Flask) -> None:
    found = {
        name: {str(rule["name"]) for rule in inspect(db.engine).get_check_constraints(name)}
        for name in Base.metadata.tables
    }
    assert found == checks_of_models()
    assert {"ck_signature_two_people", "ck_memorandum_dated"} <= set().union(*found.values())


def test_the_words_that_a_status_may_be_are_the_same(migrated: Flask) -> None:
    for table in Base.metadata.tables.values():
        written = {
            str(rule["name"]): " ".join(str(rule["sqltext"]).split())
            for rule in inspect(db.engine).get_check_constraints(table.name)
        }
        for column in table.columns:
            for word in getattr(column.type, "enums", ()):
                assert any(f"'{word}'" in rule for rule in written.values()), (table.name, word)


def test_the_journal_of_a_migrated_database_refuses_to_be_changed(migrated: Flask, tmp_path: Path) -> None:
    journal.record("happened", subject="test:1")
    db.session.commit()
    hand = sqlite3.connect(tmp_path / "registry.sqlite")
    for statement in ("UPDATE journal SET action = 'x'", "DELETE FROM journal"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            hand.execute(statement)
    assert hand.execute("SELECT action FROM journal").fetchall() == [("happened",)]
    hand.close()


def test_going_back_to_the_beginning_leaves_nothing_but_the_version(migrated: Flask) -> None:
    db.session.remove()
    flask_migrate.downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
    flask_migrate.upgrade()
    assert set(inspect(db.engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}
