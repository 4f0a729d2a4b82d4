"""What may follow when a duty is late: asked of contracts.ladder alone, and told in the page's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict

from contracts import ladder, terms
from contracts.edition import Edition, Obligation
from contracts.records import Language, Party, Profile
from forms.questions import SupposedForm
from registry.kernel import clock
from registry.views import pages

DAYS_AT_FIRST = 30


@dataclass(frozen=True)
class Supposed:
    """A supposed delay and what may follow; `steps` are for the macro `ladder`.

    Where the question cannot be answered, `found` is None and the form says why.
    """

    form: SupposedForm
    due: date
    found: ladder.WhatIf | None
    obligation: Obligation | None
    said: str
    steps: tuple[dict[str, Any], ...]


def supposed(edition: Edition, profile: Profile, asked: MultiDict[str, str]) -> Supposed:
    """The answer to what an address asks: a duty of this profile, and from 0 to 365 days.

    Nothing asked yet is 30 days for the first duty with a date; what cannot be used is refused at its field.
    """
    duties = [each for each in terms.applicable(edition, profile) if each.party is Party.ORGANISATION]
    language: Language = "km" if pages.language() == "km" else "en"
    form = SupposedForm.posted(_completed(asked, duties))
    form.choose_from([(each.code, f"{each.code} {edition.fill(each.title, language)}") for each in duties])
    due = clock.today()
    if not form.validate():
        return Supposed(form, due, None, None, "", ())
    obligation = edition.obligation(form.obligation.data or "")
    found = ladder.what_if(edition, profile, obligation, due=due, days_late=form.days_late.data or 0)
    steps = tuple(_step(edition, each, found, language) for each in found.path)
    return Supposed(form, due, found, obligation, _said(edition, found, language), steps)


def _completed(asked: MultiDict[str, str], duties: Iterable[Obligation]) -> MultiDict[str, str]:
    """What was asked, with what stands there before anybody has asked anything."""
    complete = MultiDict({name: asked[name] for name in ("obligation", "days_late") if name in asked})
    if "days_late" not in complete:
        complete["days_late"] = str(DAYS_AT_FIRST)
    if "obligation" not in complete:
        complete["obligation"] = next((each.code for each in duties if each.rhythm.due_days), "")
    return complete


def _said(edition: Edition, found: ladder.WhatIf, language: Language) -> str:
    """One sentence: which steps could have begun by the day, and which could come next."""
    if not found.reached:
        return str(gettext("In time: no step follows."))
    reached = _titles(edition, found.reached, language)
    if not found.following:
        return str(gettext("By then, at the earliest: %(steps)s. No further step follows.", steps=reached))
    return str(
        gettext(
            "By then, at the earliest: %(steps)s. What could come next, not before %(day)s: %(following)s.",
            steps=reached,
            day=pages.day(found.following[0].earliest),
            following=_titles(edition, found.following, language),
        )
    )


def _titles(edition: Edition, steps: Iterable[ladder.RungDate], language: Language) -> str:
    titles = [edition.fill(each.rung.consequence.title, language) for each in steps]
    return str(gettext(" or ")).join(titles)


def _step(
    edition: Edition, step: ladder.RungDate, found: ladder.WhatIf, language: Language
) -> dict[str, Any]:
    consequence = step.rung.consequence
    return {
        "title": edition.fill(consequence.title, language),
        "who": edition.fill(consequence.who_decides_text, language),
        "you_may": edition.fill(consequence.you_may, language),
        "days": _earliest(edition, step, language),
        "badge": _stand(step, found),
        "tone": "notice" if step in found.reached else "plain",
        "urgent": consequence.urgent,
    }


def _earliest(edition: Edition, step: ladder.RungDate, language: Language) -> str:
    if step.earliest is None:
        return edition.fill(edition.to_be_set, language)
    return str(gettext("not before %(day)s", day=pages.day(step.earliest)))


def _stand(step: ladder.RungDate, found: ladder.WhatIf) -> str:
    """How a step stands on the supposed day."""
    if step in found.reached:
        return str(gettext("Could have begun by then, if a person has decided so"))
    if step.earliest is None:
        return ""
    days = (step.earliest - found.on).days
    if days <= 0:
        return str(gettext("Would have come before that day"))
    return str(
        ngettext(
            "Not before %(days)s more day", "Not before %(days)s more days", days, days=pages.number(days)
        )
    )
