"""Page, fonts and paragraph styles of the Word template."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

LATIN, KHMER, KHMER_HEADING = "Liberation Serif", "Khmer OS Siemreap", "Khmer OS Muol Light"


@dataclass(frozen=True)
class Look:
    """How one style looks. Sizes in points, indents in millimetres; `hanging` is room for a number."""

    size: float = 10.5
    khmer_size: float = 9.5
    khmer: str = KHMER
    bold: str = ""
    left: float = 0
    hanging: float = 0
    before: float = 0
    after: float = 3
    centred: bool = False
    kept: bool = False
    outline: int | None = None


STYLES: Mapping[str, Look] = {
    "Kingdom": Look(13, 13, KHMER_HEADING, bold="latin", centred=True, after=0, kept=True),
    "Ministry": Look(10.5, 9.5, KHMER_HEADING, bold="latin", after=1, kept=True),
    "Memorandum title": Look(14, 13, KHMER_HEADING, bold="latin", centred=True, before=2, after=2, kept=True),
    "Title line": Look(11, 10, centred=True, after=1, kept=True),
    "Title name": Look(12, 11, KHMER_HEADING, bold="latin", centred=True, after=1, kept=True),
    "Part heading": Look(11, 10, KHMER_HEADING, bold="latin", before=7, after=2, kept=True),
    "Step heading": Look(10.5, 9, KHMER_HEADING, bold="latin", before=5, after=2, kept=True),
    "Text": Look(),
    "Kept text": Look(kept=True),
    "Numbered": Look(left=12, hanging=12, after=2),
    "Kept numbered": Look(left=12, hanging=12, after=2, kept=True),
    "Indented": Look(left=12, after=2),
    "Item": Look(left=19, hanging=7, after=1),
    "Sub-item": Look(left=24, hanging=5, after=1),
    "Seen": Look(left=6, hanging=6, after=1),
    "Clause": Look(left=5, after=1, kept=True),
    "Clause second": Look(left=5, after=5),
    "Cell": Look(8.5, 8, after=0, before=0),
    "Kept cell": Look(8.5, 8, after=0, kept=True),
    "Cell heading": Look(8.5, 7.5, KHMER_HEADING, bold="latin", after=0, kept=True),
    "Box name": Look(10, 9, bold="both", after=1, kept=True),
    "Spacer": Look(4, 4, after=0),
    "Foot": Look(8, 7.5, after=0),
}


def set_up(document: Any) -> None:
    """Give an empty document A4 pages, the styles of this file, and no styles that nobody uses."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(25)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.footer_distance = Mm(10)
    language = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    language.set(qn("w:val"), "km-KH")  # becomes the language of the PDF as a whole: Khmer prevails
    language.set(qn("w:bidi"), "km-KH")
    normal = document.styles["Normal"]
    _shape(normal, Look())
    for name, look in STYLES.items():
        _shape(document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), look)
    for name, of in (("Heading 1", "Part heading"), ("Heading 2", "Step heading")):
        _shape(document.styles[name], STYLES[of])


def _shape(style: Any, look: Look) -> None:
    style.font.size = Pt(look.size)
    style.font.bold = bool(look.bold)
    style.font.italic = False
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(look.before), Pt(look.after), 1.0
    form.left_indent, form.first_line_indent = Mm(look.left), Mm(-look.hanging)
    form.keep_with_next, form.widow_control = look.kept, True
    form.alignment = WD_ALIGN_PARAGRAPH.CENTER if look.centred else WD_ALIGN_PARAGRAPH.LEFT
    if look.hanging:
        form.tab_stops.add_tab_stop(Mm(look.left))
    _script(style.element.get_or_add_rPr(), look)


def _script(properties: Any, look: Look) -> None:
    """Khmer is complex script in OOXML: it has a font, size and weight of its own."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    fonts.attrib.clear()
    for name, font in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", LATIN), ("cs", look.khmer)):
        fonts.set(qn(f"w:{name}"), font)
    for tag in ("w:color", "w:szCs", "w:bCs", "w:iCs", "w:lang"):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
    _add(properties, "w:bCs", val="1" if look.bold == "both" else "0")
    _add(properties, "w:color", val="000000")
    _add(properties, "w:szCs", val=str(int(look.khmer_size * 2)))
    _add(properties, "w:lang", val="en-GB", bidi="km-KH")
    _order(properties)


def _add(parent: Any, tag: str, **attributes: str) -> None:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)


def _order(properties: Any) -> None:
    """Word refuses run properties that are not in the order of the schema."""
    order = (
        "rFonts",
        "b",
        "bCs",
        "i",
        "iCs",
        "caps",
        "smallCaps",
        "color",
        "spacing",
        "kern",
        "sz",
        "szCs",
        "lang",
    )
    ranks = {qn(f"w:{name}"): rank for rank, name in enumerate(order)}
    children = sorted(properties, key=lambda child: ranks.get(child.tag, 99))
    for child in children:
        properties.remove(child)
    properties.extend(children)
