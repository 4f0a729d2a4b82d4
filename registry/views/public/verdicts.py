"""The answer to "is this memorandum real, and does it bind today?" in plain words, from code or file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from contracts.doubts import Conclusion, Reason
from contracts.verifying import Verdict
from registry.memoranda.models import Memorandum
from registry.memoranda.queries import Finding
from registry.memoranda.states import NEVER_IN_FORCE, MemorandumStatus
from registry.views.labels import of_memorandum
from registry.views.pages import language

# What only one side has signed is on paper in somebody's hands; whatever nobody signed is nobody's business.
KNOWN_TO_HOLDERS = frozenset(MemorandumStatus) - NEVER_IN_FORCE | {MemorandumStatus.SIGNED}


@dataclass(frozen=True)
class Signer:
    """One signature as it is shown."""

    name: str
    post: str
    party: str
    signed_at: datetime


@dataclass(frozen=True)
class Answer:
    """What is said above everything else (`title`, `tone`, `why`), then today's record, then the signatures.

    `memorandum` is set only where the answer may name it; `state` is its state of today in words.
    """

    title: LazyString | str
    tone: str
    why: LazyString | str
    memorandum: Memorandum | None = None
    state: LazyString | str = ""
    state_tone: str = "plain"
    signers: tuple[Signer, ...] = ()
    sha256: str = ""
    detail: str = ""

    @property
    def is_genuine(self) -> bool:
        return self.tone in ("good", "late")


IN_FORCE = _l("Genuine, and in force today")
NOT_IN_FORCE = _l("Genuine, but not in force")
NOT_GENUINE = _l("Not genuine")
NOT_SIGNED = _l("Not signed")
CANNOT_TELL = _l("We cannot tell")
UNKNOWN = _l("We know no memorandum with this code")

_BINDS = _l("Both sides have signed it, and it binds them today.")
_WAITS = _l("Only the organisation has signed. It waits for the Ministry's signature and binds nobody yet.")
_ENDED = _l("It was signed by both sides, but it does not bind today. Its state is given below.")
_NEVER = _l("The organisation signed this text, the Ministry did not. It binds nobody.")
_ONE_SIDE = _l(
    "This copy carries only the organisation's signature. Ask for the copy that the Ministry has signed too."
)

WHY: Mapping[Reason, LazyString] = {
    Reason.PASSED: _BINDS,
    Reason.TOO_LARGE: _l("The file is larger than any memorandum of ours."),
    Reason.NOT_READABLE: _l("The file is damaged, or it is not a PDF of ours. Ask for the file again."),
    Reason.ENCRYPTED: _l("The file is locked with a password. A memorandum of ours never is."),
    Reason.FORBIDDEN_CONTENT: _l(
        "The file holds things that a memorandum of ours never holds, such as programs."
    ),
    Reason.WRONG_ATTACHMENT: _l("The terms inside the file are missing, or something was added to them."),
    Reason.NOT_SIGNED: _l("Nobody has signed this file."),
    Reason.WRONG_FIELDS: _l("The places for signatures are not those of a memorandum of ours."),
    Reason.WRONG_SIGNERS: _l("The signatures are not those that stand in our record."),
    Reason.WRONG_FORMAT: _l("The signatures are not made in the way ours are made."),
    Reason.SIGNATURE_BROKEN: _l(
        "A signature does not fit the file: the file was changed, or the signature was copied."
    ),
    Reason.NOT_OUR_AUTHORITY: _l("Somebody else made these signatures, not this registry."),
    Reason.REVOKED: _l("A signature was declared invalid after it was made."),
    Reason.CHANGED_AFTER_SIGNING: _l("Something was changed or added after the signature."),
    Reason.LOOKS_DIFFERENT: _l("The pages do not look as they did when they were signed."),
    Reason.WRONG_TERMS: _l("The terms inside the file are not those of our record."),
    Reason.CHECK_FAILED: _l(
        "The check could not be finished. Ask for the file again, or type the code instead."
    ),
    Reason.WAITING_FOR_COUNTERSIGNATURE: _WAITS,
    Reason.NOT_OUR_COPY: _l(
        "The signatures are sound, but this is not the file that we stored. Ask for ours, or type the code."
    ),
    Reason.REVOCATION_UNKNOWN: _l("The list of invalid signatures cannot be read just now. Try again later."),
    Reason.EXPIRED: _l(
        "A certificate in the file has run out, and no time stamp shows that it was signed before."
    ),
    Reason.NOT_YET_VALID: _l(
        "A certificate in the file is dated in the future. Check the clock of this registry."
    ),
}
"""Why a file got its verdict, one plain sentence for each reason; a test asks that none is missing."""

_NO_RECORD = _l(
    "This is not a file of ours: another paper, or one that was changed after signing. Type the code instead."
)


def of_code(memorandum: Memorandum | None) -> Answer:
    """The answer for a code; whatever nobody may know of is answered like a code that was never given out."""
    if memorandum is None or memorandum.status not in KNOWN_TO_HOLDERS:
        return Answer(
            UNKNOWN, "stopped", _l("Compare the code with the paper. If it is right, the paper is not ours.")
        )
    signers = tuple(
        Signer(
            name=row.name_km if language() == "km" else row.name_latin,
            post=row.post_km if language() == "km" else row.post_en,
            party=row.field.value,
            signed_at=row.signed_at,
        )
        for row in memorandum.signatures
        if row.offered_sha256 == memorandum.offered_sha256
    )
    return _of_record(memorandum, signers=signers)


def of_file(finding: Finding) -> Answer:
    """The answer for a file; our record is named only where the file is genuine."""
    verdict, memorandum = finding.verdict, finding.memorandum
    if verdict is None or memorandum is None:
        return Answer(NOT_GENUINE, "stopped", _NO_RECORD)
    if not finding.is_genuine:
        return _doubtful(verdict)
    if memorandum.status not in KNOWN_TO_HOLDERS:
        return Answer(NOT_IN_FORCE, "late", _NEVER, signers=_signers(verdict), sha256=verdict.sha256)
    if verdict.reason is Reason.WAITING_FOR_COUNTERSIGNATURE and memorandum.status not in NEVER_IN_FORCE:
        return _of_record(memorandum, signers=_signers(verdict), sha256=verdict.sha256, one_side=True)
    return _of_record(memorandum, signers=_signers(verdict), sha256=verdict.sha256)


def _of_record(
    memorandum: Memorandum, *, signers: tuple[Signer, ...], sha256: str = "", one_side: bool = False
) -> Answer:
    phase = memorandum.phase
    state = of_memorandum(memorandum.status, phase)
    binds = phase.is_in_force and not one_side
    why = _ONE_SIDE if one_side else _BINDS if binds else _ENDED
    return Answer(
        title=IN_FORCE if binds else NOT_IN_FORCE,
        tone="good" if binds else "late",
        why=_WAITS if memorandum.status in NEVER_IN_FORCE else why,
        memorandum=memorandum,
        state=state.text,
        state_tone=state.tone,
        signers=signers,
        sha256=sha256,
    )


def _doubtful(verdict: Verdict) -> Answer:
    failed = verdict.conclusion is Conclusion.TOTAL_FAILED
    return Answer(
        title=NOT_SIGNED if verdict.reason is Reason.NOT_SIGNED else NOT_GENUINE if failed else CANNOT_TELL,
        tone="stopped" if failed else "waiting",
        why=WHY[verdict.reason],
        signers=_signers(verdict),
        sha256=verdict.sha256,
        detail=f"{verdict.conclusion} {verdict.reason}",
    )


def _signers(verdict: Verdict) -> tuple[Signer, ...]:
    return tuple(
        Signer(name=each.name, post=each.post, party=each.field, signed_at=each.signed_at)
        for each in verdict.signatures
    )
