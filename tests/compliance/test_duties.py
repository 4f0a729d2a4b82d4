"""Duties: the calendar of an edition, reports and their answers, and fair words for lateness."""

import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from contracts import schedule, terms
from registry.compliance import operations, queries
from registry.compliance.models import RESEND_DAYS, Duty
from registry.compliance.states import (
    DUE_SOON_DAYS,
    DUTY,
    DutyMove,
    DutyStatus,
    Lateness,
    Timing,
    timing,
)
from registry.kernel import clock, history
from registry.kernel.db import db
from registry.kernel.moves import IllegalMove, NotAllowed, next_status
from registry.kernel.outbox import Letter
from registry.memoranda.models import Memorandum
from registry.memoranda.states import Field
from registry.organisations import queries as organisations
from registry.people.states import Role
from tests.factories import Factory

Hold = Callable[[datetime], None]
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(("status", "move"), list(itertools.product(DutyStatus, DutyMove)))
def test_every_move_from_every_status_goes_where_the_table_says_or_is_illegal(
    status: DutyStatus, move: DutyMove
) -> None:
    if (status, move) in DUTY:
        assert next_status(DUTY, status, move) is DUTY[status, move]
    else:
        with pytest.raises(IllegalMove):
            next_status(DUTY, status, move)


@given(due=DAYS, received=DAYS, today=DAYS)
def test_what_was_received_is_on_time_or_so_many_days_late_whatever_the_day_is(
    due: date, received: date, today: date
) -> None:
    found = timing(due_on=due, received_on=received, today=today)
    late = (received - due).days
    assert found == (Timing(Lateness.LATE, late) if late > 0 else Timing(Lateness.ON_TIME, 0))


@given(due=DAYS, left=st.integers(-500, 500))
def test_what_was_not_received_is_not_due_then_due_then_overdue_by_whole_days(due: date, left: int) -> None:
    found = timing(due_on=due, received_on=None, today=due - timedelta(days=left))
    assert found.days == abs(left)
    expected = Lateness.OVERDUE if left < 0 else Lateness.DUE if left <= DUE_SOON_DAYS else Lateness.NOT_DUE
    assert found.word is expected


@pytest.fixture
def memorandum(make: Factory, at: Hold) -> Memorandum:
    """A memorandum in force since the noon of one day, with its calendar."""
    at(NOON)
    return make.memorandum()


def first_duty(memorandum: Memorandum, party: Field = Field.ORGANISATION) -> Duty:
    """The first duty of one party."""
    return next(each for each in queries.duties_of(memorandum) if each.party is party)


def on(day: date) -> datetime:
    """Noon of a day in Cambodia."""
    return clock.start_of(day) + timedelta(hours=12)


def report(make: Factory, duty: Duty) -> None:
    """The party whose duty it is reports."""
    by = make.director(duty.memorandum.organisation)
    operations.report(duty, by=make.staff(Role.OFFICER) if duty.party is Field.MINISTRY else by, note="Done.")


def accept(make: Factory, duty: Duty) -> None:
    """The officer accepts."""
    operations.accept(duty, by=make.staff(Role.OFFICER))


def give_back(make: Factory, duty: Duty) -> None:
    """The officer returns it."""
    operations.give_back(duty, by=make.staff(Role.OFFICER), reason="A page is missing.")


ACTS = {DutyMove.REPORT: report, DutyMove.ACCEPT: accept, DutyMove.RETURN: give_back}
WAYS: dict[DutyStatus, tuple[Callable[[Factory, Duty], None], ...]] = {
    DutyStatus.OPEN: (),
    DutyStatus.RECEIVED: (report,),
    DutyStatus.ACCEPTED: (report, accept),
    DutyStatus.RETURNED: (report, give_back),
}


def letters(name: str) -> list[Letter]:
    """The letters of one kind."""
    db.session.flush()
    return list(db.session.scalars(select(Letter).where(Letter.name == name).order_by(Letter.id)))


def test_the_calendar_is_what_the_edition_asks_of_both_parties(memorandum: Memorandum) -> None:
    assert memorandum.in_force_from is not None
    assert memorandum.expires_on is not None
    edition = terms.load_edition(memorandum.edition)
    profile = organisations.profile_of(memorandum.organisation)
    due = schedule.due_dates(edition, profile, start=memorandum.in_force_from, end=memorandum.expires_on)
    kept = [
        (each.due_on, each.code, each.party.value, each.period_start, each.period_end)
        for each in queries.duties_of(memorandum)
    ]
    assert kept == [(d.due, d.code, d.party.value, d.period_start, d.period_end) for d in due]
    assert {each.party for each in queries.duties_of(memorandum)} == set(Field)


def test_opening_the_calendar_again_makes_nothing_double(make: Factory, memorandum: Memorandum) -> None:
    before = [each.id for each in queries.duties_of(memorandum)]
    operations.open_calendar(memorandum, by=make.staff(Role.SIGNATORY))
    db.session.flush()
    assert [each.id for each in queries.duties_of(memorandum)] == before


def test_a_duty_that_is_missing_is_added_and_the_others_stay(make: Factory, memorandum: Memorandum) -> None:
    gone, *rest = queries.duties_of(memorandum)
    code, due = gone.code, gone.due_on
    db.session.delete(gone)
    db.session.flush()
    operations.open_calendar(memorandum, by=make.staff(Role.SIGNATORY))
    db.session.flush()
    after = queries.duties_of(memorandum)
    assert len(after) == len(rest) + 1
    assert {each.id for each in rest} < {each.id for each in after}
    assert (code, due) in {(each.code, each.due_on) for each in after}


