"""What happens if a duty is not met: the earliest date of each step, and never a step without a person."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.ladder import WhatIf, rungs, what_if
from contracts.terms import Edition, Party, Profile, Severity
from tests.contracts.profiles import EDITION, LEGAL, SHELTER, TINY, profile

DUE = date(2026, 4, 30)
OWN = [each for each in EDITION.obligations if each.party is Party.ORGANISATION]


def late(days: int, *, code: str = "RP-01", of: Profile = LEGAL, edition: Edition = EDITION) -> WhatIf:
    return what_if(edition, of, edition.obligation(code), due=DUE, days_late=days)


def codes(steps: tuple[object, ...]) -> list[str]:
    return [step.code for step in steps]


def test_a_report_in_time_has_nothing_following_but_the_first_help() -> None:
    found = late(0)
    assert (found.on, codes(found.reached), codes(found.following)) == (DUE, [], ["CQ-1"])


def test_help_comes_before_any_notice() -> None:
    assert codes(late(1).reached) == ["CQ-1"]
    assert codes(late(31).reached) == ["CQ-1"]
    assert codes(late(32).reached) == ["CQ-2"]


def test_the_whole_way_has_these_earliest_dates_for_a_service_without_a_shelter() -> None:
    assert [(step.code, step.earliest) for step in late(1).path] == [
        ("CQ-1", date(2026, 5, 1)),
        ("CQ-2", date(2026, 6, 1)),
        ("CQ-3", date(2026, 8, 1)),
        ("CQ-4", date(2026, 8, 9)),
        ("CQ-5", date(2026, 9, 7)),
        ("CQ-6", date(2026, 9, 7)),
        ("CQ-7", date(2026, 10, 8)),
    ]


def test_a_shelter_has_three_months_to_put_things_right() -> None:
    cure = {step.code: step for step in late(1, of=SHELTER).path}["CQ-2"]
    assert cure.rung.days == 90
    assert cure.last_day == date(2026, 6, 1) + timedelta(days=90)
    assert {rung.consequence.code: rung.days for rung in rungs(EDITION, LEGAL)}["CQ-2"] == 60


def test_a_decision_may_go_either_way_so_both_steps_are_named() -> None:
    found = late((date(2026, 9, 7) - DUE).days)
    assert codes(found.reached) == ["CQ-5", "CQ-6"]
    assert codes(found.following) == ["CQ-7"]
    assert late(365).following == ()


def test_serious_harm_takes_the_urgent_path_and_no_improvement_plan() -> None:
    found = late(1, code="RP-02", of=SHELTER)
    assert found.urgent
    assert codes(found.path) == ["CQ-U", "CQ-4", "CQ-5", "CQ-6", "CQ-7"]
    assert codes(found.reached) == ["CQ-U", "CQ-4"]
    assert found.path[0].last_day == date(2026, 5, 1) + timedelta(days=30)


def test_only_serious_harm_takes_the_urgent_path() -> None:
    for obligation in OWN:
        found = what_if(EDITION, SHELTER, obligation, due=DUE, days_late=1)
        assert found.urgent == ("CQ-U" in codes(found.path)) == (obligation.severity is Severity.SERIOUS_HARM)


def test_no_late_paper_is_ever_an_urgent_matter() -> None:
    dated = [each for each in OWN if each.rhythm.kind.startswith(("every", "once"))]
    assert len(dated) >= 8
    assert all(each.severity is not Severity.SERIOUS_HARM for each in dated)


def test_the_ladder_says_that_a_person_decides_each_step() -> None:
    assert "A person decides on each one" in EDITION.ladder_note.en
    assert all(rung.consequence.who_decides in ("inspector", "approver") for rung in rungs(EDITION, LEGAL))
    assert all(rung.consequence.who_decides_text.en for rung in rungs(EDITION, LEGAL))


def test_the_steps_say_how_long_one_may_reply_and_ask_for_review() -> None:
    ends = {rung.consequence.code: rung for rung in rungs(EDITION, LEGAL)}["CQ-6"]
    assert (ends.reply_days, ends.review_days) == (28, 30)


def test_a_period_that_is_not_set_leaves_the_later_dates_open() -> None:
    unset = [
        replace(each, value=None) if each.key == "cure_period_days" else each for each in EDITION.parameters
    ]
    found = late(365, edition=replace(EDITION, parameters=tuple(unset)))
    assert codes(found.reached) == ["CQ-2"]
    assert found.following == ()
    assert {step.code for step in found.path if step.earliest is None} == {
        "CQ-3",
        "CQ-4",
        "CQ-5",
        "CQ-6",
        "CQ-7",
    }


def test_another_edition_has_its_own_ladder() -> None:
    home = profile("residential-care")
    found = late(11, code="A-1", of=home, edition=TINY)
    assert [(step.code, step.earliest) for step in found.path] == [
        ("H", date(2026, 5, 1)),
        ("N", date(2026, 5, 12)),
        ("E", date(2026, 6, 22)),
    ]
    assert codes(late(1, code="A-4", of=home, edition=TINY).path) == ["U", "E"]


def test_the_ministrys_own_duties_are_not_on_the_ladder() -> None:
    with pytest.raises(ValueError, match="the Ministry's"):
        late(5, code="MI-01")


def test_fewer_than_no_days_late_is_an_error() -> None:
    with pytest.raises(ValueError, match="less than 0"):
        late(-1)


@given(
    st.sampled_from(OWN),
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.integers(0, 365),
    st.sampled_from([SHELTER, LEGAL]),
)
def test_steps_only_ever_follow_later_and_never_before_the_duty_is_late(
    obligation: object, due: date, days: int, someone: Profile
) -> None:
    found = what_if(EDITION, someone, obligation, due=due, days_late=days)
    for step in found.path:
        assert step.earliest is not None
        assert step.earliest > due
    assert all(step.earliest is not None and step.earliest <= found.on for step in found.reached)
    assert all(step.earliest is not None and step.earliest > found.on for step in found.following)
    assert bool(found.reached) == (days > 0)


def test_every_day_of_a_year_moves_the_reached_step_only_forward() -> None:
    order = [rung.consequence.code for rung in rungs(EDITION, LEGAL)]
    reached = [order.index(late(days).reached[-1].code) for days in range(1, 366)]
    assert reached == sorted(reached)
    assert reached[-1] == order.index("CQ-7")
