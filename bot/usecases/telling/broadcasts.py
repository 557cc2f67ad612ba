"""Telling many: begun with whom it concerns, looked at, paused, let go on, stopped."""

from collections.abc import Awaitable, Callable, Collection, Iterable

from bot.domain import broadcasts as rules
from bot.domain import subjects
from bot.domain.broadcasts import Broadcast, Move, Progress
from bot.domain.notices.notices import Notice
from bot.domain.people import ANNOUNCERS, Person
from bot.domain.refusals import Stale
from bot.domain.screen.kiosks import WELCOME, KioskSession
from bot.domain.subjects import About, Subject
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.domain.whole import Whole
from bot.store import broadcasts as store
from bot.store import kiosks as rows_of_kiosks
from bot.store import notices, reminders, theme_nights
from bot.store.database import Transaction
from bot.usecases.turn import Turn

TOLD_OF: Whole[About, Callable[[Transaction, int], Awaitable[ThemeNight | Notice | None]]] = Whole(
    "where a broadcast's prison is read", rules.TOLD, {About.THEME_NIGHT: theme_nights.get, About.NOTICE: notices.get}
)
"""What there is to tell many of, by the kind of subject that a broadcast is about."""


async def begin(turn: Turn, about: str, people: Iterable[str], kiosks: Iterable[str], by: str | None = None) -> int:
    """Begin to tell these people and kiosks about something (``night:3``, ``notice:4``); return the broadcast's number.

    What they shall see is wanted by the caller, with this number. What begins by the clock says whose it is: ``by``.
    """
    begun = await store.add(turn.tx, about, by or turn.person.id, turn.now, people, kiosks)
    touch(turn, begun.id)
    await turn.note("broadcast", about)
    await _look_soon(turn, begun)
    return begun.id


def touch(turn: Turn, number: int) -> None:
    """Say that a broadcast has come further, or stands still."""
    turn.touch(Subject(About.BROADCAST, str(number)))


async def find(turn: Turn, number: int) -> Broadcast:
    """Return a broadcast, for the hub's own work; Stale where there is none."""
    found = await store.broadcast(turn.tx, number)
    if found is None:
        raise Stale
    return found


async def one(turn: Turn, number: int, person: Person | None = None) -> Broadcast:
    """Return a broadcast about something at a prison of somebody's, or refuse: others' announcements are not theirs."""
    found = await find(turn, number)
    if not _sees(turn, person or turn.person, await _prison(turn, found)):
        raise Stale
    return found


async def sees(turn: Turn, person: Person, number: int) -> bool:
    """Say whether somebody may see how far a broadcast has come."""
    found = await store.broadcast(turn.tx, number)
    return found is not None and _sees(turn, person, await _prison(turn, found))


def _sees(turn: Turn, person: Person, prison: str | None) -> bool:
    return bool(person.role & ANNOUNCERS) and prison in turn.hub.prisons_of(person.units)


async def _prison(turn: Turn, broadcast: Broadcast) -> str | None:
    about = subjects.read(broadcast.about)
    told_of = await TOLD_OF[about.kind](turn.tx, int(about.id))
    return told_of.prison if told_of else None


async def newest(turn: Turn, about: str) -> Broadcast | None:
    """Return the broadcast about something that was begun last."""
    return await store.newest(turn.tx, about)


async def carried(turn: Turn, abouts: Collection[str]) -> tuple[int, ...]:
    """Return the running broadcasts about any of these: what a screen brings that says so."""
    return tuple(await store.running(turn.tx, abouts))


async def progress(turn: Turn, number: int) -> Progress:
    """Return how far a broadcast has come."""
    found = await find(turn, number)
    return rules.progress(await store.targets(turn.tx, number), found.state)


async def pause(turn: Turn, number: int) -> Broadcast:
    """Let everything wait that nobody has been shown yet."""
    paused = await _move(turn, await one(turn, number), Move.PAUSE)
    await store.hold(turn.tx, number)
    return paused


async def go_on(turn: Turn, number: int) -> Broadcast:
    """Let what waits go on."""
    running = await _move(turn, await one(turn, number), Move.GO_ON)
    await store.let_go(turn.tx, number)
    return running


async def stop(turn: Turn, number: int) -> Broadcast:
    """Take away what was never sent; what is shown stays."""
    return await _stopped(turn, await one(turn, number))


async def end(turn: Turn, number: int) -> Broadcast:
    """Stop what is over by itself, whoever began it."""
    return await _stopped(turn, await find(turn, number))


async def _stopped(turn: Turn, broadcast: Broadcast) -> Broadcast:
    stopped = await _move(turn, broadcast, Move.STOP)
    await store.take_back(turn.tx, broadcast.id)
    return stopped


async def again(turn: Turn, number: int, person: str) -> None:
    """Send it once more to somebody of whom nobody knows whether they have it; Stale where that is known."""
    found = await one(turn, number)
    if not await store.send_again(turn.tx, number, person):
        raise Stale
    touch(turn, number)
    await turn.note("broadcast_again", person, found.about)
    await _look_soon(turn, found)


async def screens_left(turn: Turn, number: int) -> list[KioskSession]:
    """Return the kiosks that have not shown it and greet whoever comes; the others will when they do so again."""
    found = [
        await rows_of_kiosks.session(turn.tx, turn.keys, each) for each in await store.screens_left(turn.tx, number)
    ]
    return [each for each in found if each and each.view == WELCOME]


async def look_again(turn: Turn, number: int) -> None:
    """Look how far it has come, and plan when that is done next, until there is nothing left to see."""
    touch(turn, number)
    found, moves = await find(turn, number), await store.moves(turn.tx, number)
    last = await store.last_shown(turn.tx, number)
    next_look = rules.next_look(found, await progress(turn, number), turn.now, moves=moves, last=last)
    await reminders.put(turn.tx, [next_look] if next_look else [])


async def _move(turn: Turn, broadcast: Broadcast, move: Move) -> Broadcast:
    changed = rules.moved(broadcast, move)
    await store.save(turn.tx, changed)
    touch(turn, changed.id)
    await turn.note(str(move), changed.about)
    await _look_soon(turn, changed)
    return changed


async def _look_soon(turn: Turn, broadcast: Broadcast) -> None:
    await reminders.put(turn.tx, [rules.first_look(broadcast, turn.now)])
