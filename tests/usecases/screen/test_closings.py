"""A kiosk closes after twenty tries, however they come; and nobody learns from it who lives here."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.people import Inmate
from bot.domain.refusals import NotAllowed, Stale
from bot.store import pins as rows_of_pins
from bot.usecases import people
from bot.usecases.hashing import Hashes
from bot.usecases.inmates import pins
from bot.usecases.inmates.pins import CodeRight
from bot.usecases.people import Judged, KioskClosed, SignedIn, WrongPin
from bot.usecases.screen import closings, kiosks, leaving
from tests.hub.real_turns import KEYS, RealTurns, all_at_once, counted, real_turns
from tests.usecases.test_races import outcomes

PIN, WRONG = "7391", "8264"
HOUR = timedelta(hours=1)


async def tries(hub: RealTurns, number: str = "B01", pin: str = WRONG, kiosk: str = "K-B") -> SignedIn | Judged:
    async def once(hashes: Hashes) -> SignedIn | Judged:
        async with hub.turns.begin() as turn:
            turn.hashes = hashes
            await kiosks.act_for(turn, kiosk)
            turn.change_session(inmate=None)
            result = await people.sign_in(turn, number, pin)
            leaving.leave(turn)
            await kiosks.keep(turn)
            return result

    return await counted(once)


async def has_pin(hub: RealTurns, number: str = "B01", pin: str = PIN) -> None:
    async with hub.turns.database.transaction() as tx:
        await rows_of_pins.change_pin(tx, number, KEYS.hash_pin(pin), 4)


async def gives_code(hub: RealTurns, number: str) -> str:
    async with hub.as_adviser("SK1") as turn:
        return (await pins.issue(turn, number)).code


async def prints_pin_letter(hub: RealTurns, number: str) -> str:
    async with hub.as_adviser("TK1") as turn:
        return (await pins.first_code(turn, number)).code


async def opens(hub: RealTurns, number: int = 1, officer: str = "KB-B1") -> None:
    async with hub.as_adviser(officer) as turn:
        await closings.open_again(turn, "K-B", number)


async def looked_at(hub: RealTurns) -> int:
    [row] = await hub.rows("SELECT COUNT(*) AS n FROM audit WHERE action = 'sign_in' AND outcome = 'wrong_pin'")
    return int(row["n"])


def spread(count: int) -> list[str]:
    return [f"B{number % 100:02}" for number in range(count)]


async def test_the_twentieth_try_closes_even_where_it_is_right(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:
        await has_pin(hub)
        for number in spread(19):
            assert await tries(hub, number) == WrongPin(None, left=2)
        assert await tries(hub, pin=PIN) == KioskClosed(begins=True)
        assert await tries(hub, pin=PIN) == KioskClosed(begins=False)
        assert isinstance(await tries(hub, pin=PIN, kiosk="K-A"), SignedIn), "nobody is locked out elsewhere"
        assert await looked_at(hub) == 19


async def test_wrong_tries_at_one_kiosk_close_no_other(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:
        await has_pin(hub)
        for number in spread(19):
            await tries(hub, number)
        assert isinstance(await tries(hub, pin=PIN, kiosk="K-A"), SignedIn)
        assert await tries(hub, pin=PIN) == KioskClosed(begins=True)


async def test_a_right_one_in_between_changes_nothing_and_an_hour_does(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:
        await has_pin(hub, "B99")
        for number in spread(10):
            await tries(hub, number)
        hub.clock.move(HOUR / 2)
        assert isinstance(await tries(hub, "B99", PIN), SignedIn)
        for number in spread(19)[10:]:
            assert await tries(hub, number) == WrongPin(None, left=2)
        hub.clock.move(HOUR / 2)
        assert isinstance(await tries(hub, "B99", PIN), SignedIn), "the first ten were an hour ago"
        for number in spread(30)[20:]:
            assert await tries(hub, number) == WrongPin(None, left=2)
        assert await tries(hub) == KioskClosed(begins=True)


async def test_wrong_one_time_codes_count_and_so_do_tries_in_a_pause(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:
        code = await gives_code(hub, "B07")
        wrong = "5555" if code != "5555" else "6666"
        for _ in range(3):
            await tries(hub, "B07", wrong)
        for _ in range(16):
            result = await tries(hub, "B07", wrong)
            assert isinstance(result, WrongPin)
            assert result.pause_until
        assert await tries(hub, "B08", await gives_code(hub, "B08")) == KioskClosed(begins=True)


async def test_a_number_pauses_at_one_kiosk_alone(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:
        await has_pin(hub)
        while not isinstance(paused := await tries(hub), WrongPin) or paused.pause_until is None:
            pass
        assert isinstance(await tries(hub, pin=PIN), WrongPin)
        assert await tries(hub, kiosk="K-A") == WrongPin(None, left=2)
        assert isinstance(await tries(hub, pin=PIN, kiosk="K-A"), SignedIn)
        assert isinstance(await tries(hub, pin=PIN), WrongPin), "it is paused here all the same"


async def test_a_good_code_stands_in_place_of_the_pin(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:
        await has_pin(hub, "B07")
        code = await gives_code(hub, "B07")
        assert await tries(hub, "B07", PIN) == WrongPin(None, left=2)
        hub.clock.move(timedelta(minutes=5))
        assert isinstance(await tries(hub, "B07", PIN), SignedIn), "when its time is over, the PIN is good again"
        code = await gives_code(hub, "B07")
        assert isinstance(await tries(hub, "B07", code), CodeRight)


async def test_a_letters_code_is_good_beside_the_pin_until_either_is_right(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:
        await has_pin(hub, "B07")
        code = await prints_pin_letter(hub, "B07")
        for _ in range(5):
            await tries(hub, "B07", WRONG if code != WRONG else "8265")
            hub.clock.move(timedelta(minutes=11))
        assert isinstance(await tries(hub, "B07", PIN), SignedIn)
        assert await tries(hub, "B07", code) == WrongPin(None, left=2)
        code = await prints_pin_letter(hub, "B07")
        assert isinstance(await tries(hub, "B07", code), CodeRight)


async def test_a_try_at_a_pin_and_a_letter_is_two_guesses(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:
        for number in spread(10):
            await has_pin(hub, number)
            await prints_pin_letter(hub, number)
        for number in spread(9):
            assert await tries(hub, number, "0000") == WrongPin(None, left=2)
        assert await hub.rows("SELECT COUNT(*) AS n FROM wrong_tries") == [{"n": 18}]
        assert await tries(hub, "B09", PIN) == KioskClosed(begins=True), "the nineteenth and the twentieth"


async def test_forty_tries_at_once_are_nineteen_guesses_and_one_closing(tmp_path: Path) -> None:
    async with real_turns(tmp_path) as hub:
        results = await all_at_once(*(tries(hub, number) for number in spread(40)))
        kinds = [type(result).__name__ for result in results]
        assert (kinds.count("WrongPin"), kinds.count("KioskClosed")) == (19, 21)
        assert results.count(KioskClosed(begins=True)) == 1
        assert await hub.rows("SELECT kiosk, number, opened_at FROM closings") == [
            {"kiosk": "K-B", "number": 1, "opened_at": None}
        ]


async def test_an_officer_and_a_coordinator_at_once_open_it_once_and_an_old_button_opens_nothing_later(
    tmp_path: Path,
) -> None:
    async with real_turns(tmp_path) as hub:
        for number in spread(20):
            await tries(hub, number)
        for stranger in ("KB-A1", "N1", "VL"):
            with pytest.raises(NotAllowed):
                await opens(hub, officer=stranger)
        found = await all_at_once(opens(hub), opens(hub, officer="TK1"))
        assert outcomes(found) == {type(None): 1, Stale: 1}
        for number in spread(20):
            assert isinstance(await tries(hub, number), WrongPin | KioskClosed)
        with pytest.raises(Stale):
            await opens(hub, 1)
        await opens(hub, 2)
        opened = await hub.rows("SELECT actor FROM audit WHERE action = 'open_kiosk'")
        closed = await hub.rows("SELECT actor FROM audit WHERE action = 'close_kiosk'")
        assert (len(opened), closed) == (2, [{"actor": "K-B"}] * 2)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("try"), st.integers(0, 5)),
        st.tuples(st.just("code"), st.integers(0, 5)),
        st.tuples(st.just("wait"), st.integers(1, 9)),
    ),
    min_size=30,
    max_size=60,
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_between_two_openings_within_the_hour_at_most_nineteen_guesses_are_looked_at(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    inmates = tuple(Inmate(f"B{number:02}", "B", "Lyng", "nb") for number in range(6))
    async with real_turns(tmp_path_factory.mktemp("hub"), inmates) as hub:
        judged, closed = 0, False
        for step, what in steps:
            if step == "code":
                await gives_code(hub, f"B{what:02}")
            elif step == "wait":
                hub.clock.move(timedelta(seconds=10 * what))
            else:
                result = await tries(hub, f"B{what:02}")
                assert isinstance(result, KioskClosed) == (closed or judged == 19)
                closed, judged = closed or judged == 19, judged + 1
        assert await looked_at(hub) <= 19
