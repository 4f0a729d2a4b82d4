"""What we write to the Ministry's people about an edition."""

from collections.abc import Iterable

from registry.editions.models import OwnEdition
from registry.kernel import outbox
from registry.people.models import Person


def to_people(name: str, edition: OwnEdition, people: Iterable[Person], *, event: str, by: Person) -> None:
    """One letter to each person, naming the edition and who acted."""
    for person in people:
        outbox.write(
            name, to=person, event=event,
            context={
                "edition": edition.name, "based_on": edition.based_on, "by": by.name[person.language],
                "changes": len({(each.record, each.field) for each in edition.changes}),
            },
        )  # fmt: skip
