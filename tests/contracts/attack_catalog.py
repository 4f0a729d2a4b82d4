"""Changes of the catalog, the attachments and the trailer that an attacker appends as an incremental
update.
"""

from typing import Any

from pyhanko.pdf_utils import embed, generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string

from contracts.structure import TERMS_NAME
from tests.contracts.attack_updates import Change, _action, _dictionary, _page, _stream

_YES = generic.BooleanObject(True)  # noqa: FBT003 pyHanko has no keyword for it


def spoken_text_changed(writer: Any) -> None:
    paragraph = writer.root["/StructTreeRoot"]["/K"][0]
    paragraph["/ActualText"] = pdf_string("9999 USD")
    writer.update_container(paragraph)


def language_changed(writer: Any) -> None:
    writer.root["/Lang"] = pdf_string("en")
    writer.update_root()


def title_changed(writer: Any) -> None:
    writer.trailer["/Info"]["/Title"] = pdf_string("Another memorandum")
    writer.update_container(writer.trailer["/Info"])


def metadata_changed(writer: Any) -> None:
    writer.root["/Metadata"] = _stream(writer, b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    writer.update_root()


def script_on_opening(writer: Any) -> None:
    _root(writer, "/OpenAction", _action("/JavaScript", JS=pdf_string("app.alert(1)")))


def link_on_opening(writer: Any) -> None:
    _root(writer, "/OpenAction", _action("/URI", URI=pdf_string("https://evil.example")))


def launch_on_opening(writer: Any) -> None:
    _root(writer, "/OpenAction", _action("/Launch", F=pdf_string("calc.exe")))


def script_by_name(writer: Any) -> None:
    script = writer.add_object(_action("/JavaScript", JS=pdf_string("app.alert(1)")))
    names = _dictionary({"/Names": generic.ArrayObject([pdf_string("a"), script])})
    writer.root["/Names"]["/JavaScript"] = names
    writer.update_container(writer.root["/Names"])


def script_on_page(writer: Any) -> None:
    _page(writer)["/AA"] = _dictionary({"/O": _action("/JavaScript", JS=pdf_string("app.alert(1)"))})


def script_in_orphan(writer: Any) -> None:
    writer.add_object(_action("/JavaScript", JS=pdf_string("app.alert(1)")))


def orphan_object(writer: Any) -> None:
    writer.add_object(_dictionary({"/Note": pdf_string("nothing refers to me")}))


def empty_update(writer: Any) -> None:
    writer.update_root()


def layers_added(writer: Any) -> None:
    layer = writer.add_object(_dictionary({"/Type": pdf_name("/OCG"), "/Name": pdf_string("hidden")}))
    shown = _dictionary({"/ON": generic.ArrayObject(), "/OFF": generic.ArrayObject([layer])})
    _root(writer, "/OCProperties", _dictionary({"/OCGs": generic.ArrayObject([layer]), "/D": shown}))


def page_put_in_layer(writer: Any) -> None:
    layers_added(writer)
    _page(writer)["/Resources"]["/Properties"] = _dictionary(
        {"/L": writer.root["/OCProperties"]["/OCGs"].raw_get(0)}
    )


def xfa_form_added(writer: Any) -> None:
    writer.root["/AcroForm"]["/XFA"] = _stream(writer, b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
    writer.update_container(writer.root["/AcroForm"])


def appearances_to_be_rebuilt(writer: Any) -> None:
    writer.root["/AcroForm"]["/NeedAppearances"] = _YES
    writer.update_container(writer.root["/AcroForm"])


def form_removed(writer: Any) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()


def form_fields_emptied(writer: Any) -> None:
    writer.root["/AcroForm"]["/Fields"] = generic.ArrayObject()
    writer.update_container(writer.root["/AcroForm"])


def append_only_flag_cleared(writer: Any) -> None:
    writer.root["/AcroForm"]["/SigFlags"] = generic.NumberObject(0)
    writer.update_container(writer.root["/AcroForm"])


def second_attachment(writer: Any) -> None:
    _embed(writer, "annex.json")


def attachment_under_the_same_name(writer: Any) -> None:
    _embed(writer, TERMS_NAME)


def attachment_replaced(writer: Any) -> None:
    stream = _terms(writer)["/EF"]["/F"]
    stream._data, stream._encoded_data = b'{"sample":"other terms"}', None
    writer.update_container(stream)


def attachment_redirected(writer: Any) -> None:
    specification = _terms(writer)
    specification["/EF"]["/F"] = _stream(writer, b'{"sample":"other terms"}')
    writer.update_container(specification)


def attachment_removed(writer: Any) -> None:
    del writer.root["/Names"]
    writer.update_root()


def portfolio_made(writer: Any) -> None:
    _root(writer, "/Collection", _dictionary({"/Type": pdf_name("/Collection"), "/View": pdf_name("/T")}))


def outline_added(writer: Any) -> None:
    _root(
        writer, "/Outlines", _dictionary({"/Type": pdf_name("/Outlines"), "/Count": generic.NumberObject(0)})
    )


def page_labels_added(writer: Any) -> None:
    _root(writer, "/PageLabels", _dictionary({"/Nums": generic.ArrayObject()}))


def viewer_told_to_hide(writer: Any) -> None:
    _root(writer, "/ViewerPreferences", _dictionary({"/HideToolbar": _YES}))


def version_raised(writer: Any) -> None:
    _root(writer, "/Version", pdf_name("/2.0"))


def extensions_dropped(writer: Any) -> None:
    _root(writer, "/Extensions", generic.DictionaryObject())


def forged_security_store(writer: Any) -> None:
    _root(writer, "/DSS", _dictionary({"/Type": pdf_name("/DSS"), "/Certs": generic.ArrayObject()}))


def catalog_replaced(writer: Any) -> None:
    copy = _dictionary(dict(writer.root))
    writer.trailer["/Root"] = writer._root = writer.add_object(copy)


def information_replaced(writer: Any) -> None:
    writer.trailer["/Info"] = writer.add_object(_dictionary({"/Title": pdf_string("Another memorandum")}))


def trailer_given_keys(writer: Any) -> None:
    writer.update_root()
    writer.trailer["/Sample"] = generic.NumberObject(1)


def stream_bomb(writer: Any) -> None:
    stream = generic.StreamObject(stream_data=bytes(300 * 1024 * 1024))
    stream.compress()
    _page(writer)["/Contents"] = writer.add_object(stream)


def page_tree_without_end(writer: Any) -> None:
    tree = writer.root["/Pages"]
    tree["/Kids"] = generic.ArrayObject([writer.root.raw_get("/Pages")])
    writer.update_container(tree)


def field_tree_without_end(writer: Any) -> None:
    ref = writer.add_object(_dictionary({"/T": pdf_string("loop")}))
    ref.get_object()["/Kids"] = generic.ArrayObject([ref])
    writer.root["/AcroForm"]["/Fields"].append(ref)
    writer.update_container(writer.root["/AcroForm"]["/Fields"])


def _root(writer: Any, key: str, value: Any) -> None:
    writer.root[key] = value
    writer.update_root()


def _terms(writer: Any) -> Any:
    return writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]


def _embed(writer: Any, name: str) -> None:
    stream = embed.EmbeddedFileObject.from_file_data(writer, data=b'{"sample":"other terms"}')
    embed.embed_file(writer, embed.FileSpec(name, file_name=name, embedded_data=stream))


CATALOG_CHANGES: dict[str, Change] = {
    name: change
    for name, change in list(globals().items())
    if callable(change) and getattr(change, "__module__", "") == __name__ and not name.startswith("_")
}
