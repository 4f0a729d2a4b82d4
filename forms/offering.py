"""What the Ministry's people answer while a memorandum is prepared, offered, revised or returned."""

from flask_babel import lazy_gettext as _l

from forms.base import PageForm
from forms.choices import Pairs
from forms.fields import LongTextField, RadioField


def _answers_to_change() -> Pairs:
    return [("granted", str(_l("Yes"))), ("refused", str(_l("No")))]


class OfferForm(PageForm):
    """Who signs for the Ministry."""

    signatory = RadioField(
        _l("Who signs for the Ministry?"),
        hint=_l("The name and post are printed in the memorandum. Only this person can countersign it."),
        missing=_l("Choose who signs for the Ministry."),
        choices=[],
    )

    def offer(self, people: Pairs) -> None:
        """Set whom one can choose: pairs of number and name."""
        self.signatory.choices = people
        if len(people) == 1 and not self.signatory.raw_data:
            self.signatory.data = people[0][0]


class ReviseForm(PageForm):
    """What the Ministry answers to the change that was asked for."""

    answer = LongTextField(
        _l("Your answer"),
        hint=_l("Say what you change, or why you do not. It is kept in the history of the memorandum."),
        missing=_l("Write an answer."),
        rows=5,
    )


class ChangeAnswerForm(PageForm):
    """What the Ministry answers to one change, and the words that both parties agree on."""

    answer = RadioField(
        _l("Do you grant this change?"),
        choices=_answers_to_change,
        missing=_l("Choose whether you grant this change."),
    )
    answer_text = LongTextField(
        _l("Your answer"),
        hint=_l("The organisation reads these words."),
        missing=_l("Write an answer: the organisation will read it."),
        rows=4,
    )
    old_km = LongTextField(_l("Old words in Khmer"), optional=True, language="km", rows=3)
    old_en = LongTextField(_l("Old words in English"), optional=True, language="en", rows=3)
    new_km = LongTextField(_l("New words in Khmer"), optional=True, language="km", rows=3)
    new_en = LongTextField(_l("New words in English"), optional=True, language="en", rows=3)


class ReturnForm(PageForm):
    """Why the Ministry's signatory does not sign."""

    reason = LongTextField(
        _l("Why do you return it?"),
        hint=_l("The officer and the organisation read these words."),
        missing=_l("Write the reason: the organisation will read it."),
        rows=5,
    )
