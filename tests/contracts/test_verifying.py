"""The verdict on genuine files, and on files that time, revocation or a missing list makes doubtful."""

import dataclasses
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from contracts import containers
from contracts.archiving import ArchivingError, raise_level
from contracts.authority import Trust, create_authority
from contracts.doubts import Conclusion, Doubt, Reason
from contracts.structure import open_strictly
from contracts.timestamps import Level, level
from contracts.verifying import ExpectedSignature, Record, Verdict, verify
from tests.contracts import timestamping
from tests.contracts.attack_signers import credential_of, favouring, signed_by
from tests.contracts.specimens import (
    AFTER,
    MORNING,
    NOON,
    PASSPHRASE,
    TERMS,
    Everything,
    Specimens,
    authority,
    memorandum,
    page,
    record_of,
    specimens,
)


@pytest.fixture
def genuine() -> Specimens:
    return specimens()


@pytest.fixture
def stamped_trust(genuine: Specimens) -> Trust:
    return dataclasses.replace(genuine.trust, timestamp_roots=(timestamping.root_der(),))


def _judge(genuine: Specimens, *, trust: Trust | None = None, at: datetime = AFTER) -> Verdict:
    return verify(genuine.both.content, record=genuine.record(), trust=trust or genuine.trust, at=at)


def test_our_own_copy_signed_by_both_passes(genuine: Specimens) -> None:
    verdict = _judge(genuine)
    assert (verdict.conclusion, verdict.reason) == (Conclusion.TOTAL_PASSED, Reason.PASSED)
    assert verdict.known_copy
    assert verdict.complete
    assert verdict.sha256 == genuine.both.sha256
    assert [each.name for each in verdict.signatures] == ["Sample Director A", "Sample Signatory B"]
    assert [each.organisation_name for each in verdict.signatures] == ["Sample Shelter A", "Sample Ministry"]
    assert {each.reference for each in verdict.signatures} == {"MOU-2026-0001"}


@pytest.mark.parametrize("number", range(20))
def test_twenty_genuine_memoranda_pass(number: int) -> None:
    made = memorandum(authority(), page(b"Memorandum %d of twenty." % number), terms=b"[%d]" % number)
    record = record_of(made.half, made.both, terms=b"[%d]" % number)
    half = verify(made.half.content, record=record, trust=made.trust, at=AFTER)
    both = verify(made.both.content, record=record, trust=made.trust, at=AFTER)
    assert half.reason is Reason.WAITING_FOR_COUNTERSIGNATURE
    assert both.conclusion is Conclusion.TOTAL_PASSED


def test_a_half_signed_file_waits_for_the_ministry(genuine: Specimens) -> None:
    record = dataclasses.replace(genuine.record(), signatures=genuine.record().signatures[:1])
    verdict = verify(genuine.half.content, record=record, trust=genuine.trust, at=AFTER)
    assert (verdict.conclusion, verdict.reason) == (
        Conclusion.INDETERMINATE,
        Reason.WAITING_FOR_COUNTERSIGNATURE,
    )
    assert verdict.known_copy
    assert not verdict.complete
    assert verdict.detail == "ministry"


def test_valid_signatures_on_bytes_we_never_stored_do_not_pass(genuine: Specimens) -> None:
    verdict = verify(genuine.both.content, record=genuine.record(set()), trust=genuine.trust, at=AFTER)
    assert (verdict.conclusion, verdict.reason) == (Conclusion.INDETERMINATE, Reason.NOT_OUR_COPY)
    assert verdict.complete


def test_an_unsigned_file_fails(genuine: Specimens) -> None:
    verdict = verify(genuine.unsigned, record=genuine.record(), trust=genuine.trust, at=AFTER)
    assert (verdict.conclusion, verdict.reason) == (Conclusion.TOTAL_FAILED, Reason.NOT_SIGNED)


def test_terms_that_the_record_does_not_know_fail(genuine: Specimens) -> None:
    record = dataclasses.replace(genuine.record(), terms_sha256=sha256(b"other terms").hexdigest())
    verdict = verify(genuine.both.content, record=record, trust=genuine.trust, at=AFTER)
    assert verdict.reason is Reason.WRONG_TERMS


def test_a_record_of_the_first_signature_alone_refuses_a_second(genuine: Specimens) -> None:
    record = dataclasses.replace(genuine.record(), signatures=genuine.record().signatures[:1])
    verdict = verify(genuine.both.content, record=record, trust=genuine.trust, at=AFTER)
    assert verdict.reason is Reason.WRONG_SIGNERS


@pytest.mark.parametrize("which", ["half", "both"])
def test_a_revoked_signer_fails(tmp_path: Path, which: str) -> None:
    ours = create_authority(
        tmp_path / "a", passphrase=PASSPHRASE, at=MORNING, crl_url="https://portal.example"
    )
    made = memorandum(ours, page(b"Signed, then revoked."))
    ours.revoke(getattr(made, which).certificate_serial, at=NOON)
    verdict = verify(made.both.content, record=made.record(), trust=ours.trust(AFTER), at=AFTER)
    assert (verdict.conclusion, verdict.reason) == (Conclusion.TOTAL_FAILED, Reason.REVOKED)


