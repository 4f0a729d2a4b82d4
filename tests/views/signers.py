"""A memorandum offered without LibreOffice, and people who sign it in browsers of their own."""

import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from contracts import understanding
from contracts.composing import canonical_json
from contracts.sealing import SignedFile, prepare
from registry.compliance import operations as compliance
from registry.kernel import clock
from registry.kernel.db import db
from registry.kernel.outbox import Letter
from registry.memoranda import queries
from registry.memoranda.models import Memorandum
from registry.memoranda.operations import checking, offering, signing
from registry.memoranda.states import Field
from registry.organisations.states import RegistrationStatus
from registry.people import operations as people
from registry.people.models import Person, StepUpCode
from registry.people.states import Role
from tests.contracts.specimens import BOXES, page
from tests.factories import PASSWORD, Factory


def offered(make: Factory) -> Memorandum:
    """A memorandum offered to a registered organisation; its PDF is small and made without a converter."""
    memorandum = offering.draft(make.organisation(RegistrationStatus.REGISTERED), by=make.staff(Role.OFFICER))
    offer(make, memorandum)
    return memorandum


def offer(make: Factory, memorandum: Memorandum, *, words: bytes = b"The text of the memorandum.") -> None:
    """Freeze and offer a draft."""
    signatory = make.staff(Role.SIGNATORY)
    terms = canonical_json(queries.composed(memorandum, signatory=signatory))
    papers = offering.OfferedPapers(
        terms_json=terms, docx=b"word", pdf=prepare(page(words), terms_json=terms, boxes=BOXES),
        boxes={name: list(box) for name, box in BOXES.items()},
    )  # fmt: skip
    offering.offer(memorandum, by=make.staff(Role.OFFICER), signatory=signatory, papers=papers)
    db.session.commit()


def record_signature(memorandum: Memorandum, field: Field) -> None:
    """Record a signature through the operation; the file is a stand-in, for tests of what follows it."""
    named = (
        memorandum.organisation_signatory if field is Field.ORGANISATION else memorandum.ministry_signatory
    )
    assert named is not None
    seen = memorandum.current_sha256 or ""
    people.send_code(named, bound_to=seen, what={"km": "x", "en": "x"})
    code = people.check_code(named, password=PASSWORD, code=newest_code(), bound_to=seen)
    declared = signing.Declaration(
        seen, named.name["en"], "I agree", "I sign", "en", code.id, f"key-{field}-{seen[:20]}"
    )
    if field is Field.ORGANISATION:
        checking.answer(memorandum, by=named, answers=right_answers(memorandum))
    content = f"{field} {seen}".encode()
    signed = SignedFile(content, "", memorandum.id * 10 + len(field), "key", clock.now())
    signing.sign(memorandum, field, by=named, declared=declared, signed=signed)
    if field is Field.MINISTRY:
        compliance.open_calendar(memorandum, by=named)
    db.session.commit()


def right_answers(memorandum: Memorandum) -> dict[str, str]:
    """What somebody who has understood the text answers."""
    return understanding.right_answers(checking.questions_about(memorandum))


def in_force(make: Factory) -> Memorandum:
    """A memorandum that both parties have signed."""
    memorandum = offered(make)
    record_signature(memorandum, Field.ORGANISATION)
    record_signature(memorandum, Field.MINISTRY)
    return memorandum


def newest_code() -> str:
    """The code of the newest letter, as it stands there."""
    body = db.session.scalar(
        select(Letter.body).where(Letter.name == "step_up_code").order_by(Letter.id.desc()).limit(1)
    )
    found = re.search(r"\d{4} \d{4}", body or "")
    assert found
    return found[0]


def codes() -> list[StepUpCode]:
    """Every code that was sent, afresh from the database."""
    db.session.rollback()
    return list(db.session.scalars(select(StepUpCode).order_by(StepUpCode.id)))


def apart(act: Callable[[], TestResponse]) -> TestResponse:
    """Do one request in a thread of its own, as a server does: nothing is shared with the test's context."""
    db.session.rollback()
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(act).result()


@dataclass(frozen=True)
class Signer:
    """Somebody at a browser, in front of one memorandum, at one door."""

    browser: FlaskClient
    reference: str
    door: str = "organisation"

    def get(self, path: str = "") -> TestResponse:
        return apart(lambda: self.browser.get(self._address(path)))

    def post(self, path: str, answers: Mapping[str, object] | None = None) -> TestResponse:
        return apart(lambda: self.browser.post(self._address(path), data=dict(answers or {})))

    def agree(self, seen: str) -> TestResponse:
        """Answer the questions, tick the consent for the text with this fingerprint; a code is sent."""
        memorandum = queries.by_reference(self.reference)
        assert memorandum is not None
        answers = right_answers(memorandum) if self.door == "organisation" else {}
        return self.post("/sign/agree", {"seen_sha256": seen, "consent": "y"} | answers)

    def answers(self, person: Person, seen: str, **changed: object) -> dict[str, object]:
        """What somebody who does everything right posts on the page that binds."""
        right: dict[str, object] = {
            "seen_sha256": seen, "idempotency_key": "a-key-of-twenty-letters",
            "typed_name": person.name["en"], "password": PASSWORD, "code": newest_code(),
        }  # fmt: skip
        return right | changed

    def _address(self, path: str) -> str:
        return f"/en/{self.door}/memoranda/{self.reference}{path}"


def many_posts(
    app: Flask, signer: Signer, answers: Mapping[str, object], *, times: int
) -> list[TestResponse]:
    """The same post from so many browsers at once, all with the same cookies."""
    cookie = signer.browser.get_cookie("session")
    assert cookie is not None
    address = f"/en/{signer.door}/memoranda/{signer.reference}/sign/confirm"

    def post(_number: int) -> TestResponse:
        browser = app.test_client()
        browser.set_cookie("session", cookie.value)
        return browser.post(address, data=dict(answers))

    db.session.rollback()
    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(post, range(times)))
