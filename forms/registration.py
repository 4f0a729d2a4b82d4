"""The short pages of an organisation's registration: shapes of answers only."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import wtforms
from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l

from contracts import terms
from contracts.edition import Edition
from contracts.records import RESIDENTIAL_SERVICES
from forms.base import PageForm
from forms.choices import Pairs, language_of_page, named
from forms.contact import PhoneField
from forms.fields import (
    AmountField,
    CheckboxesField,
    DayField,
    EmailField,
    FileField,
    LongTextField,
    RadioField,
    SelectField,
    TextField,
    TickField,
    WholeNumberField,
)
from registry.organisations.states import SiteKind

MOST_PLACES = 5_000
MOST_CASES = 100_000
MOST_STAFF = 2_000
MOST_PAY = 100_000  # USD a month


def _edition() -> Edition:
    return terms.load_edition(terms.CURRENT)


def _origins() -> Pairs:
    return [
        ("local", gettext("A Cambodian organisation or association")),
        ("foreign", gettext("A foreign organisation")),
    ]


def _site_kinds() -> Pairs:
    return [
        (SiteKind.RESIDENTIAL, gettext("People in our care live here")),
        (SiteKind.DAY_CENTRE, gettext("People come here by day")),
        (SiteKind.OFFICE, gettext("Only an office")),
    ]


class LegalForm(PageForm):
    """The legal registration, and how letters and the public reach the organisation."""

    name_km = TextField(
        _l("Name of the organisation in Khmer"),
        missing=_l("Write the name of the organisation in Khmer."),
        language="km",
    )
    name_latin = TextField(
        _l("Name of the organisation in Latin letters"),
        missing=_l("Write the name of the organisation in Latin letters."),
        language="en",
    )
    origin = RadioField(
        _l("What are you registered as?"),
        choices=_origins,
        missing=_l("Say whether the organisation is Cambodian or foreign."),
    )
    registration_number = TextField(
        _l("Number of the legal registration"),
        hint=_l("As it stands in the certificate of registration."),
        missing=_l("Write the number of the registration."),
        longest=60,
        width="20",
    )
    registration_date = DayField(
        _l("Day of the legal registration"),
        hint=_l("For example 27 3 2019."),
        missing=_l("Write the day of the registration."),
    )
    letter_address_km = LongTextField(
        _l("Address for letters, in Khmer"), longest=500, rows=3, optional=True, language="km"
    )
    letter_address_en = LongTextField(
        _l("Address for letters, in English"), longest=500, rows=3, optional=True, language="en"
    )
    public_phone = PhoneField(
        _l("Phone number for the public"),
        hint=_l("It is shown in the public list. Never give the number of a shelter."),
        missing=_l("Write a phone number that the public may call."),
    )
    public_email = EmailField(_l("E-mail address for the public"), longest=254, optional=True)
    acronym = TextField(_l("Acronym"), longest=40, optional=True, width="10")
    other_memoranda = LongTextField(
        _l("Other memoranda with a ministry"),
        hint=_l("With which ministry, and until when."),
        rows=3,
        optional=True,
    )

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """One of the two addresses is enough."""
        good = super().validate(extra_validators)
        if self.letter_address_km.data or self.letter_address_en.data:
            return good
        if not (self.letter_address_km.errors or self.letter_address_en.errors):
            self.refuse("letter_address_km", _l("Write an address for letters, in Khmer or in English."))
        return False


class WorkForm(PageForm):
    """What the organisation does, for whom and where: everything that its duties follow from."""

    services = CheckboxesField(
        _l("What do you do?"),
        choices=named(lambda: _edition().services),
        missing=_l("Choose one or more services."),
    )
    groups = CheckboxesField(
        _l("For whom?"), choices=named(lambda: _edition().groups), missing=_l("Choose one or more groups.")
    )
    provinces = CheckboxesField(
        _l("In which provinces?"),
        choices=named(lambda: _edition().provinces),
        missing=_l("Choose one or more provinces."),
    )
    places = WholeNumberField(
        _l("Places where people can live"),
        hint=_l("All beds, also the empty ones. Leave it empty when nobody lives with you."),
        largest=MOST_PLACES,
        optional=True,
    )
    child_places = WholeNumberField(
        _l("Places for children among them"),
        hint=_l("Under 18 years. Write 0 when there are none."),
        largest=MOST_PLACES,
        optional=True,
    )
    active_cases = WholeNumberField(
        _l("Cases that you follow now"),
        hint=_l("Only the number: no names and nothing about anybody."),
        missing=_l("Write how many cases you follow now; 0 when there are none."),
        largest=MOST_CASES,
    )

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Where people live, the number of places is asked for."""
        good = super().validate(extra_validators)
        lives_there = not RESIDENTIAL_SERVICES.isdisjoint(self.services.data or [])
        if lives_there and not self.places.data and not self.places.errors:
            self.refuse("places", _l("People live with you: write how many places there are."))
            return False
        return good


