"""The pages that the portal keeps about itself: accessibility, privacy, open data."""

from registry.views import guard
from registry.views.pages import page
from registry.views.public.door import public
from registry.views.public.open_data import COLUMNS
from registry.views.public.statements import ACCESSIBILITY, PRIVACY


@public.get("/accessibility")
@guard.anyone
def accessibility() -> str:
    return page("public/statement.html", statement=ACCESSIBILITY)


@public.get("/privacy")
@guard.anyone
def privacy() -> str:
    return page("public/statement.html", statement=PRIVACY)


@public.get("/open-data")
@guard.anyone
def open_data() -> str:
    return page("public/open_data.html", columns=COLUMNS)
