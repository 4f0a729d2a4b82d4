"""Editions made in the portal: every status times every move, two people, and files that never change."""

import itertools
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from contracts import schedule, terms
from contracts.estimate import estimate
from contracts.loading import hash_of
from contracts.records import Text
from contracts.terms import EditionError
from registry.editions import operations, queries
from registry.editions.models import OwnEdition
from registry.editions.states import EDITION, OPEN, EditionMove, EditionStatus
from registry.kernel import history
from registry.kernel.db import db
from registry.kernel.moves import IllegalMove, NotAllowed, next_status
from registry.kernel.outbox import Letter
from registry.memoranda import queries as memoranda
from registry.memoranda.operations import offering
from registry.organisations import queries as organisations
from registry.organisations.states import RegistrationStatus
from registry.people.models import Person
from registry.people.states import Role
from tests.factories import Factory
from tests.views import signers

STATUS, MOVE = EditionStatus, EditionMove
RATIO, RIGHT_TIME = "active_cases_per_case_manager", "report_due_days"


def drafted(make: Factory) -> OwnEdition:
    return operations.begin(terms.CURRENT, by=make.staff(Role.OFFICER))


def proposed(make: Factory) -> OwnEdition:
    edition = drafted(make)
    operations.change_parameter(edition, RATIO, Decimal(10), by=make.staff(Role.OFFICER))
    operations.propose(edition, by=make.staff(Role.OFFICER))
    return edition


def published(make: Factory) -> OwnEdition:
    edition = proposed(make)
    operations.publish(edition, by=make.staff(Role.APPROVER))
    db.session.commit()
    return edition


def withdrawn(make: Factory) -> OwnEdition:
    edition = drafted(make)
    operations.change_parameter(edition, RATIO, Decimal(10), by=make.staff(Role.OFFICER))
    operations.withdraw(edition, by=make.staff(Role.OFFICER))
    return edition


WAYS: dict[EditionStatus, Callable[[Factory], OwnEdition]] = {
    STATUS.DRAFT: drafted, STATUS.PROPOSED: proposed,
    STATUS.PUBLISHED: published, STATUS.WITHDRAWN: withdrawn,
}  # fmt: skip


def attempt(edition: OwnEdition, move: EditionMove, make: Factory) -> None:
    officer, approver = make.staff(Role.OFFICER), make.staff(Role.APPROVER)
    acts: dict[EditionMove, Callable[[], None]] = {
        MOVE.CHANGE: lambda: operations.change_parameter(edition, RATIO, Decimal(12), by=officer),
        MOVE.PROPOSE: lambda: operations.propose(edition, by=officer),
        MOVE.REOPEN: lambda: operations.reopen(edition, by=officer),
        MOVE.PUBLISH: lambda: operations.publish(edition, by=approver),
        MOVE.WITHDRAW: lambda: operations.withdraw(edition, by=officer),
    }
    acts[move]()


@pytest.mark.parametrize(("status", "move"), list(itertools.product(STATUS, MOVE)))
def test_every_move_from_every_status_goes_where_the_table_says_or_is_illegal(
    make: Factory, status: EditionStatus, move: EditionMove
) -> None:
    edition = WAYS[status](make)
    if status is STATUS.DRAFT:
        operations.change_parameter(edition, RATIO, Decimal(11), by=make.staff(Role.OFFICER))
    assert edition.can(move) is ((status, move) in EDITION)
    if edition.can(move):
        attempt(edition, move, make)
        assert edition.status is next_status(EDITION, status, move)
        return
    with pytest.raises(IllegalMove):
        attempt(edition, move, make)
    assert edition.status is status


def test_what_is_published_or_withdrawn_stays_so() -> None:
    assert {status for status, _ in EDITION} == OPEN == {STATUS.DRAFT, STATUS.PROPOSED}


def test_a_draft_and_a_proposal_change_nothing_for_anybody(make: Factory) -> None:
    edition = proposed(make)
    assert queries.current_name() == terms.CURRENT
    assert queries.content(edition).parameter(RATIO).value == 10
    assert queries.current().parameter(RATIO).value == 20
    with pytest.raises(EditionError, match="no such edition"):
        queries.edition(edition.name)


def test_a_published_edition_is_the_one_for_new_memoranda_and_its_files_have_the_digest_of_its_row(
    make: Factory,
) -> None:
    edition = published(make)
    assert queries.current_name() == edition.name > terms.CURRENT
    assert queries.current().parameter(RATIO).value == 10
    assert hash_of(queries.place_of(edition.name)) == edition.sha256 == queries.current().sha256
    assert [path.name for path in queries.folder().iterdir()] == [edition.name]
    drafted_later = offering.draft(
        make.organisation(RegistrationStatus.REGISTERED), by=make.staff(Role.OFFICER)
    )
    assert (drafted_later.edition, drafted_later.edition_sha256) == (edition.name, edition.sha256)


