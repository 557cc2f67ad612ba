"""Reads a YAML file as people wrote it, with the line of every place, and tells all its faults at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Place = tuple[str | int, ...]
"""The way to a value: ``("services", "nav", "promise")``; lists count from 0 here and from 1 in what people read."""

Fault = tuple[Place, str]


class HubFileFault(Exception):
    """A file cannot be used; the message lists all its faults, one a line, for a person to mend."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Page:
    """A file as it stands: its values as text, the line of each place, and what is twice in it."""

    name: str
    data: Any
    lines: Mapping[Place, int]
    faults: Sequence[Fault]


class Loader(yaml.BaseLoader):
    """Takes every value as the text that stands there, so that ``no``, ``0101`` and ``12:30`` are what they look like.

    References (``*name``) are refused: they make a file hard to follow.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.lines: dict[Place, int] = {}
        self.faults: list[Fault] = []

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse ``*name`` before it is followed."""
        if self.check_event(yaml.AliasEvent):
            event: Any = self.peek_event()  # type: ignore[no-untyped-call] # the stubs leave it out
            raise yaml.MarkedYAMLError(
                problem=f"*{event.anchor} points to another place; write it out", problem_mark=event.start_mark
            )
        return super().compose_node(parent, index)

    def plain(self, node: yaml.Node | None, place: Place = ()) -> Any:
        """Return the node as dict, list or str, and remember the line of each place."""
        if isinstance(node, yaml.MappingNode):
            return {key: self.plain(value, (*place, key)) for key, value in self._pairs(node, place)}
        if isinstance(node, yaml.SequenceNode):
            return [self._item(value, (*place, number)) for number, value in enumerate(node.value)]
        return "" if node is None else node.value

    def _item(self, node: yaml.Node, place: Place) -> Any:
        self.lines[place] = node.start_mark.line + 1
        return self.plain(node, place)

    def _pairs(self, node: yaml.MappingNode, place: Place) -> Iterator[tuple[str, yaml.Node]]:
        for key, value in node.value:
            here = (*place, str(key.value))
            line = key.start_mark.line + 1
            if here in self.lines:
                self.faults.append((here, f"stands here twice, also on line {line}; keep one of the two"))
                continue
            self.lines[here] = line
            yield str(key.value), value


def read_page(path: Path) -> Page:
    """Read a file, or raise HubFileFault where it is no YAML."""
    try:
        loader = Loader(path.read_text(encoding="utf-8"))
        data = loader.plain(loader.get_single_node())
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise HubFileFault([f"{path.name}: cannot be read ({why}); looked for {path}."]) from error
    except yaml.YAMLError as error:
        raise HubFileFault([_yaml_fault(path, error)]) from error
    return Page(path.name, data, loader.lines, loader.faults)


def _yaml_fault(path: Path, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    line = f", line {mark.line + 1}" if mark else ""
    what = getattr(error, "problem", None) or "a character that may not stand in it"
    return f"{path.name}{line}: is not YAML that can be read: {what}; often a colon, a quote or an indent is missing."


def told(page: Page, faults: Iterable[Fault]) -> HubFileFault:
    """Return all faults as sentences, in the order of the page."""
    found = sorted((_line(page, place), _spot(place), text) for place, text in [*page.faults, *faults])
    return HubFileFault([f"{page.name}, line {line}, {spot}: {text}." for line, spot, text in found])


def _line(page: Page, place: Place) -> int:
    while place and place not in page.lines:
        place = place[:-1]
    return page.lines.get(place, 1)


def _spot(place: Place) -> str:
    return ".".join(str(step + 1 if isinstance(step, int) else step) for step in place) or "the whole file"


def keys(data: Any, section: str) -> list[str] | None:
    """Return what a part of the page has as keys, or lists; None if it is neither, and so not to be looked into."""
    found = data.get(section) if isinstance(data, dict) else None
    return list(found) if isinstance(found, dict | list) and all(isinstance(each, str) for each in found) else None


def entries(data: Any, section: str) -> list[tuple[str, Any]]:
    """Return the keys and values of a part of the page, as far as it can be read."""
    found = data.get(section) if isinstance(data, dict) else None
    return list(found.items()) if isinstance(found, dict) else []
