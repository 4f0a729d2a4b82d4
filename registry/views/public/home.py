"""The front page and the standing pages of the portal."""

from registry.views import guard
from registry.views.pages import page
from registry.views.public.door import public


@public.get("/")
@guard.anyone
def home() -> str:
    return page("public/home.html")
