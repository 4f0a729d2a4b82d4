"""Damage to the container itself: bytes flipped, cut, added, and the tricks with byte ranges and
cross-references.
"""

import io
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name

from contracts.structure import QuietWriter

Damage = Callable[[bytes], Iterator[bytes]]
_CONTENTS = re.compile(rb"/Contents <([0-9A-Fa-f]{1000,})>")
_RANGE = re.compile(rb"/ByteRange ?\[ *(\d+) (\d+) (\d+) (\d+) *\]")
_SEED = 20260110


def flipped_in_signed_range(pdf: bytes) -> Iterator[bytes]:
    gaps = [range(*found.span(1)) for found in _CONTENTS.finditer(pdf)]
    positions = [at for at in range(len(pdf)) if not any(at in gap for gap in gaps)]
    yield from _flips(pdf, positions, number=15)


def flipped_in_signature(pdf: bytes) -> Iterator[bytes]:
    for found in _CONTENTS.finditer(pdf):
        der_digits = 2 * (4 + int(found.group(1)[4:8], 16))
        yield from _flips(pdf, range(found.start(1), found.start(1) + der_digits), number=20)


def digits_changed_in_signature(pdf: bytes) -> Iterator[bytes]:
    """Other valid digits, so that the DER changes instead of the hex string breaking."""
    chance = _chance()
    for found in _CONTENTS.finditer(pdf):
        der_digits = 2 * (4 + int(found.group(1)[4:8], 16))
        for _ in range(12):
            at = found.start(1) + chance.randrange(8, der_digits)
            digit = chance.choice([each for each in b"0123456789ABCDEF" if each != pdf[at]])
            yield pdf[:at] + bytes([digit]) + pdf[at + 1 :]


def flipped_in_padding(pdf: bytes) -> Iterator[bytes]:
    for found in _CONTENTS.finditer(pdf):
        der_digits = 2 * (4 + int(found.group(1)[4:8], 16))
        for at in (found.start(1) + der_digits, found.end(1) - 1):
            yield pdf[:at] + b"7" + pdf[at + 1 :]


def digits_in_lower_case(pdf: bytes) -> Iterator[bytes]:
    for found in _CONTENTS.finditer(pdf):
        yield pdf[: found.start(1)] + found.group(1).lower() + pdf[found.end(1) :]


def signature_emptied(pdf: bytes) -> Iterator[bytes]:
    for found in _CONTENTS.finditer(pdf):
        for filling in (b"0", b"F"):
            yield pdf[: found.start(1)] + filling * len(found.group(1)) + pdf[found.end(1) :]


def signature_entries_renamed(pdf: bytes) -> Iterator[bytes]:
    for name in (
        b"/Contents <3",
        b"/ByteRange",
        b"/SubFilter",
        b"/Filter /Adobe",
        b"/Type /Sig",
        b"/Reference",
    ):
        if name in pdf:
            yield pdf.replace(name, name.replace(b"/", b"/X", 1)[: len(name)])


def byte_range_rewritten(pdf: bytes) -> Iterator[bytes]:
    for found in _RANGE.finditer(pdf):
        numbers = [int(number) for number in found.groups()]
        for changed in _other_ranges(numbers):
            written = b"/ByteRange [%s]" % b" ".join(b"%d" % number for number in changed)
            if len(written) <= len(found.group(0)):
                yield pdf[: found.start()] + written.ljust(len(found.group(0))) + pdf[found.end() :]


def signed_part_wrapped(pdf: bytes) -> Iterator[bytes]:
    """Signature wrapping: the signed second part moves to the end, and new bytes take its old place."""
    for found in _RANGE.finditer(pdf):
        _, first, second, length = (int(number) for number in found.groups())
        moved = pdf[:second] + b"\n%9999 USD\n".ljust(200) + pdf[second : second + length]
        written = b"/ByteRange [0 %d %d %d]" % (first, second + 200, length)
        if len(written) <= len(found.group(0)):
            yield moved[: found.start()] + written.ljust(len(found.group(0))) + moved[found.end() :]


