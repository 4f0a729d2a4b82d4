"""What differs between two composed texts of one memorandum, paragraph by paragraph."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from contracts.filling import Pair

Composed = Mapping[str, Any]


@dataclass(frozen=True)
class Changed:
    """One paragraph (or row of a table) that is not the same in both texts; None where a text lacks it.

    `anchor` names the part, for example "article-18" or "annex-a"; `heading` is its title in both languages.
    """

    anchor: str
    heading: Pair
    old: Pair | None
    new: Pair | None


def changed_paragraphs(old: Composed, new: Composed) -> list[Changed]:
    """All differences in the order of the paper; with none, both texts say the same.

    Numbers of paragraphs, which follow from what is printed, do not count; nor does the fingerprint of the
    terms, which is another one for every text.
    """
    before, after = dict(_parts(old)), dict(_parts(new))
    anchors = [*after, *(anchor for anchor in before if anchor not in after)]
    nothing: tuple[Pair, list[Pair]] = ({"km": "", "en": ""}, [])
    found: list[Changed] = []
    for anchor in anchors:
        heading = after.get(anchor, before.get(anchor, nothing))[0]
        lines = before.get(anchor, nothing)[1], after.get(anchor, nothing)[1]
        found += [Changed(anchor, heading, was, becomes) for was, becomes in _differences(*lines)]
    return found


def _differences(old: Sequence[Pair], new: Sequence[Pair]) -> Iterator[tuple[Pair | None, Pair | None]]:
    keys = [[(line["km"], line["en"]) for line in lines] for lines in (old, new)]
    for tag, first, last, begin, end in SequenceMatcher(a=keys[0], b=keys[1], autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for place in range(max(last - first, end - begin)):
            was = old[first + place] if first + place < last else None
            yield was, new[begin + place] if begin + place < end else None


def _parts(text: Composed) -> Iterator[tuple[str, tuple[Pair, list[Pair]]]]:
    """Every part of a text by its anchor: its heading, and its lines without the fingerprint."""
    marks = (str(text["fingerprint"]), str(text["fingerprint_short"]))
    for anchor, heading, lines in _lines(text):
        clean = [{name: _without(line[name], marks) for name in ("km", "en")} for line in lines]
        yield anchor, (heading, clean)


def _lines(text: Composed) -> Iterator[tuple[str, Pair, list[Pair]]]:
    words = text["words"]
    heading = text["heading"]
    parties = [_joined([party["name"], party["text"]], "") for party in text["parties"]]
    yield "heading", heading["title"], [heading["title"], heading["number"], heading["organisation"]]
    yield "parties", words["parties"], [*parties, *text["preamble"]]
    for part in (*text["articles"], *text["annexes"]):
        yield part["anchor"], part["heading"], [line for each in part["paragraphs"] for line in _block(each)]
    boxes = [_joined([box[name] for name in ("for", "below", "post", "name")], " · ")
             for box in text["closing"]["boxes"]]  # fmt: skip
    yield "signatures", words["signatures"], [text["closing"]["done"], *boxes]


def _block(block: Mapping[str, Any]) -> Iterator[Pair]:
    """The text of a piece, or the rows of a table; its headings are words of the edition and never change."""
    if block["km"] or block["en"]:
        yield _joined([block["term"], block], " ")
    yield from (_joined(row, " · ") for row in block["rows"])


def _joined(pieces: Sequence[Mapping[str, str]], between: str) -> Pair:
    return {name: between.join(piece[name] for piece in pieces if piece[name]) for name in ("km", "en")}


def _without(line: str, marks: Sequence[str]) -> str:
    for mark in marks:
        line = line.replace(mark, "")
    return line
