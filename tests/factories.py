"""Makes people, organisations and memoranda for tests, through the portal's own operations."""

import itertools
from collections.abc import Callable
from datetime import date

from contracts import understanding
from contracts.composing import canonical_json
from contracts.sealing import SignedFile
from registry.compliance import operations as compliance
from registry.kernel import clock, storage
from registry.kernel.db import db
from registry.memoranda import queries as memoranda
from registry.memoranda.models import Memorandum, Signature
from registry.memoranda.operations import answering, checking, ending, offering, signing
from registry.memoranda.states import ChangeAnswer, Field, MemorandumStatus
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.organisations.operations import applying, deciding
from registry.organisations.states import Advice, CheckResult, PaperKind, RegistrationStatus, SiteKind
from registry.people import operations as people
from registry.people import queries as accounts
from registry.people.models import Person
from registry.people.states import Role

PASSWORD = "seven lanterns cross the quiet river"
A_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>"
    b"endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


class Factory:
    """Each method makes one thing, with a number in its name so that two are never the same."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self._staff: dict[Role, Person] = {}

    def person(self, role: Role, *, organisation: Organisation | None = None, language: str = "en") -> Person:
        """A person with one role and the sample password."""
        number = next(self._numbers)
        return people.open_account(
            f"{role}.{number}", PASSWORD, role=role, name_km=f"គំរូ {number}",
            name_latin=f"Sample {role} {number}", email=f"sample{number}@example.org", language=language,
            organisation_id=organisation.id if organisation else None,
        )  # fmt: skip

    def staff(self, role: Role) -> Person:
        """The one person of the Ministry with this role; made at first use."""
        if role not in self._staff:
            self._staff[role] = self.person(role)
            self._staff[role].post_km, self._staff[role].post_en = "មន្ត្រីគំរូ", "Sample officer"
        return self._staff[role]

    def organisation(
        self,
        status: RegistrationStatus = RegistrationStatus.DRAFT,
        *,
        services: tuple[str, ...] = ("residential-care", "counselling"),
        groups: tuple[str, ...] = ("women", "girls"),
    ) -> Organisation:
        """An organisation in a status, brought there by the people whose acts lead there."""
        number = next(self._numbers)
        organisation = applying.begin(
            name_km=f"អង្គការគំរូ {number}", name_latin=f"Sample Shelter {number}", acronym=f"SS{number}"
        )
        director = self.person(Role.DIRECTOR, organisation=organisation)
        if status is not RegistrationStatus.DRAFT:
            self.fill_in(organisation, director, services=services, groups=groups)
            for act in _WAYS[status]:
                act(self, organisation, director)
        db.session.commit()
        return organisation

    def fill_in(
        self,
        organisation: Organisation,
        by: Person,
        *,
        services: tuple[str, ...] = ("residential-care", "counselling"),
        groups: tuple[str, ...] = ("women", "girls"),
    ) -> None:
        """Every answer of the registration."""
        applying.describe_legal(
            organisation, by=by, is_foreign=False, registration_number=f"{organisation.id:04d} SAMPLE",
            registration_date=date(2015, 3, 2), letter_address_km="ប្រអប់សំបុត្រគំរូ ភ្នំពេញ",
            letter_address_en="Sample letter box, Phnom Penh", public_phone="+855 23 000 000",
            public_email="contact@example.org", acronym=organisation.acronym, other_memoranda="",
        )  # fmt: skip
        residential = bool(set(services) & organisations.RESIDENTIAL_SERVICES)
        applying.describe_work(
            organisation, by=by, services=services, groups=groups, provinces=("12", "03"),
            places=24 if residential else 0, child_places=12 if residential and "girls" in groups else 0,
            active_cases=30,
        )  # fmt: skip
        applying.describe_people(
            organisation, by=by, staff={"case_manager": 2, "counsellor": 1, "house_mother": 3}, pay={},
            director_post_km="នាយិកា", director_post_en="Director",
        )  # fmt: skip
        kind = SiteKind.RESIDENTIAL if residential else SiteKind.OFFICE
        applying.add_site(
            organisation, by=by, kind=kind, province="12", called="House one", address="Hidden street 271"
        )
        for paper in organisations.papers_needed(organisation):
            self.paper(organisation, by, paper)

    def paper(self, organisation: Organisation, by: Person, kind: PaperKind) -> None:
        """One uploaded paper."""
        applying.add_paper(
            organisation, by=by, kind=kind, filename=f"{kind}.pdf", media_type="application/pdf",
            content=A_PDF + f"% {organisation.reference} {kind}".encode(),
        )  # fmt: skip

    def submit(self, organisation: Organisation, by: Person) -> None:
        """The organisation submits."""
        applying.submit(organisation, by=by)

    def take_up(self, organisation: Organisation, _by: Person) -> None:
        """An officer takes the application in hand."""
        deciding.take_up(organisation, by=self.staff(Role.OFFICER))

    def conform(self, organisation: Organisation, _by: Person) -> None:
        """The officer finds everything conforming and recommends registration."""
        officer = self.staff(Role.OFFICER)
        for item in organisations.items_to_check(organisation):
            deciding.check_item(organisation, by=officer, item=item, result=CheckResult.CONFORMING)
        deciding.recommend(organisation, by=officer, advice=Advice.REGISTER, note="")

    def ask(self, organisation: Organisation, _by: Person) -> None:
        """The officer asks for information."""
        officer = self.staff(Role.OFFICER)
        deciding.check_item(
            organisation, by=officer, item="legal", result=CheckResult.QUESTION, note="Which ministry?"
        )
        deciding.request_information(organisation, by=officer)

    def register(self, organisation: Organisation, _by: Person) -> None:
        """The approver registers."""
        deciding.register(organisation, by=self.staff(Role.APPROVER))

    def refuse(self, organisation: Organisation, _by: Person) -> None:
        """The approver refuses."""
        deciding.refuse(organisation, by=self.staff(Role.APPROVER), reason="The statute is not signed.")

    def ask_for_review(self, organisation: Organisation, by: Person) -> None:
        """The director asks for review of the refusal."""
        applying.ask_for_review(organisation, by=by, reason="The signed statute is attached.")

    def withdraw(self, organisation: Organisation, by: Person) -> None:
        """The director leaves the register."""
        applying.withdraw(organisation, by=by, reason="The programme has ended.")

    def memorandum(
        self,
        status: MemorandumStatus = MemorandumStatus.COUNTERSIGNED,
        *,
        organisation: Organisation | None = None,
    ) -> Memorandum:
        """A memorandum in a status, brought there by those whose acts lead there, with made-up papers."""
        organisation = organisation or self.organisation(RegistrationStatus.REGISTERED)
        memorandum = offering.draft(organisation, by=self.staff(Role.OFFICER))
        for act in _LIVES[status]:
            act(self, memorandum)
        db.session.commit()
        return memorandum

    def director(self, organisation: Organisation) -> Person:
        """The director of an organisation."""
        found = organisations.director_of(organisation)
        assert found is not None
        return found

    def papers(self, memorandum: Memorandum, *, signatory: Person | None = None) -> offering.OfferedPapers:
        """Made-up papers with the real terms: no LibreOffice is needed to ask for the rules."""
        signatory = signatory or self.staff(Role.SIGNATORY)
        written = canonical_json(memoranda.composed(memorandum, signatory=signatory))
        number = next(self._numbers)
        return offering.OfferedPapers(
            terms_json=written, docx=f"made-up Word file {number}".encode(),
            pdf=f"made-up PDF {number}".encode(),
            boxes={"organisation": [0, 50.0, 90.0, 250.0, 180.0], "ministry": [0, 300.0, 90.0, 500.0, 180.0]},
        )  # fmt: skip

    def offer(self, memorandum: Memorandum) -> None:
        """An officer offers it."""
        offering.offer(
            memorandum, by=self.staff(Role.OFFICER), signatory=self.staff(Role.SIGNATORY),
            papers=self.papers(memorandum),
        )  # fmt: skip

    def declaration(self, memorandum: Memorandum, by: Person) -> signing.Declaration:
        """What a signer says, with a code that was sent for the file as it is now."""
        seen = memorandum.current_sha256 or ""
        people.send_code(by, bound_to=seen, what={"km": "គំរូ", "en": "a sample"})
        sent = accounts.open_code(by, seen)
        assert sent is not None
        return signing.Declaration(
            seen_sha256=seen, typed_name=by.name["en"], consent_text="I agree.", intent_text="I sign.",
            language="en", code_id=sent.id, idempotency_key=f"{seen[:32]}-{by.id}",
        )  # fmt: skip

    def signed_file(self, memorandum: Memorandum) -> SignedFile:
        """A made-up file that stands for the stored one with a signature in it."""
        number = next(self._numbers)
        content = f"made-up signed PDF {number} of {memorandum.reference}".encode()
        return SignedFile(
            content=content, sha256=storage.digest(content), certificate_serial=number,
            key_id=f"made-up key {number}", signed_at=clock.now(),
        )  # fmt: skip

    def sign(self, memorandum: Memorandum, field: Field = Field.ORGANISATION) -> Signature:
        """The person named in this field signs; and with the Ministry the calendar opens."""
        named = {
            Field.ORGANISATION: memorandum.organisation_signatory,
            Field.MINISTRY: memorandum.ministry_signatory,
        }[field]
        assert named is not None
        if field is Field.ORGANISATION:
            self.understand(memorandum)
        signature = signing.sign(
            memorandum, field, by=named, declared=self.declaration(memorandum, named),
            signed=self.signed_file(memorandum),
        )  # fmt: skip
        if field is Field.MINISTRY:
            compliance.open_calendar(memorandum, by=named)
        return signature

    def understand(self, memorandum: Memorandum) -> None:
        """The organisation's signatory answers every question about the text rightly."""
        assert memorandum.organisation_signatory is not None
        right = understanding.right_answers(checking.questions_about(memorandum))
        assert not checking.answer(memorandum, by=memorandum.organisation_signatory, answers=right)

    def countersign(self, memorandum: Memorandum) -> None:
        """The Ministry signs."""
        self.sign(memorandum, Field.MINISTRY)

    def decline(self, memorandum: Memorandum) -> None:
        """The director declines."""
        by = self.director(memorandum.organisation)
        answering.decline(memorandum, by=by, reason="The board has not met yet.")

    def request_changes(self, memorandum: Memorandum) -> None:
        """The director asks for a change."""
        by = self.director(memorandum.organisation)
        answering.request_changes(memorandum, by=by, reason="A longer time to reply.")

    def revise(self, memorandum: Memorandum) -> None:
        """The officer refuses every change that is open, and takes the text back to draft."""
        officer = self.staff(Role.OFFICER)
        for asked in memorandum.open_requests:
            answering.answer_request(asked, by=officer, answer=ChangeAnswer.REFUSED, text="Not this time.")
        answering.revise(memorandum, by=officer, answer="Done.")

    def give_back(self, memorandum: Memorandum) -> None:
        """The Ministry's signatory returns it."""
        answering.return_to_officer(
            memorandum, by=self.staff(Role.SIGNATORY), reason="A name is misspelt in Article 1."
        )

    def suspend(self, memorandum: Memorandum) -> None:
        """An inspector proposes a suspension, an approver decides it."""
        ending.suspend(
            memorandum, proposed_by=self.staff(Role.INSPECTOR), by=self.staff(Role.APPROVER), reason="Sample."
        )

    def terminate(self, memorandum: Memorandum) -> None:
        """An inspector proposes the end, an approver decides it."""
        ending.terminate(
            memorandum, proposed_by=self.staff(Role.INSPECTOR), by=self.staff(Role.APPROVER), reason="Sample."
        )

    def withdraw_memorandum(self, memorandum: Memorandum) -> None:
        """The director ends the memorandum."""
        ending.withdraw(memorandum, by=self.director(memorandum.organisation), reason="Sample.")

    def renew(self, memorandum: Memorandum) -> Memorandum:
        """The director asks for renewal; the next memorandum is offered and signed by both."""
        following = answering.ask_for_renewal(memorandum, by=self.director(memorandum.organisation))
        self.offer(following)
        self.sign(following)
        self.countersign(following)
        db.session.commit()
        return following


