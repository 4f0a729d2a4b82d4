"""Signing: the organisation first, the Ministry last, always the stored bytes and never anything else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from contracts import schedule, sealing, stamping
from contracts.authority import Authority, AuthorityError, create_authority, open_authority
from registry.kernel import clock, settings, storage
from registry.kernel.moves import NotAllowed, OutOfDate
from registry.memoranda import letters, queries
from registry.memoranda.models import Memorandum, Signature, UnderstandingCheck
from registry.memoranda.operations.filing import after, moved, organisation_people
from registry.memoranda.states import Field, MemorandumMove
from registry.organisations.states import RegistrationStatus
from registry.people import operations as accounts
from registry.people import queries as people
from registry.people.models import Person
from registry.people.states import Role

_MOVES = {Field.ORGANISATION: MemorandumMove.SIGN, Field.MINISTRY: MemorandumMove.COUNTERSIGN}


@dataclass(frozen=True)
class Declaration:
    """What the signer said in the act of signing; kept word for word as evidence."""

    seen_sha256: str
    typed_name: str
    consent_text: str
    intent_text: str
    language: str
    code_id: int
    idempotency_key: str


def authority() -> Authority:
    """The signing authority of this portal, made at first use under INSTANCE/keys/authority."""
    chosen = settings.current()
    try:
        return open_authority(chosen.authority, passphrase=chosen.signing_passphrase)
    except AuthorityError:
        return create_authority(
            chosen.authority, passphrase=chosen.signing_passphrase, at=clock.now(),
            crl_url=f"{chosen.public_url}/authority",
        )  # fmt: skip


def ensure_may_sign(memorandum: Memorandum, field: Field, *, by: Person, seen_sha256: str) -> None:
    """The rules of one signature, asked before the ceremony and again in the transaction that records it.

    Raises IllegalMove, OutOfDate when the text shown is not the text stored, NotAllowed("not-the-signatory"
    | "prepared-it-yourself" | "checked-it-yourself" | "organisation-not-registered").
    """
    after(memorandum, _MOVES[field])
    if seen_sha256 != memorandum.current_sha256:
        raise OutOfDate
    named = (
        memorandum.organisation_signatory_id
        if field is Field.ORGANISATION
        else memorandum.ministry_signatory_id
    )
    if memorandum.organisation.status is not RegistrationStatus.REGISTERED:
        raise NotAllowed("organisation-not-registered")
    if by.id == memorandum.prepared_by_id:
        raise NotAllowed("prepared-it-yourself")
    if queries.has_checked(by, memorandum):
        raise NotAllowed("checked-it-yourself")
    if by.id != named:
        raise NotAllowed("not-the-signatory")


def make_signature(memorandum: Memorandum, field: Field, *, by: Person) -> sealing.SignedFile:
    """Sign the stored bytes with a new key for this one signature; slow, so never inside a transaction."""
    assert memorandum.boxes is not None and memorandum.current_sha256 is not None  # noqa: S101, PT018 - offered
    at = clock.now()
    left, bottom, right, top = memorandum.boxes[field][1:]
    party = (
        memorandum.organisation.name["km"]
        if field is Field.ORGANISATION
        else "ក្រសួងសង្គមកិច្ច អតីតយុទ្ធជន និងយុវនីតិសម្បទា"
    )
    lines = stamping.stamp_lines(
        name=_both(by.name), post=_both(by.post), organisation_name=party,
        reference=f"{memorandum.reference} · {memorandum.verification_code}", at=at,
    )  # fmt: skip
    return sealing.sign(
        storage.fetch(memorandum.current_sha256),
        field=field,
        signer=sealing.Signer(
            name=by.name["en"], post=by.post["en"], organisation_name=memorandum.organisation.name["en"],
            reference=memorandum.reference,
        ),
        authority=authority(),
        at=at,
        stamp=stamping.make_stamp(lines, size=(right - left, top - bottom)),
    )  # fmt: skip


def sign(
    memorandum: Memorandum, field: Field, *, by: Person, declared: Declaration, signed: sealing.SignedFile
) -> Signature:
    """Record a signature in one transaction: the code used up, the file named, the move, the letters.

    The signed file was written and synced before. Raises as `ensure_may_sign`, and NotAllowed("name-differs"
    | "consent-missing" | "check-not-passed" | "code-none").
    """
    ensure_may_sign(memorandum, field, by=by, seen_sha256=declared.seen_sha256)
    ensure_declared(by, declared)
    check = ensure_understood(memorandum, field, by=by)
    status = after(memorandum, _MOVES[field])
    code = accounts.use_code(declared.code_id, by, bound_to=declared.seen_sha256)
    signature = Signature(
        field=field, person=by, prepared_by_id=memorandum.prepared_by_id, name_km=by.name["km"],
        name_latin=by.name["en"], typed_name=declared.typed_name, post_km=by.post["km"],
        post_en=by.post["en"], signed_at=signed.signed_at, offered_sha256=memorandum.offered_sha256,
        seen_sha256=declared.seen_sha256, signed_sha256=storage.keep(signed.content),
        certificate_serial=f"{signed.certificate_serial:x}", key_id=signed.key_id,
        language=declared.language, consent_text=declared.consent_text, intent_text=declared.intent_text,
        step_up_code_id=code.id, idempotency_key=declared.idempotency_key,
        check_answers=dict(check.answers) if check else None, check_tries=check.tries if check else None,
        check_version=check.version if check else None, assisted_by=check.assisted_by if check else None,
    )  # fmt: skip
    memorandum.signatures.append(signature)
    memorandum.current_sha256 = signature.signed_sha256
    if field is Field.MINISTRY:
        _enter_into_force(memorandum, signed_on=clock.local(signed.signed_at).date())
    event = moved(
        memorandum, status, "signed" if field is Field.ORGANISATION else "countersigned", by,
        seen=declared.seen_sha256, file=signature.signed_sha256, certificate=signature.certificate_serial,
    )  # fmt: skip
    _tell(memorandum, field, event=event)
    return signature


def ensure_declared(by: Person, declared: Declaration) -> None:
    """The consent was given and the typed name is the signer's. Raises NotAllowed."""
    if not declared.consent_text:
        raise NotAllowed("consent-missing")
    typed = people.folded(declared.typed_name)
    if typed not in {people.folded(name) for name in (by.name["km"], by.name["en"])}:
        raise NotAllowed("name-differs")


