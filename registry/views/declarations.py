"""What is said in signing a memorandum: the consent, the sentence that binds, and why somebody cannot."""

import hashlib
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from registry.kernel.moves import IllegalMove, NotAllowed, OutOfDate
from registry.memoranda.models import Memorandum
from registry.memoranda.operations import signing
from registry.memoranda.states import Field
from registry.people.models import Person
from registry.views import labels, pages


@dataclass(frozen=True)
class Stop:
    """Why somebody cannot sign now, what to do next, and the HTTP code of the page that says so."""

    code: int
    title: str
    text: str
    next_text: str
    next_url: str


def ministry_name() -> str:
    """The Ministry as the memorandum names it, in the language of the page."""
    return str(gettext("Ministry of Social Affairs, Veterans and Youth Rehabilitation"))


def consent_text() -> str:
    """What is agreed to with the one tick; kept word for word with the signature."""
    agreed = gettext(
        "I agree to sign this memorandum in electronic form. What I sign is the file kept in the register, "
        "whose fingerprint I was shown. I could ask to sign the same text by hand on paper instead, and not "
        "agreeing has no ill effect of any kind."
    )
    return str(agreed)


def digest(text: str) -> str:
    """The SHA-256 by which a text that somebody agreed to is told from a later one."""
    return hashlib.sha256(text.encode()).hexdigest()


def grouped(sha256: str) -> str:
    """A fingerprint in groups of four, as it is read aloud and compared."""
    return " ".join(sha256[start : start + 4] for start in range(0, len(sha256), 4))


def intent(memorandum: Memorandum, field: Field, person: Person) -> str:
    """The sentence that binds, in the language of the page: who signs, in which post, for whom, what."""
    organisation = pages.said(memorandum.organisation.name)
    known = {
        "name": pages.said(person.name),
        "post": post_of(person),
        "organisation": organisation,
        "ministry": ministry_name(),
        "reference": memorandum.reference,
        "edition": memorandum.edition,
        "fingerprint": grouped(memorandum.current_sha256 or ""),
    }
    for_organisation = _l(
        "I, %(name)s, %(post)s of %(organisation)s, sign memorandum %(reference)s under edition %(edition)s "
        "with the %(ministry)s; fingerprint %(fingerprint)s."
    )
    for_ministry = _l(
        "I, %(name)s, %(post)s of the %(ministry)s, sign memorandum %(reference)s under edition %(edition)s "
        "with %(organisation)s; fingerprint %(fingerprint)s."
    )
    return str(for_organisation if field is Field.ORGANISATION else for_ministry) % known


def post_of(person: Person) -> str:
    """The post by which somebody signs; their role here, where no post is written down."""
    return pages.said(person.post) or ", ".join(str(labels.ROLE[role]) for role in sorted(person.roles))


def in_letter(memorandum: Memorandum) -> dict[str, str]:
    """What the letter with the code says that the code is for, in both languages."""
    return {
        "km": f"ការចុះហត្ថលេខាលើអនុស្សារណៈលេខ {memorandum.reference}",
        "en": f"signing memorandum {memorandum.reference}",
    }


def hindrance(memorandum: Memorandum, field: Field, person: Person) -> Stop | None:
    """Why this person cannot sign this memorandum now; None when they may."""
    seen = memorandum.current_sha256 or ""
    try:
        signing.ensure_may_sign(memorandum, field, by=person, seen_sha256=seen)
    except IllegalMove:
        return not_now(memorandum, field)
    except NotAllowed as refusal:
        return _not_by_you(memorandum, field, refusal.reason)
    return None


def not_now(memorandum: Memorandum, field: Field) -> Stop:
    """The memorandum is not at the point where this party signs."""
    state = labels.of_memorandum(memorandum.status, memorandum.phase).text
    return Stop(
        409,
        gettext("This memorandum cannot be signed now"),
        gettext("How it stands: %(state)s. Its page says whose turn it is.", state=state),
        gettext("Go to the memorandum"),
        url_for(f"{field}.memorandum", reference=memorandum.reference),
    )


def not_agreed(memorandum: Memorandum, field: Field) -> Stop:
    """The steps before were not taken, or were taken for another text."""
    return Stop(
        403,
        gettext("Read the memorandum first"),
        gettext(
            "To sign, first read the text and agree to the electronic form. Nothing was signed. "
            "You can also ask to sign on paper: that has no ill effect."
        ),
        gettext("Read the memorandum"),
        url_for(f"{field}.read_to_sign", reference=memorandum.reference),
    )


def changed(memorandum: Memorandum, field: Field) -> Stop:
    """The text that the page showed is not the text that is kept now."""
    return Stop(
        409,
        gettext("The text has changed"),
        gettext(
            "The memorandum is no longer the text that you were shown. Nothing was signed. "
            "Read the present text, compare its fingerprint, and begin again."
        ),
        gettext("Read the present text"),
        url_for(f"{field}.read_to_sign", reference=memorandum.reference),
    )


def why(memorandum: Memorandum, field: Field, error: Exception) -> Stop:
    """The page for an act that failed because something had changed in the meantime."""
    if isinstance(error, OutOfDate):
        return changed(memorandum, field)
    if isinstance(error, NotAllowed):
        return _refused(memorandum, field, pages.sentence(error.reason))
    return not_now(memorandum, field)


def _not_by_you(memorandum: Memorandum, field: Field, reason: str) -> Stop:
    named = (
        memorandum.organisation_signatory if field is Field.ORGANISATION else memorandum.ministry_signatory
    )
    if reason != "not-the-signatory" or named is None:
        return _refused(memorandum, field, pages.sentence(reason))
    who = gettext(
        "The memorandum names %(name)s, %(post)s, as signatory. Only this person can sign it: ask them to "
        "sign in and sign.",
        name=pages.said(named.name),
        post=post_of(named),
    )
    otherwise = (
        gettext("If somebody else should sign, ask for a change: the text must then name that person.")
        if field is Field.ORGANISATION
        else gettext("If somebody else should sign, it must be returned to the officer, to be offered again.")
    )
    return _refused(memorandum, field, f"{who} {otherwise}")


def _refused(memorandum: Memorandum, field: Field, text: str) -> Stop:
    return Stop(
        403,
        gettext("You cannot sign this memorandum"),
        text,
        gettext("Go to the memorandum"),
        url_for(f"{field}.memorandum", reference=memorandum.reference),
    )
