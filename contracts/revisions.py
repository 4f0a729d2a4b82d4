"""Our own difference analysis: what a signature's revision may change in the file before it.

pyHanko's analysis knows every legitimate use of a PDF form; ours knows only how a memorandum is signed. A
revision may redefine the catalog, the form and the one field it fills (for a time stamp also the page that
holds its invisible field), and in those only the entries that signing needs. Both analyses must agree.
"""

import io
from collections.abc import Mapping

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from contracts.doubts import Doubt, Reason
from contracts.structure import PARTIES, pages, value_of

_CATALOG_MAY_CHANGE = frozenset({"/AcroForm", "/Perms", "/Extensions"})
_FORM_MAY_CHANGE = frozenset({"/SigFlags"})
_FIELD_MAY_CHANGE = frozenset({"/V", "/AP"})


def check_revisions(reader: PdfFileReader, *, signed_in: Mapping[str, int]) -> None:
    """Raise Doubt unless every revision is the work of one signature, time stamp or security store.

    `signed_in` gives the revision of each filled signature field.
    """
    if tuple(sorted(signed_in, key=signed_in.__getitem__))[: len(PARTIES)] != PARTIES[: len(signed_in)]:
        raise Doubt(Reason.WRONG_FIELDS, "not signed in order")
    if [signed_in[party] for party in PARTIES if party in signed_in] != [1, 2][: len(signed_in)]:
        raise Doubt(Reason.CHANGED_AFTER_SIGNING, "a revision between the signatures")
    if max(signed_in.values()) != reader.total_revisions - 1:
        raise Doubt(Reason.CHANGED_AFTER_SIGNING, "a revision after the last signature")
    known = set(reader.xrefs.explicit_refs_in_revision(0))
    for revision in range(1, reader.total_revisions):
        fresh = set(reader.xrefs.explicit_refs_in_revision(revision))
        _check_revision(reader, revision, redefined=fresh & known)
        known |= fresh


def _check_revision(reader: PdfFileReader, revision: int, *, redefined: set[generic.Reference]) -> None:
    if reader.xrefs.refs_freed_in_revision(revision):
        raise Doubt(Reason.CHANGED_AFTER_SIGNING, "objects deleted")
    before, after = (reader.get_historical_resolver(number) for number in (revision - 1, revision))
    _check_trailer(reader, revision)
    archival = revision > len(PARTIES)
    _check_entries(before.root, after.root, _CATALOG_MAY_CHANGE | ({"/DSS"} if archival else set()))
    form_before, form_after = before.root["/AcroForm"], after.root["/AcroForm"]
    _check_entries(form_before, form_after, _FORM_MAY_CHANGE | ({"/Fields"} if archival else set()))
    if archival:
        _check_appended(form_before["/Fields"], form_after["/Fields"])
    allowed = {after.root_ref} | _place_of(after.root, "/AcroForm") | _place_of(form_after, "/Fields")
    for ref in redefined - allowed:
        objects = before.get_object(ref), after.get_object(ref)
        if archival:
            _check_archived(*objects, is_annotations=ref in _annotation_lists(before))
        else:
            _check_signed(*objects, party=PARTIES[revision - 1])


def _check_signed(before: generic.PdfObject, after: generic.PdfObject, *, party: str) -> None:
    """Only the party's own empty field is redefined, and gets only its value and its looks."""
    if not isinstance(before, generic.DictionaryObject) or not isinstance(after, generic.DictionaryObject):
        raise Doubt(Reason.CHANGED_AFTER_SIGNING, "a value was replaced")
    if value_of(before, "/T") != party or "/V" in before:
        raise Doubt(Reason.CHANGED_AFTER_SIGNING, "an object that is not the field being signed")
    _check_entries(before, after, _FIELD_MAY_CHANGE)


def _check_archived(before: generic.PdfObject, after: generic.PdfObject, *, is_annotations: bool) -> None:
    """A time stamp puts its invisible field on a page and adds to the security store, which is judged
    elsewhere.
    """
    if is_annotations and isinstance(before, generic.ArrayObject) and isinstance(after, generic.ArrayObject):
        _check_appended(before, after)
        return
    if not isinstance(before, generic.DictionaryObject) or not isinstance(after, generic.DictionaryObject):
        raise Doubt(Reason.CHANGED_AFTER_SIGNING, "a value was replaced")
    if value_of(before, "/Type") == "/Page":
        _check_entries(before, after, frozenset({"/Annots"}))
        _check_appended(value_of(before, "/Annots") or generic.ArrayObject(), after["/Annots"])
    elif not _is_security_store_part(before):
        raise Doubt(Reason.CHANGED_AFTER_SIGNING, "an object that archiving does not touch")


def _annotation_lists(resolver: HistoricalResolver) -> set[generic.Reference]:
    found = [page.get_object() for page in pages(resolver)]
    listed = [page for page in found if isinstance(page, generic.DictionaryObject) and "/Annots" in page]
    return {place for page in listed for place in _place_of(page, "/Annots")}


def _is_security_store_part(part: generic.DictionaryObject) -> bool:
    return value_of(part, "/Type") in {"/DSS", "/VRI"} or set(part) <= {
        "/Certs",
        "/CRLs",
        "/OCSPs",
        "/VRI",
        "/Type",
    }


def _check_trailer(reader: PdfFileReader, revision: int) -> None:
    before, after = (reader.trailer.flatten(number) for number in (revision - 1, revision))
    for key in ("/Root", "/Info"):
        if _written(before.get(key)) != _written(after.get(key)):
            raise Doubt(Reason.CHANGED_AFTER_SIGNING, f"another {key}")


def _check_entries(
    before: generic.DictionaryObject, after: generic.DictionaryObject, may_change: frozenset[str] | set[str]
) -> None:
    for key in (set(before) | set(after)) - may_change:
        if key not in before or key not in after or _raw(before, key) != _raw(after, key):
            raise Doubt(Reason.CHANGED_AFTER_SIGNING, f"the entry {key}")


def _check_appended(before: generic.ArrayObject, after: generic.ArrayObject) -> None:
    """A time stamp's field may be added at the end of a list, and only one."""
    kept = [_written(after.raw_get(index)) for index in range(len(after))][: len(before)]
    if kept != [_written(before.raw_get(index)) for index in range(len(before))]:
        raise Doubt(Reason.CHANGED_AFTER_SIGNING, "a list was rewritten")
    if len(after) > len(before) + 1:
        raise Doubt(Reason.CHANGED_AFTER_SIGNING, "more than one field was added")


def _place_of(holder: generic.DictionaryObject, key: str) -> set[generic.Reference]:
    value = holder.raw_get(key)
    return {value.reference} if isinstance(value, generic.IndirectObject) else set()


def _raw(part: generic.DictionaryObject, key: str) -> bytes:
    return _written(part.raw_get(key))


def _written(value: generic.PdfObject | None) -> bytes:
    if value is None:
        return b""
    written = io.BytesIO()
    value.write_to_stream(written)
    return written.getvalue()
