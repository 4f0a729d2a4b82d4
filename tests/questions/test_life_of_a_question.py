"""A question about the terms: who may do what with it, who is told, and what everybody reads."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from registry.editions import queries as editions
from registry.kernel import clock, history
from registry.kernel.db import db
from registry.kernel.moves import IllegalMove, NotAllowed
from registry.kernel.outbox import Letter
from registry.organisations.models import Organisation
from registry.organisations.states import RegistrationStatus
from registry.people.states import Act, Role, may
from registry.questions import operations, queries
from registry.questions.models import ClauseQuestion
from registry.questions.states import QUESTION, QuestionMove, QuestionStatus
from tests.factories import Factory

Hold = Callable[[datetime], None]
WORDING = operations.Wording(
    question_km="តើរបាយការណ៍ត្រូវផ្ញើនៅពេលណា?", question_en="When is the report due?",
    answer_km="បន្ទាប់ពីចុងរយៈពេល។",
)  # fmt: skip


@pytest.fixture
def organisation(make: Factory) -> Organisation:
    make.staff(Role.OFFICER)
    return make.organisation(RegistrationStatus.SUBMITTED)


@pytest.fixture
def question(make: Factory, organisation: Organisation) -> ClauseQuestion:
    return ask(make, organisation)


def ask(make: Factory, organisation: Organisation, code: str = "RP-01") -> ClauseQuestion:
    return operations.ask(
        organisation, by=make.director(organisation), code=code, edition=editions.current(), language="en",
        text="When must we send the report?",
    )  # fmt: skip


def brought_to(make: Factory, question: ClauseQuestion, status: QuestionStatus) -> ClauseQuestion:
    officer = make.staff(Role.OFFICER)
    if status is not QuestionStatus.ASKED:
        operations.answer(question, by=officer, answer_km="", answer_en="After the period ends.")
    if status in (QuestionStatus.PUBLISHED, QuestionStatus.TAKEN_BACK):
        operations.publish(question, by=officer, wording=WORDING)
    if status is QuestionStatus.TAKEN_BACK:
        operations.take_back(question, by=officer)
    return question


def move(make: Factory, question: ClauseQuestion, what: QuestionMove) -> None:
    officer = make.staff(Role.OFFICER)
    if what is QuestionMove.ANSWER:
        operations.answer(question, by=officer, answer_km="ចម្លើយ", answer_en="An answer.")
    elif what is QuestionMove.PUBLISH:
        operations.publish(question, by=officer, wording=WORDING)
    else:
        operations.take_back(question, by=officer)


@pytest.mark.parametrize("status", list(QuestionStatus))
@pytest.mark.parametrize("what", list(QuestionMove))
def test_every_move_from_every_status_is_as_the_table_says(
    make: Factory, question: ClauseQuestion, status: QuestionStatus, what: QuestionMove
) -> None:
    brought_to(make, question, status)
    assert question.can(what) == ((status, what) in QUESTION)
    if (status, what) in QUESTION:
        move(make, question, what)
        assert question.status is QUESTION[status, what]
    else:
        with pytest.raises(IllegalMove):
            move(make, question, what)


def test_the_answer_is_owed_seven_working_days_after_the_question(
    make: Factory, organisation: Organisation, at: Hold
) -> None:
    at(datetime(2026, 3, 6, 9, tzinfo=UTC))  # a Friday
    assert ask(make, organisation).answer_due == date(2026, 3, 17)


def test_officers_are_told_of_a_question_and_the_organisation_of_the_answer(
    make: Factory, organisation: Organisation, question: ClauseQuestion
) -> None:
    brought_to(make, question, QuestionStatus.ANSWERED)
    db.session.flush()
    written = {each.name: each for each in db.session.scalars(select(Letter)) if "question_" in each.name}
    assert written["question_asked"].recipient == make.staff(Role.OFFICER).pseudonym
    assert written["question_answered"].recipient == make.director(organisation).pseudonym
    assert "After the period ends." in written["question_answered"].body
    assert question.text not in "".join(each.body for each in written.values())


def test_every_move_is_written_into_the_journal(make: Factory, question: ClauseQuestion) -> None:
    brought_to(make, question, QuestionStatus.TAKEN_BACK)
    rows = sorted(history.about(f"clause-question:{question.id}"), key=lambda row: row.seq)
    assert [row.action for row in rows] == [
        "clause question asked", "clause question answered", "answer published", "answer taken back",
    ]  # fmt: skip
    assert rows[2].facts()["from"] == "answered"
    assert question.text not in "".join(row.content for row in rows)


def test_only_what_is_published_is_given_to_the_public(make: Factory, question: ClauseQuestion) -> None:
    for status in (QuestionStatus.ASKED, QuestionStatus.ANSWERED):
        brought_to(make, question, status)
        assert queries.published() == []
    operations.publish(question, by=make.staff(Role.OFFICER), wording=WORDING)
    assert queries.published_by_code() == {"RP-01": (question,)}
    operations.take_back(question, by=make.staff(Role.OFFICER))
    assert queries.published_by_code() == {}


@pytest.mark.parametrize("field", ["question_km", "question_en", "answer_km"])
def test_a_publication_that_names_the_organisation_or_who_asked_is_refused(
    make: Factory, organisation: Organisation, question: ClauseQuestion, field: str
) -> None:
    brought_to(make, question, QuestionStatus.ANSWERED)
    asked_by = make.director(organisation)
    names = (
        organisation.name_km, organisation.name_latin.upper(), organisation.reference,
        asked_by.name["en"], asked_by.name["km"],
    )  # fmt: skip
    for name in names:
        words = {"question_km": "ក", "question_en": "a", "answer_km": "ខ", field: f"Why must {name} do so?"}
        with pytest.raises(NotAllowed, match="names-somebody"):
            operations.publish(question, by=make.staff(Role.OFFICER), wording=operations.Wording(**words))
    assert question.status is QuestionStatus.ANSWERED


def test_what_was_answered_is_not_changed_by_publishing_it(make: Factory, question: ClauseQuestion) -> None:
    brought_to(make, question, QuestionStatus.ANSWERED)
    other = operations.Wording("សំណួរ", "A question", answer_km="ចម្លើយ", answer_en="Something else.")
    operations.publish(question, by=make.staff(Role.OFFICER), wording=other)
    assert (question.answer_km, question.answer_en) == ("ចម្លើយ", "After the period ends.")


def test_a_publication_needs_both_languages(make: Factory, question: ClauseQuestion) -> None:
    brought_to(make, question, QuestionStatus.ANSWERED)
    for wording in (
        operations.Wording("សំណួរ", "A question"),
        operations.Wording("", "A question", answer_km="ចម្លើយ"),
    ):
        with pytest.raises(NotAllowed, match="wording-missing"):
            operations.publish(question, by=make.staff(Role.OFFICER), wording=wording)


def test_an_answer_is_in_the_language_of_the_question_at_least(
    make: Factory, question: ClauseQuestion
) -> None:
    with pytest.raises(NotAllowed, match="answer-missing"):
        operations.answer(question, by=make.staff(Role.OFFICER), answer_km="ចម្លើយ", answer_en="")


@pytest.mark.parametrize("code", ["XX-99", "article-99", "", "article-", "rp-01"])
def test_nobody_can_ask_about_what_is_not_in_the_terms(
    make: Factory, organisation: Organisation, code: str
) -> None:
    with pytest.raises(NotAllowed, match="unknown-clause"):
        ask(make, organisation, code)


def test_an_article_can_be_asked_about(make: Factory, organisation: Organisation) -> None:
    assert ask(make, organisation, "article-17").code == "article-17"


def test_an_organisation_that_asks_without_end_is_asked_to_wait(
    make: Factory, organisation: Organisation, at: Hold
) -> None:
    at(datetime(2026, 3, 6, 9, tzinfo=UTC))
    for _ in range(queries.MOST_A_DAY):
        ask(make, organisation)
    with pytest.raises(NotAllowed, match="many-questions"):
        ask(make, organisation)
    at(clock.now() + timedelta(days=1, seconds=1))
    ask(make, organisation)


def test_the_unanswered_stand_in_the_order_of_the_time_that_is_left(
    make: Factory, organisation: Organisation, at: Hold
) -> None:
    at(datetime(2026, 3, 6, 9, tzinfo=UTC))
    first = ask(make, organisation)
    at(datetime(2026, 3, 9, 9, tzinfo=UTC))
    second = ask(make, organisation, "CM-01")
    assert list(queries.unanswered()) == [first, second]
    brought_to(make, first, QuestionStatus.ANSWERED)
    assert list(queries.unanswered()) == [second]
    assert list(queries.answered()) == [first]


def test_search_finds_words_of_question_answer_title_and_code(
    make: Factory, question: ClauseQuestion
) -> None:
    brought_to(make, question, QuestionStatus.PUBLISHED)
    edition = editions.current()
    for words in ("", "report DUE", "period", "rp-01", "counts", "រយៈពេល"):
        assert queries.matching(queries.published(), words, edition=edition) == [question], words
    for words in ("must we send", "report elephant"):
        assert queries.matching(queries.published(), words, edition=edition) == [], words


def test_organisations_ask_and_officers_answer_and_nobody_does_both() -> None:
    asking = {role for role in Role if may({role}, Act.ASK_QUESTION)}
    answering = {role for role in Role if may({role}, Act.ANSWER_QUESTIONS_ON_TERMS)}
    assert asking == {Role.DIRECTOR, Role.PREPARER}
    assert answering == {Role.OFFICER}
