"""What an organisation does with its own registration: begin, fill in, submit, answer, withdraw."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from registry.kernel import clock, codes, journal, storage
from registry.kernel.db import db
from registry.kernel.moves import NotAllowed, next_status
from registry.organisations import letters, queries
from registry.organisations.models import (
    Organisation,
    Paper,
    ProfileChoice,
    Question,
    RegistrationDecision,
    Site,
    SitePlace,
    StaffPost,
)
from registry.organisations.operations.filing import ensure_open, its_people, moved, saved, subject
from registry.organisations.states import (
    REGISTRATION,
    Advice,
    ChoiceKind,
    PaperKind,
    RegistrationMove,
    RegistrationStatus,
    SiteKind,
)
from registry.people import queries as people
from registry.people.models import Person
from registry.people.states import Role

ANSWER_WORKING_DAYS = 7
REFERENCE_LENGTH = 7


def begin(*, name_km: str, name_latin: str, acronym: str = "") -> Organisation:
    """Begin a registration; the account of its first person is opened next, in the same transaction."""
    organisation = Organisation(
        reference=f"CR-{codes.new_code(REFERENCE_LENGTH)}",
        status=RegistrationStatus.DRAFT,
        name_km=name_km,
        name_latin=name_latin,
        acronym=acronym,
        begun_at=clock.now(),
    )
    db.session.add(organisation)
    db.session.flush()
    journal.record(
        "registration begun",
        subject=subject(organisation),
        organisation=organisation.reference,
        to=organisation.status,
    )
    return organisation


def identify(*, by: Person, name_km: str, name_latin: str) -> Organisation:
    """Note an organisation that the Ministry knows of and that has not applied; only staff see it."""
    organisation = begin(name_km=name_km, name_latin=name_latin)
    moved(organisation, RegistrationStatus.IDENTIFIED, "identified", by)
    return organisation


def apply(organisation: Organisation, *, by: Person) -> None:
    """An identified organisation begins its own registration. Raises IllegalMove."""
    status = next_status(REGISTRATION, organisation.status, RegistrationMove.APPLY)
    moved(organisation, status, "registration begun", by)


def correct_names(organisation: Organisation, *, by: Person, name_km: str, name_latin: str) -> None:
    """Correct the organisation's names, which the memorandum prints; the same names change nothing."""
    ensure_open(organisation)
    if (organisation.name_km, organisation.name_latin) == (name_km, name_latin):
        return
    organisation.name_km, organisation.name_latin = name_km, name_latin
    saved(organisation, "names corrected", by)


def describe_legal(  # noqa: PLR0913 - the fields of one page
    organisation: Organisation,
    *,
    by: Person,
    is_foreign: bool,
    registration_number: str,
    registration_date: date,
    letter_address_km: str,
    letter_address_en: str,
    public_phone: str,
    public_email: str,
    acronym: str,
    other_memoranda: str,
) -> None:
    """Save the legal registration and how letters and the public reach the organisation.

    Raises NotAllowed("registration-date-ahead").
    """
    ensure_open(organisation)
    if registration_date > clock.today():
        raise NotAllowed("registration-date-ahead")
    organisation.is_foreign = is_foreign
    organisation.registration_number = registration_number
    organisation.registration_date = registration_date
    organisation.letter_address_km, organisation.letter_address_en = letter_address_km, letter_address_en
    organisation.public_phone, organisation.public_email = public_phone, public_email
    organisation.acronym, organisation.other_memoranda = acronym, other_memoranda
    saved(organisation, "legal registration described", by)


def describe_work(
    organisation: Organisation,
    *,
    by: Person,
    services: Iterable[str],
    groups: Iterable[str],
    provinces: Iterable[str],
    places: int,
    child_places: int,
    active_cases: int,
) -> None:
    """Save what the organisation does, for whom and where (in the edition's codes).

    Raises NotAllowed("more-child-places-than-places").
    """
    ensure_open(organisation)
    if child_places > places:
        raise NotAllowed("more-child-places-than-places")
    wanted = {
        (kind, code)
        for kind, chosen in (
            (ChoiceKind.SERVICE, services), (ChoiceKind.GROUP, groups), (ChoiceKind.PROVINCE, provinces)
        )
        for code in chosen
    }  # fmt: skip
    kept = [choice for choice in organisation.choices if (choice.kind, choice.code) in wanted]
    added = wanted - {(choice.kind, choice.code) for choice in kept}
    organisation.choices = kept + [ProfileChoice(kind=kind, code=code) for kind, code in sorted(added)]
    organisation.places, organisation.child_places = places, child_places
    organisation.active_cases, organisation.work_described = active_cases, True
    saved(organisation, "work described", by)


