"""The understanding check before signing: questions about what one memorandum says, made from its edition."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.asking import DRAFTS, Asking, Draft, QuestionKind
from contracts.composing import canonical_json
from contracts.edition import Edition, Obligation
from contracts.facts import plain
from contracts.records import Profile, Text

FEWEST_QUESTIONS = 5
FEWEST_OPTIONS, MOST_OPTIONS = 3, 4


@dataclass(frozen=True)
class Option:
    """One answer to choose; its key says nothing about whether it is right."""

    key: str
    text: Text


@dataclass(frozen=True)
class Question:
    """A question about the obligation `code`; `clause` answers it, `clause_code` is its place."""

    key: str
    kind: QuestionKind
    code: str
    text: Text
    options: tuple[Option, ...]
    right: str
    clause_code: str
    clause: Text


def questions(edition: Edition, profile: Profile, *, seed: str) -> tuple[Question, ...]:
    """The questions for one profile: one of each kind, so five at least; the same for a seed.

    A kind is left out only where the edition has too few records to ask it with three different answers.
    """
    asking = Asking(edition, profile, seed)
    chosen: list[Question] = []
    for kind in (*QuestionKind, *QuestionKind):
        if kind not in {each.kind for each in chosen} or len(chosen) < FEWEST_QUESTIONS:
            _add(chosen, _askable(asking, kind))
    return tuple(chosen)


def pool(edition: Edition, profile: Profile) -> frozenset[str]:
    """The codes of all obligations that a question for this profile can be about."""
    asking = Asking(edition, profile, "")
    return frozenset(each.code for kind in QuestionKind for each in _askable(asking, kind))


def wrong(asked: Iterable[Question], answers: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions whose answer is not the right option, or is missing."""
    return tuple(each for each in asked if answers.get(each.key) != each.right)


def right_answers(asked: Iterable[Question]) -> dict[str, str]:
    """The key of the right option by the key of its question."""
    return {each.key: each.right for each in asked}


def version(asked: Sequence[Question]) -> str:
    """The SHA-256 by which exactly these questions, with their options, are known again."""
    return hashlib.sha256(canonical_json(plain(list(asked)))).hexdigest()


def frozen_profile(text: Mapping[str, Any]) -> Profile:
    """The profile that a composed memorandum was made from."""
    kept: dict[str, Any] = dict(text["terms_and_facts"]["profile"])
    sets = {name: frozenset(kept[name]) for name in ("services", "groups", "provinces")}
    return Profile(**kept | sets)


def _add(chosen: list[Question], found: Iterable[Question]) -> None:
    """Add the first question about an obligation not asked about yet."""
    codes = {each.code for each in chosen}
    new = next((each for each in found if each.code not in codes), None)
    chosen += [new] if new else []


def _askable(asking: Asking, kind: QuestionKind) -> Iterator[Question]:
    for obligation in asking.obligations():
        drafts = sorted(DRAFTS[kind](asking, obligation), key=lambda each: asking.order(each.text.en))
        made = (_question(asking, kind, obligation, draft) for draft in drafts)
        yield from [each for each in made if each is not None][:1]


def _question(asking: Asking, kind: QuestionKind, obligation: Obligation, draft: Draft) -> Question | None:
    key = f"{kind}-{obligation.code}"
    others: list[Text] = []
    for each in sorted(draft.others, key=lambda text: asking.order(f"{key} {text.en}")):
        if all(each.km != text.km and each.en != text.en for text in (draft.answer, *others)):
            others.append(each)
    if len(others) < FEWEST_OPTIONS - 1:
        return None
    shown = sorted(
        [draft.answer, *others[: MOST_OPTIONS - 1]], key=lambda text: asking.order(f"{text.en} {key}")
    )
    options = tuple(Option(letter, text) for letter, text in zip("abcd", shown, strict=False))
    right = next(option.key for option in options if option.text is draft.answer)
    return Question(key, kind, obligation.code, draft.text, options, right, draft.clause_code, draft.clause)
