"""The registration as an organisation's people meet it: from nothing to submitted, and each refusal."""

import io
import re
from collections.abc import Callable
from datetime import date

import pikepdf
import pytest
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.datastructures import MultiDict

from registry.kernel import storage
from registry.kernel.db import db
from registry.kernel.outbox import Letter
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.organisations.states import PaperKind, RegistrationStatus
from registry.people.models import Person
from registry.people.states import Role
from tests.factories import A_PDF, PASSWORD, Factory
from tests.views.filled import LEGAL, REGISTER, SITE, STAFF, WORK

Browser = Callable[[Person], FlaskClient]


def _submitted_answers(browser: FlaskClient, path: str, answers: dict[str, object]) -> str:
    """Posts one page and gives the address it leads to."""
    db.session.rollback()  # what the test itself has read must not share the page's transaction
    answer = browser.post(f"/en{path}", data=MultiDict(answers))
    assert answer.status_code == 303, re.findall(r'error-message">.*?</p>', answer.text, re.S)
    return str(answer.headers["Location"])


def _upload(browser: FlaskClient, path: str, content: bytes, name: str = "paper.pdf") -> str:
    db.session.rollback()
    answer = browser.post(path, data={"paper": (io.BytesIO(content), name)})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def _the_only_organisation() -> Organisation:
    db.session.expire_all()
    return db.session.query(Organisation).one()


def test_a_director_comes_from_nothing_to_submitted_by_following_the_pages(client: FlaskClient) -> None:
    screens = [_submitted_answers(client, "/register", REGISTER)]
    home = client.get(screens[-1]).text
    assert home.count("Not started") == 5
    screens.append(_submitted_answers(client, "/organisation/legal", LEGAL))
    for answers in (WORK, STAFF, SITE):
        screens.append(_submitted_answers(client, screens[-1].removeprefix("/en"), answers))
    while "/papers/" in screens[-1]:
        screens.append(_upload(client, screens[-1], A_PDF))
    assert screens[1:] == [
        "/en/organisation/work", "/en/organisation/staff", "/en/organisation/sites",
        "/en/organisation/papers/statute", "/en/organisation/papers/registration-certificate",
        "/en/organisation/papers/child-safeguarding-policy", "/en/organisation/papers/budget",
        "/en/organisation/submit",
    ]  # fmt: skip
    assert _submitted_answers(client, "/organisation/submit", {"agreed": "y"}) == "/en/organisation"
    known = _the_only_organisation()
    assert known.status is RegistrationStatus.SUBMITTED
    assert known.registration_date == date(2015, 3, 2)
    assert (known.public_phone, known.places) == ("+855 23 212 345", 24)
    assert "The Ministry answers by" in client.get("/en/organisation").text


def test_the_way_to_submit_asks_for_at_most_34_answers_on_10_screens(client: FlaskClient) -> None:
    _submitted_answers(client, "/register", REGISTER)
    _submitted_answers(client, "/organisation/work", WORK)
    pages = ["legal", "work", "staff", "sites", "submit", *(f"papers/{kind}" for kind in PaperKind)]
    assert len(pages) + 1 == 10
    required = [
        *REGISTER,
        *LEGAL,
        *WORK,
        *SITE,
        "director_post_km",
        "director_post_en",
        "a post",
        "declaration",
    ]
    assert len(required) + len(PaperKind) <= 34
    for path in pages:
        assert client.get(f"/en/organisation/{path}").status_code == 200


def test_where_nobody_under_age_is_served_no_safeguarding_policy_is_asked_for(
    make: Factory, signed_in: Browser
) -> None:
    known = make.organisation()
    browser = signed_in(make_director(known))
    _submitted_answers(browser, "/organisation/work", {**WORK, "groups": ["women"]})
    assert browser.get("/en/organisation/papers/child-safeguarding-policy").status_code == 404
    assert browser.get("/en/organisation/papers/statute").status_code == 200


def make_director(known: Organisation) -> Person:
    director = organisations.director_of(known)
    assert director is not None
    return director


def test_a_page_with_an_error_keeps_everything_typed_and_says_what_to_do(
    make: Factory, signed_in: Browser
) -> None:
    browser = signed_in(make_director(make.organisation()))
    answers = {**LEGAL, "letter_address_km": "", "other_memoranda": "With <b>another</b> ministry"}
    answer = browser.post("/en/organisation/legal", data=MultiDict(answers))
    assert answer.status_code == 422
    assert "Write an address for letters, in Khmer or in English." in answer.text
    assert "1234 SAMPLE" in answer.text
    assert "With &lt;b&gt;another&lt;/b&gt; ministry" in answer.text


