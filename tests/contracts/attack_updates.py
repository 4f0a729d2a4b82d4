"""Changes that an attacker appends to a file as an incremental update, each as one function on a writer."""

from collections.abc import Callable
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.sign import fields

Change = Callable[[Any], None]


def text_over_page(writer: Any) -> None:
    writer.add_stream_to_page(0, _stream(writer, b"q BT 0 g 40 400 Td (9999 USD) Tj ET Q"))


def white_over_page(writer: Any) -> None:
    writer.add_stream_to_page(0, _stream(writer, b"q 1 g 0 780 595 62 re f Q"))


def page_content_replaced(writer: Any) -> None:
    _page(writer)["/Contents"] = _stream(writer, b"BT /F1 14 Tf 10 812 Td (9999 USD) Tj ET")


def page_content_object_replaced(writer: Any) -> None:
    stream = _page(writer)["/Contents"]
    stream._data = b"BT /F1 14 Tf 10 812 Td (9999 USD) Tj ET"
    stream._encoded_data = None
    writer.update_container(stream)


def page_content_emptied(writer: Any) -> None:
    _page(writer)["/Contents"] = _stream(writer, b"")


def free_text_note(writer: Any) -> None:
    _annotate(writer, "/FreeText", Contents=pdf_string("9999 USD"), DA=pdf_string("/Helv 12 Tf 0 g"))


def white_square_note(writer: Any) -> None:
    _annotate(writer, "/Square", C=_numbers(1, 1, 1), IC=_numbers(1, 1, 1))


def rubber_stamp_note(writer: Any) -> None:
    _annotate(writer, "/Stamp", Name=pdf_name("/Approved"))


def hidden_note(writer: Any) -> None:
    _annotate(writer, "/Text", F=generic.NumberObject(2), Contents=pdf_string("void"))


def second_link(writer: Any) -> None:
    _annotate(writer, "/Link", A=_action("/URI", URI=pdf_string("https://evil.example")))


def link_redirected(writer: Any) -> None:
    link = _page(writer)["/Annots"][0]
    link["/A"] = _action("/URI", URI=pdf_string("https://evil.example/v/SAMPLE"))
    writer.update_container(link)


def link_made_to_launch(writer: Any) -> None:
    link = _page(writer)["/Annots"][0]
    link["/A"] = _action("/Launch", F=pdf_string("calc.exe"))
    writer.update_container(link)


def notes_removed(writer: Any) -> None:
    del _page(writer)["/Annots"]


def text_field_added(writer: Any) -> None:
    field = {"/FT": pdf_name("/Tx"), "/T": pdf_string("amount"), "/V": pdf_string("9999")}
    box = {"/Type": pdf_name("/Annot"), "/Subtype": pdf_name("/Widget"), "/Rect": _numbers(40, 400, 200, 430)}
    _add_field(writer, {**field, **box})


def empty_signature_field_added(writer: Any) -> None:
    fields.append_signature_field(writer, fields.SigFieldSpec("witness", on_page=0, box=(10, 10, 90, 40)))


def empty_timestamp_field_added(writer: Any) -> None:
    fields.append_signature_field(writer, fields.SigFieldSpec("timestamp-1"))


def ministry_signature_removed(writer: Any) -> None:
    _drop(writer, _field(writer, "ministry"), "/V")


def organisation_signature_removed(writer: Any) -> None:
    _drop(writer, _field(writer, "organisation"), "/V")


def signatures_swapped(writer: Any) -> None:
    one, other = _field(writer, "organisation"), _field(writer, "ministry")
    values = one.get("/V"), other.get("/V")
    for field, value in ((one, values[1]), (other, values[0])):
        if value is not None:
            field["/V"] = value
        writer.update_container(field)


def signature_copied_to_ministry(writer: Any) -> None:
    field = _field(writer, "ministry")
    field["/V"] = _field(writer, "organisation").raw_get("/V")
    writer.update_container(field)


def fields_renamed(writer: Any) -> None:
    for field, name in (
        (_field(writer, "organisation"), "ministry"),
        (_field(writer, "ministry"), "organisation"),
    ):
        field["/T"] = pdf_string(name)
        writer.update_container(field)


def ministry_stamp_replaced(writer: Any) -> None:
    field = _field(writer, "ministry")
    field["/AP"] = generic.DictionaryObject({pdf_name("/N"): _drawing(writer, b"0 0 200 70 re f")})
    writer.update_container(field)


def organisation_stamp_replaced(writer: Any) -> None:
    field = _field(writer, "organisation")
    field["/AP"] = generic.DictionaryObject({pdf_name("/N"): _drawing(writer, b"0 0 200 70 re f")})
    writer.update_container(field)


def organisation_stamp_enlarged(writer: Any) -> None:
    field = _field(writer, "organisation")
    field["/Rect"] = _numbers(0, 0, 595, 842)
    writer.update_container(field)


def organisation_stamp_hidden(writer: Any) -> None:
    field = _field(writer, "organisation")
    field["/F"] = generic.NumberObject(2)
    writer.update_container(field)


def ministry_lock_removed(writer: Any) -> None:
    _drop(writer, _field(writer, "ministry"), "/Lock")


def ministry_lock_loosened(writer: Any) -> None:
    lock = _field(writer, "ministry")["/Lock"]
    lock["/P"] = generic.NumberObject(3)
    writer.update_container(lock)


