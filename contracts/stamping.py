"""The visible stamp of a signature: a one-page PDF exactly as large as the signature's box."""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

import docx
import pikepdf
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.run import Run

from contracts.converting import convert_to_pdf

PHNOM_PENH = timezone(timedelta(hours=7), "+07:00")  # Cambodia keeps no summer time
_KHMER_FONT = "Khmer OS Battambang"
_LATIN_FONT = "Liberation Sans"
_LARGEST, _SMALLEST = 9.0, 4.0  # points
_MARGIN = 3.0  # points


class StampError(Exception):
    """The lines do not fit the box."""


def stamp_lines(
    *, name: str, post: str, organisation_name: str, reference: str, at: datetime
) -> tuple[str, ...]:
    """What every stamp says, Khmer first; the instant is shown in Phnom Penh time with its offset."""
    local = at.astimezone(PHNOM_PENH)
    return (
        "ចុះហត្ថលេខាតាមអេឡិចត្រូនិក · Signed electronically",
        name,
        f"{post}, {organisation_name}",
        f"{local:%Y-%m-%d %H:%M:%S} +07:00",
        reference,
    )


def make_stamp(lines: Sequence[str], *, size: tuple[float, float]) -> bytes:
    """A one-page PDF of `size` (width, height in points) with the lines; takes about 1.5 s, so do it
    outside a transaction. pyHanko's own text stamp mangles mixed Khmer and Latin, hence the detour through
    LibreOffice.

    Raises StampError when the lines do not fit even in 4 point type, ConversionFailed when the converter
    does.
    """
    points = min(_LARGEST, (size[1] - 2 * _MARGIN) / (len(lines) * 1.7))
    while points >= _SMALLEST:
        pdf = convert_to_pdf(_docx(lines, size=size, points=points))
        if _page_count(pdf) == 1:
            return pdf
        points *= 0.8
    raise StampError("the lines do not fit the signature's box")


def _docx(lines: Sequence[str], *, size: tuple[float, float], points: float) -> bytes:
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Pt(size[0]), Pt(size[1])
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Pt(_MARGIN)
    section.header_distance = section.footer_distance = Pt(0)
    for line in lines:
        paragraph = paper.add_paragraph()
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        paragraph.paragraph_format.line_spacing = Pt(points * 1.6)
        _set_type(paragraph.add_run(line), points=points)
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


def _set_type(run: Run, *, points: float) -> None:
    """Khmer is a complex script to Word: it has its own font (cs) and its own size (szCs)."""
    run.font.name, run.font.size = _LATIN_FONT, Pt(points)
    properties = run._element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:cs"), _KHMER_FONT)
    complex_size = properties.makeelement(qn("w:szCs"), {qn("w:val"): str(round(points * 2))})
    properties.append(complex_size)


def _page_count(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)
