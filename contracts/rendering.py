"""From a composed memorandum to Word and from Word to PDF, and where the signature boxes lie in that PDF."""

import io
from collections.abc import Iterator
from typing import Any
from zipfile import BadZipFile

import pikepdf
import pypdfium2
import segno
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from contracts.composing import Composed
from contracts.converting import ConversionFailed, Sandbox, convert_to_pdf

__all__ = [
    "BoxMissing",
    "ConversionFailed",
    "Sandbox",
    "WordingBroken",
    "convert_to_pdf",
    "render_docx",
    "signature_boxes",
]

Box = tuple[int, float, float, float, float]
# Bookmarks of the Word template; letters only, because LibreOffice rewrites every other sign in their names.
BOX_MARKS = {"organisation": "SignatureOfOrganisation", "ministry": "SignatureOfMinistry"}
# docxtpl reads these four as braces escaped by the template's author; a name may hold them too.
_ESCAPES = {"{_{": "{\ue000{", "}_}": "}\ue000}", "{_%": "{\ue000%", "%_}": "%\ue000}"}


# What an uploaded template can be broken by: no zip, no Word file, no XML, a wrong name, a value misused.
_BROKEN = (
    *(TemplateError, BadZipFile, PackageNotFoundError, SyntaxError, OSError),
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RecursionError),
)


class WordingBroken(ValueError):
    """A Word template cannot be rendered: it asks for an unknown name, or is no Word file."""


class BoxMissing(ValueError):
    """A PDF has no place, or more than one, for a party's signature; .party names it."""

    def __init__(self, party: str) -> None:
        super().__init__(f"no single signature box for the {party}: the template must hold its picture once")
        self.party = party


class _Wording(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """A template in which names with braces and underlines stay as they were typed."""

    def render_xml_part(self, src_xml: str, part: object, context: Composed, jinja_env: object = None) -> str:
        return str(super().render_xml_part(src_xml, part, context, jinja_env)).replace("\ue000", "_")


def render_docx(text: Composed, *, wording: bytes) -> bytes:
    """Give the memorandum as .docx bytes, laid out by the Word template `wording`.

    The template is rendered in a sandbox that sees plain values only, because staff upload templates and
    docxtpl would otherwise let them run code. Each clause gets a bookmark of its code. Raises WordingBroken.
    """
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    template = _Wording(io.BytesIO(wording))
    address = _verification_address(text)
    try:
        if address:
            template.replace_pic("qr.png", io.BytesIO(_qr_code(address)))
        template.allow_missing_pics = True
        template.render(_guarded(text), environment)
        _name_document(template.docx, text)
        _bookmark_clauses(template.docx, text)
        content = io.BytesIO()
        template.save(content)
    except _BROKEN as problem:
        raise WordingBroken(f"the Word template cannot be rendered: {problem}") from problem
    return content.getvalue()


def signature_boxes(pdf: bytes) -> dict[str, Box]:
    """Give the page (from 0) and x1, y1, x2, y2 (points, from the lower left) of each party's signature box.

    The template keeps each box free with an empty picture under a bookmark of fixed name. LibreOffice writes
    the bookmark as a named destination and the picture as an image, so that nothing is guessed.
    Raises BoxMissing.
    """
    places = _destinations(pdf)
    with pypdfium2.PdfDocument(pdf) as document:
        return {party: _box(document, places, party) for party in BOX_MARKS}


def _box(document: Any, places: dict[str, tuple[int, float, float]], party: str) -> Box:
    name = BOX_MARKS[party]
    if name not in places:
        raise BoxMissing(party)
    page, x, y = places[name]
    images = document[page].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    near = [bounds for bounds in (image.get_bounds() for image in images) if _holds(bounds, x, y)]
    if len(near) != 1:
        raise BoxMissing(party)
    left, bottom, right, top = near[0]
    return page, left, bottom, right, top


def _holds(bounds: tuple[float, float, float, float], x: float, y: float) -> bool:
    left, bottom, right, top = bounds
    slack = 12  # points: a destination names the edge of the cell, the picture stands inside its padding
    return left - slack <= x < right and bottom <= y <= top + slack


def _destinations(pdf: bytes) -> dict[str, tuple[int, float, float]]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = {page.objgen: place for place, page in enumerate(document.pages)}
        return {
            name: (pages[target[0].objgen], float(target[2]), float(target[3]))
            for name, target in _named(document)
            if name in BOX_MARKS.values()
        }


def _named(document: Any) -> Iterator[tuple[str, Any]]:
    """LibreOffice writes destinations as a dictionary (PDF 1.1) or as a name tree (1.2)."""
    for name, target in document.Root.get("/Dests", {}).items():
        yield str(name).lstrip("/"), target
    if "/Names" in document.Root and "/Dests" in document.Root.Names:
        for name, target in pikepdf.NameTree(document.Root.Names.Dests).items():
            yield str(name), target.D if isinstance(target, pikepdf.Dictionary) else target


def _verification_address(text: Composed) -> str:
    return str(text["verification"]["address"])


def _qr_code(address: str) -> bytes:
    content = io.BytesIO()
    segno.make(address, error="m", micro=False).save(content, kind="png", scale=8, border=2)
    return content.getvalue()


def _guarded(value: Any) -> Any:
    if isinstance(value, str):
        for written, guarded in _ESCAPES.items():
            value = value.replace(written, guarded)
        return value
    if isinstance(value, list):
        return [_guarded(item) for item in value]
    if isinstance(value, dict):
        return {key: _guarded(item) for key, item in value.items()}
    return value


def _name_document(document: Any, text: Composed) -> None:
    """The title that readers' programs show; Word allows 255 characters."""
    heading = text["heading"]
    name = f"{heading['title']['km']} – {heading['title']['en']}: {heading['organisation']['en']}"
    document.core_properties.title = name[:255]
    document.core_properties.language = "km-KH"


def _bookmark_clauses(document: Any, text: Composed) -> None:
    """Mark the first paragraph that ends with a clause's codes; no loop in Word can name bookmarks."""
    blocks = [each for part in text["articles"] for each in part["paragraphs"] if each["codes"]]
    ends = {f"({', '.join(each['codes'])})": each["codes"] for each in blocks}
    identity = 1000
    for paragraph in document.paragraphs:
        last_words = paragraph.text[paragraph.text.rfind("(") :]
        for code in ends.pop(last_words, ()):
            identity += 1
            _bookmark(paragraph._p, name=code, identity=str(identity))


def _bookmark(paragraph: Any, *, name: str, identity: str) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), identity)
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), identity)
    properties = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(end)
