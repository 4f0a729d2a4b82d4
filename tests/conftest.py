"""Fixtures: one application for the whole run, an empty registry for each test, and no network."""

import os
import shutil
import smtplib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from contextvars import copy_context
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask, has_app_context
from flask.globals import _cv_app
from flask.testing import FlaskClient
from flask_babel import force_locale
from werkzeug.test import TestResponse

from app import create_app
from registry.kernel import clock, settings
from registry.kernel import db as database
from registry.kernel.db import db
from registry.people import operations as people
from registry.people.models import Person
from tests import sample
from tests.factories import Factory

ORIGIN = "http://127.0.0.1:8000"


class Browser(FlaskClient):
    """A browser whose requests share nothing with the test: not the transaction, and not who is signed in.

    The test's own application context would otherwise be used by the request too.
    """

    def open(self, *arguments: Any, **keywords: Any) -> TestResponse:
        """Keep what the test has made so far, ask apart, and let the test see what became of it."""
        if not has_app_context():
            return super().open(*arguments, **keywords)
        db.session.commit()
        answer = copy_context().run(self._open_apart, *arguments, **keywords)
        db.session.rollback()
        return answer

    def _open_apart(self, *arguments: Any, **keywords: Any) -> TestResponse:
        _cv_app.set(None)
        return super().open(*arguments, **keywords)


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the application of this run keeps its things in."""
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="session")
def app(instance: Path) -> Flask:
    """The application, made once; its secrets are made as at a first start."""
    made = create_app({"INSTANCE": str(instance), "SAMPLE": "0", "PUBLIC_URL": ORIGIN})
    made.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
    made.test_client_class = Browser
    return made


@pytest.fixture(scope="session")
def empty_database(app: Flask, instance: Path) -> Path:
    """A database file with every table and no row."""
    with app.app_context():
        db.create_all()
        db.session.remove()
        db.engine.dispose()
    kept = instance / "empty.sqlite"
    shutil.copy(instance / "registry.sqlite", kept)
    return kept


@pytest.fixture
def registry(app: Flask, empty_database: Path, instance: Path) -> Iterator[Flask]:
    """The application on an empty database of its own, inside an application context."""
    fresh_database(app, instance, empty_database)
    shutil.rmtree(settings.current().letters, ignore_errors=True)
    shutil.rmtree(settings.current().instance / "editions", ignore_errors=True)
    with app.app_context(), force_locale("en"), database.writing():
        yield app
        db.session.remove()
        db.engine.dispose()


def fresh_database(app: Flask, instance: Path, template: Path) -> None:
    """Put a copy of a database file in the place of the present one."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for ending in ("", "-wal", "-shm"):
        (instance / f"registry.sqlite{ending}").unlink(missing_ok=True)
    shutil.copy(template, instance / "registry.sqlite")


@pytest.fixture(scope="session")
def sample_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample registry's folder, with signed documents; made once for all processes of the run."""
    shared = tmp_path_factory.getbasetemp()
    if "SAMPLE_FOLDER" in os.environ:  # a folder kept between runs, while working on pages
        return sample.loaded_into(Path(os.environ["SAMPLE_FOLDER"]))
    if shared.name.startswith("popen-"):
        shared = shared.parent
    return sample.loaded_into(shared / "sample")


@pytest.fixture
def sample_registry(app: Flask, instance: Path, sample_instance: Path) -> Iterator[Flask]:
    """The application on a copy of the sample registry."""
    fresh_database(app, instance, sample_instance / "registry.sqlite")
    before = settings.current()
    settings.use(
        replace(
            settings.read({"INSTANCE": str(sample_instance), "PUBLIC_URL": ORIGIN}, root=instance),
            database_url=before.database_url,
        )
    )
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context(), force_locale("en"), database.writing():
        yield app
        db.session.remove()
        db.engine.dispose()
    settings.use(before)


@pytest.fixture
def make(registry: Flask) -> Factory:
    """Makes organisations, people and memoranda through the operations."""
    return Factory()


@pytest.fixture
def client(registry: Flask) -> FlaskClient:
    """A browser that nobody has signed in with; forms need no token here (test_laws asks for the token)."""
    registry.config["WTF_CSRF_ENABLED"] = False
    return registry.test_client()


@pytest.fixture
def signed_in(registry: Flask) -> Callable[[Person], FlaskClient]:
    """Gives a browser in which a person is signed in."""

    def browser(person: Person) -> FlaskClient:
        registry.config["WTF_CSRF_ENABLED"] = False
        token = people.begin_sign_in(person, device="test")
        db.session.commit()
        made = registry.test_client()
        with made.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True
        return made

    return browser


@pytest.fixture
def at() -> Iterator[Callable[[datetime], None]]:
    """Holds the clock: `at(instant)`, again and again, until the test ends."""
    with ExitStack() as held:
        yield lambda instant: held.enter_context(clock.stopped(instant))


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> Iterator[None]:
    """Passwords and codes hashed with the least work: what slows a guesser slows hundreds of tests too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(autouse=True)
def no_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sends mail to anywhere by accident."""

    def refuse(*_arguments: object, **_keywords: object) -> None:
        raise AssertionError("a test tried to send mail")

    monkeypatch.setattr(smtplib.SMTP, "connect", refuse)
