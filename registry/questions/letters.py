"""What we write about a question: to the officers that one waits, to the organisation that it is answered."""

from collections.abc import Iterable

from contracts.edition import Edition
from registry.kernel import outbox
from registry.people.models import Person
from registry.questions import queries
from registry.questions.models import ClauseQuestion


def about_question(
    name: str, question: ClauseQuestion, people: Iterable[Person], *, event: str, edition: Edition
) -> None:
    """One letter about one question to each person, in that person's language."""
    title = queries.title_of(question.code, edition)
    for person in people:
        language = "km" if person.language == "km" else "en"
        outbox.write(
            name, to=person, event=event, organisation=question.organisation.reference,
            context={
                "organisation": question.organisation.name[language], "code": question.code,
                "title": title.of("km" if language == "km" else "en") if title else question.code,
                "due_on": question.answer_due, "question": question.id,
                "answer": question.answer[language],
            },
        )  # fmt: skip
