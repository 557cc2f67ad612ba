"""What is done about talks of the day: who is fetched, how many can walk, and screens that are closed."""

from bot.domain.movements import Tick, staff_in
from bot.usecases import movements
from bot.usecases.inmates import inmates
from bot.usecases.screen import closings
from bot.usecases.turn import Turn
from tests.views.deeds.doing import THURSDAY, Deed, at, by, later


async def _on_thursday(turn: Turn) -> None:
    later(turn, hours=22)


async def _tick(turn: Turn, seen: Tick | None, tick: Tick | None) -> None:
    found = [each for each in await movements.of_day(turn, THURSDAY) if each.movement.booking.slip == "FJ-105"]
    await movements.tick(await by(turn, "KB-A2"), "FJ-105", found[0].movement.revision, seen, tick)


async def _fetched(turn: Turn) -> None:
    await _tick(turn, None, Tick.FETCHED)


async def _not_found(turn: Turn) -> None:
    await _tick(turn, None, Tick.NOT_FOUND)


async def _is_fetched(turn: Turn) -> None:
    await _on_thursday(turn)
    await _fetched(turn)


async def _taken_back(turn: Turn) -> None:
    await _tick(turn, Tick.FETCHED, None)


async def _fewer(turn: Turn) -> None:
    seen = staff_in(turn.hub, 9, await movements.capacity(turn, "FJ", THURSDAY))
    await movements.set_staff(await by(turn, "VL"), "FJ", THURSDAY, 9, seen, 1)


async def _close(turn: Turn) -> None:
    await closings.close(await at(turn, "A03"))


async def _open(turn: Turn) -> None:
    closing = await closings.of_kiosk(await at(turn, "A03"))
    assert closing
    await closings.open_again(await by(turn, "KB-A1"), closing.kiosk, closing.number)


async def _other_officer(turn: Turn) -> None:
    await inmates.change_officer(await by(turn, "TK1"), "A04", "KB-A3")


WALKS = [
    Deed("officers", "fetched", _fetched, _on_thursday),
    Deed("officers", "not found", _not_found, _on_thursday),
    Deed("officers", "taken back", _taken_back, _is_fetched),
    Deed("officers", "fewer can walk", _fewer),
    Deed("officers", "a screen closes", _close),
    Deed("officers", "a screen opens", _open, _close),
    Deed("officers", "another contact officer", _other_officer),
]
