"""What an administrator answers about the Ministry's people."""

from flask_babel import lazy_gettext as _l

from forms.accounts import languages
from forms.base import PageForm
from forms.choices import Pairs
from forms.fields import EmailField, RadioField, TextField
from registry.people.states import Role

ROLES = {
    Role.OFFICER: _l("Registration officer"),
    Role.APPROVER: _l("Approver"),
    Role.SIGNATORY: _l("Signatory of the Ministry"),
    Role.INSPECTOR: _l("Inspector"),
    Role.AUDITOR: _l("Auditor"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
HINTS = {
    Role.OFFICER: _l("Checks applications, prepares memoranda, receives reports."),
    Role.APPROVER: _l("Decides on registration; never on what they checked themselves."),
    Role.SIGNATORY: _l("Countersigns memoranda that somebody else prepared."),
    Role.INSPECTOR: _l("Receives reports; may look at where a protected site is."),
    Role.AUDITOR: _l("Reads everything, the journal included; changes nothing."),
    Role.ADMINISTRATOR: _l("Looks after accounts; decides nothing about any organisation."),
}


def _roles() -> Pairs:
    return [(role.value, str(name)) for role, name in ROLES.items()]


class InviteForm(PageForm):
    """Whom to invite, and to which role."""

    name = TextField(_l("Name"), missing=_l("Write the name."), autocomplete="off")
    email = EmailField(
        _l("E-mail address"),
        hint=_l("The invitation goes there. It can be used once, within 14 days."),
        missing=_l("Write the e-mail address."),
        autocomplete="off",
        spellcheck=False,
    )
    role = RadioField(_l("Role"), choices=_roles, missing=_l("Choose the role."), hints=HINTS)
    language = RadioField(
        _l("Language of letters"),
        choices=languages,
        missing=_l("Choose the language."),
        inline=True,
        default="km",
    )
