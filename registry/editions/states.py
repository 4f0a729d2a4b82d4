"""The life of an edition that the Ministry makes here: it ends published, never to change, or withdrawn."""

from collections.abc import Mapping
from enum import StrEnum


class EditionStatus(StrEnum):
    """How far an edition is; only a published one can bind anybody."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class EditionMove(StrEnum):
    """What can be done to an edition."""

    CHANGE = "change"
    PROPOSE = "propose"
    REOPEN = "reopen"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


_S, _M = EditionStatus, EditionMove

EDITION: Mapping[tuple[EditionStatus, EditionMove], EditionStatus] = {
    (_S.DRAFT, _M.CHANGE): _S.DRAFT,
    (_S.DRAFT, _M.PROPOSE): _S.PROPOSED,
    (_S.DRAFT, _M.WITHDRAW): _S.WITHDRAWN,
    (_S.PROPOSED, _M.REOPEN): _S.DRAFT,
    (_S.PROPOSED, _M.PUBLISH): _S.PUBLISHED,
    (_S.PROPOSED, _M.WITHDRAW): _S.WITHDRAWN,
}

OPEN = frozenset({_S.DRAFT, _S.PROPOSED})
"""Statuses of an edition on which somebody is still working; there is one such edition at a time."""
