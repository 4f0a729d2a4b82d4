"""What the words of the rooms read like on a page: one phrase for each, and the sign it is shown with."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask_babel import gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString

from registry.compliance.states import DutyStatus, Lateness, Timing
from registry.compliance.states import Label as Standing
from registry.editions.states import EditionStatus
from registry.memoranda.states import ChangeAnswer, MemorandumStatus, Phase
from registry.organisations.states import Advice, CheckResult, RegistrationStatus, Section, SiteKind
from registry.people.states import Role
from registry.questions.states import QuestionStatus
from registry.views.pages import number

_l = lazy_gettext


class Label(NamedTuple):
    """A phrase and its tone (a tone of templates/macros/status.html)."""

    text: LazyString | str
    tone: str = "plain"


REGISTRATION: Mapping[RegistrationStatus, Label] = {
    RegistrationStatus.IDENTIFIED: Label(_l("Known, has not applied")),
    RegistrationStatus.DRAFT: Label(_l("Being filled in")),
    RegistrationStatus.SUBMITTED: Label(_l("Submitted"), "waiting"),
    RegistrationStatus.IN_REVIEW: Label(_l("In review"), "waiting"),
    RegistrationStatus.INFORMATION_REQUESTED: Label(_l("Information requested"), "notice"),
    RegistrationStatus.REGISTERED: Label(_l("Registered"), "good"),
    RegistrationStatus.REFUSED: Label(_l("Refused"), "stopped"),
    RegistrationStatus.REVIEW_REQUESTED: Label(_l("Review asked for"), "waiting"),
    RegistrationStatus.WITHDRAWN: Label(_l("Withdrawn"), "ended"),
    RegistrationStatus.REMOVED: Label(_l("Removed"), "stopped"),
}

MEMORANDUM: Mapping[MemorandumStatus, Label] = {
    MemorandumStatus.DRAFT: Label(_l("Being prepared by the Ministry"), "waiting"),
    MemorandumStatus.OFFERED: Label(_l("Offered, not signed yet"), "waiting"),
    MemorandumStatus.CHANGES_REQUESTED: Label(_l("A change is asked for"), "notice"),
    MemorandumStatus.DECLINED: Label(_l("Declined by the organisation"), "ended"),
    MemorandumStatus.DISCARDED: Label(_l("Put aside"), "ended"),
    MemorandumStatus.SIGNED: Label(_l("Signed, waits for the Ministry"), "waiting"),
    MemorandumStatus.RETURNED: Label(_l("Returned to the officer"), "notice"),
    MemorandumStatus.COUNTERSIGNED: Label(_l("Signed by both parties"), "good"),
    MemorandumStatus.SUSPENDED: Label(_l("Suspended"), "stopped"),
    MemorandumStatus.TERMINATED: Label(_l("Terminated"), "stopped"),
    MemorandumStatus.WITHDRAWN: Label(_l("Withdrawn"), "ended"),
    MemorandumStatus.SUPERSEDED: Label(_l("Followed by a newer one"), "ended"),
}

_PHASES: Mapping[Phase, Label] = {
    Phase.NOT_YET_IN_FORCE: Label(_l("Signed by both parties, not yet in force"), "waiting"),
    Phase.IN_FORCE: Label(_l("In force"), "good"),
    Phase.RENEWAL_DUE: Label(_l("In force, renewal is open"), "late"),
    Phase.RENEWAL_ASKED: Label(_l("In force, renewal asked for"), "good"),
    Phase.SUSPENDED: Label(_l("Suspended"), "stopped"),
    Phase.EXPIRED: Label(_l("Expired"), "ended"),
    Phase.LAPSED: Label(_l("Lapsed"), "ended"),
}

CHANGE: Mapping[ChangeAnswer, Label] = {
    ChangeAnswer.GRANTED: Label(_l("Granted"), "good"),
    ChangeAnswer.REFUSED: Label(_l("Not granted"), "notice"),
}

DUTY: Mapping[DutyStatus, Label] = {
    DutyStatus.OPEN: Label(_l("Not yet received")),
    DutyStatus.RECEIVED: Label(_l("Received, to be looked at"), "waiting"),
    DutyStatus.ACCEPTED: Label(_l("Accepted"), "good"),
    DutyStatus.RETURNED: Label(_l("Returned with a reason"), "notice"),
}

STANDING: Mapping[Standing, Label] = {
    Standing.ACCREDITED: Label(_l("Accredited"), "good"),
    Standing.REPORT_OVERDUE: Label(_l("Accredited, report overdue"), "late"),
    Standing.IMPROVEMENT_NOTICE: Label(_l("Accredited, improvement notice"), "notice"),
    Standing.SUSPENDED: Label(_l("Suspended"), "stopped"),
    Standing.EXPIRED: Label(_l("Expired"), "ended"),
    Standing.LAPSED: Label(_l("Lapsed"), "ended"),
    Standing.WITHDRAWN: Label(_l("Withdrawn"), "ended"),
    Standing.REMOVED: Label(_l("Removed"), "stopped"),
}

EDITION: Mapping[EditionStatus, Label] = {
    EditionStatus.DRAFT: Label(_l("Draft, being changed"), "waiting"),
    EditionStatus.PROPOSED: Label(_l("Proposed, waits for a second person"), "notice"),
    EditionStatus.PUBLISHED: Label(_l("Published"), "good"),
    EditionStatus.WITHDRAWN: Label(_l("Withdrawn"), "ended"),
}

CLAUSE_QUESTION: Mapping[QuestionStatus, Label] = {
    QuestionStatus.ASKED: Label(_l("Waits for the Ministry's answer"), "waiting"),
    QuestionStatus.ANSWERED: Label(_l("Answered"), "good"),
    QuestionStatus.PUBLISHED: Label(_l("Answered, and public"), "good"),
    QuestionStatus.TAKEN_BACK: Label(_l("Answered, no longer public"), "ended"),
}

SECTION: Mapping[Section, LazyString] = {
    Section.LEGAL: _l("Legal registration"),
    Section.WORK: _l("What the organisation does"),
    Section.PEOPLE: _l("People"),
    Section.SITES: _l("Sites"),
    Section.PAPERS: _l("Papers"),
}

ITEM: Mapping[str, LazyString] = {
    **{section.value: text for section, text in SECTION.items()},
    "paper-statute": _l("Statute"),
    "paper-registration-certificate": _l("Certificate of registration"),
    "paper-child-safeguarding-policy": _l("Child-safeguarding policy"),
    "paper-budget": _l("Budget"),
}
"""By the item that an officer checks; a paper's own name stands under `paper-<kind>`."""

