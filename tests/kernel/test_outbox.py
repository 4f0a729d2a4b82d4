"""Letters: written once, whole in both languages, delivered or kept, and never a way to smuggle headers."""

import email
import email.policy
import io
import smtplib
from datetime import UTC, date, datetime
from email.generator import BytesGenerator
from email.message import EmailMessage

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import settings as thorough
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from registry.kernel import outbox, settings
from registry.kernel.db import db
from registry.kernel.outbox import LETTERS, Letter
from registry.people.letters import Addressee
from registry.views import guard

NAMES = sorted(path.name for path in LETTERS.iterdir() if path.is_dir())
READER = Addressee("reader-1", "reader@example.org", "en", "Sample Reader")
KHMER_READER = Addressee("reader-2", "reader2@example.org", "km", "អ្នកអានគំរូ")
DAY = date(2026, 11, 24)

# What the callers give: letters.py of each room, and the operations that add words of their own.
OF_AN_ORGANISATION = {"organisation": "Sample Shelter", "reference": "CR-2345678"}
OF_A_MEMORANDUM = {
    "organisation": "Sample Shelter", "reference": "MOU-2026-234567", "verification_code": "23456789ABC"
}  # fmt: skip
WITH_REASON = {**OF_A_MEMORANDUM, "reason": "Sample reason."}
OF_A_DUTY = {
    "organisation": "Sample Shelter", "code": "CM-03", "title": "Sample duty", "due_on": DAY, "duty": 1
}  # fmt: skip
OF_AN_EDITION = {"edition": "2026-02", "based_on": "2026-01", "by": "Sample Officer", "changes": 3}
OF_A_QUESTION = {
    "organisation": "Sample Shelter", "code": "CM-03", "title": "Sample duty", "due_on": DAY, "question": 1,
    "answer": "Sample answer.",
}  # fmt: skip
CONTEXTS: dict[str, dict[str, object]] = {
    "application_arrived": OF_AN_ORGANISATION,
    "changes_requested": WITH_REASON,
    "countersignature_waiting": OF_A_MEMORANDUM,
    "decision_waiting": OF_AN_ORGANISATION,
    "duty_reminder": {**OF_A_DUTY, "days_left": 7},
    "edition_proposed": OF_AN_EDITION,
    "edition_published": OF_AN_EDITION,
    "information_requested": {**OF_AN_ORGANISATION, "questions": ["Which ministry?", "Which year?"]},
    "invitation": {
        "token": "secret-of-the-link", "role_name": "director", "ends_at": datetime(2026, 12, 8, tzinfo=UTC),
        "organisation": {"km": "ជម្រកគំរូ", "en": "Sample Shelter"},
    },
    "memorandum_countersigned": WITH_REASON,
    "memorandum_declined": WITH_REASON,
    "memorandum_in_force": {**OF_A_MEMORANDUM, "in_force_from": DAY, "expires_on": DAY},
    "memorandum_offered": OF_A_MEMORANDUM,
    "memorandum_returned": WITH_REASON,
    "memorandum_signed": OF_A_MEMORANDUM,
    "memorandum_suspended": WITH_REASON,
    "memorandum_terminated": WITH_REASON,
    "memorandum_withdrawn": WITH_REASON,
    "password_changed": {},
    "question_answered": OF_A_QUESTION,
    "question_asked": OF_A_QUESTION,
    "refused": {**OF_AN_ORGANISATION, "reason": "Sample reason."},
    "registered": OF_AN_ORGANISATION,
    "registration_submitted": {**OF_AN_ORGANISATION, "answer_due": DAY},
    "registration_withdrawn": OF_AN_ORGANISATION,
    "removed": {**OF_AN_ORGANISATION, "reason": "Sample reason."},
    "renewal_asked": OF_A_MEMORANDUM,
    "renewal_refused": WITH_REASON,
    "renewal_reminder": {"organisation": "Sample Shelter", "reference": "MOU-2026-234567", "expires_on": DAY},
    "report_accepted": OF_A_DUTY,
    "report_received": OF_A_DUTY,
    "report_returned": {**OF_A_DUTY, "reason": "Sample reason."},
    "review_asked": OF_AN_ORGANISATION,
    "step_up_code": {"code": "1234 5678", "what": "signing a sample"},
}  # fmt: skip


