"""Acts on the whole file, each on its own page: submit, answer a question, ask for review, withdraw."""

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext

from forms.submitting import AnswerForm, DeclarationForm, ReviewForm, WithdrawalForm
from registry.kernel.moves import IllegalMove
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation, Question
from registry.organisations.operations import applying
from registry.organisations.states import RegistrationMove
from registry.people.states import Act
from registry.views import guard
from registry.views.guard import Answer
from registry.views.labels import ITEM
from registry.views.organisation.door import organisation
from registry.views.organisation.file import parts_of
from registry.views.organisation.own import onward, own, own_open, waits_for_director
from registry.views.pages import page


@organisation.get("/submit")
@guard.may(Act.FILL_IN_REGISTRATION)
def submit() -> Answer:
    return _submit_page(own_open(), DeclarationForm())


@organisation.post("/submit")
@guard.may(Act.FILL_IN_REGISTRATION)
def send_registration() -> Answer:
    known, form = own_open(), DeclarationForm.posted(request.form)
    if form.validate() and guard.attempt(form, "", lambda: applying.submit(known, by=guard.me())):
        flash(gettext("Your registration is sent to the Ministry."), "success")
        return redirect(url_for("organisation.home"), 303)
    return _submit_page(own_open(), form), 422


@organisation.get("/questions/<int(max=999999999):question_id>")
@guard.may(Act.ANSWER_QUESTIONS)
def question(question_id: int) -> Answer:
    asked = _question(own_open(), question_id)
    return _question_page(asked, AnswerForm(data={"text": asked.answer}))


@organisation.post("/questions/<int(max=999999999):question_id>")
@guard.may(Act.ANSWER_QUESTIONS)
def answer_question(question_id: int) -> Answer:
    known, form = own_open(), AnswerForm.posted(request.form)
    asked = _question(known, question_id)
    if form.validate() and guard.attempt(form, "text", lambda: _answer(asked, known, form)):
        flash(gettext("The answer is saved. It is sent when you submit."), "success")
        return redirect(onward(known), 303)
    return _question_page(asked, form), 422


@organisation.get("/ask-for-review")
@guard.may(Act.ASK_FOR_REVIEW)
def ask_for_review() -> Answer:
    return _review_page(_that_can(RegistrationMove.REQUEST_REVIEW), ReviewForm())


@organisation.post("/ask-for-review")
@guard.may(Act.ASK_FOR_REVIEW)
def request_review() -> Answer:
    known, form = _that_can(RegistrationMove.REQUEST_REVIEW), ReviewForm.posted(request.form)
    if form.validate():
        applying.ask_for_review(known, by=guard.me(), reason=form.reason.data or "")
        flash(gettext("Review is asked for."), "success")
        return redirect(url_for("organisation.home"), 303)
    return _review_page(known, form), 422


@organisation.get("/withdraw")
@guard.may(Act.WITHDRAW_REGISTRATION)
def withdraw() -> Answer:
    known = _that_can(RegistrationMove.WITHDRAW)
    return page("organisation/withdraw.html", form=WithdrawalForm(), known=known)


@organisation.post("/withdraw")
@guard.may(Act.WITHDRAW_REGISTRATION)
def leave_register() -> Answer:
    known, form = _that_can(RegistrationMove.WITHDRAW), WithdrawalForm.posted(request.form)
    if form.validate():
        applying.withdraw(known, by=guard.me(), reason=form.reason.data or "")
        flash(gettext("Your organisation has left the register."), "success")
        return redirect(url_for("organisation.home"), 303)
    return page("organisation/withdraw.html", form=form, known=known), 422


def _that_can(move: RegistrationMove) -> Organisation:
    """The own file, if the move stands open from where it is; else 409, on the page as on the act."""
    known = own()
    if not known.can(move):
        raise IllegalMove(known.status, move)
    return known


def _question(known: Organisation, question_id: int) -> Question:
    return next((each for each in known.questions if each.id == question_id), None) or abort(404)


def _question_page(asked: Question, form: AnswerForm) -> str:
    return page("organisation/question.html", form=form, asked=asked, about=ITEM.get(asked.item, asked.item))


def _answer(asked: Question, known: Organisation, form: AnswerForm) -> None:
    applying.answer(asked, known, by=guard.me(), text=form.text.data or "")


def _submit_page(known: Organisation, form: DeclarationForm) -> str:
    return page(
        "organisation/submit.html",
        form=form,
        known=known,
        parts=parts_of(known),
        ready=not organisations.unfinished(known) and not organisations.open_questions(known),
        waits_for_director=waits_for_director(known),
    )


def _review_page(known: Organisation, form: ReviewForm) -> str:
    refusal = organisations.last_decision(known)
    return page("organisation/ask_for_review.html", form=form, known=known, refusal=refusal)
