"""Runs migrations on the application's own database, inside one transaction."""

from typing import Any

from alembic import context
from flask import current_app

from registry.kernel.db import Instant, Protected

config = context.config
db = current_app.extensions["migrate"].db


def plain_type(kind: str, item: Any, _context: Any) -> Any:
    """Write our own column types as plain ones: an old migration must not need today's code."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime()"
    if kind == "type" and isinstance(item, Protected):
        return "sa.LargeBinary()"
    return False


def leave_out_nothing(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """Make no empty migration."""
    if getattr(config.cmd_opts, "autogenerate", False) and directives[0].upgrade_ops.is_empty():
        directives[:] = []


with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        process_revision_directives=leave_out_nothing,
        render_item=plain_type,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
