"""Memoranda from the command line: judge a file that somebody shows, and hand one out with its evidence."""

import json
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from contracts.doubts import Conclusion
from contracts.second_opinion import second_opinion
from registry.kernel import clock, history, storage
from registry.memoranda import queries
from registry.memoranda.models import Memorandum, Signature
from registry.memoranda.operations import signing

GENUINE_AND_IN_FORCE, GENUINE_NOT_IN_FORCE, NOT_GENUINE, CANNOT_TELL = range(4)


@click.group()
def memorandum() -> None:
    """Memoranda."""


@memorandum.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def verify(file: Path) -> None:
    """Say whether FILE is a genuine memorandum, and whether it is in force today.

    Exit: 0 genuine and in force, 1 genuine but not in force, 2 not genuine, 3 cannot tell.
    """
    code, sentence = judged(file.read_bytes())
    click.echo(sentence)
    sys.exit(code)


def judged(pdf: bytes) -> tuple[int, str]:
    """The exit code and the sentence for one file; today's state stands above anything about signatures."""
    found = queries.examine_file(pdf, trust=signing.authority().trust(clock.now()))
    if found.memorandum is None or found.verdict is None:
        return NOT_GENUINE, "NOT GENUINE: this is not a file of any memorandum in this registry."
    verdict = found.verdict
    about = f"{found.memorandum.reference}, {found.memorandum.organisation.name_latin}"
    if not found.is_genuine:
        undecided = verdict.conclusion is Conclusion.INDETERMINATE
        word = "CANNOT TELL" if undecided else "NOT GENUINE"
        return (
            CANNOT_TELL if undecided else NOT_GENUINE,
            f"{word}: {about}: {verdict.conclusion} ({verdict.reason}) {verdict.detail}".rstrip(),
        )
    phase = found.memorandum.phase
    if phase.is_in_force and verdict.complete:
        signers = "; ".join(f"{each.name} ({each.field})" for each in verdict.signatures)
        return (
            GENUINE_AND_IN_FORCE,
            f"GENUINE AND IN FORCE: {about}, until {found.memorandum.expires_on}. {signers}",
        )
    state = phase if verdict.complete else "waiting for the Ministry's signature"
    return GENUINE_NOT_IN_FORCE, f"GENUINE BUT NOT IN FORCE: {about}: {state}"


@memorandum.command("export")
@click.argument("reference")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def export(reference: str, folder: Path) -> None:
    """Write every file of one memorandum, its signatures and its journal into FOLDER."""
    found = queries.by_reference(reference)
    if found is None or found.offered_sha256 is None:
        raise click.ClickException(f"There is no offered memorandum {reference}.")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in bundle(found).items():
        (folder / name).write_bytes(content)
        click.echo(f"{storage.digest(content)}  {name}")


def bundle(memorandum: Memorandum) -> dict[str, bytes]:
    """The files of a memorandum by name: Word, terms, the PDF at every stage, evidence, root certificates."""
    files = {
        "memorandum.docx": storage.fetch(memorandum.docx_sha256 or ""),
        "terms.json": storage.fetch(memorandum.terms_sha256 or ""),
        "offered.pdf": storage.fetch(memorandum.offered_sha256 or ""),
    }
    for signature in memorandum.signatures:
        files[f"signed-{signature.field}-{signature.id}.pdf"] = storage.fetch(signature.signed_sha256)
    subject = f"memorandum:{memorandum.reference}"
    events = history.of_organisation(memorandum.organisation.reference)
    rows = [json.loads(row.content) | {"seq": row.seq, "previous": row.previous, "hash": row.hash}
            for row in reversed(events) if row.subject == subject]  # fmt: skip
    files["journal.json"] = _json(rows)
    files["signatures.json"] = _json([_evidence(signature) for signature in memorandum.signatures])
    verdict = second_opinion(storage.fetch(memorandum.current_sha256 or ""))
    files["second-opinion.txt"] = ("\n".join(map(str, verdict)) + "\n").encode()
    return files


def _evidence(signature: Signature) -> dict[str, object]:
    fields = (
        "field", "name_km", "name_latin", "typed_name", "post_km", "post_en", "signed_at", "seen_sha256",
        "signed_sha256", "certificate_serial", "key_id", "language", "consent_text", "intent_text",
    )  # fmt: skip
    said: dict[str, object] = {name: str(getattr(signature, name)) for name in fields}
    if signature.check_version is None:
        return said
    assisted = signature.assisted_by.pseudonym if signature.assisted_by else None
    return said | {
        "understanding": {
            "edition": signature.memorandum.edition, "questions_sha256": signature.check_version,
            "answers": signature.check_answers, "tries": signature.check_tries, "read_aloud_by": assisted,
        }
    }  # fmt: skip


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
