"""Reads the files of one edition's folder into an edition; the checks across files come after."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from contracts.edition import Edition, Obligation
from contracts.reading import (
    Clause,
    read_article,
    read_choice,
    read_clause,
    read_consequence,
    read_frequency,
    read_item,
    read_need,
    read_obligation,
    read_paragraph,
    read_parameter,
    read_post,
    read_right,
    read_step,
)
from contracts.records import NeedKind, Text
from contracts.schema import EditionError, Row


class Reader:
    """Reads the files of one edition's folder; used once and thrown away."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.files: dict[str, str] = {}
        self.head = self.file("edition.toml")
        self.units = self.labels("unit")
        rows = self.all_of("parameters.toml", "parameter")
        self.parameters = tuple(read_parameter(row, units=self.units) for row in rows)
        self.posts = tuple(read_post(row) for row in self.finished("post", self.head))
        self.named = [read_item(row) for row in self.finished("item", self.head)]

    def file(self, name: str) -> Row:
        """One file as a table; EditionError if it is not TOML."""
        record = self.place.name
        try:
            return Row(tomllib.loads((self.place / name).read_text("utf-8")), file=name, record=record)
        except (OSError, ValueError) as problem:
            raise EditionError(name, record, "file", f"cannot be read, correct it: {problem}") from problem

    def finished(self, field: str, table: Row) -> Iterator[Row]:
        """The tables of a list, each named by its code; afterwards nothing in it may be unknown."""
        for row in map(name_by_code, table.rows(field)):
            yield row
            row.done()

    def labels(self, field: str) -> dict[str, Text]:
        """Names by key, none twice."""
        found: dict[str, Text] = {}
        for row in self.finished(field, self.head):
            key = row.word("key")
            if key in found:
                raise row.error("key", "is there twice: keep one of them")
            found[key] = row.text("name")
        return found

    def edition(self) -> Edition:
        head, finished, frame = self.head, self.finished, self.frame()
        ladder = self.all_of("consequences.toml", "consequence")
        edition = Edition(
            name=head.word("name"),
            title=head.text("title"),
            status=head.word("status"),
            status_label=head.text("status_label"),
            to_be_set=head.text("to_be_set"),
            ladder_note=head.text("ladder_note"),
            rights=tuple(read_right(row) for row in self.all_of("rights.toml", "right")),
            steps=tuple(read_step(row) for row in finished("step", head)),
            services=tuple(read_choice(row) for row in finished("service", head)),
            groups=tuple(read_choice(row) for row in finished("group", head)),
            provinces=tuple(read_choice(row) for row in finished("province", head)),
            posts=self.posts,
            papers=tuple(choice for kind, choice in self.named if kind is NeedKind.PAPERS),
            frequencies=tuple(read_frequency(row) for row in finished("frequency", head)),
            parameters=self.parameters,
            obligations=self.obligations(),
            consequences=tuple(read_consequence(row) for row in ladder),
            articles=tuple(read_article(row) for row in frame.rows("article")),
            preamble=tuple(read_paragraph(row) for row in frame.rows("preamble")),
            frame=frame.rest(),
            sha256=hash_of(self.place),
        )
        head.done()
        return edition

    def all_of(self, name: str, field: str) -> Iterator[Row]:
        """The records of a file that holds one kind of record and nothing else."""
        table = self.file(name)
        yield from self.finished(field, table)
        table.done()

    def frame(self) -> Row:
        """The articles, or nothing while an edition has none."""
        if (self.place / "articles.toml").is_file():
            return self.file("articles.toml")
        return Row({}, file="articles.toml", record=self.place.name)

    def obligations(self) -> tuple[Obligation, ...]:
        tables = [self.file(path.name) for path in sorted(self.place.glob("obligations-*.toml"))]
        rows = [name_by_code(row) for table in tables for row in table.rows("obligation")]
        for table in tables:
            table.done()
        self.files = {row.word("code"): row.file for row in rows}
        clauses = {row.word("code"): read_clause(row) for row in rows if "twin" not in row.values}
        return tuple(self.obligation(row, clauses) for row in rows)

    def obligation(self, row: Row, clauses: Mapping[str, Clause]) -> Obligation:
        """One obligation; the clause is its own, or that of its twin."""
        items = {(kind, choice.code): choice.name for kind, choice in self.named}
        items |= {(NeedKind.STAFF, post.code): post.name for post in self.posts}
        parameters = {parameter.key: parameter for parameter in self.parameters}
        needs = tuple(
            read_need(need, items=items, parameters=parameters, units=self.units)
            for need in row.rows("needs")
        )
        source = row.maybe_word("twin") or row.word("code")
        if source not in clauses:
            raise row.error("twin", f"{source!r} has no clause of its own: name an obligation that has one")
        obligation = read_obligation(row, needs=needs, clause=clauses[source])
        row.done()
        return obligation


def name_by_code(row: Row) -> Row:
    """The same table, called by its code or key in errors."""
    name = row.values.get("code") or row.values.get("key")
    return Row(row.values, file=row.file, record=name if isinstance(name, str) else row.record)


def hash_of(place: Path) -> str:
    """SHA-256 over the path and content of every file in the folder, in the order of their paths."""
    total = hashlib.sha256()
    for path in sorted(path for path in place.rglob("*") if path.is_file()):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(place).as_posix()}\n{content}\n".encode())
    return total.hexdigest()
