"""Preparing and signing: what the file holds afterwards, and what is refused."""

import hashlib
import io
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from contracts.authority import create_authority
from contracts.doubts import Reason
from contracts.sealing import SealingError, prepare, sign
from contracts.second_opinion import VALID, second_opinion
from contracts.timestamps import Level, level
from contracts.verifying import verify
from tests.contracts.attacks import ALL_CHANGES, updated
from tests.contracts.specimens import (
    AFTER,
    BOXES,
    DIRECTOR,
    MINISTER,
    MORNING,
    NOON,
    PASSPHRASE,
    TERMS,
    Specimens,
    authority,
    memorandum,
    page,
    specimens,
    stamp,
)


@pytest.fixture
def genuine() -> Specimens:
    return specimens()


def _reader(pdf: bytes) -> PdfFileReader:
    return PdfFileReader(io.BytesIO(pdf))


def test_a_prepared_file_is_one_revision_with_both_fields_empty(genuine: Specimens) -> None:
    reader = _reader(genuine.unsigned)
    assert reader.total_revisions == 1
    fields = [field.get_object() for field in reader.root["/AcroForm"]["/Fields"]]
    assert [str(field["/T"]) for field in fields] == ["organisation", "ministry"]
    assert not any("/V" in field for field in fields)
    assert fields[1]["/Lock"]["/P"] == 1
    assert fields[1]["/Lock"]["/Action"] == "/All"


def test_preparing_twice_gives_the_same_bytes() -> None:
    paper = page(b"The same paper.")
    first, second = (prepare(paper, terms_json=TERMS, boxes=BOXES) for _ in range(2))
    assert first == second


def test_the_terms_can_be_taken_out_of_the_signed_file(genuine: Specimens) -> None:
    with pikepdf.open(io.BytesIO(genuine.both.content)) as document:
        attached = document.attachments["terms.json"]
        assert attached.get_file().read_bytes() == TERMS
        assert attached.relationship == pikepdf.Name.Source
        assert len(document.Root.AF) == 1


def test_signing_keeps_version_and_metadata(genuine: Specimens) -> None:
    for pdf in genuine.shapes.values():
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert document.pdf_version == "1.7"
            assert "/Version" not in document.Root
            assert document.docinfo["/Title"] == "Sample memorandum"
            with document.open_metadata() as metadata:
                assert metadata["pdfaid:part"] == "2"


def test_each_revision_begins_with_the_bytes_of_the_one_before(genuine: Specimens) -> None:
    assert genuine.half.content.startswith(genuine.unsigned)
    assert genuine.both.content.startswith(genuine.half.content)
    assert genuine.both.sha256 == hashlib.sha256(genuine.both.content).hexdigest()


def test_the_organisation_certifies_and_the_ministry_locks(genuine: Specimens) -> None:
    first, second = _reader(genuine.both.content).embedded_signatures
    assert (first.field_name, second.field_name) == ("organisation", "ministry")
    assert (first.docmdp_level.value, second.docmdp_level.value) == (2, 1)
    assert second.fieldmdp.is_locked("anything")
    assert {str(each.sig_object["/SubFilter"]) for each in (first, second)} == {"/ETSI.CAdES.detached"}
    assert {each.md_algorithm for each in (first, second)} == {"sha256"}
    assert {each.signer_cert.public_key.bit_size for each in (first, second)} == {3072}


def test_the_signing_time_is_the_instant_that_was_given(genuine: Specimens) -> None:
    verdict = verify(genuine.both.content, record=genuine.record(), trust=genuine.trust, at=AFTER)
    assert [each.signed_at for each in verdict.signatures] == [MORNING, NOON]
    assert (genuine.half.signed_at, genuine.both.signed_at) == (MORNING, NOON)


def test_pdfsig_agrees_about_both_signatures(genuine: Specimens) -> None:
    assert second_opinion(genuine.unsigned) == []
    assert second_opinion(genuine.half.content) == [VALID]
    assert second_opinion(genuine.both.content) == [VALID, VALID]


def test_pdfsig_sees_a_digest_that_does_not_match(genuine: Specimens) -> None:
    broken = genuine.half.content.replace(b"100 USD", b"900 USD", 1)
    if broken == genuine.half.content:  # the page's text is compressed: break the header's comment instead
        broken = genuine.half.content[:12] + b"x" + genuine.half.content[13:]
    assert VALID not in second_opinion(broken)


