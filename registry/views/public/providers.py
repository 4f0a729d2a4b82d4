"""The list of providers and the permanent page of each, from the public tables only."""

from collections.abc import Mapping
from typing import Any

from flask import abort, request, url_for

from contracts.edition import Edition
from contracts.records import Choice, Mark
from forms.public import SearchForm
from registry.compliance.states import Label as Standing
from registry.directory import queries as directory
from registry.directory.models import Provider
from registry.editions import queries as editions
from registry.kernel import clock
from registry.views import guard
from registry.views.labels import STANDING
from registry.views.pages import language, page, said
from registry.views.public.door import public
from registry.views.public.meanings import MEANINGS

ON_A_PAGE = 20
FILTERS = ("words", "service", "group", "province", "label")


@public.get("/providers")
@guard.anyone
def providers() -> str:
    asked = _asked()
    found = directory.find(_search(asked))
    pages = max(1, -(-len(found) // ON_A_PAGE))
    here = min(max(request.args.get("page", 1, type=int), 1), pages)
    edition = editions.current()
    return page(
        "public/providers.html",
        question=_form(asked),
        found=len(found),
        cards=[_card(each, edition) for each in found[(here - 1) * ON_A_PAGE : here * ON_A_PAGE]],
        filters=_filters(asked, edition),
        chosen=bool(set(asked) - {"words"}),
        here=here,
        pages=pages,
        address=lambda number: url_for("public.providers", **asked, page=number),
        anybody=bool(directory.everybody()),
    )


@public.get("/providers/<reference>")
@guard.anyone
def provider(reference: str) -> str:
    found = directory.provider(reference)
    if found is None or found.standing is None:
        abort(404)
    edition = editions.edition(found.edition)
    rights = [right for right in edition.rights if right.mark is not Mark.N]
    return page(
        "public/provider.html",
        provider=found,
        standing=found.standing,
        name=found.name[language()],
        other_name=_other_name(found),
        meaning=MEANINGS[found.standing.label],
        services=_names(edition.services, found.services),
        groups=_names(edition.groups, found.groups),
        provinces=_names(edition.provinces, found.provinces),
        rights=[right.name for right in rights if right.key in found.rights],
        unknown_rights=len(edition.rights) - len(rights),
        next_due=found.oldest_owed if found.oldest_owed and found.oldest_owed >= clock.today() else None,
        edition_title=edition.title,
    )


def _asked() -> dict[str, Any]:
    """What stands in the address and can be used: the words as typed, the rest from the closed lists."""
    form = SearchForm.posted(request.args)
    form.label.choices = _labels()
    form.validate()
    return {name: form[name].data for name in FILTERS if form[name].data and not form[name].errors}


def _form(asked: Mapping[str, str]) -> SearchForm:
    form = SearchForm(data=dict(asked))
    form.label.choices = _labels()
    return form


def _labels() -> list[tuple[str, str]]:
    return [(label.value, str(STANDING[label].text)) for label in Standing]


def _search(asked: Mapping[str, str]) -> directory.Search:
    def only(name: str) -> tuple[str, ...]:
        return (asked[name],) if name in asked else ()

    return directory.Search(
        words=asked.get("words", ""),
        services=only("service"),
        groups=only("group"),
        provinces=only("province"),
        label=asked.get("label", ""),
    )


def _filters(asked: Mapping[str, Any], edition: Edition) -> list[dict[str, str]]:
    """Each filter in use, in words, with the address of the list without it."""
    names = {
        **{choice.code: said(choice.name) for choice in (*edition.services, *edition.groups)},
        **{choice.code: said(choice.name) for choice in edition.provinces},
        **dict(_labels()),
    }
    return [
        {
            "text": value if name == "words" else names[value],
            "href": url_for("public.providers", **{key: asked[key] for key in asked if key != name}),
        }
        for name, value in asked.items()
    ]


def _card(each: Provider, edition: Edition) -> dict[str, object]:
    return {
        "name": each.name[language()],
        "language": _script(each),
        "href": url_for("public.provider", reference=each.reference),
        "other_name": _other_name(each),
        "other_language": "km" if language() == "en" else "en",
        "services": _names(edition.services, each.services),
        "provinces": _names(edition.provinces, each.provinces),
        "since": each.accredited_since,
        "until": each.expires_on,
        "reference": each.reference,
        "standing": each.standing,
    }


def _other_name(each: Provider) -> str:
    other = each.name_km if language() == "en" else each.name_latin
    return other if other != each.name[language()] else ""


def _script(each: Provider) -> str:
    """The language to mark the name with, where it has no name in the language of the page."""
    own = each.name_km if language() == "km" else each.name_latin
    return "" if own else ("en" if language() == "km" else "km")


def _names(choices: tuple[Choice, ...], codes: list[str]) -> list[str]:
    return [said(choice.name) for choice in choices if choice.code in codes]
