"""What pages and operations ask about people."""

import hashlib
import unicodedata
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select

from registry.kernel import clock
from registry.kernel.db import db
from registry.people.models import FailedSignIn, Invitation, Person, PersonRole, SignIn, StepUpCode
from registry.people.states import Role

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
TRIES_AN_HOUR = 10


def folded(username: str) -> str:
    """An account name as it is compared: case, width and invisible characters do not count."""
    plain = unicodedata.normalize("NFKC", username).casefold()
    return "".join(letter for letter in plain if letter.isprintable() and letter not in " \u200b\u200c\u200d")


def token_hash(token: str) -> str:
    """The SHA-256 under which a secret token is kept."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def person_by_username(username: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.username == folded(username)))


def live_sign_in(token: str) -> SignIn | None:
    """The sign-in of this token, unless it was ended, lay idle for 30 minutes, or is 12 hours old."""
    found = db.session.scalar(select(SignIn).where(SignIn.token_hash == token_hash(token)))
    now = clock.now()
    if found is None or found.ended_at or not found.person.is_active:
        return None
    return None if now - found.seen_at > IDLE or now - found.begun_at > ABSOLUTE else found


def sign_ins_of(person: Person) -> Sequence[SignIn]:
    """Where somebody is signed in now, newest first."""
    now = clock.now()
    return db.session.scalars(
        select(SignIn)
        .where(
            SignIn.person_id == person.id,
            SignIn.ended_at.is_(None),
            SignIn.seen_at >= now - IDLE,
            SignIn.begun_at >= now - ABSOLUTE,
        )
        .order_by(SignIn.begun_at.desc())
    ).all()


def must_wait(username: str, network: str) -> bool:
    """Whether too many wrong passwords came for this account from this network in the last hour."""
    since = clock.now() - timedelta(hours=1)
    tries = db.session.scalar(
        select(func.count(FailedSignIn.id)).where(
            FailedSignIn.username == folded(username)[:60],
            FailedSignIn.network == network,
            FailedSignIn.at > since,
        )
    )
    return (tries or 0) >= TRIES_AN_HOUR


def open_invitation(token: str) -> Invitation | None:
    """The invitation of this token, unless it was used or has ended."""
    found = db.session.scalar(select(Invitation).where(Invitation.token_hash == token_hash(token)))
    return found if found and found.used_at is None and found.ends_at > clock.now() else None


def open_invitations_of(organisation_id: int) -> Sequence[Invitation]:
    """The invitations into one organisation that can still be used, newest first."""
    return db.session.scalars(
        select(Invitation)
        .where(
            Invitation.organisation_id == organisation_id,
            Invitation.used_at.is_(None),
            Invitation.ends_at > clock.now(),
        )
        .order_by(Invitation.id.desc())
    ).all()


def open_code(person: Person, bound_to: str) -> StepUpCode | None:
    """The newest code sent to this person for this document, unless used or ended."""
    found = db.session.scalar(
        select(StepUpCode)
        .where(StepUpCode.person_id == person.id, StepUpCode.bound_to == bound_to)
        .order_by(StepUpCode.id.desc())
        .limit(1)
    )
    return found if found and found.used_at is None and found.ends_at > clock.now() else None


def people_of(organisation_id: int) -> Sequence[Person]:
    """The people of one organisation who can still sign in."""
    return db.session.scalars(
        select(Person)
        .where(Person.organisation_id == organisation_id, Person.closed_at.is_(None))
        .order_by(Person.id)
    ).all()


def people_with(role: Role) -> Sequence[Person]:
    """Everybody who holds this role and can still sign in."""
    return db.session.scalars(
        select(Person)
        .join(PersonRole)
        .where(PersonRole.role == role, Person.closed_at.is_(None))
        .order_by(Person.id)
    ).all()


def staff() -> Sequence[Person]:
    """The Ministry's people, closed accounts included."""
    return db.session.scalars(
        select(Person).where(Person.organisation_id.is_(None)).order_by(Person.username)
    ).all()


def colleague(person_id: int) -> Person | None:
    """One of the Ministry's people."""
    return db.session.scalar(select(Person).where(Person.id == person_id, Person.organisation_id.is_(None)))


def waiting_invitations() -> Sequence[Invitation]:
    """Invitations of the Ministry's people that can still be used, the newest first."""
    return db.session.scalars(
        select(Invitation)
        .where(
            Invitation.organisation_id.is_(None),
            Invitation.used_at.is_(None),
            Invitation.ends_at > clock.now(),
        )
        .order_by(Invitation.id.desc())
    ).all()


def by_id(ids: set[int]) -> dict[int, Person]:
    """Persons by the numbers that rows of a file name them with."""
    return {person.id: person for person in db.session.scalars(select(Person).where(Person.id.in_(ids)))}


def by_pseudonym(pseudonyms: set[str]) -> dict[str, Person]:
    """Persons behind the pseudonyms of journal rows, for those who may know them."""
    rows = db.session.scalars(select(Person).where(Person.pseudonym.in_(pseudonyms)))
    return {person.pseudonym: person for person in rows}
