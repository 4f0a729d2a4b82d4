"""The sample registry: one organisation in each state of each life, made through the operations."""

import click
from flask.cli import with_appcontext

from registry.organisations import queries as organisations
from registry.views.commands.sample import cast
from registry.views.commands.sample.stage import Stage
from registry.views.commands.sample.stories import STORIES, identified


@click.group()
def sample() -> None:
    """The sample registry: nothing in it is real."""


@sample.command("load")
@with_appcontext
def load() -> None:
    """Fill an empty registry with obvious samples; says what is there when it was filled before."""
    if organisations.with_status(None):
        click.echo("The registry already holds organisations; nothing was loaded.")
    else:
        tell_all()
    click.echo(cast.accounts())


def tell_all() -> None:
    """Let every story happen, one after the other, each on its own days in the past."""
    stage = Stage()
    identified(stage)
    for number, story in enumerate(STORIES, start=1):
        story.tell(stage)
        click.echo(f"  {number}/{len(STORIES)} {story.name_latin}: {story.shows}")
