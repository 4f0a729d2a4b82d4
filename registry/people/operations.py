"""Everything that can be done with accounts: open, sign in and out, invite, confirm, close."""

import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from zxcvbn import zxcvbn

from registry.kernel import clock, journal
from registry.kernel.db import db
from registry.kernel.moves import NotAllowed
from registry.people import letters, queries
from registry.people.models import FailedSignIn, Invitation, Person, PersonRole, SignIn, StepUpCode
from registry.people.states import Role

# argon2id as OWASP ASVS 5.0, appendix C asks: 19 MiB, two passes.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_NOBODY = _hasher.hash("nobody has this password")

PASSWORD_LEAST = 12
PASSWORD_MOST = 128
CODE_LASTS = timedelta(minutes=10)
CODE_AGAIN_AFTER = timedelta(seconds=60)
CODE_TRIES = 5
INVITATION_LASTS = timedelta(days=14)
_EASY_BELOW = 3


def ensure_good_password(password: str, *, about: tuple[str, ...] = ()) -> None:
    """Refuse a short, overlong or easily guessed password.

    Raises NotAllowed("password-short" | "password-long" | "password-easy").
    """
    if len(password) < PASSWORD_LEAST:
        raise NotAllowed("password-short")
    if len(password) > PASSWORD_MOST:
        raise NotAllowed("password-long")
    # zxcvbn takes at most 72 characters; a longer one is judged by its beginning.
    if zxcvbn(password[:72], user_inputs=list(about))["score"] < _EASY_BELOW:
        raise NotAllowed("password-easy")


def open_account(  # noqa: PLR0913 - an account has this many parts
    username: str,
    password: str,
    *,
    role: Role,
    name_km: str,
    name_latin: str,
    email: str,
    language: str,
    phone: str = "",
    organisation_id: int | None = None,
) -> Person:
    """Open an account with one role.

    Raises NotAllowed("username-taken" | "password-…").
    """
    if queries.person_by_username(username):
        raise NotAllowed("username-taken")
    ensure_good_password(password, about=(username, name_latin, email))
    person = Person(
        pseudonym=secrets.token_hex(16),
        username=queries.folded(username),
        name_km=name_km,
        name_latin=name_latin,
        email=email,
        phone=phone,
        language=language,
        password_hash=_hasher.hash(password),
        organisation_id=organisation_id,
        created_at=clock.now(),
        role_rows=[PersonRole(role=role)],
    )
    db.session.add(person)
    db.session.flush()
    journal.record("account opened", subject=f"person:{person.pseudonym}", by=person.pseudonym, role=role)
    return person


def sign_in(username: str, password: str, *, network: str, device: str) -> str:
    """Check a password and begin a sign-in; returns the token that the browser keeps.

    Raises NotAllowed("sign-in-wait") after ten wrong passwords in an hour, NotAllowed("sign-in-wrong")
    for an unknown account and a wrong password alike, after the same work.
    """
    if queries.must_wait(username, network):
        raise NotAllowed("sign-in-wait")
    person = queries.person_by_username(username)
    if not _is_password(person.password_hash if person else _NOBODY, password) or not (
        person and person.is_active
    ):
        db.session.add(FailedSignIn(username=queries.folded(username)[:60], network=network, at=clock.now()))
        raise NotAllowed("sign-in-wrong")
    if _hasher.check_needs_rehash(person.password_hash):
        person.password_hash = _hasher.hash(password)
    return begin_sign_in(person, device=device)


def begin_sign_in(person: Person, *, device: str) -> str:
    """Begin a sign-in for somebody who has just proved who they are; returns the token."""
    token, now = secrets.token_urlsafe(32), clock.now()
    begun = SignIn(
        person_id=person.id,
        token_hash=queries.token_hash(token),
        begun_at=now,
        seen_at=now,
        device=device[:200],
    )
    db.session.add(begun)
    db.session.flush()
    journal.record("signed in", subject=f"person:{person.pseudonym}", by=person.pseudonym)
    return token


def still_here(begun: SignIn) -> None:
    """Note that somebody is still at work, so that the sign-in does not end as idle."""
    begun.seen_at = clock.now()


def end_sign_in(begun: SignIn, *, by: Person) -> None:
    """Sign out here."""
    begun.ended_at = clock.now()
    journal.record("signed out", subject=f"person:{by.pseudonym}", by=by.pseudonym)


def end_every_sign_in(person: Person, *, by: Person) -> None:
    """Sign out everywhere."""
    for begun in queries.sign_ins_of(person):
        begun.ended_at = clock.now()
    journal.record("signed out everywhere", subject=f"person:{person.pseudonym}", by=by.pseudonym)


def change_password(person: Person, *, old: str, new: str) -> None:
    """Set a new password and end every sign-in.

    Raises NotAllowed("password-wrong" | "password-…").
    """
    if not _is_password(person.password_hash, old):
        raise NotAllowed("password-wrong")
    ensure_good_password(new, about=(person.username, person.name_latin, person.email))
    person.password_hash = _hasher.hash(new)
    end_every_sign_in(person, by=person)
    entry = journal.record("password changed", subject=f"person:{person.pseudonym}", by=person.pseudonym)
    letters.password_changed(person, event=f"journal-{entry.seq}")


