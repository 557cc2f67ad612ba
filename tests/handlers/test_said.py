"""What is said of the members of a list stands in whole tables: a gap is found at the start, and not by a reader."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import bot
import handlers
from bot.domain.whole import NotWhole, Whole
from handlers.chat import ways
from handlers.chat.refusals import of_staff

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for folder in ("bot", "handlers") for path in (ROOT / folder).rglob("*.py")]


def classes_of(module: ModuleType) -> list[type]:
    return [each for each in vars(module).values() if isinstance(each, type)]


def everything_named() -> Iterator[tuple[str, str, Any]]:
    """Yield whatever the modules of the hub and their classes give a name: where, the name, and what it is."""
    for package in (bot, handlers):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(found.name)
            for holder in (module, *classes_of(module)):
                yield from ((found.name, name, value) for name, value in vars(holder).items())


NAMED = list(everything_named())
TABLES = list({id(value): value for _, _, value in NAMED if isinstance(value, Whole)}.values())
"""Every whole table of the hub, each once."""

PARTS = {"DAILY", "DAYS", "JOBS", "SUBJECTS"}
"""What has a few members on purpose: the rooms' parts of tables that are whole together, and what is due each day."""


def chosen_of_a_literal(tree: ast.AST) -> Iterator[int]:
    """Yield where a row is chosen of a dict that is written on the spot, or of one that a function made just before."""
    for node in ast.walk(tree):
        if isinstance(table := _table_of(node), ast.Dict):
            yield table.lineno
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            made = {name for each in ast.walk(node) for name in _names_of_dicts(each)}
            chosen = [_table_of(each) for each in ast.walk(node)]
            yield from (table.lineno for table in chosen if isinstance(table, ast.Name) and table.id in made)


def _table_of(node: ast.AST) -> ast.expr | None:
    """Return of what a row is chosen here: ``table[key]``, ``table.get(key)``."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        return node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
        return node.func.value
    return None


def _names_of_dicts(node: ast.AST) -> list[str]:
    """Return the names that are given to a dict of which every key is a member of some list, or several of them."""
    if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if node.value.keys and all(map(_is_member, node.value.keys)):
            return [target.id for target in targets if isinstance(target, ast.Name)]
    return []


def _is_member(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Attribute) or (isinstance(key, ast.Tuple) and all(map(_is_member, key.elts)))


def test_there_are_tables_for_what_the_hub_says() -> None:
    assert len(TABLES) > 20
    assert len({table.name for table in TABLES}) == len(TABLES)


def is_words(row: object) -> bool:
    """Say whether a row of a table is what somebody reads, or writes it with the reader's words."""
    if isinstance(row, str):
        return not isinstance(row, Enum)
    return callable(row) and "_" in inspect.signature(row).parameters


def test_whole_tables_of_words_stand_in_one_room() -> None:
    """But for what a refusal says and what leads to another room: the rooms themselves stand on that."""
    in_one_room = {id(value) for module, _, value in NAMED if module.startswith("handlers.said.")}
    elsewhere = {
        table.name
        for module, _, table in NAMED
        if module.startswith("handlers.") and isinstance(table, Whole) and any(map(is_words, table.values()))
        if id(table) not in in_one_room
    }
    assert elsewhere == {of_staff.WORDS.name, ways.TO_SUBJECT.name}


def test_every_table_over_members_of_a_list_is_whole() -> None:
    found = {
        f"{module}.{name}"
        for module, name, value in NAMED
        if isinstance(value, dict) and value and all(isinstance(key, Enum) for key in value)
        if name not in PARTS and not name.startswith("_")
    }
    assert found == set()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_whoever_is_left_out_of_a_table_is_named(table: Whole[Any, Any]) -> None:
    for member in table.members:
        rest = {key: row for key, row in table.items() if key != member}
        with pytest.raises(NotWhole) as refused:
            Whole(table.name, table.members, rest)
        assert str(refused.value) == f"the table «{table.name}» is not whole: it lacks {member}"


def test_no_row_is_chosen_of_a_table_that_is_made_on_the_spot() -> None:
    """But for words of hub.yaml: there a word that is none is told to whoever writes the file."""
    found = {
        f"{path.name}:{line}"
        for path in SOURCES
        for line in chosen_of_a_literal(ast.parse(path.read_text("utf-8")))
        if "hubfile" not in path.parts
    }
    assert found == set()
