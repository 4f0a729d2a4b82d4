"""The public label: computed for any day, and never there before both parties have signed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.schedule import last_day
from registry.compliance import operations, queries
from registry.compliance.states import Label, Standing, standing
from registry.kernel import clock
from registry.memoranda.operations import ending
from registry.memoranda.states import NEVER_IN_FORCE, Field, MemorandumStatus, Phase, Term
from registry.organisations.operations import applying, deciding
from registry.organisations.states import RegistrationStatus
from registry.people.states import Role
from tests.factories import Factory

Hold = Callable[[datetime], None]
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
FIRST = NOON.date()
LAST = last_day(FIRST, months=12 * 3)
DAY = timedelta(days=1)

registrations = st.sampled_from(RegistrationStatus)
phases = st.sampled_from(Phase)
days = st.dates(FIRST - 400 * DAY, LAST + 400 * DAY)
owed = st.none() | days


@given(registration=registrations, status=st.sampled_from(sorted(NEVER_IN_FORCE)), day=days, due=owed)
def test_there_is_never_a_label_before_both_have_signed(
    registration: RegistrationStatus, status: MemorandumStatus, day: date, due: date | None
) -> None:
    phase = Term(status, FIRST, LAST, 180).phase(day)
    assert standing(registration=registration, phase=phase, oldest_owed=due, today=day) is None


@given(registration=registrations, day=st.dates(FIRST - 400 * DAY, FIRST - DAY), due=owed)
def test_there_is_no_label_before_the_first_day(
    registration: RegistrationStatus, day: date, due: date | None
) -> None:
    phase = Term(MemorandumStatus.COUNTERSIGNED, FIRST, LAST, 180).phase(day)
    assert standing(registration=registration, phase=phase, oldest_owed=due, today=day) is None


@given(registration=registrations, phase=phases, due=owed, day=days)
def test_only_a_registered_organisation_with_a_memorandum_in_force_is_accredited(
    registration: RegistrationStatus, phase: Phase, due: date | None, day: date
) -> None:
    found = standing(registration=registration, phase=phase, oldest_owed=due, today=day)
    left = registration in (RegistrationStatus.WITHDRAWN, RegistrationStatus.REMOVED)
    assert bool(found and found.label.is_accredited) == (phase.is_in_force and not left)
    if found and left:
        assert found.label in (Label.WITHDRAWN, Label.REMOVED)


@given(phase=phases.filter(lambda each: each.is_in_force), due=owed, day=days)
def test_overdue_is_said_with_its_days_and_only_after_the_date(
    phase: Phase, due: date | None, day: date
) -> None:
    found = standing(registration=RegistrationStatus.REGISTERED, phase=phase, oldest_owed=due, today=day)
    late = (day - due).days if due else 0
    assert found == (Standing(Label.REPORT_OVERDUE, late) if late > 0 else Standing(Label.ACCREDITED))


LABELS = {
    MemorandumStatus.COUNTERSIGNED: Label.ACCREDITED,
    MemorandumStatus.SUSPENDED: Label.SUSPENDED,
    MemorandumStatus.TERMINATED: Label.REMOVED,
    MemorandumStatus.WITHDRAWN: Label.WITHDRAWN,
    MemorandumStatus.SIGNED: None,
    MemorandumStatus.DECLINED: None,
}


@pytest.mark.parametrize("status", LABELS)
def test_each_decision_has_its_label(make: Factory, status: MemorandumStatus) -> None:
    memorandum = make.memorandum(status)
    found = queries.standing_of(memorandum.organisation)
    assert (found[1].label if found else None) is LABELS[status]


def test_an_overdue_report_is_counted_in_days_until_it_is_sent(make: Factory, at: Hold) -> None:
    at(NOON)
    memorandum = make.memorandum()
    director = make.director(memorandum.organisation)
    theirs = [each for each in queries.duties_of(memorandum) if each.party is Field.ORGANISATION]
    first = theirs[0]
    at(clock.start_of(first.due_on) + timedelta(hours=23, minutes=59))
    assert queries.standing_of(memorandum.organisation) == (memorandum, Standing(Label.ACCREDITED))
    at(clock.start_of(first.due_on + 3 * DAY))
    assert queries.standing_of(memorandum.organisation) == (memorandum, Standing(Label.REPORT_OVERDUE, 3))
    for duty in theirs:
        if duty.due_on < clock.today():
            operations.report(duty, by=director, note="Counts only.")
    assert queries.standing_of(memorandum.organisation) == (memorandum, Standing(Label.ACCREDITED))


def test_what_the_ministry_owes_never_counts_against_the_organisation(make: Factory, at: Hold) -> None:
    at(NOON)
    memorandum = make.memorandum()
    director = make.director(memorandum.organisation)
    for duty in queries.duties_of(memorandum):
        if duty.party is Field.ORGANISATION:
            operations.report(duty, by=director, note="Counts only.")
    at(NOON + 900 * DAY)
    assert queries.owed_until(clock.today(), party=Field.MINISTRY)
    found = queries.standing_of(memorandum.organisation)
    assert found is not None
    assert found[1] == Standing(Label.ACCREDITED)


def test_who_leaves_the_register_is_withdrawn_and_who_is_removed_is_removed(make: Factory) -> None:
    left, removed = make.memorandum().organisation, make.memorandum().organisation
    applying.withdraw(left, by=make.director(left), reason="Sample.")
    two = {"proposed_by": make.staff(Role.INSPECTOR), "by": make.staff(Role.APPROVER), "reason": "Sample."}
    deciding.remove(removed, **two)
    labels = [found[1].label for each in (left, removed) if (found := queries.standing_of(each))]
    assert labels == [Label.WITHDRAWN, Label.REMOVED]


def test_a_suspension_that_ends_gives_the_label_back_at_once(make: Factory) -> None:
    memorandum = make.memorandum(MemorandumStatus.SUSPENDED)
    ending.reinstate(
        memorandum, proposed_by=make.staff(Role.INSPECTOR), by=make.staff(Role.APPROVER), reason="Mended."
    )
    found = queries.standing_of(memorandum.organisation)
    assert found is not None
    assert found[1].label is Label.ACCREDITED
