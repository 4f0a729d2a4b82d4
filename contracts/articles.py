"""The parts of articles.toml that only the paper needs: words of tables, parties, list items, annexes."""

from dataclasses import dataclass

from contracts.edition import Edition, Paragraph
from contracts.reading import read_condition
from contracts.records import Text, When
from contracts.schema import EditionError, Row

FILE = "articles.toml"


@dataclass(frozen=True)
class Item:
    """One line of a list; `term` is what a definition defines, level 2 is a list inside the line before."""

    text: Text
    term: Text | None
    level: int


@dataclass(frozen=True)
class Annex:
    """A heading whose letter never moves, with a sentence, a generated part, or both."""

    letter: Text
    title: Text
    text: Text | None
    part: str | None
    when: When


def word_of(edition: Edition, key: str) -> Text:
    """Give the words with this key, such as "article"; EditionError if articles.toml has none."""
    return _word(_words(edition), key)


def rhythm_words(edition: Edition, kind: str) -> Text:
    """Give the sentence that says when a duty of this rhythm falls due."""
    return _word(_words(edition).row("rhythms"), kind)


def party_words(edition: Edition, name: str) -> Text:
    """Give what follows the name of a party ("ministry" or "organisation") in the list of parties."""
    for row in _rows(edition, "party"):
        if row.word("name") == name:
            return _plain(row)
    raise EditionError(FILE, "party", "name", f"{name!r} is missing: add it")


def listed_texts(edition: Edition, name: str) -> tuple[Text, ...]:
    """Give the texts of a plain list of articles.toml: "indicator" or "form"."""
    return tuple(_plain(row) for row in _rows(edition, name))


def annexes_of(edition: Edition) -> tuple[Annex, ...]:
    """Give all annexes in order, also those that do not apply to a profile."""
    return tuple(_annex(row) for row in _rows(edition, "annex"))


def items_of(paragraph: Paragraph) -> tuple[Item, ...]:
    """Give the list that follows a paragraph, if it has one."""
    return tuple(_item(row) for row in Row(paragraph.rest, file=FILE, record="paragraph").rows("item"))


def is_numbered(paragraph: Paragraph) -> bool:
    """Say whether a frame paragraph counts; an introduction such as "In this Memorandum:" does not."""
    return paragraph.rest.get("numbered", True) is True


def is_reviewed(edition: Edition) -> bool:
    """Say whether a native reader has confirmed the Khmer of the whole articles.toml."""
    return edition.frame.get("reviewed") is True


def _item(row: Row) -> Item:
    level = row.whole("level") or 1
    return Item(text=_plain(row), term=row.maybe_text("term"), level=level)


def _annex(row: Row) -> Annex:
    return Annex(
        letter=row.text("letter"),
        title=row.text("title"),
        text=_plain(row) if "km" in row.values else None,
        part=row.maybe_word("part"),
        when=read_condition(row),
    )


def _plain(row: Row) -> Text:
    return Text(km=row.word("km"), en=row.word("en"), reviewed=row.flag("reviewed"))


def _word(row: Row, key: str) -> Text:
    return _plain(row.row(key))


def _words(edition: Edition) -> Row:
    return _frame(edition).row("words")


def _rows(edition: Edition, name: str) -> tuple[Row, ...]:
    return tuple(_frame(edition).rows(name))


def _frame(edition: Edition) -> Row:
    return Row(edition.frame, file=FILE, record="frame")
