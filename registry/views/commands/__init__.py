"""Commands of the portal: `flask --app app …`; each is safe to run twice."""

from flask import Flask

from registry.views.commands import daily, memoranda, people, sample


def add_to(app: Flask) -> None:
    """Make the commands known to flask."""
    for group in (
        daily.letters,
        daily.duties,
        daily.journal,
        memoranda.memorandum,
        people.person,
        sample.sample,
    ):
        app.cli.add_command(group)
