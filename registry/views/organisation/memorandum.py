"""The memorandum as the organisation sees it: how it stands, its text, its files, and what can be done."""

from collections.abc import Mapping

from flask import Response, abort
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from registry.memoranda import queries as memoranda
from registry.memoranda.models import Memorandum, Signature
from registry.memoranda.states import Field, MemorandumMove, MemorandumStatus, Phase
from registry.organisations import queries as organisations
from registry.people.states import Act
from registry.views import compared, downloads, guard, labels, pages, requested
from registry.views.guard import Answer
from registry.views.organisation.door import organisation
from registry.views.organisation.own import own

_l = lazy_gettext
_S = MemorandumStatus

_WHILE_WAITING: Mapping[MemorandumStatus, LazyString] = {
    _S.DRAFT: _l(
        "The Ministry is preparing the text. You get a letter when it is offered; nothing binds you yet."
    ),
    _S.OFFERED: _l(
        "The Ministry offers you this text. Take your time. You may sign, ask for a change, or decline. "
        "Nothing binds you before both parties have signed."
    ),
    _S.CHANGES_REQUESTED: _l("You asked for a change. The Ministry answers, and offers the text again."),
    _S.DECLINED: _l("You declined. Nothing binds you, and you may ask for a new offer at any time."),
    _S.SIGNED: _l(
        "Not in force: waiting for the Ministry. You have signed, and the Ministry has not signed yet."
    ),
    _S.RETURNED: _l(
        "Not in force. The Ministry's signatory returned the text to be corrected. It will be offered again, "
        "and you will be asked to sign the corrected text."
    ),
    _S.DISCARDED: _l("This draft was put aside. Nothing came of it, and nothing binds you."),
}
_BY_PHASE: Mapping[Phase, LazyString] = {
    Phase.NOT_YET_IN_FORCE: _l(
        "Both parties have signed. It enters into force when the term before it ends."
    ),
    Phase.IN_FORCE: _l("In force. Both parties are bound."),
    Phase.RENEWAL_DUE: _l(
        "In force. Ask for renewal before the last day, and it stays in force until decided."
    ),
    Phase.RENEWAL_ASKED: _l(
        "In force. You asked for renewal, so it stays in force until the Ministry decides."
    ),
    Phase.SUSPENDED: _l(
        "Suspended by decision. No new cases are sent to you; care for those you have goes on."
    ),
    Phase.EXPIRED: _l("Expired: renewal was refused, and the term has ended."),
    Phase.LAPSED: _l("Lapsed: the term has ended and nobody asked for renewal."),
    Phase.TERMINATED: _l("Ended by decision."),
    Phase.WITHDRAWN: _l("Ended by your organisation."),
    Phase.SUPERSEDED: _l("A newer memorandum has taken its place."),
}


def own_memorandum(reference: str) -> Memorandum:
    """One memorandum of the person's own organisation; 404 for every other."""
    return memoranda.memorandum_of(own(), reference) or abort(404)


@organisation.get("/memoranda/<reference>")
@guard.may(Act.READ_MEMORANDUM)
def memorandum(reference: str) -> Answer:
    found = own_memorandum(reference)
    return pages.page(
        "organisation/memorandum.html",
        memorandum=found,
        label=labels.of_memorandum(found.status, found.phase),
        sentence=_BY_PHASE.get(found.phase) or _WHILE_WAITING[found.status],
        note=found.answer_note if found.status in _WHILE_WAITING else "",
        steps=_steps(found),
        answer_by=memoranda.answer_due(found) if found.phase is Phase.WAITING_FOR_MINISTRY else None,
        files=downloads.files_of(found, "organisation") if found.current_sha256 else [],
        is_old_text=found.status in (_S.DRAFT, _S.CHANGES_REQUESTED, _S.RETURNED),
        following=next(iter(memoranda.following(found)), None),
        changes=requested.of(found),
        reading=found.check_of(found.organisation_signatory) if found.organisation_signatory else None,
        told=_since(found),
        **_ways_on(found),
    )


@organisation.get("/memoranda/<reference>/text")
@guard.may(Act.READ_MEMORANDUM)
def memorandum_text(reference: str) -> Answer:
    found = own_memorandum(reference)
    if found.terms_sha256 is None:
        abort(404)
    return pages.page(
        "organisation/memorandum_text.html",
        memorandum=found,
        text=memoranda.frozen_text(found),
        files=downloads.files_of(found, "organisation"),
    )


@organisation.get("/memoranda/<reference>/file.<any(pdf, docx, json):kind>")
@guard.may(Act.READ_MEMORANDUM)
def memorandum_file(reference: str, kind: str) -> Response:
    return downloads.download(own_memorandum(reference), kind)


def _since(found: Memorandum) -> compared.Told | None:
    """What the newest edition would change for the organisation, while this memorandum binds it."""
    if not found.phase.is_in_force:
        return None
    return compared.since(found.edition, organisations.profile_of(found.organisation))


def _ways_on(found: Memorandum) -> dict[str, object]:
    """What this person may do with it now, as the table of moves and their role allow."""
    me = guard.me()
    signatory = found.organisation_signatory
    may_answer = me.may(Act.ANSWER_OFFER)
    return {
        "can_sign": found.can(MemorandumMove.SIGN) and signatory is me and me.may(Act.SIGN_FOR_ORGANISATION),
        "signatory": signatory if found.can(MemorandumMove.SIGN) else None,
        "can_ask_for_change": may_answer and found.can(MemorandumMove.REQUEST_CHANGES),
        "can_decline": may_answer and found.can(MemorandumMove.DECLINE),
        "can_ask_for_renewal": found.phase is Phase.RENEWAL_DUE and me.may(Act.ASK_FOR_RENEWAL),
        "has_calendar": found.phase.is_in_force or found.phase is Phase.SUSPENDED,
    }


def _steps(found: Memorandum) -> list[dict[str, str]]:
    """Offer, both signatures and force, as a timeline."""
    ours, theirs = found.live_signature(Field.ORGANISATION), found.live_signature(Field.MINISTRY)
    in_hand = found.status in (_S.OFFERED, _S.SIGNED)
    begun = found.in_force_from is not None and found.phase is not Phase.NOT_YET_IN_FORCE
    steps = [
        {"title": gettext("Offered by the Ministry"), "when": pages.moment(found.offered_at), "text": ""},
        {"title": gettext("Signed by your organisation"), **_signed(ours)},
        {"title": gettext("Signed by the Ministry"), **_signed(theirs)},
        {"title": gettext("In force"), "when": _term(found), "text": ""},
    ]
    done = [
        found.offered_at is not None and found.status is not _S.DRAFT,
        ours is not None,
        theirs is not None,
        begun,
    ]
    now = done.index(False) if False in done and in_hand else None
    return [
        step | {"state": "done" if done[place] else "now" if place == now else "next"}
        for place, step in enumerate(steps)
    ]


def _signed(signature: Signature | None) -> dict[str, str]:
    if signature is None:
        return {"when": "", "text": ""}
    name = pages.said({"km": signature.name_km, "en": signature.name_latin})
    post = pages.said({"km": signature.post_km, "en": signature.post_en})
    return {"when": pages.moment(signature.signed_at), "text": f"{name}, {post}" if post else name}


def _term(found: Memorandum) -> str:
    if found.in_force_from is None or found.expires_on is None:
        return ""
    days = {"first": pages.day(found.in_force_from), "last": pages.day(found.expires_on)}
    return str(gettext("from %(first)s to %(last)s, both days included", **days))
