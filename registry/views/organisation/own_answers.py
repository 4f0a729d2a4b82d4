"""The three answers for the person's own organisation, from its file, and what a delay would mean."""

from dataclasses import replace

from flask import request, url_for

from contracts.edition import Edition
from registry.editions import queries as editions
from registry.memoranda import queries as memoranda
from registry.memoranda.models import Memorandum
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.people.states import Act
from registry.views import guard, pages, supposing
from registry.views.answers import answers_for
from registry.views.guard import Answer
from registry.views.organisation.door import organisation
from registry.views.organisation.own import own


@organisation.get("/before-you-sign")
@guard.may(Act.SEE_OWN_ORGANISATION)
def before_you_sign() -> Answer:
    known = own()
    edition, memorandum = edition_for(known)
    answers = answers_for(
        organisations.profile_of(known), wages=organisations.wages_of(known), edition=edition
    )
    return pages.page(
        "organisation/before_you_sign.html",
        answers=replace(
            answers,
            suppose=lambda code: url_for("organisation.what_if", obligation=code),
            ask=lambda code: url_for("organisation.ask_about", about=code),
        ),
        known=known,
        memorandum=memorandum,
    )


@organisation.get("/before-you-sign/what-if")
@guard.may(Act.SEE_OWN_ORGANISATION)
def what_if() -> Answer:
    known = own()
    edition, _ = edition_for(known)
    return pages.page(
        "organisation/what_if.html",
        known=known,
        edition=edition,
        supposed=supposing.supposed(edition, organisations.profile_of(known), request.args),
    )


def edition_for(known: Organisation) -> tuple[Edition, Memorandum | None]:
    """The terms that this organisation reads: those of its memorandum where there is one, else the newest."""
    memorandum = memoranda.under_way(known) or memoranda.in_force(known)
    return (editions.edition(memorandum.edition) if memorandum else editions.current()), memorandum
