"""Makes the Word template of an edition: python -m contracts.editions.make_wording 2026-01."""

import io
import re
import sys
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Mm

from contracts.editions.wording_pieces import (
    add_run,
    bookmark,
    field,
    float_right,
    picture,
    pixel,
    repeat,
    shape_table,
)
from contracts.editions.wording_styles import set_up
from contracts.rendering import BOX_MARKS

# Widths in millimetres of the columns of each layout of table; the text is 155 mm wide.
WIDTHS = {
    "pairs": (38, 117),
    "changes": (19, 68, 68),
    "numbers": (86, 53, 16),
    "posts": (80, 25, 25, 25),
    "register": (15, 37, 71, 32),
    "budget": (46, 35, 37, 37),
}
LETTERS = 0.55  # of both languages together that fit on one line, for each millimetre of a cell
BOX_WIDTH, BOX_HEIGHT = 72, 46


_KHMER = re.compile(r"(\{\{[^{}]*[._]km[^{}]*\}\})")
_HEADING = "{{ part.heading.km }} — {{ part.heading.en }}"
_CODES = ' ({{ each.codes|join(", ") }})'


class Template:
    """A Word document that is written from top to bottom."""

    def __init__(self) -> None:
        self.document = Document()
        set_up(self.document)

    def line(self, style: str, *runs: str | tuple[str, str], into: Any = None) -> Any:
        """Write a paragraph; a run given as (text, "bold") is bold in both scripts."""
        paragraph = (into or self.document).add_paragraph(style=style)
        for run in runs:
            text, weight = run if isinstance(run, tuple) else (run, "")
            for piece in filter(None, _KHMER.split(text)):
                add_run(paragraph, piece, bold=bool(weight), khmer=_KHMER.fullmatch(piece) is not None)
        return paragraph

    def tag(self, text: str) -> None:
        """Write a paragraph that only steers: docxtpl takes it out."""
        self.line("Spacer", "{%p " + text + " %}")

    def both(self, style: str, expression: str, *, into: Any, width: float) -> None:
        """Write a bilingual value: once if both are the same, on one line if both fit, else on two."""
        km, en = "{{ " + expression + ".km }}", "{{ " + expression + ".en }}"
        self.line("Spacer", "{%p if " + f"{expression}.km == {expression}.en" + " %}", into=into)
        self.line(style, km, into=into)
        fits = f"({expression}.km + {expression}.en)|length < {int(width * LETTERS)}"
        self.line("Spacer", "{%p elif " + fits + " %}", into=into)
        self.line(style, f"{km} / {en}", into=into)
        self.line("Spacer", "{%p else %}", into=into)
        self.line(style, km, into=into)
        self.line(style, en, into=into)
        self.line("Spacer", "{%p endif %}", into=into)


def make_wording() -> bytes:
    """Give the Word template as .docx bytes."""
    template = Template()
    _first_page(template)
    _preamble(template)
    template.tag("for part in articles + annexes")
    template.tag("if loop.index0 == articles|length")
    _signatures(template)
    template.tag("endif")
    template.tag("if loop.index0 == articles|length")
    template.line("Heading 1", _HEADING).paragraph_format.page_break_before = True
    template.tag("else")
    template.line("Heading 1", _HEADING)
    template.tag("endif")
    _part(template)
    template.tag("endfor")
    _footer(template)
    _properties(template.document)
    content = io.BytesIO()
    template.document.save(content)
    return content.getvalue()


