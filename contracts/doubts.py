"""The words of a verdict on a signed file, and how a check says no.

The three conclusions and the manner of naming reasons follow ETSI EN 319 102-1; the reasons are our own
policy's.
"""

from enum import StrEnum


class Conclusion(StrEnum):
    """Whether the file may be relied on."""

    TOTAL_PASSED = "TOTAL-PASSED"
    TOTAL_FAILED = "TOTAL-FAILED"
    INDETERMINATE = "INDETERMINATE"


class Reason(StrEnum):
    """Why a file did not pass, or PASSED."""

    PASSED = "PASSED"
    TOO_LARGE = "TOO_LARGE"
    NOT_READABLE = "NOT_READABLE"
    ENCRYPTED = "ENCRYPTED"
    FORBIDDEN_CONTENT = "FORBIDDEN_CONTENT"
    WRONG_ATTACHMENT = "WRONG_ATTACHMENT"
    NOT_SIGNED = "NOT_SIGNED"
    WRONG_FIELDS = "WRONG_FIELDS"
    WRONG_SIGNERS = "WRONG_SIGNERS"
    WRONG_FORMAT = "WRONG_FORMAT"
    SIGNATURE_BROKEN = "SIGNATURE_BROKEN"
    NOT_OUR_AUTHORITY = "NOT_OUR_AUTHORITY"
    REVOKED = "REVOKED"
    CHANGED_AFTER_SIGNING = "CHANGED_AFTER_SIGNING"
    LOOKS_DIFFERENT = "LOOKS_DIFFERENT"
    WRONG_TERMS = "WRONG_TERMS"
    CHECK_FAILED = "CHECK_FAILED"
    WAITING_FOR_COUNTERSIGNATURE = "WAITING_FOR_COUNTERSIGNATURE"
    NOT_OUR_COPY = "NOT_OUR_COPY"
    REVOCATION_UNKNOWN = "REVOCATION_UNKNOWN"
    EXPIRED = "EXPIRED"
    NOT_YET_VALID = "NOT_YET_VALID"


UNDECIDED = frozenset(
    {
        Reason.WAITING_FOR_COUNTERSIGNATURE,
        Reason.NOT_OUR_COPY,
        Reason.REVOCATION_UNKNOWN,
        Reason.EXPIRED,
        Reason.NOT_YET_VALID,
    }
)


class Doubt(Exception):
    """A check that did not hold, with its reason and a detail for the log."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail

    @property
    def conclusion(self) -> Conclusion:
        """INDETERMINATE for what time, the log or a revocation list might still answer, else TOTAL-FAILED."""
        return Conclusion.INDETERMINATE if self.reason in UNDECIDED else Conclusion.TOTAL_FAILED
