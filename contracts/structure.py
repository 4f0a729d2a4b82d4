"""What a memorandum's PDF may be made of: an allow-list over every object of every revision.

Shadow attacks hide behind layers, scripts, actions and attachments, so a memorandum has none of them, in
any revision and whether or not the object is reachable.
"""

import io
from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler

from contracts.doubts import Doubt, Reason

PARTIES = ("organisation", "ministry")
TERMS_NAME = "terms.json"
TIMESTAMP_PREFIX = "timestamp-"

LARGEST_FILE = 10 * 1024 * 1024
_MOST_PAGES = 200
_MOST_REVISIONS = 40
_MOST_OBJECTS = 50_000
_MOST_VALUES = 2_000_000
_MEBIBYTE = 1024 * 1024
_LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=32 * _MEBIBYTE),
    document_budget=DocumentDecodeBudget(base_allowance=64 * _MEBIBYTE, max_ratio=20),
)

_CATALOG_KEYS = frozenset(
    [
        "/Type",
        "/Version",
        "/Pages",
        "/Metadata",
        "/MarkInfo",
        "/StructTreeRoot",
        "/Lang",
        "/OutputIntents",
        "/ViewerPreferences",
        "/Names",
        "/Dests",  # LibreOffice keeps the bookmarks of the clauses here
        "/AcroForm",
        "/Perms",
        "/Extensions",
        "/AF",
        "/Outlines",
        "/PageMode",
        "/PageLayout",
        "/PageLabels",
        "/DSS",
    ]
)
_PAGE_KEYS = frozenset(
    [
        "/Type",
        "/Parent",
        "/Resources",
        "/MediaBox",
        "/CropBox",
        "/TrimBox",
        "/BleedBox",
        "/ArtBox",
        "/Rotate",
        "/Contents",
        "/Group",
        "/StructParents",
        "/Tabs",
        "/Annots",
    ]
)
_FORM_KEYS = frozenset(["/Fields", "/SigFlags", "/DA", "/DR"])
_NAMES_KEYS = frozenset({"/EmbeddedFiles", "/Dests"})
_TRAILER_KEYS = frozenset(["/Size", "/Root", "/Info", "/ID", "/Prev", "/DocChecksum"])
_FORBIDDEN_KEYS = frozenset(
    [
        "/JS",
        "/JavaScript",
        "/OpenAction",
        "/AA",
        "/XFA",
        "/OCProperties",
        "/OCGs",
        "/OC",
        "/OCMD",
        "/Launch",
        "/RichMediaContent",
        "/Encrypt",
        "/Collection",
        "/Threads",
        "/URLS",
        "/IDS",
        "/AlternatePresentations",
        "/Renditions",
        "/Requirements",
        "/NeedAppearances",
        "/OPI",
        "/PS",
        "/Ref",
        "/Alternates",
        "/FFilter",
        "/RF",
        "/Measure",
        "/PieceInfo",
        "/SpiderInfo",
        "/Legal",
        "/PV",
        "/3DD",
    ]
)
_KINDS = frozenset({"/Type", "/Subtype", "/S"})
_ACTIONS = frozenset({"/URI", "/GoTo"})
_ANNOTATIONS = frozenset({"/Widget", "/Link"})
_XOBJECTS = frozenset({"/Form", "/Image"})


def open_strictly(pdf: bytes) -> PdfFileReader:
    """A strict reader with limits on what streams may unpack to; raises Doubt for what we would never have
    made.
    """
    if len(pdf) > LARGEST_FILE:
        raise Doubt(Reason.TOO_LARGE, f"{len(pdf)} bytes")
    if not pdf.startswith(b"%PDF-1."):
        raise Doubt(Reason.NOT_READABLE, "does not begin as a PDF 1")
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True, decode_limits=_LIMITS)
        encrypted, streams = reader.encrypted, reader.has_xref_stream or reader.xrefs.hybrid_xrefs_present
    except Exception as error:
        raise Doubt(Reason.NOT_READABLE, repr(error)) from error
    if encrypted:
        raise Doubt(Reason.ENCRYPTED)
    if streams:
        raise Doubt(Reason.FORBIDDEN_CONTENT, "cross-reference streams")
    if reader.total_revisions > _MOST_REVISIONS:
        raise Doubt(Reason.FORBIDDEN_CONTENT, f"{reader.total_revisions} revisions")
    return reader