def invite(
    email: str,
    *,
    name: str,
    role: Role,
    language: str,
    by: Person,
    organisation_id: int | None = None,
    organisation_name: dict[str, str] | None = None,
) -> Invitation:
    """Send somebody a link with which they can open an account; it is good once and for 14 days."""
    token, now = secrets.token_urlsafe(32), clock.now()
    invited = Invitation(
        token_hash=queries.token_hash(token),
        role=role,
        organisation_id=organisation_id,
        name=name,
        email=email,
        language=language,
        invited_by_id=by.id,
        invited_at=now,
        ends_at=now + INVITATION_LASTS,
    )
    db.session.add(invited)
    db.session.flush()
    journal.record("invited", subject=f"invitation:{invited.id}", by=by.pseudonym, role=role)
    letters.invitation(invited, token, organisation=organisation_name)
    return invited


def end_invitations(organisation_id: int, role: Role) -> None:
    """End what was sent for this role and not used yet: only the newest invitation of a director counts."""
    for invited in queries.open_invitations_of(organisation_id):
        if invited.role is role:
            invited.ends_at = clock.now()


def accept_invitation(
    invited: Invitation,
    *,
    username: str,
    password: str,
    name_km: str,
    name_latin: str,
    post_km: str = "",
    post_en: str = "",
) -> Person:
    """Open the account that somebody was invited to; a director's post stands in the memorandum.

    Raises NotAllowed as `open_account` does, and NotAllowed("invitation-used") the second time.
    """
    if invited.used_at or invited.ends_at <= clock.now():
        raise NotAllowed("invitation-used")
    person = open_account(
        username,
        password,
        role=invited.role,
        name_km=name_km,
        name_latin=name_latin,
        email=invited.email,
        language=invited.language,
        organisation_id=invited.organisation_id,
    )
    person.post_km, person.post_en = post_km, post_en
    invited.used_at = clock.now()
    return person


def choose_language(person: Person, language: str) -> None:
    """Write letters to this person in this language from now on."""
    person.language = language
    journal.record("language chosen", subject=f"person:{person.pseudonym}", by=person.pseudonym)


def close_account(person: Person, *, by: Person) -> None:
    """Close an account at once; what its owner did stays. Raises NotAllowed("own-account")."""
    if person.id == by.id:
        raise NotAllowed("own-account")
    end_every_sign_in(person, by=by)
    person.closed_at = clock.now()
    journal.record("account closed", subject=f"person:{person.pseudonym}", by=by.pseudonym)


def send_code(person: Person, *, bound_to: str, what: dict[str, str]) -> None:
    """Write the person a letter with a code for one binding act on one document.

    `bound_to` is the SHA-256 of the document. Raises NotAllowed("code-wait") within 60 seconds of the last.
    """
    now = clock.now()
    last = queries.open_code(person, bound_to)
    if last and now - last.sent_at < CODE_AGAIN_AFTER:
        raise NotAllowed("code-wait")
    code = f"{secrets.randbelow(10**8):08d}"
    sent = StepUpCode(
        person_id=person.id,
        bound_to=bound_to,
        code_hash=_hasher.hash(code),
        sent_at=now,
        ends_at=now + CODE_LASTS,
    )
    db.session.add(sent)
    db.session.flush()
    letters.step_up_code(person, f"{code[:4]} {code[4:]}", event=f"code-{sent.id}", what=what)


def check_code(person: Person, *, password: str, code: str, bound_to: str) -> StepUpCode:
    """Check password and code for one binding act, without using the code up yet.

    Raises NotAllowed("code-none" | "code-locked" | "password-wrong" | "code-wrong"); every try is counted,
    and the caller keeps that count even though the act itself fails.
    """
    sent = queries.open_code(person, bound_to)
    if sent is None:
        raise NotAllowed("code-none")
    if sent.tries >= CODE_TRIES:
        raise NotAllowed("code-locked")
    sent.tries += 1
    if not _is_password(person.password_hash, password):
        raise NotAllowed("password-wrong")
    if not _is_password(sent.code_hash, "".join(code.split())):
        raise NotAllowed("code-wrong")
    return sent


def use_code(code_id: int, person: Person, *, bound_to: str) -> StepUpCode:
    """Use a checked code up, in the transaction of the act it confirms. Raises NotAllowed("code-none")."""
    sent = queries.open_code(person, bound_to)
    if sent is None or sent.id != code_id:
        raise NotAllowed("code-none")
    sent.used_at = clock.now()
    return sent


def add_role(person: Person, role: Role, *, by: str = journal.SYSTEM) -> None:
    """Give somebody one more role."""
    if role not in person.roles:
        person.role_rows.append(PersonRole(role=role))
        journal.record("role given", subject=f"person:{person.pseudonym}", by=by, role=role)


def _is_password(kept: str, typed: str) -> bool:
    try:
        return _hasher.verify(kept, typed)
    except (VerifyMismatchError, InvalidHashError):
        return False
