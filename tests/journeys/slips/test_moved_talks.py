"""A talk that is moved, cancelled or offered anew, in any order: whatever speaks of it says the time that stands."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from bot.demo.files import OPENS
from tests.hub.whole_hub import Device, Message, WholeHub, whole_hub

CODE = "FJ-103"
"""A07's talk with N1 on Thursday 14 January, 09.30 to 10.00; KB-A3 walks along."""

AFTER_THE_LIST = OPENS.replace(hour=15, minute=1)
"""When N1 has been told of Thursday's talks."""

STANDS = f"SELECT outcome, starts FROM bookings WHERE slip = '{CODE}' AND outcome IN ('live', 'offered')"

STEPS = {
    "proposes": [("N1", "Annen tid", CODE), ("N1", "14. jan", CODE)],
    "sets": [("N1", "Sett tid", CODE), ("N1", "14. jan", CODE)],
    "yes": [("K-A", "👍 Ja", "")],
    "no": [("K-A", "👎 Nei", "")],
    "wants": [("K-A", "Jeg kan ikke komme", ""), ("K-A", "Annen tid", ""), ("K-A", "14. jan", "")],
    "wants again": [("K-A", "Annen tid", ""), ("K-A", "14. jan", "")],
    "accepts": [("N1", "Ja, det passer", CODE)],
    "declines": [("N1", "Kan ikke da", CODE)],
    "cancels": [("N1", "Avlys", CODE), ("N1", "Syk", CODE)],
    "cannot": [("K-A", "Jeg kan ikke komme", ""), ("K-A", "Vent på ny tid", ""), ("K-A", "Jeg er syk", "")],
    "undoes": [("N1", "Angre", CODE)],
}
ORDERS = [
    ("proposes", "yes", "wants", "accepts"),
    ("proposes", "no", "sets", "cancels", "undoes"),
    ("wants", "declines", "wants again", "accepts", "cannot", "sets"),
    ("cancels", "sets", "proposes", "wants again", "accepts"),
]


async def say_the_same(hub: WholeHub) -> None:
    """Fail where a list, a page or the screen says another time than the one that stands."""
    await hub.settled()
    standing = await hub.rows(STANDS)
    starts = [datetime.fromisoformat(row["starts"]).astimezone(OPENS.tzinfo) for row in standing]
    times = [f"{each:%H.%M}" for each in starts if each.date() == OPENS.replace(day=14).date()]
    booked = times if standing and standing[0]["outcome"] == "live" else []
    assert await lines_of(hub["N1"], "📅 Påminnelse") == [f"{time} · {CODE}" for time in booked]
    walks = await lines_of(hub["KB-A3"], "🚶 torsdag 14. januar")
    assert [line.rpartition("samtale ")[2].partition(" · ")[0] for line in walks] == booked
    page = await hub["K-A"].until(lambda each: each["text"].startswith(CODE), "the slip's own page")
    assert said_in(page) == times
    [card] = [each for each in await hub["N1"].messages() if _is_card(each)]
    assert said_in(card) == times
    assert "Ble samtalen holdt?" not in await hub["N1"].everything()


def said_in(message: Message) -> list[str]:
    """Return for when on Thursday a message says that the talk is, or is proposed; until when is another sentence."""
    lines = [line for line in str(message["text"]).splitlines() if "svar" not in line.lower()]
    return re.findall(r"14\. januar kl\. ([0-9]{2}\.[0-9]{2})", "\n".join(lines))


def _is_card(message: Message) -> bool:
    return "📋" in str(message["text"]) and CODE in str(message["text"])


async def lines_of(device: Device, title: str) -> list[str]:
    """Return the lines about the talk on a list or page that stands in a chat."""
    [page] = [each for each in await device.messages() if str(each["text"]).startswith(title)]
    found = [line for line in str(page["text"]).splitlines() if CODE in line]
    return [line.partition(" · avdeling")[0] if title.startswith("📅") else line for line in found]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
async def test_whatever_speaks_of_a_talk_says_the_time_that_stands(tmp_path: Path, order: tuple[str, ...]) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(AFTER_THE_LIST)
        await hub["KB-A3"].say("/idag")
        await hub["KB-A3"].press("Neste dag")
        await hub["KB-A3"].shows("torsdag 14. januar", CODE)
        await hub["K-A"].sign_in("A07", "2107")
        await hub["K-A"].press("Mine samtaler")
        await hub["K-A"].press(CODE, of="📋 Mine samtaler")
        await say_the_same(hub)
        for step in order:
            for who, label, of in STEPS[step]:
                await hub[who].press(label, of=of)
                await hub.settled()
            await say_the_same(hub)
