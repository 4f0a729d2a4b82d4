"""The verdict on a file that somebody shows: whether it is the memorandum of our record, whole and
unchanged.
"""

import hashlib
from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime

from contracts.authority import Trust
from contracts.doubts import Conclusion, Doubt, Reason
from contracts.examining import Examined, SignatureFacts, examine
from contracts.structure import PARTIES


@dataclass(frozen=True)
class ExpectedSignature:
    """A signature that the record of the memorandum knows: which field, made by which key."""

    field: str
    key_id: str


@dataclass(frozen=True)
class Record:
    """What our record says of one memorandum: its signatures in order, its terms, and every file we ever
    stored.
    """

    signatures: tuple[ExpectedSignature, ...]
    terms_sha256: str
    known_sha256: Container[str]


@dataclass(frozen=True)
class Verdict:
    """The answer. TOTAL-PASSED is given only to our own copy, signed by both parties, with every check
    holding.

    A sound file that only the organisation has signed is INDETERMINATE with WAITING_FOR_COUNTERSIGNATURE:
    whoever shows the verdict says "not in force: waiting for the Ministry" above anything about
    signatures.
    """

    conclusion: Conclusion
    reason: Reason
    detail: str
    sha256: str
    known_copy: bool
    complete: bool
    signatures: tuple[SignatureFacts, ...]


def verify(pdf: bytes, *, record: Record, trust: Trust, at: datetime) -> Verdict:
    """Judge the file at the instant `at` (UTC); never raises: whatever goes wrong is a reasoned failure."""
    sha256 = hashlib.sha256(pdf).hexdigest()
    known_copy = sha256 in record.known_sha256
    examined: Examined | None = None
    try:
        examined = examine(pdf, trust=trust, at=at)
        _compare(examined, record)
        _ensure_whole(examined, known_copy=known_copy)
        conclusion, reason, detail = Conclusion.TOTAL_PASSED, Reason.PASSED, ""
    except Doubt as doubt:
        conclusion, reason, detail = doubt.conclusion, doubt.reason, doubt.detail
    return Verdict(
        conclusion=conclusion,
        reason=reason,
        detail=detail,
        sha256=sha256,
        known_copy=known_copy,
        complete=examined is not None and examined.complete,
        signatures=examined.signatures if examined else (),
    )


def _compare(examined: Examined, record: Record) -> None:
    """Exactly the signers of the record in its order; a file of an earlier level lacks only the newest
    ones.
    """
    found = [(each.field, each.key_id) for each in examined.signatures]
    expected = [(each.field, each.key_id) for each in record.signatures]
    if found != expected[: len(found)]:
        raise Doubt(Reason.WRONG_SIGNERS, "not the signers of the record")
    if hashlib.sha256(examined.terms_json).hexdigest() != record.terms_sha256:
        raise Doubt(Reason.WRONG_TERMS, "not the terms of the record")


def _ensure_whole(examined: Examined, *, known_copy: bool) -> None:
    if not examined.complete:
        waiting = next(
            party for party in PARTIES if party not in {each.field for each in examined.signatures}
        )
        raise Doubt(Reason.WAITING_FOR_COUNTERSIGNATURE, waiting)
    if not known_copy:
        raise Doubt(Reason.NOT_OUR_COPY, "the signatures are valid, but we never stored these bytes")