def certification_removed(writer: Any) -> None:
    if "/Perms" in writer.root:
        del writer.root["/Perms"]
    writer.update_root()


def page_removed(writer: Any) -> None:
    tree = writer.root["/Pages"]
    tree["/Kids"] = generic.ArrayObject([tree["/Kids"].raw_get(1)])
    tree["/Count"] = generic.NumberObject(1)
    writer.update_container(tree)


def pages_reordered(writer: Any) -> None:
    tree = writer.root["/Pages"]
    tree["/Kids"] = generic.ArrayObject([tree["/Kids"].raw_get(1), tree["/Kids"].raw_get(0)])
    writer.update_container(tree)


def page_repeated(writer: Any) -> None:
    tree = writer.root["/Pages"]
    kids = tree["/Kids"]
    tree["/Kids"] = generic.ArrayObject([kids.raw_get(0), kids.raw_get(1), kids.raw_get(0)])
    tree["/Count"] = generic.NumberObject(3)
    writer.update_container(tree)


def page_tree_replaced(writer: Any) -> None:
    old = writer.root["/Pages"]
    page = {"/Type": pdf_name("/Page"), "/MediaBox": _numbers(0, 0, 595, 842)}
    page["/Contents"] = _stream(writer, b"0 0 595 842 re f")
    ref = writer.add_object(_dictionary(page))
    tree = _dictionary(
        {**old, "/Kids": generic.ArrayObject([ref, *old["/Kids"]]), "/Count": generic.NumberObject(3)}
    )
    writer.root["/Pages"] = writer.add_object(tree)
    writer.update_root()


def page_rotated(writer: Any) -> None:
    _page(writer)["/Rotate"] = generic.NumberObject(180)


def page_cropped(writer: Any) -> None:
    _page(writer)["/CropBox"] = _numbers(0, 0, 595, 700)


def page_enlarged(writer: Any) -> None:
    _page(writer)["/MediaBox"] = _numbers(0, 0, 59500, 84200)


def page_scaled(writer: Any) -> None:
    _page(writer)["/UserUnit"] = generic.NumberObject(7)


def font_replaced(writer: Any) -> None:
    font = _page(writer)["/Resources"]["/Font"]["/F1"]
    font["/BaseFont"] = pdf_name("/ZapfDingbats")
    writer.update_container(font)


def letters_remapped(writer: Any) -> None:
    font = _page(writer)["/Resources"]["/Font"]["/F1"]
    differences = generic.ArrayObject([generic.NumberObject(49), pdf_name("/nine")])
    font["/Encoding"] = _dictionary({"/Type": pdf_name("/Encoding"), "/Differences": differences})
    writer.update_container(font)


def resources_replaced(writer: Any) -> None:
    _page(writer)["/Resources"] = generic.DictionaryObject()


def _page(writer: Any) -> Any:
    ref, _ = writer.find_page_for_modification(0)
    writer.mark_update(ref)
    return ref.get_object()


def _field(writer: Any, name: str) -> Any:
    found = next(fields.enumerate_sig_fields(writer, with_name=name))[2]
    return found.get_object()


def _stream(writer: Any, content: bytes) -> Any:
    return writer.add_object(generic.StreamObject(stream_data=content))


def _drawing(writer: Any, content: bytes) -> Any:
    kind = {"/Type": "/XObject", "/Subtype": "/Form"}
    entries = {pdf_name(key): pdf_name(value) for key, value in kind.items()}
    entries[pdf_name("/BBox")] = _numbers(0, 0, 200, 70)
    return writer.add_object(generic.StreamObject(entries, stream_data=content))


def _annotate(writer: Any, subtype: str, **entries: Any) -> None:
    note = {"/Type": pdf_name("/Annot"), "/Subtype": pdf_name(subtype), "/Rect": _numbers(40, 400, 300, 440)}
    note["/AP"] = generic.DictionaryObject({pdf_name("/N"): _drawing(writer, b"1 g 0 0 200 70 re f")})
    note |= {f"/{key}": value for key, value in entries.items()}
    page_ref, _ = writer.find_page_for_modification(0)
    writer.register_annotation(page_ref, writer.add_object(_dictionary(note)))


def _add_field(writer: Any, entries: dict[str, Any]) -> None:
    ref = writer.add_object(_dictionary(entries))
    listed = writer.root["/AcroForm"]["/Fields"]
    listed.append(ref)
    writer.update_container(listed)
    page_ref, _ = writer.find_page_for_modification(0)
    writer.register_annotation(page_ref, ref)


def _action(kind: str, **entries: Any) -> Any:
    return _dictionary({"/S": pdf_name(kind), **{f"/{key}": value for key, value in entries.items()}})


def _dictionary(entries: dict[str, Any]) -> Any:
    return generic.DictionaryObject({pdf_name(key): value for key, value in entries.items()})


def _numbers(*values: float) -> Any:
    return generic.ArrayObject(generic.FloatObject(value) for value in values)


def _drop(writer: Any, part: Any, key: str) -> None:
    if key in part:
        del part[key]
    writer.update_container(part)


CHANGES: dict[str, Change] = {
    name: change
    for name, change in list(globals().items())
    if callable(change) and getattr(change, "__module__", "") == __name__ and not name.startswith("_")
}
