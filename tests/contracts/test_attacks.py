"""No file of the attack corpus passes, even when the log is blind and the record favours the attacker."""

import io
from collections.abc import Iterable

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from contracts import examining
from contracts.doubts import Conclusion, Doubt, Reason
from contracts.verifying import Verdict, verify
from tests.contracts.attack_bytes import DAMAGES
from tests.contracts.attacks import ALL_CHANGES, Attack, changed, damaged, signed_wrongly, updated
from tests.contracts.specimens import AFTER, Specimens, specimens

# Inside the second signature's own revision signing undoes these, or nothing refers to what they add.
WITHOUT_TRACE_INSIDE = {
    "ministry_signature_removed",
    "ministry_stamp_replaced",
    "orphan_object",
    "empty_update",
    "appearances_to_be_rebuilt",
    "append_only_flag_cleared",
    "extensions_dropped",
    "information_replaced",
}


@pytest.fixture
def genuine() -> Specimens:
    return specimens()


def _verdict(attack: Attack) -> Verdict:
    return verify(attack.content, record=attack.record, trust=specimens().trust, at=AFTER)


def _passes(verdict: Verdict) -> bool:
    """Also a sound half-signed file counts as having passed for what it claims to be."""
    return (
        verdict.conclusion is Conclusion.TOTAL_PASSED or verdict.reason is Reason.WAITING_FOR_COUNTERSIGNATURE
    )


def _passing(attacks: Iterable[Attack]) -> list[str]:
    return [f"{attack.name}, {attack.shape}" for attack in attacks if _passes(_verdict(attack))]


@pytest.mark.parametrize("name", list(DAMAGES))
def test_no_damaged_container_passes(genuine: Specimens, name: str) -> None:
    attacks = list(damaged(genuine, name))
    assert {"signed"} <= {attack.shape for attack in attacks}
    assert _passing(attacks) == []


@pytest.mark.parametrize("name", list(ALL_CHANGES))
def test_no_incremental_change_passes(genuine: Specimens, name: str) -> None:
    attacks = list(changed(genuine, name))
    assert len(attacks) >= 2
    allowed = [f"{name}, inside"] if name in WITHOUT_TRACE_INSIDE else []
    assert _passing(attacks) == allowed


def test_what_passes_inside_the_second_signature_leaves_no_trace(genuine: Specimens) -> None:
    for name in WITHOUT_TRACE_INSIDE:
        altered = next(attack for attack in changed(genuine, name) if attack.shape == "inside")
        ours, theirs = (PdfFileReader(io.BytesIO(each)) for each in (genuine.both.content, altered.content))
        for key in ("/Pages", "/Metadata", "/Extensions", "/Names"):
            assert theirs.root.raw_get(key) == ours.root.raw_get(key), (name, key)
        assert set(theirs.root) == set(ours.root)
        assert set(theirs.root["/AcroForm"]) == set(ours.root["/AcroForm"])
        assert theirs.root["/AcroForm"]["/SigFlags"] == 3
        assert (
            theirs.trailer.raw_get("/Info").reference.idnum == ours.trailer.raw_get("/Info").reference.idnum
        )


def test_no_wrongly_signed_file_passes(genuine: Specimens) -> None:
    attacks = list(signed_wrongly(genuine))
    assert len({attack.name for attack in attacks}) >= 18
    assert _passing(attacks) == []


def test_the_corpus_has_at_least_forty_five_classes() -> None:
    assert len(DAMAGES) + len(ALL_CHANGES) >= 45


def test_a_stripped_countersignature_is_waiting_and_never_in_force(genuine: Specimens) -> None:
    cut = genuine.both.content[: len(genuine.half.content)]
    verdict = verify(cut, record=genuine.record(), trust=genuine.trust, at=AFTER)
    assert (verdict.conclusion, verdict.reason) == (
        Conclusion.INDETERMINATE,
        Reason.WAITING_FOR_COUNTERSIGNATURE,
    )
    assert not verdict.complete


def test_a_plain_yes_or_no_of_pyhanko_lets_attacks_pass(genuine: Specimens) -> None:
    """The corpus bites: what the policy refuses, the library alone accepts."""
    strict = [name for name in ALL_CHANGES if _pyhanko_accepts(genuine, name, skip_diff=False)]
    careless = [name for name in ALL_CHANGES if _pyhanko_accepts(genuine, name, skip_diff=True)]
    assert {"title_changed", "metadata_changed", "script_in_orphan", "catalog_replaced"} <= set(strict)
    assert {"text_over_page", "page_removed", "font_replaced", "attachment_replaced"} <= set(careless)
    assert len(careless) > len(strict) >= 8


SOME = ["text_over_page", "free_text_note", "title_changed", "link_redirected", "spoken_text_changed"]


def test_without_both_difference_analyses_changed_files_pass(
    genuine: Specimens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examining, "check_revisions", lambda *_, **__: None)
    monkeypatch.setattr(examining, "_check_status", _only_cryptography)
    accepted = {name for name in SOME if _passing(changed(genuine, name))}
    assert {"title_changed", "link_redirected", "spoken_text_changed"} <= accepted
    assert "text_over_page" not in accepted  # the picture comparison still sees it


def test_without_our_own_difference_analysis_changed_files_pass(
    genuine: Specimens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examining, "check_revisions", lambda *_, **__: None)
    assert {name for name in SOME if _passing(changed(genuine, name))} == {"title_changed"}


def test_without_pictures_and_difference_analyses_another_amount_passes(
    genuine: Specimens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(examining, "check_revisions", lambda *_, **__: None)
    monkeypatch.setattr(examining, "_check_status", _only_cryptography)
    monkeypatch.setattr(examining, "_check_looks", lambda *_: None)
    assert _passing(changed(genuine, "text_over_page")) != []


def _only_cryptography(status: object) -> None:
    if not (status.intact and status.valid and status.trusted):
        raise Doubt(Reason.SIGNATURE_BROKEN)


def _pyhanko_accepts(genuine: Specimens, name: str, *, skip_diff: bool) -> bool:
    altered = next((each for each in _appended(genuine, name)), None)
    if altered is None:
        return False
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in genuine.trust.roots],
        crls=list(genuine.trust.crls),
        moment=AFTER,
    )
    try:
        signatures = list(PdfFileReader(io.BytesIO(altered)).embedded_signatures)
        statuses = [validate_pdf_signature(each, context, skip_diff=skip_diff) for each in signatures]
    except Exception:  # noqa: BLE001 whatever it raises is its refusal
        return False
    return len(statuses) == 2 and all(status.bottom_line for status in statuses)


def _appended(genuine: Specimens, name: str) -> Iterable[bytes]:
    content = updated(genuine.both.content, ALL_CHANGES[name])
    return [] if content is None else [content]
