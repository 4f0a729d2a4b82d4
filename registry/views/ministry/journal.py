"""The journal, for auditors: every row, and whether the chain is sound."""

from flask import request

from registry.kernel import history
from registry.people.states import Act
from registry.views import guard, pages
from registry.views.ministry import dossier
from registry.views.ministry.door import ministry

ROWS = 50


@ministry.get("/journal")
@guard.may(Act.READ_JOURNAL)
def journal() -> guard.Answer:
    """Rows of the journal, newest first; `before` goes back, `organisation` keeps to one file."""
    before = max(0, request.args.get("before", 0, type=int)) or None
    organisation = request.args.get("organisation", "").strip()[:40]
    rows = history.newest(ROWS + 1, before=before, organisation=organisation)
    return pages.page(
        "ministry/journal.html",
        steps=dossier.steps_of(rows[:ROWS]),
        older=rows[ROWS - 1].seq if len(rows) > ROWS else None,
        organisation=organisation, before=before, head=history.head(), head_fits=history.head_fits(),
    )  # fmt: skip


@ministry.get("/journal/check")
@guard.may(Act.READ_JOURNAL)
def check_journal() -> guard.Answer:
    """Recompute the whole chain, from the first row to the head."""
    return pages.page("ministry/journal_check.html", head=history.head(), bad=history.first_bad_row())
