"""Whether two revisions of a file look alike on paper outside the boxes that were still unsigned."""

from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from contracts.doubts import Doubt, Reason

_SCALE = 1.0  # pixels to the point: a changed digit of 6 point type is about 18 pixels
_LARGEST_SIDE = 1_700  # points, A2: a page of a hundred metres would fill the memory

Box = tuple[int, float, float, float, float]


def check_same_looks(before: bytes, after: bytes, *, boxes: Sequence[Box]) -> None:
    """Raise Doubt when the page count differs or any pixel outside `boxes` does; boxes as for signing."""
    with pypdfium2.PdfDocument(before) as first, pypdfium2.PdfDocument(after) as second:
        for document in (first, second):
            document.init_forms()  # without it the signature fields' own drawings are left out
        if len(first) != len(second):
            raise Doubt(Reason.LOOKS_DIFFERENT, "another number of pages")
        for number in range(len(first)):
            on_page = [box[1:] for box in boxes if box[0] == number]
            if not _same_page(first[number], second[number], on_page):
                raise Doubt(Reason.LOOKS_DIFFERENT, f"page {number + 1}")


def _same_page(
    before: pypdfium2.PdfPage, after: pypdfium2.PdfPage, boxes: Sequence[tuple[float, float, float, float]]
) -> bool:
    if before.get_size() != after.get_size() or max(before.get_size()) > _LARGEST_SIDE:
        return False
    drawn = [page.render(scale=_SCALE) for page in (before, after)]
    if _raw(drawn[0]) == _raw(drawn[1]):  # nearly every page: no need to look into the boxes
        return True
    pictures = [_picture(each, boxes) for each in drawn]
    return ImageChops.difference(pictures[0], pictures[1]).getbbox() is None


def _raw(drawn: pypdfium2.PdfBitmap) -> tuple[int, int, int, int, bytes]:
    return drawn.width, drawn.height, drawn.stride, drawn.format, bytes(drawn.buffer)


def _picture(drawn: pypdfium2.PdfBitmap, boxes: Sequence[tuple[float, float, float, float]]) -> Image.Image:
    picture: Image.Image = drawn.to_pil().convert("RGB")
    height = picture.height
    pen = ImageDraw.Draw(picture)
    for left, bottom, right, top in boxes:
        edges = (left - 1, height / _SCALE - top - 1, right + 1, height / _SCALE - bottom + 1)
        pen.rectangle([edge * _SCALE for edge in edges], fill="white")
    return picture
