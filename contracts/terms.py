"""The door to the terms: load an edition by name, and find the obligations that apply to a profile."""

from functools import cache
from pathlib import Path

from contracts.checks import check_edition
from contracts.edition import Article, Consequence, Edition, Need, Obligation, Paragraph, Rhythm
from contracts.loading import Reader
from contracts.records import (
    Choice,
    Every,
    Frequency,
    Language,
    Mark,
    NeedKind,
    Parameter,
    Party,
    Post,
    Profile,
    RhythmKind,
    Right,
    Severity,
    Sharing,
    Step,
    Text,
    When,
)
from contracts.schema import EditionError

__all__ = [
    "CURRENT",
    "EDITIONS",
    "Article",
    "Choice",
    "Consequence",
    "Edition",
    "EditionError",
    "Every",
    "Frequency",
    "Language",
    "Mark",
    "Need",
    "NeedKind",
    "Obligation",
    "Paragraph",
    "Parameter",
    "Party",
    "Post",
    "Profile",
    "Rhythm",
    "RhythmKind",
    "Right",
    "Severity",
    "Sharing",
    "Step",
    "Text",
    "When",
    "applicable",
    "edition_names",
    "load_edition",
    "read_edition",
]

EDITIONS = Path(__file__).parent / "editions"


def edition_names() -> tuple[str, ...]:
    """The names of the project's own editions, oldest first (the names sort by date)."""
    return tuple(sorted(place.parent.name for place in EDITIONS.glob("*/edition.toml")))


CURRENT = edition_names()[-1]


@cache
def load_edition(name: str, *, folder: Path | None = None) -> Edition:
    """The edition `name`, from the project's own editions or from another ministry's `folder` of editions.

    EditionError names the file, the record, the field and what to do.
    """
    return read_edition((folder or EDITIONS) / name)


def read_edition(place: Path) -> Edition:
    """The edition in this folder, read and checked anew. Raises EditionError."""
    if not (place / "edition.toml").is_file():
        raise EditionError("edition.toml", place.name, "name", f"there is no such file in {place}: create it")
    reader = Reader(place)
    edition = reader.edition()
    check_edition(edition, files=reader.files)
    if edition.name != place.name:
        raise EditionError(
            "edition.toml", place.name, "name", f"is {edition.name!r}: write the name of the folder"
        )
    return edition


def applicable(edition: Edition, profile: Profile) -> tuple[Obligation, ...]:
    """The obligations of both parties that apply to this profile, ordered by step, then by code."""
    order = {step.key: place for place, step in enumerate(edition.steps)}
    found = (obligation for obligation in edition.obligations if obligation.when.holds(profile))
    return tuple(sorted(found, key=lambda obligation: (order[obligation.step], obligation.code)))
