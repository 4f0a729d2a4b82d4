"""The authority: its files, its certificates, revocation and the replacing of keys."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from contracts import certificates
from contracts.authority import Authority, AuthorityError, create_authority, open_authority
from contracts.certificates import CertificateError
from contracts.doubts import Reason
from contracts.verifying import verify
from tests.contracts.specimens import (
    AFTER,
    DIRECTOR,
    MORNING,
    PASSPHRASE,
    authority,
    memorandum,
    page,
    specimens,
)

CRL_URL = "https://portal.example/crl"


@pytest.fixture
def fresh(tmp_path: Path) -> Authority:
    return create_authority(tmp_path / "authority", passphrase=PASSPHRASE, at=MORNING, crl_url=CRL_URL)


def _subject(**changed: str) -> x509.Name:
    return certificates.person_name(**{**dataclasses.asdict(DIRECTOR), **changed})


def test_keys_lie_encrypted_and_readable_by_their_owner_only(fresh: Authority) -> None:
    assert fresh.folder.stat().st_mode & 0o777 == 0o700
    for path in fresh.folder.glob("*.key"):
        assert path.stat().st_mode & 0o777 == 0o600
        assert b"BEGIN ENCRYPTED PRIVATE KEY" in path.read_bytes()
        key = serialization.load_pem_private_key(path.read_bytes(), password=PASSPHRASE.encode())
        assert key.key_size == 3072
    assert PASSPHRASE not in repr(fresh)


def test_a_wrong_passphrase_opens_nothing(fresh: Authority) -> None:
    with pytest.raises(AuthorityError, match="cannot be opened"):
        open_authority(fresh.folder, passphrase="another passphrase")


def test_an_authority_is_not_made_over_another(fresh: Authority) -> None:
    with pytest.raises(AuthorityError, match="already holds"):
        create_authority(fresh.folder, passphrase=PASSPHRASE, at=MORNING, crl_url=CRL_URL)


def test_an_empty_folder_and_a_short_passphrase_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AuthorityError, match="no authority"):
        open_authority(tmp_path, passphrase=PASSPHRASE)
    with pytest.raises(AuthorityError, match="16 characters"):
        create_authority(tmp_path / "short", passphrase="short", at=MORNING, crl_url=CRL_URL)


def test_a_signers_certificate_names_person_post_organisation_and_memorandum() -> None:
    credential = authority().credential(_subject(organisation_name="អង្គការគំរូ ក"), at=MORNING)
    certificate = credential.certificate
    assert [each.value for each in certificate.subject] == [
        "Sample Director A", "Sample Director A", "Director", "អង្គការគំរូ ក", "MOU-2026-0001",
    ]  # fmt: skip
    assert certificate.not_valid_before_utc == MORNING - timedelta(hours=1)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.content_commitment
    assert not usage.digital_signature
    points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    assert points[0].full_name[0].value == f"{CRL_URL}/issuing-1.crl"


def test_every_signature_gets_a_key_of_its_own() -> None:
    first, second = (authority().credential(_subject(), at=MORNING).certificate for _ in range(2))
    assert certificates.key_id_of(first) != certificates.key_id_of(second)
    assert first.serial_number != second.serial_number


@pytest.mark.parametrize("words", ["", "  ", "Sample\nDirector", "Sample\x00"])
def test_words_that_a_certificate_cannot_hold_are_refused(words: str) -> None:
    with pytest.raises(CertificateError):
        _subject(name=words)


def test_a_long_khmer_name_is_cut_in_the_common_name_but_stands_whole_beside_it() -> None:
    common_name, name, *_ = (str(each.value) for each in _subject(name="ក" * 100))
    assert (common_name, name) == ("ក" * 21, "ក" * 100)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(CertificateError):
        authority().credential(_subject(), at=MORNING.replace(tzinfo=None))


def test_a_revocation_stays_on_every_later_list(fresh: Authority) -> None:
    fresh.revoke(4711, at=MORNING)
    fresh.revoke(4711, at=MORNING)
    fresh.revoke(4712, at=MORNING)
    for content in (fresh.crls(AFTER)[1], fresh.published_crls()[1]):
        listed = x509.load_der_x509_crl(content)
        assert sorted(each.serial_number for each in listed) == [4711, 4712]
        assert listed.next_update_utc == AFTER + timedelta(days=7)


def test_a_document_signed_before_the_keys_were_replaced_stays_valid(fresh: Authority) -> None:
    old = memorandum(fresh, page(b"Signed with the first key."))
    fresh.replace_issuing_key(at=MORNING)
    middle = memorandum(fresh, page(b"Signed with the second key."))
    fresh.replace_root_key(at=MORNING, name="Second sample root")
    new = memorandum(fresh, page(b"Signed under the second root."))
    trust = fresh.trust(AFTER)
    assert len(trust.roots) == 2
    for each in (old, middle, new):
        assert verify(each.both.content, record=each.record(), trust=trust, at=AFTER).reason is Reason.PASSED


def test_the_same_authority_opens_again_and_goes_on_signing(fresh: Authority) -> None:
    again = open_authority(fresh.folder, passphrase=PASSPHRASE)
    made = memorandum(again, page(b"Signed after opening."))
    assert verify(made.both.content, record=made.record(), trust=made.trust, at=AFTER).reason is Reason.PASSED


def test_a_key_is_told_by_its_public_half() -> None:
    genuine = specimens()
    assert genuine.half.key_id != genuine.both.key_id
    assert len(genuine.half.key_id) == 64
