"""What we write to an organisation and to the Ministry about a registration."""

from collections.abc import Iterable, Mapping

from registry.kernel import outbox
from registry.organisations.models import Organisation
from registry.people.models import Person


def to_people(name: str, organisation: Organisation, people: Iterable[Person], *, event: str,
              **context: object) -> None:  # fmt: skip
    """One letter to each person, naming the organisation in that person's language."""
    for person in people:
        outbox.write(
            name, to=person, event=event, organisation=organisation.reference,
            context=_said(organisation, person, context),
        )  # fmt: skip


def preview(name: str, organisation: Organisation, person: Person, **context: object) -> tuple[str, str]:
    """Subject and body of the letter that would go out to this person, without writing it."""
    said = {**_said(organisation, person, context), "to": person.name[person.language]}
    return outbox.compose(name, language=person.language, context=said)


def _said(organisation: Organisation, person: Person, context: Mapping[str, object]) -> dict[str, object]:
    named = {"organisation": organisation.name[person.language], "reference": organisation.reference}
    return {**named, **context}
