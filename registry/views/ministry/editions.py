"""Editions of the terms: which there are, beginning one, and what two people do until it is published."""

from collections.abc import Iterator

from flask import flash, redirect, url_for
from flask_babel import gettext

from contracts.edition import Edition
from registry.editions import operations, queries
from registry.editions.models import OwnEdition
from registry.editions.states import EDITION, EditionMove
from registry.kernel.moves import NotAllowed, next_status
from registry.people.models import Person
from registry.people.states import Act
from registry.views import compared, guard, labels, pages
from registry.views.ministry import affected, files
from registry.views.ministry.acts import Offered
from registry.views.ministry.door import ministry


@ministry.get("/editions")
@guard.may(Act.SEE_EDITIONS)
def editions() -> guard.Answer:
    """Which editions there are, and which one somebody is working on."""
    own = {each.name: each for each in queries.all_own()}
    names = sorted({*queries.published_names(), *own}, reverse=True)
    return pages.page(
        "ministry/editions.html",
        rows=[(name, own.get(name)) for name in names],
        labels=labels.EDITION,
        current=queries.current_name(),
        can_begin=guard.me().may(Act.EDIT_EDITIONS) and queries.open_edition() is None,
    )


@ministry.post("/editions")
@guard.may(Act.EDIT_EDITIONS)
def begin_edition() -> guard.Answer:
    """Begin an edition on top of the newest one."""
    begun = operations.begin(queries.current_name(), by=guard.me())
    return redirect(url_for("ministry.edition", name=begun.name), 303)


@ministry.get("/editions/<name>")
@guard.may(Act.SEE_EDITIONS)
def edition(name: str) -> guard.Answer:
    """What an edition says: its numbers and obligations, and what can be done with it."""
    row, content = files.edition(name)
    may_change = row is not None and row.can(EditionMove.CHANGE) and guard.me().may(Act.EDIT_EDITIONS)
    return pages.page(
        "ministry/edition.html",
        name=name,
        row=row,
        content=content,
        label=labels.EDITION[row.status] if row else None,
        acts=list(_acts(row, guard.me())) if row else [],
        why_not=_why_not(row, guard.me()) if row else "",
        may_change=may_change,
        old=_before(row),
        changed={each.record for each in row.changes} if row else set(),
        value=compared.value,
        steps=_by_step(content),
    )


@ministry.get("/editions/<name>/difference")
@guard.may(Act.SEE_EDITIONS)
def edition_difference(name: str) -> guard.Answer:
    """What an edition changes in the one before it, and for which organisations."""
    row, content = files.own_edition(name)
    old = queries.edition(row.based_on)
    return pages.page(
        "ministry/edition_difference.html",
        name=name,
        told=compared.told(old, content),
        people=affected.people(old, content),
        may_see_files=guard.me().may(Act.SEE_FILES),
    )


@ministry.get("/editions/<name>/propose")
@guard.may(Act.EDIT_EDITIONS)
def propose_edition(name: str) -> guard.Answer:
    """What proposing means, before it is done."""
    return _act_page(name, EditionMove.PROPOSE)


@ministry.post("/editions/<name>/propose")
@guard.may(Act.EDIT_EDITIONS)
def save_proposal(name: str) -> guard.Answer:
    """Lay it before those who publish."""
    row, _ = files.own_edition(name)
    operations.propose(row, by=guard.me())
    return _done(name, gettext("The edition is proposed. The approvers were told by letter."))


@ministry.post("/editions/<name>/reopen")
@guard.may(Act.EDIT_EDITIONS)
def reopen_edition(name: str) -> guard.Answer:
    """Take it back, to change it again."""
    row, _ = files.own_edition(name)
    operations.reopen(row, by=guard.me())
    return _done(name, gettext("The edition is a draft again and can be changed."))


@ministry.get("/editions/<name>/publish")
@guard.may(Act.PUBLISH_EDITIONS)
def publish_edition(name: str) -> guard.Answer:
    """What publishing means, before it is done."""
    row, _ = files.own_edition(name)
    next_status(EDITION, row.status, EditionMove.PUBLISH)
    hindrance = queries.hindrance_to_publish(row, guard.me())
    if hindrance:
        raise NotAllowed(hindrance)
    return _act_page(name, EditionMove.PUBLISH)


@ministry.post("/editions/<name>/publish")
@guard.may(Act.PUBLISH_EDITIONS)
def save_publication(name: str) -> guard.Answer:
    """Publish it: the second person."""
    row, _ = files.own_edition(name)
    operations.publish(row, by=guard.me())
    return _done(name, gettext("The edition is published. Memoranda prepared from now on are made from it."))


@ministry.get("/editions/<name>/withdraw")
@guard.may(Act.EDIT_EDITIONS)
def withdraw_edition(name: str) -> guard.Answer:
    """What withdrawing means, before it is done."""
    return _act_page(name, EditionMove.WITHDRAW)


@ministry.post("/editions/<name>/withdraw")
@guard.may(Act.EDIT_EDITIONS)
def withdraw_edition_now(name: str) -> guard.Answer:
    """Put it aside for good."""
    row, _ = files.own_edition(name)
    operations.withdraw(row, by=guard.me())
    return _done(name, gettext("The edition was withdrawn. Nothing changes for anybody."))


def _act_page(name: str, move: EditionMove) -> str:
    row, content = files.own_edition(name)
    next_status(EDITION, row.status, move)
    old = queries.edition(row.based_on)
    return pages.page(
        f"ministry/edition_{move}.html",
        name=name,
        row=row,
        told=compared.told(old, content),
        people=affected.people(old, content),
    )


def _done(name: str, said: str) -> guard.Answer:
    flash(said, "success")
    return redirect(url_for("ministry.edition", name=name), 303)


def _acts(row: OwnEdition, person: Person) -> Iterator[Offered]:
    """What this person may do with it, the most likely act first."""
    edits, name = person.may(Act.EDIT_EDITIONS), row.name
    if row.can(EditionMove.PUBLISH) and person.may(Act.PUBLISH_EDITIONS) and not _why_not(row, person):
        yield Offered(gettext("Publish"), url_for("ministry.publish_edition", name=name))
    if edits and row.can(EditionMove.PROPOSE) and row.changes:
        yield Offered(gettext("Propose for publication"), url_for("ministry.propose_edition", name=name))
    if edits and row.can(EditionMove.REOPEN):
        address = url_for("ministry.reopen_edition", name=name)
        yield Offered(gettext("Take back and change"), address, posts=True, second=True)
    if edits and row.can(EditionMove.WITHDRAW):
        yield Offered(gettext("Withdraw"), url_for("ministry.withdraw_edition", name=name), second=True)


def _why_not(row: OwnEdition, person: Person) -> str:
    """Why somebody who may publish finds no button; "" otherwise."""
    if not (row.can(EditionMove.PUBLISH) and person.may(Act.PUBLISH_EDITIONS)):
        return ""
    hindrance = queries.hindrance_to_publish(row, person)
    return pages.sentence(hindrance) if hindrance else ""


def _before(row: OwnEdition | None) -> Edition | None:
    return queries.edition(row.based_on) if row else None


def _by_step(content: Edition) -> list[tuple[str, list[object]]]:
    """The obligations under the steps of the work, in order."""
    steps = [
        (pages.said(step.title), [each for each in content.obligations if each.step == step.key])
        for step in content.steps
    ]
    return [(title, list(rows)) for title, rows in steps if rows]
