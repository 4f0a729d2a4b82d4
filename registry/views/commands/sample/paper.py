"""A one-page PDF that says that it is a sample."""

import io

import pikepdf


def sample_paper(title: str) -> bytes:
    """A small PDF with the title on it (Latin letters only)."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(420, 595))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = document.make_stream(
        f"BT /F1 18 Tf 40 520 Td (Sample paper) Tj 0 -28 Td /F1 11 Tf ({title}) Tj ET".encode("ascii")
    )
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
