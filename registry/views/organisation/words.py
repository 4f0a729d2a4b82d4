"""What an organisation is told on its own pages: what happens next, and what each section and paper is."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from registry.organisations.states import PaperKind, RegistrationStatus, Section

NEXT: Mapping[RegistrationStatus, LazyString] = {
    RegistrationStatus.IDENTIFIED: _l(
        "The Ministry knows of your organisation. Register when you are ready."
    ),
    RegistrationStatus.DRAFT: _l(
        "Fill in the parts below, in any order. Each is saved at once. Nothing is sent until you submit."
    ),
    RegistrationStatus.SUBMITTED: _l(
        "You have submitted and need do nothing now. An officer of the Ministry takes up your file."
    ),
    RegistrationStatus.IN_REVIEW: _l(
        "An officer checks your file, part by part. You need do nothing now. If something is unclear, "
        "you get a letter with questions."
    ),
    RegistrationStatus.INFORMATION_REQUESTED: _l(
        "The Ministry has questions. Answer each one, change what needs changing, then submit again. "
        "Nothing that you wrote is lost."
    ),
    RegistrationStatus.REGISTERED: _l(
        "Your organisation is registered. The Ministry prepares the memorandum and offers it to you here. "
        "Until then, read what you would have to do."
    ),
    RegistrationStatus.REFUSED: _l(
        "The registration was refused, for the reason below. The director may ask that somebody else "
        "looks at it again."
    ),
    RegistrationStatus.REVIEW_REQUESTED: _l(
        "Somebody who did not refuse it looks at your file again. You need do nothing now; you get a letter."
    ),
    RegistrationStatus.WITHDRAWN: _l("Your organisation has left the register by its own wish."),
    RegistrationStatus.REMOVED: _l(
        "Your organisation was removed from the register. The reason is in the letter to you."
    ),
}

WITH_MEMORANDUM = _l(
    "Your organisation is registered. Below is how your memorandum stands, and what falls due next."
)

SECTION: Mapping[Section, LazyString] = {
    Section.LEGAL: _l("Legal registration and contact"),
    Section.WORK: _l("Your work"),
    Section.PEOPLE: _l("Director and staff"),
    Section.SITES: _l("Sites"),
    Section.PAPERS: _l("Papers"),
}

ABOUT_SECTION: Mapping[Section, LazyString] = {
    Section.LEGAL: _l("Have the certificate of registration at hand."),
    Section.WORK: _l("Services, people served, provinces and numbers. Your duties follow from this."),
    Section.PEOPLE: _l("The director's post, and how many people hold each post."),
    Section.SITES: _l("Where you work. It is encrypted and never shown to the public."),
    Section.PAPERS: _l("PDF files or clear photos."),
}

ABOUT_PAPER: Mapping[PaperKind, LazyString] = {
    PaperKind.STATUTE: _l("The statute of the organisation in force now, signed."),
    PaperKind.CERTIFICATE: _l(
        "The certificate or letter by which the authority registered you, or your agreement with it."
    ),
    PaperKind.SAFEGUARDING: _l("How you keep children safe: the policy that your staff have signed."),
    PaperKind.BUDGET: _l("The budget of this year, or the next, with where the money comes from."),
}
