"""Reads a YAML file as people wrote it, with the line of every place, and tells all its faults at once."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Place = tuple[str | int, ...]
"""The way to a value: ``("services", "nav", "promise")``; lists count from 0 here and from 1 in what people read."""

Fault = tuple[Place, str]

KEY = "[key]"
"""Ends the way to a name itself, where that is wrong and not what stands behind it."""

MOST_BYTES = 2 * 1024 * 1024
DEEPEST = 24
"""So many groups in one another no hub has; without a limit, Python's own is met."""

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""What an escape in a quoted text can smuggle in: controls, and halves of characters that no file can hold."""


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
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse ``*name`` before it is followed, and what is nested deeper than anybody can read."""
        event: Any = self.peek_event()  # type: ignore[no-untyped-call] # the stubs leave it out
        if isinstance(event, yaml.AliasEvent):
            raise _unreadable(f"*{event.anchor} points to another place; write it out", event)
        if self._depth >= DEEPEST:
            raise _unreadable(f"it is nested more than {DEEPEST} deep", event)
        self._depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1

    def page(self) -> Any:
        """Return the whole file as dict, list or str, and remember the line of each place."""
        node = self.get_single_node()
        if node is not None:
            self.lines[()] = _line_of(node)
        return self._plain(node, ())

    def _plain(self, node: yaml.Node | None, place: Place) -> Any:
        if isinstance(node, yaml.MappingNode):
            return {key: self._plain(value, (*place, key)) for key, value in self._pairs(node, place)}
        if isinstance(node, yaml.SequenceNode):
            return [self._item(value, (*place, number)) for number, value in enumerate(node.value)]
        return "" if node is None else _text(node)

    def _item(self, node: yaml.Node, place: Place) -> Any:
        self.lines[place] = _line_of(node)
        return self._plain(node, place)

    def _pairs(self, node: yaml.MappingNode, place: Place) -> Iterator[tuple[str, yaml.Node]]:
        for key, value in node.value:
            name = _text(key)
            here, line = (*place, name), _line_of(key)
            if here in self.lines:
                self.faults.append(((*here, KEY), f"stands here twice, also on line {line}; keep one of the two"))
                continue
            self.lines[(*here, KEY)] = line
            self.lines[here] = _line_of(value) if isinstance(value, yaml.ScalarNode) else line
            yield name, value


def _line_of(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _text(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _unreadable("a list or a group stands where a name belongs", node)
    if UNPRINTABLE.search(node.value):
        raise _unreadable("a character that may not stand in it", node)
    return str(node.value)


def _unreadable(problem: str, at: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=at.start_mark)


def read_page(path: Path) -> Page:
    """Read a file, or raise HubFileFault where it is no YAML."""
    text = _text_of(path)
    try:
        loader = Loader(text)
        data = loader.page()
    except yaml.YAMLError as error:
        raise HubFileFault([_yaml_fault(path, text, error)]) from error
    except (ValueError, OverflowError) as error:
        # The reader takes the numbers of an escape or a directive as they come.
        line = loader.line + 1
        raise HubFileFault([_not_yaml(path, line, "a number in it is no character and no version")]) from error
    return Page(path.name, data, loader.lines, loader.faults)


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise HubFileFault([f"{path.name}: cannot be read ({error.strerror}); looked for {path}."]) from error
    if len(content) > MOST_BYTES:
        raise HubFileFault([f"{path.name}: is larger than {MOST_BYTES // 1024} KiB; no hub needs so much."])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise HubFileFault(
            [f"{path.name}, line {line}: cannot be read (it is not UTF-8 text); save it as UTF-8."]
        ) from error


def _yaml_fault(path: Path, text: str, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    # A character that may not stand in the text at all is told by how many stand before it.
    line = mark.line + 1 if mark else text.count("\n", 0, getattr(error, "position", 0)) + 1
    return _not_yaml(path, line, getattr(error, "problem", None) or "a character that may not stand in it")


def _not_yaml(path: Path, line: int, what: str) -> str:
    return (
        f"{path.name}, line {line}: is not YAML that can be read: {what}; "
        "often a colon, a quote or an indent is missing."
    )


def told(page: Page, faults: Iterable[Fault]) -> HubFileFault:
    """Return all faults as sentences, in the order of the page."""
    found = sorted((_line(page, place), _spot(place), text) for place, text in [*page.faults, *faults])
    return HubFileFault([_in_one_line(f"{page.name}, line {line}, {spot}: {text}.") for line, spot, text in found])


def _in_one_line(sentence: str) -> str:
    # Names and values are quoted as they stand in the file, and may be written over several lines there.
    return " ".join(sentence.splitlines())


def _line(page: Page, place: Place) -> int:
    while place and place not in page.lines:
        place = place[:-1]
    return page.lines.get(place, 1)


def _spot(place: Place) -> str:
    steps = (str(step + 1 if isinstance(step, int) else step) for step in place if step != KEY)
    return ".".join(steps) or "the whole file"


def keys(data: Any, section: str) -> list[str] | None:
    """Return what a part of the page has as keys, or lists; None if it is neither, and so not to be looked into."""
    found = data.get(section) if isinstance(data, dict) else None
    return list(found) if isinstance(found, dict | list) and all(isinstance(each, str) for each in found) else None


def entries(data: Any, section: str) -> list[tuple[str, Any]]:
    """Return the keys and values of a part of the page, as far as it can be read."""
    found = data.get(section) if isinstance(data, dict) else None
    return list(found.items()) if isinstance(found, dict) else []
