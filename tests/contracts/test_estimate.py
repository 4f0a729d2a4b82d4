"""What it takes: people, training, papers, rooms and money, counted by hand for small profiles."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from contracts.costs import Amount
from contracts.estimate import Estimate, MoneyLine, PostLine, estimate, needs_of
from contracts.terms import Edition, Every, NeedKind, Profile, Sharing, applicable
from tests.contracts.profiles import EDITION, KINDS, OUTREACH, SHELTER, TINY, profile, profiles


def post(counted: Estimate, code: str) -> PostLine:
    return next(line for line in counted.posts if line.post.code == code)


def money(counted: Estimate, item: str) -> MoneyLine:
    return next(line for line in counted.money if line.item == item)


def with_value(edition: Edition, key: str, value: float | None) -> Edition:
    """The same edition as if this parameter had another value."""
    parameters = [replace(each, value=value) if each.key == key else each for each in edition.parameters]
    return replace(edition, parameters=tuple(parameters))


HOME = profile("residential-care", groups=("children",), places=10, child_places=3, staff={"nurse": 2})


def test_a_shelter_reads_you_need_one_more_case_manager() -> None:
    line = post(estimate(EDITION, SHELTER), "case_manager")
    assert (line.needed, line.declared, line.missing) == (2, 1, 1)
    assert line.because == ("CM-01",)
    assert [ratio.key for ratio in line.ratios] == ["active_cases_per_case_manager"]


def test_carers_are_counted_for_children_and_adults_apart_and_for_every_shift() -> None:
    line = post(estimate(EDITION, SHELTER), "house_mother")
    assert line.needed == (2 + 1) * 3
    assert [ratio.key for ratio in line.ratios] == ["residents_per_carer_child", "residents_per_carer_adult"]


def test_there_is_a_carer_at_every_site_in_every_shift() -> None:
    four_houses = replace(SHELTER, sites=4)
    assert post(estimate(EDITION, four_houses), "house_mother").needed == 4 * 3
    assert post(estimate(EDITION, replace(SHELTER, places=0, child_places=0)), "house_mother").needed == 3


def test_relief_counts_only_once_the_ministry_has_set_it() -> None:
    assert post(estimate(TINY, HOME), "nurse").needed == 2 * 2 + 3
    assert post(estimate(with_value(TINY, "relief", 1.3), HOME), "nurse").needed == 6 + 3


def test_supervisors_are_counted_once_and_by_case_managers() -> None:
    counted = estimate(EDITION, profile("legal-aid", active_cases=120))
    assert post(counted, "case_manager").needed == 6
    assert post(counted, "supervisor").needed == 2
    assert post(counted, "supervisor").because == ("ST-03",)


def test_supervisors_guide_the_case_managers_that_are_there_too() -> None:
    counted = estimate(EDITION, profile("legal-aid", active_cases=10, staff={"case_manager": 11}))
    assert post(counted, "case_manager").missing == 0
    assert post(counted, "supervisor").needed == 3


def test_a_hotline_needs_no_case_manager_no_carer_and_no_guard() -> None:
    counted = estimate(EDITION, OUTREACH)
    assert {line.post.code for line in counted.posts if line.post.sharing is Sharing.OWN} == set()
    assert {line.post.code for line in counted.posts} >= {"referral_focal", "coordination_focal"}


def test_a_task_that_somebody_may_hold_besides_is_said_to_be_one() -> None:
    counted = estimate(EDITION, SHELTER)
    assert post(counted, "safeguarding_focal").may_be_held_besides
    assert not post(counted, "case_manager").may_be_held_besides


def test_staff_declared_for_a_post_that_nothing_asks_for_are_shown_and_trained() -> None:
    with_others = estimate(EDITION, replace(SHELTER, staff={"other": 5}))
    without = estimate(EDITION, replace(SHELTER, staff={}))
    assert (post(with_others, "other").needed, post(with_others, "other").missing) == (0, 0)
    assert with_others.headcount == without.headcount + 5


def test_first_training_comes_once_and_yearly_training_from_the_second_year() -> None:
    counted = estimate(EDITION, SHELTER)
    lines = {line.item: line for line in counted.training}
    first, later = lines["induction_training"], lines["annual_training"]
    people = counted.headcount
    assert (first.once, first.a_year, first.over_term) == (16 * people, 0, 16 * people)
    assert (later.once, later.a_year, later.over_term) == (0, 24 * people, 24 * people * 2)


def test_papers_are_counted_by_case_by_child_and_by_site_and_never_twice() -> None:
    counted = estimate(EDITION, replace(SHELTER, sites=2))
    sheets = {line.item: line.count for line in counted.papers}
    assert (sheets["form_3"], sheets["placement_decision"], sheets["house_rules"]) == (30, 12, 2)
    assert (sheets["consent_form"], sheets["confidentiality_promise"]) == (1, counted.headcount)
    both = estimate(TINY, profile("mobile-team", groups=("adults",), sites=3))
    assert [(line.count, line.because) for line in both.papers] == [(3, ("A-3", "A-2"))]


def test_every_label_reads_as_words_in_both_languages() -> None:
    for each in KINDS.values():
        counted = estimate(EDITION, each)
        for line in (*counted.papers, *counted.rooms, *counted.training, *counted.money):
            assert "_" not in line.label.en + line.unit.en + line.label.km


def test_land_is_asked_for_at_every_site() -> None:
    counted = estimate(EDITION, replace(SHELTER, sites=2))
    assert {line.item: line.count for line in counted.rooms}["land"] == 4000


def test_without_prices_there_are_quantities_and_no_amounts() -> None:
    counted = estimate(EDITION, SHELTER)
    assert counted.open_lines == counted.money
    assert counted.over_term == Amount(Decimal(0), Decimal(0))
    assert money(counted, "food").count == 20


def test_own_wages_price_the_posts_between_a_low_and_a_high_figure() -> None:
    wages = {"case_manager": Decimal(400), "counsellor": Decimal(500), "interpreter": Decimal(50)}
    counted = estimate(EDITION, SHELTER, wages=wages)
    sure, shared = money(counted, "case_manager"), money(counted, "counsellor")
    assert sure.a_year == Amount(Decimal("9600.00"), Decimal("9600.00"))
    assert sure.over_term == Amount(Decimal("28800.00"), Decimal("28800.00"))
    assert shared.a_year == Amount(Decimal("0.00"), Decimal("12000.00"))
    assert (sure.own_wage, sure.price, sure.unit.en) == (True, Decimal(400), "USD a month")
    assert money(counted, "interpreter").a_year == Amount(Decimal(0), Decimal(600))


def test_own_wages_win_over_the_ministrys_price() -> None:
    priced = with_value(EDITION, "salary_case_manager", 300)
    assert money(estimate(priced, SHELTER), "case_manager").price == 300
    assert money(estimate(priced, SHELTER, wages={"case_manager": Decimal(0)}), "case_manager").price == 0


def test_daily_yearly_single_and_repeated_costs_add_up_over_the_term() -> None:
    counted = estimate(with_value(TINY, "check_price", 1.5), HOME)
    people = counted.headcount
    food, check, pay = (money(counted, item) for item in ("food", "check", "nurse"))
    assert food.a_year == Amount(Decimal("7300.00"), Decimal("7300.00"))
    assert food.over_term == Amount(Decimal("14600.00"), Decimal("14600.00"))
    yearly = Decimal("1.5") * 8 * 2 * people
    assert (check.a_year, check.over_term) == (Amount(yearly, yearly), Amount(yearly * 2, yearly * 2))
    assert pay.over_term == Amount(Decimal(7 * 100 * 24), Decimal(7 * 100 * 24))
    overhead = money(counted, "overhead_percent").over_term
    assert overhead is not None
    assert overhead.high == ((food.over_term.high + 2 * yearly + 16800) / 10).quantize(Decimal("0.01"))
    assert counted.over_term.high == food.over_term.high + 2 * yearly + 16800 + overhead.high


def test_overhead_waits_until_every_other_line_has_a_price() -> None:
    counted = estimate(TINY, HOME)
    assert [line.item for line in counted.open_lines] == ["check", "overhead_percent"]


def test_what_comes_once_is_paid_once() -> None:
    counted = estimate(with_value(EDITION, "locked_records_cost", 250), replace(SHELTER, sites=2))
    line = money(counted, "locked_records")
    assert (line.once, line.over_term) == (
        Amount(Decimal(500), Decimal(500)),
        Amount(Decimal(500), Decimal(500)),
    )
    assert line.a_year == Amount(Decimal(0), Decimal(0))
    assert counted.once == line.once


def test_a_check_every_two_years_is_paid_twice_in_three_years() -> None:
    counted = estimate(with_value(EDITION, "staff_check_cost", 10), SHELTER)
    line = money(counted, "staff_check")
    assert line.over_term == Amount(*[Decimal(10 * 2 * counted.headcount)] * 2)
    assert line.a_year == Amount(*[Decimal(5 * counted.headcount)] * 2)


def test_visits_multiply_the_price_and_the_figure_says_that_it_is_likely_too_high() -> None:
    line = money(estimate(with_value(EDITION, "followup_visit_cost", 20), SHELTER), "followup_visit")
    assert line.a_year == Amount(Decimal(30 * 4 * 20), Decimal(30 * 4 * 20))
    assert line.note is not None
    assert "too high" in line.note.en
    assert line.every.code == Every.CASE


def test_health_is_not_paid_twice_for_those_who_live_there() -> None:
    clinic = profile("residential-care", "medical", places=20, active_cases=30)
    lines = [line for line in estimate(EDITION, clinic).money if line.item == "health"]
    assert [(line.because, line.count) for line in lines] == [(("RC-03",), 20), (("SV-03",), 10)]


def test_costs_of_a_service_that_is_not_given_are_not_there() -> None:
    items = {line.item for line in estimate(EDITION, KINDS["legal"]).money}
    assert "legal" in items
    assert not items & {"health", "schooling", "food", "security"}


def test_each_obligation_shows_its_own_needs_counted() -> None:
    shown = needs_of(EDITION, SHELTER)
    assert set(shown) == {obligation.code for obligation in applicable(EDITION, SHELTER)}
    assert [(need.kind, need.amount) for need in shown["CM-01"]] == [(NeedKind.STAFF, 2)]
    assert shown["MI-01"] == ()


def test_no_parameter_that_a_need_names_is_without_effect() -> None:
    everything = replace(
        SHELTER,
        services=frozenset(service.code for service in EDITION.services),
        groups=frozenset(group.code for group in EDITION.groups),
    )
    priced = EDITION
    for parameter in EDITION.parameters:
        priced = with_value(priced, parameter.key, parameter.value or 7)
    before = estimate(priced, everything)
    named = {key for each in EDITION.obligations for need in each.needs for key in need.parameters}
    for key in sorted(named):
        changed = with_value(priced, key, (priced.parameter(key).value or 0) * 10)
        assert estimate(changed, everything) != before, key


@given(profiles)
def test_an_estimate_never_breaks_and_never_misses_more_than_is_needed(someone: Profile) -> None:
    counted = estimate(EDITION, someone)
    for line in counted.posts:
        assert line.missing == max(0, line.needed - line.declared)
        assert bool(line.because) == bool(line.needed)
    assert counted.years == 3
    assert {line.post.code for line in counted.missing} <= {each.code for each in EDITION.posts}


@given(profiles, st.integers(1, 500))
def test_more_cases_never_need_fewer_people(someone: Profile, more: int) -> None:
    before = {line.post.code: line.needed for line in estimate(EDITION, someone).posts}
    busier = replace(someone, active_cases=someone.active_cases + more)
    after = {line.post.code: line.needed for line in estimate(EDITION, busier).posts}
    assert all(after[code] >= needed for code, needed in before.items())


@given(profiles, st.decimals(0, 5000, places=2))
def test_low_is_never_above_high(someone: Profile, wage: Decimal) -> None:
    counted = estimate(EDITION, someone, wages={each.code: wage for each in EDITION.posts})
    for line in counted.money:
        for amount in (line.once, line.a_year, line.over_term):
            assert amount is None or Decimal(0) <= amount.low <= amount.high
