"""What the pages of signing and of answering an offer ask."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from wtforms.validators import Regexp

from forms.base import PageForm
from forms.choices import Pairs
from forms.fields import (
    CodeField,
    HiddenField,
    LongTextField,
    RadioField,
    SecretField,
    SelectField,
    TextField,
    TickField,
)

_LOAD_AGAIN = _l("Something is missing in this page. Load it again, then go on.")


def _digest() -> HiddenField:
    """The SHA-256 of the document that the page showed."""
    return HiddenField(
        _l("Document"), Regexp("^[0-9a-f]{64}$", message=_LOAD_AGAIN), longest=64, missing=_LOAD_AGAIN
    )


def _consent() -> TickField:
    return TickField(
        _l("I agree to sign this memorandum in electronic form."),
        missing=_l("Tick the box to agree to the electronic form, or ask to sign on paper."),
    )


class ConsentForm(PageForm):
    """Consent to the electronic form: a control of its own, never ticked beforehand."""

    seen_sha256 = _digest()
    consent = _consent()


class Asked(NamedTuple):
    """One question about the memorandum: the name of its field, its words, and pairs of code and answer."""

    name: str
    words: str
    choices: Pairs


def consent_form(asked: Sequence[Asked]) -> type[ConsentForm]:
    """The consent, after these questions about what is to be signed."""
    questions = {
        each.name: RadioField(
            each.words, choices=partial(list, each.choices), missing=_l("Choose an answer.")
        )
        for each in asked
    }
    return type("AskedConsentForm", (ConsentForm,), {**questions, "consent": _consent()})


class ConfirmForm(PageForm):
    """The act of signing: the typed name, the password, and the code from the letter."""

    seen_sha256 = _digest()
    idempotency_key = HiddenField(
        _l("Page"), Regexp("^[A-Za-z0-9_-]{20,64}$", message=_LOAD_AGAIN), longest=64, missing=_LOAD_AGAIN
    )
    typed_name = TextField(
        _l("Your name"),
        hint=_l("As it stands in the memorandum, in Khmer or in Latin letters."),
        missing=_l("Type your name as it stands in the memorandum."),
        longest=255, autocomplete="off", spellcheck=False,
    )  # fmt: skip
    password = SecretField(
        _l("Your password"), missing=_l("Type your password."), autocomplete="current-password"
    )
    code = CodeField(
        _l("Code from the letter"),
        hint=_l("Eight digits. Spaces do not matter."),
        missing=_l("Type the eight digits from the letter."),
        longest=20, width="10", inputmode="numeric", autocomplete="one-time-code",
    )  # fmt: skip


class DeclineForm(PageForm):
    """Why the organisation does not sign."""

    reason = LongTextField(
        _l("Why do you decline?"),
        hint=_l("The Ministry's officers read this. It is not published."),
        missing=_l("Write why you decline: the Ministry will read it."),
    )


class ChangeForm(PageForm):
    """What the organisation wants changed before it signs."""

    article = SelectField(
        _l("Which article?"),
        missing=_l("Choose the article, or that it is about no single article."),
        choices=[],
    )
    reason = LongTextField(
        _l("What should it say, and why?"),
        hint=_l("Write the words that you wish for, if you can."),
        missing=_l("Write what you wish for: the Ministry will read it."),
        longest=4000, rows=8,
    )  # fmt: skip

    def offer(self, articles: Pairs) -> None:
        """Set which articles one can choose."""
        self.article.choices = [("0", _l("No single article, or to sign on paper")), *articles]
