"""What must hold across the files of an edition: every name used exists, every rule has its number."""

from collections.abc import Iterable

from contracts.edition import Edition
from contracts.schema import EditionError


def check_edition(edition: Edition) -> None:
    """EditionError for the first thing that does not fit together."""
    check_once(edition)


def check_once(edition: Edition) -> None:
    """No code twice."""
    lists: tuple[tuple[str, Iterable[str]], ...] = (
        ("obligations-*.toml", (obligation.code for obligation in edition.obligations)),
        ("parameters.toml", (parameter.key for parameter in edition.parameters)),
    )
    for file, names in lists:
        seen: set[str] = set()
        for name in names:
            if name in seen:
                raise EditionError(file, name, "code", "is there twice: remove one of the two")
            seen.add(name)