def test_a_memorandum_keeps_the_edition_under_which_it_was_offered(make: Factory) -> None:
    before = signers.offered(make)
    frozen = memoranda.frozen_text(before)
    published(make)
    assert before.edition == terms.CURRENT
    assert memoranda.frozen_text(before) == frozen
    signatory = make.staff(Role.SIGNATORY)
    assert memoranda.composed(before, signatory=signatory)["edition"] == frozen["edition"]


@pytest.mark.parametrize("whose", ["began", "changed", "proposed"])
def test_nobody_publishes_what_they_worked_on(make: Factory, whose: str) -> None:
    both: Person = make.person(Role.APPROVER)
    officer = make.staff(Role.OFFICER)
    edition = operations.begin(terms.CURRENT, by=both if whose == "began" else officer)
    by = both if whose == "changed" else officer
    operations.change_parameter(edition, RATIO, Decimal(10), by=by)
    operations.propose(edition, by=both if whose == "proposed" else officer)
    with pytest.raises(NotAllowed, match="own-edition"):
        operations.publish(edition, by=both)
    assert not queries.folder().exists()


def test_the_database_too_asks_for_two_people(make: Factory) -> None:
    edition = published(make)
    with pytest.raises(IntegrityError, match="two_people"):
        db.session.execute(text("UPDATE edition SET published_by_id = proposed_by_id"))
    db.session.rollback()
    with pytest.raises(IntegrityError, match="frozen"):
        db.session.execute(text("UPDATE edition SET sha256 = NULL"))
    db.session.rollback()
    assert edition.published_by_id != edition.proposed_by_id


@pytest.mark.parametrize("file", ["parameters.toml", "wording.docx"])
def test_a_published_folder_that_somebody_touched_is_refused(make: Factory, file: str) -> None:
    edition = published(make)
    assert queries.wording(edition.name) == queries.wording(terms.CURRENT)
    path = queries.place_of(edition.name) / file
    path.write_bytes(path.read_bytes().replace(b"value = 10", b"value = 11") + b"\n")
    queries._published.cache_clear()
    for ask in (queries.edition, queries.wording):
        with pytest.raises(EditionError, match="not those that were published"):
            ask(edition.name)


def test_a_folder_that_is_there_is_never_written_over(make: Factory) -> None:
    edition = proposed(make)
    there = queries.folder() / edition.name / "edition.toml"
    there.parent.mkdir(parents=True)
    there.write_text("somebody's")
    with pytest.raises(NotAllowed, match="edition-folder-there"):
        operations.publish(edition, by=make.staff(Role.APPROVER))
    assert there.read_text() == "somebody's"


def test_publishing_again_after_a_crash_takes_the_files_that_are_there(make: Factory) -> None:
    name = proposed(make).name
    db.session.commit()
    edition = queries.own(name)
    assert edition
    operations.publish(edition, by=make.staff(Role.APPROVER))
    db.session.rollback()  # the files are there, the row does not know
    again = queries.own(name)
    assert again
    assert (again.status, queries.place_of(name).is_dir()) == (STATUS.PROPOSED, True)
    operations.publish(again, by=make.staff(Role.APPROVER))
    assert queries.current_name() == name


def test_a_folder_without_its_row_counts_for_nothing(make: Factory) -> None:
    (queries.folder() / "2099-01").mkdir(parents=True)
    assert queries.current_name() == terms.CURRENT
    with pytest.raises(EditionError, match="no such edition"):
        queries.edition("2099-01")


@pytest.mark.parametrize(
    ("key", "value", "reason", "record"),
    [
        ("mou_term_years", None, "edition-whole-number", "mou_term_years"),
        (RATIO, Decimal(0), "edition-above-zero", "CM-01"),
        (RIGHT_TIME, Decimal("2.5"), "edition-whole-number", "RP-01"),
        ("annual_report_due_month", Decimal(13), "edition-month", "ST-02"),
    ],
)
def test_a_number_that_does_not_fit_is_refused_and_the_record_is_named(
    make: Factory, key: str, value: Decimal | None, reason: str, record: str
) -> None:
    with pytest.raises(operations.DoesNotFit) as refused:
        operations.change_parameter(drafted(make), key, value, by=make.staff(Role.OFFICER))
    assert (refused.value.reason, refused.value.record) == (reason, record)


def test_a_text_whose_numbers_do_not_fit_is_refused(make: Factory) -> None:
    edition, officer = drafted(make), make.staff(Role.OFFICER)
    db.session.commit()
    for km, en, reason in (
        ("ថ្ងៃ", "In {report_due_days} days.", "edition-number-in-one-language"),
        ("{no_such}", "{no_such}", "edition-unknown-number"),
    ):
        with pytest.raises(operations.DoesNotFit) as refused:
            operations.change_texts(edition, "ID-01", {"why": Text(km=km, en=en)}, by=officer)
        assert (refused.value.reason, refused.value.record) == (reason, "ID-01")
        db.session.rollback()
        assert edition.changes == []


