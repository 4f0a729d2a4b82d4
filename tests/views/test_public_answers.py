"""The three answers on the page: complete, told in the reader's language, never upset by an address."""

import re
from html import unescape

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from contracts import terms
from contracts.basis import read_basis
from contracts.records import Mark, Party, Profile
from forms.profile import query_of, read_profile
from registry.views.public.examples import EXAMPLES
from tests.views.desks import Desk

SHELTER = (
    "service=emergency-shelter&group=girls&province=12&places=24&child_places=12&active_cases=30"
    "&staff.house_mother=4"
)
SMALL = "service=prevention-hotline&group=women&province=01&active_cases=10&staff.case_manager=1"


@pytest.fixture
def visitor(registry: Flask) -> Desk:
    """Somebody without an account."""
    return Desk(registry.test_client())


def shown_at_once(page: str) -> int:
    """How many words of the page's main part are seen before anything is opened."""
    main = page[page.index("<main") : page.index("</main>")]
    main = re.sub(r"<form.*?</form>", " ", main, flags=re.DOTALL)
    summaries = re.sub(r"<details[^>]*>\s*(<summary.*?</summary>)", r"\1<hidden>", main, flags=re.DOTALL)
    while "<hidden>" in summaries:
        start = summaries.rindex("<hidden>")
        summaries = summaries[:start] + summaries[summaries.index("</details>", start) + 10 :]
    return len(unescape(re.sub(r"<[^>]+>", " ", summaries)).split())


def test_every_obligation_that_applies_has_its_place_on_the_page_and_no_other(visitor: Desk) -> None:
    page = visitor.get(f"/en/before-you-sign?{SHELTER}").text
    edition = terms.load_edition(terms.CURRENT)
    profile = read_profile(MultiDict([pair.split("=") for pair in SHELTER.split("&")])).profile
    wanted = sorted(each.code for each in terms.applicable(edition, profile))
    assert sorted(re.findall(r'id="obligation-([A-Z]+-\d+)"', page)) == wanted
    for code in ("RC-01", "MI-18"):
        assert edition.fill(edition.obligation(code).plain, "en") in unescape(page)


def test_a_small_organisation_reads_no_more_than_1200_words_at_once(visitor: Desk) -> None:
    assert shown_at_once(visitor.get(f"/en/before-you-sign?{SMALL}").text) <= 1200


def test_without_a_description_the_page_shows_what_binds_everybody(visitor: Desk) -> None:
    page = visitor.get("/en/before-you-sign").text
    assert "You have described nothing yet" in page
    assert 'id="obligation-ID-01"' in page
    assert 'id="obligation-RC-01"' not in page


def test_missing_people_are_counted_and_the_duties_that_ask_for_them_named(visitor: Desk) -> None:
    page = visitor.get(f"/en/before-you-sign?{SHELTER}").text
    table = page[page.index('<table class="data-table posts">') : page.index("</table>")]
    row = next(row for row in table.split("<tr>") if "house mother" in row)
    numbers = re.findall(r'class="is-number"[^>]*>(?:<strong>)?(\d+)', row)
    assert numbers == ["12", "4", "8"]
    assert 'href="#obligation-RC-01"' in row


@pytest.mark.parametrize(
    "query",
    [
        "service=unknown&places=many&foreign=perhaps",
        "staff.pilot=3&staff.guard=-1&active_cases=99999999999999999999",
        "places=%00&child_places=5&province=%F0%9F%92%A9&group=",
        "service=" + "x" * 3000,
        "places=3&child_places=9&open=sideways&nonsense=1",
    ],
)
def test_a_bad_address_is_answered_with_a_sentence_and_never_with_a_fault(visitor: Desk, query: str) -> None:
    answer = visitor.get(f"/en/before-you-sign?{query}")
    assert answer.status_code == 200
    assert "could not use some of the description" in answer.text


def test_an_address_can_be_read_back_from_the_profile_it_describes() -> None:
    for example in EXAMPLES:
        query = MultiDict(
            (name, str(each))
            for name, value in query_of(example.profile).items()
            for each in (value if isinstance(value, list) else [value])
        )
        described = read_profile(query)
        assert described.profile == example.profile
        assert described.ignored == ()


def test_numbers_may_be_written_in_khmer_digits() -> None:
    assert read_profile(MultiDict({"places": "២៤"})).profile == Profile(places=24)


def test_all_texts_stand_open_when_asked_for_to_be_printed(visitor: Desk) -> None:
    page = visitor.get(f"/en/before-you-sign?{SMALL}&open=all").text
    assert re.search(r'<details class="duty" id="obligation-ID-01" open>', page)
    assert not re.search(r'<details class="duty"[^>]*id="[^"]*">', page.replace(" open>", " @"))


def test_a_khmer_page_marks_the_english_of_its_sources(visitor: Desk) -> None:
    page = visitor.get(f"/km/before-you-sign?{SMALL}").text
    assert re.search(r'<span lang="en"><span class="badge badge--source">', page)


def test_unknown_rights_are_never_shown_as_known(visitor: Desk) -> None:
    page = visitor.get(f"/en/before-you-sign?{SHELTER}").text
    edition = terms.load_edition(terms.CURRENT)
    unknown = {right.name.en for right in edition.rights if right.mark is Mark.N}
    assert unknown
    assert not any(name in page for name in unknown)


def test_a_proposed_detail_is_never_read_as_part_of_a_sourced_duty() -> None:
    for obligation in terms.load_edition(terms.CURRENT).obligations:
        basis = read_basis(obligation.basis, obligation.mark)
        assert not any("roposed" in source for source in basis.sources), obligation.code
        assert bool(basis.sources) == obligation.mark.is_fact, obligation.code


def test_the_page_never_says_that_the_ministry_fines_or_prosecutes(visitor: Desk) -> None:
    page = unescape(visitor.get(f"/en/before-you-sign?{SHELTER}").text)
    ladder = page[page.index('id="ladder"') : page.index('id="ministry"')]
    sentences = re.findall(r"[^.>]*\b(?:fine|deregister|prosecute)\w*[^.<]*", ladder)
    assert all("cannot" in sentence or "Prakas" in sentence for sentence in sentences), sentences


def test_the_ministry_s_duties_stand_on_the_page_too(visitor: Desk) -> None:
    page = visitor.get(f"/en/before-you-sign?{SMALL}").text
    edition = terms.load_edition(terms.CURRENT)
    ministry = page[page.index('id="ministry"') :]
    codes = set(re.findall(r'id="obligation-([A-Z]+-\d+)"', ministry))
    assert codes
    assert all(edition.obligation(code).party is Party.MINISTRY for code in codes)


def test_the_sample_word_file_is_plainly_a_sample(visitor: Desk) -> None:
    answer = visitor.get(f"/en/before-you-sign/sample.docx?{SMALL}")
    assert answer.data[:2] == b"PK"
    assert "attachment" in answer.headers["Content-Disposition"]


@pytest.mark.documents
def test_the_sample_pdf_is_made_once_and_then_remembered(visitor: Desk) -> None:
    first = visitor.get(f"/en/before-you-sign/sample.pdf?{SMALL}")
    assert first.data.startswith(b"%PDF")
    assert visitor.get(f"/km/before-you-sign/sample.pdf?{SMALL}").data == first.data
