"""Sample questions about the terms: one published beside its obligation, one that waits for an answer."""

from registry.editions import queries as editions
from registry.organisations.models import Organisation
from registry.people.models import Person
from registry.questions import operations
from registry.views.commands.sample.stage import Stage


def published(stage: Stage, organisation: Organisation, by: Person) -> None:
    """Asked about the report of counts, answered and published by an officer."""
    officer = stage.staff["officer.a"]
    asked = operations.ask(
        organisation, by=by, code="RP-01", edition=editions.current(), language="km",
        text="សំណួរគំរូ៖ យើងបិទបញ្ជីនៅថ្ងៃចុងខែ។ តើរបាយការណ៍នៅតែត្រូវផ្ញើតាមថ្ងៃកំណត់ដែរឬទេ?",
    )  # fmt: skip
    km = "ចម្លើយគំរូ៖ ថ្ងៃកំណត់រាប់ពីចុងរយៈពេលរាយការណ៍ មិនមែនពីថ្ងៃបិទបញ្ជីទេ។"
    en = "Sample answer: the date counts from the end of the period, not from closing the books."
    operations.answer(asked, by=officer, answer_km=km, answer_en=en)
    wording = operations.Wording(
        question_km="សំណួរគំរូ៖ តើថ្ងៃកំណត់រាប់ពីចុងរយៈពេល ឬពីថ្ងៃបិទបញ្ជី?",
        question_en="Sample question: does the date count from the end of the period, or from the books?",
    )
    operations.publish(asked, by=officer, wording=wording)


def waiting(_stage: Stage, organisation: Organisation, by: Person) -> None:
    """Asked about the term, not answered yet."""
    operations.ask(
        organisation, by=by, code="article-17", edition=editions.current(), language="km",
        text="សំណួរគំរូ៖ តើសុពលភាពចាប់ផ្តើមនៅថ្ងៃណា ប្រសិនបើភាគីទាំងពីរចុះហត្ថលេខានៅថ្ងៃផ្សេងគ្នា?",
    )  # fmt: skip
