"""What the public sees of a provider: an allow-list, kept true by the guard, found however it is spelled."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from registry.compliance import operations as compliance
from registry.compliance import queries as duties
from registry.compliance.states import Label
from registry.directory import operations, queries
from registry.directory.models import Provider
from registry.directory.queries import Search
from registry.kernel import clock
from registry.kernel.db import db
from registry.memoranda.models import Memorandum
from registry.memoranda.operations import answering, ending
from registry.memoranda.states import NEVER_IN_FORCE, Field, MemorandumStatus
from registry.organisations.models import Organisation, Question, RegistrationDecision
from registry.organisations.operations import applying
from registry.organisations.states import PaperKind, RegistrationStatus, SiteKind
from registry.people.states import Role
from registry.views import guard
from tests.factories import A_PDF, Factory

Hold = Callable[[datetime], None]
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
DAY = timedelta(days=1)

# Every column that may be public. A new one must be thought about here first; none may say where a site is.
PUBLISHABLE = {
    "reference", "name_km", "name_latin", "acronym", "search_key", "services", "groups", "provinces",
    "public_phone", "public_email", "rights", "edition", "memorandum", "registration", "memorandum_status",
    "in_force_from", "expires_on", "renewal_opens_days", "renewal_asked_on", "renewal_refused_on",
    "oldest_owed", "accredited_since", "changed_at",
}  # fmt: skip


def provider_of(memorandum: Memorandum) -> Provider:
    """The public row after the guard has kept what happened."""
    guard.keep()
    found = queries.provider(memorandum.organisation.reference)
    assert found is not None
    return found


def label(memorandum: Memorandum) -> Label:
    """What the public reads today."""
    standing = provider_of(memorandum).standing
    assert standing is not None
    return standing.label


def everything_said(row: Provider) -> str:
    """Every column of a public row, as one text."""
    columns = [column.key for column in inspect(Provider).columns]
    return json.dumps({key: getattr(row, key) for key in columns}, default=str, ensure_ascii=False)


def test_a_public_row_has_no_column_but_the_publishable_ones() -> None:
    assert {column.key for column in inspect(Provider).columns} == PUBLISHABLE


def plant(make: Factory, organisation: Organisation) -> list[str]:
    """Put a word of its own into every confidential column of a file; returns the words."""
    words = [f"canary{number}" for number in range(20)]
    given = iter(words)
    director, officer = make.director(organisation), make.staff(Role.OFFICER)
    for person in (director, officer):
        person.name_km, person.name_latin, person.email = (
            next(given),
            next(given),
            f"{next(given)}@example.org",
        )
        person.phone = next(given)
    director.post_km, director.post_en = next(given), next(given)
    organisation.letter_address_km, organisation.letter_address_en = next(given), next(given)
    organisation.other_memoranda, organisation.registration_number = next(given), next(given)
    site = organisation.sites[0]
    site.place.called, site.place.address = next(given), next(given)
    paper = organisation.papers[0]
    paper.filename = next(given)
    now = clock.now()
    organisation.checks[0].note = next(given)
    organisation.questions.append(
        Question(item="legal", text=next(given), answer=next(given), asked_by_id=officer.id, asked_at=now)
    )
    organisation.posts[0].monthly_pay = 7654321
    organisation.decisions.append(
        RegistrationDecision(
            advice="register", advice_note="canary-advice", reason="canary-reason",
            review_reason="canary-review", recommended_by_id=officer.id, recommended_at=now,
        )
    )  # fmt: skip
    assert next(given, None) is None
    return [*words, "canary-advice", "canary-reason", "canary-review", "7654321"]


def test_nothing_confidential_reaches_the_public_row(make: Factory) -> None:
    memorandum = make.memorandum()
    organisation = memorandum.organisation
    planted = plant(make, organisation)
    memorandum.answer_note = "canary-answer"
    for duty in duties.duties_of(memorandum)[:3]:
        duty.note, duty.answer = "canary-note", "canary-return"
    db.session.flush()
    db.session.expire_all()
    operations.refresh(organisation.reference)
    db.session.flush()
    row = queries.provider(organisation.reference)
    assert row is not None
    said = everything_said(row)
    assert organisation.name_latin in said
    found = [word for word in [*planted, "canary"] if word in said]
    assert found == []


def test_a_site_and_its_province_are_not_published_unless_the_profile_names_the_province(
    make: Factory,
) -> None:
    organisation = make.organisation()
    director = make.director(organisation)
    make.fill_in(organisation, director)
    applying.add_site(
        organisation, by=director, kind=SiteKind.RESIDENTIAL, province="24", called="x", address="y"
    )
    make.submit(organisation, director)
    for act in (Factory.take_up, Factory.conform, Factory.register):
        act(make, organisation, director)
    row = provider_of(make.memorandum(organisation=organisation))
    assert row.provinces == ["03", "12"]


@pytest.mark.parametrize(
    "status", [each for each in RegistrationStatus if each not in {"identified", "removed"}]
)
def test_without_a_memorandum_in_force_there_is_no_public_row(
    make: Factory, status: RegistrationStatus
) -> None:
    organisation = make.organisation(status)
    guard.keep()
    operations.refresh_all()
    assert db.session.get(Provider, organisation.reference) is None


UNSIGNED = sorted(NEVER_IN_FORCE - {MemorandumStatus.DISCARDED})


@pytest.mark.parametrize("status", UNSIGNED)
def test_signed_on_one_side_only_is_not_public(make: Factory, status: MemorandumStatus) -> None:
    memorandum = make.memorandum(status)
    guard.keep()
    assert db.session.get(Provider, memorandum.organisation.reference) is None


def test_the_guard_brings_the_row_up_to_date_with_each_act(make: Factory, at: Hold) -> None:
    at(NOON)
    memorandum = make.memorandum()
    assert label(memorandum) is Label.ACCREDITED
    two = {"proposed_by": make.staff(Role.INSPECTOR), "by": make.staff(Role.APPROVER), "reason": "Sample."}
    ending.suspend(memorandum, **two)
    assert label(memorandum) is Label.SUSPENDED
    ending.reinstate(memorandum, **two)
    assert label(memorandum) is Label.ACCREDITED
    first = next(each for each in duties.duties_of(memorandum) if each.party is Field.ORGANISATION)
    at(clock.start_of(first.due_on + 2 * DAY))
    assert label(memorandum) is Label.REPORT_OVERDUE
    director = make.director(memorandum.organisation)
    for duty in duties.duties_of(memorandum):
        if duty.party is Field.ORGANISATION and duty.due_on < clock.today():
            compliance.report(duty, by=director, note="Counts only.")
    assert label(memorandum) is Label.ACCREDITED
    applying.withdraw(memorandum.organisation, by=director, reason="Sample.")
    assert label(memorandum) is Label.WITHDRAWN


def test_the_label_follows_the_dates_without_any_job(make: Factory, at: Hold) -> None:
    at(NOON)
    memorandum = make.memorandum()
    reference = provider_of(memorandum).reference
    assert memorandum.expires_on is not None
    seen = []
    for days in (-1000, 0, 1, 4000):
        at(clock.start_of(memorandum.expires_on + days * DAY))
        found = queries.provider(reference)
        assert found is not None
        assert found.standing == duties.standing_of(memorandum.organisation)[1]
        seen.append(found.standing.label)
    assert seen[-2:] == [Label.LAPSED, Label.LAPSED]


def test_an_address_once_printed_answers_for_good(make: Factory, at: Hold) -> None:
    at(NOON)
    ended = [make.memorandum(status) for status in (MemorandumStatus.TERMINATED, MemorandumStatus.WITHDRAWN)]
    lapsed = make.memorandum()
    guard.keep()
    at(NOON + 5000 * DAY)
    operations.refresh_all()
    labels = [label(each) for each in [*ended, lapsed]]
    assert labels == [Label.REMOVED, Label.WITHDRAWN, Label.LAPSED]


def test_a_discarded_renewal_leaves_the_row_as_it_was(make: Factory, at: Hold) -> None:
    at(NOON)
    memorandum = make.memorandum()
    assert memorandum.expires_on is not None
    at(datetime.combine(memorandum.expires_on - 10 * DAY, time(12), tzinfo=clock.PHNOM_PENH))
    answering.ask_for_renewal(memorandum, by=make.director(memorandum.organisation))
    ending.refuse_renewal(
        memorandum, proposed_by=make.staff(Role.OFFICER), by=make.staff(Role.APPROVER), reason="Sample."
    )
    row = provider_of(memorandum)
    assert row.memorandum == memorandum.reference
    at(clock.start_of(memorandum.expires_on + DAY))
    operations.refresh(row.reference)
    assert label(memorandum) is Label.EXPIRED


def test_a_renewal_granted_early_keeps_the_label_without_a_gap_and_without_a_job(
    make: Factory, at: Hold
) -> None:
    at(NOON)
    memorandum = make.memorandum()
    director = make.director(memorandum.organisation)
    assert memorandum.expires_on is not None
    at(datetime.combine(memorandum.expires_on - 100 * DAY, time(12), tzinfo=clock.PHNOM_PENH))
    following = make.renew(memorandum)
    for each in (memorandum, following):
        for duty in duties.duties_of(each):
            if duty.party is Field.ORGANISATION:
                compliance.report(duty, by=director, note="Counts only.")
    reference = provider_of(memorandum).reference
    assert following.expires_on is not None
    for day, expected in (
        (memorandum.expires_on, Label.ACCREDITED),
        (memorandum.expires_on + DAY, Label.ACCREDITED),
        (following.expires_on, Label.ACCREDITED),
        (following.expires_on + DAY, Label.LAPSED),
    ):
        at(clock.start_of(day))
        found = queries.provider(reference)
        assert found is not None
        assert found.standing is not None
        assert found.standing.label is expected
    operations.refresh_all()
    row = provider_of(following)
    assert (row.memorandum, row.accredited_since) == (following.reference, memorandum.in_force_from)
    assert label(following) is Label.LAPSED


@pytest.fixture
def shelves(make: Factory) -> dict[str, str]:
    """Three providers with names that are hard to type; their references by a short word."""
    names = {
        "khmer": ("អង្គការជំនួយស្ត្រី", "Sample Women\u2019s Aid", "SWA"),
        "accents": ("គំរូ ពីរ", "Sample Maison de l'Été", "MÉ"),
        "plain": ("គំរូ បី", "Another Sample Legal Office", ""),
    }
    kept = {}
    for word, (km, latin, acronym) in names.items():
        legal = word == "plain"
        organisation = make.organisation(
            RegistrationStatus.REGISTERED,
            services=("legal-aid",) if legal else ("residential-care", "counselling"),
            groups=("men",) if legal else ("women", "girls"),
        )
        organisation.name_km, organisation.name_latin, organisation.acronym = km, latin, acronym
        make.memorandum(organisation=organisation)
        kept[word] = organisation.reference
    guard.keep()
    return kept


TYPED = {
    "": {"khmer", "accents", "plain"},
    "ជំនួយ": {"khmer"},
    "ជំ\u200bនួយ ស្ត្រី": {"khmer"},
    "SWA": {"khmer"},
    "swa": {"khmer"},
    "\uff33\uff37\uff21": {"khmer"},
    "ete": {"accents"},
    "ÉTÉ": {"accents"},
    "E\u0301te\u0301": {"accents"},
    "  another   sample ": {"plain"},
    "sample": {"khmer", "accents", "plain"},
    "%": set(),
    "_": set(),
    "nobody of this name": set(),
}


def test_a_name_is_found_however_it_is_typed(shelves: dict[str, str]) -> None:
    by_reference = {reference: word for word, reference in shelves.items()}
    found = {
        typed: {by_reference[each.reference] for each in queries.find(Search(words=typed))} for typed in TYPED
    }
    assert found == TYPED


def test_filters_narrow_and_several_choices_of_one_kind_widen(shelves: dict[str, str]) -> None:
    def found(**given: object) -> set[str]:
        by_reference = {reference: word for word, reference in shelves.items()}
        return {by_reference[each.reference] for each in queries.find(Search(**given))}

    assert found(services=("legal-aid",)) == {"plain"}
    assert found(services=("legal-aid", "counselling")) == {"khmer", "accents", "plain"}
    assert found(services=("legal-aid",), groups=("women",)) == set()
    assert found(provinces=("12",)) == {"khmer", "accents", "plain"}
    assert found(provinces=("01",)) == set()
    assert found(label="accredited") == {"khmer", "accents", "plain"}
    assert found(label="suspended") == set()


def test_unknown_values_find_nothing_and_break_nothing(shelves: dict[str, str]) -> None:
    for nonsense in ("x", "ACCREDITED", "\x00", "'; DROP TABLE provider; --", "💥", "12 "):
        for search in (
            Search(label=nonsense),
            Search(provinces=(nonsense,)),
            Search(services=[nonsense]),
            Search(groups={nonsense}),
        ):
            assert queries.find(search) == []
        assert queries.provider(nonsense) is None


def test_accredited_ones_stand_first_then_by_name(shelves: dict[str, str], make: Factory) -> None:
    first = db.session.scalars(select(Memorandum).order_by(Memorandum.id.desc())).first()
    assert first is not None
    assert queries.find(Search())[0].name_latin == "Another Sample Legal Office"
    make.terminate(first)
    guard.keep()
    names = [each.name_latin for each in queries.find(Search())]
    assert names[0] == "Sample Maison de l'Été"
    assert names[-1] == "Another Sample Legal Office"


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once_and_part_of_a_name_is_found_in_it(text: str) -> None:
    once = queries.folded(text)
    assert queries.folded(once) == once
    assert queries.folded(f" {text}\u200b ") == once
    assert not any(letter.isspace() for letter in once)


def test_folding_keeps_what_carries_meaning_in_khmer() -> None:
    assert queries.folded("កា") != queries.folded("កិ")
    assert queries.folded("ក្រ") != queries.folded("ករ")


def test_a_paper_uploaded_later_changes_nothing_public(make: Factory) -> None:
    organisation = make.organisation(RegistrationStatus.INFORMATION_REQUESTED)
    applying.add_paper(
        organisation, by=make.director(organisation), kind=PaperKind.STATUTE, filename="canary.pdf",
        media_type="application/pdf", content=A_PDF,
    )  # fmt: skip
    guard.keep()
    assert db.session.get(Provider, organisation.reference) is None
