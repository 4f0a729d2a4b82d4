"""Khmer on paper: every letter has a glyph, and stacked letters are drawn as a shaper draws them."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import uharfbuzz as hb
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageStat

from contracts.composing import compose
from contracts.converting import convert_to_pdf
from contracts.editions.wording_styles import set_up
from tests.contracts.sample_facts import sample_facts
from tests.contracts.test_composing import EDITION, SHELTER, printed

KHMER_FONT = Path("/usr/share/fonts/truetype/khmeros/KhmerOSsiemreap.ttf")
# Words with letters below the line and vowels written before their letter: shaping fails there first.
STACKED = [
    "ស្ត្រី",
    "ក្រសួង",
    "ព្រះរាជាណាចក្រ",
    "កម្ពុជា",
    "ស្រុក",
    "ខ្មែរ",
    "ប្រព័ន្ធ",
    "សន្តិសុខ",
    "ម្ចាស់",
    "ត្រូវ",
    "ស្នើ",
    "ផ្ទៀងផ្ទាត់",
    "ឆ្នាំ",
    "ខ្លួន",
    "គ្រួសារ",
    "ស្មើ",
    "ភ្លាម",
    "ទ្រព្យ",
    "កិច្ចព្រមព្រៀង",
    "លក្ខខណ្ឌ",
    "អនុស្សារណៈ",
    "បុគ្គលិក",
    "សម្ភាសន៍",
    "ប្រើ",
    "ជ្រើស",
    "រឿង",
    "គ្រឿង",
    "ស្អាត",
    "ញ៉ាំ",
    "ប៉ុណ្ណោះ",
    "កណ្តាល",
    "បណ្តុះបណ្តាល",
    "យុត្តិធម៌",
    "ផ្លូវភេទ",
    "ល្មើស",
]


def drawn(word: str, layout: ImageFont.Layout) -> Image.Image:
    """The word as HarfBuzz shapes it (RAQM), or letter after letter without shaping (BASIC)."""
    font = ImageFont.truetype(str(KHMER_FONT), size=96, layout_engine=layout)
    picture = Image.new("L", (1800, 480), 255)
    ImageDraw.Draw(picture).text((96, 96), word, font=font, fill=0)
    return cropped(picture)


def cropped(picture: Image.Image) -> Image.Image:
    return picture.crop(ImageChops.invert(picture).point(lambda value: 255 * (value > 40)).getbbox())


def difference(wanted: Image.Image, found: Image.Image) -> float:
    """How much ink differs, between 0 and 1, after a blur that forgives a pixel."""
    pictures = (wanted, found.resize(wanted.size, Image.Resampling.LANCZOS))
    first, second = (picture.filter(ImageFilter.GaussianBlur(3)) for picture in pictures)
    return ImageStat.Stat(ImageChops.difference(first, second)).mean[0] / 255


def converted(words: list[str]) -> Iterator[Image.Image]:
    """Each word on a page of its own, in the style of the memorandum's text, 48 points high."""
    document = Document()
    set_up(document)
    for word in words:
        paragraph = document.add_paragraph(style="Text")
        paragraph.paragraph_format.page_break_before = word != words[0]
        size = OxmlElement("w:szCs")
        size.set(qn("w:val"), "96")
        paragraph.add_run(word)._r.get_or_add_rPr().append(size)
    content = io.BytesIO()
    document.save(content)
    with pypdfium2.PdfDocument(convert_to_pdf(content.getvalue())) as pdf:
        for page in pdf:
            yield cropped(page.render(scale=2).to_pil().convert("L"))


@pytest.mark.documents
def test_stacked_letters_are_drawn_as_a_shaper_draws_them() -> None:
    """Pictures are compared, because broken Khmer can be extracted as correct text and the reverse."""
    for word, found in zip(STACKED, converted(STACKED), strict=True):
        wanted = drawn(word, ImageFont.Layout.RAQM)
        assert abs(wanted.width - found.width) <= 3, word
        assert abs(wanted.height - found.height) <= 3, word
        assert difference(wanted, found) < 0.04, word


def test_the_comparison_of_pictures_tells_letters_that_were_not_shaped() -> None:
    for word in STACKED:
        broken = drawn(word, ImageFont.Layout.BASIC)
        assert difference(drawn(word, ImageFont.Layout.RAQM), broken) > 0.08, word


def test_the_khmer_fonts_have_a_glyph_for_every_letter_of_the_memorandum() -> None:
    letters = {
        letter
        for piece in printed(compose(EDITION, SHELTER, sample_facts()))
        for letter in piece
        if "\u1780" <= letter <= "\u17ff"
    }
    for name in ("KhmerOSsiemreap.ttf", "KhmerOSmuollight.ttf"):
        font = hb.Font(hb.Face(hb.Blob.from_file_path(str(KHMER_FONT.with_name(name)))))
        assert not [letter for letter in letters if not font.get_nominal_glyph(ord(letter))]


def test_no_word_of_the_memorandum_is_shaped_with_a_missing_glyph() -> None:
    font = hb.Font(hb.Face(hb.Blob.from_file_path(str(KHMER_FONT))))
    for piece in printed(compose(EDITION, SHELTER, sample_facts())):
        for word in re.findall("[\u1780-\u17ff]+", piece):
            buffer = hb.Buffer()
            buffer.add_str(word)
            buffer.guess_segment_properties()
            hb.shape(font, buffer)
            assert all(glyph.codepoint for glyph in buffer.glyph_infos), word
