"""What we write about a question: to the officers that one waits, to the organisation that it is answered."""

from collections.abc import Iterable

from contracts.records import Language, Text
from registry.kernel import outbox
from registry.people.models import Person
from registry.questions.models import ClauseQuestion


def about_question(
    name: str, question: ClauseQuestion, people: Iterable[Person], *, event: str, title: Text
) -> None:
    """One letter about one question to each person, in that person's language."""
    for person in people:
        language: Language = "km" if person.language == "km" else "en"
        outbox.write(
            name, to=person, event=event, organisation=question.organisation.reference,
            context={
                "organisation": question.organisation.name[language], "code": question.code,
                "title": title.of(language),
                "due_on": question.answer_due, "question": question.id,
                "answer": question.answer[language],
            },
        )  # fmt: skip
