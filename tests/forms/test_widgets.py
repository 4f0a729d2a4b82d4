"""Forms take whatever is posted: they never break, never echo a secret, and speak the reader's language."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import polib
import pytest
import wtforms
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, get_template_attribute, render_template_string
from flask_babel import Babel, force_locale
from flask_wtf.csrf import CSRFProtect
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import StrictUndefined
from werkzeug.datastructures import FileStorage, MultiDict

from contracts.terms import Choice, Mark, Text
from forms.base import PageForm
from forms.choices import named
from forms.design import DesignForm
from forms.fields import DayField, RadioField, TextField, WholeNumberField
from forms.sentences import IN_PLACE_OF

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "name_km": "អង្គការគំរូ",
    "email": "director.a@example.org",
    "province": "19",
    "services": "shelter",
    "residential": "yes",
    "places": "១២",
    "agreed": "y",
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A small application with our templates and freshly compiled Khmer, in the midst of a request."""
    place = tmp_path_factory.mktemp("translations") / "km" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (ROOT / "translations/km/LC_MESSAGES/messages.po").open("rb") as source:
        catalog = read_po(source, locale="km")
    with (place / "messages.mo").open("wb") as compiled:
        write_mo(compiled, catalog)
    small = Flask("small", template_folder=str(ROOT / "templates"))
    small.config.update(
        SECRET_KEY="sample", BABEL_TRANSLATION_DIRECTORIES=str(place.parents[1]), BABEL_DEFAULT_LOCALE="en"
    )
    small.jinja_env.undefined = StrictUndefined
    Babel(small)
    CSRFProtect(small)
    small.jinja_env.globals["asset"] = lambda path: f"/static/{path}"
    with small.test_request_context("/"):
        yield small


def form_of(*pairs: tuple[str, str], **answers: str) -> DesignForm:
    form = DesignForm.posted(MultiDict([*pairs, *answers.items()]))
    form.validate()
    return form


def drawn(form: PageForm) -> str:
    return str(form.error_summary()) + "".join(str(field()) for field in form)


