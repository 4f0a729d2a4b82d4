"""The letters of a sample registry: whoever tries it reads here the codes that sample people were sent."""

from flask import abort
from sqlalchemy import select

from registry.kernel import settings
from registry.kernel.db import db
from registry.kernel.outbox import Letter
from registry.views import guard
from registry.views.pages import page
from registry.views.public.door import public

NEWEST = 50


@public.get("/sample-letters")
@guard.anyone
def sample_letters() -> str:
    if not settings.current().sample:
        abort(404)
    newest = select(Letter).order_by(Letter.id.desc()).limit(NEWEST)
    return page("public/sample_letters.html", letters=db.session.scalars(newest).all())
