"""The nightly letters: each once, the newest step after missed days, in the reader's language."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from contracts import terms
from registry.compliance import jobs, operations, queries
from registry.compliance.models import Duty
from registry.kernel import clock
from registry.kernel.db import db
from registry.kernel.outbox import Letter
from registry.memoranda.models import Memorandum
from registry.memoranda.operations import answering, ending
from registry.memoranda.states import Field
from registry.organisations.operations import applying
from registry.people.states import Role
from tests.factories import Factory

Hold = Callable[[datetime], None]
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@given(left=st.integers(-300, 300))
def test_the_newest_step_that_was_reached_is_the_one_that_is_told(left: int) -> None:
    step = jobs.newest_step(jobs.DUTY_REMINDERS, left=left)
    reached = [each for each in jobs.DUTY_REMINDERS if left <= each]
    assert (step in reached) if reached else (step is None)
    assert all(step <= each for each in reached if step is not None)


@pytest.fixture
def memorandum(make: Factory, at: Hold) -> Memorandum:
    """A memorandum in force since the noon of one day, every duty of the organisation met in advance."""
    at(NOON)
    return make.memorandum()


def meet(make: Factory, memorandum: Memorandum, *, but: Duty | None = None) -> None:
    """Everything that either party owes is reported, but for one duty."""
    director, officer = make.director(memorandum.organisation), make.staff(Role.OFFICER)
    for duty in queries.duties_of(memorandum):
        if duty is not but:
            by = director if duty.party is Field.ORGANISATION else officer
            operations.report(duty, by=by, note="Counts only.")
    db.session.commit()


def first_duty(memorandum: Memorandum, party: Field = Field.ORGANISATION) -> Duty:
    """The first duty of one party."""
    return next(each for each in queries.duties_of(memorandum) if each.party is party)


def written(name: str) -> list[Letter]:
    """The letters of one kind, the first one first."""
    db.session.flush()
    return list(db.session.scalars(select(Letter).where(Letter.name == name).order_by(Letter.id)))


def run_on(day: date, at: Hold) -> list[Letter]:
    """The reminders that the job writes on one day."""
    before = {each.id for each in [*written("duty_reminder"), *written("renewal_reminder")]}
    at(clock.start_of(day) + timedelta(hours=2))
    jobs.run()
    after = [*written("duty_reminder"), *written("renewal_reminder")]
    return [each for each in after if each.id not in before]


def test_twice_on_the_same_day_nothing_more_is_written(
    make: Factory, memorandum: Memorandum, at: Hold
) -> None:
    day = first_duty(memorandum).due_on
    assert run_on(day, at)
    assert run_on(day, at) == []


def test_a_duty_left_open_is_reminded_of_at_each_step_and_never_between(
    make: Factory, memorandum: Memorandum, at: Hold
) -> None:
    duty = first_duty(memorandum)
    meet(make, memorandum, but=duty)
    days = {left: len(run_on(duty.due_on - left * DAY, at)) for left in range(31, -16, -1)}
    assert [left for left, letters in days.items() if letters] == list(jobs.DUTY_REMINDERS)
    assert set(days.values()) == {0, 1}


def test_after_missed_days_there_is_one_letter_with_the_newest_step_and_nothing_is_lost(
    make: Factory, memorandum: Memorandum, at: Hold
) -> None:
    duty = first_duty(memorandum)
    meet(make, memorandum, but=duty)
    assert len(run_on(duty.due_on - 8 * DAY, at)) == 1
    (letter,) = run_on(duty.due_on + 2 * DAY, at)
    assert letter.event.endswith("--1")
    assert "overdue by 2 days" in letter.body
    (last,) = run_on(duty.due_on + 20 * DAY, at)
    assert "overdue by 20 days" in last.body


def test_in_one_run_nobody_gets_two_letters_about_the_same_duty(
    make: Factory, memorandum: Memorandum, at: Hold
) -> None:
    letters = run_on(first_duty(memorandum).due_on + 400 * DAY, at)
    about = Counter((each.recipient, each.event.rpartition("-")[0].rstrip("-")) for each in letters)
    assert set(about.values()) == {1}
    assert len(letters) > 10


def test_each_party_is_reminded_of_its_own_duties_only(
    make: Factory, memorandum: Memorandum, at: Hold
) -> None:
    letters = run_on(first_duty(memorandum).due_on + 400 * DAY, at)
    party = {f"duty-{each.id}": each.party for each in queries.duties_of(memorandum)}
    told = {(party["-".join(each.event.split("-")[:2])], each.recipient) for each in letters}
    director, officer = make.director(memorandum.organisation), make.staff(Role.OFFICER)
    assert told == {(Field.ORGANISATION, director.pseudonym), (Field.MINISTRY, officer.pseudonym)}


def test_each_person_is_reminded_in_their_own_language(
    make: Factory, memorandum: Memorandum, at: Hold
) -> None:
    duty = first_duty(memorandum)
    preparer = make.person(Role.PREPARER, organisation=memorandum.organisation, language="km")
    meet(make, memorandum, but=duty)
    letters = {each.recipient: each for each in run_on(duty.due_on, at)}
    title = terms.load_edition(memorandum.edition).obligation(duty.code).title
    english = letters[make.director(memorandum.organisation).pseudonym]
    khmer = letters[preparer.pseudonym]
    assert title.en in english.subject
    assert title.km in khmer.subject
    assert (english.language, khmer.language) == ("en", "km")
    assert memorandum.organisation.name_km in khmer.body


def test_a_returned_report_is_reminded_of_by_its_new_date(
    make: Factory, memorandum: Memorandum, at: Hold
) -> None:
    duty = first_duty(memorandum)
    meet(make, memorandum)
    at(clock.start_of(duty.due_on))
    operations.give_back(duty, by=make.staff(Role.OFFICER), reason="A page is missing.")
    assert [each.event for each in run_on(duty.due_on, at)] == [f"duty-{duty.id}-{duty.owed_by}-30"]
    assert len(run_on(duty.owed_by, at)) == 1
    assert run_on(duty.owed_by, at) == []


def test_an_accepted_or_waiting_report_is_not_reminded_of(
    make: Factory, memorandum: Memorandum, at: Hold
) -> None:
    duty = first_duty(memorandum)
    meet(make, memorandum)
    operations.accept(duty, by=make.staff(Role.OFFICER))
    assert run_on(duty.due_on + 40 * DAY, at) == []


def test_renewal_is_reminded_of_at_each_step_until_the_last_day_and_not_after(
    make: Factory, memorandum: Memorandum, at: Hold
) -> None:
    meet(make, memorandum)
    assert memorandum.expires_on is not None
    steps = [left for left in range(182, -3, -1) if run_on(memorandum.expires_on - left * DAY, at)]
    assert steps == list(jobs.RENEWAL_REMINDERS)


def test_after_missed_days_there_is_one_letter_about_renewal(
    make: Factory, memorandum: Memorandum, at: Hold
) -> None:
    meet(make, memorandum)
    assert memorandum.expires_on is not None
    (letter,) = run_on(memorandum.expires_on - 5 * DAY, at)
    assert (letter.name, letter.event) == ("renewal_reminder", f"{memorandum.reference}-renewal-7")
    assert run_on(memorandum.expires_on - 4 * DAY, at) == []


def test_nobody_is_told_to_ask_before_renewal_opens(make: Factory, memorandum: Memorandum, at: Hold) -> None:
    meet(make, memorandum)
    assert memorandum.expires_on is not None
    memorandum.renewal_opens_days = 60
    db.session.commit()
    steps = [left for left in (180, 90, 61, 60) if run_on(memorandum.expires_on - left * DAY, at)]
    assert steps == [60]


def ask_for_renewal(make: Factory, memorandum: Memorandum) -> None:
    """The director asks."""
    answering.ask_for_renewal(memorandum, by=make.director(memorandum.organisation))


def leave(make: Factory, memorandum: Memorandum) -> None:
    """The director leaves the register."""
    organisation = memorandum.organisation
    applying.withdraw(organisation, by=make.director(organisation), reason="Sample.")


def terminate(make: Factory, memorandum: Memorandum) -> None:
    """It ends by decision."""
    two = {"proposed_by": make.staff(Role.INSPECTOR), "by": make.staff(Role.APPROVER)}
    ending.terminate(memorandum, **two, reason="Sample.")


@pytest.mark.parametrize("act", [ask_for_renewal, leave, terminate])
def test_no_letter_about_renewal_goes_to_those_who_asked_or_cannot_ask(
    make: Factory, memorandum: Memorandum, at: Hold, act: Callable[[Factory, Memorandum], None]
) -> None:
    meet(make, memorandum)
    assert memorandum.expires_on is not None
    assert len(run_on(memorandum.expires_on - 180 * DAY, at)) == 1
    act(make, memorandum)
    db.session.commit()
    assert run_on(memorandum.expires_on - 7 * DAY, at) == []


@pytest.mark.parametrize("act", [Factory.suspend, terminate, None])
def test_duties_are_not_reminded_of_when_the_memorandum_does_not_bind(
    make: Factory, memorandum: Memorandum, at: Hold, act: Callable[[Factory, Memorandum], None] | None
) -> None:
    day = first_duty(memorandum).due_on
    if act is None:
        assert memorandum.expires_on is not None
        day = memorandum.expires_on + DAY
    else:
        act(make, memorandum)
        db.session.commit()
    assert run_on(day, at) == []


def test_a_closed_account_gets_no_reminder(make: Factory, memorandum: Memorandum, at: Hold) -> None:
    duty = first_duty(memorandum)
    meet(make, memorandum, but=duty)
    director = make.director(memorandum.organisation)
    director.closed_at = clock.now()
    db.session.commit()
    assert run_on(duty.due_on, at) == []
