"""The questions before signing, through the pages: none is skipped, wrong answers teach, help is recorded."""

import html
import json
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from registry.kernel import clock, history
from registry.kernel.db import db
from registry.kernel.moves import NotAllowed
from registry.memoranda.models import Memorandum, UnderstandingCheck
from registry.memoranda.operations import checking, signing
from registry.memoranda.states import Field, MemorandumStatus
from registry.people.models import Person
from registry.people.states import Role
from registry.views.commands import memoranda as commands
from tests.factories import Factory
from tests.views.signers import Signer, codes, offered, record_signature, right_answers

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


def _check(memorandum: Memorandum, person: Person) -> UnderstandingCheck | None:
    db.session.rollback()
    db.session.refresh(memorandum)
    return memorandum.check_of(person)


def _answers(memorandum: Memorandum, *, wrong: int = 0, consent: bool = True) -> dict[str, str]:
    db.session.rollback()
    answers = right_answers(memorandum)
    for name in list(answers)[:wrong]:
        answers[name] = "b" if answers[name] == "a" else "a"
    said = {"consent": "y"} if consent else {}
    return {"seen_sha256": memorandum.current_sha256 or "", **said, **answers}


def test_the_page_asks_at_least_five_questions_and_none_is_answered_beforehand(
    signer: Signer, memorandum: Memorandum
) -> None:
    shown = signer.get("/sign").text
    names = list(_answers(memorandum))[2:]
    assert len(names) >= 5
    for name in names:
        assert shown.count(f'name="{name}"') >= 3
    assert not re.search(r"<input[^>]* checked", shown)


def test_a_wrong_answer_shows_its_clause_counts_a_try_and_sends_no_code(
    signer: Signer, memorandum: Memorandum, director: Person
) -> None:
    refused = signer.post("/sign/agree", _answers(memorandum, wrong=2))
    assert refused.status_code == 422
    beside = " ".join(re.findall(r'(?s)<div class="inset inset--ochre.*?</div>', html.unescape(refused.text)))
    for place, question in enumerate(checking.questions_about(memorandum)):
        assert (question.clause.en in beside) == (place < 2)
    assert refused.text.count("Read the clause, then answer again.") >= 2
    check = _check(memorandum, director)
    assert check is not None
    assert (check.tries, check.passed_at) == (1, None)
    assert codes() == []
    assert signer.get("/sign/confirm").status_code == 403


def test_one_may_try_as_often_as_one_likes(signer: Signer, memorandum: Memorandum, director: Person) -> None:
    for _ in range(12):
        assert signer.post("/sign/agree", _answers(memorandum, wrong=1)).status_code == 422
    assert signer.post("/sign/agree", _answers(memorandum)).status_code == 303
    check = _check(memorandum, director)
    assert check is not None
    assert check.tries == 13
    assert check.passed_at is not None


def test_an_unanswered_question_is_no_try(signer: Signer, memorandum: Memorandum, director: Person) -> None:
    answers = _answers(memorandum)
    answers.popitem()
    refused = signer.post("/sign/agree", answers)
    assert refused.status_code == 422
    assert "Choose an answer." in refused.text
    assert _check(memorandum, director) is None


def test_right_answers_are_kept_when_only_the_tick_is_missing(
    signer: Signer, memorandum: Memorandum, director: Person
) -> None:
    assert signer.post("/sign/agree", _answers(memorandum, consent=False)).status_code == 422
    check = _check(memorandum, director)
    assert check is not None
    assert check.passed_at is not None
    seen = memorandum.current_sha256 or ""
    assert "answered rightly on" in signer.get("/sign").text
    assert signer.post("/sign/agree", {"seen_sha256": seen, "consent": "y"}).status_code == 303


def test_consent_alone_and_a_direct_post_sign_nothing(
    signer: Signer, memorandum: Memorandum, director: Person
) -> None:
    seen = _answers(memorandum)["seen_sha256"]
    assert signer.post("/sign/agree", {"seen_sha256": seen, "consent": "y"}).status_code == 422
    direct = {
        "seen_sha256": seen, "idempotency_key": "a-key-of-twenty-letters", "typed_name": director.name["en"],
        "password": "x", "code": "12345678",
    }  # fmt: skip
    assert signer.post("/sign/confirm", direct).status_code == 403
    db.session.rollback()
    db.session.refresh(memorandum)
    assert memorandum.status is MemorandumStatus.OFFERED
    assert memorandum.signatures == []
    assert codes() == []


def test_the_operation_itself_refuses_without_a_passed_check(make: Factory) -> None:
    memorandum = make.memorandum(MemorandumStatus.OFFERED)
    by = make.director(memorandum.organisation)
    declared = make.declaration(memorandum, by)
    before = list(history.about(f"memorandum:{memorandum.reference}"))
    checking.answer(memorandum, by=by, answers={})
    with pytest.raises(NotAllowed, match="check-not-passed"):
        signing.sign(
            memorandum, Field.ORGANISATION, by=by, declared=declared, signed=make.signed_file(memorandum)
        )
    assert memorandum.signatures == []
    assert list(history.about(f"memorandum:{memorandum.reference}")) == before


def test_a_text_offered_again_is_asked_about_again(make: Factory, memorandum: Memorandum) -> None:
    make.understand(memorandum)
    make.request_changes(memorandum)
    make.revise(memorandum)
    make.offer(memorandum)
    assert memorandum.organisation_signatory is not None
    assert memorandum.check_of(memorandum.organisation_signatory) is None


def test_the_ministry_is_asked_nothing(make: Factory, memorandum: Memorandum, signed_in: Browser) -> None:
    record_signature(memorandum, Field.ORGANISATION)
    ministry = Signer(signed_in(make.staff(Role.SIGNATORY)), memorandum.reference, "ministry")
    assert 'type="radio"' not in ministry.get("/sign").text
    assert ministry.agree(_answers(memorandum)["seen_sha256"]).status_code == 303
    assert memorandum.signatures[0].check_version is not None


def test_reading_aloud_is_recorded_once_shown_to_both_and_kept_with_the_signature(
    make: Factory, memorandum: Memorandum, director: Person, signer: Signer, signed_in: Browser
) -> None:
    officer = make.staff(Role.OFFICER)
    desk = Signer(signed_in(officer), memorandum.reference, "ministry")
    assert "I read this memorandum aloud to the director" in desk.get().text
    assert desk.post("/read-aloud").status_code == 303
    assert desk.post("/read-aloud").status_code == 409
    for page in (desk.get(), signer.get(), signer.get("/sign")):
        assert "was read aloud to the signatory" in page.text
    assert "I read this memorandum aloud to the director" not in desk.get().text
    db.session.rollback()
    record_signature(memorandum, Field.ORGANISATION)
    (signature,) = memorandum.signatures
    assert signature.assisted_by is officer
    said = json.loads(commands.bundle(memorandum)["signatures.json"])[0]["understanding"]
    assert said["read_aloud_by"] == officer.pseudonym
    assert said["tries"] == 1
    assert said["edition"] == memorandum.edition
    assert said["questions_sha256"] == signature.check_version
    assert said["answers"] == right_answers(memorandum)
    assert clock.now() >= signature.signed_at


def test_only_an_officer_records_reading_aloud(
    make: Factory, memorandum: Memorandum, signer: Signer, signed_in: Browser
) -> None:
    signatory = Signer(signed_in(make.staff(Role.SIGNATORY)), memorandum.reference, "ministry")
    assert signatory.post("/read-aloud").status_code == 403
    assert "read-aloud" not in signer.get().text
