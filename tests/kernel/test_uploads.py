"""Uploads: what may be kept, what it is made into, and hostile files, all refused with a reason."""

import io
import struct
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image

from registry.kernel import uploads
from registry.kernel.moves import NotAllowed
from tests.factories import A_PDF


def _pdf(change: Callable[[pikepdf.Pdf], object], **how: object) -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        written = io.BytesIO()
        pdf.save(written, **how)
        return written.getvalue()


def _set_root(name: str, value: object) -> Callable[[pikepdf.Pdf], object]:
    return lambda pdf: pdf.Root.__setitem__(name, value)


def _action(kind: str, **more: object) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(kind), **more)


def _link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=_action("/Launch"))])


def _attach(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["a.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ", filename="a.exe")


def _picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 30), **how: object) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size).save(written, kind, **how)
    return written.getvalue()


def _png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds almost nothing."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _bomb() -> bytes:
    """A PDF whose object stream unpacks to 100 MB."""
    packed = zlib.compress(b"1 0 " + b" " * (100 * uploads.MEGABYTE), 9)
    head = b"%PDF-1.5\n1 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length "
    body = head + str(len(packed)).encode() + b">>stream\n" + packed + b"\nendstream endobj\n"
    return body + b"trailer<</Root 1 0 R>>\n%%EOF"


HOSTILE = {
    "nothing": (lambda: b"", "file-empty"),
    "too many bytes": (lambda: b"%PDF-" + b"\0" * uploads.MOST_BYTES, "file-too-large"),
    "a program": (lambda: b"MZ\x90\0", "file-type"),
    "a page": (lambda: b"<html><script>alert(1)</script>", "file-type"),
    "a drawing": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file-type"),
    "an animation": (lambda: _picture("GIF", "L"), "file-type"),
    "a PDF behind something else": (lambda: b"GIF89a" + A_PDF, "file-type"),
    "a torn PDF": (lambda: A_PDF[:60], "file-broken"),
    "no page": (lambda: _pdf(lambda pdf: pdf.pages.__delitem__(0)), "file-broken"),
    "unpacks endlessly": (_bomb, "file-broken"),
    "a script on opening": (
        lambda: _pdf(_set_root("/OpenAction", _action("/JavaScript", JS="app.alert(1)"))),
        "file-unsafe",
    ),
    "a script under a name": (
        lambda: _pdf(_set_root("/Names", pikepdf.Dictionary(JavaScript=pikepdf.Dictionary()))),
        "file-unsafe",
    ),
    "a script in packed objects": (
        lambda: _pdf(
            _set_root("/AA", pikepdf.Dictionary(WC=_action("/JavaScript", JS="x"))),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        ),
        "file-unsafe",
    ),
    "a link that starts a program": (lambda: _pdf(_link), "file-unsafe"),
    "a file within": (lambda: _pdf(_attach), "file-unsafe"),
    "a form that sends": (lambda: _pdf(_set_root("/OpenAction", _action("/SubmitForm"))), "file-unsafe"),
    "a form of another kind": (
        lambda: _pdf(_set_root("/AcroForm", pikepdf.Dictionary(XFA="x"))),
        "file-unsafe",
    ),
    "locked": (
        lambda: _pdf(lambda _pdf: None, encryption=pikepdf.Encryption(owner="o", user="u")),
        "file-locked",
    ),
    "a torn photo": (lambda: _picture("JPEG", size=(400, 400))[:300], "file-broken"),
    "a torn picture": (lambda: _picture("PNG")[:50], "file-broken"),
    "a vast picture": (lambda: _png_of(60_000, 60_000), "file-too-many-pixels"),
    "a large picture": (lambda: _png_of(7_000, 7_000), "file-too-many-pixels"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_with_its_reason(name: str) -> None:
    make, reason = HOSTILE[name]
    with pytest.raises(NotAllowed) as refused:
        uploads.checked("paper.pdf", make())
    assert refused.value.reason == reason


def test_a_pdf_is_kept_byte_for_byte() -> None:
    assert uploads.checked("budget.pdf", A_PDF) == uploads.Upload("application/pdf", A_PDF, "budget.pdf")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_picture_of_any_kind_is_drawn_anew(mode: str) -> None:
    kept = uploads.checked("scan.png", _picture("PNG", mode))
    assert (kept.media_type, kept.filename) == ("image/png", "scan.png")
    assert Image.open(io.BytesIO(kept.content)).size == (40, 30)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_photo_is_made_smaller_and_nothing_behind_it_is_kept(mode: str) -> None:
    kept = uploads.checked("x.JPEG", _picture("JPEG", mode, (6000, 3000)) + b"PK\3\4 hidden archive")
    assert (kept.media_type, kept.filename) == ("image/jpeg", "x.jpg")
    assert b"hidden archive" not in kept.content
    assert Image.open(io.BytesIO(kept.content)).size == (2400, 1200)


def test_a_photo_held_sideways_is_turned_upright() -> None:
    noted = Image.Exif()
    noted[0x0112] = 6
    kept = uploads.checked("x.jpg", _picture("JPEG", size=(40, 30), exif=noted))
    assert Image.open(io.BytesIO(kept.content)).size == (30, 40)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\papers\\លក្ខន្តិកៈ.PDF", "លក្ខន្តិកៈ.pdf"),
        ("invoice\u202egpj.exe", "invoicegpj.pdf"),
        ("a\r\nX-Evil: 1.pdf", "aX-Evil 1.pdf"),
        ("", "paper.pdf"),
        ("...", "paper.pdf"),
        (".pdf", "pdf.pdf"),
        ("x" * 500 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_a_file_name_is_only_something_to_show(given: str, kept: str) -> None:
    assert uploads.cleaned_name(given, ending="pdf") == kept
