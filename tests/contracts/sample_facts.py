"""Facts of organisations that are obviously samples, for tests of the paper."""

from dataclasses import replace
from datetime import date

from contracts.facts import Bilingual, Facts, SafeguardingPolicy, Site

FULL = Facts(
    reference_number="0042 ស.អ.យ",
    verification_code="7KQ2-M9XD-4T",
    verification_address="https://register.example.org/v/7KQ2M9XD4T",
    organisation_name=Bilingual("អង្គការជម្រកគំរូ ក", "Sample Shelter A"),
    organisation_acronym="SSA",
    organisation_legal_form=Bilingual("អង្គការមិនមែនរដ្ឋាភិបាលក្នុងស្រុក", "local non-governmental organisation"),
    registration_authority=Bilingual("ក្រសួងមហាផ្ទៃ", "the Ministry of Interior"),
    registration_number="1234",
    registration_date=date(2018, 2, 20),
    letter_address=Bilingual("ប្រអប់សំបុត្រគំរូ ១២៣", "Sample PO Box 123"),
    organisation_reference="ORG-0007",
    application_date=date(2026, 1, 9),
    profile_date=date(2026, 1, 9),
    organisation_signatory_name=Bilingual("គំរូ នាយិកា ក", "Sample Director A"),
    organisation_signatory_post=Bilingual("នាយិកាប្រតិបត្តិ", "Executive Director"),
    organisation_contact_post=Bilingual("នាយិកាប្រតិបត្តិ", "Executive Director"),
    organisation_contact="director.a@example.org",
    ministry_address=Bilingual("អាសយដ្ឋានគំរូ", "Sample address"),
    ministry_signatory_name=Bilingual("គំរូ អគ្គនាយក ខ", "Sample Director General B"),
    ministry_signatory_post=Bilingual("អគ្គនាយក", "Director General"),
    ministry_contact_post=Bilingual("មន្ត្រីបង្គោល", "Focal officer"),
    ministry_contact="focal@example.org",
    urgent_visit_authority=Bilingual("អគ្គនាយក", "the Director General"),
    sites=(Site("12", "residential-care"), Site("17", "emergency-shelter")),
    safeguarding_policy=SafeguardingPolicy(
        Bilingual("គោលនយោបាយគំរូ", "Sample policy"), date(2025, 1, 15), "ab" * 32
    ),
)


def sample_facts(**changes: object) -> Facts:
    """Facts of Sample Shelter A, with some of them changed."""
    return replace(FULL, **changes)
