"""The life of a memorandum: every status times every move, and the rules beside the table."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from registry.kernel import clock, history, storage
from registry.kernel.db import db
from registry.kernel.moves import IllegalMove, NotAllowed, OutOfDate, next_status
from registry.kernel.outbox import Letter
from registry.memoranda import queries
from registry.memoranda.models import Memorandum
from registry.memoranda.operations import answering, ending, offering, signing
from registry.memoranda.states import (
    MEMORANDUM,
    NEVER_IN_FORCE,
    UNDER_WAY,
    Field,
    MemorandumMove,
    MemorandumStatus,
    Phase,
)
from registry.organisations.operations import applying, deciding
from registry.organisations.states import RegistrationStatus
from registry.people import operations as people
from registry.people.models import Person
from registry.people.states import Role
from tests.factories import Factory

Hold = Callable[[datetime], None]
STATUS, MOVE = MemorandumStatus, MemorandumMove
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
REACHED = [each for each in STATUS if each not in {STATUS.SUPERSEDED, STATUS.DISCARDED}]
OVER = [STATUS.DECLINED, STATUS.TERMINATED, STATUS.WITHDRAWN, STATUS.SUPERSEDED, STATUS.DISCARDED]


@pytest.mark.parametrize(("status", "move"), list(itertools.product(STATUS, MOVE)))
def test_every_move_from_every_status_goes_where_the_table_says_or_is_illegal(
    status: MemorandumStatus, move: MemorandumMove
) -> None:
    if (status, move) in MEMORANDUM:
        assert next_status(MEMORANDUM, status, move) is MEMORANDUM[status, move]
        assert status not in OVER
    else:
        with pytest.raises(IllegalMove):
            next_status(MEMORANDUM, status, move)


def test_the_only_way_into_force_is_the_signature_of_both_and_the_end_of_a_suspension() -> None:
    ways = {key for key, status in MEMORANDUM.items() if status is STATUS.COUNTERSIGNED}
    assert ways == {(STATUS.SIGNED, MOVE.COUNTERSIGN), (STATUS.SUSPENDED, MOVE.REINSTATE)}
    assert {key for key, status in MEMORANDUM.items() if status is STATUS.SIGNED} == {
        (STATUS.OFFERED, MOVE.SIGN)
    }


def test_every_status_is_under_way_or_never_was_in_force_or_was_signed_by_both() -> None:
    concluded = {STATUS.COUNTERSIGNED, STATUS.SUSPENDED, *OVER} - {STATUS.DECLINED, STATUS.DISCARDED}
    assert {STATUS.DECLINED, STATUS.DISCARDED} == NEVER_IN_FORCE - UNDER_WAY
    assert frozenset(STATUS) - NEVER_IN_FORCE == concluded


ACTS: dict[MemorandumMove, Callable[[Factory, Memorandum], object]] = {
    MOVE.OFFER: Factory.offer,
    MOVE.REQUEST_CHANGES: Factory.request_changes,
    MOVE.DECLINE: Factory.decline,
    MOVE.REVISE: Factory.revise,
    MOVE.SIGN: lambda make, one: ensure_may_sign(make, one, Field.ORGANISATION),
    MOVE.COUNTERSIGN: lambda make, one: ensure_may_sign(make, one, Field.MINISTRY),
    MOVE.RETURN: Factory.give_back,
    MOVE.SUSPEND: Factory.suspend,
    MOVE.TERMINATE: Factory.terminate,
    MOVE.WITHDRAW: Factory.withdraw_memorandum,
    MOVE.REINSTATE: lambda make, one: ending.reinstate(
        one, proposed_by=make.staff(Role.INSPECTOR), by=make.staff(Role.APPROVER), reason="Mended."
    ),
}


def ensure_may_sign(make: Factory, memorandum: Memorandum, field: Field) -> None:
    """The rules of a signature by the person it belongs to, on the file as it is."""
    by = make.director(memorandum.organisation) if field is Field.ORGANISATION else make.staff(Role.SIGNATORY)
    signing.ensure_may_sign(memorandum, field, by=by, seen_sha256=memorandum.current_sha256 or "")


@pytest.mark.parametrize("status", REACHED)
def test_a_memorandum_reaches_each_status_by_acts_and_every_other_act_is_refused_there(
    make: Factory, status: MemorandumStatus
) -> None:
    memorandum = make.memorandum(status)
    subject = f"memorandum:{memorandum.reference}"
    before = list(history.about(subject))
    assert memorandum.status is status
    assert memorandum.phase.is_in_force == (status is STATUS.COUNTERSIGNED)
    assert next(row.facts()["to"] for row in before if "to" in row.facts()) == status
    for act in (act for move, act in ACTS.items() if not memorandum.can(move)):
        with pytest.raises(IllegalMove):
            act(make, memorandum)
    assert memorandum.status is status
    assert list(history.about(subject)) == before
    assert history.first_bad_row() is None


# The factory has gone all other ways already.
MORE_WAYS = [
    key for key in MEMORANDUM if key[0] in (STATUS.RETURNED, STATUS.CHANGES_REQUESTED, STATUS.SUSPENDED)
]


@pytest.mark.parametrize(("status", "move"), [key for key in MORE_WAYS if key[1] in ACTS])
def test_each_act_moves_as_the_table_says(
    make: Factory, status: MemorandumStatus, move: MemorandumMove
) -> None:
    memorandum = make.memorandum(status)
    ACTS[move](make, memorandum)
    assert memorandum.status is MEMORANDUM[status, move]


def two(make: Factory) -> dict[str, Person]:
    """Who proposes and who decides."""
    return {"proposed_by": make.staff(Role.INSPECTOR), "by": make.staff(Role.APPROVER)}


WITHOUT_REASON: dict[MemorandumStatus, tuple[Callable[[Factory, Memorandum], None], ...]] = {
    STATUS.OFFERED: (
        lambda make, one: answering.decline(one, by=make.staff(Role.OFFICER), reason=""),
        lambda make, one: answering.request_changes(one, by=make.staff(Role.OFFICER), reason=""),
    ),
    STATUS.SIGNED: (
        lambda make, one: answering.return_to_officer(one, by=make.staff(Role.SIGNATORY), reason=""),
    ),
    STATUS.RETURNED: (lambda make, one: answering.revise(one, by=make.staff(Role.OFFICER), answer=""),),
    STATUS.COUNTERSIGNED: (
        lambda make, one: ending.withdraw(one, by=make.staff(Role.OFFICER), reason=""),
        lambda make, one: ending.suspend(one, **two(make), reason=""),
        lambda make, one: ending.terminate(one, **two(make), reason=""),
    ),
    STATUS.SUSPENDED: (lambda make, one: ending.reinstate(one, **two(make), reason=""),),
}


@pytest.mark.parametrize("status", WITHOUT_REASON)
def test_every_no_needs_a_reason(make: Factory, status: MemorandumStatus) -> None:
    memorandum = make.memorandum(status)
    for act in WITHOUT_REASON[status]:
        with pytest.raises(NotAllowed, match="reason-missing"):
            act(make, memorandum)
    assert memorandum.status is status


@pytest.mark.parametrize("act", [ending.suspend, ending.terminate])
def test_who_proposes_an_end_does_not_decide_it(make: Factory, act: Callable[..., None]) -> None:
    memorandum, approver = make.memorandum(), make.staff(Role.APPROVER)
    with pytest.raises(NotAllowed, match="own-proposal"):
        act(memorandum, proposed_by=approver, by=approver, reason="Sample.")
    assert memorandum.phase is Phase.IN_FORCE


def test_both_parties_read_the_reason_in_a_letter(make: Factory) -> None:
    memorandum = make.memorandum()
    make.suspend(memorandum)
    db.session.flush()
    written = db.session.scalars(select(Letter).where(Letter.name == "memorandum_suspended")).all()
    told = {make.director(memorandum.organisation).pseudonym, make.staff(Role.OFFICER).pseudonym}
    assert {letter.recipient for letter in written} == told
    assert all("Sample." in letter.body for letter in written)


def offered_by(make: Factory, memorandum: Memorandum, by: Person, *, signatory: Person) -> None:
    """An offer by somebody, naming somebody."""
    papers = make.papers(memorandum, signatory=signatory)
    offering.offer(memorandum, by=by, signatory=signatory, papers=papers)


def test_an_offer_freezes_the_bytes_and_names_both_signatories(make: Factory) -> None:
    memorandum = make.memorandum(STATUS.DRAFT)
    papers = make.papers(memorandum)
    signatory = make.staff(Role.SIGNATORY)
    offering.offer(memorandum, by=make.staff(Role.OFFICER), signatory=signatory, papers=papers)
    assert storage.fetch(memorandum.offered_sha256 or "") == papers.pdf
    assert storage.fetch(memorandum.docx_sha256 or "") == papers.docx
    assert storage.fetch(memorandum.terms_sha256 or "") == papers.terms_json
    assert queries.frozen_text(memorandum) == queries.composed(memorandum, signatory=signatory)
    assert memorandum.organisation_signatory is make.director(memorandum.organisation)
    assert memorandum.ministry_signatory is signatory


def test_an_offer_is_out_of_date_when_the_file_changed_while_its_papers_were_made(make: Factory) -> None:
    memorandum = make.memorandum(STATUS.DRAFT)
    papers = make.papers(memorandum)
    memorandum.organisation.name_latin = "Another Name"
    with pytest.raises(OutOfDate):
        offering.offer(
            memorandum, by=make.staff(Role.OFFICER), signatory=make.staff(Role.SIGNATORY), papers=papers
        )
    assert (memorandum.status, memorandum.offered_sha256) == (STATUS.DRAFT, None)


def test_who_offers_is_not_the_signatory_and_only_a_signatory_can_be_named(make: Factory) -> None:
    memorandum, officer = make.memorandum(STATUS.DRAFT), make.staff(Role.OFFICER)
    both, closed = make.person(Role.SIGNATORY), make.person(Role.SIGNATORY)
    people.close_account(closed, by=officer)
    with pytest.raises(NotAllowed, match="prepared-it-yourself"):
        offered_by(make, memorandum, both, signatory=both)
    for wrong in (make.staff(Role.APPROVER), closed):
        with pytest.raises(NotAllowed, match="no-signatory"):
            offered_by(make, memorandum, officer, signatory=wrong)


def test_who_checked_the_application_is_neither_named_nor_signs_for_the_ministry(make: Factory) -> None:
    memorandum = make.memorandum(STATUS.SIGNED)
    checker, another = make.staff(Role.OFFICER), make.person(Role.OFFICER)
    people.add_role(checker, Role.SIGNATORY)
    memorandum.ministry_signatory, memorandum.prepared_by = checker, another
    with pytest.raises(NotAllowed, match="checked-it-yourself"):
        signing.ensure_may_sign(
            memorandum, Field.MINISTRY, by=checker, seen_sha256=memorandum.current_sha256 or ""
        )
    draft = make.memorandum(STATUS.DRAFT)
    with pytest.raises(NotAllowed, match="no-signatory"):
        offered_by(make, draft, another, signatory=checker)


def test_an_organisation_without_a_director_gets_no_offer(make: Factory) -> None:
    memorandum = make.memorandum(STATUS.DRAFT)
    people.close_account(make.director(memorandum.organisation), by=make.staff(Role.ADMINISTRATOR))
    with pytest.raises(NotAllowed, match="no-director"):
        make.offer(memorandum)


@pytest.mark.parametrize(
    "status", [each for each in RegistrationStatus if each not in {"identified", "removed", "registered"}]
)
def test_only_a_registered_organisation_gets_a_memorandum(make: Factory, status: RegistrationStatus) -> None:
    with pytest.raises(NotAllowed, match="organisation-not-registered"):
        offering.draft(make.organisation(status), by=make.staff(Role.OFFICER))


@pytest.mark.parametrize("status", [STATUS.DRAFT, STATUS.OFFERED, STATUS.SIGNED])
def test_nothing_is_offered_or_signed_when_the_organisation_has_left_the_register(
    make: Factory, status: MemorandumStatus
) -> None:
    memorandum = make.memorandum(status)
    organisation = memorandum.organisation
    applying.withdraw(organisation, by=make.director(organisation), reason="Sample.")
    move = {STATUS.DRAFT: MOVE.OFFER, STATUS.OFFERED: MOVE.SIGN, STATUS.SIGNED: MOVE.COUNTERSIGN}[status]
    with pytest.raises(NotAllowed, match="organisation-not-registered"):
        ACTS[move](make, memorandum)


@pytest.mark.parametrize("status", sorted(UNDER_WAY | {STATUS.COUNTERSIGNED, STATUS.SUSPENDED}))
def test_there_is_never_a_second_memorandum_beside_one_that_is_under_way_or_stands(
    make: Factory, status: MemorandumStatus
) -> None:
    memorandum = make.memorandum(status)
    with pytest.raises(NotAllowed, match="memorandum-under-way"):
        offering.draft(memorandum.organisation, by=make.staff(Role.OFFICER))
    assert memorandum.organisation not in queries.registered_without_memorandum()


@pytest.mark.parametrize("status", [STATUS.DECLINED, STATUS.TERMINATED, STATUS.WITHDRAWN])
def test_after_a_no_or_an_end_a_new_memorandum_can_be_drafted(
    make: Factory, status: MemorandumStatus
) -> None:
    memorandum = make.memorandum(status)
    assert memorandum.organisation in queries.registered_without_memorandum()
    again = offering.draft(memorandum.organisation, by=make.staff(Role.OFFICER))
    assert again.status is STATUS.DRAFT


def test_after_a_lapse_a_new_memorandum_can_be_drafted(make: Factory, at: Hold) -> None:
    at(NOON)
    memorandum = make.memorandum()
    at(NOON + timedelta(days=3 * 366))
    assert memorandum.phase is Phase.LAPSED
    assert memorandum.organisation in queries.registered_without_memorandum()
    assert offering.draft(memorandum.organisation, by=make.staff(Role.OFFICER)).previous is None


def test_a_revised_text_needs_new_signatures(make: Factory) -> None:
    memorandum = make.memorandum(STATUS.RETURNED)
    assert memorandum.live_signature(Field.ORGANISATION) is not None
    answering.revise(memorandum, by=make.staff(Role.OFFICER), answer="The name is mended.")
    make.offer(memorandum)
    assert memorandum.live_signature(Field.ORGANISATION) is None
    make.sign(memorandum)
    assert len(memorandum.signatures) == 2
    make.countersign(memorandum)
    assert memorandum.phase is Phase.IN_FORCE


def attempt(
    make: Factory, memorandum: Memorandum, by: Person, field: Field = Field.ORGANISATION, **other: str
) -> None:
    """A signature with one thing different."""
    declared = replace(make.declaration(memorandum, by), **other)
    signing.sign(memorandum, field, by=by, declared=declared, signed=make.signed_file(memorandum))


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"typed_name": "Somebody Else"}, "name-differs"),
        ({"typed_name": ""}, "name-differs"),
        ({"consent_text": ""}, "consent-missing"),
    ],
)
def test_a_signature_needs_consent_and_the_signers_own_name(
    make: Factory, other: dict[str, str], reason: str
) -> None:
    memorandum = make.memorandum(STATUS.OFFERED)
    with pytest.raises(NotAllowed, match=reason):
        attempt(make, memorandum, make.director(memorandum.organisation), **other)
    assert memorandum.status is STATUS.OFFERED


@pytest.mark.parametrize("typed", ["km", "latin", "spaced"])
def test_the_name_may_be_typed_in_either_script(make: Factory, typed: str) -> None:
    memorandum = make.memorandum(STATUS.OFFERED)
    by = make.director(memorandum.organisation)
    name = {"km": by.name_km, "latin": by.name_latin.lower(), "spaced": f" {by.name_latin} "}[typed]
    make.understand(memorandum)
    attempt(make, memorandum, by, typed_name=name)
    assert memorandum.signatures[0].typed_name == name


def test_only_the_person_named_signs_and_only_what_they_were_shown(make: Factory) -> None:
    memorandum = make.memorandum(STATUS.OFFERED)
    director = make.director(memorandum.organisation)
    preparer = make.person(Role.PREPARER, organisation=memorandum.organisation)
    with pytest.raises(NotAllowed, match="not-the-signatory"):
        attempt(make, memorandum, preparer)
    with pytest.raises(OutOfDate):
        attempt(make, memorandum, director, seen_sha256="0" * 64)
    with pytest.raises(IllegalMove):
        attempt(make, memorandum, make.staff(Role.SIGNATORY), Field.MINISTRY)


def test_a_code_that_was_used_signs_nothing_more(make: Factory) -> None:
    memorandum = make.memorandum(STATUS.OFFERED)
    by = make.director(memorandum.organisation)
    make.understand(memorandum)
    declared = make.declaration(memorandum, by)
    people.use_code(declared.code_id, by, bound_to=declared.seen_sha256)
    with pytest.raises(NotAllowed, match="code-none"):
        signing.sign(
            memorandum, Field.ORGANISATION, by=by, declared=declared, signed=make.signed_file(memorandum)
        )


def test_the_preparer_does_not_countersign_even_when_named(make: Factory) -> None:
    memorandum = make.memorandum(STATUS.SIGNED)
    memorandum.prepared_by = make.staff(Role.SIGNATORY)
    with pytest.raises(NotAllowed, match="prepared-it-yourself"):
        make.countersign(memorandum)


def test_in_force_runs_from_the_ministrys_signature_for_whole_years_in_cambodia(
    make: Factory, at: Hold
) -> None:
    at(datetime(2026, 11, 24, 17, 30, tzinfo=UTC))  # half past midnight in Phnom Penh
    memorandum = make.memorandum()
    assert (memorandum.in_force_from, memorandum.expires_on) == (date(2026, 11, 25), date(2029, 11, 24))
    at(datetime(2029, 11, 24, 16, 59, 59, tzinfo=UTC))
    assert memorandum.phase.is_in_force
    at(datetime(2029, 11, 24, 17, 0, tzinfo=UTC))
    assert memorandum.phase is Phase.LAPSED


def test_the_second_of_two_who_write_at_once_is_told(make: Factory) -> None:
    memorandum = make.memorandum(STATUS.OFFERED)
    assert memorandum.version  # read now, as the page that the second one looks at was
    db.session.execute(text("UPDATE memorandum SET version = version + 1"))
    with pytest.raises(StaleDataError):
        make.decline(memorandum)


def by_hand(statement: str) -> None:
    """What somebody at the database's prompt tries."""
    with pytest.raises(IntegrityError):
        db.session.execute(text(statement))
    db.session.rollback()


