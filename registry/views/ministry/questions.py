"""Questions about the terms that organisations asked: to be answered, and published for everybody."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext

from contracts.terms import EditionError, Text
from forms.questions import AnswerForm, PublishForm
from registry.editions import queries as editions
from registry.kernel import clock, history
from registry.people.states import Act
from registry.questions import operations, queries
from registry.questions.models import ClauseQuestion
from registry.questions.states import QuestionMove
from registry.views import guard, labels, pages
from registry.views.guard import Answer
from registry.views.ministry import dossier
from registry.views.ministry.door import ministry


@ministry.get("/questions")
@guard.may(Act.SEE_FILES)
def questions() -> Answer:
    """Every question, the unanswered ones first with the time that is left."""
    return pages.page(
        "ministry/questions.html",
        waiting=[_line(each) for each in queries.unanswered()],
        answered=[_line(each) for each in queries.answered()],
    )


@ministry.get("/questions/<int(max=999999999):asked_id>")
@guard.may(Act.SEE_FILES)
def clause_question(asked_id: int) -> Answer:
    """One question, and what can be done with it."""
    asked = _asked(asked_id)
    return _page(asked, AnswerForm(), _begun(asked))


@ministry.post("/questions/<int(max=999999999):asked_id>/answer")
@guard.may(Act.ANSWER_QUESTIONS_ON_TERMS)
def answer_clause_question(asked_id: int) -> Answer:
    """Answer it; the organisation gets a letter."""
    asked, form = _asked(asked_id), AnswerForm.posted(request.form)
    km, en = form.answer_km.data or "", form.answer_en.data or ""
    if form.validate() and guard.attempt(
        form,
        f"answer_{asked.language}",
        lambda: operations.answer(asked, by=guard.me(), answer_km=km, answer_en=en),
    ):
        flash(gettext("The answer is sent. You may now publish it for everybody."), "success")
        return redirect(url_for("ministry.clause_question", asked_id=asked_id), 303)
    return _page(asked, form, _begun(asked)), 422


@ministry.post("/questions/<int(max=999999999):asked_id>/publish")
@guard.may(Act.ANSWER_QUESTIONS_ON_TERMS)
def publish_answer(asked_id: int) -> Answer:
    """Let everybody read the answer, with the question in the officer's own words."""
    asked, form = _asked(asked_id), PublishForm.posted(request.form)
    wording = operations.Wording(
        question_km=form.question_km.data or "", question_en=form.question_en.data or "",
        answer_km=form.answer_km.data or "", answer_en=form.answer_en.data or "",
    )  # fmt: skip
    if form.validate() and guard.attempt(
        form, "question_km", lambda: operations.publish(asked, by=guard.me(), wording=wording)
    ):
        flash(gettext("Published: everybody reads question and answer beside the obligation."), "success")
        return redirect(url_for("ministry.clause_question", asked_id=asked_id), 303)
    return _page(asked, AnswerForm(), form), 422


@ministry.post("/questions/<int(max=999999999):asked_id>/take-back")
@guard.may(Act.ANSWER_QUESTIONS_ON_TERMS)
def take_back_answer(asked_id: int) -> Answer:
    """Take a published answer off the pages."""
    operations.take_back(_asked(asked_id), by=guard.me())
    flash(gettext("The answer is no longer public. The organisation that asked still has it."), "success")
    return redirect(url_for("ministry.clause_question", asked_id=asked_id), 303)


def _asked(asked_id: int) -> ClauseQuestion:
    return queries.question(asked_id) or abort(404)


def _begun(asked: ClauseQuestion) -> PublishForm:
    """The form as it begins: with the words of the last publication, never with those of the question."""
    published = asked.published_question
    return PublishForm(data={"question_km": published["km"], "question_en": published["en"]})


def _title(asked: ClauseQuestion) -> Text:
    try:
        found = queries.title_of(asked.code, editions.edition(asked.edition))
    except EditionError:
        found = None
    return found or Text(asked.code, asked.code)


def _line(asked: ClauseQuestion) -> dict[str, object]:
    waits = asked.can(QuestionMove.ANSWER)
    left = labels.days_left((asked.answer_due - clock.today()).days)
    return {
        "asked": asked,
        "title": _title(asked),
        "waits": waits,
        "label": left if waits else labels.CLAUSE_QUESTION[asked.status],
    }


def _page(asked: ClauseQuestion, answer_form: AnswerForm, publish_form: PublishForm) -> str:
    may = guard.me().may(Act.ANSWER_QUESTIONS_ON_TERMS)
    for language, answer in (("km", asked.answer_km), ("en", asked.answer_en)):
        if answer:
            del publish_form[f"answer_{language}"]
    obligation = next(
        (each for each in editions.edition(asked.edition).obligations if each.code == asked.code), None
    )
    return pages.page(
        "ministry/clause_question.html",
        **_line(asked),
        status=labels.CLAUSE_QUESTION[asked.status],
        obligation=obligation,
        edition=editions.edition(asked.edition),
        answer_form=answer_form if may and asked.can(QuestionMove.ANSWER) else None,
        publish_form=publish_form if may and asked.can(QuestionMove.PUBLISH) else None,
        can_take_back=may and asked.can(QuestionMove.TAKE_BACK),
        form=publish_form if publish_form.problems() else answer_form,
        needed=asked.language,
        steps=dossier.steps_of(history.about(f"clause-question:{asked.id}")),
    )
