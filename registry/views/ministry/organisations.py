"""The register as the Ministry sees it: the list, one organisation's file, its papers and places."""

from flask import request
from werkzeug.exceptions import NotFound

from registry.compliance import queries as compliance
from registry.directory.queries import folded
from registry.kernel import clock, history, storage
from registry.memoranda import queries as memoranda
from registry.organisations import queries
from registry.organisations.models import Organisation
from registry.organisations.operations import deciding
from registry.organisations.states import RegistrationStatus
from registry.people.states import Act
from registry.views import guard, labels, pages
from registry.views.ministry import acts, dossier, files
from registry.views.ministry.door import ministry

PAGE = 50


@ministry.get("/organisations")
@guard.may(Act.SEE_FILES)
def organisations() -> guard.Answer:
    """The list, by status and by words of the name, reference or registration number."""
    chosen, words = _chosen(request.args.get("status", "")), request.args.get("words", "")[:100]
    page = max(1, request.args.get("page", 1, type=int))
    rows = [each for each in queries.with_status(chosen) if _fits(each, folded(words))]
    return pages.page(
        "ministry/organisations.html",
        rows=rows[(page - 1) * PAGE : page * PAGE],
        found=len(rows), page=page, pages=-(-len(rows) // PAGE), chosen=chosen, words=words,
        counts=queries.count_by_status(), statuses=labels.REGISTRATION, days_left=_days_left,
    )  # fmt: skip


@ministry.get("/organisations/<reference>")
@guard.may(Act.SEE_FILES)
def organisation(reference: str) -> guard.Answer:
    """Everything that is needed for a decision on one organisation."""
    found, me = files.organisation(reference), guard.me()
    return pages.page(
        "ministry/organisation.html",
        organisation=found,
        label=labels.REGISTRATION[found.status],
        left=_days_left(found),
        acts=acts.on_organisation(found, me),
        decision=queries.open_recommendation(found),
        last=queries.last_decision(found),
        hindrance=acts.why_not_decide(found, me),
        items=dossier.items_of(found),
        staff=dossier.staff_lines(found),
        sites=dossier.sites_of(found),
        may_look=me.may(Act.LOOK_AT_PLACE),
        same_number=queries.same_registration_number(found),
        earlier_papers=dossier.earlier_papers(found),
        memoranda=[(each, labels.of_memorandum(each.status, each.phase)) for each in memoranda.all_of(found)],
        standing=compliance.standing_of(found),
        steps=dossier.steps_of(history.of_organisation(reference)),
        labels=labels,
    )


@ministry.get("/organisations/<reference>/papers/<int(max=999999999):paper_id>")
@guard.may(Act.SEE_FILES)
def paper(reference: str, paper_id: int) -> guard.Answer:
    """One uploaded paper, to be kept and not shown; its name is ours: theirs may say where a site is."""
    found = files.paper(reference, paper_id)
    return files.attachment(
        storage.fetch(found.sha256, protected=True),
        media_type=found.media_type,
        name=f"{reference}-{found.kind}-{found.id}.{files.suffix(found.media_type)}",
    )


@ministry.post("/organisations/<reference>/sites/<int(max=999999999):site_id>/place")
@guard.may(Act.LOOK_AT_PLACE)
def look_at_place(reference: str, site_id: int) -> guard.Answer:
    """Where a protected site is, as the answer to a POST: each look is journalled, so no GET shows it."""
    site = files.site(reference, site_id)
    return pages.page(
        "ministry/place.html",
        site=site,
        place=deciding.look_at_place(site, by=guard.me()),
        organisation=site.organisation,
        kind=labels.SITE[site.kind],
        province=dossier.province(site.province),
    )


def _chosen(word: str) -> RegistrationStatus | None:
    if not word:
        return None
    try:
        return RegistrationStatus(word)
    except ValueError:
        raise NotFound from None


def _fits(organisation: Organisation, words: str) -> bool:
    names = (organisation.name_km, organisation.name_latin, organisation.acronym, organisation.reference)
    return not words or any(words in folded(name) for name in (*names, organisation.registration_number))


def _days_left(organisation: Organisation) -> labels.Label | None:
    if organisation.answer_due is None:
        return None
    return labels.days_left((organisation.answer_due - clock.today()).days)
