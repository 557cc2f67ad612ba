"""What a turn wants to be shown, place by place: written down as rows, with what each message is about."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from bot.domain.chat import sheets, tongues
from bot.domain.chat.messages import Reader, View, discreet, goes_by_letter, takes_letter_back
from bot.domain.reminders import not_arrived
from bot.store import clearing, letters, messages, reminders, subjects
from bot.store import sheets as rows_of_sheets
from bot.store.database import Statement
from bot.usecases.turn import Turn, Wanted

log = logging.getLogger(__name__)

Count = Callable[[str, int, int], str]
"""Says in a language on which sheet one is, of how many."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a message goes out: in which lane, at most once, held at first, and for which broadcast."""

    lane: int
    once: bool = False
    held: bool = False
    broadcast: int | None = None

    def carrying(self, view: View | None) -> View | None:
        """Let what is told to many bring its broadcast; a screen brings what it says itself."""
        if view is None or self.broadcast is None or not self.once or self.broadcast in view.carries:
            return view
        return replace(view, carries=(*view.carries, self.broadcast))


@dataclass
class Draft:
    """What a turn wants, put together place by place; of two wishes for one place the later one counts.

    Only what is written anew gives way to whatever else is wanted there.
    """

    turn: Turn
    before: subjects.At
    wishes: dict[subjects.Place, dict[str, object]] = field(default_factory=dict)
    about: dict[subjects.Place, frozenset[str]] = field(default_factory=dict)
    moved: set[subjects.Place] = field(default_factory=set)
    here: list[Statement] = field(default_factory=list)

    def has(self, place: subjects.Place, page: str = "") -> bool:
        """Say whether there is a message, with a ``page`` only one that shows it, or one is wanted already."""
        if page:
            return self.before.there.get(place) == page
        return place in self.wishes or place in self.before.there

    async def add(self, reader: Reader, wanted: Wanted, way: Way, count: Count) -> None:
        """Want one thing more."""
        place = place_of(reader, wanted)
        if reader.one_way or wanted.instead:
            # What was wanted so far comes first: this looks at the rows, or moves one of them away.
            await self._want()
        if wanted.instead and not reader.one_way:
            await self._move_down(place, reader, wanted.instead)
        view = None if _stays(wanted, reader) else way.carrying(_built(wanted, reader))
        wish = None if _stays(wanted, reader) else await _wish(self.turn, reader, wanted, view, way, count)
        if wish:
            before = self.wishes.pop(place, {})
            self.wishes[place] = {**wish, "use": wish["use"] or before.get("use")}
            self.about[place] = frozenset(map(str, view.subjects)) if view else frozenset()

    async def _move_down(self, place: subjects.Place, reader: Reader, instead: View) -> None:
        if await clearing.move_down(self.turn.tx, reader, place[2], tongues.told_apart(instead), self.turn.now):
            self.moved.add(place)
        self.turn.edge.visible |= _is_here(self.turn, reader.network, reader.chat_id)

    async def write(self) -> None:
        """Write down what is wanted, and what it is about."""
        await self._want()
        if self.before.refused & self.about.keys():
            await reminders.put(self.turn.tx, [not_arrived(self.turn.now)])
        left = {place: about for place, about in self.before.about.items() if place not in self.moved}
        await subjects.write(self.turn.tx, self.about, subjects.At(self.before.there, left))

    @property
    def is_seen(self) -> bool:
        """Say, once everything is written, whether the turn's own chat shows something else than before."""
        return any(each.changed > 0 for each in self.here)

    async def _want(self) -> None:
        """Write wishes down, those for the turn's own chat apart: who pressed is told where nothing changes there."""
        wishes, self.wishes = list(self.wishes.values()), {}
        here = [each for each in wishes if _is_here(self.turn, each["network"], each["chat_id"])]
        if written := await messages.want(self.turn.tx, here, self.turn.now):
            self.here.append(written)
        await messages.want(self.turn.tx, [each for each in wishes if each not in here], self.turn.now)
        there = {**self.before.there, **{_wished_at(each): str(each["page"]) for each in wishes}}
        self.before = subjects.At(there, self.before.about, self.before.refused)


def _wished_at(wish: Mapping[str, Any]) -> subjects.Place:
    return wish["network"], wish["chat_id"], wish["key"]


def _is_here(turn: Turn, network: object, chat_id: object) -> bool:
    return (network, chat_id) == (turn.network, turn.chat_id)


def place_of(reader: Reader, wanted: Wanted) -> subjects.Place:
    return reader.network, reader.chat_id, wanted.key


async def _wish(
    turn: Turn, reader: Reader, wanted: Wanted, view: View | None, way: Way, count: Count
) -> dict[str, object] | None:
    if reader.one_way:
        return await _letter(turn, reader, wanted, view, way)
    view = discreet(view, reader) if view else None
    stamp = turn.keys.stamp(view.document.recipe) if view and view.document else None
    view, cut = await _sheet(turn, reader, wanted.key, view, count) if view else (None, None)
    wish = messages.wish(reader, wanted.key, view, way.lane, stamp, once=way.once, held=way.held)
    # What passes is written nowhere: of a secret that is longer than a message there is its first sheet alone.
    return {**wish, **_used(wanted), "sheets": None if wish["passing"] else cut}


def _built(wanted: Wanted, reader: Reader) -> View | None:
    view = wanted.build(reader)
    return tongues.told_apart(view) if view else None


def _used(wanted: Wanted) -> dict[str, object]:
    return {"use": str(wanted.use)} if wanted.use else {}


def _stays(wanted: Wanted, reader: Reader) -> bool:
    """Say whether nothing is to be changed: a letter that has gone out stays where it is."""
    return bool(wanted.instead and wanted.only_there and reader.one_way)


async def _sheet(turn: Turn, reader: Reader, key: str, view: View, count: Count) -> tuple[View, str | None]:
    """Return what a message shows of a view, and all its sheets where they are several: it stays where it was."""
    found = sheets.cut(view, partial(count, reader.language))
    if not found.as_written:
        kinds = ", ".join(sorted({each.kind for each in view.subjects})) or "nothing"
        log.error("A view is longer than a message, and nobody has said how it is cut; it is about: %s", kinds)
    if len(found.sheets) == 1:
        return found.sheets[0], None
    before = await rows_of_sheets.place_of(turn.tx, reader, key)
    at = min(before.at, len(found.sheets) - 1) if before and view.name and before.name == view.name else 0
    return found.sheets[at], rows_of_sheets.written(found.sheets, rows_of_sheets.Place(view.name, at))


async def _letter(turn: Turn, reader: Reader, wanted: Wanted, view: View | None, way: Way) -> dict[str, object] | None:
    key, before = wanted.key, await letters.posted(turn.tx, reader, wanted.key)
    if view and goes_by_letter(view, before):
        wish = messages.wish(reader, key, discreet(view, reader), way.lane, once=way.once, held=way.held)
        return {**wish, **_used(wanted)}
    return messages.wish(reader, key, None, way.lane) if takes_letter_back(view, before) else None