def cut_short(pdf: bytes) -> Iterator[bytes]:
    for size in (0, 1, 8, 1024, len(pdf) // 2, len(pdf) - 200, len(pdf) - 7, len(pdf) - 1):
        yield pdf[:size]


def bytes_appended(pdf: bytes) -> Iterator[bytes]:
    for tail in (b"\n", b"%", b"\x00", b"9999 USD", b"\n%%EOF\n", b"\nstartxref\n0\n%%EOF\n", bytes(4096)):
        yield pdf + tail


def bytes_put_before(pdf: bytes) -> Iterator[bytes]:
    for head in (b"\n", b"#!/bin/sh\n", b"GIF89a", b"%PDF-1.4\n"):
        yield head + pdf


def file_doubled(pdf: bytes) -> Iterator[bytes]:
    yield pdf + pdf


def header_changed(pdf: bytes) -> Iterator[bytes]:
    for header in (b"%PDF-2.0", b"%PDF-1.0", b"%FDF-1.7", b"%PDF-9.9"):
        yield header + pdf[8:]


def table_appended_that_frees(pdf: bytes) -> Iterator[bytes]:
    for number in range(1, 12):
        yield _with_table(pdf, b"%d 1\n0000000000 00001 f \n" % number)


def table_appended_that_points_back(pdf: bytes) -> Iterator[bytes]:
    """An object is given back the place it had in an earlier revision, or another object's place."""
    places = [found.start() for found in re.finditer(rb"(?<=\n)\d+ 0 obj", pdf)]
    for place in places[:: max(1, len(places) // 6)]:
        number = int(pdf[place : pdf.index(b" ", place)])
        yield _with_table(pdf, b"%d 1\n%010d 00000 n \n" % (number, places[0]))
        yield _with_table(pdf, b"%d 1\n%010d 00000 n \n" % (number, place))


def table_appended_with_loop(pdf: bytes) -> Iterator[bytes]:
    yield _with_table(pdf, b"0 0\n", previous=len(pdf))
    yield _with_table(pdf, b"0 0\n", previous=0)


def hybrid_table(pdf: bytes) -> Iterator[bytes]:
    yield _with_table(pdf, b"0 0\n", more=b"/XRefStm 15")


def objects_appended_in_stream(pdf: bytes) -> Iterator[bytes]:
    """A revision of object streams: a hidden script, the catalog overridden, and a table that shadows."""
    for change in (_hide_script, _override_catalog, _shadow_catalog):
        writer = QuietWriter(io.BytesIO(pdf))
        writer.stream_xrefs = True
        change(writer)
        written = io.BytesIO()
        writer.write(written)
        yield written.getvalue()


def old_table_as_newest(pdf: bytes) -> Iterator[bytes]:
    """The file is made to end with the cross-reference table of its first revision."""
    first = re.search(rb"startxref\s+(\d+)", pdf)
    assert first is not None
    yield pdf + b"\nstartxref\n%s\n%%%%EOF\n" % first.group(1)


def rewritten(pdf: bytes) -> Iterator[bytes]:
    for streams in (pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate):
        yield _saved(pdf, object_stream_mode=streams)
    yield _saved(pdf, linearize=True)


def encrypted(pdf: bytes) -> Iterator[bytes]:
    yield _saved(pdf, encryption=pikepdf.Encryption(owner="owner", user=""))
    yield _saved(pdf, encryption=pikepdf.Encryption(owner="owner", user="user"))


def not_a_memorandum(pdf: bytes) -> Iterator[bytes]:
    yield from (b"", b"%PDF-1.7", b"PK\x03\x04" + bytes(200), _chance().randbytes(5000))
    yield b"%PDF-1.7\n" + b"[" * 100_000
    yield b"%PDF-1.7\n1 0 obj\n" + b"<</A " * 50_000 + b"\nendobj\nstartxref\n9\n%%EOF\n"
    yield pdf + bytes(11 * 1024 * 1024)


def _hide_script(writer: Any) -> None:
    script = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_name("/x")}
    )
    writer.add_object(script, obj_stream=writer.prepare_object_stream())


def _override_catalog(writer: Any) -> None:
    streamed = writer.prepare_object_stream()
    streamed.add_object(writer.root_ref.idnum, writer.root)
    writer.add_object(generic.DictionaryObject(), obj_stream=streamed)


def _shadow_catalog(writer: Any) -> None:
    writer.update_root()


def _chance() -> random.Random:
    return random.Random(_SEED)  # noqa: S311 the same damage in every run


def _other_ranges(numbers: list[int]) -> Iterator[list[int]]:
    start, first, second, length = numbers
    yield [start, first, second, length - 1]
    yield [start, first, second, 0]
    yield [start, first - 1, second, length]
    yield [1, first - 1, second, length]
    yield [start, first, second + 1, length - 1]
    yield [start, first, 0, length]
    yield [0, 0, 0, 0]
    yield [start, first]
    yield [start, first, -second, length]


def _with_table(pdf: bytes, rows: bytes, *, previous: int | None = None, more: bytes = b"") -> bytes:
    last = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    trailer = re.findall(rb"trailer\s*<<(.*?)>>\s*startxref", pdf, re.DOTALL)[-1]
    kept = re.sub(rb"/Prev \d+", b"", trailer)
    prev = last if previous is None else previous
    table = b"xref\n%strailer\n<<%s /Prev %d %s>>\n" % (rows, kept, prev, more)
    return pdf + table + b"startxref\n%d\n%%%%EOF\n" % len(pdf)


def _flips(pdf: bytes, positions: range | list[int], *, number: int) -> Iterator[bytes]:
    chance = _chance()
    for at in chance.sample(positions, min(number, len(positions))):
        yield pdf[:at] + bytes([pdf[at] ^ (1 << chance.randrange(8))]) + pdf[at + 1 :]


def _saved(pdf: bytes, **how: object) -> bytes:
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(written, **how)
    return written.getvalue()


DAMAGES: dict[str, Damage] = {
    name: damage
    for name, damage in list(globals().items())
    if callable(damage) and getattr(damage, "__module__", "") == __name__ and not name.startswith("_")
}
