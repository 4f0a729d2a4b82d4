"""Signing through the pages: what stands in the way, what is counted, and that it happens once."""

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from contracts import verifying
from registry.compliance import queries as duties
from registry.kernel import clock, history, storage
from registry.kernel.db import db
from registry.memoranda import queries
from registry.memoranda.models import Memorandum, Signature
from registry.memoranda.operations import answering, signing
from registry.memoranda.states import Field, MemorandumStatus, Phase
from registry.organisations import queries as organisations
from registry.organisations.states import RegistrationStatus
from registry.people.models import Person
from registry.people.states import Role
from tests.factories import Factory
from tests.views.signers import (
    Signer,
    apart,
    codes,
    many_posts,
    offer,
    offered,
    record_signature,
    right_answers,
)

Browser = Callable[[Person], FlaskClient]


@pytest.fixture
def memorandum(make: Factory) -> Memorandum:
    """A memorandum that waits for the director."""
    return offered(make)


@pytest.fixture
def director(memorandum: Memorandum) -> Person:
    """The person whom the memorandum names as signatory."""
    assert memorandum.organisation_signatory is not None
    return memorandum.organisation_signatory


@pytest.fixture
def signer(memorandum: Memorandum, director: Person, signed_in: Browser) -> Signer:
    """The director at the signing pages."""
    return Signer(signed_in(director), memorandum.reference)


def _seen(memorandum: Memorandum) -> str:
    db.session.rollback()
    return memorandum.current_sha256 or ""


def _signatures(memorandum: Memorandum) -> list[Signature]:
    db.session.rollback()
    db.session.refresh(memorandum)
    return list(memorandum.signatures)


def test_the_page_before_signing_shows_the_text_the_fingerprint_and_an_unticked_box(
    signer: Signer, memorandum: Memorandum
) -> None:
    shown = signer.get("/sign")
    assert shown.status_code == 200
    seen = _seen(memorandum)
    assert "".join(re.findall(r"<span>([0-9a-f]{4})</span>", shown.text)[:16]) == seen
    assert 'class="memorandum"' in shown.text
    box = re.search(r'<input[^>]*name="consent"[^>]*>', shown.text)
    assert box
    assert "checked" not in box[0]


def test_the_files_are_the_stored_bytes_under_names_that_say_what_they_are(
    signer: Signer, memorandum: Memorandum
) -> None:
    seen = _seen(memorandum)
    pdf, terms = signer.get("/file.pdf"), signer.get("/file.json")
    assert storage.digest(pdf.data) == seen
    assert pdf.headers["Content-Disposition"] == f'attachment; filename="{signer.reference}-offered.pdf"'
    assert storage.digest(terms.data) == memorandum.terms_sha256
    assert signer.get("/file.exe").status_code == 404


def test_without_a_tick_no_code_is_sent(signer: Signer, memorandum: Memorandum) -> None:
    seen = _seen(memorandum)
    refused = signer.post("/sign/agree", {"seen_sha256": seen} | right_answers(memorandum))
    assert refused.status_code == 422
    assert "Tick the box to agree" in refused.text
    assert codes() == []


def test_the_confirming_page_is_closed_before_the_consent(signer: Signer) -> None:
    assert signer.get("/sign/confirm").status_code == 403
    assert signer.post("/sign/code").status_code == 403


def test_a_post_without_consent_signs_nothing(
    signer: Signer, memorandum: Memorandum, director: Person, signed_in: Browser
) -> None:
    seen = _seen(memorandum)
    signer.agree(seen)
    elsewhere = Signer(signed_in(director), memorandum.reference)  # has the code, never ticked the box
    refused = elsewhere.post("/sign/confirm", elsewhere.answers(director, seen, consent="y"))
    assert refused.status_code == 403
    assert "Read the memorandum first" in refused.text
    assert _signatures(memorandum) == []


def test_the_sentence_that_binds_names_everything(signer: Signer, memorandum: Memorandum) -> None:
    seen = _seen(memorandum)
    assert signer.agree(seen).status_code == 303
    shown = signer.get("/sign/confirm").text
    organisation = memorandum.organisation.name_latin
    assert (
        f"Director of {organisation}, sign memorandum {memorandum.reference} under edition 2026-01" in shown
    )
    assert " ".join(seen[start : start + 4] for start in range(0, 64, 4)) in shown


def test_a_code_is_not_sent_twice_within_a_minute(signer: Signer, memorandum: Memorandum) -> None:
    signer.agree(_seen(memorandum))
    assert signer.agree(_seen(memorandum)).status_code == 303
    assert signer.post("/sign/code").status_code == 303
    assert len(codes()) == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"code": "00000000"}, "The code is not right"),
        ({"password": "not the password"}, "The password is not right"),
        ({"typed_name": "Somebody Else"}, "Type your name as it stands in the memorandum"),
        ({"typed_name": ""}, "Type your name as it stands in the memorandum"),
        ({"code": ""}, "Type the eight digits"),
    ],
)
def test_a_wrong_answer_is_told_at_its_field_and_signs_nothing(
    signer: Signer, memorandum: Memorandum, director: Person, changed: dict[str, str], sentence: str
) -> None:
    seen = _seen(memorandum)
    signer.agree(seen)
    refused = signer.post("/sign/confirm", signer.answers(director, seen, **changed))
    assert refused.status_code == 422
    assert sentence in refused.text
    assert _signatures(memorandum) == []


