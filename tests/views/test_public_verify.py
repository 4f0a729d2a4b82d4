"""Checking a memorandum: plain words first, nothing told of what is not public, no file that upsets it."""

import io

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from contracts.doubts import Conclusion, Reason
from contracts.verifying import Verdict
from registry.kernel.codes import new_code
from registry.memoranda.queries import Finding
from registry.memoranda.states import MemorandumStatus
from registry.views.public import verdicts
from tests.factories import Factory
from tests.views.desks import Desk

NOBODYS_BUSINESS = sorted(
    frozenset(MemorandumStatus) - verdicts.KNOWN_TO_HOLDERS - {MemorandumStatus.DISCARDED}
)


@pytest.fixture
def visitor(registry: Flask) -> Desk:
    """Somebody without an account."""
    registry.config["WTF_CSRF_ENABLED"] = False
    return Desk(registry.test_client())


def shown(visitor: Desk, content: bytes, name: str = "memorandum.pdf") -> TestResponse:
    answer = visitor.browser.post("/en/verify", data={"file": (io.BytesIO(content), name)})
    # The test browser spools what it sends into a file of its own and leaves it open.
    answer.request.environ["wsgi.input"].close()
    return answer


def answer_only(page: str) -> str:
    start = page.index('<section class="verdict')
    return page[start : page.index("</section>", start)]


def test_a_code_in_force_says_so_before_anything_else(visitor: Desk, make: Factory) -> None:
    memorandum = make.memorandum()
    code = memorandum.verification_code
    page = answer_only(visitor.get(f"/en/verify?code={code[:4]}-{code[4:].lower()}").text)
    assert page.index("Genuine, and in force today") < page.index("State today") < page.index("Signatures")
    for told in (memorandum.reference, memorandum.organisation.name_latin, "Sample signatory", "(UTC+7)"):
        assert told in page


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (MemorandumStatus.SIGNED, "waits for the Ministry"),
        (MemorandumStatus.SUSPENDED, "Suspended"),
        (MemorandumStatus.TERMINATED, "Terminated"),
        (MemorandumStatus.WITHDRAWN, "Withdrawn"),
    ],
)
def test_what_does_not_bind_today_is_genuine_but_not_in_force_and_says_why(
    visitor: Desk, make: Factory, status: MemorandumStatus, why: str
) -> None:
    code = make.memorandum(status).verification_code
    page = answer_only(visitor.get(f"/en/verify?code={code}").text)
    assert "Genuine, but not in force" in page
    assert why in page
    assert "in force today" not in page


@pytest.mark.parametrize("status", NOBODYS_BUSINESS)
def test_a_memorandum_that_nobody_may_know_of_is_answered_like_an_unknown_code(
    visitor: Desk, make: Factory, status: MemorandumStatus
) -> None:
    memorandum = make.memorandum(status)
    known = answer_only(visitor.get(f"/en/verify?code={memorandum.verification_code}").text)
    assert known == answer_only(visitor.get(f"/en/verify?code={new_code(11)}").text)
    assert memorandum.organisation.name_latin not in known


@pytest.mark.parametrize("code", ["", "abc", "0000000000000", "%00", "x" * 500, "<script>", "២២២"])
def test_a_malformed_code_gets_a_clear_sentence(visitor: Desk, code: str) -> None:
    answer = visitor.get(f"/en/verify?code={code}")
    assert answer.status_code == 200
    assert "There is a problem" in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"hello", "This is not a PDF file"),
        (b"%PDF-" + b"0" * (10 * 1024 * 1024), "larger than 10 MB"),
    ],
)
def test_a_file_that_cannot_be_one_of_ours_is_refused_with_a_sentence(
    visitor: Desk, content: bytes, sentence: str
) -> None:
    answer = shown(visitor, content)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_no_file_at_all_is_asked_for(visitor: Desk) -> None:
    assert "Choose the PDF file" in visitor.browser.post("/en/verify", data={}).text


def test_a_stranger_s_pdf_is_not_genuine_and_nothing_of_it_is_kept(visitor: Desk, make: Factory) -> None:
    memorandum = make.memorandum()
    answer = shown(visitor, b"%PDF-1.7 junk " + memorandum.reference.encode())
    assert "Not genuine" in answer_only(answer.text)
    assert memorandum.organisation.name_latin not in answer.text


def test_every_reason_of_the_verifier_has_its_sentence() -> None:
    assert set(verdicts.WHY) == set(Reason)


def test_a_copy_signed_by_one_side_is_never_in_force_even_when_the_memorandum_is(
    registry: Flask, make: Factory
) -> None:
    memorandum = make.memorandum()
    verdict = Verdict(
        conclusion=Conclusion.INDETERMINATE, reason=Reason.WAITING_FOR_COUNTERSIGNATURE, detail="",
        sha256="0" * 64, known_copy=True, complete=False, signatures=(),
    )  # fmt: skip
    with registry.test_request_context("/en/verify"):
        answer = verdicts.of_file(Finding(memorandum, verdict))
        assert (str(answer.title), answer.tone) == ("Genuine, but not in force", "late")
        assert "only the organisation's signature" in str(answer.why)


def test_a_doubtful_file_never_names_our_record(registry: Flask, make: Factory) -> None:
    memorandum = make.memorandum()
    for reason in Reason:
        if reason in (Reason.PASSED, Reason.WAITING_FOR_COUNTERSIGNATURE):
            continue
        verdict = Verdict(
            conclusion=Conclusion.TOTAL_FAILED, reason=reason, detail="", sha256="0" * 64,
            known_copy=False, complete=False, signatures=(),
        )  # fmt: skip
        with registry.test_request_context("/en/verify"):
            answer = verdicts.of_file(Finding(memorandum, verdict))
            assert answer.memorandum is None
            assert not answer.is_genuine


def test_the_short_address_on_paper_leads_to_the_answer_in_the_reader_s_language(visitor: Desk) -> None:
    answer = visitor.browser.get("/v/ABCD", headers={"Accept-Language": "en"})
    assert answer.headers["Location"] == "/en/verify?code=ABCD"


def test_the_authority_is_published_only_once_there_is_one(visitor: Desk, registry: Flask) -> None:
    assert visitor.get("/authority/nothing.crl").status_code == 404
    shown(visitor, b"%PDF-1.7 junk")  # judging a file asks for the authority, which is then made
    assert visitor.get("/authority/root.pem").text.startswith("-----BEGIN CERTIFICATE-----")
    assert visitor.get("/authority/issuing-1.crl").mimetype == "application/pkix-crl"


def test_the_portal_says_that_it_lives(visitor: Desk) -> None:
    assert visitor.get("/healthz").text == "ok\n"


@pytest.mark.parametrize("page", ["accessibility", "privacy", "open-data"])
@pytest.mark.parametrize("language", ["km", "en"])
def test_the_standing_pages_are_there_in_both_languages(visitor: Desk, language: str, page: str) -> None:
    answer = visitor.get(f"/{language}/{page}")
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text


def test_the_mailbox_of_samples_exists_only_in_a_sample_registry(visitor: Desk) -> None:
    assert visitor.get("/en/sample-letters").status_code == 404
