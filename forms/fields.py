"""The kinds of question a page can ask; each reads what was posted, checks it and draws itself."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import wtforms
from flask_babel import gettext
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from forms import text, widgets
from forms.checks import Answered, Check, Longest, MayBeEmpty, Readable, Sentence, Within

LOOKS = frozenset(
    {
        "language",
        "width",
        "autocomplete",
        "inputmode",
        "spellcheck",
        "prefix",
        "suffix",
        "rows",
        "heading",
        "hints",
        "accept",
        "inline",
    }
)
"""Keywords that change how a field looks, never what it accepts; see docs/design-system.md."""


class Question:
    """Mixed into every field: required unless optional=True, a hint, and how it looks."""

    def __init__(
        self, label: Sentence, *checks: Check, hint: Sentence = "", optional: bool = False, **keywords: Any
    ) -> None:
        """hint: under the label; missing="...": the sentence for no answer; LOOKS; the rest is WTForms'."""
        self.look = {name: keywords.pop(name) for name in LOOKS & keywords.keys()}
        missing = keywords.pop("missing", None)
        self.is_optional = optional
        first = MayBeEmpty() if optional else Answered(missing)
        super().__init__(label, [first, Readable(), *checks], description=hint, **keywords)  # type: ignore[call-arg]


class TextField(Question, wtforms.StringField):
    """One line of text; data is clean text, "" when empty."""

    widget: widgets.Widget = widgets.Input()
    allowed = ""

    def __init__(self, label: Sentence, *checks: Check, longest: int = 200, **keywords: Any) -> None:
        """longest: in characters."""
        super().__init__(label, Longest(longest), *checks, **keywords)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep what was posted for showing it again, clean it for use."""
        posted = valuelist[0] if valuelist and isinstance(valuelist[0], str) else ""
        self.data = self.cleaned(posted)
        text.refuse_hidden(self.data, allowed=self.allowed)

    def cleaned(self, posted: str) -> str:
        """The text as it is kept."""
        return text.clean(posted)

    def _value(self) -> str:
        return text.printable(str(self.data or ""), allowed=self.allowed)


class LongTextField(TextField):
    """Several lines of text."""

    widget = widgets.Textarea()
    allowed = text.LINE_BREAKS

    def __init__(self, label: Sentence, *checks: Check, longest: int = 2000, **keywords: Any) -> None:
        """longest: in characters."""
        super().__init__(label, *checks, longest=longest, **keywords)

    def cleaned(self, posted: str) -> str:
        """The text with its line breaks."""
        return text.clean_lines(posted)


class SecretField(TextField):
    """A password or a code: never stripped, never sent back."""

    widget = widgets.Password()

    def __init__(self, label: Sentence, *checks: Check, longest: int = 128, **keywords: Any) -> None:
        """longest: in characters; long phrases are welcome, endless ones only cost hashing time."""
        super().__init__(label, *checks, longest=longest, **keywords)

    def cleaned(self, posted: str) -> str:
        """As posted: a space may be part of a password."""
        return posted

    def _value(self) -> str:
        return ""


class CodeField(TextField):
    """A short code in digits, as an authenticator shows it; spaces and Khmer digits are understood."""

    def cleaned(self, posted: str) -> str:
        """The code without spaces."""
        return text.plain_digits(posted)


# Plain ASCII on purpose: few mail servers in the country take other signs before the @.
MAILBOX = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+")


class EmailField(TextField):
    """An e-mail address; data is the address in lower case."""

    widget = widgets.Input(type="email")

    def cleaned(self, posted: str) -> str:
        """The address as letters are sent to it."""
        return text.clean(posted).lower()

    def post_validate(self, _form: BaseForm, validation_stopped: bool) -> None:  # noqa: FBT001  (WTForms calls it)
        """Refuse what no ordinary mail server takes; whether it exists is found out by writing to it."""
        if validation_stopped or self.errors:
            return
        if not MAILBOX.fullmatch(self.data or ""):
            raise ValidationError(gettext("Write an e-mail address like name@example.org."))


class WholeNumberField(Question, wtforms.IntegerField):
    """A whole number from smallest to largest, also in Khmer digits; data is int or None."""

    widget = widgets.Input()

    def __init__(
        self, label: Sentence, *checks: Check, smallest: int = 0, largest: int = 1_000_000, **keywords: Any
    ) -> None:
        """Both ends are allowed."""
        super().__init__(
            label, Within(smallest, largest), *checks, **{"inputmode": "numeric", "width": "5"} | keywords
        )

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read digits only: int() would also take 1_000 and a plus sign."""
        self.data = None
        posted = text.plain_digits(str(valuelist[0])).replace(",", "") if valuelist else ""
        if not posted:
            return
        if not re.fullmatch(r"-?[0-9]{1,12}", posted):
            raise ValueError(gettext("Write a whole number, for example 12."))
        self.data = int(posted)

    def _value(self) -> str:
        return _posted_or_kept(self)


