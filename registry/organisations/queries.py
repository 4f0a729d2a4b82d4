"""What pages and operations ask about organisations."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import func, select

from contracts.terms import Profile
from registry.kernel.db import db
from registry.organisations.models import (
    ItemCheck,
    Organisation,
    Paper,
    Question,
    RegistrationDecision,
    Site,
)
from registry.organisations.states import (
    CheckResult,
    ChoiceKind,
    PaperKind,
    RegistrationStatus,
    Section,
    SiteKind,
)
from registry.people.models import Invitation, Person
from registry.people.states import Role

RESIDENTIAL_SERVICES = frozenset({"emergency-shelter", "residential-care"})

_QUEUE = (RegistrationStatus.SUBMITTED, RegistrationStatus.IN_REVIEW, RegistrationStatus.REVIEW_REQUESTED)


def organisation_of(person: Person) -> Organisation | None:
    """The person's own organisation; the only way by which an organisation's pages get one."""
    if person.organisation_id is None:
        return None
    return db.session.get(Organisation, person.organisation_id)


def invited_into(invited: Invitation) -> Organisation | None:
    """The organisation that an invitation leads into; None for the Ministry's own people."""
    if invited.organisation_id is None:
        return None
    return db.session.get(Organisation, invited.organisation_id)


def by_reference(reference: str) -> Organisation | None:
    return db.session.scalar(select(Organisation).where(Organisation.reference == reference))


def paper_of(organisation: Organisation, paper_id: int) -> Paper | None:
    """One paper of this organisation; another's is as if it did not exist."""
    return db.session.scalar(
        select(Paper).where(Paper.id == paper_id, Paper.organisation_id == organisation.id)
    )


def site_of(organisation: Organisation, site_id: int) -> Site | None:
    """One site of this organisation; another's is as if it did not exist."""
    return db.session.scalar(select(Site).where(Site.id == site_id, Site.organisation_id == organisation.id))


def profile_of(organisation: Organisation) -> Profile:
    """The organisation as the terms see it."""
    return Profile(
        services=organisation.codes(ChoiceKind.SERVICE),
        groups=organisation.codes(ChoiceKind.GROUP),
        provinces=organisation.codes(ChoiceKind.PROVINCE),
        places=organisation.places,
        child_places=organisation.child_places,
        active_cases=organisation.active_cases,
        staff={row.post: row.number for row in organisation.posts},
        foreign=bool(organisation.is_foreign),
        sites=max(1, len(organisation.sites)),
    )


def wages_of(organisation: Organisation) -> dict[str, Decimal]:
    """What the organisation says it pays each post a month."""
    return {row.post: row.monthly_pay for row in organisation.posts if row.monthly_pay is not None}


def papers_needed(organisation: Organisation) -> tuple[PaperKind, ...]:
    """The papers asked of every organisation; all that meet children also show how they keep them safe."""
    kinds = [PaperKind.STATUTE, PaperKind.CERTIFICATE, PaperKind.BUDGET]
    if profile_of(organisation).serves_children:
        kinds.insert(2, PaperKind.SAFEGUARDING)
    return tuple(kinds)


def director_of(organisation: Organisation) -> Person | None:
    """The director of record: the one who signs."""
    people = db.session.scalars(
        select(Person).where(Person.organisation_id == organisation.id, Person.closed_at.is_(None))
    )
    return next((person for person in people if Role.DIRECTOR in person.roles), None)


def is_done(organisation: Organisation, section: Section) -> bool:
    """Whether everything required in one section has been given."""
    residential = not RESIDENTIAL_SERVICES.isdisjoint(organisation.codes(ChoiceKind.SERVICE))
    answers = {
        Section.LEGAL: lambda: bool(
            organisation.is_foreign is not None
            and organisation.registration_number
            and organisation.registration_date
            and (organisation.letter_address_km or organisation.letter_address_en)
            and organisation.public_phone
        ),
        Section.WORK: lambda: organisation.work_described,
        Section.PEOPLE: lambda: organisation.staff_described and director_of(organisation) is not None,
        Section.SITES: lambda: (
            bool(organisation.sites)
            and (not residential or any(site.kind is SiteKind.RESIDENTIAL for site in organisation.sites))
        ),
        Section.PAPERS: lambda: all(organisation.paper(kind) for kind in papers_needed(organisation)),
    }
    return answers[section]()