def check_structure(reader: PdfFileReader) -> None:
    """Raise Doubt for any object of any revision that is not on the allow-list."""
    _check_trailer(reader)
    embedded: set[generic.Reference] = set()
    for revision in range(reader.total_revisions):
        for ref in _references(reader, revision):
            _check_object(_resolver(reader, ref, revision).get_object(ref), ref, embedded)
        _check_catalog(reader.get_historical_resolver(revision).root)
    if len(embedded) != 1:
        raise Doubt(Reason.WRONG_ATTACHMENT, f"{len(embedded)} embedded files")


def attached_terms(reader: PdfFileReader) -> bytes:
    """The bytes of terms.json, the one attachment a memorandum has; raises Doubt when it is not exactly
    that.
    """
    names = reader.root["/Names"]["/EmbeddedFiles"]["/Names"]
    if len(names) != 2 or names[0] != TERMS_NAME:  # noqa: PLR2004 a name tree is a flat list of name, value
        raise Doubt(Reason.WRONG_ATTACHMENT, "not terms.json alone")
    specification = names[1].get_object()
    streams = {specification["/EF"].raw_get(key).reference for key in specification["/EF"]}
    if len(streams) != 1 or specification["/UF"] != TERMS_NAME:
        raise Doubt(Reason.WRONG_ATTACHMENT, "two files under one name")
    stream = specification["/EF"]["/F"]
    return bytes(stream.data)


def value_of(part: generic.DictionaryObject, key: str) -> Any:
    """The entry with its reference followed, or None; pyHanko's own `get` would hand out the bare
    reference.
    """
    return part[key] if key in part else None  # noqa: SIM401 `get` is the very thing to avoid


def page_count(reader: PdfFileReader) -> int:
    """How many pages the page tree says; raises Doubt above the limit."""
    count = int(reader.root["/Pages"]["/Count"])
    if not 0 < count <= _MOST_PAGES:
        raise Doubt(Reason.TOO_LARGE, f"{count} pages")
    return count


def _references(reader: PdfFileReader, revision: int) -> list[generic.Reference]:
    references = sorted(reader.xrefs.explicit_refs_in_revision(revision), key=lambda ref: ref.idnum)
    if len(references) > _MOST_OBJECTS:
        raise Doubt(Reason.TOO_LARGE, f"{len(references)} objects")
    return references


def _resolver(reader: PdfFileReader, ref: generic.Reference, revision: int) -> HistoricalResolver:
    """An object that nothing overrides is read as of the first signature: pyHanko's difference analysis asks
    for that revision too and then finds it read, which halves the time for a long document.
    """
    if reader.xrefs.get_last_change(ref) == revision:
        revision = max(revision, min(1, reader.total_revisions - 1))
    return reader.get_historical_resolver(revision)


def _check_trailer(reader: PdfFileReader) -> None:
    foreign = set(reader.trailer.flatten()) - _TRAILER_KEYS
    if foreign:
        raise Doubt(Reason.FORBIDDEN_CONTENT, f"trailer {sorted(foreign)}")


def _check_catalog(root: generic.DictionaryObject) -> None:
    _only(root, _CATALOG_KEYS, "catalog")
    for key, allowed in (("/Names", _NAMES_KEYS), ("/AcroForm", _FORM_KEYS)):
        if key in root:
            _only(root[key], allowed, key)


