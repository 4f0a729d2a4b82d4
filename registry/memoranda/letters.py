"""What we write to both parties about a memorandum."""

from collections.abc import Iterable

from registry.kernel import outbox
from registry.memoranda.models import Memorandum
from registry.people.models import Person


def to_people(name: str, memorandum: Memorandum, people: Iterable[Person], *, event: str,
              **context: object) -> None:  # fmt: skip
    """One letter to each person, naming memorandum and organisation in that person's language."""
    for person in people:
        outbox.write(
            name, to=person, event=event, organisation=memorandum.organisation.reference,
            context={
                "organisation": memorandum.organisation.name[person.language],
                "reference": memorandum.reference,
                "verification_code": memorandum.verification_code,
                **context,
            },
        )  # fmt: skip
