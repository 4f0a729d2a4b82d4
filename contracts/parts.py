"""The generated parts of the articles: rights, sites, duties by step, the ladder, agreed changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from contracts.blocks import Block, block, table
from contracts.edition import Consequence, Edition, Obligation
from contracts.facts import Bilingual, Facts
from contracts.filling import Filling, Pair, beside, digits
from contracts.khmer import khmer_digits
from contracts.records import Choice, Mark, Party, Profile, Text

MARK_WORDS = {Mark.S: "sourced", Mark.O: "from_cable", Mark.P: "proposed", Mark.N: "not_found"}


@dataclass(frozen=True)
class Paper:
    """What one memorandum is composed from; `obligations` are those that apply, in the order of the steps."""

    edition: Edition
    profile: Profile
    facts: Facts
    fill: Filling
    obligations: tuple[Obligation, ...]

    def clause(self, kind: str, code: str) -> list[Block]:
        """Print a clause once, with the codes of all obligations that apply and share it; else nothing."""
        codes = [each.code for each in self.obligations if code in (each.code, each.twin)]
        codes.sort(key=lambda each: each != code)
        return [block(kind, self.fill(self.edition.obligation(code).clause), codes=codes)] if codes else []

    def without_place(self, *, article: int | None = None) -> list[Obligation]:
        """Give the obligations of an article (or of none) whose clause no paragraph names as its place."""
        placed = {each.obligation for every in self.edition.articles for each in every.paragraphs}
        own = [each for each in self.edition.obligations if each.twin is None and each.code not in placed]
        applying = {each.twin or each.code for each in self.obligations}
        found = [each for each in own if each.article == article and each.code in applying]
        steps = [step.key for step in self.edition.steps]
        return sorted(found, key=lambda each: (steps.index(each.step), each.code))

    def name(self, choices: Sequence[Choice], code: str) -> Pair:
        """Give the name of a service, group or province; an unknown code is shown as it is."""
        found = [each.name for each in choices if each.code == code]
        return self.fill(found[0]) if found else {"km": code, "en": code}


def rights(paper: Paper) -> list[Block]:
    """List the rights whose names are known; for the others, never invented, point to the Policy."""
    known = [block("item", paper.fill(right.name)) for right in paper.edition.rights if right.mark.is_fact]
    return [*known, block("item", paper.fill.word("other_rights"))]


def sites(paper: Paper) -> list[Block]:
    """List provinces and kinds of service; not even how many sites share a line is told."""
    lines = sorted({(site.province, site.service) for site in paper.facts.sites})
    if not lines:
        return [block("indented", paper.fill.word("no_sites"))]
    rows = [
        [paper.name(paper.edition.provinces, province), paper.name(paper.edition.services, service)]
        for province, service in lines
    ]
    return [table("pairs", [paper.fill.word("province"), paper.fill.word("service")], rows)]


def organisation_duties(paper: Paper) -> list[Block]:
    """Print the duties without an article of their own, under the step of helping a victim."""
    duties = [each for each in paper.without_place() if each.party is Party.ORGANISATION]
    steps = [step for step in paper.edition.steps if any(duty.step == step.key for duty in duties)]
    result: list[Block] = []
    for position, step in enumerate(steps, start=1):
        number = {"km": f"{khmer_digits(position)}.", "en": f"{position}."}
        result.append(block("group", beside(number, paper.fill(step.title), " ")))
        here = [duty for duty in duties if duty.step == step.key]
        result += chain.from_iterable(paper.clause("clause", duty.code) for duty in here)
    return result


def ministry_duties(paper: Paper) -> list[Block]:
    """Print the Ministry's duties without an article of their own, as one list."""
    duties = [each for each in paper.without_place() if each.party is Party.MINISTRY]
    return list(chain.from_iterable(paper.clause("clause", duty.code) for duty in duties))


def ladder(paper: Paper) -> list[Block]:
    """Print one small table for each step of what follows when a duty is not met."""
    return [_rung(paper, consequence) for consequence in paper.edition.consequences]


def agreed_changes(paper: Paper) -> list[Block]:
    """Print the changes granted before signing, or say that there are none."""
    if not paper.facts.agreed_changes:
        return [block("indented", paper.fill.word("no_changes"))]
    names = ("article", "old_text", "new_text")
    rows = [
        [digits(change.article), _typed(paper, change.old), _typed(paper, change.new)]
        for change in paper.facts.agreed_changes
    ]
    return [table("changes", [paper.fill.word(name) for name in names], rows)]


def marked(paper: Paper, mark: Mark) -> Pair:
    """Say in words how far a statement is backed."""
    return paper.fill.word(MARK_WORDS[mark])


def _rung(paper: Paper, consequence: Consequence) -> Block:
    code = {"km": consequence.code, "en": consequence.code}
    rows: list[tuple[str, Pair]] = [
        ("who_decides", paper.fill(consequence.who_decides_text)),
        ("time_given", _time_given(paper, consequence)),
        ("you_may", paper.fill(consequence.you_may)),
        ("public_sees", paper.fill(consequence.public_sees)),
        ("people_in_care", paper.fill(consequence.people_in_care)),
        ("ministry_cannot", paper.fill(consequence.ministry_cannot)),
        ("source", marked(paper, consequence.mark)),
    ]
    columns = [code, paper.fill(consequence.title)]
    return table("pairs", columns, [[paper.fill.word(name), text] for name, text in rows])


def _time_given(paper: Paper, consequence: Consequence) -> Pair:
    longer = consequence.days_residential if paper.profile.residential else None
    return paper.fill.number(longer or consequence.days)


def _typed(paper: Paper, text: Bilingual) -> Pair:
    return paper.fill(Text("{typed}", "{typed}"), typed=text)


Part = Callable[[Paper], Iterable[Block]]
ARTICLE_PARTS: Mapping[str, Part] = {
    "rights": rights,
    "sites": sites,
    "organisation_duties": organisation_duties,
    "ministry_duties": ministry_duties,
    "ladder": ladder,
    "agreed_changes": agreed_changes,
}
