"""The three answers for the person's own organisation, from what its file says."""

from registry.editions import queries as editions
from registry.memoranda import queries as memoranda
from registry.organisations import queries as organisations
from registry.people.states import Act
from registry.views import guard, pages
from registry.views.answers import answers_for
from registry.views.guard import Answer
from registry.views.organisation.door import organisation
from registry.views.organisation.own import own


@organisation.get("/before-you-sign")
@guard.may(Act.SEE_OWN_ORGANISATION)
def before_you_sign() -> Answer:
    known = own()
    memorandum = memoranda.under_way(known) or memoranda.in_force(known)
    edition = editions.edition(memorandum.edition) if memorandum else editions.current()
    answers = answers_for(
        organisations.profile_of(known), wages=organisations.wages_of(known), edition=edition
    )
    return pages.page(
        "organisation/before_you_sign.html", answers=answers, known=known, memorandum=memorandum
    )
