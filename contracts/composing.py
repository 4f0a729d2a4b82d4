"""Composes a memorandum: from an edition, a profile and facts to one text of plain values."""

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from typing import Any

from contracts.annexes import compose_annexes
from contracts.articles import is_numbered, is_reviewed, items_of, party_words
from contracts.blocks import Block, block, numbered
from contracts.edition import Article, Edition, Paragraph
from contracts.facts import Bilingual, Facts, Json, plain
from contracts.filling import Filling, Pair, literal
from contracts.khmer import khmer_digits
from contracts.parts import ARTICLE_PARTS, Paper
from contracts.records import Choice, Profile, Text
from contracts.resources import resources
from contracts.terms import applicable

__all__ = ["Composed", "Facts", "ObligationsMisprinted", "canonical_json", "compose", "fingerprint"]

Composed = dict[str, Any]  # plain JSON values; readers index into it freely
_PARTS = {**ARTICLE_PARTS, "resources": resources}
_NAME = Text("{organisation_name}", "{organisation_name}")


class ObligationsMisprinted(ValueError):
    """An obligation that applies is not printed as a clause, or more than once; .codes names them."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = tuple(codes)
        super().__init__("not printed exactly once: " + ", ".join(self.codes))


def compose(edition: Edition, profile: Profile, facts: Facts) -> Composed:
    """Compose the memorandum as plain JSON values only (str, int, bool, None, list, dict).

    `terms_and_facts` holds everything that the text was made from; `fingerprint` is the SHA-256 of its
    canonical JSON, so whoever has the text can compute it again.
    Raises UnprintableText, UnknownName, ObligationsMisprinted.
    """
    fill = Filling(edition, facts)
    source: Composed = {
        "edition": edition.name,
        "edition_sha256": edition.sha256,
        "profile": plain(profile),
        "facts": plain(facts),
    }
    digest = fingerprint(canonical_json(source))
    short = " ".join(digest[start : start + 4] for start in range(0, 16, 4))
    fill.set("fingerprint", Bilingual(short, short))
    _set_lists(fill, edition, profile)
    paper = Paper(edition, profile, facts, fill, applicable(edition, profile))
    text = _text(paper, digest=digest)
    _check_clauses(text, paper)
    return {**text, "fingerprint": digest, "fingerprint_short": short, "terms_and_facts": source}


def canonical_json(value: Json) -> bytes:
    """Write plain values as UTF-8 JSON that is the same for the same values: sorted keys, NFC, no spaces.

    Raises TypeError for a float: its digits depend on who writes it.
    """
    return json.dumps(_normal(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(content: bytes) -> str:
    """Give the SHA-256 as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def printed_codes(text: Composed) -> list[str]:
    """Give the codes of the obligations whose clauses stand in the articles, in the order of the paper."""
    return [code for article in text["articles"] for each in article["paragraphs"] for code in each["codes"]]


def _normal(value: Json) -> Json:
    if isinstance(value, float):
        raise TypeError("a float has no canonical form: use a whole number or a text")
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_normal(item) for item in value]
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): _normal(item) for key, item in value.items()}
    return value


def _text(paper: Paper, *, digest: str) -> Composed:
    facts, fill = paper.facts, paper.fill
    return {
        "format": 1,
        "edition": paper.edition.name,
        "draft": not is_reviewed(paper.edition) or paper.edition.status.startswith("draft"),
        "reference": literal(facts.reference_number)["en"],
        "verification": {
            "code": literal(facts.verification_code)["en"],
            "address": literal(facts.verification_address)["en"],
        },
        "words": {name: dict(fill.word(name)) for name in _LAYOUT_WORDS},
        "heading": _heading(paper),
        "parties": _parties(paper),
        "preamble": _preamble(paper),
        "articles": _articles(paper),
        "closing": _closing(paper),
        "annexes": compose_annexes(paper, fingerprint=digest),
    }


_LAYOUT_WORDS = (
    *("kingdom", "motto", "ministry", "number", "on", "subject", "between", "and", "parties", "together"),
    *("considering", "agreed", "draft", "draft_notice", "edition", "code", "page", "qr", "contents"),
    *("this_language", "signature", "signatures"),
)


def _heading(paper: Paper) -> Json:
    title = paper.fill(Text("{document_title}", "{document_title}"))
    number = paper.fill(Text("{reference_number}", "{reference_number}"))
    return {"title": dict(title), "number": dict(number), "organisation": dict(paper.fill(_NAME))}