def parsed(letter: Letter) -> EmailMessage:
    """The letter as a mail program reads it."""
    read = email.message_from_bytes(bytes(outbox.as_message(letter)), policy=email.policy.default)
    assert isinstance(read, EmailMessage)
    return read


def letter(**given: object) -> Letter:
    """A letter of which only some parts matter."""
    parts: dict[str, object] = {
        "id": 7, "event": "e", "name": "registered", "recipient": "reader-1", "address": "reader@example.org",
        "language": "en", "subject": "Sample", "body": "Sample.\n", "tries": 0,
        "written_at": datetime(2026, 11, 24, tzinfo=UTC),
    }  # fmt: skip
    return Letter(**(parts | given))


def write(event: str = "journal-1", *, to: Addressee = READER) -> Letter | None:
    """One letter about one event."""
    return outbox.write("registered", to=to, event=event, context=OF_AN_ORGANISATION)


def test_every_letter_is_tried_here() -> None:
    assert sorted(CONTEXTS) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_says_everything_in_both_languages(app: Flask, name: str) -> None:
    for reader in (READER, KHMER_READER):
        context = {**CONTEXTS[name], "to": reader.called}
        subject, body = outbox.compose(name, language=reader.language, context=context)
        assert subject.strip()
        assert "\n" not in subject
        assert reader.called in body
        assert ("ក" <= subject[0] <= "៿" or "ក" in body) == (reader.language == "km")
        for word in ("reason", "code", "token"):
            if word in context:
                assert str(context[word]) in f"{subject}\n{body}"
        assert not any(sign in body for sign in ("{{", "{%", "None", "Undefined"))


REMINDERS = {
    7: "due in 7 days,",
    1: "due in 1 day,",
    0: "due today,",
    -1: "overdue by 1 day,",
    -14: "overdue by 14 days,",
}


@pytest.mark.parametrize("left", REMINDERS)
def test_a_reminder_has_words_for_before_on_and_after_the_day(app: Flask, left: int) -> None:
    said = {**OF_A_DUTY, "days_left": left, "to": "Reader"}
    assert REMINDERS[left] in outbox.compose("duty_reminder", language="en", context=said)[1]


def test_an_invitation_of_the_ministrys_people_names_no_organisation(app: Flask) -> None:
    said = {**CONTEXTS["invitation"], "organisation": None, "to": "Reader"}
    for language in ("km", "en"):
        assert "Sample Shelter" not in outbox.compose("invitation", language=language, context=said)[1]


def test_the_same_letter_about_the_same_event_is_written_to_a_person_once(registry: Flask) -> None:
    assert write() is not None
    assert write() is None
    assert write(to=KHMER_READER) is not None
    assert write("journal-2") is not None
    db.session.flush()
    assert len(outbox.waiting()) == 3


def test_the_database_refuses_a_second_copy_too(registry: Flask) -> None:
    db.session.add_all([letter(id=1), letter(id=2)])
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_letter_is_undone_with_what_it_tells_of(registry: Flask) -> None:
    write()
    db.session.flush()
    db.session.rollback()
    assert list(outbox.waiting()) == []


def test_without_a_mail_server_a_letter_becomes_a_file_that_only_we_can_list(registry: Flask) -> None:
    write(to=KHMER_READER)
    guard.keep()
    (file,) = settings.current().letters.glob("*.eml")
    read = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert read["To"] == "reader2@example.org"
    assert "CR-2345678" in read.get_content()
    assert settings.current().letters.stat().st_mode & 0o077 == 0
    assert list(outbox.waiting()) == []
    assert guard.hand_over_letters() == 0


def test_a_letter_that_cannot_be_sent_is_kept_and_tried_again_later(
    registry: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_letter: Letter) -> None:
        raise smtplib.SMTPServerDisconnected("the other side hung up")

    write()
    monkeypatch.setattr(outbox, "deliver", refuse)
    for tries in range(1, outbox.MOST_TRIES + 1):
        assert guard.hand_over_letters() == 0
        kept = db.session.scalars(select(Letter)).one()
        assert (kept.tries, kept.sent_at, kept.last_error) == (tries, None, "SMTPServerDisconnected")
    assert list(outbox.waiting()) == []


