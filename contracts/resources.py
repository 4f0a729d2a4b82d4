"""What the duties take, for Article 7 and Annex B: posts, training, papers, rooms and budget."""

from collections.abc import Iterable
from decimal import Decimal

from contracts.blocks import NOTHING, Block, block, table
from contracts.costs import Amount, MoneyLine
from contracts.estimate import PostLine, ThingLine, TrainingLine, estimate
from contracts.filling import Pair, beside, digits
from contracts.khmer import khmer_digits
from contracts.parts import Paper

_STAR: Pair = {"km": "*", "en": "*"}


def resources(paper: Paper) -> list[Block]:
    """Print posts needed, declared and missing, then what else the duties need; amounts stand in Annex B."""
    counted = estimate(paper.edition, paper.profile)
    posts = [paper.fill.word(name) for name in ("post", "needed", "declared", "missing")]
    training = [_trained(paper, line) for line in counted.training]
    papers = [_paper(paper, line) for line in counted.papers]
    rooms = [_thing(paper, line) for line in counted.rooms]
    lists = [("training", training), ("papers", papers), ("rooms", rooms)]
    rows = [[paper.fill.word(name), _joined(lines)] for name, lines in lists if lines]
    rows.append([paper.fill.word("money"), paper.fill.word("see_annex_b")])
    return [
        table("posts", posts, [_post_row(paper, line) for line in counted.posts]),
        table("pairs", [paper.fill.word("need"), paper.fill.word("need_detail")], rows),
    ]


def budget(paper: Paper) -> list[Block]:
    """Print each cost with its number, price and amount over the term, as far as they are set."""
    lines = estimate(paper.edition, paper.profile).money
    columns = [paper.fill.word(name) for name in ("cost", "how_often", "price", "over_term")]
    notes = dict.fromkeys(line.note for line in lines if line.note)
    below = [block("plain", beside(_STAR, paper.fill(note), " ")) for note in notes]
    return [table("budget", columns, [_budget_row(paper, line) for line in lines]), *below]


def _post_row(paper: Paper, line: PostLine) -> list[Pair]:
    numbers = (line.needed, line.declared, line.missing)
    return [paper.fill(line.post.name), *(digits(number) for number in numbers)]


def _trained(paper: Paper, line: TrainingLine) -> Pair:
    total = line.once or line.a_year
    unit = paper.fill.word("people") if total == line.people else paper.fill(line.unit)
    number = beside(digits(total), unit, " ")
    often = NOTHING if line.once else paper.fill.word("each_year")
    return beside(paper.fill(line.label), _in_brackets(beside(number, often, "")), " ")


def _paper(paper: Paper, line: ThingLine) -> Pair:
    return beside(paper.fill(line.label), _in_brackets(digits(line.count)), " ")


def _thing(paper: Paper, line: ThingLine) -> Pair:
    number = beside(digits(line.count), paper.fill(line.unit), " ")
    return beside(paper.fill(line.label), _in_brackets(number), " ")


def _budget_row(paper: Paper, line: MoneyLine) -> list[Pair]:
    label = beside(paper.fill(line.label), _STAR if line.note else NOTHING, "")
    often = beside(digits(line.count), paper.fill(line.every.name), " × ")
    return [label, often, _price(paper, line), _amount(paper, line.over_term)]


def _price(paper: Paper, line: MoneyLine) -> Pair:
    if line.price is None:
        return paper.fill.word("to_be_set")
    return beside(_money(line.price), paper.fill(line.unit), " ")


def _amount(paper: Paper, amount: Amount | None) -> Pair:
    if amount is None:
        return paper.fill.word("to_be_set")
    if amount.low == amount.high:
        return beside(paper.fill.word("usd"), _money(amount.low), " ")
    between = beside(_money(amount.low), _money(amount.high), "–")
    return beside(paper.fill.word("usd"), between, " ")


def _money(value: Decimal) -> Pair:
    written = f"{value:,.2f}".removesuffix(".00")
    return {"km": khmer_digits(written), "en": written}


def _in_brackets(text: Pair) -> Pair:
    return {language: f"({words})" for language, words in text.items()}


def _joined(lines: Iterable[Pair]) -> Pair:
    found = list(lines)
    return {language: "; ".join(str(line[language]) for line in found) for language in ("km", "en")}
