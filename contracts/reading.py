"""From the tables of an edition's files to its records, one function for each kind of record."""

from collections.abc import Mapping

from contracts.edition import Article, Consequence, Need, Obligation, Paragraph, Rhythm
from contracts.records import (
    Choice,
    Every,
    Frequency,
    Mark,
    NeedKind,
    Parameter,
    Party,
    Post,
    RhythmKind,
    Right,
    Severity,
    Sharing,
    Step,
    Text,
    When,
)
from contracts.schema import Row

Words = dict[str, Text]
Clause = tuple[Text, int | None]
Items = Mapping[tuple[NeedKind, str], Text]
CONDITIONS = {"residential": "residential", "children": "serves_children"}
CONDITIONS |= {"serves_children": "serves_children", "foreign": "foreign"}


def read_right(row: Row) -> Right:
    return Right(key=row.word("key"), name=row.text("name"), mark=row.choice("mark", Mark))


def read_step(row: Row) -> Step:
    return Step(key=row.word("key"), title=row.text("title"), mark=row.choice("mark", Mark))


def read_choice(row: Row) -> Choice:
    return Choice(code=row.word("code"), name=row.text("name"), mark=row.choice("mark", Mark))


def read_item(row: Row) -> tuple[NeedKind, Choice]:
    return row.choice("kind", NeedKind), read_choice(row)


def read_post(row: Row) -> Post:
    plain = read_choice(row)
    sharing = row.choice("sharing", Sharing)
    return Post(plain.code, plain.name, plain.mark, sharing=sharing, pay=row.maybe_word("pay"))


def read_frequency(row: Row) -> Frequency:
    plain = read_choice(row)
    return Frequency(plain.code, plain.name, plain.mark, note=row.maybe_text("note"))


def read_parameter(row: Row, *, units: Words) -> Parameter:
    return Parameter(
        key=row.word("key"),
        value=row.number("value"),
        unit=known_text(row, "unit", units),
        label=row.text("label"),
        mark=row.choice("mark", Mark),
        basis=row.word("basis"),
    )


def read_when(row: Row) -> When:
    """The conditions of a table; `always = true` stands for having none and must stand alone."""
    always = row.flag("always")
    when = When(
        services=frozenset(row.words("services")),
        groups=frozenset(row.words("groups")),
        residential=row.maybe("residential", bool),
        serves_children=row.maybe("serves_children", bool),
        foreign=row.maybe("foreign", bool),
    )
    row.done()
    if always == (when != When()):
        raise row.error("always", "write either always = true or at least one condition, not both")
    return when


def read_condition(row: Row) -> When:
    """The condition of a paragraph: a table, or words like "children and not residential"."""
    if isinstance(row.values.get("when"), dict):
        return read_when(row.row("when"))
    wanted: dict[str, bool] = {}
    for part in (row.maybe_word("when") or "").split(" and "):
        name = part.strip().removeprefix("not ").strip()
        if name and name not in CONDITIONS:
            raise row.error("when", f"{name!r} is not one of {', '.join(sorted(CONDITIONS))}")
        if name:
            wanted[CONDITIONS[name]] = not part.strip().startswith("not ")
    return When(
        residential=wanted.get("residential"),
        serves_children=wanted.get("serves_children"),
        foreign=wanted.get("foreign"),
    )


def read_need(row: Row, *, items: Items, parameters: Mapping[str, Parameter], units: Words) -> Need:
    kind = row.choice("kind", NeedKind)
    item = row.word("item")
    if (kind, item) not in items:
        raise row.error("item", f"{kind} {item!r} has no name: add it to edition.toml")
    parameter = row.maybe_word("parameter")
    priced = kind is NeedKind.MONEY and parameter in parameters
    need = Need(
        kind=kind,
        item=item,
        per=row.word("per"),
        label=items[kind, item],
        unit=parameters[parameter].unit if priced and parameter else known_text(row, "unit", units),
        quantity=row.whole("quantity"),
        parameter=parameter,
        services=frozenset(row.words("services")),
        less=row.maybe_word("less"),
        of=row.maybe_word("of"),
        shifts=row.maybe_word("shifts"),
        relief=row.maybe_word("relief"),
        at_least=row.maybe_word("at_least"),
        times=row.maybe_word("times"),
        every=row.choice("every", Every) if "every" in row.values else Every.ONCE,
        from_year=row.whole("from_year") or 1,
    )
    row.done()
    return need


def read_rhythm(row: Row) -> Rhythm:
    rhythm = Rhythm(
        kind=row.choice("kind", RhythmKind),
        number=row.whole("number"),
        of=row.maybe_text("of"),
        parameter=row.maybe_word("parameter"),
        due_days=row.maybe_word("due_days"),
        due_month=row.maybe_word("due_month"),
    )
    row.done()
    return rhythm


def read_clause(row: Row) -> Clause:
    """The clause of an obligation and the article it prints in; a twin has neither of its own."""
    return row.text("clause"), row.whole("article")


def read_obligation(row: Row, *, needs: tuple[Need, ...], clause: Clause) -> Obligation:
    return Obligation(
        code=row.word("code"),
        party=row.choice("party", Party),
        step=row.word("step"),
        rights=row.words("rights"),
        when=read_when(row.row("when")),
        title=row.text("title"),
        plain=row.text("plain"),
        why=row.text("why"),
        clause=clause[0],
        evidence=row.text("evidence"),
        needs=needs,
        rhythm=read_rhythm(row.row("rhythm")),
        severity=row.choice("severity", Severity),
        article=clause[1],
        basis=row.word("basis"),
        mark=row.choice("mark", Mark),
        twin=row.maybe_word("twin"),
    )


def read_consequence(row: Row) -> Consequence:
    return Consequence(
        code=row.word("code"),
        title=row.text("title"),
        who_decides=row.word("who_decides"),
        who_decides_text=row.text("who_decides"),
        days=row.word("days"),
        you_may=row.text("you_may"),
        public_sees=row.text("public_sees"),
        people_in_care=row.text("people_in_care"),
        ministry_cannot=row.text("ministry_cannot"),
        mark=row.choice("mark", Mark),
        basis=row.word("basis"),
        days_residential=row.maybe_word("days_residential"),
        reply_days=row.maybe_word("reply_days"),
        review_days=row.maybe_word("review_days"),
        after=row.words("after"),
        urgent=row.flag("urgent"),
    )


def read_paragraph(row: Row) -> Paragraph:
    """A paragraph of articles.toml; keys not known here are kept in `rest` for the composer."""
    text = None
    if "km" in row.values or "en" in row.values:
        text = Text(km=row.word("km"), en=row.word("en"), reviewed=row.flag("reviewed"))
    when = read_condition(row)
    obligation, part = row.maybe_word("obligation"), row.maybe_word("part")
    return Paragraph(text=text, when=when, obligation=obligation, part=part, rest=row.rest())


def read_article(row: Row) -> Article:
    number = row.need("number", int)
    title = row.text("title")
    paragraphs = tuple(read_paragraph(paragraph) for paragraph in row.rows("paragraph"))
    return Article(number=number, title=title, paragraphs=paragraphs, rest=row.rest())


def known_text(row: Row, field: str, texts: Words) -> Text:
    """The text with the key that `field` holds; EditionError if no such text is listed."""
    key = row.word(field)
    if key not in texts:
        raise row.error(field, f"{key!r} is not listed in edition.toml: add it there")
    return texts[key]
