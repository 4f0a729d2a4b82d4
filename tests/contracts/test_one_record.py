"""One record, many readers: page, estimate, clause, calendar and ladder speak of the same obligations."""

import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask, g
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts import understanding
from contracts.composing import compose, printed_codes
from contracts.edition import Edition, Obligation
from contracts.estimate import estimate
from contracts.ladder import earliest_path, rungs, what_if
from contracts.records import Party, Profile, RhythmKind
from contracts.schedule import EVENTS, due_dates
from contracts.terms import CURRENT, EDITIONS, applicable, load_edition
from forms.profile import query_of
from registry.views.answers import answers_for
from tests.contracts.profiles import EDITION, KINDS, LEGAL, SHELTER, profiles
from tests.contracts.sample_facts import sample_facts

START = date(2026, 3, 1)
END = date(2029, 2, 28)
FACTS = sample_facts()
# Two periods of the edition: the parameter, its value, and another one.
PERIODS = (("report_due_days", 30, 45), ("improvement_plan_days", 30, 44))


def wanted(edition: Edition, profile: Profile) -> set[str]:
    """The codes that apply: what every reader has to agree with."""
    return {each.code for each in applicable(edition, profile)}


def in_estimate(edition: Edition, profile: Profile) -> set[str]:
    """The codes for which the estimate asks for something."""
    counted = estimate(edition, profile)
    lines = (*counted.posts, *counted.training, *counted.papers, *counted.rooms, *counted.money)
    return {code for line in lines for code in line.because}


def in_calendar(edition: Edition, profile: Profile) -> set[str]:
    """The codes that fall due on a date within the first term."""
    return {each.code for each in due_dates(edition, profile, start=START, end=END)}


def dated(edition: Edition, profile: Profile) -> set[str]:
    """The codes whose rhythm gives a date."""
    return {
        each.code
        for each in applicable(edition, profile)
        if each.rhythm.kind not in EVENTS | {RhythmKind.CONTINUOUS}
        and edition.number(each.rhythm) is not None
    }


@given(profile=profiles)
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_estimate_and_calendar_speak_only_of_what_applies(profile: Profile) -> None:
    codes = wanted(EDITION, profile)
    assert in_estimate(EDITION, profile) <= codes
    assert in_calendar(EDITION, profile) == dated(EDITION, profile) <= codes


@given(profile=profiles)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_memorandum_prints_exactly_what_applies_and_the_questions_ask_of_nothing_else(
    profile: Profile,
) -> None:
    codes = wanted(EDITION, profile)
    printed = printed_codes(compose(EDITION, profile, FACTS))
    assert sorted(printed) == sorted(codes)
    assert understanding.pool(EDITION, profile) <= codes


def shown_to(app: Flask) -> Callable[[Profile], list[str]]:
    """Reads the page of the three answers as a visitor with this profile does."""
    browser = app.test_client()

    def codes(profile: Profile) -> list[str]:
        page = browser.get("/en/before-you-sign", query_string=query_of(profile)).text
        return re.findall(r'id="obligation-([A-Z]+-\d+)"', page)

    return codes


def test_the_page_shows_exactly_what_applies(registry: Flask) -> None:
    shown = shown_to(registry)

    @given(profile=profiles)
    @settings(
        max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.nested_given]
    )
    def look(profile: Profile) -> None:
        described = Profile(
            **{name: getattr(profile, name) for name in ("services", "groups", "provinces", "foreign")},
            places=profile.places,
            child_places=min(profile.places, profile.child_places),
            active_cases=profile.active_cases,
            staff={post: number for post, number in profile.staff.items() if number},
        )
        assert sorted(shown(described)) == sorted(wanted(EDITION, described))

    look()


def test_no_obligation_is_an_orphan_that_binds_nobody() -> None:
    everybody = (*KINDS.values(), LEGAL, SHELTER)
    foreign = Profile(services=frozenset({"repatriation"}), groups=frozenset({"girls"}), foreign=True)
    everything = Profile(
        services=frozenset(each.code for each in EDITION.services),
        groups=frozenset(each.code for each in EDITION.groups),
        places=20, child_places=10, active_cases=50, foreign=True, sites=2,
    )  # fmt: skip
    reached = {code for profile in (*everybody, foreign, everything) for code in wanted(EDITION, profile)}
    assert {each.code for each in EDITION.obligations} - reached == set()


