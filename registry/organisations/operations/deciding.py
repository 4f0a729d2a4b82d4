"""What the Ministry does with an application: take up, check, ask, recommend, register or refuse."""

from collections.abc import Mapping

from registry.kernel import clock
from registry.kernel.moves import NotAllowed, next_status
from registry.organisations import letters, queries
from registry.organisations.models import (
    ItemCheck,
    Organisation,
    Question,
    RegistrationDecision,
    Site,
    SitePlace,
)
from registry.organisations.operations.filing import ensure_in_review, its_people, moved, saved
from registry.organisations.states import REGISTRATION, Advice, CheckResult, RegistrationMove
from registry.people import queries as people
from registry.people.models import Person
from registry.people.states import Role


def take_up(organisation: Organisation, *, by: Person) -> None:
    """An officer takes the application in hand. Raises IllegalMove."""
    status = next_status(REGISTRATION, organisation.status, RegistrationMove.TAKE_UP)
    organisation.handled_by_id = by.id
    moved(organisation, status, "taken up", by)


def check_item(
    organisation: Organisation, *, by: Person, item: str, result: CheckResult, note: str = ""
) -> None:
    """Note what was found about one item; a question becomes part of the next request for information.

    Raises NotAllowed("not-in-review" | "already-recommended" | "unknown-item" | "question-without-text").
    """
    ensure_in_review(organisation)
    _ensure_not_recommended(organisation)
    if item not in queries.items_to_check(organisation):
        raise NotAllowed("unknown-item")
    if result is CheckResult.QUESTION and not note:
        raise NotAllowed("question-without-text")
    found = queries.checks_now(organisation).get(item) or ItemCheck(
        item=item, submitted_at=organisation.submitted_at
    )
    found.result, found.note, found.checked_by_id, found.checked_at = result, note, by.id, clock.now()
    if found not in organisation.checks:
        organisation.checks.append(found)
    saved(organisation, "item checked", by, item=item, result=result)


def check_items(
    organisation: Organisation, *, by: Person, findings: Mapping[str, tuple[CheckResult, str]]
) -> None:
    """Note several findings (result and note by item), each in a row of its own. Raises as `check_item`."""
    for item, (result, note) in findings.items():
        check_item(organisation, by=by, item=item, result=result, note=note)


def conform_the_rest(organisation: Organisation, *, by: Person) -> None:
    """Note that every item without a finding conforms, each in a row of its own. Raises as `check_item`."""
    ensure_in_review(organisation)
    found = queries.checks_now(organisation)
    rest = [item for item in queries.items_to_check(organisation) if item not in found]
    check_items(organisation, by=by, findings=dict.fromkeys(rest, (CheckResult.CONFORMING, "")))


def request_information(organisation: Organisation, *, by: Person) -> None:
    """Send every open question to the organisation at once.

    Raises NotAllowed("nothing-to-ask" | "already-recommended"), IllegalMove.
    """
    status = next_status(REGISTRATION, organisation.status, RegistrationMove.REQUEST_INFORMATION)
    _ensure_not_recommended(organisation)
    asked = [
        check for check in queries.checks_now(organisation).values() if check.result is CheckResult.QUESTION
    ]
    if not asked:
        raise NotAllowed("nothing-to-ask")
    organisation.questions += [
        Question(item=check.item, text=check.note, asked_by_id=by.id, asked_at=clock.now()) for check in asked
    ]
    organisation.answer_due = None
    event = moved(organisation, status, "information requested", by)
    letters.to_people("information_requested", organisation, its_people(organisation), event=event,
                      questions=queries.questions_to_send(organisation))  # fmt: skip


def recommend(organisation: Organisation, *, by: Person, advice: Advice, note: str) -> None:
    """Say what should be decided, once every item was looked at.

    Raises NotAllowed("not-in-review" | "items-unchecked" | "items-not-conforming" | "reason-missing"
    | "already-recommended").
    """
    ensure_in_review(organisation)
    hindrance = queries.hindrance_to_recommend(organisation)
    if hindrance:
        raise NotAllowed(hindrance)
    if advice is Advice.REGISTER and queries.questions_to_send(organisation):
        raise NotAllowed("items-not-conforming")
    if advice is Advice.REFUSE and not note:
        raise NotAllowed("reason-missing")
    organisation.decisions.append(
        RegistrationDecision(
            advice=advice, advice_note=note, recommended_by_id=by.id, recommended_at=clock.now()
        )
    )
    event = saved(organisation, "recommended", by, note=note, advice=advice)
    letters.to_people("decision_waiting", organisation, people.people_with(Role.APPROVER), event=event)


def register(organisation: Organisation, *, by: Person) -> None:
    """Enter the organisation into the register.

    Raises NotAllowed("not-recommended" | "own-recommendation" | "checked-it-yourself" | "own-refusal"),
    IllegalMove.
    """
    status = next_status(REGISTRATION, organisation.status, RegistrationMove.REGISTER)
    decision = _decision_for(organisation, by=by)
    decision.outcome = Advice.REGISTER
    event = moved(organisation, status, "registered", by)
    letters.to_people("registered", organisation, its_people(organisation), event=event)


def refuse(organisation: Organisation, *, by: Person, reason: str) -> None:
    """Refuse registration, with a reason that the organisation reads. Raises as `register` does."""
    status = next_status(REGISTRATION, organisation.status, RegistrationMove.REFUSE)
    if not reason:
        raise NotAllowed("reason-missing")
    decision = _decision_for(organisation, by=by)
    decision.outcome, decision.reason = Advice.REFUSE, reason
    event = moved(organisation, status, "refused", by, note=reason)
    letters.to_people("refused", organisation, its_people(organisation), event=event, reason=reason)


def remove(organisation: Organisation, *, proposed_by: Person, by: Person, reason: str) -> None:
    """Take an organisation off the register, by a decision that two people have made.

    Raises NotAllowed("own-proposal" | "reason-missing"), IllegalMove.
    """
    status = next_status(REGISTRATION, organisation.status, RegistrationMove.REMOVE)
    if proposed_by.id == by.id:
        raise NotAllowed("own-proposal")
    if not reason:
        raise NotAllowed("reason-missing")
    event = moved(organisation, status, "removed", by, note=reason)
    letters.to_people("removed", organisation, its_people(organisation), event=event, reason=reason)


def look_at_place(site: Site, *, by: Person) -> SitePlace:
    """Show where a protected site is. Each look is journalled (the Ministry's duty MI-05)."""
    saved(site.organisation, "place looked at", by, kind=site.kind, site=site.id)
    return site.place


def _decision_for(organisation: Organisation, *, by: Person) -> RegistrationDecision:
    hindrance = queries.hindrance_to_decide(organisation, by)
    decision = queries.open_recommendation(organisation)
    if hindrance or decision is None:
        raise NotAllowed(hindrance or "not-recommended")
    decision.decided_by_id, decision.decided_at = by.id, clock.now()
    organisation.decided_at, organisation.answer_due = clock.now(), None
    return decision


def _ensure_not_recommended(organisation: Organisation) -> None:
    # The approver decides on the findings that were recommended; they must not change in between.
    if queries.open_recommendation(organisation):
        raise NotAllowed("already-recommended")