@pytest.mark.parametrize(
    ("path", "answers", "sentence"),
    [
        ("legal", {**LEGAL, "registration_date": ["1", "1", "2199"]}, "lies ahead"),
        ("legal", {**LEGAL, "public_phone": "ask at the gate"}, "Write a phone number"),
        ("work", {**WORK, "places": ""}, "People live with you"),
        ("work", {**WORK, "child_places": "25"}, "Places for children cannot be more than all places"),
        ("work", {**WORK, "services": ["banking"]}, "Choose only answers in the list"),
        ("staff", {**STAFF, "staff.case_manager": "-2"}, "Write a number from 0"),
        ("sites", {**SITE, "province": "99"}, "Choose one of the answers in the list"),
    ],
)
def test_an_answer_that_cannot_be_gets_a_sentence_at_its_question(
    make: Factory, signed_in: Browser, path: str, answers: dict[str, object], sentence: str
) -> None:
    browser = signed_in(make_director(make.organisation()))
    answer = browser.post(f"/en/organisation/{path}", data=MultiDict(answers))
    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_preparer_invites_the_director_and_can_submit_once_the_director_has_an_account(
    client: FlaskClient, app: object
) -> None:
    _submitted_answers(client, "/register", {**REGISTER, "who": "preparer"})
    _submitted_answers(client, "/organisation/legal", LEGAL)
    _submitted_answers(client, "/organisation/work", WORK)
    invited = {**STAFF, "name": "Sample Chief", "email": "chief@example.org"}
    assert _submitted_answers(client, "/organisation/staff", invited) == "/en/organisation/sites"
    following = _submitted_answers(client, "/organisation/sites", SITE)
    while "/papers/" in following:
        following = _upload(client, following, A_PDF)
    assert following == "/en/organisation"
    assert "as soon as the director has opened their account" in client.get(following).text
    link = re.search(r"/(?:en|km)/invitations/\S+", _last_letter("invitation"))
    assert link is not None
    db.session.rollback()
    chief = client.application.test_client()
    accepted = chief.post(
        link[0],
        data={
            "own_name_km": "គំរូ ខ", "own_name_latin": "Sample Chief", "username": "sample.chief",
            "password": PASSWORD, "post_km": "នាយិកា", "post_en": "Director",
        },
    )  # fmt: skip
    assert accepted.status_code == 303
    assert _submitted_answers(client, "/organisation/submit", {"agreed": "y"}) == "/en/organisation"
    director = make_director(_the_only_organisation())
    assert (director.username, director.post_km) == ("sample.chief", "នាយិកា")


def _last_letter(name: str) -> str:
    return str(db.session.query(Letter).filter_by(name=name).order_by(Letter.id.desc()).first().body)


def test_a_submitted_file_is_closed_to_every_page_that_changes_it(make: Factory, signed_in: Browser) -> None:
    known = make.organisation(RegistrationStatus.SUBMITTED)
    browser = signed_in(make_director(known))
    pages = ("legal", "work", "staff", "sites", "papers/statute", "submit")
    assert {browser.get(f"/en/organisation/{path}").status_code for path in pages} == {409}
    assert {browser.post(f"/en/organisation/{path}").status_code for path in pages} == {409}
    assert browser.get("/en/organisation/file").status_code == 200


def test_questions_of_the_ministry_are_answered_one_by_one_and_sent_again(
    make: Factory, signed_in: Browser
) -> None:
    known = make.organisation(RegistrationStatus.INFORMATION_REQUESTED)
    browser = signed_in(make_director(known))
    asked = known.questions[0].id
    assert "Which ministry?" in browser.get("/en/organisation").text
    assert browser.post("/en/organisation/submit", data={"agreed": "y"}).status_code == 422
    following = _submitted_answers(browser, f"/organisation/questions/{asked}", {"text": "The one named."})
    assert following == "/en/organisation/submit"
    _submitted_answers(browser, "/organisation/submit", {"agreed": "y"})
    assert _the_only_organisation().status is RegistrationStatus.SUBMITTED


def test_nobody_reaches_a_site_a_paper_or_a_question_of_another_organisation(
    make: Factory, signed_in: Browser
) -> None:
    other = make.organisation(RegistrationStatus.INFORMATION_REQUESTED)
    browser = signed_in(make_director(make.organisation()))
    assert browser.get(f"/en/organisation/papers/{other.papers[0].id}/file").status_code == 404
    assert browser.get(f"/en/organisation/questions/{other.questions[0].id}").status_code == 404
    assert browser.post(f"/en/organisation/sites/{other.sites[0].id}/remove").status_code == 404


