"""Files of an edition that are not as they must be: every error says where it is and what to do."""

import shutil
from pathlib import Path

import pytest

from contracts.terms import EditionError, load_edition
from tests.contracts.profiles import OTHER_MINISTRY, TINY

ALL = "obligations-all.toml"
ARTICLE = '[[article]]\nnumber = 1\ntitle_km = "គំរូ"\ntitle_en = "Sample"\n[[article.paragraph]]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the tiny edition that a test may spoil."""
    shutil.copytree(OTHER_MINISTRY / TINY.name, tmp_path / TINY.name)
    return tmp_path


def spoil(folder: Path, file: str, old: str, new: str) -> EditionError:
    """Replace the first `old` in a file by `new`, load, and give the error."""
    path = folder / TINY.name / file
    text = path.read_text("utf-8") if path.exists() else ""
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(EditionError) as caught:
        load_edition(TINY.name, folder=folder)
    return caught.value


# file, what to replace, by what, the record and the field that the error names, words of what to do
SLIPS = [
    (ALL, 'code = "A-1"', 'code = "A-2"', "A-2", "code", "keep one"),
    (ALL, 'step = "help"', 'step = "dance"', "A-1", "step", "add it"),
    (ALL, 'rights = ["safety"]', 'rights = ["fun"]', "A-1", "rights", "add it"),
    (ALL, 'rights = ["safety"]', 'rights = ["safety", "safety"]', "A-1", "rights", "keep it once"),
    (ALL, 'rights = ["safety"]', "rights = [1]", "A-1", "rights", "list of words"),
    (ALL, "when = {residential = true}", "when = {}", "A-1.when", "always", "at least one condition"),
    (ALL, "when = {residential = true}", "when = {always = true, foreign = true}",
     "A-1.when", "always", "not both"),
    (ALL, "when = {residential = true}", "when = {resident = true}", "A-1.when", "resident", "spelling"),
    (ALL, 'services = ["mobile-team"]', 'services = ["boat"]', "A-3", "when.services", "add it"),
    (ALL, 'groups = ["adults"]', 'groups = ["cats"]', "A-6", "when.groups", "add it"),
    (ALL, 'party = "ministry"', 'party = "nobody"', "M-1", "party", "organisation, ministry"),
    (ALL, 'severity = "minor"', 'severity = "small"', "A-6", "severity", "serious-harm"),
    (ALL, 'mark = "P"', 'mark = "X"', "A-1", "mark", "S, O, P, N"),
    (ALL, 'plain_km = "គំរូ"\n', "", "A-1", "plain_km", "add it"),
    (ALL, 'plain_en = "You do it."', 'plain_en = ""', "A-1", "plain_en", "add it"),
    (ALL, 'plain_en = "You do it."', 'plain_en = "{moon}"', "A-1", "plain", "add it"),
    (ALL, 'plain_en = "You do it."', 'plain_en = "{report_days}"', "A-1", "plain", "both"),
    (ALL, 'title_en = "Sample title"', 'titel_en = "Sample title"', "A-1", "title_en", "add it"),
    (ALL, 'title_en = "Sample title"', 'title_en = "T"\ncolour = "red"', "A-1", "colour", "spelling"),
    (ALL, 'twin = "A-2"', 'twin = "Z-9"', "M-1", "twin", "has one"),
    (ALL, 'twin = "A-2"\n', 'twin = "A-2"\nclause_km = "គ"\nclause_en = "C"\n', "M-1", "clause_en", "remove"),
    (ALL, 'party = "ministry"\ntwin', 'party = "organisation"\ntwin', "M-1", "twin", "other one"),
    (ALL, 'kind = "continuous"', 'kind = "always"', "A-1.rhythm", "kind", "every_months"),
    (ALL, 'kind = "continuous"', 'kind = "continuous", number = 3', "A-1", "rhythm", "remove"),
    (ALL, 'kind = "every_months", number = 12}', 'kind = "every_months"}', "M-2", "rhythm", "number"),
    (ALL, "number = 99", "number = 0", "A-2.rhythm", "number", "above zero"),
    (ALL, "number = 99", "number = true", "A-2.rhythm", "number", "int"),
    (ALL, ', of_km = "គំរូ", of_en = "an event"', "", "A-4", "rhythm.of", "event"),
    (ALL, ', of_km = "គំរូ"', "", "A-4.rhythm", "of_km", "add it"),
    (ALL, 'parameter = "ready_days"', 'parameter = "moon_days"', "A-3", "rhythm", "add it"),
    (ALL, 'parameter = "ready_days"', 'number = 3, due_days = "report_days"',
     "A-3", "rhythm.due_days", "remove"),
    (ALL, 'due_month = "annual_month"', 'due_month = "annual_month", due_days = "report_days"', "A-5",
     "rhythm.due_days", "keep one"),
    (ALL, 'item = "nurse"', 'item = "clown"', "A-1.needs[1]", "item", "edition.toml"),
    (ALL, 'unit = "beds"', 'unit = "clouds"', "A-1.needs[5]", "unit", "add it"),
    (ALL, 'per = "place"', 'per = "planet"', "A-1", "needs[1].per", "active_case"),
    (ALL, 'less = "child_place"', 'less = "planet"', "A-1", "needs[1].less", "active_case"),
    (ALL, 'of = "nurse"', 'of = "clown"', "A-1", "needs[3].of", "correct"),
    (ALL, 'of = "nurse", ', "", "A-1", "needs[3].of", "counted by"),
    (ALL, 'per = "place", quantity = 1', 'per = "place", of = "nurse", quantity = 1',
     "A-1", "needs[5].of", "remove"),
    (ALL, 'parameter = "people_per_nurse"', 'parameter = "nurse_moon"',
     "A-1", "needs[1].parameter", "add it"),
    (ALL, 'parameter = "people_per_nurse"', 'parameter = "relief"', "A-1", "needs[1].parameter", "set it"),
    (ALL, 'parameter = "food_price"', 'quantity = 3', "A-1.needs[4]", "unit", "add it"),
    (ALL, 'parameter = "food_price"', 'quantity = 3, parameter = "food_price"',
     "A-1", "needs[4].parameter", "price"),
    (ALL, 'kind = "papers", item = "plan", per = "organisation"',
     'kind = "papers", item = "plan", shifts = "shifts", per = "organisation"',
     "A-2", "needs[3].shifts", "remove"),
    (ALL, 'per = "organisation", quantity = 1, unit = "papers"',
     'per = "organisation", parameter = "shifts", unit = "papers"', "A-2", "needs[3].parameter", "quantity"),
    (ALL, 'item = "bed", per = "place", quantity = 1', 'item = "bed", per = "place"', "A-1",
     "needs[5].quantity", "either"),
    (ALL, 'item = "bed", per = "place"', 'item = "bed", every = "day", per = "place"', "A-1",
     "needs[5].every", "remove"),
    (ALL, 'every = "day"', 'every = "rhythm"', "A-1", "needs[4].every", "another word"),
    (ALL, 'every = "rhythm"', 'every = "rhythm", from_year = 2', "A-2", "needs[2].from_year", "remove"),
    (ALL, 'every = "day"', 'services = ["boat"], every = "day"', "A-1", "needs[4].services", "correct"),
    (ALL, "needs = [", 'needs = [ "nurse",', "A-1.needs[1]", "needs", "table"),
    ("parameters.toml", "value = 2\n", "", "mou_term_years", "value", "whole years"),
    ("parameters.toml", "value = 2\n", "value = 2.5\n", "mou_term_years", "value", "whole years"),
    ("parameters.toml", "value = 10\n", "value = 10.5\n", "A-2", "rhythm", "whole number"),
    ("parameters.toml", "value = 20\n", "value = 2.5\n", "N", "days", "whole number"),
    ("parameters.toml", "value = 3\nunit = \"months\"", "value = 13\nunit = \"months\"", "A-5",
     "rhythm.due_month", "1 to 12"),
    ("parameters.toml", "value = 2", "value = -2", "mou_term_years", "value", "zero"),
    ("parameters.toml", "value = 2", "value = inf", "mou_term_years", "value", "zero"),
    ("parameters.toml", "value = 2", 'value = "two"', "mou_term_years", "value", "int"),
    ("parameters.toml", 'unit = "years"', 'unit = "eras"', "mou_term_years", "unit", "add it"),
    ("edition.toml", 'status = "draft edition"', 'status = "final"', "2025-05", "status", "draft edition"),
    ("edition.toml", 'status = "draft edition"', 'status = "edition"', "2025-05", "status", "draft"),
    ("edition.toml", 'name = "2025-05"', 'name = "2025-06"', "2025-05", "name", "folder"),
    ("edition.toml", 'sharing = "own"', 'sharing = "mine"', "nurse", "sharing", "combined"),
    ("edition.toml", 'pay = "nurse_pay"', 'pay = "gold"', "nurse", "pay", "add it"),
    ("edition.toml", 'kind = "papers"', 'kind = "paper"', "plan", "kind", "facility"),
    ("edition.toml", 'key = "people"', 'key = "hours"', "hours", "key", "keep one"),
    ("edition.toml", 'code = "case"', 'code = "suit"', "frequency", "case", "add it"),
    ("edition.toml", 'code = "residential-care"', 'code = "house"',
     "A-1", "when.residential", "residential-care"),
    ("edition.toml", 'code = "children"', 'code = "kids"', "A-4", "when.serves_children", "girls"),
    ("edition.toml", 'title_en = "Sample terms"', 'title_en = "T"\nmood = "good"',
     "2025-05", "mood", "spelling"),
    ("edition.toml", "[[step]]", "[[step]", "2025-05", "file", "correct it"),
    ("consequences.toml", 'days = "plan_days"', 'days = "moon_days"', "H", "days", "add it"),
    ("consequences.toml", 'after = ["H"]', 'after = ["E"]', "N", "after", "add it"),
    ("consequences.toml", 'who_decides = "inspector"', 'who_decides = "moon"', "H", "who_decides", "add it"),
    ("consequences.toml", 'you_may_en = "Sample you may"', 'you_may_en = "{moon}"', "H", "you_may", "add it"),
    ("rights.toml", "[[right]]", "[[wrong]]", "2025-05", "wrong", "spelling"),
    ("articles.toml", "", ARTICLE + 'obligation = "Z-9"\n', "Article 1", "Z-9", "place"),
    ("articles.toml", "", ARTICLE + 'when = "sunny"\nkm = "គ"\nen = "S"\n', "2025-05.article[1].paragraph[1]",
     "when", "residential"),
]  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: f"{slip[3]}-{slip[4]}")
def test_a_slip_in_a_file_is_named_with_what_to_do(folder: Path, slip: tuple[str, ...]) -> None:
    file, old, new, record, field, advice = slip
    error = spoil(folder, file, old, new)
    assert (error.record, error.field) == (record, field), error
    assert advice in error.message
    assert error.file in (file, ALL, "obligations-*.toml", "parameters.toml", "consequences.toml")
    assert str(error) == f"{error.file}: {record}: {field}: {error.message}"