class AmountField(Question, wtforms.DecimalField):
    """An amount of money or another number with up to two decimals; data is Decimal or None."""

    widget = widgets.Input()

    def __init__(self, label: Sentence, *checks: Check, largest: int = 10**9, **keywords: Any) -> None:
        """largest: in the unit that the label names."""
        super().__init__(
            label, Within(0, largest), *checks, **{"inputmode": "decimal", "width": "10"} | keywords
        )

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read digits with at most one point."""
        self.data = None
        posted = text.plain_digits(str(valuelist[0])).replace(",", "") if valuelist else ""
        if not posted:
            return
        if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,2})?", posted):
            raise ValueError(gettext("Write a number, for example 12 or 12.50."))
        self.data = Decimal(posted)

    def _value(self) -> str:
        return _posted_or_kept(self)


def _posted_or_kept(field: wtforms.Field) -> str:
    if field.raw_data:
        return text.printable(str(field.raw_data[0]))
    return "" if field.data is None else str(field.data)


YEARS = range(1900, 2201)


class DayField(Question, wtforms.Field):
    """A date in three boxes (day, month, year), all posted under one name; data is a date or None.

    A single value in the form 2026-03-27 is understood too. Years from 1900 to 2200.
    """

    widget = widgets.Date()

    def process_formdata(self, _valuelist: list[Any]) -> None:
        """Read whatever number of boxes came."""
        self.data = None
        boxes = [text.plain_digits(str(value)) for value in self.boxes()]
        if not any(boxes):
            return
        if not all(re.fullmatch(r"[0-9]{1,4}", box) for box in boxes):
            raise ValueError(
                gettext("Write the day, the month and the year as numbers, for example 27 3 2026.")
            )
        day, month, year = (int(box) for box in boxes)
        self.data = _existing_day(year, month, day)

    def boxes(self) -> list[str]:
        """What stands in the three boxes now: as posted, else from the date."""
        if self.raw_data:
            posted = [str(value) for value in self.raw_data]
            if len(posted) == 1 and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", posted[0]):
                return posted[0].split("-")[::-1]
            return [text.printable(value) for value in [*posted, "", "", ""][:3]]
        return [str(self.data.day), str(self.data.month), str(self.data.year)] if self.data else ["", "", ""]


def _existing_day(year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise ValueError(gettext("Write the year with four digits, for example 2026."))
    try:
        return date(year, month, day)
    except ValueError as wrong:
        raise ValueError(gettext("This day does not exist. Check the day and the month.")) from wrong


class SelectField(Question, wtforms.SelectField):
    """One answer out of a long list; data is its code or "". The first line asks to choose."""

    widget = widgets.Select()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Nothing posted is nothing chosen."""
        self.data = str(valuelist[0]) if valuelist else ""


class RadioField(Question, wtforms.RadioField):
    """One answer out of a few, all in sight; data is its code or ""."""

    widget = widgets.Radios()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Nothing posted is nothing chosen."""
        self.data = str(valuelist[0]) if valuelist else ""


class CheckboxesField(Question, wtforms.SelectMultipleField):
    """Any number of answers; data is a list of codes."""

    widget = widgets.Checkboxes()


class TickField(Question, wtforms.BooleanField):
    """One box to tick; data is True or False. Required means: it must be ticked."""

    widget = widgets.Tick()


class HiddenField(TextField):
    """A value the page carries along; never trusted more than any other posted text."""

    widget = widgets.Hidden()


class FileField(Question, wtforms.FileField):
    """One uploaded file; data is a FileStorage or None. The room that takes it judges what is in it."""

    widget = widgets.File()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep only a real upload with a name; text posted under the same name is no file."""
        uploads = [value for value in valuelist if hasattr(value, "stream") and value.filename]
        self.raw_data = uploads
        self.data = uploads[0] if uploads else None
