"""What is changed in an edition of the terms: one number, or the texts of one obligation."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from contracts.records import Text
from forms import text
from forms.base import PageForm
from forms.fields import AmountField, LongTextField

ROWS = {"title": 2, "plain": 8, "why": 4, "clause": 8, "evidence": 5}


class ParameterForm(PageForm):
    """One number of the terms."""

    number = AmountField(
        _l("Number"),
        optional=True,
        hint=_l("Leave it empty when the Ministry has not set it; the pages then say so."),
    )


class ParagraphField(LongTextField):
    """A text of the terms: shown on several lines, kept as one paragraph."""

    def cleaned(self, posted: str) -> str:
        """Line breaks are spaces: a clause is one paragraph of the memorandum."""
        return text.clean(" ".join(text.clean_lines(posted).split("\n")))


class TextsForm(PageForm):
    """The texts of one obligation in both languages; `texts_form` puts the fields in."""

    def texts(self) -> dict[str, Text]:
        """What was written, by field."""
        names = dict.fromkeys(name.rpartition("_")[0] for name in self.data)
        return {name: Text(km=self.data[f"{name}_km"], en=self.data[f"{name}_en"]) for name in names}


def texts_form(fields: Sequence[str], names: Mapping[str, LazyString]) -> type[TextsForm]:
    """The form for these texts of an obligation."""
    made: dict[str, Any] = {}
    for field in fields:
        made[f"{field}_km"] = _paragraph(names[field], "km", ROWS[field])
        made[f"{field}_en"] = _paragraph(names[field], "en", ROWS[field])
    return type("ObligationForm", (TextsForm,), {"__doc__": "Each text in both languages.", **made})


def _paragraph(name: LazyString, language: str, rows: int) -> ParagraphField:
    spoken = _l("in Khmer") if language == "km" else _l("in English")
    return ParagraphField(
        LazyString(lambda: f"{name} {spoken}"),
        missing=_l("Write the text in both languages."),
        language=language,
        longest=4000,
        rows=rows,
    )
