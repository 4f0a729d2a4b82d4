"""What the Ministry does with an application: take up, check, ask, recommend, register or refuse."""

from registry.kernel import clock
from registry.kernel.moves import NotAllowed, next_status
from registry.organisations import letters, queries
from registry.organisations.models import ItemCheck, Organisation, Question, RegistrationDecision
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

    Raises NotAllowed("not-in-review" | "unknown-item" | "question-without-text").
    """
    ensure_in_review(organisation)
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


def request_information(organisation: Organisation, *, by: Person) -> None:
    """Send every open question to the organisation at once.

    Raises NotAllowed("nothing-to-ask"), IllegalMove.
    """
    status = next_status(REGISTRATION, organisation.status, RegistrationMove.REQUEST_INFORMATION)
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
                      questions=[check.note for check in asked])  # fmt: skip


def recommend(organisation: Organisation, *, by: Person, advice: Advice, note: str) -> None:
    """Say what should be decided, once every item was looked at.

    Raises NotAllowed("not-in-review" | "items-unchecked" | "items-not-conforming" | "reason-missing"
    | "already-recommended").
    """
    ensure_in_review(organisation)
    found = queries.checks_now(organisation)
    if queries.open_recommendation(organisation):
        raise NotAllowed("already-recommended")
    if set(found) != set(queries.items_to_check(organisation)):
        raise NotAllowed("items-unchecked")
    conforming = all(check.result is CheckResult.CONFORMING for check in found.values())
    if advice is Advice.REGISTER and not conforming:
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


def _decision_for(organisation: Organisation, *, by: Person) -> RegistrationDecision:
    decision = queries.open_recommendation(organisation)
    if decision is None:
        raise NotAllowed("not-recommended")
    if decision.recommended_by_id == by.id:
        raise NotAllowed("own-recommendation")
    if decision.reviewed_by_id == by.id:
        raise NotAllowed("own-refusal")
    if any(check.checked_by_id == by.id for check in organisation.checks):
        raise NotAllowed("checked-it-yourself")
    decision.decided_by_id, decision.decided_at = by.id, clock.now()
    organisation.decided_at, organisation.answer_due = clock.now(), None
    return decision