@pytest.mark.parametrize(("code", "field"), [("XX-99", "why"), ("ID-01", "severity"), ("MI-08", "clause")])
def test_only_texts_that_an_obligation_has_can_be_changed(make: Factory, code: str, field: str) -> None:
    with pytest.raises(NotAllowed, match="edition-unknown-record"):
        operations.change_texts(
            drafted(make), code, {field: Text(km="ក", en="a")}, by=make.staff(Role.OFFICER)
        )


def test_what_is_changed_back_is_no_change_and_what_is_unchanged_cannot_be_proposed(make: Factory) -> None:
    edition, officer = drafted(make), make.staff(Role.OFFICER)
    operations.change_parameter(edition, RATIO, Decimal("10.00"), by=officer)
    assert [(each.old, each.new) for each in edition.changes] == [("20", "10")]
    operations.change_parameter(edition, RATIO, Decimal(20), by=officer)
    assert edition.changes == []
    with pytest.raises(NotAllowed, match="edition-unchanged"):
        operations.propose(edition, by=officer)
    steps = [each.facts() for each in history.about(f"edition:{edition.name}")]
    changed = sorted((each["old"], each["new"]) for each in steps if each["action"] == "edition changed")
    assert changed == [("10", "20"), ("20", "10")]


def test_one_edition_is_under_way_at_a_time_and_no_name_is_used_twice(make: Factory) -> None:
    first = drafted(make)
    with pytest.raises(NotAllowed, match="edition-under-way"):
        drafted(make)
    operations.withdraw(first, by=make.staff(Role.OFFICER))
    assert drafted(make).name > first.name


def test_an_edition_that_nobody_knows_is_no_base(make: Factory) -> None:
    with pytest.raises(NotAllowed, match="edition-unknown"):
        operations.begin("1999-01", by=make.staff(Role.OFFICER))


def test_the_next_edition_is_based_on_the_published_one_and_keeps_its_changes(make: Factory) -> None:
    first, officer = published(make), make.staff(Role.OFFICER)
    second = operations.begin(queries.current_name(), by=officer)
    operations.change_parameter(second, RIGHT_TIME, Decimal(21), by=officer)
    content = queries.content(second)
    assert (second.based_on, content.parameter(RATIO).value, content.parameter(RIGHT_TIME).value) == (
        first.name, 10, 21,
    )  # fmt: skip


def test_two_who_decide_at_once_do_not_both_decide(make: Factory) -> None:
    edition = proposed(make)
    db.session.commit()
    assert edition.can(MOVE.WITHDRAW)
    db.session.execute(text("UPDATE edition SET version = version + 1"))
    with pytest.raises(StaleDataError):
        operations.withdraw(edition, by=make.staff(Role.OFFICER))


def test_approvers_are_told_of_a_proposal_and_officers_of_the_publication(make: Factory) -> None:
    approver = make.staff(Role.APPROVER)
    edition = published(make)
    written = {(each.name, each.recipient) for each in db.session.scalars(select(Letter))}
    assert ("edition_proposed", approver.pseudonym) in written
    assert ("edition_published", make.staff(Role.OFFICER).pseudonym) in written
    [letter] = db.session.scalars(select(Letter).where(Letter.name == "edition_proposed"))
    assert f"/ministry/editions/{edition.name}/difference" in letter.body


def test_one_period_changed_is_changed_in_answers_clause_calendar_and_estimate_alike(make: Factory) -> None:
    officer = make.staff(Role.OFFICER)
    organisation = make.organisation(RegistrationStatus.REGISTERED)
    profile = organisations.profile_of(organisation)
    edition = drafted(make)
    operations.change_parameter(edition, RIGHT_TIME, Decimal(17), by=officer)
    operations.change_parameter(edition, RATIO, Decimal(10), by=officer)
    operations.propose(edition, by=officer)
    operations.publish(edition, by=make.staff(Role.APPROVER))
    old, new = queries.edition(terms.CURRENT), queries.current()
    assert [new.parameter(key).value for key in (RIGHT_TIME, RATIO)] == [17, 10]
    assert "17" in new.fill(new.obligation("RP-01").plain, "en")
    memorandum = offering.draft(organisation, by=officer)
    paper = str(memoranda.composed(memorandum, signatory=make.staff(Role.SIGNATORY)))
    assert new.fill(new.obligation("RP-01").clause, "en") in paper
    assert new.fill(new.obligation("RP-01").clause, "km") in paper
    start, end = date(2027, 1, 1), date(2027, 12, 31)
    due = [
        [each.due for each in schedule.due_dates(each, profile, start=start, end=end) if each.code == "RP-01"]
        for each in (old, new)
    ]
    assert {(after - before).days for before, after in zip(*due, strict=True)} == {
        17 - int(old.parameter(RIGHT_TIME).value or 0)
    }
    needed = [
        {line.post.code: line.needed for line in estimate(each, profile).posts}["case_manager"]
        for each in (old, new)
    ]
    assert needed == [2, 3]
