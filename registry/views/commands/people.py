"""Accounts from the command line: the first administrator has nobody to invite them."""

import click
from flask.cli import with_appcontext

from registry.kernel.moves import NotAllowed
from registry.people import operations
from registry.people.states import Role
from registry.views import guard, pages


@click.group()
def person() -> None:
    """Accounts."""


@person.command("create-administrator")
@click.option("--username", prompt=True)
@click.option("--name", prompt=True)
@click.option("--email", prompt=True)
@click.option("--language", type=click.Choice(pages.LANGUAGES), default="km")
@click.password_option()
@with_appcontext
def create_administrator(username: str, name: str, email: str, language: str, password: str) -> None:
    """Open the account of an administrator, who then invites everybody else."""
    try:
        operations.open_account(
            username, password, role=Role.ADMINISTRATOR, name_km=name, name_latin=name, email=email,
            language=language,
        )  # fmt: skip
    except NotAllowed as refusal:
        raise click.ClickException(pages.sentence(refusal.reason)) from refusal
    guard.keep()
    click.echo(f"Administrator {username} can sign in now.")
