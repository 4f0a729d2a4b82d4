"""The pieces that a composed memorandum is made of, all of plain values and with every key present."""

from collections.abc import Iterable, Sequence
from typing import Any

from contracts.filling import Pair
from contracts.khmer import english_letter, khmer_digits, khmer_letter

Block = dict[str, Any]  # plain JSON values

# Kinds whose Khmer and English stand together; the others print all Khmer of a run first, then all English.
TOGETHER = frozenset({"group", "clause", "table"})
# Kinds that must not be parted from the line that leads to them by the end of a page.
LED = frozenset({"item", "subitem", "indented", "group", "clause", "table"})
NOTHING: Pair = {"km": "", "en": ""}


def block(kind: str, text: Pair, *, codes: Sequence[str] = (), term: Pair = NOTHING) -> Block:
    """Give a piece: paragraph, plain, indented, item, subitem, group, clause or table; see `numbered`."""
    return {
        "kind": kind,
        "km": text["km"],
        "en": text["en"],
        "term": dict(term),
        "number_km": "",
        "number_en": "",
        "code": codes[0] if codes else "",
        "codes": list(codes),
        "segment": 0,
        "kept": False,
        "layout": "",
        "columns": [],
        "rows": [],
    }


def table(layout: str, columns: Sequence[Pair], rows: Iterable[Sequence[Pair]]) -> Block:
    """Give a table; each row has as many cells as there are columns, and no cell is empty.

    `layout` names the widths that the Word template has for it: pairs, numbers, posts, register or budget.
    """
    result = block("table", NOTHING)
    result["layout"] = layout
    result["columns"] = [dict(column) for column in columns]
    result["rows"] = [[dict(cell) for cell in row] for row in rows]
    return result


def numbered(blocks: Iterable[Block], article: int | None) -> list[Block]:
    """Number the paragraphs of an article and letter its items.

    Also marks the runs that print language by language, and the lines that a page end must not part from what
    they lead to.

    The numbers follow from what is printed, because conditional paragraphs come and go (wording, rule 3).
    """
    result: list[Block] = []
    paragraph = letter = segment = 0
    for each in blocks:
        if each["kind"] == "paragraph" and article is not None:
            paragraph, letter = paragraph + 1, 0
            each["number_km"] = f"{khmer_digits(article)}.{khmer_digits(paragraph)}"
            each["number_en"] = f"{article}.{paragraph}"
        elif each["kind"] == "item":
            letter += 1
            each["number_km"], each["number_en"] = f"{khmer_letter(letter)}.", f"({english_letter(letter)})"
        elif each["kind"] == "subitem":
            each["number_km"] = each["number_en"] = "–"
        if not result or (each["kind"] in TOGETHER) != (result[-1]["kind"] in TOGETHER):
            segment += 1
        each["segment"] = segment
        if result and each["kind"] in LED and each["kind"] != result[-1]["kind"]:
            result[-1]["kept"] = True
        result.append(each)
    return result
