"""Everything that can be done to an edition: begin, change, propose, reopen, publish, withdraw."""

import os
import secrets
import shutil
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from contracts import amending, terms
from contracts.loading import hash_of
from contracts.records import Text
from contracts.terms import EditionError
from registry.editions import letters, queries
from registry.editions.models import EditionChange, OwnEdition
from registry.editions.states import EDITION, EditionMove, EditionStatus
from registry.kernel import clock, journal
from registry.kernel.db import db
from registry.kernel.moves import NotAllowed, next_status
from registry.people import queries as people
from registry.people.models import Person
from registry.people.states import Role


class DoesNotFit(NotAllowed):
    """A change that the other records do not allow; `record` and `field` say where, `reason` says why."""

    def __init__(self, reason: str, *, record: str, field: str) -> None:
        super().__init__(reason)
        self.record = record
        self.field = field


def begin(based_on: str, *, by: Person) -> OwnEdition:
    """Begin an edition that so far says what an existing one says.

    Raises NotAllowed("edition-under-way" | "edition-unknown").
    """
    if queries.open_edition():
        raise NotAllowed("edition-under-way")
    if based_on not in queries.published_names():
        raise NotAllowed("edition-unknown")
    edition = OwnEdition(
        name=_next_name(), based_on=based_on, status=EditionStatus.DRAFT, begun_by=by, begun_at=clock.now()
    )
    db.session.add(edition)
    _moved(edition, EditionStatus.DRAFT, "edition begun", by, based_on=based_on)
    return edition


def change_parameter(edition: OwnEdition, key: str, value: Decimal | None, *, by: Person) -> None:
    """Set a parameter, or leave it open (None: the Ministry has not set it).

    Raises DoesNotFit, NotAllowed("edition-unknown-record"), IllegalMove.
    """
    next_status(EDITION, edition.status, EditionMove.CHANGE)
    base = queries.edition(edition.based_on)
    if key not in {parameter.key for parameter in base.parameters}:
        raise NotAllowed("edition-unknown-record")
    old = base.parameter(key).value
    _note(edition, (key, amending.VALUE, ""), _written(old), _written(value), by=by)
    _ensure_it_fits(edition)


def change_texts(edition: OwnEdition, code: str, texts: Mapping[str, Text], *, by: Person) -> None:
    """Change texts of an obligation, by field, in both languages; those that stay the same do no harm.

    Raises as `change_parameter`.
    """
    next_status(EDITION, edition.status, EditionMove.CHANGE)
    base = queries.edition(edition.based_on)
    if code not in {obligation.code for obligation in base.obligations}:
        raise NotAllowed("edition-unknown-record")
    obligation = base.obligation(code)
    if not set(texts) <= set(amending.texts_of(obligation)):
        raise NotAllowed("edition-unknown-record")
    for field, text in texts.items():
        old = getattr(obligation, field)
        _note(edition, (code, field, "km"), old.km, text.km, by=by)
        _note(edition, (code, field, "en"), old.en, text.en, by=by)
    _ensure_it_fits(edition)


def propose(edition: OwnEdition, *, by: Person) -> None:
    """Lay it before those who may publish it; from here on nobody changes it.

    Raises NotAllowed("edition-unchanged"), DoesNotFit, IllegalMove.
    """
    status = next_status(EDITION, edition.status, EditionMove.PROPOSE)
    if not edition.changes:
        raise NotAllowed("edition-unchanged")
    _ensure_it_fits(edition)
    edition.proposed_by, edition.proposed_at = by, clock.now()
    edition.sha256 = queries.content(edition).sha256
    event = _moved(edition, status, "edition proposed", by, sha256=edition.sha256)
    letters.to_people("edition_proposed", edition, people.people_with(Role.APPROVER), event=event, by=by)


def reopen(edition: OwnEdition, *, by: Person) -> None:
    """Take a proposed edition back to change it again. Raises IllegalMove."""
    status = next_status(EDITION, edition.status, EditionMove.REOPEN)
    edition.proposed_by = edition.proposed_at = edition.sha256 = None
    _moved(edition, status, "edition reopened", by)


