"""Typical organisations to begin from: nobody has to fill in a form to see what a memorandum would ask."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from contracts.records import Profile


class Example(NamedTuple):
    """A typical organisation, invented."""

    name: LazyString
    profile: Profile


EXAMPLES = (
    Example(
        _l("A small outreach group"),
        Profile(
            services=frozenset({"prevention-hotline"}),
            groups=frozenset({"women", "migrants"}),
            provinces=frozenset({"01"}),
            active_cases=10,
            staff={"case_manager": 1, "other": 2},
        ),
    ),
    Example(
        _l("A shelter with 24 places for women and girls"),
        Profile(
            services=frozenset({"emergency-shelter", "residential-care", "counselling"}),
            groups=frozenset({"women", "girls"}),
            provinces=frozenset({"12"}),
            places=24,
            child_places=12,
            active_cases=30,
            staff={
                "case_manager": 1,
                "counsellor": 1,
                "house_mother": 4,
                "guard": 2,
                "cook": 1,
                "accountant": 1,
            },
        ),
    ),
    Example(
        _l("Legal aid"),
        Profile(
            services=frozenset({"legal-aid"}),
            groups=frozenset({"women", "men", "girls", "boys"}),
            provinces=frozenset({"12", "08"}),
            active_cases=40,
            staff={"case_manager": 2, "accountant": 1, "other": 4},
        ),
    ),
    Example(
        _l("A hotline with follow-up"),
        Profile(
            services=frozenset({"prevention-hotline", "screening", "follow-up"}),
            groups=frozenset({"women", "men"}),
            provinces=frozenset({"12"}),
            active_cases=25,
            staff={"case_manager": 1, "counsellor": 1, "other": 3},
        ),
    ),
    Example(
        _l("Repatriation and return"),
        Profile(
            services=frozenset({"repatriation", "screening", "family-tracing"}),
            groups=frozenset({"migrants", "women", "men"}),
            provinces=frozenset({"01", "22"}),
            active_cases=35,
            staff={"case_manager": 2, "supervisor": 1, "accountant": 1},
        ),
    ),
    Example(
        _l("A foreign organisation that trains and follows up"),
        Profile(
            services=frozenset({"vocational", "economic-support", "follow-up"}),
            groups=frozenset({"women"}),
            provinces=frozenset({"17"}),
            active_cases=60,
            staff={"case_manager": 3, "supervisor": 1, "accountant": 1, "other": 6},
            foreign=True,
        ),
    ),
)
