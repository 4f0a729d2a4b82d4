"""The life of a registration, and the words used about an organisation's file."""

from collections.abc import Mapping
from enum import StrEnum


class RegistrationStatus(StrEnum):
    """Where a registration is."""

    IDENTIFIED = "identified"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in-review"
    INFORMATION_REQUESTED = "information-requested"
    REGISTERED = "registered"
    REFUSED = "refused"
    REVIEW_REQUESTED = "review-requested"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


class RegistrationMove(StrEnum):
    """What can be done to a registration."""

    APPLY = "apply"
    SUBMIT = "submit"
    TAKE_UP = "take-up"
    REQUEST_INFORMATION = "request-information"
    REGISTER = "register"
    REFUSE = "refuse"
    REQUEST_REVIEW = "request-review"
    WITHDRAW = "withdraw"
    REMOVE = "remove"


_S, _M = RegistrationStatus, RegistrationMove

REGISTRATION: Mapping[tuple[RegistrationStatus, RegistrationMove], RegistrationStatus] = {
    (_S.IDENTIFIED, _M.APPLY): _S.DRAFT,
    (_S.DRAFT, _M.SUBMIT): _S.SUBMITTED,
    (_S.SUBMITTED, _M.TAKE_UP): _S.IN_REVIEW,
    (_S.IN_REVIEW, _M.REQUEST_INFORMATION): _S.INFORMATION_REQUESTED,
    (_S.INFORMATION_REQUESTED, _M.SUBMIT): _S.SUBMITTED,
    (_S.IN_REVIEW, _M.REGISTER): _S.REGISTERED,
    (_S.IN_REVIEW, _M.REFUSE): _S.REFUSED,
    (_S.REFUSED, _M.REQUEST_REVIEW): _S.REVIEW_REQUESTED,
    (_S.REVIEW_REQUESTED, _M.REGISTER): _S.REGISTERED,
    (_S.REVIEW_REQUESTED, _M.REFUSE): _S.REFUSED,
    (_S.REGISTERED, _M.WITHDRAW): _S.WITHDRAWN,
    (_S.REGISTERED, _M.REMOVE): _S.REMOVED,
}

# The organisation can change its answers in these; afterwards the file is what was submitted.
OPEN_FOR_ANSWERS = frozenset({_S.DRAFT, _S.INFORMATION_REQUESTED})


class Section(StrEnum):
    """One short page of the registration's task list."""

    LEGAL = "legal"
    WORK = "work"
    PEOPLE = "people"
    SITES = "sites"
    PAPERS = "papers"


class PaperKind(StrEnum):
    """A paper that an organisation uploads, each on a page of its own."""

    STATUTE = "statute"
    CERTIFICATE = "registration-certificate"
    SAFEGUARDING = "child-safeguarding-policy"
    BUDGET = "budget"


class ChoiceKind(StrEnum):
    """What a profile's code is about; the codes themselves are the edition's."""

    SERVICE = "service"
    GROUP = "group"
    PROVINCE = "province"


class SiteKind(StrEnum):
    """What happens at a site. Residential sites are confidential unless organisation and Ministry agree."""

    RESIDENTIAL = "residential"
    OFFICE = "office"
    DAY_CENTRE = "day-centre"


class CheckResult(StrEnum):
    """What the officer found about one item of the file."""

    CONFORMING = "conforming"
    QUESTION = "question"


class Advice(StrEnum):
    """What the officer recommends to the approver."""

    REGISTER = "register"
    REFUSE = "refuse"
