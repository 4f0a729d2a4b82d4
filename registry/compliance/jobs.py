"""What the night does: reminders, each sent once, and none in a burst after missed days."""

from collections.abc import Sequence
from datetime import timedelta

from registry.compliance import letters, queries
from registry.kernel import clock
from registry.memoranda.states import Field, Phase
from registry.people import queries as people
from registry.people.states import Role

RENEWAL_REMINDERS = (180, 90, 60, 30, 14, 7, 0)
DUTY_REMINDERS = (30, 7, 0, -1, -14)


def run() -> int:
    """Write today's reminders into the outbox; returns how many duties and memoranda were looked at.

    Safe to run twice, and after missed days: of several reminders whose day has passed only the newest is
    written, because a letter is written once for each event and older events are skipped.
    """
    looked_at = 0
    for memorandum in queries.memoranda_to_remind():
        assert memorandum.expires_on is not None  # noqa: S101 - the query asks for it
        step = newest_step(RENEWAL_REMINDERS, left=(memorandum.expires_on - clock.today()).days)
        if step is not None and memorandum.phase is Phase.RENEWAL_DUE:
            letters.renewal_opens(memorandum, people.people_of(memorandum.organisation_id), days=step)
        looked_at += 1
    return looked_at + _remind_of_duties()


def newest_step(steps: Sequence[int], *, left: int) -> int | None:
    """Of the steps (days before the date) that have been reached, the last one; None before the first."""
    reached = [step for step in steps if left <= step]
    return min(reached, default=None)


def _remind_of_duties() -> int:
    looked_at = 0
    horizon = clock.today() + timedelta(days=max(DUTY_REMINDERS))
    for party in Field:
        for duty in queries.owed_until(horizon, party=party):
            left = (duty.owed_by - clock.today()).days
            step = newest_step(DUTY_REMINDERS, left=left)
            if step is None:
                continue
            told = (
                people.people_of(duty.memorandum.organisation_id)
                if party is Field.ORGANISATION
                else people.people_with(Role.OFFICER)
            )
            letters.about_duty(
                "duty_reminder", duty, told, event=f"duty-{duty.id}-{duty.owed_by}-{step}",
                days_left=left,
            )  # fmt: skip
            looked_at += 1
    return looked_at