def test_wrong_codes_are_counted_and_the_sixth_try_is_refused_even_with_the_right_code(
    signer: Signer, memorandum: Memorandum, director: Person
) -> None:
    seen = _seen(memorandum)
    signer.agree(seen)
    right = signer.answers(director, seen)
    for tries in range(1, 6):
        signer.post("/sign/confirm", right | {"code": "00000000"})
        assert codes()[0].tries == tries
    refused = signer.post("/sign/confirm", right)
    assert refused.status_code == 422
    assert "Too many wrong tries" in refused.text
    assert codes()[0].used_at is None


def test_an_expired_code_is_refused(signer: Signer, memorandum: Memorandum, director: Person) -> None:
    seen = _seen(memorandum)
    signer.agree(seen)
    codes()[0].ends_at = clock.now() - timedelta(seconds=1)
    db.session.commit()
    refused = signer.post("/sign/confirm", signer.answers(director, seen))
    assert refused.status_code == 422
    assert "This code has ended" in refused.text


def test_an_altered_fingerprint_signs_nothing(
    signer: Signer, memorandum: Memorandum, director: Person
) -> None:
    seen = _seen(memorandum)
    assert signer.agree("0" * 64).status_code == 409
    signer.agree(seen)
    refused = signer.post("/sign/confirm", signer.answers(director, "0" * 64))
    assert refused.status_code == 409
    assert "The text has changed" in refused.text
    assert _signatures(memorandum) == []


def test_a_text_offered_again_must_be_read_again(
    make: Factory, signer: Signer, memorandum: Memorandum, director: Person
) -> None:
    seen = _seen(memorandum)
    signer.agree(seen)
    answers = signer.answers(director, seen)
    answering.request_changes(memorandum, by=director, reason="Article 6.")
    make.revise(memorandum)
    offer(make, memorandum, words=b"Another text.")
    assert signer.post("/sign/confirm", answers).status_code == 409
    assert signer.get("/sign/confirm").status_code == 403
    refused = signer.post("/sign/confirm", answers | {"seen_sha256": _seen(memorandum)})
    assert refused.status_code == 403
    assert _signatures(memorandum) == []


def test_another_director_is_told_who_signs(
    make: Factory, memorandum: Memorandum, director: Person, signed_in: Browser
) -> None:
    another = make.person(Role.DIRECTOR, organisation=memorandum.organisation)
    refused = Signer(signed_in(another), memorandum.reference).get("/sign")
    assert refused.status_code == 403
    assert director.name["en"] in refused.text
    assert "Only this person can sign it" in refused.text


def test_a_preparer_reads_and_does_not_sign(
    make: Factory, memorandum: Memorandum, signed_in: Browser
) -> None:
    preparer = Signer(
        signed_in(make.person(Role.PREPARER, organisation=memorandum.organisation)), memorandum.reference
    )
    assert preparer.get("/text").status_code == 200
    assert f"Only {memorandum.organisation_signatory.name['en']}" in preparer.get().text  # type: ignore[union-attr]
    assert preparer.get("/sign").status_code == 403
    assert preparer.post("/sign/confirm").status_code == 403


def test_the_memorandum_of_another_organisation_is_not_there(
    make: Factory, memorandum: Memorandum, signed_in: Browser
) -> None:
    other = organisations.director_of(make.organisation(RegistrationStatus.REGISTERED))
    assert other is not None
    stranger = Signer(signed_in(other), memorandum.reference)
    for path in (
        "",
        "/text",
        "/file.pdf",
        "/sign",
        "/sign/confirm",
        "/decline",
        "/change",
        "/renewal",
        "/signed",
    ):
        assert stranger.get(path).status_code == 404, path
    for path in ("/sign/agree", "/sign/code", "/sign/confirm", "/decline", "/change", "/renewal"):
        assert stranger.post(path, {"reason": "x"}).status_code == 404, path


def test_the_ministry_cannot_sign_before_the_organisation(
    make: Factory, memorandum: Memorandum, signed_in: Browser
) -> None:
    ministry = Signer(signed_in(make.staff(Role.SIGNATORY)), memorandum.reference, "ministry")
    assert ministry.get("/sign").status_code == 409
    assert ministry.agree(_seen(memorandum)).status_code == 409
    assert ministry.post("/sign/confirm", {"seen_sha256": _seen(memorandum)}).status_code == 409
    assert codes() == []


