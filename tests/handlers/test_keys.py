"""What a message is called is known to the room that makes it, and to nobody below: rules read no keys."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import bot
import handlers
from bot.domain.chat.uses import Span
from handlers import tables

BELOW, ROOMS = Path(bot.__file__).parent, Path(handlers.__file__).parent

WHERE_KEYS_STAND = {
    **dict.fromkeys(("tell", "correct", "renew", "bring_to", "put_away", "open_page", "Wanted"), 1),
    **dict.fromkeys(("bring_down", "show_at"), 0),
    "broadcast": 2,
}
"""Which argument is a key, of what says that something shall be seen."""

NAMES = re.compile(r"(key|KEY|PREFIX|PAGE|TASK_KEY)\Z")
FUNCTIONS = re.compile(r"(_?key_of|[a-z_]*_?key|name_of|about)\Z")
KIND = re.compile(r"[a-z_]+\Z")

LOOKS_INTO = {"partition", "rpartition", "split", "startswith", "endswith", "removeprefix", "match", "search"}
KEYS = {"key", "pressed", "view"}
"""What a message's key is called in code, and the name of the page that a screen is at."""

IN_SQL = re.compile(
    r"\bkey\s*(?:NOT )?(?:LIKE|GLOB|IN|=|<>|[<>]=?)\s*\(?'[^'%]"
    r"|(?:substr|replace|instr|strpos)\([a-z.]*key\b"
)

HOLDERS = {"night"}
"""What begins like a key and is none: what a claim on a room or a seat is held by."""


def trees(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(folder.rglob("*.py")):
        yield str(path.relative_to(folder.parent)), ast.parse(path.read_text("utf-8"))


def keys_in(tree: ast.AST) -> Iterator[ast.expr]:
    """Find the keys of messages that a room makes: where they are told, named, or made."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            at = WHERE_KEYS_STAND.get(name, len(node.args))
            yield from node.args[at : at + 1]
        elif isinstance(node, ast.Assign) and any(NAMES.match(getattr(each, "id", "")) for each in node.targets):
            yield node.value
        elif isinstance(node, ast.FunctionDef) and FUNCTIONS.match(node.name):
            yield from (each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value)


def beginning(key: ast.expr) -> str:
    """Return what a key begins with, as far as it is written where it is made."""
    first = key.values[0] if isinstance(key, ast.JoinedStr) else key
    return first.value.partition(":")[0] if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


@cache
def kinds() -> set[str]:
    """Return the first words of all keys that rooms make, and those of their tables."""
    made = {beginning(key) for _path, tree in trees(ROOMS) for key in keys_in(tree)}
    names = {word for name in (*tables.VIEWS, *tables.PAGES) for word in name.split(":")}
    return {kind for kind in made | names if KIND.match(kind)} - HOLDERS


def words_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Return whatever is written in a module, with its line; what is written about it is left out."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def looks_into(node: ast.AST) -> bool:
    """Say whether something is read out of a key, or a key compared with a word; one's own is told by its name."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOOKS_INTO:
        own = node.args and all(isinstance(each, ast.Name) and each.id.isupper() for each in node.args)
        return bool(_called(node.func.value, *node.args) & KEYS) and not own
    if isinstance(node, ast.Compare):
        against = [node.left, *node.comparators]
        return bool(_called(*against) & KEYS) and any(isinstance(each, ast.Constant) and each.value for each in against)
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(IN_SQL.search(node.value))


def _called(*found: ast.expr) -> set[str]:
    return {getattr(each, "attr", getattr(each, "id", "")) for each in found}


def test_rooms_make_many_kinds_of_messages() -> None:
    assert {"slip", "reminder", "news", "page", "movements", "said", "pause", "pin", "closed", "list_task"} <= kinds()


def test_no_layer_below_knows_what_keys_begin_with() -> None:
    begins = re.compile(rf"(?:\A|['\"])({'|'.join(sorted(kinds()))}):")
    found = {
        f"{path}:{line} {text}" for path, tree in trees(BELOW) for line, text in words_of(tree) if begins.search(text)
    }
    assert found == set()


def test_no_layer_below_looks_into_a_key_that_is_not_its_own() -> None:
    nodes = [(path, node) for path, tree in trees(BELOW) for node in ast.walk(tree)]
    assert {f"{path} {ast.unparse(node)}" for path, node in nodes if looks_into(node)} == set()


@pytest.mark.parametrize(
    "code",
    [
        "kept.key.partition(':')[0]",
        "message.key.startswith('slip:')",
        "CODE.search(key)",
        "turn.pressed == 'list_task'",
        "session.view.split(':')",
        "\"SELECT id FROM messages WHERE key LIKE 'page:%'\"",
        '"SELECT substr(m.key, 6) FROM messages m"',
    ],
)
def test_what_looks_into_a_key_is_found(code: str) -> None:
    assert any(looks_into(node) for node in ast.walk(ast.parse(code)))


def test_every_span_is_said_by_somebody() -> None:
    said = {
        node.attr
        for folder in (ROOMS, BELOW / "store", BELOW / "domain")
        for _path, tree in trees(folder)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "Span"
    }
    assert {span.name for span in Span} - said == set()