def _check_object(value: generic.PdfObject, ref: generic.Reference, embedded: set[generic.Reference]) -> None:
    for part in _dictionaries(value):
        _check_dictionary(part)
    if isinstance(value, generic.StreamObject):
        if "/F" in value:
            raise Doubt(Reason.FORBIDDEN_CONTENT, "a stream kept in another file")
        if value_of(value, "/Type") == "/EmbeddedFile":
            embedded.add(ref)


def _check_dictionary(part: generic.DictionaryObject) -> None:
    if any(isinstance(part.raw_get(key), generic.IndirectObject) for key in _KINDS & part.keys()):
        raise Doubt(Reason.FORBIDDEN_CONTENT, "a kind that is told elsewhere")
    forbidden = _FORBIDDEN_KEYS & part.keys()
    if forbidden:
        raise Doubt(Reason.FORBIDDEN_CONTENT, " ".join(sorted(forbidden)))
    if value_of(part, "/Type") == "/Page":
        _only(part, _PAGE_KEYS, "page")
    _check_action(part)
    subtype = value_of(part, "/Subtype")
    if "/Rect" in part and subtype not in _ANNOTATIONS:
        raise Doubt(Reason.FORBIDDEN_CONTENT, f"annotation {subtype}")
    if value_of(part, "/Type") == "/XObject" and subtype not in _XOBJECTS:
        raise Doubt(Reason.FORBIDDEN_CONTENT, f"drawing {subtype}")


def _check_action(part: generic.DictionaryObject) -> None:
    """Only links act. Structure elements use /A too, for lists and dictionaries of attributes that have an
    owner /O.
    """
    if value_of(part, "/Type") == "/Action" and value_of(part, "/S") not in _ACTIONS:
        raise Doubt(Reason.FORBIDDEN_CONTENT, f"action {part.get('/S')}")
    if value_of(part, "/Subtype") != "/Link" and "/Rect" not in part and "/Title" not in part:
        return
    action = value_of(part, "/A")
    if isinstance(action, generic.DictionaryObject) and (
        value_of(action, "/S") not in _ACTIONS or "/Next" in action
    ):
        raise Doubt(Reason.FORBIDDEN_CONTENT, f"action {action.get('/S')}")


def _dictionaries(value: generic.PdfObject) -> Iterator[generic.DictionaryObject]:
    """Every dictionary inside the object, without following references and without recursion."""
    waiting = [value]
    for _ in range(_MOST_VALUES):
        if not waiting:
            return
        part = waiting.pop()
        if isinstance(part, generic.DictionaryObject):
            yield part
            waiting.extend(part.raw_get(key) for key in part)
        elif isinstance(part, generic.ArrayObject):
            waiting.extend(part.raw_get(index) for index in range(len(part)))
    raise Doubt(Reason.TOO_LARGE, "an object without end")


def _only(part: generic.DictionaryObject, allowed: frozenset[str], what: str) -> None:
    foreign = set(part) - allowed
    if foreign:
        raise Doubt(Reason.FORBIDDEN_CONTENT, f"{what} {sorted(foreign)}")


class QuietWriter(IncrementalPdfFileWriter):
    """Leaves the document's metadata as they were, so that a verifier may refuse any later change to them."""

    def _update_meta(self) -> None:
        return None


def pages(reader: PdfHandler) -> list[generic.Reference]:
    """The references of all pages in order, walked without recursion; raises Doubt for a tree without end."""
    waiting = [reader.root.raw_get("/Pages")]
    found: list[generic.Reference] = []
    for _ in range(4 * _MOST_PAGES):
        if not waiting:
            return found
        node = waiting.pop(0)
        kids = value_of(node.get_object(), "/Kids")
        if kids is None:
            found.append(node.reference)
        else:
            waiting[:0] = [kids.raw_get(index) for index in range(len(kids))]
    raise Doubt(Reason.TOO_LARGE, "a page tree without end")
