"""What is asked about the terms, what the Ministry answers, and what a supposed delay is."""

from typing import Any

from flask_babel import lazy_gettext as _l

from forms.base import PageForm, say_nothing_of_optional
from forms.choices import Pairs
from forms.fields import LongTextField, SelectField, TextField, WholeNumberField

LONGEST_DELAY = 365


class AskForm(PageForm):
    """A question about one obligation or article; the page gives the list."""

    about = SelectField(
        _l("What is the question about?"),
        choices=[],
        missing=_l("Choose what the question is about from the list."),
        validate_choice=False,
    )
    text = LongTextField(
        _l("Your question"),
        hint=_l("Write nothing about one person in care, and no address of a shelter."),
        missing=_l("Write your question."),
        longest=2000,
        rows=5,
    )


class AnswerForm(PageForm):
    """The Ministry's answer; the language of the question is asked for by the operation."""

    answer_km = LongTextField(_l("Answer in Khmer"), optional=True, longest=4000, rows=5, language="km")
    answer_en = LongTextField(_l("Answer in English"), optional=True, longest=4000, rows=5, language="en")

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        # Which of the two is needed depends on the language of the question: the page says so.
        say_nothing_of_optional(self)


class PublishForm(AnswerForm):
    """The question in words that name nobody, and the answer in the language that still lacks it."""

    question_km = LongTextField(
        _l("The question in Khmer, as everybody will read it"),
        missing=_l("Write the question in Khmer, without any name."),
        longest=2000,
        rows=3,
        language="km",
    )
    question_en = LongTextField(
        _l("The question in English, as everybody will read it"),
        missing=_l("Write the question in English, without any name."),
        longest=2000,
        rows=3,
        language="en",
    )


class PublishedSearchForm(PageForm):
    """Words to look for in the published answers."""

    words = TextField(_l("Words, or the code of an obligation"), optional=True, longest=100)

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        say_nothing_of_optional(self)


class SupposedForm(PageForm):
    """A duty and a delay, asked with GET so that the answer stands in the address."""

    obligation = SelectField(
        _l("Which duty?"), choices=[], missing=_l("Choose a duty from the list."), validate_choice=False
    )
    days_late = WholeNumberField(
        _l("How many days late?"),
        hint=_l("From 0 to 365."),
        missing=_l("Write a number of days from 0 to 365."),
        largest=LONGEST_DELAY,
    )

    def choose_from(self, duties: Pairs) -> None:
        """Offer these duties; another code is refused with a sentence."""
        self.known = frozenset(code for code, _ in duties)
        self.obligation.choices = duties

    def validate(self, *arguments: Any, **keywords: Any) -> bool:
        """A duty that is not in the list gets a sentence of its own."""
        sound = bool(super().validate(*arguments, **keywords))
        if self.obligation.errors or self.obligation.data in self.known:
            return sound
        self.refuse(
            "obligation", _l("This duty does not apply to this description. Choose one from the list.")
        )
        return False