def test_a_fresh_signature_is_read_back_as_level_b(genuine: Specimens) -> None:
    assert level(genuine.both.content, "organisation") is Level.B
    assert level(genuine.both.content, "ministry") is Level.B


def test_the_ministry_does_not_sign_first(genuine: Specimens) -> None:
    with pytest.raises(SealingError, match="the organisation signs first"):
        sign(
            genuine.unsigned,
            field="ministry",
            signer=MINISTER,
            authority=authority(),
            at=NOON,
            stamp=stamp("m"),
        )


@pytest.mark.parametrize("shape", ["half-signed", "signed"])
def test_a_field_is_not_signed_twice(genuine: Specimens, shape: str) -> None:
    with pytest.raises(SealingError, match="already signed"):
        sign(
            genuine.shapes[shape],
            field="organisation",
            signer=DIRECTOR,
            authority=authority(),
            at=NOON,
            stamp=stamp("o"),
        )


def test_a_field_that_a_memorandum_does_not_have_is_refused(genuine: Specimens) -> None:
    with pytest.raises(SealingError, match="no signature field"):
        sign(
            genuine.unsigned,
            field="witness",
            signer=DIRECTOR,
            authority=authority(),
            at=NOON,
            stamp=stamp("w"),
        )


@pytest.mark.parametrize("name", ["text_over_page", "attachment_replaced", "organisation_stamp_replaced"])
def test_the_ministry_does_not_countersign_what_was_changed(genuine: Specimens, name: str) -> None:
    altered = updated(genuine.half.content, ALL_CHANGES[name])
    assert altered is not None
    with pytest.raises(SealingError, match="not valid: CHANGED_AFTER_SIGNING"):
        sign(altered, field="ministry", signer=MINISTER, authority=authority(), at=NOON, stamp=stamp("m"))


def test_the_ministry_does_not_countersign_a_strangers_signature(genuine: Specimens) -> None:
    stranger = specimens("theirs").half.content
    with pytest.raises(SealingError, match="NOT_OUR_AUTHORITY"):
        sign(stranger, field="ministry", signer=MINISTER, authority=authority(), at=NOON, stamp=stamp("m"))


def test_the_ministry_does_not_countersign_a_revoked_signature(tmp_path: Path) -> None:
    ours = create_authority(
        tmp_path / "a", passphrase=PASSPHRASE, at=MORNING, crl_url="https://portal.example"
    )
    made = memorandum(ours, page(b"Signed, then revoked."))
    ours.revoke(made.half.certificate_serial, at=MORNING)
    with pytest.raises(SealingError, match="REVOKED"):
        sign(made.half.content, field="ministry", signer=MINISTER, authority=ours, at=NOON, stamp=stamp("m"))


def test_nonsense_is_refused_in_a_sentence() -> None:
    with pytest.raises(SealingError, match="cannot be prepared"):
        prepare(b"not a PDF", terms_json=TERMS, boxes=BOXES)
    with pytest.raises(SealingError, match="cannot be read"):
        sign(
            b"not a PDF",
            field="organisation",
            signer=DIRECTOR,
            authority=authority(),
            at=NOON,
            stamp=stamp("o"),
        )
    with pytest.raises(SealingError, match="need their box"):
        prepare(page(b"x"), terms_json=TERMS, boxes={"organisation": BOXES["organisation"]})


def test_a_document_with_fields_of_its_own_is_refused(genuine: Specimens) -> None:
    with pytest.raises(SealingError, match="already has form fields"):
        prepare(genuine.unsigned, terms_json=TERMS, boxes=BOXES)


def test_nothing_of_a_signers_key_is_kept(genuine: Specimens) -> None:
    kept = sorted(path.name for path in genuine.authority.folder.glob("*.key"))
    assert kept == ["issuing-1.key", "root-1.key"]


def test_two_memoranda_of_the_same_words_are_signed_by_different_keys() -> None:
    first, second = (memorandum(authority(), page(b"The same words.")) for _ in range(2))
    assert first.both.key_id != second.both.key_id
    crossed = verify(
        first.both.content, record=second.record(), trust=first.trust, at=AFTER + timedelta(days=1)
    )
    assert crossed.reason is Reason.WRONG_SIGNERS