def _first_page(template: Template) -> None:
    for name in ("kingdom.km", "motto.km", "kingdom.en", "motto.en"):
        template.line("Kingdom", "{{ words." + name + " }}")
    template.line("Spacer")
    template.tag("if verification.address")
    float_right(picture(template.line("Spacer"), pixel((255, 255, 255, 255)), name="qr.png", side=22))
    template.tag("endif")
    template.line("Ministry", "{{ words.ministry.km }}")
    template.line("Ministry", "{{ words.ministry.en }}")
    template.line("Kept text", "{{ words.number.km }} / {{ words.number.en }} {{ heading.number.en }}")
    for language in ("km", "en"):
        template.line("Memorandum title", "{{ heading.title." + language + " }}")
        template.line("Title line", "{{ words.on." + language + " }}")
        template.line("Title line", "{{ words.subject." + language + " }}")
        template.line("Title line", "{{ words.between." + language + " }}")
        template.line("Title name", "{{ words.ministry." + language + " }}")
        template.line("Title line", "{{ words.and." + language + " }}")
        template.line("Title name", "{{ heading.organisation." + language + " }}")
    template.line("Spacer")


def _preamble(template: Template) -> None:
    template.line("Heading 1", "{{ words.parties.km }} — {{ words.parties.en }}")
    for language in ("km", "en"):
        template.tag("for party in parties")
        number, name = "{{ party.number." + language + " }}\t", "{{ party.name." + language + " }}"
        template.line("Numbered", number, (name, "bold"), "{{ party.text." + language + " }}")
        template.tag("endfor")
        template.line("Text", "{{ words.together." + language + " }}")
    for language in ("km", "en"):
        template.tag("for seen in preamble")
        template.line("Seen", "–\t{{ seen." + language + " }}")
        template.tag("endfor")
        template.line("Kept text", "{{ words.considering." + language + " }}")
        template.line("Text", ("{{ words.agreed." + language + " }}", "bold"))


def _part(template: Template) -> None:
    template.tag('for run in part.paragraphs|groupby("segment")')
    template.tag('if run.list[0].kind in ["group", "clause", "table"]')
    template.tag("for each in run.list")
    _together(template)
    template.tag("endfor")
    template.tag("else")
    for language in ("km", "en"):
        template.tag("for each in run.list")
        _one_language(template, language)
        template.tag("endfor")
    template.tag("endif")
    template.tag("endfor")


def _together(template: Template) -> None:
    template.tag('if each.kind == "group"')
    template.line("Heading 2", "{{ each.km }} — {{ each.en }}")
    template.tag('elif each.kind == "clause"')
    template.line("Clause", "{{ each.km }}", (_CODES, "bold"))
    template.line("Clause second", "{{ each.en }}", (_CODES, "bold"))
    for layout, widths in WIDTHS.items():
        template.tag(f'elif each.layout == "{layout}"')
        _table(template, widths)
        template.line("Spacer")
    template.tag("endif")


def _one_language(template: Template, language: str) -> None:
    number, text = "{{ each.number_" + language + " }}\t", "{{ each." + language + " }}"
    codes = ("{% if each.codes %}" + _CODES + "{% endif %}", "bold")
    term = ("{{ each.term." + language + " }}", "bold")
    space = "{{ ' ' if each.term." + language + " else '' }}"
    template.tag("if each.kind == 'paragraph' and each.kept")
    template.line("Kept numbered", number, text, codes)
    template.tag("elif each.kind == 'paragraph'")
    template.line("Numbered", number, text, codes)
    for kind, style in (("item", "Item"), ("subitem", "Sub-item")):
        template.tag(f"elif each.kind == '{kind}'")
        template.line(style, number, term, space + text)
    template.tag("elif each.kind == 'indented'")
    template.line("Indented", text)
    template.tag("elif each.kept")
    template.line("Kept text", text)
    template.tag("else")
    template.line("Text", text)
    template.tag("endif")


