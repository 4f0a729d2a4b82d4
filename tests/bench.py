"""Performance as ratios, each taken in one run on the same machine: `make bench`. Never a timed test."""

import asyncio
import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

from contracts import converting, rendering, sealing, stamping, terms, verifying
from contracts.authority import create_authority
from contracts.composing import canonical_json, compose
from registry.kernel.storage import digest
from tests.contracts.profiles import profile
from tests.contracts.sample_facts import sample_facts

ROUNDS = 5
AT = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
SIGNER = sealing.Signer("Sample Director A", "Director", "Sample Shelter A", "MOU-2026-SAMPLE")


def seconds(work: Callable[[], object]) -> float:
    """The median of a few rounds, after one that does not count."""
    work()
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return median(taken)


def bare_conversion(docx: bytes) -> bytes:
    """LibreOffice alone, with a profile of its own and no sandbox."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "m.docx").write_bytes(docx)
        subprocess.run(
            ["/usr/bin/soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{name}/p",
             "--convert-to", "pdf:writer_pdf_Export", "--outdir", name, f"{name}/m.docx"],
            check=True, capture_output=True,
        )  # fmt: skip
        return (Path(name) / "m.pdf").read_bytes()


def bare_signer(authority: object, folder: Path) -> SimpleSigner:
    """A pyHanko signer with one of our certificates, loaded once."""
    subject = sealing.certificates.person_name(
        name="Sample", post="Director", organisation_name="Sample", reference="bench"
    )
    credential = authority.credential(subject, at=AT)  # type: ignore[attr-defined]
    for name, content in (
        ("key.pem", credential.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())),
        ("cert.pem", credential.certificate.public_bytes(serialization.Encoding.PEM)),
    ):  # fmt: skip
        (folder / name).write_bytes(content)
    return SimpleSigner.load(str(folder / "key.pem"), str(folder / "cert.pem"))


def bare_sign(pdf: bytes, signer: SimpleSigner) -> bytes:
    """pyHanko alone on the same bytes: certify in the first field, no stamp."""
    metadata = PdfSignatureMetadata(
        field_name="organisation",
        certify=True,
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    out = asyncio.run(PdfSigner(metadata, signer=signer).async_sign_pdf(writer, existing_fields_only=True))
    return bytes(out.getbuffer())


def main() -> None:
    """Print one line for each measure: ours, the bare library, and the ratio."""
    edition = terms.load_edition(terms.CURRENT)
    text = compose(
        edition, profile("residential-care", "counselling", places=24, active_cases=30), sample_facts()
    )
    wording = (terms.EDITIONS / edition.name / "wording.docx").read_bytes()
    docx = rendering.render_docx(text, wording=wording)
    pdf = converting.convert_to_pdf(docx)
    prepared = sealing.prepare(pdf, terms_json=canonical_json(text), boxes=rendering.signature_boxes(pdf))

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        authority = create_authority(folder / "a", passphrase="x" * 20, at=AT, crl_url="http://127.0.0.1")
        signer = bare_signer(authority, folder)
        stamp = stamping.make_stamp(("Sample",), size=(200, 120))
        signed = sealing.sign(
            prepared, field="organisation", signer=SIGNER, authority=authority, at=AT, stamp=stamp
        )
        final = sealing.sign(
            signed.content, field="ministry", signer=SIGNER, authority=authority, at=AT, stamp=stamp
        )
        record = verifying.Record(
            tuple(verifying.ExpectedSignature(field, each.key_id)
                  for field, each in (("organisation", signed), ("ministry", final))),
            digest(canonical_json(text)), {final.sha256},
        )  # fmt: skip
        measures = (
            ("convert (sandbox, checks) / bare LibreOffice",
             lambda: converting.convert_to_pdf(docx), lambda: bare_conversion(docx)),
            ("sign with a key of its own / bare pyHanko with a kept key",
             lambda: sealing.sign(
                 prepared, field="organisation", signer=SIGNER, authority=authority, at=AT, stamp=stamp),
             lambda: bare_sign(prepared, signer)),
            ("verify by our whole policy / sign (bare)",
             lambda: verifying.verify(final.content, record=record, trust=authority.trust(AT), at=AT),
             lambda: bare_sign(prepared, signer)),
        )  # fmt: skip
        print(f"{'measure':62} {'ours s':>8} {'bare s':>8} {'ratio':>6}")  # noqa: T201
        for label, ours, bare in measures:
            a, b = seconds(ours), seconds(bare)
            print(f"{label:62} {a:8.3f} {b:8.3f} {a / b:6.2f}")  # noqa: T201
        print(f"render the Word file: {seconds(lambda: rendering.render_docx(text, wording=wording)):.3f} s")  # noqa: T201
    sys.stdout.flush()


if __name__ == "__main__":
    main()