def test_the_database_itself_refuses_what_the_rules_refuse(make: Factory) -> None:
    make.memorandum(STATUS.COUNTERSIGNED)
    by_hand("UPDATE signature SET prepared_by_id = person_id WHERE field = 'ministry'")
    by_hand("UPDATE memorandum SET expires_on = NULL")
    by_hand("UPDATE memorandum SET expires_on = '2001-01-01'")
    by_hand("UPDATE memorandum SET offered_sha256 = NULL")
    by_hand("UPDATE memorandum SET status = 'approved'")
    by_hand("UPDATE signature SET step_up_code_id = (SELECT min(step_up_code_id) FROM signature)")
    by_hand("UPDATE signature SET idempotency_key = 'x'")
    by_hand("UPDATE signature SET field = 'witness'")
    db.session.execute(text("UPDATE memorandum SET answer_note = 'allowed'"))


def test_a_draft_cannot_be_called_countersigned_by_hand(make: Factory) -> None:
    make.memorandum(STATUS.DRAFT)
    by_hand("UPDATE memorandum SET status = 'countersigned'")
    by_hand("UPDATE memorandum SET status = 'offered'")


def test_one_memorandum_is_never_reached_through_another_organisation(make: Factory) -> None:
    mine, theirs = make.memorandum(STATUS.OFFERED), make.memorandum(STATUS.OFFERED)
    assert queries.memorandum_of(mine.organisation, mine.reference) is mine
    assert queries.memorandum_of(mine.organisation, theirs.reference) is None
    assert list(queries.all_of(mine.organisation)) == [mine]