def test_an_uploaded_paper_comes_back_only_as_an_attachment_in_a_sandbox(
    make: Factory, signed_in: Browser
) -> None:
    known = make.organisation()
    browser = signed_in(make_director(known))
    _upload(browser, "/en/organisation/papers/statute", A_PDF, "../../សំណាក <x>.exe")
    paper = _the_only_organisation().paper(PaperKind.STATUTE)
    assert paper is not None
    assert paper.filename == "សំណាក x.pdf"
    answer = browser.get(f"/en/organisation/papers/{paper.id}/file")
    assert answer.data == A_PDF
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''%E1%9E" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_the_camera_noted_does_not_come_along_with_a_photo(make: Factory, signed_in: Browser) -> None:
    browser = signed_in(make_director(make.organisation()))
    noted = Image.Exif()
    noted[0x010E] = "CANARY Hidden lane 271"
    photo = io.BytesIO()
    Image.new("RGB", (3000, 4000), "white").save(photo, "JPEG", exif=noted, comment=b"CANARY")
    assert b"CANARY" in photo.getvalue()
    _upload(browser, "/en/organisation/papers/statute", photo.getvalue(), "page.jpg")
    paper = _the_only_organisation().paper(PaperKind.STATUTE)
    assert paper is not None
    kept = storage.fetch(paper.sha256, protected=True)
    assert b"CANARY" not in kept
    assert max(Image.open(io.BytesIO(kept)).size) == 2400


def test_a_file_that_is_refused_is_not_kept_and_the_page_says_what_to_send(
    make: Factory, signed_in: Browser
) -> None:
    browser = signed_in(make_director(make.organisation()))
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        written = io.BytesIO()
        pdf.save(written)
    for content, sentence in (
        (written.getvalue(), "Print it as a new PDF"),
        (b"MZ\x90\x00", "Send a PDF file or a picture"),
        (b"", "The file is empty"),
    ):
        answer = browser.post(
            "/en/organisation/papers/statute", data={"paper": (io.BytesIO(content), "x.pdf")}
        )
        assert (answer.status_code, sentence in answer.text) == (422, True)
    assert _the_only_organisation().papers == []


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (RegistrationStatus.DRAFT, "Nothing is sent until you submit"),
        (RegistrationStatus.SUBMITTED, "need do nothing now"),
        (RegistrationStatus.IN_REVIEW, "checks your file"),
        (RegistrationStatus.INFORMATION_REQUESTED, "The Ministry has questions"),
        (RegistrationStatus.REGISTERED, "Your organisation is registered"),
        (RegistrationStatus.REFUSED, "The statute is not signed."),
        (RegistrationStatus.REVIEW_REQUESTED, "Somebody who did not refuse it"),
        (RegistrationStatus.WITHDRAWN, "has left the register by its own wish"),
    ],
)
def test_home_tells_where_the_registration_is(
    make: Factory, signed_in: Browser, status: RegistrationStatus, sentence: str
) -> None:
    browser = signed_in(make_director(make.organisation(status)))
    assert sentence in browser.get("/en/organisation").text
    assert browser.get("/km/organisation").status_code == 200


def test_a_refused_organisation_asks_for_review_once(make: Factory, signed_in: Browser) -> None:
    known = make.organisation(RegistrationStatus.REFUSED)
    browser = signed_in(make_director(known))
    reason = {"reason": "It is signed on page 4."}
    _submitted_answers(browser, "/organisation/ask-for-review", reason)
    assert _the_only_organisation().status is RegistrationStatus.REVIEW_REQUESTED
    db.session.rollback()
    assert browser.post("/en/organisation/ask-for-review", data=reason).status_code == 409


def test_a_registered_organisation_leaves_the_register_with_a_reason(
    make: Factory, signed_in: Browser
) -> None:
    browser = signed_in(make_director(make.organisation(RegistrationStatus.REGISTERED)))
    assert browser.post("/en/organisation/withdraw", data={}).status_code == 422
    _submitted_answers(browser, "/organisation/withdraw", {"reason": "The programme has ended."})
    assert _the_only_organisation().status is RegistrationStatus.WITHDRAWN
    db.session.rollback()
    assert browser.get("/en/organisation/withdraw").status_code == 409


def test_a_preparer_neither_invites_nor_leaves_the_register(make: Factory, signed_in: Browser) -> None:
    known = make.organisation(RegistrationStatus.REGISTERED)
    browser = signed_in(make.person(Role.PREPARER, organisation=known))
    home = browser.get("/en/organisation").text
    for path in ("colleagues", "withdraw"):
        assert f"/en/organisation/{path}" not in home
        assert browser.get(f"/en/organisation/{path}").status_code == 403
