"""Preparing a memorandum and offering it: the text is frozen, and from then on it is these bytes."""

from dataclasses import dataclass

from contracts import rendering, sealing
from contracts.composing import canonical_json
from contracts.converting import ConversionFailed
from registry.editions import queries as editions
from registry.kernel import clock, codes, storage
from registry.kernel.db import db
from registry.kernel.moves import NotAllowed, OutOfDate
from registry.memoranda import letters, queries
from registry.memoranda.models import Memorandum, OfferedText
from registry.memoranda.operations.filing import after, moved, organisation_people
from registry.memoranda.states import MemorandumMove, MemorandumStatus
from registry.organisations import queries as organisations
from registry.organisations.models import Organisation
from registry.organisations.states import RegistrationStatus
from registry.people.models import Person
from registry.people.states import Role

VERIFICATION_CODE_LENGTH = 11
SERIAL_LENGTH = 6


@dataclass(frozen=True)
class OfferedPapers:
    """The frozen text in its three forms, and where in the PDF the signatures go."""

    terms_json: bytes
    docx: bytes
    pdf: bytes
    boxes: dict[str, list[float]]


def draft(organisation: Organisation, *, by: Person) -> Memorandum:
    """Begin a memorandum under the newest edition; it renews the one whose renewal was asked for, if any.

    Raises NotAllowed("organisation-not-registered" | "memorandum-under-way" | "no-director").
    """
    hindrance = queries.hindrance_to_draft(organisation)
    if hindrance:
        raise NotAllowed(hindrance)
    edition = editions.current()
    memorandum = Memorandum(
        reference=f"MOU-{clock.today().year}-{codes.new_code(SERIAL_LENGTH)}",
        verification_code=codes.new_code(VERIFICATION_CODE_LENGTH), organisation=organisation,
        previous=queries.to_renew(organisation), status=MemorandumStatus.DRAFT, edition=edition.name,
        edition_sha256=edition.sha256, drafted_on=clock.today(), prepared_by=by,
        term_years=edition.parameter("mou_term_years").value,
        renewal_opens_days=edition.parameter("renewal_opens_days").value,
    )  # fmt: skip
    db.session.add(memorandum)
    moved(memorandum, MemorandumStatus.DRAFT, "memorandum drafted", by, edition=edition.name)
    return memorandum


def make_papers(memorandum: Memorandum, *, signatory: Person) -> OfferedPapers:
    """Word, PDF and terms of the memorandum as it stands; slow (seconds), so never inside a transaction.

    Raises NotAllowed("document-not-made") when the document could not be made this time.
    """
    text = queries.composed(memorandum, signatory=signatory)
    wording = editions.wording(memorandum.edition)
    docx = rendering.render_docx(text, wording=wording)
    try:
        pdf = rendering.convert_to_pdf(docx)
    except ConversionFailed:
        raise NotAllowed("document-not-made") from None
    boxes = rendering.signature_boxes(pdf)
    terms_json = canonical_json(text)
    return OfferedPapers(
        terms_json=terms_json,
        docx=docx,
        pdf=sealing.prepare(pdf, terms_json=terms_json, boxes=boxes),
        boxes={name: list(box) for name, box in boxes.items()},
    )


def ensure_may_offer(memorandum: Memorandum, *, by: Person, signatory: Person) -> MemorandumStatus:
    """The rules of an offer, asked before the slow work and again with it; returns the next status.

    Raises NotAllowed("organisation-not-registered" | "no-director" | "no-signatory"
    | "prepared-it-yourself"), IllegalMove.
    """
    status = after(memorandum, MemorandumMove.OFFER)
    if memorandum.organisation.status is not RegistrationStatus.REGISTERED:
        raise NotAllowed("organisation-not-registered")
    if organisations.director_of(memorandum.organisation) is None:
        raise NotAllowed("no-director")
    is_signatory = Role.SIGNATORY in signatory.roles and signatory.is_active
    if not is_signatory or queries.has_checked(signatory, memorandum):
        raise NotAllowed("no-signatory")
    if signatory.id == by.id:
        raise NotAllowed("prepared-it-yourself")
    return status


def offer(memorandum: Memorandum, *, by: Person, signatory: Person, papers: OfferedPapers) -> None:
    """Freeze the text and offer it to the organisation.

    Raises as `ensure_may_offer`, and OutOfDate when the file changed while the papers were made.
    """
    status = ensure_may_offer(memorandum, by=by, signatory=signatory)
    if canonical_json(queries.composed(memorandum, signatory=signatory)) != papers.terms_json:
        raise OutOfDate
    memorandum.prepared_by, memorandum.ministry_signatory = by, signatory
    memorandum.organisation_signatory = organisations.director_of(memorandum.organisation)
    memorandum.offered_at, memorandum.boxes = clock.now(), papers.boxes
    memorandum.terms_sha256 = storage.keep(papers.terms_json)
    memorandum.docx_sha256 = storage.keep(papers.docx)
    memorandum.offered_sha256 = memorandum.current_sha256 = storage.keep(papers.pdf)
    memorandum.offered_texts.append(
        OfferedText(
            terms_sha256=memorandum.terms_sha256, offered_sha256=memorandum.offered_sha256,
            offered_at=memorandum.offered_at,
        )
    )  # fmt: skip
    event = moved(
        memorandum, status, "memorandum offered", by, terms=memorandum.terms_sha256,
        docx=memorandum.docx_sha256, pdf=memorandum.offered_sha256,
    )  # fmt: skip
    letters.to_people("memorandum_offered", memorandum, organisation_people(memorandum), event=event)
