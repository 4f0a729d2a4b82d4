"""The attack corpus: every class of attack on every shape of file.

The shapes are unsigned, half-signed, signed by both, changed between the two signatures, and changed
inside the revision that the second signature signs.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyhanko.pdf_utils.misc import PdfError as PyHankoError

from contracts.authority import Authority, Credential
from contracts.structure import QuietWriter
from contracts.verifying import Record
from tests.contracts.attack_bytes import DAMAGES
from tests.contracts.attack_catalog import CATALOG_CHANGES
from tests.contracts.attack_signers import (
    countersigned_with,
    credential_of,
    favouring,
    signed_by,
    wrongly_signed,
)
from tests.contracts.attack_updates import CHANGES, Change
from tests.contracts.specimens import Everything, Specimens

ALL_CHANGES = {**CHANGES, **CATALOG_CHANGES}


@dataclass(frozen=True)
class Attack:
    """A file that must not pass, and the record that would favour it most, with a log that is blind."""

    name: str
    shape: str
    content: bytes
    record: Record


def damaged(genuine: Specimens, name: str) -> Iterator[Attack]:
    """One kind of damage to the container, on every shape."""
    for shape, pdf in genuine.shapes.items():
        for content in DAMAGES[name](pdf):
            if content != pdf:
                yield Attack(name, shape, content, genuine.record(Everything()))


def changed(genuine: Specimens, name: str) -> Iterator[Attack]:
    """One incremental change: after each shape, between the two signatures, and inside the second."""
    change = ALL_CHANGES[name]
    for shape, pdf in genuine.shapes.items():
        content = updated(pdf, change)
        if content is not None:
            yield Attack(name, shape, content, genuine.record(Everything()))
    credential = meddler(genuine.authority)
    record = favouring(genuine, credential)
    for shape, meddle in (("between", _between), ("inside", countersigned_with)):
        content = _or_nothing(meddle, genuine.half.content, credential, change)
        if content is not None:
            yield Attack(name, shape, content, record)


def attacks(genuine: Specimens) -> Iterator[Attack]:
    """The whole corpus, made while it is read."""
    for name in DAMAGES:
        yield from damaged(genuine, name)
    for name in ALL_CHANGES:
        yield from changed(genuine, name)
    yield from signed_wrongly(genuine)


def signed_wrongly(genuine: Specimens) -> Iterator[Attack]:
    """Signed by the wrong person, key, authority, rule or order."""
    record = genuine.record(Everything())
    for name, content, favourable in wrongly_signed(genuine):
        yield Attack(name, "wrongly signed", content, favourable or record)


def updated(pdf: bytes, change: Change) -> bytes | None:
    """The file with the change appended, or None where the shape has nothing for it to work on."""
    writer = QuietWriter(io.BytesIO(pdf))
    try:
        change(writer)
    except KeyError:
        return None
    written = io.BytesIO()
    writer.write(written)
    return None if written.getvalue() == pdf else written.getvalue()


@cache
def meddler(authority: Authority) -> Credential:
    """A key of the Ministry's, as far as the favourable record knows."""
    return credential_of(authority)


def _between(pdf: bytes, credential: Credential, change: Change) -> bytes:
    altered = updated(pdf, change)
    if altered is None:
        raise KeyError("nothing to change")
    return signed_by(altered, "ministry", credential)


def _or_nothing(meddle: Any, pdf: bytes, credential: Credential, change: Change) -> bytes | None:
    """None where pyHanko itself refuses to sign what the change has made of the file."""
    try:
        content: bytes = meddle(pdf, credential, change)
    except (KeyError, IndexError, AttributeError, ValueError, RecursionError, PyHankoError):
        return None
    return content
