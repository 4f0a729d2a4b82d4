"""The desk: what waits for the person who is signed in."""

from registry.kernel import clock
from registry.people.states import Act
from registry.views import guard, pages
from registry.views.ministry.door import ministry
from registry.views.ministry.waiting import waiting_for


@ministry.get("/")
@guard.may(Act.SEE_DESK)
def desk() -> guard.Answer:
    """Everything that waits for me, the least time left first."""
    me = guard.me()
    rows = waiting_for(me)
    late = sum(1 for row in rows if row.due and row.due < clock.today())
    return pages.page(
        "ministry/desk.html",
        rows=rows,
        late=late,
        decides=any(me.may(act) for act in (Act.CHECK_APPLICATION, Act.DECIDE_REGISTRATION, Act.COUNTERSIGN)),
        sees_files=me.may(Act.SEE_FILES),
        looks_after_people=me.may(Act.MANAGE_PEOPLE),
    )
