"""Where sample stories happen: each act goes through the same operations as a click, on a day of its own."""

import re
import string
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from contracts import understanding
from contracts.stamping import PHNOM_PENH
from registry.compliance import operations as compliance
from registry.compliance import queries as duties
from registry.compliance.models import Duty
from registry.kernel import clock, outbox, storage
from registry.kernel.db import db
from registry.memoranda import queries as memoranda
from registry.memoranda.models import Memorandum
from registry.memoranda.operations import checking, offering, signing
from registry.memoranda.states import Field
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.organisations.operations import applying, deciding
from registry.organisations.states import Advice, CheckResult, PaperKind, SiteKind
from registry.people import operations as people
from registry.people.models import Person
from registry.views import guard
from registry.views.commands.sample import cast
from registry.views.commands.sample.paper import sample_paper

EARLIEST_DAYS_AGO = 1700


class Stage:
    """The sample Ministry, and the clock by which stories are told."""

    def __init__(self) -> None:
        self.today = clock.today()
        self._letters = iter(string.ascii_lowercase)
        with self.days_ago(EARLIEST_DAYS_AGO):
            signing.authority()
            self.staff = cast.open_ministry()

    @contextmanager
    def days_ago(self, days: int, *, hour: int = 9) -> Iterator[None]:
        """Everything inside happens so many days ago, in the morning, and is kept."""
        at = datetime.combine(self.today - timedelta(days=days), time(hour), tzinfo=PHNOM_PENH)
        with clock.stopped(min(at, clock.now())):
            yield
            guard.keep()

    def next_letter(self) -> str:
        """The letter that tells this organisation's people apart."""
        return next(self._letters)

    def submit_review_register(self, organisation: Organisation) -> None:
        """Taken up, every item found conforming, recommended, registered: by an officer and an approver."""
        officer, approver = self.staff["officer.a"], self.staff["approver.a"]
        deciding.take_up(organisation, by=officer)
        self.check_all(organisation)
        deciding.recommend(organisation, by=officer, advice=Advice.REGISTER, note="")
        deciding.register(organisation, by=approver)

    def check_all(self, organisation: Organisation) -> None:
        """The officer finds every item conforming."""
        for item in organisations.items_to_check(organisation):
            deciding.check_item(
                organisation, by=self.staff["officer.a"], item=item, result=CheckResult.CONFORMING
            )

    def offer(self, organisation: Organisation) -> Memorandum:
        """A memorandum drafted, its papers made, and offered."""
        draft = memoranda.under_way(organisation)
        memorandum = draft or offering.draft(organisation, by=self.staff["officer.a"])
        signatory = self.staff["signatory.a"]
        papers = offering.make_papers(memorandum, signatory=signatory)
        offering.offer(memorandum, by=self.staff["officer.a"], signatory=signatory, papers=papers)
        return memorandum

    def sign(self, memorandum: Memorandum, field: Field) -> None:
        """One party signs, with a code from its letter."""
        by = (
            memorandum.organisation_signatory
            if field is Field.ORGANISATION
            else memorandum.ministry_signatory
        )
        assert by is not None and memorandum.current_sha256 is not None  # noqa: S101, PT018 - it was offered
        seen = memorandum.current_sha256
        people.send_code(by, bound_to=seen, what={"en": "signing a sample", "km": "ចុះហត្ថលេខាគំរូ"})
        db.session.flush()
        code = people.check_code(by, password=cast.PASSWORD, code=_code_sent_to(by), bound_to=seen)
        declared = signing.Declaration(
            seen_sha256=seen, typed_name=by.name["en"], consent_text="Sample consent to the electronic form.",
            intent_text=f"I, {by.name['en']}, sign the sample memorandum {memorandum.reference}.",
            language="en", code_id=code.id, idempotency_key=storage.digest(f"{seen}{field}".encode()),
        )  # fmt: skip
        if field is Field.ORGANISATION:
            right = understanding.right_answers(checking.questions_about(memorandum))
            checking.answer(memorandum, by=by, answers=right)
        signed = signing.make_signature(memorandum, field, by=by)
        signing.sign(memorandum, field, by=by, declared=declared, signed=signed)
        if field is Field.MINISTRY:
            compliance.open_calendar(memorandum, by=by)

    def keep_duties(self, organisation: Organisation, *, until: date, late: int = 0) -> None:
        """Every duty that fell due before `until` is reported, `late` days after its date, and accepted."""
        memorandum = memoranda.in_force(organisation)
        director = organisations.director_of(organisation)
        assert director is not None and memorandum is not None  # noqa: S101, PT018 - in these stories
        for duty in duties.duties_of(memorandum):
            if duty.due_on >= until:
                continue
            by = director if duty.party is Field.ORGANISATION else self.staff["officer.a"]
            at = datetime.combine(duty.due_on + timedelta(days=late), time(10), tzinfo=PHNOM_PENH)
            with clock.stopped(min(at, clock.now())):
                compliance.report(duty, by=by, note="របាយការណ៍គំរូ៖ មានតែតួលេខ គ្មានឈ្មោះ។")
                if duty.party is Field.ORGANISATION:
                    compliance.accept(duty, by=self.staff["officer.b"])

    def send_next(self, organisation: Organisation, by: Person) -> Duty:
        """The organisation reports the next duty that it owes."""
        memorandum = memoranda.in_force(organisation)
        assert memorandum is not None  # noqa: S101 - in these stories
        owed = (each for each in duties.duties_of(memorandum) if each.is_owed)
        duty = next(each for each in owed if each.party is Field.ORGANISATION)
        compliance.report(duty, by=by, note="របាយការណ៍គំរូ៖ មានតែតួលេខ គ្មានឈ្មោះ។")
        return duty


