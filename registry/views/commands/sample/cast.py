"""The people of the sample registry. None of them exists; their names and addresses say so."""

from registry.people import operations as people
from registry.people.models import Person
from registry.people.states import MINISTRY_ROLES, Role

PASSWORD = "sample lantern river bicycle"  # noqa: S105 - printed on purpose: nothing here is real
_SECOND = (Role.OFFICER, Role.APPROVER)
_POSTS = {
    Role.OFFICER: ("មន្ត្រីចុះបញ្ជីគំរូ", "Sample registration officer"),
    Role.APPROVER: ("អ្នកអនុម័តគំរូ", "Sample approver"),
    Role.SIGNATORY: ("ហត្ថលេខីគំរូ", "Sample signatory"),
    Role.INSPECTOR: ("អធិការគំរូ", "Sample inspector"),
    Role.AUDITOR: ("សវនករគំរូ", "Sample auditor"),
    Role.ADMINISTRATOR: ("អ្នកគ្រប់គ្រងគំរូ", "Sample administrator"),
}
_SHORT = {Role.OFFICER: "officer"}


def open_ministry() -> dict[str, Person]:
    """One person for each role of the Ministry, and a second officer and approver for rules that need two."""
    opened = {}
    for letter, roles in (("a", sorted(MINISTRY_ROLES)), ("b", list(_SECOND))):
        for role in roles:
            username = f"{_SHORT.get(role, role)}.{letter}"
            opened[username] = _open(username, role)
    return opened


def open_organisation_person(role: Role, letter: str, *, organisation_id: int) -> Person:
    """The director or the preparer of one sample organisation."""
    username = f"{role}.{letter}"
    return people.open_account(
        username, PASSWORD, role=role, name_km=f"{_KHMER[role]}គំរូ {letter.upper()}",
        name_latin=f"Sample {role.capitalize()} {letter.upper()}", email=f"{username}@example.org",
        language="en" if letter in "bdf" else "km", organisation_id=organisation_id,
    )  # fmt: skip


def accounts() -> str:
    """What `make run` prints: who can sign in, and with which password."""
    ministry = ", ".join(
        [*(f"{_SHORT.get(role, role)}.a" for role in sorted(MINISTRY_ROLES)), "officer.b", "approver.b"]
    )
    return (
        "\nSample accounts (nothing here is real), all with the password\n"
        f"    {PASSWORD}\n"
        f"  Ministry:       {ministry}\n"
        "  Organisations:  director.a and preparer.a, director.b and preparer.b, … (in the order above)\n"
        "  Letters, with the codes for signing: /en/sample-letters\n"
    )


def _open(username: str, role: Role) -> Person:
    letter = username[-1].upper()
    person = people.open_account(
        username, PASSWORD, role=role, name_km=f"{_POSTS[role][0]} {letter}",
        name_latin=f"{_POSTS[role][1]} {letter}", email=f"{username}@example.org", language="en",
    )  # fmt: skip
    person.post_km, person.post_en = _POSTS[role]
    return person


_KHMER = {Role.DIRECTOR: "នាយក", Role.PREPARER: "អ្នករៀបចំឯកសារ"}
