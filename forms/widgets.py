"""How fields are drawn: the accessible markup of govuk-frontend, with every word in it taken from us.

The macros come from the package govuk-frontend-jinja, in a template environment of their own: they lean on
undefined values, which pages may refuse, and need nothing from a request. So nothing has to be bound.
"""

from functools import cache
from typing import Any

from flask_babel import gettext
from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup
from wtforms import Field

Parameters = dict[str, Any]


@cache
def _macros() -> Environment:
    loader = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def component(name: str, macro: str, parameters: Parameters) -> Markup:
    """One component of govuk-frontend: name of its folder ("date-input") and macro ("govukDateInput")."""
    template = _macros().get_template(f"govuk_frontend_jinja/components/{name}/macro.html")
    drawn = getattr(template.module, macro)(parameters)
    return Markup(drawn)  # noqa: S704  (the macro has escaped what it was given)


class Widget:
    """What all widgets share: label, hint, the first error, the language of the answer."""

    component = "input"
    macro = "govukInput"

    def __call__(self, field: Field, **look: Any) -> Markup:
        """Draw the field; look overrides how it looks on this page only."""
        wanted = getattr(field, "look", {}) | look
        return component(self.component, self.macro, _common(field, wanted) | self.parameters(field, wanted))

    def parameters(self, field: Any, look: Parameters) -> Parameters:
        """What only this kind of field gives to its macro."""
        return {"value": field._value()} | _of_input(look)


def _common(field: Field, look: Parameters) -> Parameters:
    common: Parameters = {"id": field.id, "name": field.name, "label": _label(field, look), "attributes": {}}
    if "language" in look:
        common["attributes"] = {"lang": look["language"]}
    if field.description:
        common["hint"] = {"text": str(field.description)}
    if field.errors:
        common["errorMessage"] = _error(field)
    return common


def _error(field: Field) -> Parameters:
    return {"text": str(field.errors[0]), "visuallyHiddenText": gettext("Error")}


def _label(field: Field, look: Parameters) -> Parameters:
    words = str(field.label.text)
    if getattr(field, "is_optional", False) and not look.get("unmarked"):
        words = gettext("%(question)s (optional)", question=words)
    if look.get("heading"):
        return {"text": words, "classes": "govuk-label--l", "isPageHeading": True}
    return {"text": words}


def _of_input(look: Parameters) -> Parameters:
    given: Parameters = {key: look[key] for key in ("autocomplete", "inputmode", "spellcheck") if key in look}
    if "width" in look:
        given["classes"] = f"govuk-input--width-{look['width']}"
    for side in ("prefix", "suffix"):
        if look.get(side):
            given[side] = {"text": str(look[side])}
    return given


def _fieldset(field: Field, look: Parameters) -> Parameters:
    label = _label(field, look)
    size = "l" if look.get("heading") else "s"
    return {"legend": label | {"classes": f"govuk-fieldset__legend--{size}"}}


class Input(Widget):
    """One line: text, e-mail, search, a number written as text."""

    def __init__(self, type: str = "text") -> None:
        self.type = type

    def parameters(self, field: Any, look: Parameters) -> Parameters:
        """The line and its type."""
        return super().parameters(field, look) | {"type": self.type}


class Password(Widget):
    """A secret: nothing is ever written into it."""

    def parameters(self, _field: Any, look: Parameters) -> Parameters:
        """No value; password managers are told what it is for."""
        plain = {"type": "password", "spellcheck": False, "autocapitalize": "none"}
        return _of_input({"autocomplete": "current-password", "width": "20"} | look) | plain


class Textarea(Widget):
    """Several lines."""

    component = "textarea"
    macro = "govukTextarea"

    def parameters(self, field: Any, look: Parameters) -> Parameters:
        """The lines and how many are in sight."""
        return {"value": field._value(), "rows": look.get("rows", 5)}


class Select(Widget):
    """A closed list."""

    component = "select"
    macro = "govukSelect"

    def parameters(self, field: Any, _look: Parameters) -> Parameters:
        """The list, after a first line that chooses nothing."""
        first = {"value": "", "text": gettext("Choose from the list"), "selected": not field.data}
        return {"items": [first, *(_plain(item) for item in _items(field, {}))]}


class Radios(Widget):
    """One of a few."""

    component = "radios"
    macro = "govukRadios"

    def parameters(self, field: Any, look: Parameters) -> Parameters:
        """A group with a legend; the first button carries the field's id for the error summary."""
        classes = {"classes": f"govuk-{self.component}--inline"} if look.get("inline") else {}
        return {
            "idPrefix": field.id,
            "label": None,
            "fieldset": _fieldset(field, look),
            "items": _items(field, look.get("hints", {})),
        } | classes


class Checkboxes(Radios):
    """Any of a few."""

    component = "checkboxes"
    macro = "govukCheckboxes"


def _items(field: Any, hints: dict[str, Any]) -> list[Parameters]:
    items = []
    for choice in field.iter_choices():
        item = {"value": str(choice.value), "text": str(choice.label), "checked": bool(choice.selected)}
        if choice.value in hints:
            item["hint"] = {"text": str(hints[choice.value])}
        items.append(item)
    return items


def _plain(item: Parameters) -> Parameters:
    return {"value": item["value"], "text": item["text"], "selected": item["checked"]}


class Tick(Widget):
    """One box with its own words beside it."""

    component = "checkboxes"
    macro = "govukCheckboxes"

    def parameters(self, field: Any, _look: Parameters) -> Parameters:
        """A group of one; its words are the label, the hint stands under them."""
        item: Parameters = {"value": "y", "text": str(field.label.text), "checked": bool(field.data)}
        if field.description:
            item["hint"] = {"text": str(field.description)}
        return {"idPrefix": field.id, "label": None, "hint": None, "items": [item]}


class Date(Widget):
    """Day, month and year; the day box carries the field's id, so that the error summary can point at it."""

    component = "date-input"
    macro = "govukDateInput"

    def parameters(self, field: Any, look: Parameters) -> Parameters:
        """A group of three boxes under one name."""
        ids = (field.id, f"{field.id}-month", f"{field.id}-year")
        words = (gettext("Day"), gettext("Month"), gettext("Year"))
        wrong = " govuk-input--error" if field.errors else ""
        boxes = zip(ids, words, field.boxes(), (2, 2, 4), strict=True)
        return {
            "id": f"{field.id}-group",
            "label": None,
            "fieldset": _fieldset(field, look),
            "items": [
                {
                    "name": field.name,
                    "id": id_,
                    "label": word,
                    "value": value,
                    "classes": f"govuk-input--width-{width}{wrong}",
                }
                for id_, word, value, width in boxes
            ],
        }


class File(Widget):
    """A file from the reader's own device."""

    component = "file-upload"
    macro = "govukFileUpload"

    def parameters(self, _field: Any, look: Parameters) -> Parameters:
        """Which kinds the device offers first; this refuses nothing."""
        language = {"lang": look["language"]} if "language" in look else {}
        return {"attributes": language | ({"accept": look["accept"]} if "accept" in look else {})}


class Hidden(Widget):
    """Carried along, not shown."""

    def __call__(self, field: Any, **_look: Any) -> Markup:
        """One hidden input."""
        return Markup('<input type="hidden" id="{}" name="{}" value="{}">').format(
            field.id, field.name, field._value()
        )
