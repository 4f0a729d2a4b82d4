"""The annexes: duties, budget, indicators, forms, contact points, safeguarding policy, numbers."""

from collections.abc import Mapping

from contracts.articles import Annex, annexes_of, listed_texts, rhythm_words
from contracts.blocks import Block, block, numbered, table
from contracts.edition import Obligation
from contracts.facts import Bilingual, Json
from contracts.filling import Pair, beside, literal
from contracts.khmer import english_date, khmer_date, khmer_digits
from contracts.parts import Paper, Part
from contracts.records import Mark
from contracts.resources import budget


def compose_annexes(paper: Paper, *, fingerprint: str) -> list[Json]:
    """Compose all annexes in order; the numbers come last, because that annex lists those used before."""
    paper.fill.set("fingerprint_whole", Bilingual(fingerprint, fingerprint))
    return [_annex(paper, annex) for annex in annexes_of(paper.edition)]


def duties_register(paper: Paper) -> list[Block]:
    """List every duty without its clause: short title, evidence, when due, how serious, its source."""
    columns = [paper.fill.word(name) for name in ("code", "duty", "evidence", "when_due")]
    return [table("register", columns, [_register_row(paper, each) for each in paper.obligations])]


def indicators(paper: Paper) -> list[Block]:
    """List the indicators of the edition; their goals are the Ministry's to set."""
    columns = [paper.fill.word(name) for name in ("indicator", "goal", "source")]
    rows = [
        [paper.fill(text), paper.fill.word("to_be_set"), literal(Mark.P.value)]
        for text in listed_texts(paper.edition, "indicator")
    ]
    return [table("numbers", columns, rows)]


def forms(paper: Paper) -> list[Block]:
    """List the forms by name; the forms themselves are not part of the memorandum."""
    return [block("item", paper.fill(text)) for text in listed_texts(paper.edition, "form")]


def contacts(paper: Paper) -> list[Block]:
    """Name the posts to turn to, with office contacts: no private number, no site."""
    rows = [
        [paper.fill.word(f"{party}_short"), paper.fill.word(f"{party}_contact_line")]
        for party in ("ministry", "organisation")
    ]
    return [table("pairs", [paper.fill.word("party"), paper.fill.word("contact")], rows)]


def numbers(paper: Paper) -> list[Block]:
    """List every parameter printed so far, and the whole terms fingerprint."""
    columns = [paper.fill.word(name) for name in ("number_used", "value", "source")]
    used = [each for each in paper.edition.parameters if each.key in paper.fill.used]
    rows = [[paper.fill(each.label), paper.fill.number(each.key), literal(each.mark.value)] for each in used]
    return [table("numbers", columns, rows), block("plain", paper.fill.word("fingerprint"))]


def _annex(paper: Paper, annex: Annex) -> Json:
    _set_policy(paper)
    blocks = _body(paper, annex) if annex.when.holds(paper.profile) else []
    blocks = blocks or [block("plain", paper.fill.word("not_applicable"))]
    word, letter = paper.fill.word("annex"), annex.letter
    title = paper.fill(annex.title)
    return {
        "letter": {"km": letter.km, "en": letter.en},
        "anchor": f"annex-{letter.en.lower()}",
        "title": dict(title),
        "heading": {
            "km": f"{word['km']} {letter.km}៖ {title['km']}",
            "en": f"{word['en']} {letter.en}: {title['en']}",
        },
        "paragraphs": list(numbered(blocks, None)),
    }


def _body(paper: Paper, annex: Annex) -> list[Block]:
    lead = [block("plain", paper.fill(annex.text))] if annex.text else []
    part = ANNEX_PARTS.get(annex.part or "")
    return [*lead, *(part(paper) if part else [])]


def _register_row(paper: Paper, obligation: Obligation) -> list[Pair]:
    seriousness = paper.fill.word(obligation.severity.value.replace("-", "_"))
    graded = beside(when_due(paper, obligation), seriousness, " · ")
    return [
        literal(obligation.code),
        paper.fill(obligation.title),
        paper.fill(obligation.evidence),
        beside(graded, literal(obligation.mark.value), " · "),
    ]


def when_due(paper: Paper, obligation: Obligation) -> Pair:
    """Say in words when a duty falls due."""
    rhythm = obligation.rhythm
    if rhythm.parameter:
        paper.fill.used.add(rhythm.parameter)
    number = paper.edition.number(rhythm)
    count = Bilingual(khmer_digits(number), str(number)) if number is not None else Bilingual()
    event = Bilingual(rhythm.of.km, rhythm.of.en) if rhythm.of else Bilingual()
    return paper.fill(rhythm_words(paper.edition, rhythm.kind.value), number=count, event=event)


def _set_policy(paper: Paper) -> None:
    policy = paper.facts.safeguarding_policy
    day = Bilingual(khmer_date(policy.day), english_date(policy.day)) if policy else Bilingual()
    paper.fill.set("policy_title", policy.title if policy else Bilingual())
    paper.fill.set("policy_date", day)
    paper.fill.set("policy_sha256", Bilingual(policy.sha256) if policy else Bilingual())


ANNEX_PARTS: Mapping[str, Part] = {
    "duties_register": duties_register,
    "budget": budget,
    "indicators": indicators,
    "forms": forms,
    "contacts": contacts,
    "numbers": numbers,
}