SITE: Mapping[SiteKind, LazyString] = {
    SiteKind.RESIDENTIAL: _l("Residential site"),
    SiteKind.OFFICE: _l("Office"),
    SiteKind.DAY_CENTRE: _l("Day centre"),
}

RESULT: Mapping[CheckResult, Label] = {
    CheckResult.CONFORMING: Label(_l("Conforms"), "good"),
    CheckResult.QUESTION: Label(_l("Question"), "notice"),
}

ADVICE: Mapping[Advice, LazyString] = {Advice.REGISTER: _l("Register"), Advice.REFUSE: _l("Refuse")}
OUTCOME: Mapping[Advice, Label] = {
    Advice.REGISTER: Label(_l("Registered"), "good"),
    Advice.REFUSE: Label(_l("Refused"), "stopped"),
}

ROLE: Mapping[Role, LazyString] = {
    Role.DIRECTOR: _l("Director"),
    Role.PREPARER: _l("Preparer"),
    Role.OFFICER: _l("Registration officer"),
    Role.APPROVER: _l("Approver"),
    Role.SIGNATORY: _l("Signatory of the Ministry"),
    Role.INSPECTOR: _l("Inspector"),
    Role.AUDITOR: _l("Auditor"),
    Role.ADMINISTRATOR: _l("Administrator"),
}

