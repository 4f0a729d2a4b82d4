"""Sample memoranda for a described profile: made when asked for, kept in memory for a while, never stored."""

import threading
from collections import OrderedDict
from collections.abc import Callable

from contracts import rendering
from contracts.composing import compose
from contracts.facts import Bilingual, Facts, Site
from contracts.records import RESIDENTIAL_SERVICES, Profile
from registry.editions import queries as editions
from registry.kernel import settings

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KEPT = 12
PATIENCE_SECONDS = 20

ORGANISATION = Bilingual("អង្គការគំរូ (សំណាក)", "Sample organisation")


class Busy(Exception):
    """Another document is being converted, and the wait was too long."""


class _Kept:
    """The last few documents, and the lock by which one is made at a time in this process."""

    def __init__(self) -> None:
        self.documents: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self.lock = threading.Lock()

    def of(self, key: tuple[str, str], make: Callable[[], bytes]) -> bytes:
        if not self.lock.acquire(timeout=PATIENCE_SECONDS):
            raise Busy
        try:
            if key not in self.documents:
                self.documents[key] = make()
            self.documents.move_to_end(key)
            while len(self.documents) > KEPT:
                self.documents.popitem(last=False)
            return self.documents[key]
        finally:
            self.lock.release()


_words, _pdfs = _Kept(), _Kept()


def docx(profile: Profile) -> bytes:
    """The sample memorandum as a Word file. Raises Busy."""
    return _words.of((_key(profile), "docx"), lambda: _rendered(profile))


def pdf(profile: Profile) -> bytes:
    """The sample memorandum as PDF; takes some seconds the first time. Raises Busy, ConversionFailed."""
    return _pdfs.of((_key(profile), "pdf"), lambda: rendering.convert_to_pdf(docx(profile)))


def sample_facts(profile: Profile) -> Facts:
    """Facts that are plainly nobody's: every name says that it is a sample."""
    return Facts(
        document_title=Bilingual("គំរូ៖ អនុស្សារណៈនៃកិច្ចព្រមព្រៀង", "SAMPLE: Memorandum of Understanding"),
        reference_number="SAMPLE",
        verification_code="SAMPLE",
        verification_address=f"{settings.current().public_url}/v/SAMPLE",
        organisation_name=ORGANISATION,
        organisation_reference="SAMPLE",
        registration_number="SAMPLE",
        letter_address=Bilingual("អាសយដ្ឋានគំរូ", "Sample address"),
        organisation_signatory_name=Bilingual("នាយកគំរូ ក", "Sample Director A"),
        organisation_signatory_post=Bilingual("នាយក", "Director"),
        organisation_contact="director.a@example.org",
        ministry_signatory_name=Bilingual("អ្នកចុះហត្ថលេខាគំរូ ខ", "Sample Signatory B"),
        ministry_signatory_post=Bilingual("តំណាងក្រសួង", "Representative of the Ministry"),
        sites=_sites(profile),
    )


def _rendered(profile: Profile) -> bytes:
    edition = editions.current()
    wording = editions.wording(edition.name)
    return rendering.render_docx(compose(edition, profile, sample_facts(profile)), wording=wording)


def _sites(profile: Profile) -> tuple[Site, ...]:
    residential = sorted(profile.services & RESIDENTIAL_SERVICES)[:1]
    services = residential or sorted(profile.services)[:1]
    return tuple(Site(province, service) for province in sorted(profile.provinces) for service in services)


def _key(profile: Profile) -> str:
    staff = sorted(profile.staff.items())
    lists = (sorted(profile.services), sorted(profile.groups), sorted(profile.provinces))
    return repr(
        (
            editions.current().sha256,
            *lists,
            profile.places,
            profile.child_places,
            profile.active_cases,
            profile.foreign,
            staff,
        )
    )
