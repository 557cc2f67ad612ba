"""Theme nights as their coordinator plans them, for the journeys that begin with one."""

from dataclasses import dataclass

import httpx

from bot.domain.people import Person, Role
from bot.store import chats, people
from tests.hub.whole_hub import Device, Message, WholeHub


@dataclass(frozen=True)
class Patient(Device):
    """A device at which somebody waits until nothing moves any more, and then presses or types."""

    hub: WholeHub

    async def press(self, label: str, *, of: str = "") -> Message:
        await self.hub.settled()
        return await super().press(label, of=of)

    async def say(self, text: str) -> httpx.Response:
        await self.hub.settled()
        return await super().say(text)


async def at_theme_nights(device: Device, door: str = "Temakvelder") -> None:
    await device.say("/start")
    await device.press(door, of="Hva vil du gjøre?")
    await device.shows("🎟️ Temakvelder")


async def written(device: Device, *, door: str = "Temakvelder", new: str = "Ny temakveld", day: str = "26.1.") -> None:
    """Answer every question up to the units."""
    await at_theme_nights(device, door)
    await device.press(new, of="🎟️ Temakvelder")
    await device.press("Fjordheim fengsel", of="I hvilket fengsel?")
    await device.shows("Hva handler temakvelden om?", "norsk bokmål")
    await device.say("Jobb når du kommer ut")
    await device.shows("Hva handler temakvelden om?", "engelsk")
    await device.say("A job when you get out")
    await device.shows("Hvem kommer?")
    await device.say("Arbeidslivstelefonen")
    await device.press("NAV", of="Hvilken tjeneste hører den til?")
    await device.shows("Hvilken dag?")
    await device.say(day)
    await device.press("18.00–19.30", of="Fra når til når?")


async def a_draft(device: Device, units: tuple[str, ...] = ("Avdeling A", "Avdeling B"), day: str = "26.1.") -> None:
    await written(device, day=day)
    await device.shows("Hvilke avdelinger kan komme?")
    await marked(device, *units)
    await device.press("Gymsal (20)", of="I hvilket rom?")
    await device.press("20", of="Hvor mange plasser?")
    await device.shows("📝 Et utkast.", "Plasser: 0 av")


async def published(hub: WholeHub, day: str = "26.1.") -> None:
    await a_draft(hub["TK1"], day=day)
    await hub["TK1"].press("Se og legg ut", of="📝 Et utkast.")
    await hub["TK1"].press("Legg ut", of="Slik blir det")
    await hub["TK1"].shows("Temakvelden er lagt ut.")


async def signed_up(hub: WholeHub, *numbers: str, label: str = "Meld meg på") -> None:
    for number in numbers:
        kiosk = hub[f"K-{number[0]}"]
        await hub.settled()
        await kiosk.sign_in(number, f"2{'ABC'.index(number[0]) + 1}{number[1:]}")
        await kiosk.press("Temakvelder", of="Hvem vil du snakke med?")
        await kiosk.press(label)
        await kiosk.shows("Jobb når")
        await hub.settled()
        await kiosk.press("Ferdig")
        await hub.settled()


async def proposed(hub: WholeHub) -> None:
    await written(hub["N1"], door="Foreslå temakveld", new="Foreslå temakveld")
    await marked(hub["N1"], "Avdeling A")
    await hub["N1"].press("Gymsal (20)", of="I hvilket rom?")
    await hub["N1"].press("20", of="Hvor mange plasser?")
    await hub["N1"].press("Foreslå den", of="📝 Et utkast.")
    await hub["N1"].alerted("Takk! Koordinatoren ser på det.")


async def to_the_theme_night(hub: WholeHub) -> None:
    """Open the page of the night that has just been published; it moves down."""
    await hub["TK1"].press("⬅️ Temakvelden", of="Temakvelden er lagt ut.")
    await hub.settled()


async def marked(device: Device, *units: str, go_on: bool = True) -> None:
    for unit in units:
        await device.press(f"▫️ {unit}", of="Hvilke avdelinger kan komme?")
        await device.shows(f"☑️ {unit}")
    if go_on:
        await device.press("Gå videre", of="Hvilke avdelinger kan komme?")


async def changes(device: Device, *labels: str, of: str = "📝 Et utkast.") -> None:
    """Press one's way from the night's page to what shall be changed."""
    await device.press("Endre", of=of)
    await device.shows("Hva skal endres?")
    asked = ("Hva skal endres?", "", "")
    for label, page in zip(labels, asked, strict=False):
        await device.press(label, of=page)


async def second_coordinator(hub: WholeHub) -> Device:
    assert hub.running.house is not None
    await hub.running.house.open_chat(900, "TK2", "staff")
    async with hub.running.database.transaction() as tx:
        await people.add_person(tx, Person("TK2", Role.COORDINATOR, "TK2", "nb", frozenset(), frozenset("ABC")))
        await chats.link_person(tx, "house", 900, "TK2")
    return Patient(hub.http, 900, hub, house=hub.running.house)