def test_an_obligation_printed_in_an_article_that_is_missing_is_an_error(folder: Path) -> None:
    (folder / TINY.name / "articles.toml").write_text(ARTICLE + 'km = "គ"\nen = "S"\n', "utf-8")
    error = spoil(folder, ALL, 'party = "organisation"\n', 'party = "organisation"\narticle = 7\n')
    assert (error.file, error.record, error.field) == ("articles.toml", "A-1", "article")


def test_an_obligation_printed_twice_is_an_error(folder: Path) -> None:
    twice = ARTICLE + 'obligation = "A-1"\n[[article.paragraph]]\nobligation = "A-1"\n'
    error = spoil(folder, "articles.toml", "", twice)
    assert (error.file, error.record, error.field) == ("articles.toml", "Article 1", "A-1")


def test_conditions_of_a_paragraph_can_be_words_or_a_table(folder: Path) -> None:
    paragraphs = (
        'km = "គ"\nen = "S"\nwhen = "children and not residential"\nmood = "good"\n'
        '[[article.paragraph]]\npart = "rights"\nwhen = {foreign = true}\n'
    )
    (folder / TINY.name / "articles.toml").write_text("x = 1\n" + ARTICLE + paragraphs, "utf-8")
    edition = load_edition(TINY.name, folder=folder)
    words, table = edition.articles[0].paragraphs
    assert (words.when.serves_children, words.when.residential, words.when.foreign) == (True, False, None)
    assert words.rest == {"mood": "good"}
    assert table.when.foreign is True
    assert table.part == "rights"
    assert edition.frame == {"x": 1}


def test_a_folder_without_an_edition_says_so(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="create it"):
        load_edition("1999-01", folder=tmp_path)


def test_the_hash_covers_every_file_and_its_name(folder: Path, tmp_path: Path) -> None:
    assert load_edition(TINY.name, folder=folder).sha256 == TINY.sha256
    hashes = {TINY.sha256}
    for number, (name, content) in enumerate(
        [("wording.docx", b"a"), ("wording.docx", b"b"), ("b.docx", b"a")]
    ):
        other = tmp_path / str(number)
        shutil.copytree(OTHER_MINISTRY / TINY.name, other / TINY.name)
        (other / TINY.name / name).write_bytes(content)
        hashes.add(load_edition(TINY.name, folder=other).sha256)
    assert len(hashes) == 4


def test_an_edition_is_read_once_and_then_kept(folder: Path) -> None:
    first = load_edition(TINY.name, folder=folder)
    shutil.rmtree(folder / TINY.name)
    assert load_edition(TINY.name, folder=folder) is first
