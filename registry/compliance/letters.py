"""Reminders and answers about duties, in the words "on time", "late" and "overdue"."""

from collections.abc import Iterable

from registry.compliance.models import Duty
from registry.editions import queries as editions
from registry.kernel import outbox
from registry.memoranda.models import Memorandum
from registry.people.models import Person


def about_duty(name: str, duty: Duty, people: Iterable[Person], *, event: str, **context: object) -> None:
    """One letter about one duty to each person."""
    obligation = editions.edition(duty.memorandum.edition).obligation(duty.code)
    for person in people:
        title = obligation.title.km if person.language == "km" else obligation.title.en
        outbox.write(
            name, to=person, event=event, organisation=duty.memorandum.organisation.reference,
            context={
                "organisation": duty.memorandum.organisation.name[person.language],
                "code": duty.code, "title": title, "due_on": duty.owed_by, "duty": duty.id, **context,
            },
        )  # fmt: skip


def renewal_opens(memorandum: Memorandum, people: Iterable[Person], *, days: int) -> None:
    """That the memorandum ends in so many days and can be renewed."""
    for person in people:
        outbox.write(
            "renewal_reminder", to=person, event=f"{memorandum.reference}-renewal-{days}",
            organisation=memorandum.organisation.reference,
            context={
                "organisation": memorandum.organisation.name[person.language],
                "reference": memorandum.reference, "expires_on": memorandum.expires_on,
            },
        )  # fmt: skip
