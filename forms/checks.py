"""What an answer must fulfil; every check speaks in a sentence that says what to do."""

from typing import Any, Protocol, TypeAlias

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import StopValidation, ValidationError

Sentence: TypeAlias = str | LazyString


class Check(Protocol):
    """A check as WTForms calls it: raises ValidationError with a sentence, else nothing happens."""

    def __call__(self, form: Any, field: Any, /) -> object:
        """Look at field.data."""


def is_blank(field: Field) -> bool:
    """Whether nothing was posted: no value, only spaces in every box, or a file input left empty."""
    return not any(_holds_something(value) for value in field.raw_data or [])


def _holds_something(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


class Answered:
    """Something must be answered; the sentence names the question."""

    def __init__(self, sentence: Sentence | None = None) -> None:
        self.sentence = sentence

    def __call__(self, _form: object, field: Field) -> None:
        """Stop with one sentence when nothing was answered, whatever else is wrong."""
        if not is_blank(field):
            return
        field.errors = []
        raise StopValidation(
            str(self.sentence or gettext("Answer this: %(question)s", question=field.label.text))
        )


class MayBeEmpty:
    """Nothing answered is an answer too; then no other check runs."""

    def __call__(self, _form: object, field: Field) -> None:
        """Stop in silence when nothing was answered."""
        if is_blank(field):
            field.errors = []
            raise StopValidation


class Readable:
    """An answer that could not be read gets that one sentence, not a second one about its size."""

    def __call__(self, _form: object, field: Field) -> None:
        """Stop when reading the answer has failed already."""
        if field.errors:
            raise StopValidation


class Longest:
    """Text of no more than so many characters."""

    def __init__(self, characters: int) -> None:
        self.characters = characters

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse longer text and say by how much it is too long."""
        over = len(field.data or "") - self.characters
        if over > 0:
            sentence = _l(
                "Write no more than %(most)d characters: this is %(over)d too many.",
                most=self.characters,
                over=over,
            )
            raise ValidationError(str(sentence))


class Within:
    """A number from smallest to largest, both included."""

    def __init__(self, smallest: int, largest: int) -> None:
        self.smallest, self.largest = smallest, largest

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse a number outside."""
        if field.data is None or not self.smallest <= field.data <= self.largest:
            sentence = _l("Write a number from %(min)s to %(max)s.", min=self.smallest, max=self.largest)
            raise ValidationError(str(sentence))
