"""What the machine does by itself: send letters, remind of duties, check the journal."""

import sys

import click
from flask.cli import with_appcontext

from registry.compliance import jobs
from registry.directory import operations as directory
from registry.kernel import history
from registry.views import guard


@click.group()
def letters() -> None:
    """Letters waiting in the outbox."""


@letters.command("send")
@with_appcontext
def send() -> None:
    """Send every letter that waits."""
    click.echo(f"{guard.hand_over_letters()} letters sent")


@click.group()
def duties() -> None:
    """Duties falling due."""


@duties.command("run")
@with_appcontext
def run() -> None:
    """Write today's reminders and bring the public directory to this day; run it daily, or oftener."""
    looked_at = jobs.run()
    directory.refresh_all()
    guard.keep()
    click.echo(f"{looked_at} duties and memoranda looked at")


@click.group()
def journal() -> None:
    """The append-only journal."""


@journal.command("verify")
@with_appcontext
def verify() -> None:
    """Check every row of the chain; exits with 1 and names the first bad row."""
    bad = history.first_bad_row()
    if bad:
        click.echo(f"row {bad[0]}: {bad[1]}")
        sys.exit(1)
    last, head = history.head()
    click.echo(f"{last} rows, all sound; head {head}")
