"""What every form of a page shares: our sentences, one way to read a post, one list of problems."""

from collections.abc import Iterator
from typing import Any, Self

import wtforms
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms.meta import DefaultMeta

from forms.checks import Sentence
from forms.fields import FileField
from forms.sentences import Sentences
from forms.widgets import component

Problem = tuple[str, str]
"""The id of the input it is about ("" for the whole form), and the sentence."""


class PageForm(wtforms.Form):
    """The form of one page; the token against forged posts is put in by templates/macros/form.html."""

    class Meta(DefaultMeta):
        """How WTForms gets its words."""

        def get_translations(self, _form: object) -> Sentences:
            """Ours, in the language of the page."""
            return Sentences()

    @classmethod
    def posted(
        cls, answers: MultiDict[str, str], files: MultiDict[str, FileStorage] | None = None, **keywords: Any
    ) -> Self:
        """The form filled with what a browser sent: request.form and, for files, request.files."""
        together: MultiDict[str, Any] = MultiDict(answers)
        for name, upload in files.items(multi=True) if files else ():
            together.add(name, upload)
        return cls(formdata=together, **keywords)

    @property
    def multipart(self) -> bool:
        """Whether the page has to send files."""
        return any(isinstance(field, FileField) for field in self)

    def refuse(self, name: str, sentence: Sentence) -> None:
        """Put an operation's refusal at one field ("" for the whole form), to be shown like any other."""
        if not name:
            self.form_errors.append(str(sentence))
            return
        field = self[name]
        field.errors = [*field.errors, str(sentence)]

    def problems(self) -> list[Problem]:
        """All that is to be put right, in the order of the page; the first sentence of each field."""
        return [("", str(sentence)) for sentence in self.form_errors] + list(_problems(self))

    def error_summary(self) -> Markup:
        """The box on top of the page that lists the problems, focused without a script; else empty."""
        problems = self.problems()
        if not problems:
            return Markup("")
        lines = [{"text": sentence} | ({"href": f"#{id_}"} if id_ else {}) for id_, sentence in problems]
        return component(
            "error-summary",
            "govukErrorSummary",
            {
                "titleText": gettext("There is a problem"),
                "errorList": lines,
                "disableAutoFocus": True,
                "attributes": {"tabindex": "-1", "autofocus": {"value": True, "optional": True}},
            },
        )


def say_nothing_of_optional(form: wtforms.form.BaseForm) -> None:
    """Where nothing is required (a search, a description), "(optional)" at every question is only noise."""
    field: Any
    for field in form:
        if isinstance(field, wtforms.FormField):
            say_nothing_of_optional(field.form)
        else:
            field.is_optional = False


def _problems(form: wtforms.form.BaseForm) -> Iterator[Problem]:
    for field in form:
        if isinstance(field, wtforms.FormField):
            yield from _problems(field.form)
        elif isinstance(field, wtforms.FieldList):
            yield from _problems_of_list(field)
        elif field.errors:
            yield field.id, str(field.errors[0])


def _problems_of_list(fields: "wtforms.FieldList[Any]") -> Iterator[Problem]:
    for entry in fields:
        if isinstance(entry, wtforms.FormField):
            yield from _problems(entry.form)
        elif entry.errors:
            yield entry.id, str(entry.errors[0])
