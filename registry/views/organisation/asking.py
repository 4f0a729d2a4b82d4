"""Questions that an organisation asks about the terms before it signs, and the Ministry's answers."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from contracts import terms
from contracts.edition import Edition
from contracts.records import Language
from forms.questions import AskForm
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.people.states import Act
from registry.questions import operations, queries
from registry.questions.models import ClauseQuestion
from registry.questions.states import ARTICLE, QuestionMove
from registry.views import guard, labels, pages
from registry.views.guard import Answer
from registry.views.organisation.door import organisation
from registry.views.organisation.own import own
from registry.views.organisation.own_answers import edition_for


@organisation.get("/questions")
@guard.may(Act.SEE_OWN_ORGANISATION)
def questions() -> Answer:
    known = own()
    return pages.page(
        "organisation/questions.html",
        known=known,
        rows=[_row(each, edition_for(known)[0]) for each in queries.questions_of(known)],
        may_ask=guard.me().may(Act.ASK_QUESTION),
    )


@organisation.get("/questions/ask")
@guard.may(Act.ASK_QUESTION)
def ask_about() -> Answer:
    known = own()
    return _ask_page(known, AskForm(data={"about": request.args.get("about", "")}))


@organisation.post("/questions/ask")
@guard.may(Act.ASK_QUESTION)
def send_question() -> Answer:
    known, form = own(), AskForm.posted(request.form)
    edition, _ = edition_for(known)
    about, text = form.about.data or "", form.text.data or ""
    if form.validate() and guard.attempt(
        form,
        "about",
        lambda: operations.ask(
            known, by=guard.me(), code=about, edition=edition, text=text, language=pages.language()
        ),
    ):
        flash(gettext("Your question was sent. The Ministry answers here and by letter."), "success")
        return redirect(url_for("organisation.questions"), 303)
    return _ask_page(known, form), 422


def _ask_page(known: Organisation, form: AskForm) -> str:
    edition, _ = edition_for(known)
    form.about.choices = _subjects(known, edition)
    about = form.about.data or ""
    return pages.page(
        "organisation/ask_about.html",
        form=form,
        known=known,
        before=queries.published_by_code().get(about, ()),
        answer_days=edition.parameter(queries.ANSWER_DAYS).value,
    )


def _subjects(known: Organisation, edition: Edition) -> list[tuple[str, str]]:
    """What can be asked about: the obligations that apply to this organisation, then every article."""
    language: Language = "km" if pages.language() == "km" else "en"
    applying = terms.applicable(edition, organisations.profile_of(known))
    articles = [
        (
            f"{ARTICLE}{each.number}",
            gettext("Article %(number)s: %(title)s", number=pages.number(each.number),
                    title=edition.fill(each.title, language)),
        )
        for each in edition.articles
    ]  # fmt: skip
    return [(each.code, f"{each.code} {edition.fill(each.title, language)}") for each in applying] + articles


def _row(asked: ClauseQuestion, edition: Edition) -> dict[str, object]:
    waits = asked.can(QuestionMove.ANSWER)
    return {
        "asked": asked,
        "title": queries.title_of(asked.code, edition),
        "label": labels.CLAUSE_QUESTION[asked.status],
        "answer": asked.answer[pages.language()],
        "answer_language": asked.answer_languages[pages.language()],
        "waits": waits,
    }
