"""How the Ministry keeps its own duties: counted in the words that are used for organisations too."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from contracts.edition import Edition, Obligation
from contracts.records import Party
from registry.compliance import queries as compliance
from registry.compliance.states import Lateness, Timing, timing
from registry.editions import queries as editions
from registry.kernel import clock
from registry.memoranda.states import Field
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.questions import queries as questions
from registry.questions.models import ClauseQuestion
from registry.views import guard
from registry.views.answers import when
from registry.views.pages import language, page
from registry.views.public.door import public

ANSWER_DUTY = "MI-01"
ANSWER_DAYS = "ministry_answer_working_days"


@dataclass
class Record:
    """How one duty was kept so far: the times on time, and the days of each time late or overdue."""

    obligation: Obligation
    promise: str
    on_time: int = 0
    late: list[int] = field(default_factory=list)
    overdue: list[int] = field(default_factory=list)

    def count(self, found: Timing) -> None:
        """Add one time that the duty fell due."""
        if found.word is Lateness.ON_TIME:
            self.on_time += 1
        elif found.word is Lateness.LATE:
            self.late.append(found.days)
        elif found.word is Lateness.OVERDUE:
            self.overdue.append(found.days)

    @property
    def times(self) -> int:
        return self.on_time + len(self.late) + len(self.overdue)

    @property
    def most_days_late(self) -> int:
        return max([*self.late, *self.overdue], default=0)


@public.get("/performance")
@guard.anyone
def performance() -> str:
    edition = editions.current()
    records = _records(edition)
    for duty in compliance.fallen_due(clock.today(), party=Field.MINISTRY):
        if duty.code in records:
            records[duty.code].count(duty.timing)
    for found in _answers(organisations.ever_submitted(), edition):
        records[ANSWER_DUTY].count(found)
    for asked in questions.everything():
        records[ANSWER_DUTY].count(_answer_in_time(asked))
    counted = [record for record in records.values() if record.times]
    return page(
        "public/performance.html",
        counted=counted,
        uncounted=[record for record in records.values() if not record.times],
        on_time=sum(record.on_time for record in counted),
        late=sum(len(record.late) for record in counted),
        overdue=sum(len(record.overdue) for record in counted),
    )


def _records(edition: Edition) -> dict[str, Record]:
    return {
        each.code: Record(each, when(edition, each, "km" if language() == "km" else "en"))
        for each in edition.obligations
        if each.party is Party.MINISTRY
    }


def _answer_in_time(asked: ClauseQuestion) -> Timing:
    """How the answer to one question about the terms stands against its date."""
    answered = clock.local(asked.answered_at).date() if asked.answered_at else None
    return timing(due_on=asked.answer_due, received_on=answered, today=clock.today())


def _answers(submitted: Iterable[Organisation], edition: Edition) -> Iterable[Timing]:
    """How the answers to applications stand against their date, given or still waited for."""
    days = int(edition.parameter(ANSWER_DAYS).value or 0)
    for organisation in submitted:
        if organisation.submitted_at is None:
            continue
        sent = organisation.submitted_at
        decided = min(
            (row.decided_at for row in organisation.decisions if row.decided_at and row.decided_at >= sent),
            default=None,
        )
        due = clock.working_days_later(clock.local(sent).date(), days)
        if decided:
            yield timing(due_on=due, received_on=clock.local(decided).date(), today=clock.today())
        elif organisation.answer_due:
            yield timing(due_on=organisation.answer_due, received_on=None, today=clock.today())
