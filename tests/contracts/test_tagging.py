"""What the lightened structure tree says is what LibreOffice's own tree said."""

import io

import pikepdf
import pytest

from contracts.tagging import lighten
from tests.contracts.test_sealed_memorandum import _converted, _sealed

PLAIN = {"/Type", "/S", "/P", "/Pg", "/K"}


def _tree(pdf: bytes) -> tuple[pikepdf.Pdf, pikepdf.Object]:
    document = pikepdf.open(io.BytesIO(pdf))
    return document, document.Root.StructTreeRoot


def _paper(**more: object) -> pikepdf.Pdf:
    """A paragraph of one page: plain content 0, and content 1 and 2 in a span each, the second one Khmer."""
    document = pikepdf.new()
    page = document.add_blank_page().obj
    page.StructParents = 0
    paragraph = _element(document, "P", Pg=page)
    spans = [_element(document, "Span", Pg=page, P=paragraph, K=pikepdf.Array([number])) for number in (1, 2)]
    spans[1].Lang = pikepdf.String("km")
    for key, value in more.items():
        spans[0][f"/{key}"] = value
    paragraph.K = pikepdf.Array([0, *spans])
    owners = document.make_indirect(pikepdf.Array([paragraph, *spans]))
    document.Root.StructTreeRoot = document.make_indirect(
        pikepdf.Dictionary(K=paragraph, ParentTree=pikepdf.Dictionary(Nums=pikepdf.Array([0, owners])))
    )
    return document


def _element(document: pikepdf.Pdf, kind: str, **entries: object) -> pikepdf.Object:
    made = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name(f"/{kind}"), **entries)
    return document.make_indirect(made)


def test_a_span_that_says_nothing_gives_its_content_to_its_parent() -> None:
    document = _paper()
    lighten(document)
    paragraph = document.Root.StructTreeRoot.K
    assert [int(each) for each in list(paragraph.K)[:2]] == [0, 1]
    assert paragraph.K[2].Lang == "km"
    owners = document.Root.StructTreeRoot.ParentTree.Nums[1]
    assert [str(owner.S) for owner in owners] == ["/P", "/P", "/Span"]


@pytest.mark.parametrize("key", ["Lang", "ActualText", "Alt", "E", "ID"])
def test_a_span_that_says_anything_stays(key: str) -> None:
    document = _paper(**{key: pikepdf.String("words")})
    lighten(document)
    assert [str(owner.S) for owner in document.Root.StructTreeRoot.ParentTree.Nums[1]][1:] == ["/Span"] * 2


def test_a_span_of_another_page_stays() -> None:
    document = _paper()
    document.Root.StructTreeRoot.K.K[1].Pg = document.add_blank_page().obj
    lighten(document)
    assert str(document.Root.StructTreeRoot.K.K[1].S) == "/Span"


def _told(pdf: bytes) -> list[tuple[int, int, str, str, str]]:
    """Every piece of content in the order of reading, with what it is, in which language, and its attributes.

    A span without any property is told as what holds it.
    """
    document, root = _tree(pdf)
    numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
    told: list[tuple[int, int, str, str, str]] = []
    waiting: list[tuple[pikepdf.Object, pikepdf.Object]] = [(each, each) for each in reversed(list(root.K))]
    while waiting:
        element, holder = waiting.pop()
        if isinstance(element, int):
            says = holder.P if str(holder.S) == "/Span" and set(holder.keys()) == PLAIN else holder
            attributes = says.get("/A")
            written = "" if attributes is None else _written(attributes)
            language = str(says.get("/Lang", ""))
            told.append((numbers[holder.Pg.objgen], int(element), str(says.S), language, written))
        elif "/K" in element:
            kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
            waiting.extend((kid, element if isinstance(kid, int) else kid) for kid in reversed(list(kids)))
        elif "/Obj" in element:
            told.append((-1, -1, "object", str(element.Obj.get("/Subtype")), ""))
    return told


def _written(attributes: pikepdf.Object) -> str:
    """The attributes as they are written out, whether they stand in a list or alone."""
    listed = list(attributes) if isinstance(attributes, pikepdf.Array) else [attributes]
    return b" ".join(each.unparse(resolved=True) for each in listed).decode("latin-1")


@pytest.mark.documents
def test_a_real_memorandum_reads_the_same_in_far_fewer_objects() -> None:
    before, after = _converted()[0], _sealed().unsigned
    assert len(_told(before)) > 1000
    assert _told(before) == _told(after)
    counts = []
    for pdf in (before, after):
        with pikepdf.open(io.BytesIO(pdf)) as document:
            counts.append(len(document.objects))
    assert counts[1] < 0.7 * counts[0]


@pytest.mark.documents
def test_every_piece_of_content_finds_the_element_that_holds_it() -> None:
    document, root = _tree(_sealed().unsigned)
    owners = dict(pikepdf.NumberTree(root.ParentTree).items())
    found = 0
    for page in document.pages:
        for number, owner in enumerate(owners[int(page.obj.StructParents)]):
            if isinstance(owner, pikepdf.Dictionary):
                assert number in [int(kid) for kid in owner.K if isinstance(kid, int)]
                found += 1
    assert found > 1000
