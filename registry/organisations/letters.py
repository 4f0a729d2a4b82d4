"""What we write to an organisation and to the Ministry about a registration."""

from collections.abc import Iterable

from registry.kernel import outbox
from registry.organisations.models import Organisation
from registry.people.models import Person


def to_people(name: str, organisation: Organisation, people: Iterable[Person], *, event: str,
              **context: object) -> None:  # fmt: skip
    """One letter to each person, naming the organisation in that person's language."""
    for person in people:
        outbox.write(
            name, to=person, event=event, organisation=organisation.reference,
            context={
                "organisation": organisation.name[person.language],
                "reference": organisation.reference,
                **context,
            },
        )  # fmt: skip
