"""The whole job as people do it: from nothing to a provider on the public list, without JavaScript."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import Select, select

from contracts import understanding
from registry.kernel import history, settings, storage
from registry.kernel.db import db
from registry.kernel.outbox import Letter
from registry.memoranda.models import Memorandum
from registry.memoranda.operations import checking
from registry.organisations.models import Organisation
from registry.people.models import Person, PersonRole
from registry.people.states import Role
from registry.views.commands import memoranda as commands
from tests.factories import A_PDF, PASSWORD, Factory
from tests.journeys.browser import Visitor, visitor

MOST_SCREENS, MOST_UPLOADS, MOST_FIELDS = 12, 6, 40


@pytest.mark.browser
@pytest.mark.documents
@pytest.mark.parametrize(("language", "width"), [("km", 360), ("en", 1280), ("en", 360), ("km", 1280)])
def test_from_nothing_to_a_provider_on_the_public_list(
    registry: Flask, make: Factory, chromium: Browser, origin: str, tmp_path: Path, language: str, width: int
) -> None:
    staff = {role: make.staff(role) for role in (Role.OFFICER, Role.APPROVER, Role.SIGNATORY)}
    names = {role: person.username for role, person in staff.items()}
    signatory = staff[Role.SIGNATORY].id
    db.session.commit()
    director = visitor(chromium, origin, language, width)

    register(director)
    fill_in(director, tmp_path)
    reference = submit(director)
    check_and_decide(chromium, origin, language, width, names=names, reference=reference)
    memorandum = offer(chromium, origin, language, width, officer=names[Role.OFFICER], signatory=signatory,
                       reference=reference)  # fmt: skip
    sign(director, f"/organisation/memoranda/{memorandum}", "សុខ សំណាង គំរូ")

    anybody = visitor(chromium, origin, language, width)
    anybody.open(f"/verify?code={code_of(memorandum)}")
    assert not in_force(anybody), "signed on one side only must never read as in force"

    countersigner = visitor(chromium, origin, language, width)
    countersigner.sign_in(names[Role.SIGNATORY])
    sign(countersigner, f"/ministry/memoranda/{memorandum}", staff_name(Role.SIGNATORY))

    see_what_became_of_it(director, anybody, reference=reference, memorandum=memorandum)
    the_file_is_good(memorandum, tmp_path)
    assert len(director.screens) <= MOST_SCREENS, director.screens
    assert director.uploads <= MOST_UPLOADS
    assert director.fields <= MOST_FIELDS
    assert history.first_bad_row() is None


def register(director: Visitor) -> None:
    """Open the account and begin."""
    director.open("/")
    director.open("/before-you-sign")
    director.open("/register")
    director.fill(name_km="ជម្រកគំរូ សម្រាប់ការធ្វើតេស្តដែលមានឈ្មោះវែង", name_latin="Sample Shelter Journey")
    director.tick("who", "director")
    director.fill(
        own_name_km="សុខ សំណាង គំរូ", own_name_latin="Sample Director Journey", email="director@example.org",
        username="journey.director", password=PASSWORD,
    )  # fmt: skip
    director.send()


def fill_in(director: Visitor, folder: Path) -> None:
    """The short pages of the task list, each leading to the next."""
    director.open("/organisation/legal")
    director.tick("origin", "local")
    director.fill(
        registration_number="១២៣៤ សណន", letter_address_km="ប្រអប់សំបុត្រគំរូ ១២", public_phone="023 000 000"
    )
    director.date("registration_date", "១៤", "5", "2012")
    director.send()
    director.tick("services", "residential-care", "counselling")
    director.tick("groups", "women", "girls")
    director.tick("provinces", "12")
    director.fill(places="២៤", child_places="12", active_cases="30")
    director.send()
    director.fill(director_post_km="នាយិកា", director_post_en="Director")
    director.send()
    director.tick("kind", "residential")
    director.choose("province", "12")
    director.fill(called="ផ្ទះទីមួយ", address="ផ្លូវ ២៧១ ផ្ទះសម្ងាត់")
    director.send()
    paper = folder / "paper.pdf"
    paper.write_bytes(A_PDF)
    while director.page.locator('[name="paper"]').count():
        director.upload("paper", paper)
        director.send()


def submit(director: Visitor) -> str:
    """Send it to the Ministry; returns the reference."""
    director.open("/organisation/submit")
    director.tick("agreed", "y")
    director.send()
    return one(select(Organisation.reference))


def check_and_decide(
    chromium: Browser, origin: str, language: str, width: int, *, names: dict[Role, str], reference: str
) -> None:
    """The officer takes it up, finds all in order and recommends; the approver registers."""
    file = f"/ministry/organisations/{reference}"
    officer = visitor(chromium, origin, language, width)
    officer.sign_in(names[Role.OFFICER])
    officer.open(file)
    officer.press_form("/take-up")
    officer.open(f"{file}/check")
    officer.press_form("/conform")
    officer.open(f"{file}/recommend")
    officer.tick("advice", "register")
    officer.send()
    approver = visitor(chromium, origin, language, width)
    approver.sign_in(names[Role.APPROVER])
    approver.open(f"{file}/register")
    approver.send()


def offer(
    chromium: Browser, origin: str, language: str, width: int, *, officer: str, signatory: int, reference: str
) -> str:
    """The officer prepares the memorandum and offers it; returns its reference."""
    window = visitor(chromium, origin, language, width)
    window.sign_in(officer)
    window.open(f"/ministry/organisations/{reference}")
    window.press_form("/memorandum")
    window.tick("signatory", str(signatory))
    window.press_form("/offer")
    return one(select(Memorandum.reference))


def sign(signer: Visitor, memorandum: str, name: str) -> None:
    """Read, agree, and confirm with the code from the letter."""
    signer.open(f"{memorandum}/sign")
    if memorandum.startswith("/organisation"):
        answer_questions(signer, memorandum.rpartition("/")[2])
    signer.tick("consent", "y")
    signer.screens.append("sign")
    signer.press_form("/sign/agree")
    signer.fill(typed_name=name, password=PASSWORD, code=newest_code())
    signer.screens.append("confirm")
    signer.press_form("/sign/confirm")
    assert signer.page.url.endswith("/signed")


def answer_questions(signer: Visitor, reference: str) -> None:
    """Answer rightly what is asked about the memorandum."""
    found = db.session.scalars(select(Memorandum).where(Memorandum.reference == reference)).one()
    right = understanding.right_answers(checking.questions_about(found))
    db.session.rollback()
    assert len(right) >= 5
    for question, answer in right.items():
        signer.tick(question, answer)


def see_what_became_of_it(director: Visitor, anybody: Visitor, *, reference: str, memorandum: str) -> None:
    """The public sees it, the code says so, the calendar runs, and the place is nowhere."""
    anybody.open("/providers")
    assert anybody.page.locator(f'a[href$="/providers/{reference}"]').count()
    anybody.open(f"/providers/{reference}")
    assert "271" not in anybody.page.content()
    assert "២៧១" not in anybody.page.content()
    anybody.open(f"/verify?code={code_of(memorandum)}")
    assert in_force(anybody)
    director.open("/organisation/calendar")
    assert director.page.locator('a[href*="/organisation/duties/"]').count() > 5
    director.open(f"/organisation/memoranda/{memorandum}")


def the_file_is_good(memorandum: str, folder: Path) -> None:
    """pdfsig and pyHanko agree on two valid signatures, and the command says so."""
    db.session.rollback()
    found = db.session.scalars(select(Memorandum).where(Memorandum.reference == memorandum)).one()
    content = storage.fetch(found.current_sha256 or "")
    file = folder / "memorandum.pdf"
    file.write_bytes(content)
    said = subprocess.run(
        ["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=False
    ).stdout
    assert said.count("Signature is Valid.") == 2, said
    half = storage.fetch(found.signatures[0].signed_sha256)
    db.session.rollback()
    assert judged(content, folder) == commands.GENUINE_AND_IN_FORCE
    assert judged(half, folder) == commands.GENUINE_NOT_IN_FORCE
    assert judged(content[:-40] + b"0" + content[-39:], folder) == commands.NOT_GENUINE


def judged(content: bytes, folder: Path) -> int:
    """What `flask memorandum verify` answers, as its exit code."""
    shown = folder / "shown.pdf"
    shown.write_bytes(content)
    environment = {**os.environ, "INSTANCE": str(settings.current().instance), "SAMPLE": "0"}
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "memorandum", "verify", str(shown)],
        env=environment, cwd=Path(__file__).parents[2], check=False, capture_output=True,
    ).returncode  # fmt: skip


def newest_code() -> str:
    query = select(Letter.subject).where(Letter.name == "step_up_code").order_by(Letter.id.desc()).limit(1)
    return "".join(re.findall(r"\d", one(query)))


def code_of(memorandum: str) -> str:
    return one(select(Memorandum.verification_code).where(Memorandum.reference == memorandum))


def staff_name(role: Role) -> str:
    return one(select(Person.name_latin).join(PersonRole).where(PersonRole.role == role))


def one(query: Select[tuple[str]]) -> str:
    """The one answer to a question, without keeping the writer's lock from the portal."""
    answer = db.session.scalars(query).one()
    db.session.rollback()
    return answer


def in_force(anybody: Visitor) -> bool:
    """Whether the page of the public check shows its good verdict."""
    return anybody.page.locator(".verdict--good").count() > 0
