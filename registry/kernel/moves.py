"""A life is a table of moves; a button and a rule read the same table."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

S = TypeVar("S", bound=StrEnum)
M = TypeVar("M", bound=StrEnum)


class IllegalMove(Exception):
    """A move that the table does not allow from this status; pages answer it with 409."""

    def __init__(self, status: StrEnum, move: StrEnum) -> None:
        super().__init__(f"cannot {move} what is {status}")
        self.status = status
        self.move = move


class NotAllowed(Exception):
    """A rule stands against the act; `reason` names the rule and pages say it in the person's language."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OutOfDate(Exception):
    """What the person saw is no longer what is stored; they must look again before acting."""


def next_status(table: Mapping[tuple[S, M], S], status: S, move: M) -> S:
    """The status after a move.

    Raises IllegalMove when the table has no such row.
    """
    try:
        return table[status, move]
    except KeyError:
        raise IllegalMove(status, move) from None
