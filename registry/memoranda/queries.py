"""What pages and operations ask about memoranda."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from contracts import examining, verifying
from contracts.authority import Trust
from contracts.composing import compose
from contracts.doubts import Conclusion, Doubt, Reason
from contracts.facts import AgreedChange, Bilingual, Facts, SafeguardingPolicy
from contracts.facts import Site as PaperSite
from registry.editions import queries as editions
from registry.kernel import clock, history, settings, storage
from registry.kernel.codes import as_typed, is_well_formed
from registry.kernel.db import db
from registry.memoranda.models import ChangeRequest, Memorandum, OfferedText, Signature
from registry.memoranda.states import UNDER_WAY, MemorandumStatus, Phase
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.organisations.states import ChoiceKind, PaperKind, RegistrationStatus, SiteKind
from registry.people.models import Person

# Proposed, to be confirmed by the Ministry: posts and seat as the memorandum names them.
MINISTRY_ADDRESS = Bilingual("រាជធានីភ្នំពេញ", "Phnom Penh")
MINISTRY_CONTACT = Bilingual("មន្ត្រីចុះបញ្ជី", "Registration officer")
LOCAL_FORM = Bilingual("អង្គការមិនមែនរដ្ឋាភិបាលក្នុងស្រុក", "local non-governmental organisation")
FOREIGN_FORM = Bilingual("អង្គការមិនមែនរដ្ឋាភិបាលបរទេស", "foreign non-governmental organisation")
INTERIOR = Bilingual("ក្រសួងមហាផ្ទៃ", "the Ministry of Interior")
FOREIGN_AFFAIRS = Bilingual(
    "ក្រសួងការបរទេស និងសហប្រតិបត្តិការអន្តរជាតិ",
    "the Ministry of Foreign Affairs and International Cooperation",
)


@dataclass(frozen=True)
class Finding:
    """What we can say of a file that somebody showed us: the memorandum it is about, and the verdict."""

    memorandum: Memorandum | None
    verdict: verifying.Verdict | None

    @property
    def is_genuine(self) -> bool:
        return (
            self.verdict is not None
            and self.verdict.known_copy
            and (
                self.verdict.conclusion is Conclusion.TOTAL_PASSED
                or self.verdict.reason is Reason.WAITING_FOR_COUNTERSIGNATURE
            )
        )


def memorandum_of(organisation: Organisation, reference: str) -> Memorandum | None:
    """One memorandum of this organisation; another's is as if it did not exist."""
    return db.session.scalar(
        select(Memorandum).where(
            Memorandum.reference == reference, Memorandum.organisation_id == organisation.id
        )
    )


def by_reference(reference: str) -> Memorandum | None:
    return db.session.scalar(select(Memorandum).where(Memorandum.reference == reference))


def by_verification_code(typed: str) -> Memorandum | None:
    """The memorandum of a code that somebody typed; spaces, hyphens and small letters do not matter."""
    code = as_typed(typed)
    if not is_well_formed(code):
        return None
    return db.session.scalar(select(Memorandum).where(Memorandum.verification_code == code))


def all_of(organisation: Organisation) -> Sequence[Memorandum]:
    """Every memorandum with this organisation, newest first."""
    return db.session.scalars(
        select(Memorandum).where(Memorandum.organisation_id == organisation.id).order_by(Memorandum.id.desc())
    ).all()


def under_way(organisation: Organisation) -> Memorandum | None:
    """The memorandum that is being prepared or signed, if any."""
    return next((each for each in all_of(organisation) if each.status in UNDER_WAY), None)


def following(memorandum: Memorandum) -> Sequence[Memorandum]:
    """Memoranda under way that are to follow this one."""
    return db.session.scalars(
        select(Memorandum).where(Memorandum.previous_id == memorandum.id, Memorandum.status.in_(UNDER_WAY))
    ).all()


def in_force(organisation: Organisation) -> Memorandum | None:
    """The memorandum that binds both parties today, if any."""
    return next((each for each in all_of(organisation) if each.phase.is_in_force), None)


def with_status(*statuses: MemorandumStatus) -> Sequence[Memorandum]:
    """Memoranda in these statuses, the oldest first."""
    return db.session.scalars(
        select(Memorandum).where(Memorandum.status.in_(statuses)).order_by(Memorandum.id)
    ).all()


