"""The life of a question about the terms: an answer may be published, and a published one taken back."""

from collections.abc import Mapping
from enum import StrEnum


class QuestionStatus(StrEnum):
    """How far a question is; a published one is seen by everybody, any other by its two sides only."""

    ASKED = "asked"
    ANSWERED = "answered"
    PUBLISHED = "published"
    TAKEN_BACK = "taken-back"


class QuestionMove(StrEnum):
    """What can be done to a question."""

    ANSWER = "answer"
    PUBLISH = "publish"
    TAKE_BACK = "take-back"


_S, _M = QuestionStatus, QuestionMove

QUESTION: Mapping[tuple[QuestionStatus, QuestionMove], QuestionStatus] = {
    (_S.ASKED, _M.ANSWER): _S.ANSWERED,
    (_S.ANSWERED, _M.PUBLISH): _S.PUBLISHED,
    (_S.PUBLISHED, _M.TAKE_BACK): _S.TAKEN_BACK,
    (_S.TAKEN_BACK, _M.PUBLISH): _S.PUBLISHED,
}

ARTICLE = "article-"
"""How the code of a question about an article begins; that of one about an obligation is the obligation's."""