class StaffForm(wtforms.Form):
    """How many people hold each post; the fields are the posts of the newest edition."""


class PayForm(wtforms.Form):
    """What one person in each post is paid; the fields are the posts of the newest edition."""


for _post in _edition().posts:
    _post_name = LazyString(lambda post=_post: post.name.of(language_of_page()))
    setattr(StaffForm, _post.code, WholeNumberField(_post_name, optional=True, largest=MOST_STAFF, width="3"))
    setattr(
        PayForm, _post.code, AmountField(_post_name, optional=True, largest=MOST_PAY, width="5", prefix="USD")
    )


class PeopleForm(PageForm):
    """Who works here, by post."""

    staff = wtforms.FormField(StaffForm, separator=".")
    pay = wtforms.FormField(PayForm, separator=".")

    def numbers(self) -> dict[str, int]:
        """People by post; a post without anybody is kept only where its pay was written."""
        return {post: number or 0 for post, number in self.staff.data.items() if number or self.wages()[post]}

    def wages(self) -> dict[str, Decimal | None]:
        """Monthly pay by post in USD."""
        return dict(self.pay.data)


class DirectedForm(PeopleForm):
    """The same, with the post of the director as it stands in the memorandum."""

    director_post_km = TextField(
        _l("The director's post in Khmer"),
        hint=_l("The memorandum is signed under it."),
        missing=_l("Write the director's post in Khmer."),
        language="km",
        width="20",
    )
    director_post_en = TextField(
        _l("The director's post in English"),
        missing=_l("Write the director's post in English."),
        language="en",
        width="20",
    )


def _name() -> TextField:
    return TextField(_l("Name"), missing=_l("Write the name."), autocomplete="off")


def _email() -> EmailField:
    return EmailField(
        _l("E-mail address"),
        hint=_l("The invitation goes there. It can be used once, within 14 days."),
        missing=_l("Write the e-mail address."),
        longest=254,
        autocomplete="off",
    )


class UndirectedForm(PeopleForm):
    """The same, with whom to invite as director."""

    name = _name()
    email = _email()


class ColleagueForm(PageForm):
    """Whom to invite."""

    name = _name()
    email = _email()


class SiteForm(PageForm):
    """One site; where it is, is kept encrypted."""

    kind = RadioField(
        _l("What happens there?"), choices=_site_kinds, missing=_l("Say what happens at this site.")
    )
    province = SelectField(
        _l("Province"), choices=named(lambda: _edition().provinces), missing=_l("Choose the province.")
    )
    called = TextField(
        _l("What you call it"),
        hint=_l("A name that only you and the Ministry's inspectors read, such as House 2."),
        missing=_l("Write what you call this site."),
        longest=120,
    )
    address = LongTextField(
        _l("Where it is"),
        hint=_l("Village, commune, district, and how to find it."),
        missing=_l("Write where the site is."),
        longest=500,
        rows=3,
    )
    another = TickField(_l("There is another site: ask me again after this one"), optional=True)


class PaperForm(PageForm):
    """One paper."""

    paper = FileField(
        _l("Choose the file"),
        hint=_l("A PDF, or a clear photo of every page (JPEG or PNG), of at most 10 MB."),
        missing=_l("Choose a file first."),
        accept=".pdf,.jpg,.jpeg,.png",
    )
