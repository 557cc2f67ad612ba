"""Who tries a number learns from no hash whether there is such a number; and nothing happens before one is known."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot.domain.people import Inmate
from bot.store import pins as rows_of_pins
from bot.usecases import people
from bot.usecases.hashing import Fits, Hashes, HashOf, Question, Uncounted
from bot.usecases.people import SignedIn, WrongPin
from bot.usecases.screen import kiosks
from bot.usecases.turn import Turn
from tests.hub.real_turns import KEYS, RealTurns, counted, real_turns

PIN, WRONG = "7391", "8264"
WITH_PIN, WITHOUT, NOBODY = "B01", "B02", "B99"
Act = Callable[[Turn], Awaitable[object]]


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[RealTurns]:
    inmates = tuple(Inmate(each, "B", "Lyng", "nb") for each in (WITH_PIN, WITHOUT))
    async with real_turns(tmp_path, inmates) as made:
        async with made.turns.database.transaction() as tx:
            await rows_of_pins.change_pin(tx, WITH_PIN, KEYS.hash_pin(PIN), 4)
        yield made


async def at_the_kiosk(hub: RealTurns, act: Act, hashes: Hashes | None = None) -> object:
    async with hub.turns.begin() as turn:
        turn.hashes = hashes or Hashes()
        await kiosks.act_for(turn, "K-B")
        result = await act(turn)
        await kiosks.keep(turn)
    return result


async def asked(hub: RealTurns, act: Act) -> Question:
    with pytest.raises(Uncounted) as raised:
        await at_the_kiosk(hub, act)
    return raised.value.question


async def everything(hub: RealTurns) -> list[list[dict[str, object]]]:
    tables = ("audit", "wrong_tries", "pin_tries", "kiosk_sessions", "inmates", "reminders")
    return [await hub.rows(f"SELECT * FROM {table}") for table in tables]


@pytest.mark.parametrize("number", [WITH_PIN, WITHOUT, NOBODY])
async def test_every_number_asks_for_one_hash_and_nothing_has_happened_before_it_is_known(
    hub: RealTurns, number: str
) -> None:
    before = await everything(hub)
    question = await asked(hub, lambda turn: people.sign_in(turn, number, WRONG))
    assert isinstance(question, Fits)
    assert (question.pin, question.hashed is not None) == (WRONG, number == WITH_PIN)
    assert await everything(hub) == before


@pytest.mark.parametrize("number", [WITH_PIN, WITHOUT, NOBODY])
async def test_a_wrong_pin_is_counted_once_although_its_turn_was_begun_twice(hub: RealTurns, number: str) -> None:
    result = await counted(lambda hashes: at_the_kiosk(hub, lambda turn: people.sign_in(turn, number, WRONG), hashes))
    assert result == WrongPin(None, left=2)
    assert len(await hub.rows("SELECT at FROM wrong_tries")) == 1


async def test_a_pin_that_is_made_anew_meanwhile_is_asked_about_again(hub: RealTurns) -> None:
    first = await asked(hub, lambda turn: people.sign_in(turn, WITH_PIN, PIN))
    async with hub.turns.database.transaction() as tx:
        await rows_of_pins.change_pin(tx, WITH_PIN, KEYS.hash_pin(PIN), 4)
    second = await asked(hub, lambda turn: people.sign_in(turn, WITH_PIN, PIN))
    assert first != second


async def test_a_new_pin_is_kept_when_its_hash_is_known(hub: RealTurns) -> None:
    before = await everything(hub)
    assert await asked(hub, lambda turn: people.keep_pin(turn, WITHOUT, PIN)) == HashOf(PIN)
    assert await everything(hub) == before
    kept = await counted(lambda hashes: at_the_kiosk(hub, lambda turn: people.keep_pin(turn, WITHOUT, PIN), hashes))
    assert isinstance(kept, SignedIn)
    assert kept.inmate == WITHOUT