def registered_without_memorandum() -> Sequence[Organisation]:
    """Registered organisations for which a memorandum can be prepared now."""
    registered = organisations.with_status(RegistrationStatus.REGISTERED)
    concluded = with_status(MemorandumStatus.COUNTERSIGNED, MemorandumStatus.SUSPENDED)
    bound = {each.organisation_id for each in with_status(*UNDER_WAY)}
    bound |= {each.organisation_id for each in concluded if each.phase.stands}
    return [organisation for organisation in registered if organisation.id not in bound]


def to_renew(organisation: Organisation) -> Memorandum | None:
    """The memorandum that the organisation has asked to renew, while that is undecided."""
    return next((each for each in all_of(organisation) if each.phase is Phase.RENEWAL_ASKED), None)


def hindrance_to_draft(organisation: Organisation) -> str | None:
    """The reason why no memorandum can be prepared for this organisation now; None when one can."""
    if organisation.status is not RegistrationStatus.REGISTERED:
        return "organisation-not-registered"
    # A suspended one stands too: a second memorandum beside it would undo the suspension.
    stands = any(each.phase.stands for each in all_of(organisation))
    if under_way(organisation) or (stands and not to_renew(organisation)):
        return "memorandum-under-way"
    return None if organisations.director_of(organisation) else "no-director"


def has_checked(person: Person, memorandum: Memorandum) -> bool:
    """Whether somebody looked at the organisation's application item by item: another must countersign."""
    return any(check.checked_by_id == person.id for check in memorandum.organisation.checks)


def answer_due(memorandum: Memorandum) -> date:
    """The day by which the Ministry should take the next step: so many working days after the last one."""
    steps = history.about(f"memorandum:{memorandum.reference}")
    since = clock.local(steps[0].at).date() if steps else memorandum.drafted_on
    return clock.working_days_later(since, answer_days(memorandum.edition))


def answer_days(edition: str) -> int:
    """The working days that the Ministry gives itself for an answer, in this edition (its duty MI-01)."""
    return int(editions.edition(edition).parameter("ministry_answer_working_days").value or 0)


def composed(memorandum: Memorandum, *, signatory: Person) -> dict[str, Any]:
    """The text as it would be frozen now: made from the profile, the edition and the facts."""
    edition = editions.edition(memorandum.edition)
    profile = organisations.profile_of(memorandum.organisation)
    return dict(compose(edition, profile, facts_of(memorandum, signatory=signatory)))


def frozen_text(memorandum: Memorandum) -> dict[str, Any]:
    """The text as it was frozen when it was offered. Raises storage.Missing."""
    read: dict[str, Any] = json.loads(storage.fetch(memorandum.terms_sha256 or ""))
    return read


def text_of(offered: OfferedText) -> dict[str, Any]:
    """A text as it was offered once. Raises storage.Missing."""
    read: dict[str, Any] = json.loads(storage.fetch(offered.terms_sha256))
    return read


def facts_of(memorandum: Memorandum, *, signatory: Person) -> Facts:
    """What the memorandum says about this organisation and its signatories."""
    organisation = memorandum.organisation
    director = organisations.director_of(organisation)
    signer, post = (_named(director), _post(director)) if director else (Bilingual(), Bilingual())
    return Facts(
        reference_number=memorandum.reference,
        verification_code=memorandum.verification_code,
        verification_address=verification_address(memorandum),
        organisation_name=Bilingual(organisation.name_km, organisation.name_latin),
        organisation_acronym=organisation.acronym,
        organisation_legal_form=FOREIGN_FORM if organisation.is_foreign else LOCAL_FORM,
        registration_authority=FOREIGN_AFFAIRS if organisation.is_foreign else INTERIOR,
        registration_number=organisation.registration_number,
        registration_date=organisation.registration_date,
        letter_address=Bilingual(organisation.letter_address_km, organisation.letter_address_en),
        organisation_reference=organisation.reference,
        application_date=_day(organisation.submitted_at),
        profile_date=_day(organisation.submitted_at),
        organisation_signatory_name=signer,
        organisation_signatory_post=post,
        organisation_contact_post=post,
        organisation_contact=organisation.public_phone,
        ministry_address=MINISTRY_ADDRESS,
        ministry_signatory_name=_named(signatory),
        ministry_signatory_post=_post(signatory),
        ministry_contact_post=MINISTRY_CONTACT,
        urgent_visit_authority=_post(signatory),
        sites=_sites(organisation),
        safeguarding_policy=_safeguarding(organisation),
        agreed_changes=tuple(_agreed(row) for row in memorandum.change_requests if row.is_agreed),
    )