@dataclass(frozen=True)
class Doing:
    """What a sample organisation does: by default a shelter of 24 places for women and girls."""

    is_foreign: bool = False
    services: tuple[str, ...] = ("residential-care", "counselling", "education", "follow-up")
    groups: tuple[str, ...] = ("women", "girls")
    provinces: tuple[str, ...] = ("12", "17")
    places: int = 24
    child_places: int = 12
    active_cases: int = 30
    staff: Mapping[str, int] = field(
        default_factory=lambda: {"case_manager": 2, "counsellor": 1, "house_mother": 6, "guard": 2, "cook": 1}
    )
    sites: tuple[tuple[SiteKind, str], ...] = ((SiteKind.RESIDENTIAL, "12"), (SiteKind.OFFICE, "12"))


def fill_in(organisation: Organisation, by: Person, doing: Doing) -> None:
    """Every answer of the registration."""
    applying.describe_legal(
        organisation, by=by, is_foreign=doing.is_foreign,
        registration_number=f"SAMPLE-{organisation.id:03d}", registration_date=date(2012, 5, 14),
        letter_address_km="ប្រអប់សំបុត្រគំរូ រាជធានីភ្នំពេញ", letter_address_en="Sample letter box, Phnom Penh",
        public_phone="+855 23 000 000", public_email=f"contact.{by.username[-1]}@example.org",
        acronym=organisation.acronym, other_memoranda="",
    )  # fmt: skip
    applying.describe_work(
        organisation, by=by, services=doing.services, groups=doing.groups, provinces=doing.provinces,
        places=doing.places, child_places=doing.child_places, active_cases=doing.active_cases,
    )  # fmt: skip
    applying.describe_people(
        organisation, by=by, staff=doing.staff, pay={}, director_post_km="នាយក", director_post_en="Director"
    )
    for kind, province in doing.sites:
        applying.add_site(
            organisation, by=by, kind=kind, province=province, called="ទីតាំងគំរូ",
            address=f"Sample house {organisation.id} in a street kept secret",
        )  # fmt: skip
    for paper in organisations.papers_needed(organisation):
        upload(organisation, by, paper)


def upload(organisation: Organisation, by: Person, kind: PaperKind) -> None:
    """One sample paper."""
    applying.add_paper(
        organisation, by=by, kind=kind, filename=f"sample-{kind}.pdf", media_type="application/pdf",
        content=sample_paper(f"{kind} {organisation.reference}"),
    )  # fmt: skip


def _code_sent_to(person: Person) -> str:
    db.session.flush()
    subject = db.session.scalars(
        select(outbox.Letter.subject)
        .where(outbox.Letter.recipient == person.pseudonym, outbox.Letter.name == "step_up_code")
        .order_by(outbox.Letter.id.desc())
        .limit(1)
    ).one()
    return "".join(re.findall(r"\d", subject))