def _table(template: Template, widths: tuple[float, ...]) -> None:
    """Rows at the top and bottom hold together, so that no page begins or ends with a single one."""
    table = template.document.add_table(rows=8, cols=len(widths))
    shape_table(table, widths)
    repeat(table.rows[0])
    edge = "loop.first or loop.revindex == 2"
    steering = {1: "for row in each.rows", 2: f"if {edge}", 4: "else", 6: "endif", 7: "endfor"}
    for place, words in steering.items():
        table.rows[place].cells[0].paragraphs[0].add_run("{%tr " + words + " %}")
    for place, width in enumerate(widths):
        head, kept, other = (table.rows[row].cells[place] for row in (0, 3, 5))
        _cell(template, head, "Cell heading", f"each.columns[{place}]", width=width)
        _cell(template, kept, "Kept cell", f"row[{place}]", width=width)
        _cell(template, other, "Cell", f"row[{place}]", width=width)


def _cell(template: Template, cell: Any, style: str, expression: str, *, width: float) -> None:
    template.both(style, expression, into=cell, width=width)
    _drop_first(cell)


def _drop_first(cell: Any) -> None:
    """A new cell comes with an empty paragraph, which would stand above what is written into it."""
    first = cell.paragraphs[0]._p
    first.getparent().remove(first)


def _signatures(template: Template) -> None:
    template.line("Heading 1", "{{ words.signatures.km }} — {{ words.signatures.en }}")
    template.line("Kept text", "{{ closing.done.km }}")
    template.line("Kept text", "{{ closing.done.en }}")
    table = template.document.add_table(rows=3, cols=2)
    shape_table(table, (77.5, 77.5))
    for place, party in enumerate(("ministry", "organisation")):
        above, box, below = (row.cells[place] for row in table.rows)
        _above_box(template, above, f"closing.boxes[{place}]")
        _box(template, box, party)
        template.both("Box name", f"closing.boxes[{place}].name", into=below, width=BOX_WIDTH)
        for cell in (above, box, below):
            _drop_first(cell)
    template.line("Spacer")


def _above_box(template: Template, cell: Any, box: str) -> None:
    template.both("Box name", f"{box}.for", into=cell, width=BOX_WIDTH)
    template.both("Kept cell", f"{box}.below", into=cell, width=BOX_WIDTH)
    template.line("Kept cell", "{{ " + box + ".lines[0].km }}", into=cell)
    template.line("Kept cell", "{{ " + box + ".lines[1].km }}", into=cell)
    template.both("Kept cell", f"{box}.post", into=cell, width=BOX_WIDTH)
    template.line("Kept cell", "{{ words.signature.km }} / {{ words.signature.en }}", into=cell)


def _box(template: Template, cell: Any, party: str) -> None:
    """An empty picture keeps the box free, and tells the signing code its exact place in the PDF."""
    paragraph = template.line("Kept cell", into=cell)
    name = f"{BOX_MARKS[party]}.png"
    picture(paragraph, pixel((255, 255, 255, 0)), name=name, side=BOX_HEIGHT, width=BOX_WIDTH)
    bookmark(paragraph, name=BOX_MARKS[party], identity="1" if party == "ministry" else "2")


def _footer(template: Template) -> None:
    footer = template.document.sections[0].footer
    first = footer.paragraphs[0]
    first.style = template.document.styles["Foot"]
    first.paragraph_format.tab_stops.add_tab_stop(Mm(155), 2)
    first.add_run(
        "{{ reference }}{{ ' · ' if reference else '' }}"
        "{{ words.edition.km }} / {{ words.edition.en }} {{ edition }}"
        "{% if verification.code %}"
        " · {{ words.code.km }} / {{ words.code.en }} {{ verification.code }}"
        "{% endif %}"
        "{% if draft %} · {{ words.draft.km }} / {{ words.draft.en }}{% endif %}"
        "\t{{ words.page.km }} / {{ words.page.en }} "
    )
    field(first, "PAGE")
    first.add_run(" / ")
    field(first, "NUMPAGES")


def _properties(document: Any) -> None:
    document.core_properties.title = ""
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = "km-KH"


if __name__ == "__main__":
    target = Path(__file__).parent / sys.argv[1] / "wording.docx"
    target.write_bytes(make_wording())
    print(f"wrote {target.relative_to(Path.cwd())}")
