"""Sample organisations as profiles, one for each kind that has duties of its own."""

from pathlib import Path

from hypothesis import strategies as st

from contracts.terms import CURRENT, Edition, Profile, load_edition

EDITION: Edition = load_edition(CURRENT)
OTHER_MINISTRY = Path(__file__).parent / "editions"
TINY: Edition = load_edition("2025-05", folder=OTHER_MINISTRY)


def profile(*services: str, groups: tuple[str, ...] = ("women",), **more: object) -> Profile:
    """A profile with these services; everything else as given, or nothing."""
    return Profile(services=frozenset(services), groups=frozenset(groups), **more)


SHELTER = profile(
    "residential-care",
    groups=("women", "girls"),
    places=20,
    child_places=12,
    active_cases=30,
    staff={"case_manager": 1, "guard": 3, "other": 2},
)
MEN_SHELTER = profile("emergency-shelter", groups=("men",), places=10, active_cases=10)
OUTREACH = profile("prevention-hotline")
LEGAL = profile("legal-aid", active_cases=25)
MEDICAL = profile("medical", active_cases=8)
VOCATIONAL = profile("vocational", active_cases=40)
REPATRIATION = profile("repatriation", groups=("migrants", "foreign-nationals"), active_cases=15)
FOREIGN = profile("counselling", active_cases=15, foreign=True)
CHILD_DAY_CARE = profile("education", groups=("girls", "boys"), active_cases=30)
KINDS = {
    "shelter": SHELTER,
    "men's shelter": MEN_SHELTER,
    "outreach": OUTREACH,
    "legal": LEGAL,
    "medical": MEDICAL,
    "vocational": VOCATIONAL,
    "repatriation": REPATRIATION,
    "foreign": FOREIGN,
    "children": CHILD_DAY_CARE,
}

profiles = st.builds(
    Profile,
    services=st.frozensets(st.sampled_from([each.code for each in EDITION.services])),
    groups=st.frozensets(st.sampled_from([each.code for each in EDITION.groups])),
    places=st.integers(0, 300),
    child_places=st.integers(0, 300),
    active_cases=st.integers(0, 2000),
    staff=st.dictionaries(st.sampled_from([each.code for each in EDITION.posts]), st.integers(0, 99)),
    foreign=st.booleans(),
    sites=st.integers(1, 9),
)
