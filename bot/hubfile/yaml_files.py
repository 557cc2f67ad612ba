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
class YamlFile:
    """A file as it stands: its values as text, the line of each place, and what is twice in it."""

    name: str
    data: Any
    lines: Mapping[Place, int]
    faults: Sequence[Fault]


class Reader:
    """Takes every value as the text that stands there, so that ``no``, ``0101`` and ``12:30`` are what they look like.

    It reads what the parser meets, one thing after the other, and builds no tree of it. References (``*name``) are
    refused: they make a file hard to follow.
    """

    def __init__(self, content: bytes) -> None:
        self.lines: dict[Place, int] = {}
        self.faults: list[Fault] = []
        self._events: Iterator[Any] = yaml.parse(content, Loader=yaml.CBaseLoader)

    def whole(self) -> Any:
        """Return the whole file as dict, list or str, and remember the line of each place."""
        data: Any = ""
        self._next()
        if isinstance(self._next(), yaml.DocumentStartEvent):
            first = self._next()
            self.lines[()] = _line_of(first)
            data = self._plain(first, ())
            self._next()
            if isinstance(again := self._next(), yaml.DocumentStartEvent):
                raise _unreadable("a second document begins here", again)
        return data

    def _next(self) -> Any:
        event = next(self._events)
        if isinstance(event, yaml.AliasEvent):
            raise _unreadable(f"*{event.anchor} points to another place; write it out", event)
        return event

    def _plain(self, event: Any, place: Place) -> Any:
        if len(place) >= DEEPEST:
            raise _unreadable(f"it is nested more than {DEEPEST} deep", event)
        if isinstance(event, yaml.MappingStartEvent):
            return dict(self._pairs(place))
        if isinstance(event, yaml.SequenceStartEvent):
            return list(self._items(place))
        return _text(event)

    def _items(self, place: Place) -> Iterator[Any]:
        number = 0
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            here = (*place, number)
            self.lines[here] = _line_of(event)
            yield self._plain(event, here)
            number += 1

    def _pairs(self, place: Place) -> Iterator[tuple[str, Any]]:
        while not isinstance(key := self._next(), yaml.MappingEndEvent):
            name, line, event = _text(key), _line_of(key), self._next()
            here = (*place, name)
            if here in self.lines:
                self.faults.append(((*here, KEY), f"stands here twice, also on line {line}; keep one of the two"))
                self._skip(event)
                continue
            self.lines[(*here, KEY)] = line
            self.lines[here] = _line_of(event) if isinstance(event, yaml.ScalarEvent) else line
            yield name, self._plain(event, here)

    def _skip(self, event: Any) -> None:
        depth = 0
        while True:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth == 0:
                return
            event = self._next()


def _line_of(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _text(event: Any) -> str:
    if not isinstance(event, yaml.ScalarEvent):
        raise _unreadable("a list or a group stands where a name belongs", event)
    if UNPRINTABLE.search(event.value):
        raise _unreadable("a character that may not stand in it", event)
    return str(event.value)


def _unreadable(problem: str, at: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=problem, problem_mark=at.start_mark)


def read_yaml(path: Path) -> YamlFile:
    """Read a file, or raise HubFileFault where it is no YAML."""
    return yaml_of(path.name, content_of(path))


def yaml_of(name: str, content: bytes) -> YamlFile:
    """Return what stands in a file of this name, or raise HubFileFault where it is no YAML."""
    reader = Reader(content)
    try:
        data = reader.whole()
    except yaml.YAMLError as error:
        raise HubFileFault([_yaml_fault(name, content, error)]) from error
    return YamlFile(name, data, reader.lines, reader.faults)


def content_of(path: Path) -> bytes:
    """Return what a file holds, or raise HubFileFault where it cannot be read as text."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise HubFileFault([f"{path.name}: cannot be read ({error.strerror}); looked for {path}."]) from error
    if len(content) > MOST_BYTES:
        raise HubFileFault([f"{path.name}: is larger than {MOST_BYTES // 1024} KiB; no hub needs so much."])
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise HubFileFault(
            [f"{path.name}, line {line}: cannot be read (it is not UTF-8 text); save it as UTF-8."]
        ) from error
    return content


def _yaml_fault(name: str, content: bytes, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    # A character that may not stand in the text at all is told by how many bytes stand before it.
    before = mark.line if mark else content.count(b"\n", 0, getattr(error, "position", 0))
    # What is missing at the end is missed on a line after the last.
    line = min(before + 1, max(1, len(content.splitlines())))
    what = getattr(error, "problem", None) or "a character that may not stand in it"
    return f"{name}, line {line}: is not YAML that can be read: {what}; often a colon, a quote or an indent is missing."


def told(file: YamlFile, faults: Iterable[Fault]) -> HubFileFault:
    """Return all faults as sentences, in the order of the file."""
    found = sorted((_line(file, place), _spot(place), text) for place, text in [*file.faults, *faults])
    return HubFileFault([_in_one_line(f"{file.name}, line {line}, {spot}: {text}.") for line, spot, text in found])


def _in_one_line(sentence: str) -> str:
    # Names and values are quoted as they stand in the file, and may be written over several lines there.
    return " ".join(sentence.splitlines())


def _line(file: YamlFile, place: Place) -> int:
    while place and place not in file.lines:
        place = place[:-1]
    return file.lines.get(place, 1)


def _spot(place: Place) -> str:
    steps = (str(step + 1 if isinstance(step, int) else step) for step in place if step != KEY)
    return ".".join(steps) or "the whole file"


def keys(data: Any, section: str) -> list[str] | None:
    """Return what a part of the file has as keys, or lists; None if it is neither, and so not to be looked into."""
    found = data.get(section) if isinstance(data, dict) else None
    return list(found) if isinstance(found, dict | list) and all(isinstance(each, str) for each in found) else None


def entries(data: Any, section: str) -> list[tuple[str, Any]]:
    """Return the keys and values of a part of the file, as far as it can be read."""
    found = data.get(section) if isinstance(data, dict) else None
    return list(found.items()) if isinstance(found, dict) else []
