"""Phone numbers as people write them here, kept in the form in which the world dials them."""

from typing import Any

import phonenumbers
from flask_babel import gettext
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from forms import text
from forms.fields import TextField
from forms.widgets import Input

HOME = "KH"


class PhoneField(TextField):
    """A phone number; data is written like +855 12 345 678, or as typed where it cannot be one."""

    widget = Input(type="tel")

    def __init__(self, label: Any, *checks: Any, **keywords: Any) -> None:
        """A number without a country's code is one of Cambodia."""
        super().__init__(label, *checks, longest=30, **{"width": "20", "inputmode": "tel"} | keywords)

    def cleaned(self, posted: str) -> str:
        """The number as it is kept."""
        typed = text.clean(posted.translate(text.KHMER_DIGITS))
        number = _read(typed)
        return phonenumbers.format_number(number, _INTERNATIONAL) if number else typed

    def post_validate(self, _form: BaseForm, validation_stopped: bool) -> None:  # noqa: FBT001 - WTForms calls it
        """Refuse what nobody can dial; whether somebody answers is not known."""
        if not validation_stopped and not self.errors and _read(self.data or "") is None:
            raise ValidationError(gettext("Write a phone number like 012 345 678 or +855 12 345 678."))


_INTERNATIONAL = phonenumbers.PhoneNumberFormat.INTERNATIONAL


def _read(typed: str) -> phonenumbers.PhoneNumber | None:
    try:
        number = phonenumbers.parse(typed, HOME)
    except phonenumbers.NumberParseException:
        return None
    # An extension or letters in place of digits would not survive being dialled.
    plain = not number.extension and not any(sign.isalpha() for sign in typed)
    return number if plain and phonenumbers.is_possible_number(number) else None
