"""Genuine sealed files of sample parties, made once for a test run without LibreOffice."""

import io
import tempfile
from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

import pikepdf

from contracts.authority import Authority, Trust, create_authority
from contracts.sealing import SignedFile, Signer, prepare, sign
from contracts.verifying import ExpectedSignature, Record

MORNING = datetime(2026, 1, 10, 3, 0, tzinfo=UTC)
NOON = MORNING + timedelta(hours=2)
AFTER = MORNING + timedelta(hours=4)
PASSPHRASE = "a passphrase for samples"
TERMS = b'{"sample":"terms"}'
BOXES = {"organisation": (1, 60.0, 60.0, 260.0, 130.0), "ministry": (1, 320.0, 60.0, 520.0, 130.0)}
DIRECTOR = Signer("Sample Director A", "Director", "Sample Shelter A", "MOU-2026-0001")
MINISTER = Signer("Sample Signatory B", "Secretary of State", "Sample Ministry", "MOU-2026-0001")


class Everything(Container[str]):
    """A log that knows every hash: what the policy is worth when the log is blind."""

    def __contains__(self, sha256: object) -> bool:
        return True


@dataclass(frozen=True)
class Specimens:
    """One memorandum in its three shapes, with what our record says of it."""

    authority: Authority
    unsigned: bytes
    half: SignedFile
    both: SignedFile

    @property
    def shapes(self) -> dict[str, bytes]:
        return {"unsigned": self.unsigned, "half-signed": self.half.content, "signed": self.both.content}

    @property
    def trust(self) -> Trust:
        return trust_of(self.authority)

    def record(self, known: Container[str] | None = None) -> Record:
        return record_of(self.half, self.both, known=known)


@cache
def authority(name: str = "ours") -> Authority:
    folder = Path(tempfile.mkdtemp(prefix="authority-")) / name
    return create_authority(folder, passphrase=PASSPHRASE, at=MORNING, crl_url="https://portal.example/crl")


@cache
def trust_of(of: Authority) -> Trust:
    return of.trust(AFTER)


@cache
def specimens(name: str = "ours") -> Specimens:
    return memorandum(authority(name), page(b"The organisation receives 100 USD."))


def memorandum(by: Authority, pdf: bytes, *, terms: bytes = TERMS) -> Specimens:
    unsigned = prepare(pdf, terms_json=terms, boxes=BOXES)
    half = sign(
        unsigned, field="organisation", signer=DIRECTOR, authority=by, at=MORNING, stamp=stamp("organisation")
    )
    both = sign(
        half.content, field="ministry", signer=MINISTER, authority=by, at=NOON, stamp=stamp("ministry")
    )
    return Specimens(by, unsigned, half, both)


def record_of(*signed: SignedFile, known: Container[str] | None = None, terms: bytes = TERMS) -> Record:
    expected = zip(("organisation", "ministry"), signed, strict=False)
    return Record(
        signatures=tuple(ExpectedSignature(field, each.key_id) for field, each in expected),
        terms_sha256=sha256(terms).hexdigest(),
        known_sha256=known if known is not None else {each.sha256 for each in signed},
    )


def stamp(words: str) -> bytes:
    """What `make_stamp` gives, but instantly and in Latin letters only."""
    return _document(words.encode(), pages=1, size=(200, 70))


def page(words: bytes) -> bytes:
    """A two-page paper with the parts that attacks aim at: metadata, structure, an outline and a link."""
    return _document(words, pages=2, size=(595, 842))


def _document(words: bytes, *, pages: int, size: tuple[int, int]) -> bytes:
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for number in range(pages):
        drawn = b"BT /F1 14 Tf 10 %d Td (%s page %d) Tj ET" % (size[1] - 30, words, number + 1)
        added = document.add_blank_page(page_size=size)
        added.obj.Contents = document.make_stream(drawn)
        added.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    if pages > 1:
        _furnish(document)
    written = io.BytesIO()
    document.save(written, deterministic_id=True, min_version="1.7")
    return written.getvalue()


def _furnish(document: pikepdf.Pdf) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = "Sample memorandum"
        metadata["pdfaid:part"] = "2"
    document.docinfo["/Title"] = "Sample memorandum"
    document.Root.Lang = pikepdf.String("km")
    paragraph = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name.P, ActualText=pikepdf.String("100 USD")
        )
    )
    document.Root.StructTreeRoot = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=pikepdf.Array([paragraph]))
    )
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[10, 700, 200, 720],
        Border=[0, 0, 0],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://portal.example/v/SAMPLE")),
    )
    document.pages[0].obj.Annots = document.make_indirect(pikepdf.Array([document.make_indirect(link)]))
