"""The changes asked for in a memorandum, and how its text differs from the one offered before."""

from typing import Any

from contracts.changes import Changed, changed_paragraphs
from registry.memoranda import queries as memoranda
from registry.memoranda.models import ChangeRequest, Memorandum
from registry.memoranda.states import MemorandumMove
from registry.views import labels, pages


def of(memorandum: Memorandum) -> dict[str, Any]:
    """What templates/macros/changes.html draws: the requests, and the difference of the last two texts."""
    articles = article_names(memorandum) if memorandum.change_requests else {}
    return {
        "requests": [
            {
                "row": row,
                "article": articles.get(row.article, ""),
                "label": labels.CHANGE[row.answer] if row.answer else None,
            }
            for row in memorandum.change_requests
        ],
        "changed": _changed(memorandum),
        "before": memorandum.text_before,
    }


def article_names(memorandum: Memorandum) -> dict[int, str]:
    """The headings of the articles by their numbers, in the language of the page."""
    text = memoranda.frozen_text(memorandum)
    return {each["number"]: each["heading"][pages.language()] for each in text["articles"]}


def article_of(asked: ChangeRequest) -> str:
    """The heading of the article that a change is asked for in; "" where it is about no single one."""
    return article_names(asked.memorandum).get(asked.article, "")


def _changed(memorandum: Memorandum) -> list[Changed] | None:
    """None while there is nothing to compare: one text only, or a new one being prepared."""
    before = memorandum.text_before
    unfinished = memorandum.can(MemorandumMove.OFFER) or memorandum.can(MemorandumMove.REVISE)
    if before is None or unfinished:
        return None
    return changed_paragraphs(memoranda.text_of(before), memoranda.frozen_text(memorandum))
