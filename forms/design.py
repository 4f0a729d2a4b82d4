"""The form of the components page: one question of every kind."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from forms.base import PageForm
from forms.choices import Pairs
from forms.fields import (
    AmountField,
    CheckboxesField,
    CodeField,
    DayField,
    EmailField,
    FileField,
    HiddenField,
    LongTextField,
    RadioField,
    SecretField,
    SelectField,
    TextField,
    TickField,
    WholeNumberField,
)


def _services() -> Pairs:
    names = {
        "shelter": gettext("Shelter"),
        "counselling": gettext("Counselling"),
        "legal": gettext("Legal help"),
    }
    return list(names.items())


def _provinces() -> Pairs:
    # Names with signs far below the line: the list that shows first when a browser cuts them.
    return [("01", "បន្ទាយមានជ័យ"), ("11", "មណ្ឌលគិរី"), ("19", "ស្ទឹងត្រែង"), ("25", "ត្បូងឃ្មុំ")]


def _answers() -> Pairs:
    return [("yes", gettext("Yes")), ("no", gettext("No"))]


class DesignForm(PageForm):
    """Asks for nothing real; what is posted is only shown again."""

    name_km = TextField(
        _l("Name of the organisation in Khmer"),
        hint=_l("As it stands in the letter of registration."),
        missing=_l("Write the name of the organisation in Khmer."),
        language="km",
    )
    name_en = TextField(_l("Name of the organisation in Latin letters"), optional=True, language="en")
    email = EmailField(_l("E-mail address"), autocomplete="email")
    province = SelectField(_l("Province"), choices=_provinces)
    services = CheckboxesField(
        _l("Services"),
        choices=_services,
        hint=_l("Choose all that you give."),
        missing=_l("Choose one or more services."),
    )
    residential = RadioField(_l("Do people live in your care?"), choices=_answers, inline=True)
    places = WholeNumberField(_l("Places"), largest=5000, hint=_l("Khmer digits may be used."))
    wage = AmountField(_l("Monthly wage of a case manager"), prefix="USD", optional=True)
    founded = DayField(_l("Day of registration"), hint=_l("For example 27 3 2019."))
    about = LongTextField(_l("What you do, in a few sentences"), rows=4, optional=True)
    paper = FileField(
        _l("Letter of registration"),
        hint=_l("PDF, JPG or PNG, up to 10 MB."),
        accept=".pdf,.jpg,.png",
        optional=True,
    )
    password = SecretField(_l("Password"), autocomplete="new-password", optional=True)
    code = CodeField(_l("Code from your phone"), longest=6, inputmode="numeric", width="5", optional=True)
    agreed = TickField(_l("What is written here is true"), missing=_l("Tick the box when it is true."))
    seen = HiddenField("", optional=True)
