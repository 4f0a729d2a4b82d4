"""Asking for a change of an article: answered one by one, printed when granted, and nothing else changes."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from contracts.changes import changed_paragraphs
from contracts.facts import Bilingual
from registry.kernel.db import db
from registry.kernel.moves import IllegalMove, NotAllowed
from registry.memoranda import queries
from registry.memoranda.models import Memorandum
from registry.memoranda.operations import answering
from registry.memoranda.operations.answering import AgreedWords
from registry.memoranda.states import ChangeAnswer, MemorandumStatus
from registry.people.models import Person
from registry.people.states import Role
from tests.factories import Factory
from tests.views.signers import Signer, offer, offered

Browser = Callable[[Person], FlaskClient]
WORDS = {
    "old_km": "ក្នុងរយៈពេល ៧ ថ្ងៃ", "old_en": "within 7 days",
    "new_km": "ក្នុងរយៈពេល ១០ ថ្ងៃ", "new_en": "within 10 days",
}  # fmt: skip
GRANTED = {"answer": "granted", "answer_text": "Ten days it is.", **WORDS}
REFUSED = {"answer": "refused", "answer_text": "The law sets this."}


@pytest.fixture
def memorandum(make: Factory) -> Memorandum:
    """A memorandum that waits for the director."""
    return offered(make)


@pytest.fixture
def director(memorandum: Memorandum, signed_in: Browser) -> Signer:
    """The director at the pages of the memorandum."""
    assert memorandum.organisation_signatory is not None
    return Signer(signed_in(memorandum.organisation_signatory), memorandum.reference)


@pytest.fixture
def officer(make: Factory, memorandum: Memorandum, signed_in: Browser) -> Signer:
    """An officer at the pages of the same memorandum."""
    return Signer(signed_in(make.staff(Role.OFFICER)), memorandum.reference, "ministry")


def _ask(director: Signer, *wishes: tuple[str, str]) -> None:
    for article, reason in wishes:
        assert director.post("/change", {"article": article, "reason": reason}).status_code == 303


def _ids(memorandum: Memorandum) -> list[int]:
    db.session.rollback()
    db.session.refresh(memorandum)
    return [row.id for row in memorandum.change_requests]


def test_an_article_must_be_chosen_among_those_of_the_text(director: Signer) -> None:
    assert director.post("/change", {"reason": "Ten days."}).status_code == 422
    assert director.post("/change", {"article": "99", "reason": "Ten days."}).status_code == 422
    assert "Article 6." in director.get("/change").text


def test_every_wish_is_answered_before_the_text_is_revised(
    director: Signer, officer: Signer, memorandum: Memorandum
) -> None:
    _ask(director, ("6", "Ten days, please."), ("0", "May we sign on paper?"))
    first, second = _ids(memorandum)
    desk = officer.get("/revise").text
    assert "Ten days, please." in desk
    assert "May we sign on paper?" in desk
    assert "Answer every change" in officer.post("/revise", {"answer": "Done."}).text
    assert officer.post(f"/changes/{first}", REFUSED).status_code == 303
    assert "Answer every change" in officer.post("/revise", {"answer": "Done."}).text
    assert officer.post(f"/changes/{second}", {**REFUSED, "answer": "granted"}).status_code == 303
    assert officer.post("/revise", {"answer": "Done."}).status_code == 303
    assert officer.post(f"/changes/{second}", REFUSED).status_code == 409
    assert "The law sets this." in director.get().text
    assert officer.get("/changes/999999").status_code == 404


@pytest.mark.parametrize("left_out", sorted(WORDS))
def test_a_change_is_not_granted_without_its_words_in_both_languages(
    director: Signer, officer: Signer, memorandum: Memorandum, left_out: str
) -> None:
    _ask(director, ("6", "Ten days."))
    (asked,) = _ids(memorandum)
    refused = officer.post(f"/changes/{asked}", GRANTED | {left_out: ""})
    assert refused.status_code == 422
    assert "Write the old and the new words" in refused.text
    db.session.rollback()
    assert memorandum.open_requests


def test_a_granted_change_is_the_only_difference_and_both_sides_see_it(
    make: Factory, director: Signer, officer: Signer, memorandum: Memorandum
) -> None:
    _ask(director, ("6", "Ten days."))
    (asked,) = _ids(memorandum)
    before = queries.frozen_text(memorandum)
    db.session.rollback()
    assert officer.post(f"/changes/{asked}", GRANTED).status_code == 303
    assert officer.post("/revise", {"answer": "Done."}).status_code == 303
    db.session.rollback()
    db.session.refresh(memorandum)
    offer(make, memorandum, words=b"The new text.")
    changed = changed_paragraphs(before, queries.frozen_text(memorandum))
    assert {each.anchor for each in changed} == {"article-18"}
    words = " ".join(each.new["km"] + each.new["en"] for each in changed if each.new)
    assert all(part in words for part in WORDS.values())
    db.session.rollback()
    for page in (director.get(), officer.get()):
        assert "In everything else nothing has changed." in page.text
        assert "within 10 days" in page.text
        assert "Ten days it is." in page.text


def test_a_refused_change_leaves_the_text_word_for_word(
    make: Factory, director: Signer, officer: Signer, memorandum: Memorandum
) -> None:
    _ask(director, ("6", "Ten days."))
    (asked,) = _ids(memorandum)
    assert officer.post(f"/changes/{asked}", GRANTED | REFUSED).status_code == 303
    assert officer.post("/revise", {"answer": "Done."}).status_code == 303
    db.session.rollback()
    db.session.refresh(memorandum)
    offer(make, memorandum, words=b"The same text.")
    assert "word for word the one offered on" in director.get().text


def test_no_change_is_answered_before_it_is_asked_or_without_a_sentence(make: Factory) -> None:
    memorandum = make.memorandum(MemorandumStatus.CHANGES_REQUESTED)
    (asked,), by = memorandum.change_requests, make.staff(Role.OFFICER)
    with pytest.raises(NotAllowed, match="reason-missing"):
        answering.answer_request(asked, by=by, answer=ChangeAnswer.REFUSED, text="")
    make.revise(memorandum)
    with pytest.raises(IllegalMove):
        answering.answer_request(asked, by=by, answer=ChangeAnswer.REFUSED, text="Too late.")
    assert not AgreedWords(Bilingual("ក", "a"), Bilingual("ខ", "")).complete
