"""Accounts: passwords, sign-ins and how they end, invitations, and the codes that binding acts ask for."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from registry.kernel import clock, history
from registry.kernel.db import db
from registry.kernel.moves import NotAllowed
from registry.kernel.outbox import Letter
from registry.organisations.operations import inviting
from registry.organisations.states import RegistrationStatus
from registry.people import operations, queries
from registry.people.models import Invitation, Person, StepUpCode
from registry.people.states import ORGANISATION_ROLES, Act, Role, may
from tests.factories import PASSWORD, Factory

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
HOME, ELSEWHERE = "203.0.113.5", "198.51.100.7"
FILE, OTHER_FILE = "a" * 64, "b" * 64
ANOTHER_PASSWORD = "eleven paper boats under the moon"
Hold = Callable[[datetime], None]


def enter(person: Person, password: str = PASSWORD, *, network: str = HOME) -> str:
    """Sign in, as from a browser."""
    return operations.sign_in(person.username, password, network=network, device="Firefox, Linux")


def code_in_newest_letter(person: Person) -> str:
    """The eight digits of the newest code that was written to somebody."""
    db.session.flush()
    body = db.session.scalars(
        select(Letter.body).where(Letter.recipient == person.pseudonym).order_by(Letter.id.desc())
    ).first()
    found = re.search(r"\d{4} \d{4}", body or "")
    assert found is not None
    return found[0]


def token_in_newest_letter() -> str:
    """The secret of the newest invitation that was written."""
    db.session.flush()
    body = db.session.scalars(
        select(Letter.body).where(Letter.name == "invitation").order_by(Letter.id.desc())
    ).first()
    found = re.search(r"/invitations/(\S+)", body or "")
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("seven river", "password-short"),
        ("a" * 129, "password-long"),
        ("passwordpassword", "password-easy"),
        ("123456789012", "password-easy"),
        ("sokha.director", "password-easy"),
    ],
)
def test_a_password_that_is_short_overlong_or_easy_is_refused(password: str, reason: str) -> None:
    with pytest.raises(NotAllowed, match=reason):
        operations.ensure_good_password(password, about=("sokha.director",))


@pytest.mark.parametrize("password", [PASSWORD, "ដំរីប្រាំក្បាលដើរឆ្លងស្ទឹងស្ងាត់", "x4#Lq" * 25])
def test_a_long_unusual_password_is_good_in_any_script(password: str) -> None:
    operations.ensure_good_password(password)


def test_a_password_is_kept_only_as_a_hash(make: Factory) -> None:
    person = make.person(Role.DIRECTOR)
    assert person.password_hash.startswith("$argon2id$")
    assert PASSWORD not in person.password_hash


def test_guessing_a_password_costs_what_asvs_asks() -> None:
    made_at_import = operations._NOBODY  # the other hashes of a test run are cheap on purpose
    assert "$argon2id$v=19$m=19456,t=2,p=1$" in made_at_import


@pytest.mark.parametrize("again", ["sokha", "SOKHA", " sokha ", "so\u200bkha", "\uff53okha"])
def test_two_account_names_that_look_alike_cannot_both_be_opened(make: Factory, again: str) -> None:
    given = {"role": Role.PREPARER, "name_km": "គំរូ", "name_latin": "Sample", "language": "en"}
    operations.open_account("sokha", PASSWORD, email="a@example.org", **given)
    with pytest.raises(NotAllowed, match="username-taken"):
        operations.open_account(again, PASSWORD, email="b@example.org", **given)


def test_colleagues_may_share_an_address(make: Factory) -> None:
    given = {"role": Role.PREPARER, "name_km": "គំរូ", "name_latin": "Sample", "language": "km"}
    for username in ("sokha", "dara"):
        operations.open_account(username, PASSWORD, email="office@example.org", **given)
    assert queries.person_by_username("dara") is not queries.person_by_username("sokha")


def test_an_unknown_account_and_a_wrong_password_get_the_same_answer(make: Factory) -> None:
    person = make.person(Role.DIRECTOR)
    with pytest.raises(NotAllowed) as wrong:
        enter(person, "not the password at all")
    with pytest.raises(NotAllowed) as unknown:
        operations.sign_in("nobody", PASSWORD, network=HOME, device="")
    assert wrong.value.reason == unknown.value.reason == "sign-in-wrong"


def test_after_ten_wrong_passwords_even_the_right_one_waits_an_hour(make: Factory, at: Hold) -> None:
    at(NOON)
    person = make.person(Role.DIRECTOR)
    for _ in range(9):
        fail(person)
    assert enter(person)
    fail(person)
    with pytest.raises(NotAllowed, match="sign-in-wait"):
        enter(person)
    at(NOON + timedelta(minutes=60, seconds=1))
    assert enter(person)


def test_somebody_guessing_elsewhere_does_not_lock_the_owner_out(make: Factory) -> None:
    person = make.person(Role.DIRECTOR)
    for _ in range(10):
        fail(person, network=ELSEWHERE)
    with pytest.raises(NotAllowed, match="sign-in-wait"):
        enter(person, network=ELSEWHERE)
    assert enter(person, network=HOME)


def test_an_unknown_account_waits_after_ten_tries_as_a_known_one_does(make: Factory) -> None:
    for _ in range(10):
        with pytest.raises(NotAllowed, match="sign-in-wrong"):
            operations.sign_in("nobody", "wrong", network=HOME, device="")
    with pytest.raises(NotAllowed, match="sign-in-wait"):
        operations.sign_in("NOBODY", "wrong", network=HOME, device="")


def fail(person: Person, *, network: str = HOME) -> None:
    """One wrong password, by hand: checking a hash ten times would take a third of a second."""
    db.session.add(operations.FailedSignIn(username=person.username, network=network, at=clock.now()))


def test_a_closed_account_cannot_sign_in_and_is_signed_out_everywhere(make: Factory) -> None:
    person, administrator = make.person(Role.OFFICER), make.staff(Role.ADMINISTRATOR)
    token = enter(person)
    operations.close_account(person, by=administrator)
    assert queries.live_sign_in(token) is None
    assert not person.may(Act.USE_OWN_ACCOUNT)
    with pytest.raises(NotAllowed, match="sign-in-wrong"):
        enter(person)


def test_nobody_closes_their_own_account(make: Factory) -> None:
    administrator = make.staff(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed, match="own-account"):
        operations.close_account(administrator, by=administrator)
    assert administrator.is_active


def test_the_database_does_not_hold_the_secret_of_a_sign_in(make: Factory) -> None:
    token = enter(make.person(Role.DIRECTOR))
    begun = queries.live_sign_in(token)
    assert begun is not None
    assert token not in (begun.token_hash, begun.device)


def test_a_sign_in_ends_after_thirty_idle_minutes(make: Factory, at: Hold) -> None:
    at(NOON)
    token = enter(make.person(Role.DIRECTOR))
    at(NOON + timedelta(minutes=30))
    assert queries.live_sign_in(token) is not None
    at(NOON + timedelta(minutes=30, seconds=1))
    assert queries.live_sign_in(token) is None


def test_work_keeps_a_sign_in_alive_but_never_longer_than_twelve_hours(make: Factory, at: Hold) -> None:
    at(NOON)
    person = make.person(Role.DIRECTOR)
    token = enter(person)
    for quarter in range(1, 49):
        at(NOON + timedelta(minutes=15 * quarter))
        begun = queries.live_sign_in(token)
        assert begun is not None
        operations.still_here(begun)
    assert [each.token_hash for each in queries.sign_ins_of(person)] == [queries.token_hash(token)]
    at(NOON + timedelta(hours=12, seconds=1))
    assert queries.live_sign_in(token) is None
    assert queries.sign_ins_of(person) == []


def test_an_idle_sign_in_is_not_listed_as_a_place_where_somebody_is_signed_in(
    make: Factory, at: Hold
) -> None:
    at(NOON)
    person = make.person(Role.DIRECTOR)
    enter(person)
    at(NOON + timedelta(minutes=31))
    token = enter(person)
    assert [each.token_hash for each in queries.sign_ins_of(person)] == [queries.token_hash(token)]


def test_signing_out_here_leaves_other_devices_signed_in(make: Factory) -> None:
    person = make.person(Role.DIRECTOR)
    here, there = enter(person), enter(person)
    begun = queries.live_sign_in(here)
    assert begun is not None
    operations.end_sign_in(begun, by=person)
    assert queries.live_sign_in(here) is None
    assert queries.live_sign_in(there) is not None


def test_signing_out_everywhere_ends_every_sign_in_of_this_person_only(make: Factory, at: Hold) -> None:
    at(NOON)
    person, colleague = make.person(Role.DIRECTOR), make.person(Role.PREPARER)
    tokens, other = [enter(person) for _ in range(3)], enter(colleague)
    operations.end_every_sign_in(person, by=person)
    assert [queries.live_sign_in(token) for token in tokens] == [None, None, None]
    assert queries.live_sign_in(other) is not None


def test_a_changed_password_ends_every_sign_in_and_is_told_by_letter(make: Factory) -> None:
    person = make.person(Role.DIRECTOR)
    token = enter(person)
    operations.change_password(person, old=PASSWORD, new=ANOTHER_PASSWORD)
    assert queries.live_sign_in(token) is None
    assert enter(person, ANOTHER_PASSWORD)
    with pytest.raises(NotAllowed, match="sign-in-wrong"):
        enter(person)
    told = db.session.scalars(select(Letter.name).where(Letter.recipient == person.pseudonym)).all()
    assert told == ["password_changed"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [("wrong", ANOTHER_PASSWORD, "password-wrong"), (PASSWORD, "short", "password-short")],
)
def test_a_refused_change_of_password_changes_nothing(make: Factory, old: str, new: str, reason: str) -> None:
    person = make.person(Role.DIRECTOR)
    token = enter(person)
    with pytest.raises(NotAllowed, match=reason):
        operations.change_password(person, old=old, new=new)
    assert queries.live_sign_in(token) is not None
    assert enter(person)


def accept(invited: Invitation, username: str = "invited.1") -> Person:
    """The invited person opens the account."""
    return operations.accept_invitation(
        invited, username=username, password=PASSWORD, name_km="គំរូ", name_latin="Sample Guest",
        post_en="Director",
    )  # fmt: skip


def test_an_invitation_opens_one_account_with_the_role_and_the_organisation_it_was_for(make: Factory) -> None:
    organisation = make.organisation()
    inviting.invite_preparer(
        organisation, by=make.director(organisation), name="Guest", email="guest@example.org", language="km"
    )
    invited = queries.open_invitation(token_in_newest_letter())
    assert invited is not None
    person = accept(invited)
    assert (person.roles, person.organisation_id) == ({Role.PREPARER}, organisation.id)
    assert (person.email, person.language) == ("guest@example.org", "km")
    assert queries.open_invitation(token_in_newest_letter()) is None
    with pytest.raises(NotAllowed, match="invitation-used"):
        accept(invited, "invited.2")


def test_an_invitation_ends_after_fourteen_days(make: Factory, at: Hold) -> None:
    at(NOON)
    invited = operations.invite(
        "new@example.org", name="Guest", role=Role.AUDITOR, language="en", by=make.staff(Role.ADMINISTRATOR)
    )
    token = token_in_newest_letter()
    at(NOON + timedelta(days=14, seconds=-1))
    assert queries.open_invitation(token) is invited
    assert list(queries.waiting_invitations()) == [invited]
    at(NOON + timedelta(days=14))
    assert queries.open_invitation(token) is None
    with pytest.raises(NotAllowed, match="invitation-used"):
        accept(invited)


def test_only_the_newest_invitation_of_a_director_can_be_used(make: Factory) -> None:
    organisation = make.organisation()
    by = make.director(organisation)
    operations.close_account(by, by=make.staff(Role.ADMINISTRATOR))
    given = {"by": by, "name": "Guest", "email": "guest@example.org", "language": "en"}
    inviting.invite_preparer(organisation, **given)
    preparer = token_in_newest_letter()
    inviting.invite_director(organisation, **given)
    first = token_in_newest_letter()
    inviting.invite_director(organisation, **given)
    second = token_in_newest_letter()
    assert queries.open_invitation(first) is None
    assert queries.open_invitation(preparer) is not None
    invited = queries.open_invitation(second)
    assert invited is not None
    accept(invited)
    with pytest.raises(NotAllowed, match="director-there"):
        inviting.invite_director(organisation, **given)


@pytest.mark.parametrize("role", sorted(Role))
def test_nobody_decides_for_both_parties_and_an_administrator_decides_nothing(role: Role) -> None:
    deciding = {Act.DECIDE_REGISTRATION, Act.COUNTERSIGN, Act.OFFER_MEMORANDUM, Act.RECEIVE_REPORTS}
    theirs = {act for act in Act if may({role}, act)}
    if role in ORGANISATION_ROLES or role in (Role.ADMINISTRATOR, Role.AUDITOR):
        assert theirs.isdisjoint(deciding)
    assert (Act.SIGN_FOR_ORGANISATION in theirs) == (role is Role.DIRECTOR)


@pytest.fixture
def signer(make: Factory, at: Hold) -> Person:
    """Somebody who has been sent a code for one file, at noon."""
    at(NOON)
    person = make.person(Role.DIRECTOR)
    send(person)
    return person


def send(person: Person, bound_to: str = FILE) -> None:
    """A code for one file."""
    operations.send_code(person, bound_to=bound_to, what={"km": "គំរូ", "en": "a sample"})


def check(person: Person, code: str, *, bound_to: str = FILE, password: str = PASSWORD) -> StepUpCode:
    """What a signer types, checked."""
    return operations.check_code(person, password=password, code=code, bound_to=bound_to)


def test_a_code_is_good_once(signer: Person) -> None:
    sent = check(signer, code_in_newest_letter(signer))
    operations.use_code(sent.id, signer, bound_to=FILE)
    with pytest.raises(NotAllowed, match="code-none"):
        check(signer, code_in_newest_letter(signer))
    with pytest.raises(NotAllowed, match="code-none"):
        operations.use_code(sent.id, signer, bound_to=FILE)


def test_a_code_is_bound_to_the_document_it_was_sent_for(signer: Person) -> None:
    code = code_in_newest_letter(signer)
    with pytest.raises(NotAllowed, match="code-none"):
        check(signer, code, bound_to=OTHER_FILE)
    with pytest.raises(NotAllowed, match="code-none"):
        operations.use_code(check(signer, code).id, signer, bound_to=OTHER_FILE)


def test_another_person_cannot_use_the_code(signer: Person, make: Factory) -> None:
    code, another = code_in_newest_letter(signer), make.person(Role.DIRECTOR)
    with pytest.raises(NotAllowed, match="code-none"):
        check(another, code)
    sent = check(signer, code)
    send(another)
    with pytest.raises(NotAllowed, match="code-none"):
        operations.use_code(sent.id, another, bound_to=FILE)


def test_a_code_ends_after_ten_minutes_even_when_it_was_checked_before(signer: Person, at: Hold) -> None:
    at(NOON + timedelta(minutes=9, seconds=59))
    sent = check(signer, code_in_newest_letter(signer))
    at(NOON + timedelta(minutes=10))
    with pytest.raises(NotAllowed, match="code-none"):
        check(signer, code_in_newest_letter(signer))
    with pytest.raises(NotAllowed, match="code-none"):
        operations.use_code(sent.id, signer, bound_to=FILE)


def test_the_fifth_try_may_still_be_right_and_five_wrong_ones_lock_the_code(signer: Person) -> None:
    right = code_in_newest_letter(signer)
    wrong = f"{(int(right.replace(' ', '')) + 1) % 10**8:08d}"
    for _ in range(4):
        with pytest.raises(NotAllowed, match="code-wrong"):
            check(signer, wrong)
    sent = check(signer, right)
    assert sent.tries == operations.CODE_TRIES
    with pytest.raises(NotAllowed, match="code-locked"):
        check(signer, right)


def test_a_wrong_password_counts_as_a_try_too(signer: Person) -> None:
    for _ in range(5):
        with pytest.raises(NotAllowed, match="password-wrong"):
            check(signer, code_in_newest_letter(signer), password="wrong")
    with pytest.raises(NotAllowed, match="code-locked"):
        check(signer, code_in_newest_letter(signer))


def test_another_code_is_sent_after_a_minute_and_only_the_newest_is_good(signer: Person, at: Hold) -> None:
    first = code_in_newest_letter(signer)
    at(NOON + timedelta(seconds=59))
    with pytest.raises(NotAllowed, match="code-wait"):
        send(signer)
    send(signer, OTHER_FILE)
    at(NOON + timedelta(seconds=60))
    send(signer)
    second = code_in_newest_letter(signer)
    assert first != second
    with pytest.raises(NotAllowed, match="code-wrong"):
        check(signer, first)
    assert check(signer, second).bound_to == FILE


def test_the_code_is_kept_only_as_a_hash_and_stands_in_the_letter_with_what_it_is_for(signer: Person) -> None:
    sent = queries.open_code(signer, FILE)
    assert sent is not None
    assert code_in_newest_letter(signer).replace(" ", "") not in sent.code_hash
    assert sent.code_hash.startswith("$argon2id$")
    letter = db.session.scalars(select(Letter).where(Letter.name == "step_up_code")).one()
    assert "a sample" in letter.body


def test_the_journal_names_nobody_and_stays_sound(make: Factory) -> None:
    organisation = make.organisation(RegistrationStatus.SUBMITTED)
    director = make.director(organisation)
    enter(director)
    written = " ".join(row.content for row in history.newest(200))
    for personal in (director.username, director.name_latin, director.name_km, director.email):
        assert personal not in written
    assert history.first_bad_row() is None
