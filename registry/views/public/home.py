"""The front page: what this is, and the shortest ways to what somebody came for."""

from registry.directory import queries as directory
from registry.editions import queries as editions
from registry.views import guard
from registry.views.pages import page
from registry.views.public.door import public


@public.get("/")
@guard.anyone
def home() -> str:
    accredited = [
        each for each in directory.everybody() if each.standing and each.standing.label.is_accredited
    ]
    edition = editions.current()
    return page(
        "public/home.html",
        accredited=len(accredited),
        services=len({code for each in accredited for code in each.services}),
        provinces=len({code for each in accredited for code in each.provinces}),
        all_services=len(edition.services),
        all_provinces=len(edition.provinces),
    )
