"""Commands: what they say, what they exit with, and that running them twice does no harm."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from registry.compliance import queries as duties
from registry.kernel import clock, history, journal, settings
from registry.kernel.db import db
from registry.kernel.outbox import Letter
from registry.memoranda.states import Field
from registry.people import queries as people
from registry.people.states import Role
from registry.views import guard
from tests.factories import A_PDF, PASSWORD, Factory

Run = Callable[..., Result]
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)


@pytest.fixture
def run(registry: Flask) -> Run:
    """Runs `flask …` on this test's registry, with everything kept so far."""

    def command(*words: str, typed: str | None = None) -> Result:
        db.session.commit()
        return registry.test_cli_runner().invoke(args=list(words), input=typed)

    return command


def by_hand(instance: Path, script: str) -> None:
    """What somebody with the database file in their hands does, the triggers taken away."""
    db.session.remove()
    db.engine.dispose()
    hand = sqlite3.connect(instance / "registry.sqlite")
    hand.executescript(
        "DROP TRIGGER IF EXISTS journal_no_update; DROP TRIGGER IF EXISTS journal_no_delete;" + script
    )
    hand.commit()
    hand.close()


def test_a_sound_journal_is_verified_and_its_head_is_said(run: Run) -> None:
    for number in range(5):
        journal.record("happened", subject="test:1", note=f"note {number}")
    result = run("journal", "verify")
    assert result.exit_code == 0
    assert result.output.startswith("5 rows, all sound")
    assert history.head()[1] in result.output


def test_an_empty_journal_is_sound(run: Run) -> None:
    assert run("journal", "verify").exit_code == 0