def _parties(paper: Paper) -> Json:
    names = {"ministry": paper.fill.word("the_ministry"), "organisation": paper.fill(_NAME)}
    return [
        {
            "number": {"km": f"{khmer_digits(position)}.", "en": f"{position}."},
            "name": dict(names[party]),
            "text": dict(paper.fill(party_words(paper.edition, party))),
        }
        for position, party in enumerate(("ministry", "organisation"), start=1)
    ]


def _preamble(paper: Paper) -> list[Pair]:
    shown = [each.text for each in paper.edition.preamble if each.when.holds(paper.profile)]
    return [paper.fill(text) for text in shown if text]


def _articles(paper: Paper) -> list[Composed]:
    articles = [_article(paper, article) for article in paper.edition.articles]
    for each in articles[-1]["paragraphs"][-2:]:
        each["kept"] = True  # signatures never stand on a page of their own (wording C.3)
    return articles


def _article(paper: Paper, article: Article) -> Composed:
    blocks = [each for paragraph in article.paragraphs for each in _place(paper, paragraph)]
    for obligation in paper.without_place(article=article.number):
        blocks += paper.clause("paragraph", obligation.code)
    title, word, number = paper.fill(article.title), paper.fill.word("article"), article.number
    return {
        "number": number,
        "number_km": khmer_digits(number),
        "anchor": f"article-{number}",
        "title": dict(title),
        "heading": {
            "km": f"{word['km']} {khmer_digits(number)}. {title['km']}",
            "en": f"{word['en']} {number}. {title['en']}",
        },
        "paragraphs": list(numbered(blocks or [block("plain", paper.fill.word("not_applicable"))], number)),
    }


def _place(paper: Paper, paragraph: Paragraph) -> list[Block]:
    if not paragraph.when.holds(paper.profile):
        return []
    if paragraph.obligation:
        return paper.clause("paragraph", paragraph.obligation)
    if paragraph.part:
        return list(_PARTS[paragraph.part](paper))
    if paragraph.text is None:
        return []
    kind = "paragraph" if is_numbered(paragraph) else "plain"
    return [block(kind, paper.fill(paragraph.text)), *_items(paper, paragraph)]


def _items(paper: Paper, paragraph: Paragraph) -> list[Block]:
    kinds = {1: "item", 2: "subitem"}
    return [
        block(kinds[item.level], paper.fill(item.text), term=paper.fill(item.term or Text("", "")))
        for item in items_of(paragraph)
    ]


def _closing(paper: Paper) -> Json:
    fill = paper.fill
    boxes: list[Json] = []
    for party in ("ministry", "organisation"):
        below = fill.word("seen_and_agreed") if party == "ministry" else fill(_NAME)
        post = Text(f"{{{party}_signatory_post}}", f"{{{party}_signatory_post}}")
        name = Text(f"{{{party}_signatory_name}}", f"{{{party}_signatory_name}}")
        boxes.append(
            {
                "party": party,
                "for": dict(fill.word(f"for_{party}")),
                "below": dict(below),
                "lines": [dict(fill.word("lunar_line")), dict(fill.word("solar_line"))],
                "post": dict(fill(post)),
                "name": dict(fill(name)),
            }
        )
    return {"done": dict(fill.word("done")), "boxes": boxes}


def _set_lists(fill: Filling, edition: Edition, profile: Profile) -> None:
    for name, choices, chosen in (
        ("services", edition.services, profile.services),
        ("groups", edition.groups, profile.groups),
        ("provinces", edition.provinces, profile.provinces),
    ):
        fill.set(name, _listed(choices, chosen))


def _listed(choices: Iterable[Choice], chosen: frozenset[str]) -> Bilingual:
    names = [each.name for each in choices if each.code in chosen]
    return Bilingual(km="; ".join(name.km for name in names), en="; ".join(name.en for name in names))


def _check_clauses(text: Composed, paper: Paper) -> None:
    """Refuse a text that leaves out an obligation that applies, or prints one twice or without need."""
    printed = printed_codes(text)
    wanted = {obligation.code for obligation in paper.obligations}
    wrong = {code for code in wanted | set(printed) if code not in wanted or printed.count(code) != 1}
    if wrong:
        raise ObligationsMisprinted(sorted(wrong))
