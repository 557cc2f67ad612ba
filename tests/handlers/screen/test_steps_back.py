"""A walk through every page of the kiosk: the way back is one step, and nothing that was begun is lost on the way."""

import re
from collections import deque
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random

import pytest

from tests.hub.whole_hub import Device, Message, WholeHub, whole_hub, words_of
from tests.proving import PROVE

BEFORE = {"review": "topics", "times": "review"}
"""Pages of a slip that is being made, each with the one before it, wherever somebody goes on with it."""

DEEDS = re.compile(
    r"(?:send|throw_away|join|leave|instead|any_time|anyone|wish|topic|notice_ask|propose|not_coming|yes|no|again|close"
    r"|we_talked|no_talk|take_back|seat_yes|seat_no|finish|send_later|language|pad|erase|back|go_on|more_time|unit"
    r"|choose_again|sheet):.*|finish|send_later|go_on|erase|more_time|choose_again|start|home"
    r"|withdraw:[A-Z-]+[0-9]+:[0-9]+"
)
"""What does something, or steps back itself: what leads to another page is all the rest."""

STEPS_BACK = {("withdraw", "slip"), ("leaving", "night")}
"""Answers that say no to a question, and lead to where it was asked."""

SAYS_MORE = re.compile(r" \(\d+ nye?\)|🔔 | \(nytt\)|Du har en lapp som ikke er sendt\.\n|📝 Fortsett på lappen\n")
"""What stands on a page until it has been read, or from when a slip has been begun."""
WAYS = 400 if PROVE else 60
STEPS = 25


def buttons_of(screen: Message) -> list[dict[str, str]]:
    return [button for row in screen["buttons"] for button in row]


def back_of(screen: Message) -> str | None:
    return next((each["data"] for each in buttons_of(screen) if each["text"] in {"⬅️ Tilbake", "⬅️ Back"}), None)


def same(screen: Message) -> str:
    """What a page says, without what is news until it has been read, and without its steps."""
    return SAYS_MORE.sub("", words_of(screen))


class Standing:
    """Somebody at a kiosk who presses what they see."""

    def __init__(self, hub: WholeHub, kiosk: Device) -> None:
        self.hub, self.kiosk = hub, kiosk

    async def screen(self) -> Message:
        await self.hub.settled()
        [message] = await self.kiosk.messages()
        return message

    async def press(self, data: str) -> Message:
        await self.kiosk.press_raw((await self.screen())["id"], data)
        return await self.screen()

    async def at(self) -> str:
        rows = await self.hub.rows("SELECT view FROM kiosk_sessions WHERE kiosk = 'K-A'")
        return str(rows[0]["view"]).partition(":")[0]

    async def walk(self, start: str) -> tuple[set[str], list[str]]:
        """Go by every way that leads on, the nearest first, and one step back; return the pages, and what is wrong."""
        faults: list[str] = []
        seen: set[str] = set()
        paths = deque([[start]])
        while paths:
            path = paths.popleft()
            for data in path:
                screen = await self.press(data)
            name = await self.at()
            if name in seen:
                continue
            seen.add(name)
            for data in self.leads(screen, name):
                if fault := await self.there_and_back(path, data, screen, name):
                    faults.append(fault)
                paths.append([*path, data])
        return seen, faults

    def leads(self, screen: Message, name: str) -> list[str]:
        firsts: dict[str, str] = {}
        for data in [button["data"] for button in buttons_of(screen)]:
            verb = data.partition(":")[0]
            if not DEEDS.fullmatch(data) and (name, verb) not in STEPS_BACK:
                firsts.setdefault(verb, data)
        return list(firsts.values())

    async def there_and_back(self, path: list[str], data: str, before: Message, name: str) -> str | None:
        for each in path:
            here = await self.press(each)
        further = await self.press(data)
        back, now = back_of(further), await self.at()
        if now == name:
            return None
        if back is None:
            return f"{name} → {data}: no way back from {now}"
        again = await self.press(back)
        wanted = BEFORE.get(now, name)
        if await self.at() != wanted:
            return f"{name} → {data}: back from {now} leads to {await self.at()}, not to {wanted}"
        if wanted == name and same(again) != same(here):
            return f"{name} → {data}: back from {now} shows\n{words_of(again)}\nand not\n{words_of(here)}"
        return None


