"""Roles, acts, and the one table between them."""

from collections.abc import Collection, Mapping
from enum import StrEnum


class Role(StrEnum):
    """Who somebody is here (design of the portal, section "People")."""

    DIRECTOR = "director"
    PREPARER = "preparer"
    OFFICER = "registration-officer"
    APPROVER = "approver"
    SIGNATORY = "signatory"
    INSPECTOR = "inspector"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


ORGANISATION_ROLES = frozenset({Role.DIRECTOR, Role.PREPARER})
MINISTRY_ROLES = frozenset(Role) - ORGANISATION_ROLES
DESK_ROLES = MINISTRY_ROLES - {Role.ADMINISTRATOR}


class Act(StrEnum):
    """Everything that somebody may do; the value is the act as a sentence."""

    USE_OWN_ACCOUNT = "use their own account and sign out"
    SEE_OWN_ORGANISATION = "see their own organisation's file"
    FILL_IN_REGISTRATION = "fill in and submit their organisation's registration"
    ANSWER_QUESTIONS = "answer the Ministry's questions about the registration"
    ASK_FOR_REVIEW = "ask for review of a refusal"
    WITHDRAW_REGISTRATION = "withdraw their organisation from the register"
    INVITE_PREPARER = "invite a colleague to prepare papers"
    READ_MEMORANDUM = "read the memorandum offered to their organisation"
    ASK_QUESTION = "ask the Ministry about an obligation or an article"
    SIGN_FOR_ORGANISATION = "sign the memorandum for their organisation"
    ANSWER_OFFER = "decline an offered memorandum or ask for a change"
    ASK_FOR_RENEWAL = "ask for renewal of their memorandum"
    REPORT_DUTY = "report that a duty has been met"
    SEE_DESK = "see the Ministry's desk"
    SEE_FILES = "see an organisation's file at the Ministry"
    LOOK_AT_PLACE = "look at where a protected site is"
    CHECK_APPLICATION = "check an application item by item"
    ASK_FOR_INFORMATION = "ask an organisation for information"
    RECOMMEND = "recommend what to decide on an application"
    DECIDE_REGISTRATION = "register an organisation, or refuse with a reason"
    OFFER_MEMORANDUM = "prepare a memorandum and offer it"
    COUNTERSIGN = "countersign or return a memorandum for the Ministry"
    RECEIVE_REPORTS = "accept a report or return it with a reason"
    ANSWER_QUESTIONS_ON_TERMS = "answer a question about the terms and publish the answer"
    RECORD_MINISTRY_DUTY = "record that the Ministry has met a duty of its own"
    SEE_EDITIONS = "see the editions of the terms and what they change"
    EDIT_EDITIONS = "change, propose and withdraw an edition of the terms"
    PUBLISH_EDITIONS = "publish an edition that somebody else proposed"
    READ_JOURNAL = "read the journal"
    MANAGE_PEOPLE = "invite and close accounts of the Ministry's people"


_EVERYBODY = frozenset(Role)

# The one table of acts. An administrator decides nothing about any organisation; an auditor changes nothing.
MAY: Mapping[Act, frozenset[Role]] = {
    Act.USE_OWN_ACCOUNT: _EVERYBODY,
    Act.SEE_OWN_ORGANISATION: ORGANISATION_ROLES,
    Act.FILL_IN_REGISTRATION: ORGANISATION_ROLES,
    Act.ANSWER_QUESTIONS: ORGANISATION_ROLES,
    Act.ASK_FOR_REVIEW: frozenset({Role.DIRECTOR}),
    Act.WITHDRAW_REGISTRATION: frozenset({Role.DIRECTOR}),
    Act.INVITE_PREPARER: frozenset({Role.DIRECTOR}),
    Act.READ_MEMORANDUM: ORGANISATION_ROLES,
    Act.ASK_QUESTION: ORGANISATION_ROLES,
    Act.SIGN_FOR_ORGANISATION: frozenset({Role.DIRECTOR}),
    Act.ANSWER_OFFER: frozenset({Role.DIRECTOR}),
    Act.ASK_FOR_RENEWAL: frozenset({Role.DIRECTOR}),
    Act.REPORT_DUTY: ORGANISATION_ROLES,
    Act.SEE_DESK: MINISTRY_ROLES,
    Act.SEE_FILES: DESK_ROLES,
    Act.LOOK_AT_PLACE: frozenset({Role.OFFICER, Role.INSPECTOR}),
    Act.CHECK_APPLICATION: frozenset({Role.OFFICER}),
    Act.ASK_FOR_INFORMATION: frozenset({Role.OFFICER}),
    Act.RECOMMEND: frozenset({Role.OFFICER}),
    Act.DECIDE_REGISTRATION: frozenset({Role.APPROVER}),
    Act.OFFER_MEMORANDUM: frozenset({Role.OFFICER}),
    Act.COUNTERSIGN: frozenset({Role.SIGNATORY}),
    Act.RECEIVE_REPORTS: frozenset({Role.OFFICER, Role.INSPECTOR}),
    Act.ANSWER_QUESTIONS_ON_TERMS: frozenset({Role.OFFICER}),
    Act.RECORD_MINISTRY_DUTY: frozenset({Role.OFFICER}),
    Act.SEE_EDITIONS: MINISTRY_ROLES,
    Act.EDIT_EDITIONS: frozenset({Role.OFFICER, Role.ADMINISTRATOR}),
    Act.PUBLISH_EDITIONS: frozenset({Role.APPROVER}),
    Act.READ_JOURNAL: frozenset({Role.AUDITOR}),
    Act.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
}


def may(roles: Collection[Role], act: Act) -> bool:
    """Whether somebody with these roles may do this."""
    return not MAY[act].isdisjoint(roles)