_TO_REVIEW = (Factory.submit, Factory.take_up)
_TO_DECISION = (*_TO_REVIEW, Factory.conform)
_WAYS = {
    RegistrationStatus.SUBMITTED: (Factory.submit,),
    RegistrationStatus.IN_REVIEW: _TO_REVIEW,
    RegistrationStatus.INFORMATION_REQUESTED: (*_TO_REVIEW, Factory.ask),
    RegistrationStatus.REGISTERED: (*_TO_DECISION, Factory.register),
    RegistrationStatus.REFUSED: (*_TO_DECISION, Factory.refuse),
    RegistrationStatus.REVIEW_REQUESTED: (*_TO_DECISION, Factory.refuse, Factory.ask_for_review),
    RegistrationStatus.WITHDRAWN: (*_TO_DECISION, Factory.register, Factory.withdraw),
}

_BOTH_SIGNED = (Factory.offer, Factory.sign, Factory.countersign)
# Superseded and discarded come with a renewal: see Factory.renew and the tests of renewal.
_LIVES: dict[MemorandumStatus, tuple[Callable[[Factory, Memorandum], object], ...]] = {
    MemorandumStatus.DRAFT: (),
    MemorandumStatus.OFFERED: (Factory.offer,),
    MemorandumStatus.CHANGES_REQUESTED: (Factory.offer, Factory.request_changes),
    MemorandumStatus.DECLINED: (Factory.offer, Factory.decline),
    MemorandumStatus.SIGNED: (Factory.offer, Factory.sign),
    MemorandumStatus.RETURNED: (Factory.offer, Factory.sign, Factory.give_back),
    MemorandumStatus.COUNTERSIGNED: _BOTH_SIGNED,
    MemorandumStatus.SUSPENDED: (*_BOTH_SIGNED, Factory.suspend),
    MemorandumStatus.TERMINATED: (*_BOTH_SIGNED, Factory.terminate),
    MemorandumStatus.WITHDRAWN: (*_BOTH_SIGNED, Factory.withdraw_memorandum),
}
