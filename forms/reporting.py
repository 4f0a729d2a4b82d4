"""What the page of a duty asks: a report that it has been met."""

from flask_babel import lazy_gettext as _l

from forms.base import PageForm
from forms.fields import LongTextField


class ReportForm(PageForm):
    """The report on one duty: words and counts, never anything about one person in care."""

    note = LongTextField(
        _l("What was done, and where the evidence is kept"),
        hint=_l(
            "Counts only, never names: nothing by which one person in care could be known, "
            "and no address of a shelter."
        ),
        missing=_l("Write what was done, in a few words or counts."),
        longest=4000,
        rows=6,
    )
