"""Which use cases touch something, read out of the code itself: so that none is forgotten where all are tried."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import bot
import handlers

ROOTS = [Path(str(each.__file__)).parent for each in (bot, handlers)]
USE_CASES = ROOTS[0] / "usecases"
TOUCHING = {"touch", "touched", "hide"}
"""What a turn is told about what has changed."""

Name = tuple[str, str]
"""A function: its module, and what it is called there."""


def touching() -> set[Name]:
    """Return every use case that touches something, itself or by what it calls, and that others than use cases call."""
    calls = {name: found for path in sorted(USE_CASES.rglob("*.py")) for name, found in _calls_in(path).items()}
    reach = {name for name, called in calls.items() if called & {("turn", each) for each in TOUCHING}}
    while more := {name for name, called in calls.items() if called & reach} - reach:
        reach |= more
    outside = [path for root in ROOTS for path in sorted(root.rglob("*.py")) if USE_CASES not in path.parents]
    return reach & set().union(*(named_in(path) for path in outside))


def named_in(path: Path) -> frozenset[Name]:
    """Return every function of another module that a file names, called or handed on."""
    tree = _parsed(path)
    return frozenset(_named(tree, _imported(tree)))


def _calls_in(path: Path) -> Mapping[Name, frozenset[Name]]:
    tree, module = _parsed(path), _module(path)
    known = _imported(tree) | {each.name: (module, each.name) for each in tree.body if isinstance(each, FUNCTIONS)}
    return {(module, each.name): frozenset(_named(each, known)) for each in tree.body if isinstance(each, FUNCTIONS)}


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def _imported(tree: ast.Module) -> dict[str, Name]:
    """Return what each imported name stands for: a module, or a function of one."""
    found: dict[str, Name] = {}
    for each in ast.walk(tree):
        if isinstance(each, ast.ImportFrom):
            found |= {name.asname or name.name: (str(each.module), name.name) for name in each.names}
    return found


def _named(tree: ast.AST, known: Mapping[str, Name]) -> Iterator[Name]:
    own = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    own |= {each.arg for each in ast.walk(tree) if isinstance(each, ast.arg)}
    known = {name: what for name, what in known.items() if name not in own}
    for each in ast.walk(tree):
        if isinstance(each, ast.Attribute):
            if each.attr in TOUCHING and ast.unparse(each.value) in {"turn", "context.turn"}:
                yield "turn", each.attr
            if isinstance(each.value, ast.Name) and each.value.id in known:
                yield ".".join(known[each.value.id]), each.attr
        elif isinstance(each, ast.Name) and each.id in known:
            yield known[each.id]


@cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _module(path: Path) -> str:
    root = next(each for each in ROOTS if each in path.parents)
    return ".".join(path.relative_to(root.parent).with_suffix("").parts)


NO_DEED = {("bot.usecases.slips.steps", "touch")}
"""With what the start of a hub lets every card be written where it belongs: nothing has been done then."""


def missing(deeds: Iterable[Path]) -> list[str]:
    """Return the use cases that touch something and are in no deed."""
    done = set().union(*(named_in(path) for path in deeds))
    return sorted(f"{module}.{name}" for module, name in touching() - done - NO_DEED)
