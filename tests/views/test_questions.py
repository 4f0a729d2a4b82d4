"""Asking before signing, and supposing a delay, as organisation, Ministry and everybody see it."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient

from contracts import terms
from contracts.khmer import english_date
from contracts.ladder import what_if
from contracts.records import Party, Profile
from registry.editions import queries as editions
from registry.kernel import clock
from registry.kernel.db import db
from registry.organisations.models import Organisation
from registry.organisations.states import RegistrationStatus
from registry.people.models import Person
from registry.people.states import Role
from registry.questions import operations, queries
from registry.questions.models import ClauseQuestion
from tests.factories import Factory

Browser = Callable[[Person], FlaskClient]
ASKED = "Sample Shelter 1 asks: when must House Sample send it?"
PUBLISHED = {
    "question_km": "តើត្រូវផ្ញើនៅពេលណា?", "question_en": "When must it be sent?",
    "answer_km": "បន្ទាប់ពីចុងរយៈពេល។",
}  # fmt: skip
ANSWER = "Thirty days after the period."


@pytest.fixture
def organisation(make: Factory) -> Organisation:
    make.staff(Role.OFFICER)
    return make.organisation(RegistrationStatus.SUBMITTED)


@pytest.fixture
def officer(make: Factory, signed_in: Browser) -> FlaskClient:
    return signed_in(make.staff(Role.OFFICER))


@pytest.fixture
def director(make: Factory, signed_in: Browser, organisation: Organisation) -> FlaskClient:
    return signed_in(make.director(organisation))


def asked(make: Factory, organisation: Organisation) -> ClauseQuestion:
    made = operations.ask(
        organisation,
        by=make.director(organisation),
        code="RP-01",
        edition=editions.current(),
        language="en",
        text=ASKED,
    )
    db.session.commit()
    return made


def text_of(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.text)


def test_a_question_goes_from_the_card_to_the_answer_beside_the_obligation_for_everybody(
    director: FlaskClient, officer: FlaskClient, client: FlaskClient
) -> None:
    assert "/en/organisation/questions/ask?about=RP-01" in text_of(
        director, "/en/organisation/before-you-sign"
    )
    form = text_of(director, "/en/organisation/questions/ask?about=RP-01")
    assert re.search(r'<option value="RP-01" selected', form)
    sent = director.post("/en/organisation/questions/ask", data={"about": "RP-01", "text": ASKED})
    assert sent.status_code == 303
    assert ASKED in text_of(director, "/en/organisation/questions")
    assert "Answer a question about the terms" in text_of(officer, "/en/ministry/")
    made = queries.unanswered()[0]
    page = f"/en/ministry/questions/{made.id}"
    assert "7 days left" in text_of(officer, page) or "days left" in text_of(officer, page)
    assert officer.post(f"{page}/answer", data={"answer_en": ANSWER}).status_code == 303
    assert ANSWER in text_of(director, "/en/organisation/questions")
    assert ANSWER not in text_of(client, "/en/before-you-sign")
    assert officer.post(f"{page}/publish", data=PUBLISHED).status_code == 303
    for address in ("/en/before-you-sign", "/en/questions"):
        shown = text_of(client, address)
        assert PUBLISHED["question_en"] in shown
        assert ANSWER in shown
        assert "House Sample" not in shown
    assert ANSWER in text_of(director, "/en/organisation/before-you-sign")
    assert PUBLISHED["answer_km"] in text_of(client, "/km/questions")
    assert officer.post(f"{page}/take-back").status_code == 303
    assert ANSWER not in text_of(client, "/en/questions")


def test_the_form_of_publication_does_not_begin_with_the_words_of_the_organisation(
    make: Factory, organisation: Organisation, officer: FlaskClient
) -> None:
    made = asked(make, organisation)
    operations.answer(made, by=make.staff(Role.OFFICER), answer_km="", answer_en=ANSWER)
    page = text_of(officer, f"/en/ministry/questions/{made.id}")
    assert not any(ASKED in words for words in re.findall(r"<textarea.*?</textarea>", page, flags=re.DOTALL))
    assert 'name="answer_km"' in page
    assert 'name="answer_en"' not in page


def test_a_publication_with_a_name_in_it_is_refused_with_a_sentence_and_keeps_what_was_typed(
    make: Factory, organisation: Organisation, officer: FlaskClient, client: FlaskClient
) -> None:
    made = asked(make, organisation)
    operations.answer(made, by=make.staff(Role.OFFICER), answer_km="", answer_en=ANSWER)
    words = {**PUBLISHED, "question_en": f"When must {organisation.name_latin} send it?"}
    refused = officer.post(f"/en/ministry/questions/{made.id}/publish", data=words)
    assert refused.status_code == 422
    assert "Take the name out" in refused.text
    assert PUBLISHED["question_km"] in refused.text
    assert organisation.name_latin not in text_of(client, "/en/questions")


@pytest.mark.parametrize("answers", [{}, {"about": "XX-01", "text": "Why?"}, {"about": "RP-01"}])
def test_a_question_without_words_or_about_nothing_is_refused_with_a_sentence(
    director: FlaskClient, answers: dict[str, str]
) -> None:
    refused = director.post("/en/organisation/questions/ask", data=answers)
    assert refused.status_code == 422
    assert "There is a problem" in refused.text
    assert queries.everything() == []


def test_an_organisation_sees_only_its_own_questions(
    make: Factory, organisation: Organisation, signed_in: Browser
) -> None:
    asked(make, organisation)
    other = make.organisation(RegistrationStatus.SUBMITTED)
    assert ASKED not in text_of(signed_in(make.director(other)), "/en/organisation/questions")


def test_an_auditor_reads_a_question_and_finds_no_button(
    make: Factory, organisation: Organisation, signed_in: Browser
) -> None:
    made = asked(make, organisation)
    auditor = signed_in(make.person(Role.AUDITOR))
    page = text_of(auditor, f"/en/ministry/questions/{made.id}")
    assert ASKED in page
    assert "Send the answer" not in page
    refused = auditor.post(f"/en/ministry/questions/{made.id}/answer", data={"answer_en": "No."})
    assert refused.status_code == 403


def test_a_visitor_finds_no_link_to_ask_and_one_to_the_register_of_answers(client: FlaskClient) -> None:
    page = text_of(client, "/en/before-you-sign")
    assert "Ask about this" not in page
    assert 'href="/en/questions"' in page


def test_answers_to_questions_count_in_the_record_of_the_ministry(
    make: Factory, organisation: Organisation, client: FlaskClient
) -> None:
    before = text_of(client, "/en/performance")
    made = asked(make, organisation)
    operations.answer(made, by=make.staff(Role.OFFICER), answer_km="", answer_en=ANSWER)
    after = text_of(client, "/en/performance")
    assert on_time(after) == on_time(before) + 1


def on_time(page: str) -> int:
    found = re.search(r'figure__value">(\d+)</strong>\s*<span class="figure__label">times on time', page)
    return int(found[1]) if found else 0


def test_search_on_the_public_page_finds_by_code_and_says_when_nothing_fits(
    make: Factory, organisation: Organisation, client: FlaskClient
) -> None:
    made, by = asked(make, organisation), make.staff(Role.OFFICER)
    operations.answer(made, by=by, answer_km="", answer_en=ANSWER)
    operations.publish(made, by=by, wording=operations.Wording(**PUBLISHED))
    assert "1 answer found" in text_of(client, "/en/questions?words=rp-01")
    assert "No answer holds all of these words" in text_of(client, "/en/questions?words=elephant")
    assert client.get("/en/questions?words=" + "x" * 4000).status_code == 200


LEGAL = "service=legal-aid&group=women&active_cases=25"


def test_what_if_shows_the_dates_of_the_ladder_and_no_other(client: FlaskClient) -> None:
    edition = terms.load_edition(terms.CURRENT)
    profile = Profile(services=frozenset({"legal-aid"}), groups=frozenset({"women"}), active_cases=25)
    page = text_of(client, f"/en/before-you-sign/what-if?{LEGAL}&obligation=RP-01&days_late=95")
    found = what_if(edition, profile, edition.obligation("RP-01"), due=clock.today(), days_late=95)
    shown = re.findall(r'ladder__days">not before ([^<]+)<', page)
    assert shown == [english_date(step.earliest) for step in found.path if step.earliest]
    assert english_date(clock.today() + timedelta(days=95)) in page
    assert "A person decides on each one" in page
    for step in found.reached:
        assert edition.fill(step.rung.consequence.title, "en") in page


def test_in_time_means_that_nothing_follows(client: FlaskClient) -> None:
    page = text_of(client, f"/en/before-you-sign/what-if?{LEGAL}&obligation=RP-01&days_late=0")
    assert "In time: no step follows." in page
    assert "Could have begun by then" not in page


@pytest.mark.parametrize(
    "query",
    [
        "obligation=XX-99&days_late=30", "obligation=MI-01&days_late=30", "obligation=RC-01&days_late=30",
        "obligation=&days_late=30", "obligation=RP-01&days_late=366", "obligation=RP-01&days_late=-1",
        "obligation=RP-01&days_late=many", "obligation=RP-01&days_late=", "obligation=RP-01&days_late=9e9",
        "obligation=" + "x" * 3000 + "&days_late=" + "9" * 3000, "obligation=%00&days_late=%00",
        "obligation=RP-01&days_late=1_0", "obligation=RP-01&days_late=%E1%9F%A0x",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["en", "km"])
def test_a_bad_question_is_answered_with_a_sentence_and_never_with_a_fault(
    client: FlaskClient, query: str, language: str
) -> None:
    answer = client.get(f"/{language}/before-you-sign/what-if?{LEGAL}&{query}")
    assert answer.status_code == 200
    assert "govuk-error-summary" in answer.text
    assert "ladder__step" not in answer.text


def test_days_may_be_written_in_khmer_digits_and_the_description_is_carried_on(client: FlaskClient) -> None:
    page = text_of(client, f"/km/before-you-sign/what-if?{LEGAL}&obligation=RP-01&days_late=៩៥")
    assert "ladder__step" in page
    assert '<input type="hidden" name="service" value="legal-aid">' in page
    assert '<input type="hidden" name="active_cases" value="25">' in page


def test_every_obligation_of_the_organisation_links_to_its_what_if_and_none_of_the_ministry(
    client: FlaskClient,
) -> None:
    page = text_of(client, f"/en/before-you-sign?{LEGAL}")
    edition = terms.load_edition(terms.CURRENT)
    profile = Profile(services=frozenset({"legal-aid"}), groups=frozenset({"women"}), active_cases=25)
    linked = set(re.findall(r"what-if\?[^\"]*obligation=([A-Z]+-\d+)", page))
    own = {each.code for each in terms.applicable(edition, profile) if each.party is Party.ORGANISATION}
    assert linked == own


def test_the_organisation_supposes_for_its_own_file_and_nobody_is_told(
    director: FlaskClient, organisation: Organisation
) -> None:
    page = text_of(director, "/en/organisation/before-you-sign/what-if?obligation=RC-01&days_late=1")
    assert organisation.name_latin in page
    assert "urgent step is open from the first day" in page or "Could have begun by then" in page
