"""Laws of the house that no import rule can express. Each is written so that breaking it on purpose shows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from registry.kernel.outbox import LETTERS
from registry.people.states import MAY, Act
from registry.views.reasons import REASONS

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = [
    path for folder in ("registry", "forms", "contracts") for path in sorted((ROOT / folder).rglob("*.py"))
] + [ROOT / "app.py"]
LONGEST_FUNCTION = 30
LONGEST_FILE = 300


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Every function of a module, methods included."""
    yield from (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef))


def body_lines(function: ast.FunctionDef) -> int:
    """The lines of a function without its signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_every_view_says_who_may(app: Flask) -> None:
    bare = [name for name, view in app.view_functions.items() if not hasattr(view, "act")]
    assert bare == []


def test_every_act_has_somebody_who_may_do_it_and_a_page_that_asks_for_it(app: Flask) -> None:
    assert set(MAY) == set(Act)
    asked = {view.act for view in app.view_functions.values() if getattr(view, "act", None)}
    assert set(Act) - asked == set()


def test_no_address_changes_something_on_get_and_shows_something_on_post_alone(app: Flask) -> None:
    methods: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        methods.setdefault(rule.rule, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    for address, there in methods.items():
        assert there <= {"GET", "POST"}, address
        assert not re.search(r"delete|remove|approve|refuse|sign-out", address) or "POST" in there, address


def test_a_post_without_a_token_is_refused_everywhere(registry: Flask) -> None:
    registry.config["WTF_CSRF_ENABLED"] = True
    browser = registry.test_client()
    for rule in registry.url_map.iter_rules():
        if "POST" in (rule.methods or set()):
            values = {name: _some(rule, name) for name in rule.arguments}
            with registry.test_request_context():
                address = registry.url_map.bind("127.0.0.1").build(rule.endpoint, values, "POST")
            assert browser.post(address).status_code == 400, address


def test_only_the_guard_and_commands_commit() -> None:
    commits = {
        path.relative_to(ROOT).as_posix()
        for path in PRODUCT
        if re.search(r"session\.commit\(", path.read_text())
    }
    assert commits == {"registry/views/guard.py"}


def test_only_operations_set_a_status() -> None:
    for path in PRODUCT:
        for node in ast.walk(ast.parse(path.read_text())):
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                parts = target.elts if isinstance(target, ast.Tuple) else [target]
                sets = any(_is_status(part) for part in parts)
                assert not sets or "operations" in path.as_posix(), f"{path}:{node.lineno}"


def test_templates_do_not_compare_statuses() -> None:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        found = re.search(r"{[%{][^}]*\bstatus\b\s*(==|!=|in\b)[^}]*}", path.read_text())
        assert found is None, f"{path}: {found and found[0]}"


def test_functions_are_short() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name} ({body_lines(function)})"
        for path in PRODUCT
        for function in functions(path)
        if body_lines(function) > LONGEST_FUNCTION
    ]
    assert long == []


def test_files_are_short() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in PRODUCT
        if (count := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_every_module_says_in_one_sentence_what_lives_there() -> None:
    silent = [str(path) for path in PRODUCT if not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []


def test_a_template_is_rendered_by_the_door_of_its_folder() -> None:
    for path in sorted((ROOT / "registry" / "views").rglob("*.py")):
        door = path.parent.name
        if door == "views":
            continue
        for folder in re.findall(r"""page\(\s*["']([a-z_]+)/""", path.read_text()):
            assert folder == door, f"{path} renders {folder}/"


def test_every_reason_that_an_operation_gives_has_its_sentence() -> None:
    given = {
        reason
        for path in PRODUCT
        for reason in re.findall(r"""NotAllowed\(\s*["']([a-z-]+)["']""", path.read_text())
    }
    assert given - set(REASONS) == set()
    assert len(given) > 20


@pytest.mark.parametrize("language", ["km", "en"])
def test_every_letter_exists_in_both_languages(language: str) -> None:
    for folder in sorted(path for path in LETTERS.iterdir() if path.is_dir()):
        for part in ("subject", "body"):
            assert (folder / f"{part}.{language}.txt").read_text().strip(), folder


def test_the_map_in_the_readme_is_the_house() -> None:
    text = (ROOT / "README.md").read_text()
    drawn = set(re.findall(r"^\| `([a-z_./-]+/)` \|", text, flags=re.MULTILINE))
    rooms = {f"registry/{path.name}/" for path in (ROOT / "registry").iterdir() if _is_room(path)}
    top = {"forms/", "contracts/", "templates/", "static/", "translations/", "migrations/", "docs/", "tests/"}
    assert drawn == rooms | top


def _is_status(target: ast.expr) -> bool:
    """`something.status`, but not an exception's own `self.status`."""
    own = (
        isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "self"
    )
    return isinstance(target, ast.Attribute) and target.attr == "status" and not own


def _is_room(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith("__")


def _some(rule: object, name: str) -> object:
    converter = getattr(rule, "_converters", {}).get(name)
    if name == "language":
        return "en"
    return 1 if type(converter).__name__ == "IntegerConverter" else "x"