def describe_people(
    organisation: Organisation,
    *,
    by: Person,
    staff: Mapping[str, int],
    pay: Mapping[str, Decimal | None],
    director_post_km: str,
    director_post_en: str,
) -> None:
    """Save the director's post and how many people hold each post."""
    ensure_open(organisation)
    director = queries.director_of(organisation)
    if director:
        director.post_km, director.post_en = director_post_km, director_post_en
    kept = {row.post: row for row in organisation.posts}
    for post, number in staff.items():
        row = kept.get(post) or StaffPost(post=post)
        row.number, row.monthly_pay = number, pay.get(post)
        kept[post] = row
    organisation.posts = [kept[post] for post in staff]
    organisation.staff_described = True
    saved(organisation, "people described", by)


def add_site(
    organisation: Organisation, *, by: Person, kind: SiteKind, province: str, called: str, address: str
) -> Site:
    """Add a site. It is confidential; only an office may later be shown, and never by this act."""
    ensure_open(organisation)
    site = Site(
        kind=kind, province=province, confidential=True, place=SitePlace(called=called, address=address)
    )
    organisation.sites.append(site)
    saved(organisation, "site added", by, kind=kind)
    return site


def remove_site(organisation: Organisation, site: Site, *, by: Person) -> None:
    """Take a site out of the file again."""
    ensure_open(organisation)
    organisation.sites.remove(site)
    saved(organisation, "site removed", by, kind=site.kind)


def add_paper(
    organisation: Organisation, *, by: Person, kind: PaperKind, filename: str, media_type: str, content: bytes
) -> Paper:
    """Keep an uploaded paper; a newer one of the same kind takes its place, the older stays in the file."""
    ensure_open(organisation)
    paper = Paper(
        kind=kind,
        filename=filename,
        media_type=media_type,
        size=len(content),
        sha256=storage.keep(content, protected=True),
        uploaded_at=clock.now(),
        uploaded_by_id=by.id,
    )
    organisation.papers.append(paper)
    saved(organisation, "paper uploaded", by, kind=kind, sha256=paper.sha256)
    return paper


def submit(organisation: Organisation, *, by: Person) -> None:
    """Send the registration, or the answers to the Ministry's questions, to the Ministry.

    Raises NotAllowed("registration-unfinished" | "questions-unanswered"), IllegalMove.
    """
    status = next_status(REGISTRATION, organisation.status, RegistrationMove.SUBMIT)
    if queries.unfinished(organisation):
        raise NotAllowed("registration-unfinished")
    if queries.open_questions(organisation):
        raise NotAllowed("questions-unanswered")
    organisation.submitted_at = clock.now()
    organisation.answer_due = clock.working_days_later(clock.today(), ANSWER_WORKING_DAYS)
    event = moved(organisation, status, "submitted", by)
    letters.to_people("registration_submitted", organisation, its_people(organisation), event=event,
                      answer_due=organisation.answer_due)  # fmt: skip
    letters.to_people("application_arrived", organisation, people.people_with(Role.OFFICER), event=event)


def answer(question: Question, organisation: Organisation, *, by: Person, text: str) -> None:
    """Answer one of the Ministry's questions; the answers go out together with `submit`."""
    ensure_open(organisation)
    question.answer, question.answered_at = text, clock.now()
    saved(organisation, "question answered", by, item=question.item)


def ask_for_review(organisation: Organisation, *, by: Person, reason: str) -> None:
    """Ask that somebody else looks at a refusal again. Raises IllegalMove."""
    status = next_status(REGISTRATION, organisation.status, RegistrationMove.REQUEST_REVIEW)
    refused = queries.last_decision(organisation)
    again = RegistrationDecision(
        advice=Advice.REGISTER,
        advice_note="",
        recommended_by_id=by.id,
        recommended_at=clock.now(),
        review_reason=reason,
        review_asked_at=clock.now(),
        reviewed_by_id=refused.decided_by_id if refused else None,
    )
    organisation.decisions.append(again)
    organisation.answer_due = clock.working_days_later(clock.today(), ANSWER_WORKING_DAYS)
    event = moved(organisation, status, "review asked for", by, note=reason)
    letters.to_people("review_asked", organisation, people.people_with(Role.APPROVER), event=event)


def withdraw(organisation: Organisation, *, by: Person, reason: str) -> None:
    """Leave the register, by the organisation's own wish. Raises IllegalMove."""
    status = next_status(REGISTRATION, organisation.status, RegistrationMove.WITHDRAW)
    event = moved(organisation, status, "withdrawn", by, note=reason)
    letters.to_people("registration_withdrawn", organisation, its_people(organisation), event=event)
