"""What each public label means for somebody who wants to refer a person, in one or two sentences."""

from collections.abc import Mapping
from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from registry.compliance.states import Label


class Meaning(NamedTuple):
    """What a label says, and what to do about referring somebody."""

    says: LazyString
    referring: LazyString


_REFER = _l("You can refer people here. Call first; never write a name into a message.")
_DO_NOT_REFER = _l(
    "Do not refer new people here now. Look for an accredited provider, or ask the Ministry for help."
)

MEANINGS: Mapping[Label, Meaning] = {
    Label.ACCREDITED: Meaning(
        _l("The organisation and the Ministry have both signed a memorandum, and it is in force today."),
        _REFER,
    ),
    Label.REPORT_OVERDUE: Meaning(
        _l("The memorandum is in force. A report to the Ministry has not arrived by its date. Care goes on."),
        _REFER,
    ),
    Label.IMPROVEMENT_NOTICE: Meaning(
        _l("The memorandum is in force. The Ministry has asked to put something right. Care goes on."),
        _REFER,
    ),
    Label.SUSPENDED: Meaning(
        _l("The listing and new admissions are suspended for now. Care of the people already there goes on."),
        _DO_NOT_REFER,
    ),
    Label.EXPIRED: Meaning(_l("The memorandum has come to its end and was not renewed."), _DO_NOT_REFER),
    Label.LAPSED: Meaning(
        _l("The memorandum has come to its end, and the organisation did not ask to renew it."), _DO_NOT_REFER
    ),
    Label.WITHDRAWN: Meaning(
        _l("The organisation has left the registry by its own choice. This says nothing bad about it."),
        _DO_NOT_REFER,
    ),
    Label.REMOVED: Meaning(
        _l("The memorandum was ended by a decision, after the organisation could reply to it."), _DO_NOT_REFER
    ),
}
