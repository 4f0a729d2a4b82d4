"""Changing one number of the terms, or the texts of one obligation, in an edition that is a draft."""

from collections.abc import Callable
from decimal import Decimal

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from contracts import amending
from contracts.comparing import rests_on
from contracts.edition import Edition, Obligation
from forms.base import PageForm
from forms.editions import ParameterForm, TextsForm, texts_form
from registry.editions import operations, queries
from registry.editions.models import OwnEdition
from registry.editions.states import EDITION, EditionMove
from registry.kernel.moves import next_status
from registry.people.states import Act
from registry.views import answers, compared, guard, pages
from registry.views.ministry import files
from registry.views.ministry.door import ministry


@ministry.get("/editions/<name>/numbers/<key>")
@guard.may(Act.EDIT_EDITIONS)
def parameter(name: str, key: str) -> guard.Answer:
    """Which number should it be?"""
    row, content = _draft(name)
    found = files.known(content.parameter, key)
    form = ParameterForm(number=None if found.value is None else Decimal(str(found.value)))
    return _parameter_page(row, content, key, form)


@ministry.post("/editions/<name>/numbers/<key>")
@guard.may(Act.EDIT_EDITIONS)
def save_parameter(name: str, key: str) -> guard.Answer:
    """Set the number in the draft; the edition in force stays as it is."""
    row, content = _draft(name)
    form, label = ParameterForm.posted(request.form), pages.said(files.known(content.parameter, key).label)
    if form.validate() and _attempt(
        form, "number", lambda: operations.change_parameter(row, key, form.number.data, by=guard.me())
    ):
        return _saved(name, label, "numbers")
    return _parameter_page(*_draft(name), key, form)


@ministry.get("/editions/<name>/obligations/<code>")
@guard.may(Act.EDIT_EDITIONS)
def obligation(name: str, code: str) -> guard.Answer:
    """How should it read, in both languages?"""
    row, content = _draft(name)
    found = files.known(content.obligation, code)
    written = {
        f"{field}_{language}": getattr(found, field).of(language)
        for field in amending.texts_of(found)
        for language in ("km", "en")
    }
    return _obligation_page(row, content, found, _form_of(found)(**written))


@ministry.post("/editions/<name>/obligations/<code>")
@guard.may(Act.EDIT_EDITIONS)
def save_obligation(name: str, code: str) -> guard.Answer:
    """Change the texts in the draft; the edition in force stays as it is."""
    row, content = _draft(name)
    found = files.known(content.obligation, code)
    form = _form_of(found).posted(request.form)
    if form.validate() and _attempt(
        form, "", lambda: operations.change_texts(row, code, form.texts(), by=guard.me())
    ):
        return _saved(name, code, "obligations")
    return _obligation_page(*_draft(name), found, form)


def _draft(name: str) -> tuple[OwnEdition, Edition]:
    row, content = files.own_edition(name)
    next_status(EDITION, row.status, EditionMove.CHANGE)
    return row, content


def _attempt(form: PageForm, field: str, act: Callable[[], object]) -> bool:
    """As `guard.attempt`; where other records do not allow it, the page names the record and the field."""
    where: list[operations.DoesNotFit] = []

    def watched() -> None:
        try:
            act()
        except operations.DoesNotFit as refusal:
            where.append(refusal)
            raise

    done = guard.attempt(form, field, watched)
    for each in where:
        form.refuse(
            "", gettext("The record: %(record)s. Its field: %(field)s.", record=each.record, field=each.field)
        )
    return done


def _form_of(found: Obligation) -> type[TextsForm]:
    return texts_form(amending.texts_of(found), compared.TEXTS)


def _parameter_page(row: OwnEdition, content: Edition, key: str, form: ParameterForm) -> str:
    old = queries.edition(row.based_on)
    return pages.page(
        "ministry/edition_parameter.html",
        name=row.name,
        parameter=content.parameter(key),
        before=compared.value(old, old.parameter(key)),
        basis=old.parameter(key).basis,
        used=[each for each in content.obligations if key in rests_on(content, each)],
        form=form,
    )


def _obligation_page(row: OwnEdition, content: Edition, found: Obligation, form: TextsForm) -> str:
    fields = amending.texts_of(found)
    return pages.page(
        "ministry/edition_obligation.html",
        name=row.name,
        obligation=found,
        texts=[(field, compared.TEXTS[field]) for field in fields],
        twins=content.twins(found.code),
        numbers=answers.numbers_in(content, found),
        form=form,
    )


def _saved(name: str, what: str, part: str) -> guard.Answer:
    flash(gettext("Kept in the draft: %(what)s. Nothing in force has changed.", what=what), "success")
    return redirect(url_for("ministry.edition", name=name, _anchor=part), 303)
