"""Raising a finished memorandum to a level that outlives certificates: B-T, then B-LTA, each a new file."""

import io
from datetime import datetime

from asn1crypto import crl, x509
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

from contracts.authority import Trust
from contracts.examining import examine
from contracts.structure import PARTIES, TIMESTAMP_PREFIX, QuietWriter
from contracts.timestamps import Level, level


class ArchivingError(Exception):
    """The file could not be raised; the file that was given stays as good as it was."""


def raise_level(pdf: bytes, *, timestamper: TimeStamper, trust: Trust, at: datetime) -> bytes:
    """The same memorandum one level higher: B-B becomes B-T, B-T becomes B-LTA, and B-LTA is refreshed.

    A B-T file has one time stamp. A B-LTA file also holds the certificates and today's revocation lists of
    `trust` in its security store, under one more time stamp. Raises Doubt for a file that is not sound,
    and ArchivingError for one that lacks a signature or when the time-stamp authority does not answer: the
    caller tries again later.
    """
    examined = examine(pdf, trust=trust, at=at)
    if not examined.complete:
        raise ArchivingError("the Ministry has not signed yet")
    stamps = len(examined.signatures) - len(PARTIES)
    writer = QuietWriter(io.BytesIO(pdf))
    try:
        if level(pdf, PARTIES[-1]) is not Level.B:
            _add_security_store(writer, trust)
        stamper = PdfTimeStamper(timestamper, field_name=f"{TIMESTAMP_PREFIX}{stamps + 1}")
        output = stamper.timestamp_pdf(writer, "sha256")
        output.seek(0)
        return bytes(output.read())
    except Exception as error:
        raise ArchivingError("the file could not be time-stamped") from error


def _add_security_store(writer: QuietWriter, trust: Trust) -> None:
    """In the same revision as the time stamp that covers it."""
    carried = {
        certificate.dump(): certificate
        for signature in writer.prev.embedded_signatures
        for certificate in (signature.signer_cert, *signature.other_embedded_certs)
    }
    carried |= {root: x509.Certificate.load(root) for root in (*trust.roots, *trust.timestamp_roots)}
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        sig_contents=None,
        certs=list(carried.values()),
        crls=[crl.CertificateList.load(content) for content in trust.crls],
    )