class Ids(HTMLParser):
    """Collects ids, what labels and links point at, and what stands in inputs."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.values: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given_to = dict(attrs)
        self.ids += [given_to["id"] or ""] if "id" in given_to else []
        self.targets += [(given_to["href"] or "")[1:]] if (given_to.get("href") or "").startswith("#") else []
        self.targets += [given_to["for"] or ""] if "for" in given_to else []
        self.targets += (given_to.get("aria-describedby") or "").split()
        self.values += [given_to["value"] or ""] if tag == "input" and "value" in given_to else []


names = st.sampled_from([field.name for field in DesignForm()] + ["csrf_token", "founded-day", "x"])
signs = st.characters(min_codepoint=0, max_codepoint=0x10FFFF, categories=["L", "M", "N", "P", "Z", "C", "S"])
words = st.one_of(
    st.text(signs, max_size=30),
    st.sampled_from(
        ["", "0", "-1", "១២", "1e9", "9" * 400, "2026-02-30", "\x00", "\ud800", "<script>", "y", "19"]
    ),
)
posts = st.lists(st.tuples(names, words), max_size=25)


@settings(max_examples=150, deadline=None)
@given(posts)
def test_no_post_of_any_shape_breaks_a_form(page: Flask, pairs: list[tuple[str, str]]) -> None:
    form = form_of(*pairs)
    html = drawn(form)
    assert html.encode("utf-8")
    assert not [one for one, times in Counter(Ids(html).ids).items() if times > 1]
    assert all(isinstance(sentence, str) and sentence for _, sentence in form.problems())


@settings(max_examples=50, deadline=None)
@given(posts)
def test_no_post_of_any_shape_breaks_the_components_page(page: Flask, pairs: list[tuple[str, str]]) -> None:
    provinces = [{"code": "12", "name": "Phnom Penh", "value": 3, "href": "#"}]
    with page.test_request_context("/"):
        html = page.jinja_env.get_template("design.html").render(
            form=form_of(*pairs), provinces=provinces, language="en", get_flashed_messages=lambda **_: []
        )
    seen = Ids(html)
    assert not [one for one, times in Counter(seen.ids).items() if times > 1]
    assert not {target for target in seen.targets if target} - set(seen.ids)


def test_a_complete_answer_is_taken_and_cleaned(page: Flask) -> None:
    form = form_of(
        ("founded", "២៧"), ("founded", "៣"), ("founded", "2019"), **COMPLETE, about=" a\r\nb \u200b"
    )
    assert form.problems() == []
    assert (form.places.data, form.founded.data, form.about.data) == (12, date(2019, 3, 27), "a\nb")
    assert form.services.data == ["shelter"]


def test_nothing_answered_names_every_required_question_once(page: Flask) -> None:
    form = form_of()
    assert [id_ for id_, _ in form.problems()] == [
        "name_km", "email", "province", "services", "residential", "places", "founded", "agreed"
    ]  # fmt: skip
    assert ("founded", "Answer this: Day of registration") in form.problems()


def test_every_link_of_the_error_summary_leads_to_an_input(page: Flask) -> None:
    seen = Ids(drawn(form_of()))
    assert seen.targets
    assert not {target for target in seen.targets if target} - set(seen.ids)


@pytest.mark.parametrize(
    "boxes", [["1"], ["1", "2"], ["1", "2", "2026", "4"], ["31", "2", "2026"], ["1", "1", "26"]]
)
def test_an_impossible_day_is_answered_with_one_sentence(page: Flask, boxes: list[str]) -> None:
    class Visit(PageForm):
        day = DayField("Day")

    form = Visit.posted(MultiDict([("day", box) for box in boxes]))
    accepted = form.validate()
    assert accepted is (len(boxes) == 4)
    assert len(form.problems()) == (0 if accepted else 1)


def test_what_was_posted_stands_in_the_boxes_again(page: Flask) -> None:
    form = form_of(
        ("founded", "31"), ("founded", "2"), ("founded", "2026"), name_km='<b>"ក"</b>', places="many"
    )
    assert {"31", "2", "2026", '<b>"ក"</b>', "many"} <= set(Ids(drawn(form)).values)


def test_a_password_is_never_sent_back(page: Flask) -> None:
    form = form_of(password="correct horse battery staple ")
    assert form.password.data == "correct horse battery staple "
    assert "horse" not in drawn(form)


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x85", "\u202e", "\u2066", "\ud800", "\uffff", "\u2028"])
def test_hidden_characters_are_refused_with_a_sentence(page: Flask, sign: str) -> None:
    form = form_of(name_km=f"ក{sign}ខ")
    assert "hidden characters" in dict(form.problems())["name_km"]
    assert sign not in drawn(form)


def test_text_is_kept_in_normal_form_without_outer_signs(page: Flask) -> None:
    form = form_of(name_en=" Cafe\u0301  \u200bA\u00a0B\u200b ")
    assert form.name_en.data == "Café \u200bA B"


@pytest.mark.parametrize(("posted", "read"), [("១ ២០០", 1200), ("1,200", 1200), ("0", 0), (" 7 ", 7)])
def test_numbers_are_read_as_people_write_them(page: Flask, posted: str, read: int) -> None:
    assert form_of(places=posted).places.data == read


@pytest.mark.parametrize("posted", ["1_0", "+5", "1.5", "٣", "5001", "-1", "9" * 30])
def test_other_numbers_are_refused(page: Flask, posted: str) -> None:
    assert len([1 for id_, _ in form_of(places=posted).problems() if id_ == "places"]) == 1


def test_text_posted_as_a_file_is_no_file(page: Flask) -> None:
    form = form_of(paper="C:\\letter.pdf")
    assert form.paper.data is None


def test_an_uploaded_file_is_kept(page: Flask) -> None:
    upload = FileStorage(BytesIO(b"%PDF-1.7"), filename="លិខិត.pdf")
    form = DesignForm.posted(MultiDict(COMPLETE), MultiDict({"paper": upload}))
    assert form.multipart
    assert form.paper.data is upload


def test_a_refusal_of_an_operation_is_shown_at_its_field(page: Flask) -> None:
    form = form_of(**COMPLETE)
    form.refuse("email", "Another account has this address. Use another one.")
    form.refuse("", "Look at the page again.")
    assert ("email", "Another account has this address. Use another one.") in form.problems()
    assert form.problems()[0] == ("", "Look at the page again.")
    assert "Another account has this address" in str(form.email())


def test_a_page_with_a_form_carries_token_and_one_button(page: Flask) -> None:
    form_page = get_template_attribute("macros/form.html", "form_page")
    assert form_page
    source = '{% from "macros/form.html" import form_page, field %}{% call form_page(form, "/x", "Save") %}'
    html = render_template_string(source + "{{ field(form.name_km) }}{% endcall %}", form=DesignForm())
    assert html.count("<button") == 1
    assert html.count('name="csrf_token"') == 1
    assert 'enctype="multipart/form-data"' in html
    assert 'lang="km"' in html


def test_khmer_pages_hold_no_english_of_the_libraries(page: Flask) -> None:
    with force_locale("km"):
        html = drawn(form_of(founded="x", places="x", email="x", services="x"))
    words_only = re.sub(r"<[^>]*>", " ", html)
    latin = set(re.findall(r"[A-Za-z]{2,}", words_only))
    assert latin <= {"PDF", "JPG", "PNG", "MB", "USD", "name", "example", "org"}


def test_every_message_of_wtforms_is_exchanged_for_one_of_ours() -> None:
    folder = Path(wtforms.__file__).parent / "locale"
    known = {entry.msgid for entry in polib.pofile(str(folder / "wtforms.pot"))}
    of_programmers = {"Invalid field name '%s'.", "Choices cannot be None."}
    of_tokens = {msgid for msgid in known if "CSRF" in msgid}
    assert known - of_programmers - of_tokens <= set(IN_PLACE_OF)


def test_choices_from_records_speak_the_language_of_the_page(page: Flask) -> None:
    shelter = Choice("shelter", Text("ជម្រក", "Shelter"), Mark.P)

    class Services(PageForm):
        service = RadioField("Service", choices=named(lambda: [shelter]))

    assert "Shelter" in drawn(Services())
    with force_locale("km"):
        assert "ជម្រក" in drawn(Services())


def test_numbers_keep_their_limits_in_khmer(page: Flask) -> None:
    class Staff(PageForm):
        count = WholeNumberField("Staff", largest=9)
        title = TextField("Title", longest=3)

    with force_locale("km"):
        form = Staff.posted(MultiDict({"count": "10", "title": "abcd"}))
        assert not form.validate()
    assert dict(form.problems()) == {
        "count": "សូមសរសេរលេខពី 0 ដល់ 9។",
        "title": "សូមសរសេរមិនលើសពី 3 តួអក្សរ៖ ឥឡូវលើស 1។",
    }


def test_the_catalogue_keeps_every_place_for_a_value() -> None:
    path = ROOT / "translations/km/LC_MESSAGES/messages.po"
    places = re.compile(r"%\(\w+\)[sd]")
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(path))
        if entry.msgstr and sorted(places.findall(entry.msgid)) != sorted(places.findall(entry.msgstr))
    ]
    assert wrong == []
