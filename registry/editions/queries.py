"""Which editions of the terms there are, and their content: the project's own, and those published here."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import cast

from sqlalchemy import select

from contracts import amending, terms
from contracts.loading import hash_of
from contracts.records import Language
from contracts.terms import Edition, EditionError
from registry.editions.models import OwnEdition
from registry.editions.states import OPEN, EditionStatus
from registry.kernel import settings
from registry.kernel.db import db
from registry.people.models import Person

WORDING = "wording.docx"


def current_name() -> str:
    """The newest edition: names sort by date, and only the project's own and published ones count."""
    newest = db.session.scalar(
        select(OwnEdition.name)
        .where(OwnEdition.status == EditionStatus.PUBLISHED)
        .order_by(OwnEdition.name.desc())
        .limit(1)
    )
    return max(newest or "", terms.CURRENT)


def current() -> Edition:
    """The edition under which memoranda are prepared from now on."""
    return edition(current_name())


def edition(name: str) -> Edition:
    """The edition with this name.

    Raises EditionError when there is none, or when the files of a published one are not those that two people
    published: it must never change.
    """
    if name in terms.edition_names():
        return terms.load_edition(name)
    return _published(place_of(name), _digest(name))


def wording(name: str) -> bytes:
    """The Word template of an edition. Raises EditionError as `edition`."""
    if name not in terms.edition_names():
        _ensure_untouched(place_of(name), _digest(name))
    return (place_of(name) / WORDING).read_bytes()


def place_of(name: str) -> Path:
    """The folder of an edition."""
    return (terms.EDITIONS if name in terms.edition_names() else folder()) / name


def folder() -> Path:
    """Where editions that are published here lie."""
    return settings.current().instance / "editions"


def published_names() -> tuple[str, ...]:
    """Every edition that counts, oldest first."""
    rows = db.session.scalars(select(OwnEdition.name).where(OwnEdition.status == EditionStatus.PUBLISHED))
    return tuple(sorted({*terms.edition_names(), *rows}))


def own(name: str) -> OwnEdition | None:
    """The row of an edition that was begun here."""
    return db.session.scalar(select(OwnEdition).where(OwnEdition.name == name))


def all_own() -> Sequence[OwnEdition]:
    """Every edition begun here, the newest first."""
    return db.session.scalars(select(OwnEdition).order_by(OwnEdition.name.desc())).all()


def open_edition() -> OwnEdition | None:
    """The one edition that somebody is working on, if any."""
    return db.session.scalar(select(OwnEdition).where(OwnEdition.status.in_(OPEN)))


def content(row: OwnEdition) -> Edition:
    """What an edition says as it stands now; of a draft, what would be published now. Raises EditionError."""
    if row.status is EditionStatus.PUBLISHED:
        return edition(row.name)
    return amending.amended(place_of(row.based_on), row.name, asked_of(row))


def asked_of(row: OwnEdition) -> tuple[amending.Change, ...]:
    """The changes of an edition as the terms take them, always in the same order."""
    found = (
        amending.Change(
            each.record, each.field, cast(Language, each.language) if each.language else None, each.new
        )
        for each in row.changes
    )
    return tuple(sorted(found, key=lambda each: (each.record, each.field, each.language or "")))


def hindrance_to_publish(row: OwnEdition, person: Person) -> str | None:
    """The reason why this person must not publish it: two people, always. None when they may."""
    worked_on_it = {row.proposed_by_id, row.begun_by_id, *(each.changed_by_id for each in row.changes)}
    return "own-edition" if person.id in worked_on_it else None


def _digest(name: str) -> str:
    row = own(name)
    if row is None or row.status is not EditionStatus.PUBLISHED or row.sha256 is None:
        raise EditionError("edition.toml", name, "name", "there is no such edition")
    return row.sha256


@lru_cache(maxsize=32)
def _published(place: Path, sha256: str) -> Edition:
    _ensure_untouched(place, sha256)
    return terms.read_edition(place)


def _ensure_untouched(place: Path, sha256: str) -> None:
    if hash_of(place) != sha256:
        raise EditionError(
            "edition.toml", place.name, "sha256",
            "the files are not those that were published: bring them back from a backup",
        )  # fmt: skip