def publish(edition: OwnEdition, *, by: Person) -> None:
    """Make it the edition for every memorandum prepared from now on; its files are written and never change.

    Raises NotAllowed("own-edition" | "edition-folder-there"), DoesNotFit, IllegalMove.
    """
    status = next_status(EDITION, edition.status, EditionMove.PUBLISH)
    hindrance = queries.hindrance_to_publish(edition, by)
    if hindrance:
        raise NotAllowed(hindrance)
    _ensure_it_fits(edition)
    _write(edition)
    edition.published_by, edition.published_at = by, clock.now()
    event = _moved(edition, status, "edition published", by, sha256=edition.sha256)
    told = {
        person.id: person for role in (Role.OFFICER, Role.APPROVER) for person in people.people_with(role)
    }
    letters.to_people("edition_published", edition, told.values(), event=event, by=by)


def withdraw(edition: OwnEdition, *, by: Person) -> None:
    """Put it aside for good; its name is not used again. Raises IllegalMove."""
    status = next_status(EDITION, edition.status, EditionMove.WITHDRAW)
    _moved(edition, status, "edition withdrawn", by)


def _next_name() -> str:
    """The year and the next number in it; a name sorts after every one that was ever given."""
    given = sorted({*queries.published_names(), *(each.name for each in queries.all_own())})
    year, _, number = given[-1].partition("-")
    this_year = str(clock.today().year)
    return f"{this_year}-01" if this_year > year else f"{year}-{int(number) + 1:02}"


def _note(edition: OwnEdition, place: tuple[str, str, str], old: str, new: str, *, by: Person) -> None:
    """Keep one change in the place of an earlier one of the same field; what is as it was is no change."""
    record, field, language = place
    there = next(
        (each for each in edition.changes if (each.record, each.field, each.language) == place), None
    )
    if new == (there.new if there else old):
        return
    if there:
        edition.changes.remove(there)
        db.session.flush()
    if new != old:
        made = EditionChange(record=record, field=field, language=language, old=old, new=new)
        made.changed_by_id, made.changed_at = by.id, clock.now()
        edition.changes.append(made)
    journal.record(
        "edition changed", subject=f"edition:{edition.name}", by=by.pseudonym, record=record, field=field,
        language=language, old=there.new if there else old, new=new,
    )  # fmt: skip


def _written(value: float | Decimal | None) -> str:
    if value is None:
        return ""
    return f"{Decimal(str(value)).normalize():f}"


def _ensure_it_fits(edition: OwnEdition) -> None:
    db.session.flush()
    try:
        queries.content(edition)
    except EditionError as problem:
        raise DoesNotFit(_reason(problem), record=problem.record, field=problem.field) from problem


# How the terms say it, and the reason whose sentence says it to people.
_REASONS = {
    "must be a whole number": "edition-whole-number",
    "needs a number above zero": "edition-above-zero",
    "is not set or zero": "edition-above-zero",
    "must say for how many whole years": "edition-whole-number",
    "must be the number of a month": "edition-month",
    "is not defined": "edition-unknown-number",
    "stands in one language only": "edition-number-in-one-language",
}


def _reason(problem: EditionError) -> str:
    return next(
        (reason for words, reason in _REASONS.items() if words in problem.message), "edition-does-not-fit"
    )


def _write(edition: OwnEdition) -> None:
    """Write the folder so that it survives a power cut: a folder beside it, fsync, rename, fsync."""
    folder = queries.folder()
    target = folder / edition.name
    passing = folder / f".{edition.name}.{secrets.token_hex(4)}"
    passing.mkdir(parents=True, mode=0o700)
    try:
        amending.write_amended(
            queries.place_of(edition.based_on), passing / edition.name, queries.asked_of(edition)
        )
        written = hash_of(passing / edition.name)
        if written != edition.sha256:
            raise NotAllowed("edition-folder-there")
        # The same files may be there from a publication that the database did not keep; others stay.
        if not target.exists():
            _sync(passing / edition.name)
            (passing / edition.name).rename(target)
            _sync(folder)
        elif hash_of(target) != written:
            raise NotAllowed("edition-folder-there")
        terms.read_edition(target)
    finally:
        shutil.rmtree(passing, ignore_errors=True)


def _sync(folder: Path) -> None:
    for path in (*folder.iterdir(), folder):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _moved(edition: OwnEdition, status: EditionStatus, action: str, by: Person, **facts: str | None) -> str:
    before, edition.status = edition.status, status
    named: dict[str, Any] = {"from": before, "to": status, **facts}
    entry = journal.record(action, subject=f"edition:{edition.name}", by=by.pseudonym, **named)
    return f"journal-{entry.seq}"
