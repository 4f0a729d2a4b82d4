"""What waits for one person of the Ministry by their roles, with the time that is left for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext

from registry.compliance import queries as compliance
from registry.compliance.states import DUE_SOON_DAYS
from registry.editions import queries as editions
from registry.kernel import clock
from registry.memoranda import queries as memoranda
from registry.memoranda.models import Memorandum
from registry.memoranda.states import Field, MemorandumStatus
from registry.organisations import queries as organisations
from registry.organisations.states import RegistrationMove
from registry.people.models import Person
from registry.people.states import Act
from registry.questions import queries as questions
from registry.views import labels


@dataclass(frozen=True)
class Waiting:
    """One thing to do: the act in words, whose file it is in, where to do it, and until when."""

    act: str
    name: Any
    reference: str
    href: str
    due: date | None
    note: Any = None  # a name or title in both languages

    @property
    def left(self) -> labels.Label | None:
        """The time left in words; None where no clock runs."""
        return labels.days_left((self.due - clock.today()).days) if self.due else None


def waiting_for(person: Person) -> list[Waiting]:
    """Everything that waits for this person, the least time left first."""
    rows = [row for act, source in _SOURCES if person.may(act) for row in source(person)]
    return sorted(rows, key=lambda row: (row.due or date.max, row.reference))


def _applications(_person: Person) -> Iterator[Waiting]:
    for each in organisations.waiting_for_ministry():
        if organisations.open_recommendation(each) is not None:
            continue
        new = each.can(RegistrationMove.TAKE_UP)
        yield Waiting(
            act=gettext("Take up an application") if new else gettext("Check an application"),
            name=each.name, reference=each.reference, due=each.answer_due,
            href=url_for("ministry.organisation", reference=each.reference),
            note=each.handled_by.name if each.handled_by and not new else None,
        )  # fmt: skip


def _decisions(person: Person) -> Iterator[Waiting]:
    for each in organisations.waiting_for_ministry():
        if organisations.hindrance_to_decide(each, person) is not None:
            continue
        again = organisations.last_decision(each) is not None
        yield Waiting(
            act=gettext("Review a refusal") if again else gettext("Decide on a recommendation"),
            name=each.name, reference=each.reference, due=each.answer_due,
            href=url_for("ministry.organisation", reference=each.reference),
        )  # fmt: skip


def _without_memorandum(_person: Person) -> Iterator[Waiting]:
    days = memoranda.answer_days(editions.current_name())
    for each in memoranda.registered_without_memorandum():
        if memoranda.all_of(each):
            # One was declined or has ended: the next step is the organisation's, and no clock runs.
            continue
        decided = clock.local(each.decided_at).date() if each.decided_at else clock.today()
        yield Waiting(
            act=gettext("Prepare a memorandum"), name=each.name, reference=each.reference,
            href=url_for("ministry.organisation", reference=each.reference),
            due=clock.working_days_later(decided, days),
        )  # fmt: skip


def _to_prepare(_person: Person) -> Iterator[Waiting]:
    for each in memoranda.with_status(MemorandumStatus.DRAFT):
        yield _about_memorandum(each, gettext("Offer a memorandum"))
    for each in memoranda.with_status(MemorandumStatus.CHANGES_REQUESTED, MemorandumStatus.RETURNED):
        yield _about_memorandum(each, gettext("Revise a memorandum"))


def _to_countersign(person: Person) -> Iterator[Waiting]:
    for each in memoranda.with_status(MemorandumStatus.SIGNED):
        if each.ministry_signatory_id == person.id:
            yield _about_memorandum(each, gettext("Countersign a memorandum"))


def _about_memorandum(memorandum: Memorandum, act: str) -> Waiting:
    return Waiting(
        act=act, name=memorandum.organisation.name, reference=memorandum.reference,
        href=url_for("ministry.memorandum", reference=memorandum.reference),
        due=memoranda.answer_due(memorandum),
    )  # fmt: skip


def _reports(_person: Person) -> Iterator[Waiting]:
    for each in compliance.received_reports():
        title = editions.edition(each.memorandum.edition).obligation(each.code).title
        yield Waiting(
            act=gettext("Look at a report"), name=each.memorandum.organisation.name,
            reference=each.code, href=url_for("ministry.duty", duty_id=each.id),
            due=compliance.answer_due(each), note=title,
        )  # fmt: skip


def _own_duties(_person: Person) -> Iterator[Waiting]:
    soon = clock.today() + timedelta(days=DUE_SOON_DAYS)
    for each in compliance.owed_until(soon, party=Field.MINISTRY):
        title = editions.edition(each.memorandum.edition).obligation(each.code).title
        yield Waiting(
            act=gettext("Meet a duty of the Ministry"), name=each.memorandum.organisation.name,
            reference=each.code, href=url_for("ministry.duty", duty_id=each.id), due=each.owed_by, note=title,
        )  # fmt: skip


def _questions(_person: Person) -> Iterator[Waiting]:
    for each in questions.unanswered():
        yield Waiting(
            act=gettext("Answer a question about the terms"), name=each.organisation.name,
            reference=each.code, href=url_for("ministry.clause_question", asked_id=each.id),
            due=each.answer_due, note=questions.title_of(each.code, editions.edition(each.edition)),
        )  # fmt: skip


_SOURCES: tuple[tuple[Act, Callable[[Person], Iterator[Waiting]]], ...] = (
    (Act.CHECK_APPLICATION, _applications),
    (Act.DECIDE_REGISTRATION, _decisions),
    (Act.OFFER_MEMORANDUM, _without_memorandum),
    (Act.OFFER_MEMORANDUM, _to_prepare),
    (Act.COUNTERSIGN, _to_countersign),
    (Act.RECEIVE_REPORTS, _reports),
    (Act.ANSWER_QUESTIONS_ON_TERMS, _questions),
    (Act.RECORD_MINISTRY_DUTY, _own_duties),
)