def test_one_letter_that_fails_does_not_hold_up_the_others(
    registry: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_some(one: Letter) -> None:
        if one.event == "journal-1":
            raise ConnectionRefusedError

    for number in (1, 2, 3):
        write(f"journal-{number}")
    monkeypatch.setattr(outbox, "deliver", refuse_some)
    assert guard.hand_over_letters() == 2
    assert [each.event for each in outbox.waiting()] == ["journal-1"]


BAD_ADDRESSES = [
    "two\nlines@example.org",
    "x\r\nBcc: y@example.org",
    "",
    "nobody",
    "a@b@c",
    "ខ្មែរ@example.org",
]


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_a_bad_address_holds_up_nobody_elses_letter(registry: Flask, address: str) -> None:
    write(to=Addressee("bad", address, "en", "Reader"))
    write()
    guard.keep()
    sent = db.session.scalars(select(Letter).where(Letter.sent_at.is_not(None))).all()
    assert "reader-1" in {each.recipient for each in sent}
    for file in settings.current().letters.glob("*.eml"):
        assert email.message_from_bytes(file.read_bytes(), policy=email.policy.default)["Bcc"] is None


SUBJECTS = [
    "ការចុះបញ្ជីរបស់លោកអ្នកបានមកដល់៖ អង្គការគំរូសម្រាប់ស្ត្រី និងកុមារនៅខេត្តភ្នំពេញ និងខេត្តកណ្ដាល (CR-2345678)",
    "អាចស្នើសុំបន្តបានហើយ៖ MOU-2026-234567",
    "Registered: អង្គការគំរូ Sample Organisation for Women, Children and Families in the Provinces",
    "A plain subject " * 9,
    "ក" * 150,
    "Été à l'œuvre: " + "é" * 70,
]


@pytest.mark.parametrize("subject", [" ".join(each.split()) for each in SUBJECTS])
def test_a_subject_arrives_as_it_was_written(app: Flask, subject: str) -> None:
    assert parsed(letter(subject=subject))["Subject"] == subject


@thorough(max_examples=150, deadline=None)
@given(words=st.lists(st.text("កខគឃងាិីុំ៖abcxyz(),.-0123", min_size=1, max_size=25), min_size=1, max_size=9))
def test_any_subject_of_khmer_and_latin_words_arrives_as_it_was_written(app: Flask, words: list[str]) -> None:
    subject = " ".join(words)
    assert parsed(letter(subject=subject))["Subject"] == subject


def test_what_goes_to_a_mail_server_has_the_same_subject(app: Flask) -> None:
    written = io.BytesIO()
    message = outbox.as_message(letter(subject=SUBJECTS[0]))
    BytesGenerator(written).flatten(message, linesep="\r\n")  # as smtplib does
    head = written.getvalue().partition(b"\r\n\r\n")[0]
    assert b"\n" not in head.replace(b"\r\n", b"")
    read = email.message_from_bytes(written.getvalue(), policy=email.policy.default)
    assert read["Subject"] == SUBJECTS[0]


def test_a_khmer_body_arrives_whole(app: Flask) -> None:
    _, body = outbox.compose("removed", language="km", context={**CONTEXTS["removed"], "to": "អ្នកអាន"})
    read = parsed(letter(body=body, language="km"))
    assert read.get_content() == f"{body}\n"
    assert read["Content-Language"] == "km"


EVIL = "Sample\r\nBcc: victim@example.org\r\n\r\n<b>Shelter</b>\u2028X-Evil: 1\x0b\x85"


@pytest.mark.parametrize("name", [each for each in NAMES if "organisation" in CONTEXTS[each]])
def test_no_name_adds_a_header_or_cuts_the_letter(app: Flask, name: str) -> None:
    named = {"km": EVIL, "en": EVIL} if name == "invitation" else EVIL
    for language in ("km", "en"):
        context = {**CONTEXTS[name], "organisation": named, "title": EVIL, "to": EVIL, "reason": EVIL}
        subject, body = outbox.compose(name, language=language, context=context)
        read = parsed(letter(subject=subject, body=body, language=language))
        assert set(read.keys()) == {
            "From", "To", "Subject", "Date", "Message-ID", "Content-Language",
            "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
        }  # fmt: skip
        assert read["To"] == "reader@example.org"


def test_a_letter_can_be_recognised_when_it_comes_twice(app: Flask) -> None:
    one, again, other = parsed(letter()), parsed(letter()), parsed(letter(id=8))
    assert one["Message-ID"] == again["Message-ID"] != other["Message-ID"]
