"""The life of a memorandum: what people decide is a table of moves, what follows from dates is computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class MemorandumStatus(StrEnum):
    """What people have decided about a memorandum. Signed on one side only is never "in force"."""

    DRAFT = "draft"
    OFFERED = "offered"
    CHANGES_REQUESTED = "changes-requested"
    DECLINED = "declined"
    SIGNED = "signed"
    RETURNED = "returned"
    COUNTERSIGNED = "countersigned"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    DISCARDED = "discarded"


class MemorandumMove(StrEnum):
    """What can be done to a memorandum."""

    OFFER = "offer"
    REQUEST_CHANGES = "request-changes"
    REVISE = "revise"
    DECLINE = "decline"
    SIGN = "sign"
    RETURN = "return"
    COUNTERSIGN = "countersign"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    TERMINATE = "terminate"
    WITHDRAW = "withdraw"
    SUPERSEDE = "supersede"
    DISCARD = "discard"


_S, _M = MemorandumStatus, MemorandumMove

MEMORANDUM: Mapping[tuple[MemorandumStatus, MemorandumMove], MemorandumStatus] = {
    (_S.DRAFT, _M.OFFER): _S.OFFERED,
    (_S.OFFERED, _M.REQUEST_CHANGES): _S.CHANGES_REQUESTED,
    (_S.CHANGES_REQUESTED, _M.REQUEST_CHANGES): _S.CHANGES_REQUESTED,
    (_S.CHANGES_REQUESTED, _M.REVISE): _S.DRAFT,
    (_S.OFFERED, _M.DECLINE): _S.DECLINED,
    (_S.OFFERED, _M.SIGN): _S.SIGNED,
    (_S.SIGNED, _M.RETURN): _S.RETURNED,
    (_S.RETURNED, _M.REVISE): _S.DRAFT,
    (_S.SIGNED, _M.COUNTERSIGN): _S.COUNTERSIGNED,
    (_S.COUNTERSIGNED, _M.SUSPEND): _S.SUSPENDED,
    (_S.SUSPENDED, _M.REINSTATE): _S.COUNTERSIGNED,
    (_S.COUNTERSIGNED, _M.TERMINATE): _S.TERMINATED,
    (_S.SUSPENDED, _M.TERMINATE): _S.TERMINATED,
    (_S.COUNTERSIGNED, _M.WITHDRAW): _S.WITHDRAWN,
    (_S.SUSPENDED, _M.WITHDRAW): _S.WITHDRAWN,
    (_S.COUNTERSIGNED, _M.SUPERSEDE): _S.SUPERSEDED,
    (_S.DRAFT, _M.DISCARD): _S.DISCARDED,
    (_S.OFFERED, _M.DISCARD): _S.DISCARDED,
    (_S.CHANGES_REQUESTED, _M.DISCARD): _S.DISCARDED,
    (_S.RETURNED, _M.DISCARD): _S.DISCARDED,
    (_S.SIGNED, _M.DISCARD): _S.DISCARDED,
}

UNDER_WAY = frozenset({_S.DRAFT, _S.OFFERED, _S.CHANGES_REQUESTED, _S.SIGNED, _S.RETURNED})
NEVER_IN_FORCE = UNDER_WAY | {_S.DECLINED, _S.DISCARDED}


class Field(StrEnum):
    """A signature field of the document, by the party that signs in it, in the order of signing."""

    ORGANISATION = "organisation"
    MINISTRY = "ministry"


class ChangeAnswer(StrEnum):
    """What the Ministry answers to a change that was asked for."""

    GRANTED = "granted"
    REFUSED = "refused"


class Phase(StrEnum):
    """What a memorandum is today."""

    WAITING_FOR_ORGANISATION = "waiting-for-organisation"
    WAITING_FOR_MINISTRY = "waiting-for-ministry"
    DECLINED = "declined"
    NOT_YET_IN_FORCE = "not-yet-in-force"
    IN_FORCE = "in-force"
    RENEWAL_DUE = "renewal-due"
    RENEWAL_ASKED = "renewal-asked"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    LAPSED = "lapsed"
    TERMINATED = "terminated"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"

    @property
    def is_in_force(self) -> bool:
        """Whether both parties are bound today."""
        return self in (Phase.IN_FORCE, Phase.RENEWAL_DUE, Phase.RENEWAL_ASKED)

    @property
    def stands(self) -> bool:
        """Whether both parties have signed it and it has not ended, though it may be suspended."""
        return self.is_in_force or self in (Phase.NOT_YET_IN_FORCE, Phase.SUSPENDED)


_BY_DECISION = {
    _S.DRAFT: Phase.WAITING_FOR_MINISTRY,
    _S.OFFERED: Phase.WAITING_FOR_ORGANISATION,
    _S.CHANGES_REQUESTED: Phase.WAITING_FOR_MINISTRY,
    _S.RETURNED: Phase.WAITING_FOR_MINISTRY,
    _S.SIGNED: Phase.WAITING_FOR_MINISTRY,
    _S.DECLINED: Phase.DECLINED,
    _S.DISCARDED: Phase.DECLINED,
    _S.TERMINATED: Phase.TERMINATED,
    _S.WITHDRAWN: Phase.WITHDRAWN,
    _S.SUPERSEDED: Phase.SUPERSEDED,
}


@dataclass(frozen=True)
class Term:
    """The dates of one memorandum; `expires_on` is the last day in force, to midnight in Phnom Penh."""

    status: MemorandumStatus
    in_force_from: date | None
    expires_on: date | None
    renewal_opens_days: int
    renewal_asked_on: date | None = None
    renewal_refused_on: date | None = None
    followed_from: date | None = None  # the first day of the memorandum that renews it, once both have signed

    @property
    def renewal_opens_on(self) -> date | None:
        return self.expires_on - timedelta(days=self.renewal_opens_days) if self.expires_on else None

    @property
    def asked_in_time(self) -> bool:
        """Whether renewal was asked for on or before the last day."""
        return bool(self.renewal_asked_on and self.expires_on and self.renewal_asked_on <= self.expires_on)

    def phase(self, today: date) -> Phase:
        """What the memorandum is on this day (Article 17 of the wording).

        Asked for in time it stays in force until the decision; a refused renewal makes it expire on its last
        day or on the day of refusal, whichever is later; not asked for, it lapses when its last day ends.
        Renewed, it ends when the memorandum that follows it begins.
        """
        if self.status in _BY_DECISION:
            return _BY_DECISION[self.status]
        if self.in_force_from is None or self.expires_on is None or today < self.in_force_from:
            return Phase.NOT_YET_IN_FORCE
        if self.followed_from and today >= self.followed_from:
            return Phase.SUPERSEDED
        return self._begun(today, ended=today > self.expires_on and not self._carried_on(today))

    def _begun(self, today: date, *, ended: bool) -> Phase:
        if ended:
            return Phase.EXPIRED if self.asked_in_time else Phase.LAPSED
        if self.status is MemorandumStatus.SUSPENDED:
            return Phase.SUSPENDED
        return self._running(today)

    def _running(self, today: date) -> Phase:
        if self.followed_from:
            return Phase.IN_FORCE
        if self.asked_in_time and self.renewal_refused_on is None:
            return Phase.RENEWAL_ASKED
        opens = self.renewal_opens_on
        return Phase.RENEWAL_DUE if opens and today >= opens else Phase.IN_FORCE

    def _carried_on(self, today: date) -> bool:
        refused = self.renewal_refused_on
        return self.asked_in_time and (refused is None or today <= refused)
