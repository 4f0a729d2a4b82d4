"""Accounts: register an organisation, sign in, accept an invitation, change a password or a language."""

import re
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from forms.base import PageForm
from forms.checks import Sentence
from forms.choices import Pairs
from forms.contact import PhoneField
from forms.fields import EmailField, RadioField, SecretField, TextField

# Letters that can be seen and told apart; the two Khmer signs left out (17B4, 17B5) cannot be seen.
ACCOUNT_NAME = re.compile(r"[A-Za-z0-9._\-\u1780-\u17b3\u17b6-\u17d3\u17e0-\u17e9]{3,40}")


class AccountName:
    """Three to forty letters or digits, in Latin or Khmer."""

    def __call__(self, _form: object, field: Field) -> None:
        """Refuse spaces and other signs."""
        if not ACCOUNT_NAME.fullmatch(field.data or ""):
            raise ValidationError(
                gettext("Use 3 to 40 letters or digits without spaces. A point, - and _ are allowed too.")
            )


def _who_registers() -> Pairs:
    return [
        ("director", gettext("I am the director: I sign for the organisation")),
        ("preparer", gettext("I prepare papers for the director")),
    ]


def languages() -> Pairs:
    """The languages of letters, each in its own name."""
    return [("km", "ភាសាខ្មែរ"), ("en", "English")]


# Functions, because WTForms asks questions in the order in which they were made, form by form.
def _own_name_km() -> TextField:
    return TextField(
        _l("Your name in Khmer"), missing=_l("Write your name in Khmer."), language="km", autocomplete="name"
    )


def _own_name_latin() -> TextField:
    return TextField(
        _l("Your name in Latin letters"), missing=_l("Write your name in Latin letters."), language="en"
    )


def _username() -> TextField:
    return TextField(
        _l("Account name"),
        AccountName(),
        hint=_l("You sign in with this. It is not your e-mail address, because colleagues often share one."),
        missing=_l("Choose an account name."),
        autocomplete="username",
        spellcheck=False,
        width="20",
    )


def _new_password(label: Sentence, missing: Sentence) -> SecretField:
    return SecretField(
        label,
        hint=_l("At least 12 characters. Several words that do not belong together are good."),
        missing=missing,
        autocomplete="new-password",
    )


class RegisterForm(PageForm):
    """Begins a registration: the organisation's names and the account of its first person."""

    name_km = TextField(
        _l("Name of the organisation in Khmer"),
        hint=_l("As it stands in the certificate of registration."),
        missing=_l("Write the name of the organisation in Khmer."),
        language="km",
        autocomplete="organization",
    )
    name_latin = TextField(
        _l("Name of the organisation in Latin letters"),
        missing=_l("Write the name of the organisation in Latin letters."),
        language="en",
    )
    acronym = TextField(_l("Acronym"), longest=40, optional=True, width="10")
    who = RadioField(
        _l("Who are you?"),
        choices=_who_registers,
        missing=_l("Say whether you are the director or prepare papers."),
    )
    own_name_km = _own_name_km()
    own_name_latin = _own_name_latin()
    email = EmailField(
        _l("Your e-mail address"),
        hint=_l("The Ministry's letters come here. Several people may share one address."),
        missing=_l("Write your e-mail address."),
        longest=254,
        autocomplete="email",
    )
    phone = PhoneField(_l("Your phone number"), optional=True, autocomplete="tel")
    username = _username()
    password = _new_password(_l("Password"), _l("Choose a password."))


class SignInForm(PageForm):
    """Account name and password."""

    username = TextField(
        _l("Account name"),
        missing=_l("Write your account name."),
        autocomplete="username",
        spellcheck=False,
        width="20",
    )
    password = SecretField(_l("Password"), missing=_l("Write your password."), longest=1000)


class InvitedForm(PageForm):
    """Opens the account that somebody was invited to."""

    own_name_km = _own_name_km()
    own_name_latin = _own_name_latin()
    username = _username()
    password = _new_password(_l("Password"), _l("Choose a password."))


class InvitedSignerForm(PageForm):
    """The same for somebody who signs: their post stands in the memorandum, in both languages."""

    own_name_km = _own_name_km()
    own_name_latin = _own_name_latin()
    post_km = TextField(
        _l("Your post in Khmer"), missing=_l("Write your post in Khmer."), language="km", width="20"
    )
    post_en = TextField(
        _l("Your post in English"), missing=_l("Write your post in English."), language="en", width="20"
    )
    username = _username()
    password = _new_password(_l("Password"), _l("Choose a password."))


class PasswordForm(PageForm):
    """Changes the password."""

    old = SecretField(_l("Your password now"), missing=_l("Write your password as it is now."), longest=1000)
    new = _new_password(_l("New password"), _l("Choose a new password."))


class LanguageForm(PageForm):
    """In which language letters come."""

    letters = RadioField(
        _l("Language of letters to you"), choices=languages, missing=_l("Choose a language."), inline=True
    )


def account_of(form: Any) -> dict[str, Any]:
    """What a form with the questions of a new account says, as `people.open_account` takes it."""
    return {
        "username": form.username.data,
        "password": form.password.data,
        "name_km": form.own_name_km.data,
        "name_latin": form.own_name_latin.data,
    }
