"""Reading one table of an edition's files strictly: every error says where it is and what to do."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from contracts.records import Text

LARGEST = 10**12
Kind = TypeVar("Kind")
Word = TypeVar("Word", bound=StrEnum)


class EditionError(ValueError):
    """An edition's file is not as it must be; the message says what to do."""

    def __init__(self, file: str, record: str, field: str, message: str) -> None:
        super().__init__(f"{file}: {record}: {field}: {message}")
        self.file = file
        self.record = record
        self.field = field
        self.message = message


class Row:
    """One TOML table with its place; `done` refuses whatever field nobody has asked for."""

    def __init__(self, values: Mapping[str, object], *, file: str, record: str) -> None:
        self.values = values
        self.file = file
        self.record = record
        self.asked: set[str] = set()

    def error(self, field: str, message: str) -> EditionError:
        return EditionError(self.file, self.record, field, message)

    def maybe(self, field: str, kind: type[Kind]) -> Kind | None:
        """The field's value if it is there; EditionError if it is of another kind."""
        self.asked.add(field)
        value = self.values.get(field)
        if value is None:
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.error(field, f"write a {kind.__name__} here, not {value!r}")
        return value

    def need(self, field: str, kind: type[Kind]) -> Kind:
        """The field's value; EditionError if it is missing or empty."""
        value = self.maybe(field, kind)
        if value is None or value == "":
            raise self.error(field, "is missing: add it")
        return value

    def word(self, field: str) -> str:
        return self.need(field, str)

    def maybe_word(self, field: str) -> str | None:
        return self.maybe(field, str)

    def flag(self, field: str) -> bool:
        return self.maybe(field, bool) or False

    def number(self, field: str) -> int | float | None:
        """A number of zero or more, or None; EditionError for anything else, infinity too."""
        decimal = isinstance(self.values.get(field), float)
        value = self.maybe(field, float) if decimal else self.maybe(field, int)
        if value is not None and not 0 <= value < LARGEST:
            raise self.error(field, f"write a number from zero up, not {value}")
        return value

    def whole(self, field: str) -> int | None:
        """A whole number above zero or None."""
        value = self.number(field)
        if isinstance(value, float) or value == 0:
            raise self.error(field, f"write a whole number above zero, not {value}")
        return value

    def choice(self, field: str, words: type[Word]) -> Word:
        """One word of a closed list; EditionError names the list."""
        value = self.word(field)
        if value not in list(words):
            raise self.error(field, f"{value!r} is not one of {', '.join(words)}")
        return words(value)

    def words(self, field: str) -> tuple[str, ...]:
        """A list of words, none twice; empty when the field is missing."""
        values = self.maybe(field, list) or []
        if not all(isinstance(value, str) for value in values):
            raise self.error(field, "write a list of words")
        if len(set(values)) != len(values):
            raise self.error(field, "has a word twice: keep it once")
        return tuple(values)

    def text(self, field: str) -> Text:
        """The Khmer and English of `field`, from `field_km` and `field_en`."""
        reviewed = self.flag("reviewed")
        return Text(km=self.word(f"{field}_km"), en=self.word(f"{field}_en"), reviewed=reviewed)

    def maybe_text(self, field: str) -> Text | None:
        """Like `text`, or None when both languages are missing; EditionError when only one is there."""
        if f"{field}_km" in self.values or f"{field}_en" in self.values:
            return self.text(field)
        return None

    def row(self, field: str) -> "Row":
        """A table inside this one."""
        return Row(self.need(field, dict), file=self.file, record=f"{self.record}.{field}")

    def rows(self, field: str) -> Iterator["Row"]:
        """The tables of a list inside this one."""
        for place, values in enumerate(self.maybe(field, list) or [], start=1):
            record = f"{self.record}.{field}[{place}]"
            if not isinstance(values, dict):
                raise EditionError(self.file, record, field, "write a table here")
            yield Row(values, file=self.file, record=record)

    def done(self) -> None:
        """EditionError if the table holds a key that nobody asked for, most likely a slip of the pen."""
        unknown = sorted(set(self.values) - self.asked)
        if unknown:
            raise self.error(unknown[0], "is not a known key: correct its spelling or remove it")

    def rest(self) -> dict[str, object]:
        """What nobody asked for, where a table may hold more than is known here."""
        return {key: value for key, value in self.values.items() if key not in self.asked}
