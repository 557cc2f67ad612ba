"""A walk through every page of a kiosk: what somebody can press in order, and what only comes with time or by chance.

The kiosk is pressed by what its buttons send, so that the walk is the same in every language, whatever they say.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Page

from bot.store import kiosks as rows_of_kiosks
from bot.usecases.screen import kiosks
from handlers.chat.rows import page
from tests.browser.tour import ADVISER, KIOSK, button_that_sends
from tests.hub.whole_hub import Device, DoesNotShow, WholeHub
from tests.patience import Looks
from tests.views.standing import context_in

See = Callable[[str], Awaitable[None]]
"""Is given a page's name when the kiosk shows it."""

PINS = {"A01": "2101", "A03": "2103", "A04": "2104", "A05": "2105", "B02": "2202"}
STATES = {"A03": ("FJ-101", "held"), "A05": ("FJ-105", "booked"), "B02": ("FJ-107", "late"), "A04": ("FJ-110", "on")}
SENT = "FJ-116"
"""The first slip that is sent in a new demo."""


SHOWN = """([lines, labels]) => {
  const plain = (text) => (text.replaceAll("ℹ", "").match(/[\\p{L}\\p{N}●○]/gu) ?? []).join("");
  const screen = document.querySelector(".kiosk .screen");
  const tiles = [...screen.querySelectorAll("button.tile")].map((each) => plain(each.textContent));
  const whole = plain(screen.querySelector(".page-of-kiosk").textContent);
  const is = (some, others) => JSON.stringify(some.sort()) === JSON.stringify(others.sort());
  return lines.every((line) => whole.includes(plain(line))) && is(tiles, labels.map(plain).filter(Boolean));
}"""
"""Whether a kiosk's page has these lines and exactly these buttons; pictures stand in the place of emoji."""


async def shows_the_newest(page: Page, device: Device) -> None:
    """Wait until a kiosk that has the window to itself shows what the hub says last."""
    newest = (await device.messages())[-1]
    labels = [button["text"] for row in newest["buttons"] for button in row]
    async for _ in Looks():
        if await page.evaluate(SHOWN, [newest["text"].splitlines(), labels]):
            return
    raise DoesNotShow(f"the page does not show {newest['text']!r} with {labels}")


@dataclass(frozen=True)
class KioskWalk:
    """Leads a kiosk through its pages in one language; whoever looks on is told of each when it is there."""

    hub: WholeHub
    see: See
    language: str

    async def every_page(self) -> None:
        """Show every page, in an order in which each has something on it."""
        await self.before_signing_in()
        await self.from_home_to_sent()
        await self.theme_nights()
        await self.every_state()
        await self.an_offer()
        await self.by_chance()

    async def before_signing_in(self) -> None:
        await self.see("welcome")
        await self.look("here", "here")
        await self.look("rights", "rights")
        await self.go("back:")
        await self.look("about", "about:nav")
        await self.look("urgent", "urgent")
        await self.go("go_on", "back:", "start")
        await self.look("number", "unit:A")
        await self.press_keys("018")
        await self.look("code")
        await self.press_keys("888")
        await self.look("wrong-code")
        await self.go("start")

    async def from_home_to_sent(self) -> None:
        await self.sign_in("A01")
        await self.see("home")
        await self.look("languages", "languages")
        await self.go("go_on")
        await self.look("more", "more")
        await self.look("new-pin", "new_pin")
        await self.press_keys(PINS["A01"])
        await self.look("new-pin-chosen")
        await self.go("back:", "home")
        await self.look("topics", "ask:nav")
        await self.look("review", "topic:")
        await self.look("times", "times")
        await self.look("review-wish", "wish:")
        await self.look("unsent", "finish")
        await self.go("go_on")
        await self.hub.advance(40)
        await self.look("still-there")
        await self.go("more_time")
        await self.look("receipt", "send:")
        await self.look("my-talks", "home", "mine")
        await self.look("slip-waiting", f"slip:{SENT}")
        await self.look("withdraw", "withdraw:")
        await self.finish()

    async def theme_nights(self) -> None:
        await self.sign_in("A05")
        await self.look("nights", "nights")
        await self.look("night", "night:1")
        await self.look("night-joined", "join:1")
        await self.look("leaving", "leaving:")
        await self.finish()

    async def every_state(self) -> None:
        for number, (code, name) in STATES.items():
            await self.sign_in(number)
            await self.look(f"slip-{name}", "mine", f"slip:{code}")
            if name == "booked":
                await self.look("cannot", "cannot:")
                await self.look("why", "why:")
            await self.finish()

    async def an_offer(self) -> None:
        """N1 offers another time than the one that was wished for."""
        message, data = await button_that_sends(self.hub[ADVISER], f"times:{SENT}")
        await self.hub[ADVISER].press_raw(message["id"], data)
        await self.hub.settled()
        message, data = await button_that_sends(self.hub[ADVISER], f"set:{SENT}", last=True)
        await self.hub[ADVISER].press_raw(message["id"], data)
        await self.sign_in("A01")
        await self.look("slip-offered", "mine", f"slip:{SENT}")
        await self.look("other", "other:")
        await self.finish()

    async def by_chance(self) -> None:
        """Show what stands there only after something else, as it stands there then."""
        for view in ("not_changed:1:", "not_changed:closed", "notices", "forgotten"):
            await self.stand_at(view, "A05")
            await self.see(view.replace(":", "-").strip("-"))
        await self.go("go_on")
        await self.finish()

    # how one goes

    async def look(self, name: str, *steps: str) -> None:
        """Press one's way, and show what is there then."""
        await self.go(*steps)
        await self.hub.settled()
        await self.see(name)

    async def go(self, *steps: str) -> None:
        for step in steps:
            message, data = await button_that_sends(self.hub[KIOSK], step)
            await self.hub[KIOSK].press_raw(message["id"], data)
            await self.hub.settled()

    async def sign_in(self, number: str) -> None:
        await self.go(f"unit:{number[0]}")
        await self.press_keys(number[1:] + PINS[number])
        await self.go("languages", f"language:{self.language}")

    async def press_keys(self, digits: str) -> None:
        for digit in digits:
            await self.hub[KIOSK].press(digit)
            await self.hub.settled()

    async def finish(self) -> None:
        await self.go("finish")

    async def stand_at(self, view: str, inmate: str) -> None:
        """Let somebody stand at a page, however one gets there."""
        async with self.hub.running.turns.begin() as turn:
            await kiosks.act_for(turn, KIOSK)
            turn.change_session(inmate=inmate, view=view)
            await rows_of_kiosks.save_session(turn.tx, turn.keys, turn.session)
            context = context_in(self.hub, turn)
            context.tell_kiosk(KIOSK, await page(context))
        await self.hub.settled()

    async def name(self) -> str:
        """Return the name of the page that the kiosk is at."""
        async with self.hub.running.turns.begin() as turn:
            session = await rows_of_kiosks.session(turn.tx, turn.keys, KIOSK)
        return session.view.partition(":")[0] if session else ""
