"""What the Ministry's people answer about an application, a report and a duty of their own."""

from collections.abc import Mapping, Sequence
from typing import Any

import wtforms
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l

from forms.base import PageForm
from forms.choices import Pairs
from forms.fields import LongTextField, RadioField
from registry.organisations.states import Advice, CheckResult


def _results() -> Pairs:
    return [(CheckResult.CONFORMING, gettext("Conforms")), (CheckResult.QUESTION, gettext("Question"))]


def _advice() -> Pairs:
    return [(Advice.REGISTER, gettext("Register")), (Advice.REFUSE, gettext("Refuse"))]


class ItemForm(PageForm):
    """What was found about one item; both may stay open."""

    result = RadioField(_l("Result"), choices=_results, optional=True, inline=True)
    note = LongTextField(_l("Question or note"), optional=True, rows=2, longest=1000)

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        # The page says that items may stay open; "(optional)" at each of twenty labels would only be noise.
        self.result.is_optional = self.note.is_optional = False

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """A question needs its words."""
        sound = bool(super().validate(extra_validators))
        if self.result.data == CheckResult.QUESTION and not self.note.data and not self.note.errors:
            self.note.errors = [gettext("Write what the organisation should answer.")]
            return False
        return sound


def items_form(items: Mapping[str, str | LazyString]) -> type[PageForm]:
    """The form of the page on which an officer checks these items, named by their key."""
    questions = {item: wtforms.FormField(ItemForm, label=label) for item, label in items.items()}
    return type("ItemsForm", (PageForm,), {"__doc__": "One question for each item.", **questions})


class RecommendForm(PageForm):
    """What the officer recommends to the approver."""

    advice = RadioField(
        _l("What do you recommend?"),
        choices=_advice,
    )
    note = LongTextField(
        _l("Reason"),
        hint=_l("Read by the approver. Needed when you recommend to refuse."),
        optional=True,
        rows=4,
    )


class RefuseForm(PageForm):
    """Why registration is refused."""

    reason = LongTextField(
        _l("Reason for the refusal"),
        hint=_l(
            "The organisation reads these words. Say what is missing and what would change the decision."
        ),
        missing=_l("Write the reason: the organisation will read it."),
        rows=6,
    )


class ReturnReportForm(PageForm):
    """Why a report goes back."""

    reason = LongTextField(
        _l("What is missing in the report?"),
        hint=_l("The organisation reads these words and has 15 more days."),
        missing=_l("Write the reason: the organisation will read it."),
        rows=4,
    )


class DutyMetForm(PageForm):
    """How the Ministry has met a duty of its own."""

    note = LongTextField(
        _l("How was it met?"),
        hint=_l("For example the day and place of the training. Write no names of people in care."),
        missing=_l("Write how the duty was met."),
        rows=4,
    )