def test_a_revoked_signer_without_a_distribution_point_fails(tmp_path: Path) -> None:
    """Under pyHanko's softer modes such a signature stays valid."""
    ours = create_authority(
        tmp_path / "a", passphrase=PASSPHRASE, at=MORNING, crl_url="https://portal.example"
    )
    made = memorandum(ours, page(b"Signed, then revoked."))
    credential = credential_of(ours, point=False)
    content = signed_by(made.half.content, "ministry", credential)
    ours.revoke(credential.certificate.serial_number, at=NOON)
    verdict = verify(content, record=favouring(made, credential), trust=ours.trust(AFTER), at=AFTER)
    assert verdict.reason is Reason.REVOKED


def test_without_a_revocation_list_nothing_can_be_said(genuine: Specimens) -> None:
    for crls in ((), genuine.trust.crls[:1], genuine.trust.crls[1:]):
        verdict = _judge(genuine, trust=dataclasses.replace(genuine.trust, crls=crls))
        assert (verdict.conclusion, verdict.reason) == (Conclusion.INDETERMINATE, Reason.REVOCATION_UNKNOWN)


def test_a_stale_revocation_list_says_nothing(genuine: Specimens) -> None:
    verdict = _judge(genuine, at=AFTER + timedelta(days=8))
    assert (verdict.conclusion, verdict.reason) == (Conclusion.INDETERMINATE, Reason.REVOCATION_UNKNOWN)


def test_a_file_passes_for_as_long_as_its_certificates_last(
    tmp_path: Path,
) -> None:
    ours = create_authority(
        tmp_path / "a", passphrase=PASSPHRASE, at=MORNING, crl_url="https://portal.example"
    )
    made = memorandum(ours, page(b"Kept for years."))
    for days, reason in ((9 * 365, Reason.PASSED), (11 * 365, Reason.EXPIRED)):
        at = AFTER + timedelta(days=days)
        assert verify(made.both.content, record=made.record(), trust=ours.trust(at), at=at).reason is reason


def test_without_roots_nobody_is_trusted(genuine: Specimens) -> None:
    verdict = _judge(genuine, trust=dataclasses.replace(genuine.trust, roots=()))
    assert (verdict.conclusion, verdict.reason) == (Conclusion.TOTAL_FAILED, Reason.NOT_OUR_AUTHORITY)


def test_a_look_alike_authority_of_the_same_name_is_a_stranger(genuine: Specimens) -> None:
    theirs = specimens("theirs")
    both_lists = dataclasses.replace(genuine.trust, crls=genuine.trust.crls + theirs.trust.crls)
    verdict = verify(theirs.both.content, record=theirs.record(), trust=both_lists, at=AFTER)
    assert (verdict.conclusion, verdict.reason) == (Conclusion.TOTAL_FAILED, Reason.NOT_OUR_AUTHORITY)


def test_a_signature_from_the_future_is_not_yet_valid(genuine: Specimens) -> None:
    trust = genuine.authority.trust(MORNING)
    verdict = _judge(genuine, trust=trust, at=MORNING + timedelta(minutes=1))
    assert (verdict.conclusion, verdict.reason) == (Conclusion.INDETERMINATE, Reason.NOT_YET_VALID)


def test_each_level_is_a_new_file_that_passes(genuine: Specimens, stamped_trust: Trust) -> None:
    pdf = genuine.both.content
    for expected in (Level.T, Level.LTA, Level.LTA):
        raised = raise_level(pdf, timestamper=timestamping.stamper(AFTER), trust=stamped_trust, at=AFTER)
        assert raised.startswith(pdf)
        assert {level(raised, party) for party in ("organisation", "ministry")} == {expected}
        verdict = verify(raised, record=_record_with_stamps(genuine, raised), trust=stamped_trust, at=AFTER)
        assert verdict.conclusion is Conclusion.TOTAL_PASSED
        pdf = raised


def test_a_time_stamp_that_the_record_does_not_know_fails(genuine: Specimens, stamped_trust: Trust) -> None:
    raised = raise_level(
        genuine.both.content, timestamper=timestamping.stamper(AFTER), trust=stamped_trust, at=AFTER
    )
    record = genuine.record(Everything())
    assert verify(raised, record=record, trust=stamped_trust, at=AFTER).reason is Reason.WRONG_SIGNERS
    verdict = verify(raised, record=_record_with_stamps(genuine, raised), trust=genuine.trust, at=AFTER)
    assert verdict.reason is Reason.NOT_OUR_AUTHORITY


def test_a_half_signed_file_is_not_raised(genuine: Specimens, stamped_trust: Trust) -> None:
    with pytest.raises(ArchivingError, match="has not signed yet"):
        raise_level(
            genuine.half.content, timestamper=timestamping.stamper(AFTER), trust=stamped_trust, at=AFTER
        )
    with pytest.raises(Doubt):
        raise_level(
            genuine.both.content + b"x",
            timestamper=timestamping.stamper(AFTER),
            trust=stamped_trust,
            at=AFTER,
        )


def _record_with_stamps(genuine: Specimens, pdf: bytes) -> Record:
    found = open_strictly(pdf).embedded_signatures
    signatures = tuple(ExpectedSignature(each.field_name, containers.key_id(each)) for each in found)
    assert signatures[:2] == genuine.record().signatures
    return Record(signatures, sha256(TERMS).hexdigest(), Everything())
