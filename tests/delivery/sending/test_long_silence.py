"""Days without a network: whether it or the hub was down, afterwards comes what is still of use, and the same."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.config import Settings
from bot.delivery.sending import pauses
from bot.domain.broadcasts import LONGEST_LOOK
from bot.domain.chat.uses import Span, read
from bot.store import facts
from bot.store.database import Database
from bot.store.messages import DOUBT
from bot.store.moments import from_text, to_text
from tests.faults.far_away import ADVISER, Outside, hub_of, move_out, outside
from tests.hub.announcing import announce
from tests.hub.whole_hub import WholeHub

OSLO = ZoneInfo("Europe/Oslo")
NEXT_MORNING = datetime(2027, 1, 14, 8, 40, tzinfo=OSLO)
TWO_DAYS_LATER = datetime(2027, 1, 15, 9, 0, tzinfo=OSLO)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pauses, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(pauses, "LONGEST_PAUSE", 0.2)


async def before(hub: WholeHub, there: Outside) -> None:
    """An adviser whose only chat is outside has seen the cards; then nothing gets through any more."""
    await move_out(hub)
    there.is_silent = True
    came_and_went = await send_slip(hub)
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].press("Mine samtaler")
    await hub["K-A"].press(came_and_went)
    await hub["K-A"].press("Trekk")
    await hub["K-A"].press("Ja")
    await hub["N2"].shows(came_and_went, "Trukket")
    await hub["K-A"].press("Ferdig")
    await hub["K-A"].shows("Her kan du be om en samtale")
    await send_slip(hub)
    await announce(hub, [ADVISER])


async def send_slip(hub: WholeHub) -> str:
    await hub["K-A"].sign_in("A01", "2101")
    code = await hub["K-A"].send_slip("NAV")
    await hub["K-A"].press("Ferdig")
    await hub["K-A"].shows("Her kan du be om en samtale")
    return code


async def afternoon(hub: WholeHub) -> None:
    """Let Wednesday's afternoon come: Thursday's list is due."""
    await move(hub, datetime(2027, 1, 13, 15, 0, tzinfo=OSLO))


async def move(hub: WholeHub, to: datetime) -> None:
    (await hub.http.post("/demo/clock", json={"to": to.isoformat()}, timeout=240)).raise_for_status()


Silence = Callable[[Path, datetime, list[str]], Awaitable[tuple[list[str], set[str]]]]
"""Plays a silence in a folder until a moment, after which a chat shall hold this; returns what it holds, and what was
dropped.
"""

DROPPED = {Span.CARD, Span.RUNNING_NOTICE, Span.DAY_BEFORE}
"""The card of the slip that came and went, the notice that is over, and the reminder of Thursday."""


async def after_a_silent_network(folder: Path, back: datetime, wanted: list[str]) -> tuple[list[str], set[str]]:
    async with outside(folder) as there, hub_of(folder / "hub", there) as hub:
        await before(hub, there)
        await afternoon(hub)
        await move(hub, back)
        there.is_silent = False
        return await there.comes_to_hold(hub, wanted), await dropped(hub)


async def after_a_silent_hub(folder: Path, back: datetime, wanted: list[str]) -> tuple[list[str], set[str]]:
    async with outside(folder) as there:
        async with hub_of(folder / "hub", there) as hub:
            await before(hub, there)
            await afternoon(hub)
        await sleep_until(folder / "hub", back)
        there.is_silent = False
        async with hub_of(folder / "hub", there) as hub:
            return await there.comes_to_hold(hub, wanted), await dropped(hub)


async def dropped(hub: WholeHub) -> set[str]:
    """Return the kinds of what was not sent: dropped, or, where it was under way when the hub stopped, in doubt.

    What is told to many is not repeated then, but listed for the coordinator.
    """
    rows = await hub.rows("SELECT DISTINCT outcome FROM audit WHERE action = 'dropped'")
    doubtful = await hub.rows("SELECT of_use FROM messages WHERE fault = :doubt", doubt=DOUBT)
    return {row["outcome"] for row in rows} | {read(row["of_use"]).span for row in doubtful}


async def sleep_until(data: Path, moment: datetime) -> None:
    """Let a hub that is stopped open again at this moment."""
    async with await Database.open(Settings(data=data).database) as database, database.transaction() as tx:
        await facts.put(tx, facts.CLOCK, to_text(moment))


def card(code: str, unit: str, *lines: str, new: str = "Samtalelapp") -> str:
    return "\n".join((f"📋 {new} {code}, avdeling {unit}.", *lines))


def talk(code: str, unit: str, when: str, *more: str) -> str:
    return card(code, unit, f"✅ Samtale {when}, Servicetorget 1.", *more)


FIRST, SECOND = ("torsdag 14. januar kl. 09.30", "torsdag 14. januar kl. 10.00")
ASKED = ("Med deg.", "Ble samtalen holdt?")
NEW_SLIP = card("FJ-117", "A", "Svar senest onsdag 20. januar.", new="Ny samtalelapp")
TODAYS_LIST = (
    "☀️ I dag, torsdag 14. januar: 2 samtaler\n"
    "09.30 · FJ-103 · avdeling A · Servicetorget 1\n"
    "10.00 · FJ-105 · avdeling A · Servicetorget 1"
)
HOW_IT_WENT = tuple(
    f"⏰ {code}, avdeling A: Ble samtalen holdt?\nSi fra senest torsdag 21. januar." for code in ("FJ-103", "FJ-105")
)
"""What nobody has told yet, it is not too late to ask."""

HALF_OVER = "⏰ FJ-110, avdeling A, venter på svar.\nSvar senest tirsdag 19. januar."


def chat(first: tuple[str, ...], *then: str) -> list[str]:
    """What the adviser's chat holds: the cards from before, as they are now, and what has come since."""
    return [
        talk("FJ-103", "A", FIRST, *first),
        talk("FJ-105", "A", SECOND, *first),
        talk("FJ-106", "A", "torsdag 14. januar kl. 13.30"),
        card("FJ-110", "A", "Svar senest tirsdag 19. januar.", new="Ny samtalelapp"),
        talk("FJ-108", "B", "torsdag 4. februar kl. 09.00", "Med deg."),
        *then,
    ]


