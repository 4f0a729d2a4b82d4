"""What we write to people about their accounts."""

from collections.abc import Mapping
from dataclasses import dataclass

from registry.kernel import outbox
from registry.people.models import Invitation, Person
from registry.people.states import Role

ROLE_NAMES: Mapping[Role, Mapping[str, str]] = {
    Role.DIRECTOR: {"en": "director", "km": "នាយក"},
    Role.PREPARER: {"en": "preparer of papers", "km": "អ្នករៀបចំឯកសារ"},
    Role.OFFICER: {"en": "registration officer", "km": "មន្ត្រីចុះបញ្ជី"},
    Role.APPROVER: {"en": "approver", "km": "អ្នកអនុម័ត"},
    Role.SIGNATORY: {"en": "signatory", "km": "ហត្ថលេខី"},
    Role.INSPECTOR: {"en": "inspector", "km": "អធិការ"},
    Role.AUDITOR: {"en": "auditor", "km": "សវនករ"},
    Role.ADMINISTRATOR: {"en": "administrator", "km": "អ្នកគ្រប់គ្រងប្រព័ន្ធ"},
}


@dataclass(frozen=True)
class Addressee:
    """Somebody without an account yet."""

    pseudonym: str
    email: str
    language: str
    called: str

    @property
    def name(self) -> dict[str, str]:
        return {"km": self.called, "en": self.called}


def invitation(invited: Invitation, token: str, *, organisation: dict[str, str] | None) -> None:
    """The invitation itself, with its link."""
    to = Addressee(f"invited-{invited.id}", invited.email, invited.language, invited.name)
    context = {
        "token": token,
        "role_name": ROLE_NAMES[invited.role][invited.language],
        "organisation": organisation,
        "ends_at": invited.ends_at,
    }
    outbox.write("invitation", to=to, event=f"invitation-{invited.id}", context=context)


def step_up_code(person: Person, code: str, *, event: str, what: dict[str, str]) -> None:
    """The code that a binding act asks for."""
    outbox.write(
        "step_up_code", to=person, event=event, context={"code": code, "what": what[person.language]}
    )


def password_changed(person: Person, *, event: str) -> None:
    """That the password was changed."""
    outbox.write("password_changed", to=person, event=event, context={})