def test_a_memorandum_that_is_signed_cannot_be_signed_again_or_declined(
    signer: Signer, memorandum: Memorandum, director: Person
) -> None:
    seen = _seen(memorandum)
    signer.agree(seen)
    answers = signer.answers(director, seen, idempotency_key="another-key-of-this-page")
    codes()[0].ends_at = clock.now() - timedelta(seconds=1)
    codes()[0].sent_at = clock.now() - timedelta(seconds=90)
    db.session.commit()
    record_signature(memorandum, Field.ORGANISATION)
    assert signer.get("/sign").headers["Location"].endswith("/signed")
    assert signer.post("/sign/confirm", answers).status_code == 409
    assert signer.post("/decline", {"reason": "No."}).status_code == 409
    assert signer.post("/change", {"article": "0", "reason": "No."}).status_code == 409
    assert len(_signatures(memorandum)) == 1
    assert "Not in force: waiting for the Ministry" in signer.get().text


def test_declining_needs_a_reason_and_tells_both_sides(signer: Signer, memorandum: Memorandum) -> None:
    assert signer.post("/decline", {"reason": " "}).status_code == 422
    assert signer.post("/decline", {"reason": "The board said no."}).status_code == 303
    assert "The board said no." in signer.get().text
    db.session.refresh(memorandum)
    assert memorandum.status is MemorandumStatus.DECLINED


def test_asking_for_a_change_closes_the_signing(signer: Signer, memorandum: Memorandum) -> None:
    assert signer.post("/change", {"reason": ""}).status_code == 422
    asked = {"article": "6", "reason": "Ten days, not seven."}
    assert signer.post("/change", asked).status_code == 303
    assert signer.get("/sign").status_code == 409
    assert "Ten days, not seven." in signer.get().text


@pytest.mark.documents
def test_the_server_signs_its_own_bytes_once_whatever_is_posted_and_however_often(
    signer: Signer, memorandum: Memorandum, director: Person
) -> None:
    seen = _seen(memorandum)
    signer.agree(seen)
    answers = signer.answers(director, seen)
    forged = answers | {"pdf": (io.BytesIO(b"%PDF-1.7 another text"), "memorandum.pdf")}
    first = signer.post("/sign/confirm", forged)
    assert first.status_code == 303
    assert first.headers["Location"].endswith("/signed")
    again = signer.post("/sign/confirm", answers)
    assert (again.status_code, again.headers["Location"]) == (303, first.headers["Location"])
    assert (
        signer.post("/sign/confirm", answers | {"idempotency_key": "a-page-loaded-later"}).status_code == 409
    )
    (signature,) = _signatures(memorandum)
    signed = storage.fetch(signature.signed_sha256)
    assert signed.startswith(storage.fetch(seen))
    assert b"another text" not in signed
    assert signature.consent_text.startswith("I agree to sign this memorandum in electronic form")
    assert memorandum.reference in signature.intent_text
    assert memorandum.status is MemorandumStatus.SIGNED
    shown = signer.get("/signed").text
    assert "not in force yet" in shown
    assert signature.intent_text in shown.replace("&#39;", "'")


@pytest.mark.documents
@pytest.mark.parametrize("times", [2, 20])
def test_posts_at_the_same_moment_make_one_signature(
    registry: Flask, signer: Signer, memorandum: Memorandum, director: Person, times: int
) -> None:
    seen = _seen(memorandum)
    signer.agree(seen)
    posts = many_posts(registry, signer, signer.answers(director, seen), times=times)
    assert {post.status_code for post in posts} <= {303, 409, 422}
    assert any(post.status_code == 303 for post in posts)
    if times == 2:
        assert [post.status_code for post in posts] == [303, 303]
    assert len(_signatures(memorandum)) == 1
    rows = [row for row in history.about(f"memorandum:{memorandum.reference}") if row.action == "signed"]
    assert len(rows) == 1
    assert history.first_bad_row() is None


@pytest.mark.documents
def test_both_parties_sign_and_the_calendar_opens(
    make: Factory, signer: Signer, memorandum: Memorandum, director: Person, signed_in: Browser
) -> None:
    signer.agree(_seen(memorandum))
    assert signer.post("/sign/confirm", signer.answers(director, _seen(memorandum))).status_code == 303
    signatory = make.staff(Role.SIGNATORY)
    ministry = Signer(signed_in(signatory), memorandum.reference, "ministry")
    assert ministry.get("/sign").status_code == 200
    assert ministry.agree(_seen(memorandum)).status_code == 303
    answers = ministry.answers(signatory, _seen(memorandum), idempotency_key="the-key-of-the-ministry")
    assert ministry.post("/sign/confirm", answers).status_code == 303
    assert ministry.post("/sign/confirm", answers).status_code == 303
    assert len(_signatures(memorandum)) == 2
    assert memorandum.phase is Phase.IN_FORCE
    assert {duty.party for duty in duties.duties_of(memorandum)} == set(Field)
    verdict = verifying.verify(
        storage.fetch(_seen(memorandum)),
        record=queries.record_of(memorandum),
        trust=signing.authority().trust(clock.now()),
        at=clock.now(),
    )
    assert verdict.conclusion is verifying.Conclusion.TOTAL_PASSED
    calendar = apart(lambda: signer.browser.get("/en/organisation/calendar"))
    assert calendar.status_code == 200
    assert "Accredited" in calendar.text