DAMAGE = {
    "UPDATE journal SET actor = 'x' WHERE seq = 3": 3,
    "UPDATE journal SET content = 'no longer JSON' WHERE seq = 3": 3,
    "UPDATE journal SET content = '[]' WHERE seq = 4": 4,
    "UPDATE journal SET content = '' WHERE seq = 4": 4,
    "UPDATE journal SET hash = 'x' WHERE seq = 2": 2,
    "UPDATE journal SET at = 'yesterday' WHERE seq = 2": 2,
    "UPDATE journal_note SET salt = 'not hexadecimal' WHERE seq = 5": 5,
    "DELETE FROM journal WHERE seq = 2": 2,
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_journal_exits_with_one_and_names_the_row(run: Run, instance: Path, damage: str) -> None:
    for number in range(5):
        journal.record("happened", subject="test:1", note=f"note {number}")
    db.session.commit()
    by_hand(instance, f"{damage};")
    result = run("journal", "verify")
    assert result.exit_code == 1
    assert result.output.startswith(f"row {DAMAGE[damage]}: ")
    assert "Traceback" not in result.output


def test_duties_run_reminds_once_however_often_it_is_called(
    make: Factory, run: Run, at: Callable[[datetime], None]
) -> None:
    at(NOON)
    memorandum = make.memorandum()
    first = next(each for each in duties.duties_of(memorandum) if each.party is Field.ORGANISATION)
    at(clock.start_of(first.due_on) + timedelta(hours=1))
    assert run("duties", "run").exit_code == 0
    written = db.session.scalars(select(Letter.id).where(Letter.name == "duty_reminder")).all()
    assert written
    again = run("duties", "run")
    assert again.exit_code == 0
    assert "looked at" in again.output
    assert db.session.scalars(select(Letter.id).where(Letter.name == "duty_reminder")).all() == written


def test_letters_send_sends_what_waits_and_nothing_twice(make: Factory, run: Run) -> None:
    make.organisation()
    waiting = len(db.session.scalars(select(Letter).where(Letter.sent_at.is_(None))).all())
    person = make.staff(Role.OFFICER)
    journal.record("happened", subject="test:1")
    from_before = {path.name for path in settings.current().letters.glob("*.eml")}
    db.session.add(
        Letter(
            event="e", name="registered", recipient=person.pseudonym, address=person.email, language="en",
            subject="Sample", body="Sample", written_at=clock.now(), tries=0,
        )
    )  # fmt: skip
    assert run("letters", "send").output == f"{waiting + 1} letters sent\n"
    assert len({path.name for path in settings.current().letters.glob("*.eml")} - from_before) == waiting + 1
    assert run("letters", "send").output == "0 letters sent\n"


ADMINISTRATOR = ("person", "create-administrator", "--username", "first", "--name", "Sample Administrator",
                 "--email", "first@example.org", "--language", "en", "--password")  # fmt: skip


def test_the_first_administrator_is_made_at_the_command_line(run: Run) -> None:
    result = run(*ADMINISTRATOR, PASSWORD)
    assert result.exit_code == 0
    assert "first can sign in" in result.output
    assert PASSWORD not in result.output
    person = people.person_by_username("FIRST")
    assert person is not None
    assert person.roles == {Role.ADMINISTRATOR}
    assert history.first_bad_row() is None


@pytest.mark.parametrize(
    ("passwords", "said"),
    [(("short",), "at least 12 characters"), ((PASSWORD, PASSWORD), "already uses this account name")],
)
def test_a_refused_administrator_is_told_why_in_a_sentence(
    run: Run, passwords: tuple[str, ...], said: str
) -> None:
    *before, last = [run(*ADMINISTRATOR, password) for password in passwords]
    assert all(each.exit_code == 0 for each in before)
    assert last.exit_code == 1
    assert said in last.output


def test_the_password_can_be_typed_twice_instead(run: Run) -> None:
    assert run(*ADMINISTRATOR[:-1], typed=f"{PASSWORD}\nsomething else\n").exit_code == 1
    assert run(*ADMINISTRATOR[:-1], typed=f"{PASSWORD}\n{PASSWORD}\n").exit_code == 0


NONSENSE = {
    "empty": b"",
    "text": b"this is a memorandum, honestly",
    "cut": b"%PDF-1.7\n1 0 obj\n<<",
    "unsigned": A_PDF,
    "zeros": bytes(5000),
}


def test_nonsense_is_not_genuine_and_the_command_says_so(run: Run, tmp_path: Path) -> None:
    for name, content in NONSENSE.items():
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(content)
        result = run("memorandum", "verify", str(file))
        assert (name, result.exit_code) == (name, 2)
        assert result.output.startswith("NOT GENUINE")


def test_bytes_that_we_keep_but_nobody_signed_are_not_genuine(
    make: Factory, run: Run, tmp_path: Path
) -> None:
    memorandum = make.memorandum()
    papers = make.papers(memorandum)
    assert papers.pdf.startswith(b"made-up")
    file = tmp_path / "kept.pdf"
    file.write_bytes(_stored(memorandum.offered_sha256 or ""))
    result = run("memorandum", "verify", str(file))
    assert result.exit_code == 2
    assert memorandum.reference in result.output


def _stored(sha256: str) -> bytes:
    return next(settings.current().documents.rglob(sha256)).read_bytes()


def test_a_file_that_is_not_there_is_a_mistake_in_the_command_not_a_verdict(run: Run, tmp_path: Path) -> None:
    result = run("memorandum", "verify", str(tmp_path / "missing.pdf"))
    assert "does not exist" in result.output
    assert "GENUINE" not in result.output


def test_an_unknown_memorandum_cannot_be_exported(run: Run, tmp_path: Path) -> None:
    result = run("memorandum", "export", "MOU-2026-XXXXXX", str(tmp_path / "bundle"))
    assert result.exit_code == 1
    assert "There is no offered memorandum" in result.output
    assert not (tmp_path / "bundle").exists()


def test_a_filled_registry_is_not_filled_with_samples_again(make: Factory, run: Run) -> None:
    make.organisation()
    guard.keep()
    before = history.head()
    result = run("sample", "load")
    assert result.exit_code == 0
    assert "nothing was loaded" in result.output
    assert history.head() == before
