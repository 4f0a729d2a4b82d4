"""What a form says when an answer cannot be used: one sentence that says what to do, in the reader's words.

WTForms brings no Khmer, and its English says what is wrong rather than what to do. Each of its messages is
therefore exchanged here for a sentence of ours, translated like every other text of the pages.
"""

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l

IN_PLACE_OF: dict[str, LazyString] = {
    "This field is required.": _l("Answer this question."),
    "This field cannot be edited.": _l("This answer cannot be changed. Load the page again."),
    "This field is disabled and cannot have a value.": _l(
        "This answer cannot be changed. Load the page again."
    ),
    "Not a valid choice.": _l("Choose one of the answers in the list."),
    "Invalid Choice: could not coerce.": _l("Choose one of the answers in the list."),
    "Invalid choice(s): one or more data inputs could not be coerced.": _l(
        "Choose only answers in the list."
    ),
    "'%(value)s' is not a valid choice for this field.": _l("Choose only answers in the list."),
    "'%(value)s' are not valid choices for this field.": _l("Choose only answers in the list."),
    "Not a valid integer value.": _l("Write a whole number, for example 12."),
    "Not a valid decimal value.": _l("Write a number, for example 12 or 12.50."),
    "Not a valid float value.": _l("Write a number, for example 12 or 12.50."),
    "Not a valid date value.": _l("Write the day, the month and the year as numbers, for example 27 3 2026."),
    "Not a valid datetime value.": _l("Write the day and the time as numbers."),
    "Not a valid time value.": _l("Write the time as numbers, for example 14:30."),
    "Not a valid week value.": _l("Write the week as a number."),
    "Field must be at least %(min)d character long.": _l("Write at least %(min)d characters."),
    "Field must be at least %(min)d characters long.": _l("Write at least %(min)d characters."),
    "Field cannot be longer than %(max)d character.": _l("Write no more than %(max)d characters."),
    "Field cannot be longer than %(max)d characters.": _l("Write no more than %(max)d characters."),
    "Field must be exactly %(max)d character long.": _l("Write exactly %(max)d characters."),
    "Field must be exactly %(max)d characters long.": _l("Write exactly %(max)d characters."),
    "Field must be between %(min)d and %(max)d characters long.": _l(
        "Write between %(min)d and %(max)d characters."
    ),
    "Field must be equal to %(other_name)s.": _l("Write the same in both places."),
    "Number must be at least %(min)s.": _l("Write a number that is %(min)s or more."),
    "Number must be at most %(max)s.": _l("Write a number that is %(max)s or less."),
    "Number must be between %(min)s and %(max)s.": _l("Write a number from %(min)s to %(max)s."),
    "Date must be at least %(min)s.": _l("Write a date that is %(min)s or later."),
    "Date must be at most %(max)s.": _l("Write a date that is %(max)s or earlier."),
    "Date must be between %(min)s and %(max)s.": _l("Write a date from %(min)s to %(max)s."),
    "Invalid email address.": _l("Write an e-mail address like name@example.org."),
    "Invalid URL.": _l("Write a web address like https://www.example.org."),
    "Invalid input.": _l("Write this answer in another way."),
    "Invalid IP address.": _l("Write this answer in another way."),
    "Invalid Mac address.": _l("Write this answer in another way."),
    "Invalid UUID.": _l("Write this answer in another way."),
    "Invalid value, must be one of: %(values)s.": _l("Choose one of these: %(values)s."),
    "Invalid value, can't be any of: %(values)s.": _l("Write something else than: %(values)s."),
}


class Sentences:
    """What WTForms asks for its messages: our sentence where we have one, else the catalogue's."""

    def gettext(self, string: str) -> str:
        """The sentence in the reader's language; names such as %(min)d are left for WTForms to fill."""
        ours = IN_PLACE_OF.get(string)
        return str(ours) if ours is not None else str(gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """As gettext; our sentences read the same for one and for many."""
        return self.gettext(singular if n == 1 else plural)
