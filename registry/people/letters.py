"""What we write to people about their accounts."""

from dataclasses import dataclass

from registry.kernel import outbox
from registry.people.models import Invitation, Person


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
    context = {"token": token, "role": invited.role, "organisation": organisation, "ends_at": invited.ends_at}
    outbox.write("invitation", to=to, event=f"invitation-{invited.id}", context=context)


def step_up_code(person: Person, code: str, *, event: str, what: dict[str, str]) -> None:
    """The code that a binding act asks for."""
    outbox.write(
        "step_up_code", to=person, event=event, context={"code": code, "what": what[person.language]}
    )


def new_sign_in(person: Person, *, event: str, at: str, device: str) -> None:
    """That somebody signed in from a device not seen before."""
    outbox.write("new_sign_in", to=person, event=event, context={"at": at, "device": device})


def password_changed(person: Person, *, event: str) -> None:
    """That the password was changed."""
    outbox.write("password_changed", to=person, event=event, context={})
