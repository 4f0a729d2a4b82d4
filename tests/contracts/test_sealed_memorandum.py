"""A real memorandum from its record to the verdict: composed, converted, stamped, signed and verified."""

import dataclasses
import io
import subprocess
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import ImageChops

from contracts.composing import canonical_json, compose
from contracts.doubts import Conclusion
from contracts.rendering import convert_to_pdf, render_docx, signature_boxes
from contracts.sealing import Box, prepare, sign
from contracts.second_opinion import VALID, second_opinion
from contracts.stamping import StampError, make_stamp, stamp_lines
from contracts.verifying import verify
from tests.contracts.sample_facts import sample_facts
from tests.contracts.specimens import (
    AFTER,
    DIRECTOR,
    MINISTER,
    MORNING,
    NOON,
    Specimens,
    authority,
    record_of,
)
from tests.contracts.test_composing import EDITION, SHELTER

WORDING = Path(__file__).parents[2] / "contracts/editions/2026-01/wording.docx"
LINES = stamp_lines(
    name="គំរូ នាយិកា ក / Sample Director A",
    post="នាយិកាប្រតិបត្តិ / Executive Director",
    organisation_name="អង្គការជម្រកគំរូ ក / Sample Shelter A",
    reference="MOU-2026-0001",
    at=MORNING,
)
pytestmark = pytest.mark.documents


@cache
def _converted() -> tuple[bytes, bytes, dict[str, Box]]:
    text = compose(EDITION, SHELTER, sample_facts())
    pdf = convert_to_pdf(render_docx(text, wording=WORDING.read_bytes()))
    return pdf, canonical_json(text), signature_boxes(pdf)


@cache
def _sealed() -> Specimens:
    pdf, terms, boxes = _converted()
    unsigned = prepare(pdf, terms_json=terms, boxes=boxes)
    stamps = {party: make_stamp(LINES, size=_size(boxes[party])) for party in boxes}
    ours = authority()
    half = sign(
        unsigned,
        field="organisation",
        signer=DIRECTOR,
        authority=ours,
        at=MORNING,
        stamp=stamps["organisation"],
    )
    both = sign(
        half.content, field="ministry", signer=MINISTER, authority=ours, at=NOON, stamp=stamps["ministry"]
    )
    return Specimens(ours, unsigned, half, both)


def _size(box: Box) -> tuple[float, float]:
    return box[3] - box[1], box[4] - box[2]


def test_a_real_memorandum_passes_and_pdfsig_agrees() -> None:
    made, (_, terms, _) = _sealed(), _converted()
    record = record_of(made.half, made.both, terms=terms)
    verdict = verify(made.both.content, record=record, trust=made.trust, at=AFTER)
    assert (verdict.conclusion, verdict.detail) == (Conclusion.TOTAL_PASSED, "")
    assert second_opinion(made.both.content) == [VALID, VALID]


def test_a_real_memorandum_with_other_terms_in_it_fails() -> None:
    made = _sealed()
    record = record_of(made.half, made.both, terms=b"{}")
    assert verify(made.both.content, record=record, trust=made.trust, at=AFTER).reason == "WRONG_TERMS"


def test_a_signed_memorandum_is_small_whole_and_has_every_font(tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(_sealed().both.content)
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(fonts) > 4
    assert all(row.split()[-5] == "yes" for row in fonts[2:])
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=True)
    assert "No syntax or stream encoding errors" in checked.stdout
    with pikepdf.open(path) as document:
        assert bool(document.Root.MarkInfo.Marked)
        assert document.Root.OutputIntents[0].S == pikepdf.Name.GTS_PDFA1
        with document.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "2"


def test_nothing_outside_the_two_boxes_changes_when_both_have_signed() -> None:
    made, (_, _, boxes) = _sealed(), _converted()
    with (
        pypdfium2.PdfDocument(made.unsigned) as before,
        pypdfium2.PdfDocument(made.both.content) as after,
    ):
        for document in (before, after):
            document.init_forms()
        changed = []
        for number in range(len(before)):
            pictures = [document[number].render(scale=1).to_pil() for document in (before, after)]
            found = ImageChops.difference(*pictures).convert("L").getbbox()
            if found:
                changed.append((number, found, pictures[0].height))
    assert {number for number, _, _ in changed} == {box[0] for box in boxes.values()}
    for number, (left, upper, right, lower), height in changed:
        there = [box for box in boxes.values() if box[0] == number]
        assert left >= min(box[1] for box in there) - 2
        assert right <= max(box[3] for box in there) + 2
        assert height - lower >= min(box[2] for box in there) - 2
        assert height - upper <= max(box[4] for box in there) + 2


def test_a_stamp_is_one_page_of_exactly_the_box_with_embedded_fonts(tmp_path: Path) -> None:
    content = make_stamp(LINES, size=(220, 80))
    with pypdfium2.PdfDocument(content) as document:
        assert len(document) == 1
        assert document[0].get_size() == pytest.approx((220, 80), abs=0.1)
        assert document[0].render(scale=1).to_pil().convert("L").getextrema()[0] < 100
    path = tmp_path / "stamp.pdf"
    path.write_bytes(content)
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    assert "KhmerOSbattambang" in fonts
    assert fonts.count(" yes yes yes ") == 2


def test_a_stamp_shows_the_instant_in_phnom_penh_with_its_offset() -> None:
    assert LINES[0] == "ចុះហត្ថលេខាតាមអេឡិចត្រូនិក · Signed electronically"
    assert LINES[3] == "2026-01-10 10:00:00 +07:00"
    assert LINES[-1] == "MOU-2026-0001"


def test_a_stamp_with_more_words_than_room_is_refused() -> None:
    with pytest.raises(StampError):
        make_stamp(["x" * 300] * 6, size=(60, 30))


def test_a_stamp_is_signed_where_a_name_is_as_long_as_names_get() -> None:
    _, terms, boxes = _converted()
    long = dataclasses.replace(DIRECTOR, name="គំរូ " * 20, organisation_name="អង្គការជម្រកគំរូ " * 8)
    lines = stamp_lines(
        name=long.name,
        post=long.post,
        organisation_name=long.organisation_name,
        reference=long.reference,
        at=MORNING,
    )
    unsigned = prepare(_converted()[0], terms_json=terms, boxes=boxes)
    stamp = make_stamp(lines, size=_size(boxes["organisation"]))
    made = sign(unsigned, field="organisation", signer=long, authority=authority(), at=MORNING, stamp=stamp)
    with pikepdf.open(io.BytesIO(made.content)) as document:
        assert len(document.pages) > 5
