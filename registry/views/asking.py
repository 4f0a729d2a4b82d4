"""The questions that the organisation's signatory answers between reading and agreeing."""

from typing import Any

from flask_babel import gettext

from contracts.understanding import Question
from forms.signing import Asked, ConsentForm
from forms.signing import consent_form as form_with
from registry.memoranda.models import Memorandum
from registry.memoranda.operations import checking
from registry.memoranda.states import Field
from registry.people.models import Person
from registry.views import pages


def consent_form(memorandum: Memorandum, field: Field, person: Person) -> type[ConsentForm]:
    """The form under the text: the questions while they are not passed, and the consent."""
    return form_with(
        [
            Asked(
                each.key,
                f"{pages.number(place)}. {pages.said(each.text)}",
                [(option.key, pages.said(option.text)) for option in each.options],
            )
            for place, each in enumerate(_open_questions(memorandum, field, person), start=1)
        ]
    )


def answered(memorandum: Memorandum, form: ConsentForm, field: Field, person: Person) -> bool:
    """Whether everything on the page is answered rightly; a page with all questions answered is one try."""
    complete = form.validate()
    asked = _open_questions(memorandum, field, person)
    if not asked:
        return complete
    if any(form[each.key].errors for each in asked):
        return False
    wrong = checking.answer(memorandum, by=person, answers={each.key: form[each.key].data for each in asked})
    for place, each in enumerate(asked, start=1):
        if each in wrong:
            sentence = gettext(
                "Question %(number)s: this is not the answer. Read the clause, then answer again.",
                number=pages.number(place),
            )
            form.refuse(each.key, sentence)
    return complete and not wrong


def shown(memorandum: Memorandum, form: ConsentForm) -> list[dict[str, Any]]:
    """Each question that this form asks: its field, and the clause to read where the answer was wrong."""
    asked: tuple[Question, ...] = checking.questions_about(memorandum)
    return [
        {
            "field": form[each.key],
            "clause": pages.said(each.clause) if form[each.key].errors and form[each.key].data else "",
            "code": each.clause_code,
            "is_obligation": each.clause_code == each.code,
        }
        for each in asked
        if each.key in form
    ]


def _open_questions(memorandum: Memorandum, field: Field, person: Person) -> tuple[Question, ...]:
    """None for the Ministry, and none once they are passed for this text."""
    if field is Field.MINISTRY:
        return ()
    check = memorandum.check_of(person)
    return () if check and check.passed_at else checking.questions_about(memorandum)