def unfinished(organisation: Organisation) -> tuple[Section, ...]:
    """The sections that still lack something, in the order of the task list."""
    return tuple(section for section in Section if not is_done(organisation, section))


def items_to_check(organisation: Organisation) -> tuple[str, ...]:
    """What an officer looks at, one by one: the sections, and each paper."""
    sections = [section.value for section in Section if section is not Section.PAPERS]
    return (*sections, *(f"paper-{kind}" for kind in papers_needed(organisation)))


def checks_now(organisation: Organisation) -> dict[str, ItemCheck]:
    """The officer's findings about the present submission, by item."""
    return {
        check.item: check for check in organisation.checks if check.submitted_at == organisation.submitted_at
    }


def open_questions(organisation: Organisation) -> list[Question]:
    """What the Ministry asked and the organisation has not answered."""
    return [question for question in organisation.questions if question.answered_at is None]


def open_recommendation(organisation: Organisation) -> RegistrationDecision | None:
    """The recommendation that waits for a decision."""
    last = organisation.decisions[-1] if organisation.decisions else None
    return last if last and last.decided_at is None else None


def hindrance_to_decide(organisation: Organisation, person: Person) -> str | None:
    """The reason why this person must not decide on this file now; None when they may. Two people, always."""
    decision = open_recommendation(organisation)
    if decision is None:
        return "not-recommended"
    if decision.recommended_by_id == person.id:
        return "own-recommendation"
    if decision.reviewed_by_id == person.id:
        return "own-refusal"
    checked = any(check.checked_by_id == person.id for check in organisation.checks)
    return "checked-it-yourself" if checked else None


def hindrance_to_recommend(organisation: Organisation) -> str | None:
    """The reason why nothing can be recommended now; None when every item was looked at."""
    if open_recommendation(organisation):
        return "already-recommended"
    if set(checks_now(organisation)) != set(items_to_check(organisation)):
        return "items-unchecked"
    return None


def questions_to_send(organisation: Organisation) -> list[str]:
    """What the officer noted as questions about the present submission, in the order of noting."""
    return [check.note for check in checks_now(organisation).values() if check.result is CheckResult.QUESTION]


def last_decision(organisation: Organisation) -> RegistrationDecision | None:
    """The newest recommendation on which somebody decided."""
    decided = [row for row in organisation.decisions if row.decided_at is not None]
    return decided[-1] if decided else None


def waiting_for_ministry() -> Sequence[Organisation]:
    """Applications on which the Ministry must act, the one with the least time left first."""
    return db.session.scalars(
        select(Organisation)
        .where(Organisation.status.in_(_QUEUE))
        .order_by(Organisation.answer_due, Organisation.id)
    ).all()


def with_status(status: RegistrationStatus | None) -> Sequence[Organisation]:
    """Organisations in one status, or all, by Latin name."""
    rows = select(Organisation).order_by(func.lower(Organisation.name_latin), Organisation.id)
    return db.session.scalars(rows.where(Organisation.status == status) if status else rows).all()


def described() -> Sequence[Organisation]:
    """Organisations that have said what they do, and are or may come to be on the register."""
    ended = {RegistrationStatus.REFUSED, RegistrationStatus.WITHDRAWN, RegistrationStatus.REMOVED}
    return [each for each in with_status(None) if each.work_described and each.status not in ended]


def count_by_status() -> dict[RegistrationStatus, int]:
    """How many organisations are in each status."""
    rows = db.session.execute(
        select(Organisation.status, func.count(Organisation.id)).group_by(Organisation.status)
    )
    return {status: number for status, number in rows}  # noqa: C416 - rows are not pairs to mypy


def same_registration_number(organisation: Organisation) -> Sequence[Organisation]:
    """Other organisations that gave the same registration number; an officer looks at both."""
    if not organisation.registration_number:
        return []
    return db.session.scalars(
        select(Organisation).where(
            Organisation.registration_number == organisation.registration_number,
            Organisation.id != organisation.id,
        )
    ).all()


def ever_submitted() -> Sequence[Organisation]:
    """Organisations that have sent an application, the first one first."""
    return db.session.scalars(
        select(Organisation).where(Organisation.submitted_at.is_not(None)).order_by(Organisation.submitted_at)
    ).all()
