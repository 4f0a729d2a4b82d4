"""A new edition out of an earlier one and a list of changes: the earlier one's files, copied and amended."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tomlkit

from contracts.edition import Edition, Obligation
from contracts.khmer import khmer_digits
from contracts.records import Language
from contracts.schema import EditionError
from contracts.terms import read_edition

VALUE = "value"
TEXTS = ("title", "plain", "why", "clause", "evidence")


@dataclass(frozen=True)
class Change:
    """One thing that is different in the new edition.

    Either the `value` of a parameter (a number as text, "" for "not set"; no language), or one of TEXTS of an
    obligation in one language.
    """

    record: str
    field: str
    language: Language | None
    new: str


def texts_of(obligation: Obligation) -> tuple[str, ...]:
    """The texts of an obligation that are its own: a twin prints the clause of its partner."""
    return tuple(field for field in TEXTS if obligation.twin is None or field != "clause")


def number_in(written: str) -> int | float | None:
    """The number that a change holds as text; None for "not set"."""
    if not written:
        return None
    return float(written) if "." in written else int(written)


def write_amended(base: Path, target: Path, changes: Iterable[Change]) -> None:
    """Write the edition `target.name` into the folder `target`, which must not exist yet.

    Raises EditionError when a change names a record or a field that is not there; what the changed records
    say together is checked when the folder is read.
    """
    shutil.copytree(base, target)
    _amend(target / "edition.toml", lambda document: _rename(document, base.name, target.name))
    asked = list(changes)
    for path in (target / "parameters.toml", *sorted(target.glob("obligations-*.toml"))):
        here = {record: [each for each in asked if each.record == record] for record in _records(path)}
        for each in (one for found in here.values() for one in found):
            asked.remove(each)
        if any(here.values()):
            _amend(path, lambda document, path=path: _apply(document, path.name, here, target.name))  # noqa: B023
    for each in asked:
        raise EditionError("edition.toml", each.record, each.field, "there is no such record to change")


@lru_cache(maxsize=8)
def amended(base: Path, name: str, changes: tuple[Change, ...]) -> Edition:
    """The edition that `write_amended` would write, to the byte; nothing is kept on disk.

    Raises EditionError.
    """
    with TemporaryDirectory() as folder:
        write_amended(base, Path(folder) / name, changes)
        return read_edition(Path(folder) / name)


def _records(path: Path) -> list[str]:
    return [
        str(table.get("code") or table["key"]) for table in _tables(tomlkit.parse(path.read_text("utf-8")))
    ]


def _tables(document: Any) -> Iterator[Any]:
    """The records of a file: each file holds one list of tables."""
    for rows in document.values():
        yield from rows


def _amend(path: Path, change: Any) -> None:
    document = tomlkit.parse(path.read_text("utf-8"))
    change(document)
    path.write_text(tomlkit.dumps(document), "utf-8", newline="\n")


def _rename(document: Any, old: str, new: str) -> None:
    document["name"] = new
    document["title_en"] = document["title_en"].replace(old, new)
    document["title_km"] = document["title_km"].replace(khmer_digits(old), khmer_digits(new))


def _apply(document: Any, file: str, changes: dict[str, list[Change]], name: str) -> None:
    for table in _tables(document):
        here = changes[str(table.get("code") or table["key"])]
        for change in here:
            if change.field == VALUE and "key" in table:
                _set_value(table, change.new, name)
            elif change.field in TEXTS and f"{change.field}_{change.language}" in table:
                table[f"{change.field}_{change.language}"] = change.new
            else:
                raise EditionError(file, change.record, change.field, "is no field of this record to change")
        if here and "code" in table:
            # Nobody has confirmed the changed words yet, and what they rest on was said in others.
            table.pop("reviewed", None)
            table["basis"] = (
                f"{table['basis'].rstrip('.')}. Worded by the Ministry with edition {name} of the terms"
            )


def _set_value(table: Any, written: str, name: str) -> None:
    """A number that the Ministry sets rests on its publication: what it rested on said another one."""
    number = number_in(written)
    if number is None:
        table.pop(VALUE, None)
        table["mark"], table["basis"] = "P", "Proposed, to be set by the Ministry"
        return
    if VALUE in table:
        table[VALUE] = number
    else:
        _put_after_key(table, number)
    table["mark"], table["basis"] = "S", f"Set by the Ministry with edition {name} of the terms"


def _put_after_key(table: Any, number: float) -> None:
    """Write the value where it stands in every other record, not at the end."""
    rest = [(key, table.pop(key)) for key in list(table) if key != "key"]
    table.add(VALUE, number)
    for key, value in rest:
        table.add(key, value)