def ensure_understood(memorandum: Memorandum, field: Field, *, by: Person) -> UnderstandingCheck | None:
    """The organisation's signatory has answered the questions about this text; the Ministry is asked none.

    Raises NotAllowed("check-not-passed").
    """
    if field is Field.MINISTRY:
        return None
    check = memorandum.check_of(by)
    if check is None or check.passed_at is None:
        raise NotAllowed("check-not-passed")
    return check


def _enter_into_force(memorandum: Memorandum, *, signed_on: date) -> None:
    """In force from the Ministry's signature; a renewal begins when the term before it has ended."""
    begins = signed_on
    previous = memorandum.previous
    # One that was withdrawn or ended by decision meanwhile has no days left to wait for.
    if previous and previous.phase.stands and previous.expires_on and previous.expires_on >= signed_on:
        begins = previous.expires_on + timedelta(days=1)
    memorandum.in_force_from = begins
    memorandum.expires_on = schedule.last_day(begins, months=12 * memorandum.term_years)
    if previous and begins == signed_on and previous.can(MemorandumMove.SUPERSEDE):
        moved(
            previous,
            after(previous, MemorandumMove.SUPERSEDE),
            "superseded",
            memorandum.signatures[-1].person,
        )


def _tell(memorandum: Memorandum, field: Field, *, event: str) -> None:
    if field is Field.ORGANISATION:
        letters.to_people("memorandum_signed", memorandum, organisation_people(memorandum), event=event)
        signatory = [memorandum.ministry_signatory] if memorandum.ministry_signatory else []
        letters.to_people("countersignature_waiting", memorandum, signatory, event=event)
        return
    told = [*organisation_people(memorandum), *people.people_with(Role.OFFICER)]
    letters.to_people(
        "memorandum_in_force", memorandum, told, event=event,
        in_force_from=memorandum.in_force_from, expires_on=memorandum.expires_on,
    )  # fmt: skip


def _both(said: Mapping[str, str]) -> str:
    return said["km"] if said["km"] == said["en"] else f"{said['km']} · {said['en']}"