@pytest.mark.long
@pytest.mark.parametrize(
    ("number", "pin", "own"),
    [("A05", "2105", {"cannot", "why", "other", "withdraw"}), ("A01", "2101", {"leaving"})],
)
async def test_back_leads_to_the_page_before_for_who_is_signed_in(
    tmp_path: Path, number: str, pin: str, own: set[str]
) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["K-A"].sign_in(number, pin)
        await hub["K-A"].shows("Hvem vil du snakke med?")
        pages, faults = await Standing(hub, hub["K-A"]).walk("home")
        assert faults == []
        assert pages >= {"home", "mine", "nights", "night", "more", "here", "about", "rights", "topics", "pad"} | own
        assert pages >= {"urgent", "languages", "forgotten"}


async def test_back_leads_to_the_page_before_for_who_reads(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        pages, faults = await Standing(hub, hub["K-A"]).walk("start")
        assert faults == []
        assert pages == {"welcome", "here", "about", "rights", "nights", "night", "urgent", "languages"}


async def test_back_leads_to_the_page_before_for_who_has_begun_a_slip(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        standing = await begun(hub)
        pages, faults = await standing.walk("review")
        assert faults == []
        assert pages >= {"review", "times", "urgent", "languages"}


async def begun(hub: WholeHub) -> Standing:
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].press("NAV", of="Hvem vil du snakke med?")
    await hub["K-A"].press("Klage på vedtak")
    review = await hub["K-A"].shows("Tema: Klage på vedtak")
    step = next(each["data"] for each in buttons_of(review) if each["data"].startswith("times:"))
    standing = Standing(hub, hub["K-A"])
    times = await standing.press(step)
    wish = next(each["data"] for each in buttons_of(times) if each["data"].startswith("wish:"))
    assert "Tid: helst" in words_of(await standing.press(wish))
    return standing


async def drafts(hub: WholeHub) -> int:
    [row] = await hub.rows(
        "SELECT (SELECT COUNT(*) FROM drafts WHERE inmate = 'A01')"
        " + (SELECT COUNT(*) FROM kiosk_sessions WHERE inmate = 'A01' AND draft IS NOT NULL) AS n"
    )
    return int(row["n"])


async def is_left_alone(standing: Standing) -> None:
    await standing.hub.advance(45)


async def is_locked(standing: Standing) -> None:
    await standing.hub.advance(61)


async def finishes(standing: Standing) -> None:
    await standing.press("finish")
    await standing.press("finish")


async def steps_back(standing: Standing) -> None:
    if back := back_of(await standing.screen()):
        await standing.press(back)


def presses(data: str) -> Callable[[Standing], Awaitable[object]]:
    return lambda standing: standing.press(data)


WALKS: list[Callable[[Standing], Awaitable[object]]] = [
    *(3 * [steps_back]),
    *map(presses, ["language:en", "language:nb", "urgent", "languages", "home", "more", "rights", "here", "about:nav"]),
    *map(presses, ["mine", "nights", "resume", "ask:nav", "review", "new_pin", "forgotten", "more_time", "finish"]),
    is_left_alone,
    is_locked,
    finishes,
]


@pytest.mark.long
@pytest.mark.parametrize("seed", range(WAYS // 20))
async def test_a_slip_that_was_begun_survives_any_way(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    async with whole_hub(tmp_path) as hub:
        standing = await begun(hub)
        went = []
        for _ in range(STEPS):
            step = random.choice(WALKS)
            went.append(step)
            await step(standing)
            await hub.settled()
            if await signed_out(hub):
                await come_back(hub)
            assert await drafts(hub) == 1, went
        await standing.press("home")
        await standing.press("language:nb")
        await standing.press("review")
        await hub["K-A"].shows("Tema: Klage på vedtak", "Tid: helst")
        assert await hub.rows("SELECT code FROM slips WHERE code >= 'FJ-116'") == []


async def signed_out(hub: WholeHub) -> bool:
    return await hub.rows("SELECT inmate FROM kiosk_sessions WHERE kiosk = 'K-A'") == [{"inmate": None}]


async def come_back(hub: WholeHub) -> None:
    await hub["K-A"].sign_in("A01", "2101")
    await hub["K-A"].until(lambda each: "🔒" in words_of(each), "somebody signed in")
    await hub.settled()
