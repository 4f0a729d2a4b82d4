"""Judges a file that somebody uploads by its bytes, and makes it safe to keep and to open."""

import io
import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from PIL import Image, ImageOps

from registry.kernel.moves import NotAllowed

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_OBJECTS = 100_000
MOST_PIXELS = 60_000_000
MOST_PIXELS_DRAWN = 30_000_000
LONGEST_SIDE = 2400  # pixels: an A4 page at 200 dots to the inch
LONGEST_NAME = 100  # characters
_QUALITY = 85
_DEEPEST = 60

# qpdf reads compressed parts into memory: a few kilobytes may claim gigabytes. Set once for the process.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=64 * MEGABYTE,
    run_length_max_memory=64 * MEGABYTE,
    png_max_memory=64 * MEGABYTE,
    tiff_max_memory=64 * MEGABYTE,
    dct_max_memory=64 * MEGABYTE,
    parser_max_container_size=200_000,
)

# Pillow warns above this and stops at its double; ours is the stricter rule, see _ensure_not_vast.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS

# What runs, starts a program, sends data away or hides another file (PDF 32000-1, 7.11, 12.6 and 12.7).
_UNSAFE_KEYS = frozenset({"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/AF"})
_UNSAFE_KINDS = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/ImportData",
        "/SubmitForm",
        "/GoToE",
        "/EmbeddedFile",
        "/FileAttachment",
        "/RichMedia",
    }
)
_NAMES_OF_KINDS = ("/S", "/Type", "/Subtype")


@dataclass(frozen=True)
class Upload:
    """A file that may be kept: its real type, its bytes, and its name as something to show, never a path."""

    media_type: str
    content: bytes
    filename: str


def checked(filename: str, content: bytes) -> Upload:
    """The upload as it may be kept: a PDF as it came, a picture drawn anew without what the camera noted.

    Raises NotAllowed("file-empty" | "file-too-large" | "file-type" | "file-broken" | "file-locked" |
    "file-unsafe" | "file-too-many-pixels").
    """
    if not content:
        raise NotAllowed("file-empty")
    if len(content) > MOST_BYTES:
        raise NotAllowed("file-too-large")
    for beginning, judge in _KINDS:
        if content.startswith(beginning):
            media_type, kept, ending = judge(content)
            return Upload(media_type, kept, cleaned_name(filename, ending=ending))
    raise NotAllowed("file-type")


def cleaned_name(filename: str, *, ending: str) -> str:
    """The last part of a file's name, without signs that hide or turn text, and with the true ending."""
    last = unicodedata.normalize("NFC", filename).replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" and sign not in '"<>:|?*')
    stem = plain.rpartition(".")[0] or plain
    return f"{stem.strip(' .')[:LONGEST_NAME] or 'paper'}.{ending}"


def _pdf(content: bytes) -> tuple[str, bytes, str]:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if not len(pdf.pages):
                raise NotAllowed("file-broken")
            _ensure_lifeless(pdf)
    except pikepdf.PasswordError:
        raise NotAllowed("file-locked") from None
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, KeyError):
        raise NotAllowed("file-broken") from None
    return "application/pdf", content, "pdf"


def _ensure_lifeless(pdf: pikepdf.Pdf) -> None:
    """Refuse a PDF in which anything runs or another file is hidden. Raises NotAllowed("file-unsafe")."""
    for number, one in enumerate(pdf.objects):
        if number > MOST_OBJECTS:
            raise NotAllowed("file-broken")
        for part in _parts(one, depth=0):
            if any(key in part for key in _UNSAFE_KEYS) or _kinds(part) & _UNSAFE_KINDS:
                raise NotAllowed("file-unsafe")


def _parts(one: Any, *, depth: int) -> Iterator[Any]:
    """Every dictionary directly inside an object; what it points at is an object of its own."""
    if depth > _DEEPEST:
        raise NotAllowed("file-broken")
    if isinstance(one, pikepdf.Array):
        for member in one:
            yield from _direct(member, depth=depth)
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        yield one
        for key in one.keys():  # noqa: SIM118 - a PDF stream has keys and no iterator
            yield from _direct(one.get(key), depth=depth)


def _direct(member: Any, *, depth: int) -> Iterator[Any]:
    if isinstance(member, pikepdf.Object) and not member.is_indirect:
        yield from _parts(member, depth=depth + 1)


def _kinds(part: Any) -> set[str]:
    return {str(part.get(name)) for name in _NAMES_OF_KINDS if isinstance(part.get(name), pikepdf.Name)}


def _jpeg(content: bytes) -> tuple[str, bytes, str]:
    return _drawn_anew(content, "JPEG")


def _png(content: bytes) -> tuple[str, bytes, str]:
    return _drawn_anew(content, "PNG")


def _drawn_anew(content: bytes, kind: str) -> tuple[str, bytes, str]:
    """The picture itself and nothing else: no place, no camera, no hidden second file behind it."""
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            _ensure_not_vast(picture)
            return _written(_smaller(ImageOps.exif_transpose(picture)), kind)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise NotAllowed("file-too-many-pixels") from None
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error):
        raise NotAllowed("file-broken") from None


def _ensure_not_vast(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise NotAllowed("file-too-many-pixels")
    # A JPEG can be read at a half, a quarter or an eighth of its size, which spares the memory.
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    if picture.width * picture.height > MOST_PIXELS_DRAWN:
        raise NotAllowed("file-too-many-pixels")


def _smaller(picture: Image.Image) -> Image.Image:
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if picture.mode in ("1", "L", "RGB"):
        return picture
    if picture.mode == "CMYK":
        return picture.convert("RGB")
    solid = picture.convert("RGBA")
    paper = Image.new("RGB", solid.size, "white")
    paper.paste(solid, mask=solid.getchannel("A"))
    return paper


def _written(picture: Image.Image, kind: str) -> tuple[str, bytes, str]:
    """As PNG when it came as one and stays small, else as JPEG."""
    if kind == "PNG":
        written = _bytes_of(picture, "PNG", optimize=True)
        if len(written) <= MEGABYTE:
            return "image/png", written, "png"
    grey_or_colour = picture if picture.mode in ("L", "RGB") else picture.convert("L")
    return "image/jpeg", _bytes_of(grey_or_colour, "JPEG", quality=_QUALITY, optimize=True), "jpg"


def _bytes_of(picture: Image.Image, kind: str, **how: Any) -> bytes:
    # Copied pixel by pixel, so that nothing noted beside the picture comes along.
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    written = io.BytesIO()
    bare.save(written, kind, **how)
    return written.getvalue()


_KINDS: tuple[tuple[bytes, Callable[[bytes], tuple[str, bytes, str]]], ...] = (
    (b"%PDF-", _pdf),
    (b"\xff\xd8\xff", _jpeg),
    (b"\x89PNG\r\n\x1a\n", _png),
)