@pytest.mark.parametrize("silence", [after_a_silent_network, after_a_silent_hub])
async def test_the_next_morning_brings_todays_list_and_not_the_reminder_of_the_day_before(
    tmp_path: Path, silence: Silence
) -> None:
    wanted = chat(("Med deg.",), NEW_SLIP, TODAYS_LIST)
    texts, dropped = await silence(tmp_path, NEXT_MORNING, wanted)
    assert texts == sorted(wanted)
    assert dropped == DROPPED


@pytest.mark.parametrize("silence", [after_a_silent_network, after_a_silent_hub])
async def test_two_days_later_nothing_comes_that_was_about_the_days_between(tmp_path: Path, silence: Silence) -> None:
    wanted = chat(ASKED, NEW_SLIP, HALF_OVER, *HOW_IT_WENT)
    texts, dropped = await silence(tmp_path, TWO_DAYS_LATER, wanted)
    assert texts == sorted(wanted)
    assert dropped >= DROPPED


async def test_what_is_told_to_many_and_gets_nowhere_is_looked_at_ever_more_rarely(tmp_path: Path) -> None:
    async with outside(tmp_path) as there, hub_of(tmp_path / "hub", there) as hub:
        await before(hub, there)
        await move(hub, datetime(2027, 1, 13, 11, 0, tzinfo=OSLO))
        look = await next_look(hub)
        await move(hub, look)
        assert await next_look(hub) >= look + LONGEST_LOOK


async def next_look(hub: WholeHub) -> datetime:
    [row] = await hub.rows("SELECT at FROM reminders WHERE kind = 'broadcast' AND done IS NULL")
    return from_text(row["at"])
