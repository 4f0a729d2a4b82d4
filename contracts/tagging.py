"""Lightening the structure tree that LibreOffice writes, without changing what it says to a screen reader.

LibreOffice gives every change of font a span of its own and every element a copy of its attributes: two
thirds of the objects of a long memorandum, each of which every verification has to read.
"""

from collections.abc import Iterable

import pikepdf

_PLAIN_SPAN = frozenset({"/Type", "/S", "/P", "/Pg", "/K"})

_Place = tuple[int, int]


def lighten(document: pikepdf.Pdf) -> None:
    """Share equal attributes, and read the content of spans that say nothing as their parents' own.

    A span stays when it has a language, a spoken text or any other property, or lies on another page than
    its parent says.
    """
    elements = [
        each
        for each in document.objects
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == pikepdf.Name.StructElem
    ]
    _share_attributes(elements)
    joined = {each.objgen: each for each in elements if _says_nothing(each)}
    for parent in {each.P.objgen: each.P for each in joined.values()}.values():
        parent.K = pikepdf.Array(_joined_children(parent.K, joined))
    root = document.Root.get("/StructTreeRoot")
    if joined and root is not None and "/ParentTree" in root:
        _redirect(root.ParentTree, joined)


def _share_attributes(elements: Iterable[pikepdf.Dictionary]) -> None:
    kept: dict[bytes, pikepdf.Object] = {}
    for element in elements:
        attributes = element.get("/A")
        if isinstance(attributes, pikepdf.Array):
            element.A = pikepdf.Array([_shared(each, kept) for each in attributes])
        elif attributes is not None:
            element.A = _shared(attributes, kept)


def _shared(attributes: pikepdf.Object, kept: dict[bytes, pikepdf.Object]) -> pikepdf.Object:
    if not isinstance(attributes, pikepdf.Dictionary) or not attributes.is_indirect:
        return attributes
    return kept.setdefault(attributes.unparse(resolved=True), attributes)


def _says_nothing(element: pikepdf.Dictionary) -> bool:
    if element.get("/S") != pikepdf.Name.Span or set(element.keys()) != _PLAIN_SPAN:
        return False
    parent = element.P
    return (
        isinstance(element.K, pikepdf.Array)
        and all(isinstance(each, int) for each in element.K)
        and isinstance(parent.get("/K"), pikepdf.Array)
        and parent.get("/Type") == pikepdf.Name.StructElem
        and "/Pg" in parent
        and parent.Pg.objgen == element.Pg.objgen
    )


def _joined_children(children: pikepdf.Object, joined: dict[_Place, pikepdf.Dictionary]) -> list[object]:
    """The parent's children, each joined span replaced where it stood by the content it held."""
    flat: list[object] = []
    for child in children:
        span = joined.get(child.objgen) if isinstance(child, pikepdf.Dictionary) else None
        flat.extend([child] if span is None else span.K)
    return flat


def _redirect(tree: pikepdf.Object, joined: dict[_Place, pikepdf.Dictionary]) -> None:
    """The way back from content to structure leads to the parents of the joined spans."""
    for owners in pikepdf.NumberTree(tree).values():
        if not isinstance(owners, pikepdf.Array):
            continue
        for index, owner in enumerate(owners):
            if isinstance(owner, pikepdf.Dictionary) and owner.objgen in joined:
                owners[index] = owner.P