def verification_address(memorandum: Memorandum) -> str:
    """What the QR code on the paper holds."""
    return f"{settings.current().public_url}/v/{memorandum.verification_code}"


def find_by_file(sha256: str) -> Memorandum | None:
    """The memorandum to which a stored file belongs, at whatever stage it was stored."""
    signed = select(Signature.memorandum_id).where(Signature.signed_sha256 == sha256)
    return db.session.scalar(
        select(Memorandum).where(
            or_(
                Memorandum.current_sha256 == sha256,
                Memorandum.offered_sha256 == sha256,
                Memorandum.id.in_(signed),
            )
        )
    )


def examine_file(pdf: bytes, *, trust: Trust) -> Finding:
    """Judge a file that somebody shows us; nothing of it is kept, and no input raises."""
    memorandum = find_by_file(storage.digest(pdf)) or _named_in(pdf, trust=trust)
    if memorandum is None:
        return Finding(None, None)
    return Finding(
        memorandum, verifying.verify(pdf, record=record_of(memorandum), trust=trust, at=clock.now())
    )


def record_of(memorandum: Memorandum) -> verifying.Record:
    """What our record says of the memorandum's files and signatures."""
    live = [row for row in memorandum.signatures if row.offered_sha256 == memorandum.offered_sha256]
    return verifying.Record(
        signatures=tuple(verifying.ExpectedSignature(row.field, row.key_id) for row in live),
        terms_sha256=memorandum.terms_sha256 or "",
        known_sha256=frozenset(row.signed_sha256 for row in live),
    )


def _named_in(pdf: bytes, *, trust: Trust) -> Memorandum | None:
    try:
        found = examining.examine(pdf, trust=trust, at=clock.now())
        facts = json.loads(found.terms_json)["terms_and_facts"]["facts"]
        return by_reference(str(facts["reference_number"]))
    except (Doubt, ValueError, KeyError, TypeError):
        return None


def _agreed(row: ChangeRequest) -> AgreedChange:
    return AgreedChange(row.article, Bilingual(row.old_km, row.old_en), Bilingual(row.new_km, row.new_en))


def _named(person: Person) -> Bilingual:
    return Bilingual(person.name_km, person.name_latin)


def _post(person: Person) -> Bilingual:
    return Bilingual(person.post_km, person.post_en)


def _sites(organisation: Organisation) -> tuple[PaperSite, ...]:
    """Sites as the paper may show them: the province and what kind of service, once each."""
    kinds = {
        SiteKind.RESIDENTIAL: organisations.RESIDENTIAL_SERVICES & _services(organisation),
        SiteKind.OFFICE: frozenset[str](),
        SiteKind.DAY_CENTRE: _services(organisation) - organisations.RESIDENTIAL_SERVICES,
    }
    found = {(site.province, code) for site in organisation.sites for code in kinds[site.kind]}
    return tuple(PaperSite(province=province, service=code) for province, code in sorted(found))


def _services(organisation: Organisation) -> frozenset[str]:
    return organisation.codes(ChoiceKind.SERVICE)


def _safeguarding(organisation: Organisation) -> SafeguardingPolicy | None:
    paper = organisation.paper(PaperKind.SAFEGUARDING)
    if paper is None or not organisations.profile_of(organisation).serves_children:
        return None
    return SafeguardingPolicy(
        # The uploaded file's own name is not printed: it may say where a site is.
        title=Bilingual("គោលនយោបាយការពារកុមារ", "Child-safeguarding policy"),
        day=clock.local(paper.uploaded_at).date(),
        sha256=paper.sha256,
    )


def _day(instant: Any) -> date | None:
    return clock.local(instant).date() if instant else None