def test_every_status_is_reached_and_every_act_the_table_does_not_name_is_refused(
    make: Factory, memorandum: Memorandum
) -> None:
    theirs = (each for each in queries.duties_of(memorandum) if each.party is Field.ORGANISATION)
    for (status, ways), duty in zip(WAYS.items(), theirs, strict=False):
        for act in ways:
            act(make, duty)
        assert duty.status is status
        for move, act in ACTS.items():
            if not duty.can(move):
                with pytest.raises(IllegalMove):
                    act(make, duty)
        assert duty.status is status
    assert history.first_bad_row() is None


def test_a_report_is_told_to_the_officers_and_its_answer_to_the_organisation(
    make: Factory, memorandum: Memorandum
) -> None:
    duty, director = first_duty(memorandum), make.director(memorandum.organisation)
    report(make, duty)
    assert list(queries.received_reports()) == [duty]
    assert [each.recipient for each in letters("report_received")] == [make.staff(Role.OFFICER).pseudonym]
    give_back(make, duty)
    (returned,) = letters("report_returned")
    assert returned.recipient == director.pseudonym
    assert "A page is missing." in returned.body
    report(make, duty)
    accept(make, duty)
    assert [each.recipient for each in letters("report_accepted")] == [director.pseudonym]
    assert list(queries.received_reports()) == []


def test_nobody_reports_for_the_other_party(make: Factory, memorandum: Memorandum) -> None:
    officer, director = make.staff(Role.OFFICER), make.director(memorandum.organisation)
    with pytest.raises(NotAllowed, match="not-your-duty"):
        operations.report(first_duty(memorandum), by=officer, note="Done.")
    with pytest.raises(NotAllowed, match="not-your-duty"):
        operations.report(first_duty(memorandum, Field.MINISTRY), by=director, note="Done.")


def test_the_ministry_does_not_judge_its_own_duties_and_writes_to_nobody_about_them(
    make: Factory, memorandum: Memorandum
) -> None:
    duty = first_duty(memorandum, Field.MINISTRY)
    report(make, duty)
    for act in (accept, give_back):
        with pytest.raises(NotAllowed, match="not-your-duty"):
            act(make, duty)
    assert (duty.status, duty.timing.word) == (DutyStatus.RECEIVED, Lateness.ON_TIME)
    assert [*letters("report_received"), *letters("report_accepted"), *letters("report_returned")] == []


def test_a_return_needs_a_reason(make: Factory, memorandum: Memorandum) -> None:
    duty = first_duty(memorandum)
    report(make, duty)
    with pytest.raises(NotAllowed, match="reason-missing"):
        operations.give_back(duty, by=make.staff(Role.OFFICER), reason="")
    assert duty.status is DutyStatus.RECEIVED


def test_who_gets_a_report_back_has_fifteen_more_days_and_is_on_time_within_them(
    make: Factory, memorandum: Memorandum, at: Hold
) -> None:
    duty = first_duty(memorandum)
    at(on(duty.due_on))
    report(make, duty)
    assert duty.timing == Timing(Lateness.ON_TIME, 0)
    returned = duty.due_on + timedelta(days=4)
    at(on(returned))
    give_back(make, duty)
    assert duty.owed_by == returned + timedelta(days=RESEND_DAYS)
    assert duty.timing == Timing(Lateness.DUE, RESEND_DAYS)
    assert queries.oldest_owed(memorandum) in (duty.owed_by, _oldest_of_others(memorandum, duty))
    at(on(duty.owed_by))
    report(make, duty)
    assert duty.timing == Timing(Lateness.ON_TIME, 0)


def _oldest_of_others(memorandum: Memorandum, duty: Duty) -> date | None:
    others = (each for each in queries.duties_of(memorandum) if each is not duty and each.is_owed)
    return min((each.owed_by for each in others if each.party is Field.ORGANISATION), default=None)


def test_a_report_returned_long_before_its_date_keeps_its_date(make: Factory, memorandum: Memorandum) -> None:
    duty = max(
        queries.duties_of(memorandum), key=lambda each: (each.party is Field.ORGANISATION, each.due_on)
    )
    report(make, duty)
    give_back(make, duty)
    assert duty.owed_by == duty.due_on


def test_sent_again_after_the_fifteen_days_it_is_late_by_the_days_since(
    make: Factory, memorandum: Memorandum, at: Hold
) -> None:
    duty = first_duty(memorandum)
    at(on(duty.due_on))
    report(make, duty)
    give_back(make, duty)
    at(on(duty.owed_by + timedelta(days=3)))
    assert duty.timing == Timing(Lateness.OVERDUE, 3)
    report(make, duty)
    assert duty.timing == Timing(Lateness.LATE, 3)


def test_a_duty_under_another_organisations_memorandum_does_not_exist(
    make: Factory, memorandum: Memorandum
) -> None:
    duty, another = first_duty(memorandum), make.organisation()
    assert queries.duty_of(memorandum.organisation, duty.id) is duty
    assert queries.duty_of(another, duty.id) is None


def test_the_ministry_answers_a_report_within_its_own_working_days(
    make: Factory, memorandum: Memorandum
) -> None:
    duty = first_duty(memorandum)
    assert queries.answer_due(duty) is None
    report(make, duty)
    days = terms.load_edition(memorandum.edition).parameter("ministry_answer_working_days").value
    assert queries.answer_due(duty) == clock.working_days_later(clock.today(), int(days or 0))