def test_a_verification_code_is_found_however_it_was_typed_and_never_by_half(make: Factory) -> None:
    memorandum = make.memorandum()
    code = memorandum.verification_code
    for typed in (code, code.lower(), f" {code[:4]}-{code[4:8]} {code[8:]} "):
        assert queries.by_verification_code(typed) is memorandum
    for typed in ("", code[:-1], code + "2", "%", "' OR 1=1 --"):
        assert queries.by_verification_code(typed) is None


def test_the_ministrys_clock_runs_from_the_last_step(make: Factory, at: Hold) -> None:
    at(NOON)
    memorandum = make.memorandum(STATUS.OFFERED)
    at(NOON + timedelta(days=30))
    make.request_changes(memorandum)
    days = queries.answer_days(memorandum.edition)
    assert queries.answer_due(memorandum) == clock.working_days_later(clock.today(), days)


def test_the_approver_can_remove_after_the_end(make: Factory) -> None:
    memorandum = make.memorandum(STATUS.TERMINATED)
    deciding.remove(
        memorandum.organisation, proposed_by=make.staff(Role.INSPECTOR), by=make.staff(Role.APPROVER),
        reason="Sample.",
    )  # fmt: skip
    assert memorandum.organisation.status is RegistrationStatus.REMOVED
    assert memorandum.organisation not in queries.registered_without_memorandum()
