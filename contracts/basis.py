"""What an obligation rests on: what a source says, what is proposed, and what only stands beside it."""

import re
from dataclasses import dataclass

from contracts.records import Mark

_SENTENCE_END = re.compile(r"(?<=[a-z0-9)])\. (?=[A-Z])")
_BESIDE = ("context: ", "precedent: ")


@dataclass(frozen=True)
class Basis:
    """The parts of a basis: `sources` may be shown as fact, `proposed` is the Ministry's to set.

    `context` proves nothing; it says where a proposal comes from.
    """

    sources: tuple[str, ...]
    proposed: tuple[str, ...]
    context: tuple[str, ...]


def read_basis(basis: str, mark: Mark) -> Basis:
    """Take a basis apart, so that a proposed detail is never read as part of a sourced duty.

    A duty without the mark of a fact has no sources, whatever its basis names: those are context.
    """
    found: dict[str, list[str]] = {"source": [], "proposed": [], "context": []}
    for sentence in _SENTENCE_END.split(basis.rstrip(".")):
        for kind, part in _parts(sentence):
            found[kind].append(part)
    if not mark.is_fact:
        found["context"] = [*found.pop("source"), *found["context"]]
    return Basis(tuple(found.get("source", ())), tuple(found["proposed"]), tuple(found["context"]))


def _parts(sentence: str) -> list[tuple[str, str]]:
    proposal = sentence.startswith("Proposed")
    kind, found = "source", list[tuple[str, str]]()
    for part in sentence.split("; "):
        beside = next((word for word in _BESIDE if part.startswith(word)), "")
        if beside or (proposal and "roposed" not in part):
            kind = "context"
        elif "roposed" in part:
            kind = "proposed"
        elif kind == "proposed":
            kind = "context"
        found.append((kind, part.removeprefix(beside)))
    return [each for each in found if each[1].lower() not in _SAID_BY_THE_BADGE]


_SAID_BY_THE_BADGE = frozenset({"proposed", "proposed, to be set by the ministry"})
