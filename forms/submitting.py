"""What is asked before an act on the whole file: a declaration, an answer, a reason."""

from flask_babel import lazy_gettext as _l

from forms.base import PageForm
from forms.fields import LongTextField, TickField


class DeclarationForm(PageForm):
    """Before everything is sent."""

    agreed = TickField(
        _l("What is written here is true, and I may send it for our organisation"),
        missing=_l("Tick the box when what is written here is true."),
    )


class AnswerForm(PageForm):
    """The answer to one question of the Ministry."""

    text = LongTextField(
        _l("Your answer"),
        hint=_l("Never write the name of anybody in your care, nor where a shelter is."),
        missing=_l("Write the answer."),
        rows=6,
    )


class ReviewForm(PageForm):
    """Why a refusal should be looked at again."""

    reason = LongTextField(
        _l("Why should somebody else look at it again?"),
        hint=_l("Say what was overlooked or what has changed."),
        missing=_l("Write why somebody else should look at it again."),
        rows=6,
    )


class WithdrawalForm(PageForm):
    """Why the organisation leaves the register."""

    reason = LongTextField(
        _l("Why does the organisation leave the register?"), missing=_l("Write the reason."), rows=4
    )
