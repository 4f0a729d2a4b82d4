"""Keeps the public tables true: copies the publishable fields of one organisation when something changed."""

from contracts import terms
from registry.compliance import queries as compliance
from registry.directory.models import Provider
from registry.directory.queries import folded
from registry.editions import queries as editions
from registry.kernel import clock
from registry.kernel.db import db
from registry.memoranda import queries as memoranda
from registry.memoranda.models import Memorandum
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.organisations.states import ChoiceKind


def refresh(reference: str) -> None:
    """Bring the public row of one organisation up to date; it has one from its first memorandum on."""
    organisation = organisations.by_reference(reference)
    if organisation is None:
        return
    found = compliance.standing_of(organisation)
    if found is None:
        return
    shown, _ = found
    row = db.session.get(Provider, reference) or Provider(reference=reference)
    _copy(row, organisation, shown)
    db.session.add(row)


def refresh_all() -> int:
    """Bring every public row up to date; returns how many organisations were looked at."""
    everybody = organisations.with_status(None)
    for organisation in everybody:
        refresh(organisation.reference)
    return len(everybody)


def _copy(row: Provider, organisation: Organisation, shown: Memorandum) -> None:
    """The allow-list: what is not named here is never public."""
    edition = editions.edition(shown.edition)
    applying = terms.applicable(edition, organisations.profile_of(organisation))
    row.name_km, row.name_latin = organisation.name["km"], organisation.name["en"]
    row.acronym = organisation.acronym
    row.search_key = " ".join(
        folded(name) for name in (organisation.name_km, organisation.name_latin, organisation.acronym) if name
    )
    row.services = sorted(organisation.codes(ChoiceKind.SERVICE))
    row.groups = sorted(organisation.codes(ChoiceKind.GROUP))
    row.provinces = sorted(organisation.codes(ChoiceKind.PROVINCE))
    row.public_phone, row.public_email = organisation.public_phone, organisation.public_email
    row.rights = sorted({right for obligation in applying for right in obligation.rights})
    row.edition, row.memorandum = shown.edition, shown.reference
    row.registration, row.memorandum_status = organisation.status, shown.status
    # Renewed already: what follows without a gap is copied now, so that no job must run on the day it begins.
    last = shown.renewed_until
    assert shown.in_force_from is not None and last.expires_on is not None  # noqa: S101, PT018 - concluded
    row.in_force_from, row.expires_on = shown.in_force_from, last.expires_on
    row.renewal_opens_days = last.renewal_opens_days
    row.renewal_asked_on, row.renewal_refused_on = last.renewal_asked_on, last.renewal_refused_on
    owed = (compliance.oldest_owed(each) for each in {shown, last})
    row.oldest_owed = min((day for day in owed if day is not None), default=None)
    first = min(
        each.in_force_from for each in memoranda.all_of(organisation) if each.in_force_from is not None
    )
    row.accredited_since = first
    row.changed_at = clock.now()
