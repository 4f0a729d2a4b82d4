"""Small pieces of a Word document that python-docx has no words for."""

import io
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from PIL import Image

_CELL_MARGINS = (
    f'<w:tblCellMar {nsdecls("w")}><w:top w:w="15" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
)


def shape_table(table: Any, widths: tuple[float, ...]) -> None:
    table.style = "Table Grid"
    table.autofit = False
    table._tbl.tblPr.append(parse_xml(f'<w:tblInd {nsdecls("w")} w:w="85" w:type="dxa"/>'))
    table._tbl.tblPr.append(parse_xml(_CELL_MARGINS))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def add_run(paragraph: Any, text: str, *, bold: bool, khmer: bool) -> None:
    """Khmer runs say so, or a screen reader would read them as English."""
    run = paragraph.add_run(text)
    properties = run._r.get_or_add_rPr()
    if bold:
        run.bold = True
        properties.append(OxmlElement("w:bCs"))
    if khmer:
        properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="km-KH" w:bidi="km-KH"/>'))


def repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def bookmark(paragraph: Any, *, name: str, identity: str) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), identity)
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), identity)
    paragraph._p.insert(1, start)
    paragraph._p.append(end)


def field(paragraph: Any, name: str) -> None:
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)


def pixel(colour: tuple[int, int, int, int]) -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGBA", (8, 8), colour).save(content, format="PNG")
    content.seek(0)
    return content


def picture(
    paragraph: Any, content: io.BytesIO, *, name: str, side: float, width: float | None = None
) -> Any:
    shape = paragraph.add_run().add_picture(content, width=Mm(width or side), height=Mm(side))
    described = "{{ words.qr.km }} / {{ words.qr.en }}: {{ verification.address }}"
    shape._inline.docPr.set("descr", described if name == "qr.png" else name)
    shape._inline.docPr.set("name", name)
    shape._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", name)
    return shape._inline


def float_right(inline: Any) -> None:
    """Let a picture stand at the right margin beside the lines that follow, as a letterhead does."""
    anchor = parse_xml(
        f'<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2"'
        ' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV></wp:anchor>'
    )
    inline.getparent().replace(inline, anchor)
    children = list(inline)
    anchor.append(children[0])
    anchor.append(parse_xml(f'<wp:wrapSquare {nsdecls("wp")} wrapText="left"/>'))
    anchor.extend(children[1:])
