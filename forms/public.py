"""The forms of the public pages: searching for a provider, checking a memorandum."""

from typing import Any

from flask_babel import lazy_gettext as _l

from contracts import terms
from contracts.edition import Edition
from forms.base import PageForm, say_nothing_of_optional
from forms.choices import named
from forms.fields import FileField, SelectField, TextField


def _edition() -> Edition:
    return terms.load_edition(terms.CURRENT)


class SearchForm(PageForm):
    """What somebody looks for in the list of providers; each answer is left open unless chosen."""

    words = TextField(_l("Name or words"), optional=True, longest=100)
    service = SelectField(_l("Service"), choices=named(lambda: _edition().services), optional=True)
    group = SelectField(_l("For whom"), choices=named(lambda: _edition().groups), optional=True)
    province = SelectField(_l("Province"), choices=named(lambda: _edition().provinces), optional=True)
    label = SelectField(_l("Label"), choices=[], optional=True)

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        say_nothing_of_optional(self)


class CodeForm(PageForm):
    """The code that stands on a memorandum."""

    code = TextField(
        _l("Code on the memorandum"),
        missing=_l("Type the code that stands on the memorandum."),
        hint=_l(
            "It stands under the QR code: 11 letters and digits. Spaces and small letters do not matter."
        ),
        longest=40,
        width="20",
        spellcheck=False,
        autocomplete="off",
    )


class UploadForm(PageForm):
    """A file that somebody wants to have checked; nothing of it is kept."""

    file = FileField(
        _l("File of the memorandum"),
        missing=_l("Choose the PDF file of the memorandum."),
        hint=_l("A PDF of at most 10 MB. It is checked and then forgotten."),
        accept="application/pdf,.pdf",
    )
