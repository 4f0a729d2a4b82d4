"""Renewal: asked for in time it carries on, granted it follows without a gap, refused it ends."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.schedule import last_day
from registry.compliance import queries as compliance
from registry.compliance.states import Label
from registry.kernel import clock, history
from registry.kernel.db import db
from registry.kernel.moves import IllegalMove, NotAllowed
from registry.memoranda import queries
from registry.memoranda.models import Memorandum
from registry.memoranda.operations import answering, ending, offering
from registry.memoranda.states import MemorandumStatus, Phase, Term
from registry.organisations.operations import applying
from registry.people.states import Role
from tests.factories import Factory

Hold = Callable[[datetime], None]
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def noon_of(memorandum: Memorandum, *, days: int) -> datetime:
    """Noon in Phnom Penh, so many days after the last day of the memorandum (negative: before it)."""
    assert memorandum.expires_on is not None
    return datetime.combine(memorandum.expires_on + days * DAY, time(12), tzinfo=clock.PHNOM_PENH)


@pytest.fixture
def running(make: Factory, at: Hold) -> Memorandum:
    """A memorandum in force since noon of one day."""
    at(NOON)
    return make.memorandum()


def ask(make: Factory, memorandum: Memorandum) -> Memorandum:
    """The director asks for renewal."""
    return answering.ask_for_renewal(memorandum, by=make.director(memorandum.organisation))


def refuse(make: Factory, memorandum: Memorandum) -> None:
    """The officer proposes not to renew, the approver decides so."""
    ending.refuse_renewal(
        memorandum, proposed_by=make.staff(Role.OFFICER), by=make.staff(Role.APPROVER), reason="Sample."
    )


def label(memorandum: Memorandum) -> Label | None:
    """What the public would read today."""
    found = compliance.standing_of(memorandum.organisation)
    return found[1].label if found else None


def test_renewal_opens_on_its_day_and_not_before(make: Factory, running: Memorandum, at: Hold) -> None:
    at(noon_of(running, days=-running.renewal_opens_days - 1))
    with pytest.raises(NotAllowed, match="renewal-not-open"):
        ask(make, running)
    at(noon_of(running, days=-running.renewal_opens_days))
    following = ask(make, running)
    assert (following.previous, following.status) == (running, MemorandumStatus.DRAFT)
    assert running.phase is Phase.RENEWAL_ASKED
    with pytest.raises(NotAllowed, match="renewal-asked"):
        ask(make, running)


def test_after_the_last_day_it_is_too_late_to_ask(make: Factory, running: Memorandum, at: Hold) -> None:
    at(noon_of(running, days=1))
    with pytest.raises(NotAllowed, match="renewal-not-open"):
        ask(make, running)
    assert running.phase is Phase.LAPSED


def test_asked_for_in_time_it_stays_in_force_until_it_is_decided(
    make: Factory, running: Memorandum, at: Hold
) -> None:
    at(noon_of(running, days=0))
    ask(make, running)
    at(noon_of(running, days=200))
    assert running.phase is Phase.RENEWAL_ASKED
    assert running.phase.is_in_force


def test_granted_before_the_end_the_new_one_begins_when_the_old_one_ends(
    make: Factory, running: Memorandum, at: Hold
) -> None:
    at(noon_of(running, days=-100))
    following = make.renew(running)
    assert running.expires_on is not None
    assert following.in_force_from == running.expires_on + DAY
    assert (running.phase, following.phase) == (Phase.IN_FORCE, Phase.NOT_YET_IN_FORCE)
    for days in range(-2, 3):
        at(noon_of(running, days=days))
        in_force = [each for each in (running, following) if each.phase.is_in_force]
        assert in_force == [running if days <= 0 else following]
        assert queries.in_force(running.organisation) is in_force[0]


def test_the_old_one_does_not_come_back_when_the_one_that_renewed_it_has_lapsed(
    make: Factory, running: Memorandum, at: Hold
) -> None:
    at(noon_of(running, days=-100))
    following = make.renew(running)
    at(noon_of(following, days=1))
    assert (running.phase, following.phase) == (Phase.SUPERSEDED, Phase.LAPSED)
    assert queries.in_force(running.organisation) is None
    assert label(running) is Label.LAPSED


def test_granted_after_the_end_the_new_one_begins_at_once_and_the_old_one_is_superseded(
    make: Factory, running: Memorandum, at: Hold
) -> None:
    at(noon_of(running, days=-10))
    following = ask(make, running)
    at(noon_of(running, days=30))
    make.offer(following)
    make.sign(following)
    make.countersign(following)
    assert following.in_force_from == clock.today()
    assert (running.status, running.phase) == (MemorandumStatus.SUPERSEDED, Phase.SUPERSEDED)
    assert queries.in_force(running.organisation) is following


def test_a_granted_renewal_cannot_be_refused_any_more(make: Factory, running: Memorandum, at: Hold) -> None:
    at(noon_of(running, days=-100))
    make.renew(running)
    with pytest.raises(NotAllowed, match="renewal-not-asked"):
        refuse(make, running)


def test_a_refused_renewal_discards_its_draft_and_ends_on_the_last_day(
    make: Factory, running: Memorandum, at: Hold
) -> None:
    at(noon_of(running, days=-100))
    following = ask(make, running)
    make.offer(following)
    refuse(make, running)
    assert following.status is MemorandumStatus.DISCARDED
    assert queries.under_way(running.organisation) is None
    at(noon_of(running, days=0))
    assert running.phase.is_in_force
    at(noon_of(running, days=1))
    assert running.phase is Phase.EXPIRED
    assert label(running) is Label.EXPIRED
    assert running.organisation in queries.registered_without_memorandum()


def test_refused_after_the_last_day_it_ends_with_the_day_of_refusal(
    make: Factory, running: Memorandum, at: Hold
) -> None:
    at(noon_of(running, days=-100))
    ask(make, running)
    at(noon_of(running, days=40))
    refuse(make, running)
    assert running.phase.is_in_force
    at(noon_of(running, days=41))
    assert running.phase is Phase.EXPIRED


@pytest.mark.parametrize(
    ("status", "act"),
    [(Phase.WITHDRAWN, Factory.withdraw_memorandum), (Phase.TERMINATED, Factory.terminate)],
)
def test_an_end_meanwhile_discards_the_renewal_that_is_under_way(
    make: Factory, running: Memorandum, at: Hold, status: Phase, act: Callable[[Factory, Memorandum], None]
) -> None:
    at(noon_of(running, days=-100))
    following = ask(make, running)
    make.offer(following)
    make.sign(following)
    act(make, running)
    assert (running.phase, following.status) == (status, MemorandumStatus.DISCARDED)
    assert queries.hindrance_to_draft(running.organisation) is None


def test_a_renewal_of_one_that_is_suspended_waits_for_its_last_day(
    make: Factory, running: Memorandum, at: Hold
) -> None:
    at(noon_of(running, days=-100))
    following = ask(make, running)
    make.suspend(running)
    make.offer(following)
    make.sign(following)
    make.countersign(following)
    assert following.phase is Phase.NOT_YET_IN_FORCE
    assert label(running) is Label.SUSPENDED
    at(noon_of(running, days=1))
    assert (running.phase, label(running)) == (Phase.SUPERSEDED, Label.ACCREDITED)


@pytest.mark.parametrize("act", [Factory.suspend, Factory.terminate, Factory.withdraw_memorandum])
def test_what_its_dates_have_ended_is_not_ended_once_more(
    make: Factory, running: Memorandum, at: Hold, act: Callable[[Factory, Memorandum], None]
) -> None:
    at(noon_of(running, days=1))
    with pytest.raises(IllegalMove, match="lapsed"):
        act(make, running)
    assert (running.status, label(running)) == (MemorandumStatus.COUNTERSIGNED, Label.LAPSED)


def test_who_has_left_the_register_cannot_ask_for_renewal(
    make: Factory, running: Memorandum, at: Hold
) -> None:
    at(noon_of(running, days=-100))
    applying.withdraw(running.organisation, by=make.director(running.organisation), reason="Sample.")
    with pytest.raises(NotAllowed, match="organisation-not-registered"):
        ask(make, running)


def test_after_a_declined_renewal_another_can_be_prepared(
    make: Factory, running: Memorandum, at: Hold
) -> None:
    at(noon_of(running, days=-100))
    following = ask(make, running)
    make.offer(following)
    make.decline(following)
    db.session.commit()
    assert running.phase is Phase.RENEWAL_ASKED
    again = offering.draft(running.organisation, by=make.staff(Role.OFFICER))
    assert again.previous is running
    assert history.first_bad_row() is None


FIRST = NOON.date()
LAST = last_day(FIRST, months=12 * 3)


def maybe(least: int, most: int) -> st.SearchStrategy[date | None]:
    """No day, or one so many days after the last day."""
    return st.none() | st.integers(least, most).map(lambda days: LAST + days * DAY)


TERMS = st.builds(
    Term,
    status=st.sampled_from(MemorandumStatus),
    in_force_from=st.just(FIRST),
    expires_on=st.just(LAST),
    renewal_opens_days=st.integers(1, 360),
    renewal_asked_on=maybe(-360, 30),
    renewal_refused_on=maybe(-100, 100),
    followed_from=maybe(1, 300),
)


@given(term=TERMS, today=st.dates(FIRST - 400 * DAY, LAST + 500 * DAY))
def test_only_what_both_have_signed_is_in_force_and_what_has_ended_stays_ended(
    term: Term, today: date
) -> None:
    phase, tomorrow = term.phase(today), term.phase(today + DAY)
    if phase.is_in_force:
        assert term.status is MemorandumStatus.COUNTERSIGNED
        assert today >= FIRST
        assert term.followed_from is None or today < term.followed_from
    if not phase.stands:
        assert tomorrow is phase or not tomorrow.stands