ACTION: Mapping[str, LazyString] = {
    "account closed": _l("Account closed"),
    "account opened": _l("Account opened"),
    "answer published": _l("Answer published"),
    "answer taken back": _l("Answer taken back"),
    "calendar opened": _l("Calendar opened"),
    "change granted": _l("Change granted"),
    "change refused": _l("Change refused"),
    "changes requested": _l("Changes requested"),
    "clause question answered": _l("Question about the terms answered"),
    "clause question asked": _l("Question about the terms asked"),
    "countersigned": _l("Countersigned by the Ministry"),
    "draft discarded": _l("Draft put aside"),
    "duty reported": _l("Duty reported"),
    "edition begun": _l("Edition begun"),
    "edition changed": _l("Edition changed"),
    "edition proposed": _l("Edition proposed"),
    "edition published": _l("Edition published"),
    "edition reopened": _l("Edition taken back"),
    "edition withdrawn": _l("Edition withdrawn"),
    "information requested": _l("Information requested"),
    "invited": _l("Invited"),
    "item checked": _l("Item checked"),
    "language chosen": _l("Language of letters chosen"),
    "legal registration described": _l("Described its legal registration"),
    "memorandum declined": _l("Memorandum declined"),
    "memorandum drafted": _l("Memorandum drafted"),
    "memorandum offered": _l("Memorandum offered"),
    "memorandum read aloud": _l("Memorandum read aloud to the signatory"),
    "memorandum returned": _l("Memorandum returned"),
    "memorandum revised": _l("Memorandum revised"),
    "memorandum withdrawn": _l("Memorandum withdrawn"),
    "names corrected": _l("Names corrected"),
    "paper uploaded": _l("Paper uploaded"),
    "password changed": _l("Password changed"),
    "people described": _l("Described its people"),
    "place looked at": _l("Place looked at"),
    "question answered": _l("Question answered"),
    "recommended": _l("Recommended"),
    "refused": _l("Refused"),
    "registered": _l("Registered"),
    "registration begun": _l("Registration begun"),
    "reinstated": _l("Reinstated"),
    "removed": _l("Removed"),
    "renewal asked for": _l("Renewal asked for"),
    "renewal refused": _l("Renewal refused"),
    "report accepted": _l("Report accepted"),
    "report returned": _l("Report returned"),
    "review asked for": _l("Review asked for"),
    "role given": _l("Role given"),
    "signed": _l("Signed by the organisation"),
    "signed in": _l("Signed in"),
    "signed out": _l("Signed out"),
    "signed out everywhere": _l("Signed out everywhere"),
    "site added": _l("Site added"),
    "site removed": _l("Site removed"),
    "submitted": _l("Submitted"),
    "superseded": _l("Superseded"),
    "suspended": _l("Suspended"),
    "taken up": _l("Taken up"),
    "terminated": _l("Terminated"),
    "understanding checked": _l("Questions about the memorandum answered"),
    "withdrawn": _l("Withdrawn"),
    "work described": _l("Described its work"),
}
"""By the action that a row of the journal names."""


def of_memorandum(status: MemorandumStatus, phase: Phase) -> Label:
    """How a memorandum stands today: what its dates say, else what people decided."""
    return _PHASES.get(phase) or MEMORANDUM[status]


def of_duty(timing: Timing) -> Label:
    """How a duty stands, in the same words for the organisation and the Ministry."""
    days = timing.days
    if timing.word is Lateness.OVERDUE:
        return Label(
            ngettext("overdue by %(days)s day", "overdue by %(days)s days", days, days=number(days)), "late"
        )
    if timing.word is Lateness.LATE:
        return Label(
            ngettext("received %(days)s day late", "received %(days)s days late", days, days=number(days)),
            "late",
        )
    if timing.word is Lateness.ON_TIME:
        return Label(gettext("received on time"), "good")
    return Label(days_left(days).text, "waiting" if timing.word is Lateness.DUE else "plain")


def days_left(days: int) -> Label:
    """Time left on a clock: `days` until the date, negative when it has passed."""
    if days < 0:
        return Label(ngettext("%(days)s day late", "%(days)s days late", -days, days=number(-days)), "late")
    if days == 0:
        return Label(gettext("due today"), "notice")
    return Label(ngettext("%(days)s day left", "%(days)s days left", days, days=number(days)), "waiting")


_BY_SUBJECT: Mapping[str, Mapping[Any, Label]] = {
    "organisation": REGISTRATION,
    "memorandum": MEMORANDUM,
    "duty": DUTY,
    "clause-question": CLAUSE_QUESTION,
    "edition": EDITION,
}


def status(subject: str, value: object) -> str:
    """A status as a row of the journal about this subject names it; else the word itself."""
    known = _BY_SUBJECT.get(subject.partition(":")[0], {})
    return str(known[value].text) if value in known else str(value)
