"""What is said of the members of a list stands in whole tables: a gap is found at the start, and not by a reader."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import handlers
from bot import domain
from bot.domain.whole import NotWhole, Whole

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for folder in ("bot", "handlers") for path in (ROOT / folder).rglob("*.py")]


def classes_of(module: ModuleType) -> list[type]:
    return [each for each in vars(module).values() if isinstance(each, type)]


def every_table() -> list[Whole[Any, Any]]:
    """Return every whole table of the rules and of the chat edge, each once."""
    modules = [
        importlib.import_module(found.name)
        for package in (domain, handlers)
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]
    named = [vars(holder) for module in modules for holder in (module, *classes_of(module))]
    found = [value for names in named for value in names.values() if isinstance(value, Whole)]
    return list({id(table): table for table in found}.values())


TABLES = every_table()


def chosen_of_a_literal(tree: ast.AST) -> Iterator[int]:
    """Yield where a row is chosen of a dict that is written on the spot, or of one that a function made just before."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Dict):
            yield node.lineno
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            made = {name for each in ast.walk(node) for name in _names_of_dicts(each)}
            chosen = [each for each in ast.walk(node) if isinstance(each, ast.Subscript)]
            yield from (
                each.lineno
                for each in chosen
                if isinstance(each.ctx, ast.Load) and isinstance(each.value, ast.Name) and each.value.id in made
            )


def _names_of_dicts(node: ast.AST) -> list[str]:
    """Return the names that are given to a dict of which every key is a member of some list: ``State.DRAFT``."""
    if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if node.value.keys and all(isinstance(key, ast.Attribute) for key in node.value.keys):
            return [target.id for target in targets if isinstance(target, ast.Name)]
    return []


def test_there_are_tables_for_what_the_hub_says() -> None:
    assert len(TABLES) > 20
    assert len({table.name for table in TABLES}) == len(TABLES)


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
