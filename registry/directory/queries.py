"""What the public asks: who is accredited, for what, in which province."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from registry.compliance.states import Label
from registry.directory.models import Provider
from registry.kernel.db import db

_INVISIBLE = str.maketrans("", "", "\u200b\u200c\u200d\u2060\ufeff\u00ad")


@dataclass(frozen=True)
class Search:
    """What somebody looks for; every part that is given must fit."""

    words: str = ""
    services: Collection[str] = ()
    groups: Collection[str] = ()
    provinces: Collection[str] = ()
    label: str = ""


def folded(text: str) -> str:
    """Text as it is compared: case, accents, width, spaces and invisible characters do not count."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_INVISIBLE)
    # Only marks on Latin letters are dropped: Khmer vowels and signs are marks too, and carry meaning.
    kept = (letter for letter in plain if not "\u0300" <= letter <= "\u036f" and not letter.isspace())
    return unicodedata.normalize("NFC", "".join(kept))


def provider(reference: str) -> Provider | None:
    """One provider, in force or not: an address once printed answers for good."""
    found = db.session.get(Provider, reference)
    return found if found and found.standing else None


def find(search: Search) -> list[Provider]:
    """The providers that fit, accredited ones first, by name."""
    found = [each for each in everybody() if each.standing and _fits(each, search)]
    return sorted(
        found,
        key=lambda each: (
            not (each.standing and each.standing.label.is_accredited),
            each.name_latin.casefold(),
            each.reference,
        ),
    )


def everybody() -> Sequence[Provider]:
    """Every provider that the public can see."""
    rows = db.session.scalars(select(Provider).order_by(Provider.reference)).all()
    return [each for each in rows if each.standing]


def _fits(each: Provider, search: Search) -> bool:
    standing = each.standing
    wanted = (
        (search.services, each.services),
        (search.groups, each.groups),
        (search.provinces, each.provinces),
    )
    return (
        folded(search.words) in each.search_key
        and all(not asked or not set(asked).isdisjoint(has) for asked, has in wanted)
        and (not search.label or (standing is not None and standing.label == _label(search.label)))
    )


def _label(word: str) -> Label | None:
    return Label(word) if word in set(Label) else None