@pytest.fixture
def other_days(tmp_path: Path) -> Edition:
    """The present edition with two periods changed, each in the one place where it stands."""
    shutil.copytree(EDITIONS / CURRENT, tmp_path / CURRENT)
    file = tmp_path / CURRENT / "parameters.toml"
    before = file.read_text()
    after = before
    for key, old, new in PERIODS:
        changed = re.sub(rf'(key = "{key}"\n(?:.*\n)*?value = ){old}\n', rf"\g<1>{new}\n", after, count=1)
        assert changed != after, key
        after = changed
    file.write_text(after)
    return load_edition(CURRENT, folder=tmp_path)


def test_one_changed_period_changes_page_clause_calendar_and_ladder(other_days: Edition) -> None:
    key, old, new = PERIODS[0]
    obligation = next(each for each in EDITION.obligations if each.rhythm.due_days == key)
    other = other_days.obligation(obligation.code)
    for text, changed in ((obligation.plain, other.plain), (obligation.clause, other.clause)):
        for language in ("km", "en"):
            assert EDITION.fill(text, language) != other_days.fill(changed, language)
    clauses = [
        next(
            block
            for article in compose(edition, LEGAL, FACTS)["articles"]
            for block in article["paragraphs"]
            if obligation.code in block["codes"]
        )
        for edition in (EDITION, other_days)
    ]
    assert str(old) in clauses[0]["en"]
    assert str(new) in clauses[1]["en"]
    first, second = (
        next(
            each.due
            for each in due_dates(edition, LEGAL, start=START, end=END)
            if each.code == obligation.code
        )
        for edition in (EDITION, other_days)
    )
    assert second - first == timedelta(days=new - old)


def test_the_page_says_the_changed_periods(registry: Flask, other_days: Edition) -> None:
    with registry.test_request_context("/en/before-you-sign"):
        g.language = "en"
        now, then = (answers_for(LEGAL, edition=edition) for edition in (EDITION, other_days))
    plain = [next(duty.plain for duty in answers.duties if duty.code == "RP-01") for answers in (now, then)]
    assert "30 days" in plain[0]
    assert "45 days" in plain[1]
    assert (now.rungs[0].days, then.rungs[0].days) == ("30 days", "44 days")


def test_one_changed_period_of_the_ladder_changes_every_date_after_it(other_days: Edition) -> None:
    _, old, new = PERIODS[1]
    found = [
        {
            step.code: step.earliest
            for step in what_if(edition, LEGAL, edition.obligation("RP-01"), due=START, days_late=1).path
        }
        for edition in (EDITION, other_days)
    ]
    assert found[0]["CQ-1"] == found[1]["CQ-1"]
    for code in ("CQ-2", "CQ-3"):
        before, after = found[0][code], found[1][code]
        assert before is not None
        assert after is not None
        assert after - before == timedelta(days=new - old)


OWN = [each for each in EDITION.obligations if each.party is Party.ORGANISATION]


@given(
    code=st.sampled_from([each.code for each in OWN]),
    profile=st.sampled_from(list(KINDS.values())),
    due=st.dates(min_value=date(2020, 1, 1), max_value=date(2050, 12, 31)),
)
@settings(max_examples=100, deadline=None)
def test_a_supposed_delay_follows_the_ladder_and_never_goes_back(
    code: str, profile: Profile, due: date
) -> None:
    obligation = EDITION.obligation(code)
    path = earliest_path(EDITION, profile, severity=obligation.severity, late_from=due + timedelta(days=1))
    before: date | None = None
    for days in range(0, 366, 5):
        found = what_if(EDITION, profile, obligation, due=due, days_late=days)
        assert (found.path, found.on) == (path, due + timedelta(days=days))
        begun = max((step.earliest for step in found.reached if step.earliest), default=None)
        assert begun is None or begun <= found.on
        assert before is None or (begun is not None and begun >= before)
        assert all(step.earliest is None or step.earliest > found.on for step in found.following)
        before = begun


@pytest.mark.parametrize("obligation", OWN, ids=lambda each: each.code)
def test_every_day_of_a_delay_is_the_due_date_and_the_days_of_the_steps_before(
    obligation: Obligation,
) -> None:
    for days in range(366):
        found = what_if(EDITION, LEGAL, obligation, due=START, days_late=days)
        assert bool(found.reached) == (days > 0)
    known = {rung.consequence.code: rung for rung in rungs(EDITION, LEGAL)}
    begun = {step.code: step.earliest for step in found.path}
    for step in found.path:
        earlier = [known[each] for each in step.rung.consequence.after if each in begun]
        if not earlier:
            assert step.earliest == START + timedelta(days=1)
            continue
        first = earlier[0]
        wait = timedelta(0) if first.consequence.urgent else timedelta(days=(first.days or 0) + 1)
        start = begun[first.consequence.code]
        assert start is not None
        assert step.earliest == start + wait
