"""A theme night for tests: made and published by the coordinator's use cases, filled through the screens' own."""

from datetime import datetime
from typing import Any

from bot.domain.reminders import OF_A_THEME_NIGHT
from bot.domain.theme_nights.sign_ups import SignUp
from bot.domain.theme_nights.theme_nights import State, ThemeNight
from bot.store import reminders
from bot.store import sign_ups as rows
from bot.store import theme_nights as rows_of_theme_nights
from bot.usecases.theme_nights import sign_ups, theme_nights
from bot.usecases.turn import Turn
from tests.hub.afternoon import as_inmate, as_staff
from tests.hub.real_turns import all_at_once
from tests.hub.whole_hub import Device, Message, WholeHub

STARTS = datetime.fromisoformat("2027-01-19T18:00+01:00")
ENDS = datetime.fromisoformat("2027-01-19T19:30+01:00")
CLOSES = datetime.fromisoformat("2027-01-18T15:00+01:00")
DOOR = datetime.fromisoformat("2027-01-19T17:10+01:00")
TOPIC = {"nb": "Gjeld og frihet", "en": "Debt and freedom"}


def a_draft(now: datetime, **changes: Any) -> ThemeNight:
    """Twenty seats in the gym hall for A and B, of which the room lets A have eight."""
    known: dict[str, Any] = {
        "id": 0,
        "prison": "FJ",
        "state": State.DRAFT,
        "revision": 1,
        "service": "gjeld",
        "topic": TOPIC,
        "about": {"nb": "Vi ser på gjeld sammen.", "en": "We look at debt together."},
        "host": "Jussbuss",
        "room": "R6",
        "starts": STARTS,
        "ends": ENDS,
        "seats": 20,
        "units": ("A", "B"),
        "closes": CLOSES,
        "made_by": "TK1",
        "made_at": now,
        "caps": {},
    }
    return ThemeNight(**{**known, **changes})


OF_THE_DEMO = "SELECT id FROM theme_nights WHERE host IN ('Fjordheim kommune', 'Bymisjon-lag')"


async def a_theme_night(hub: WholeHub, **changes: Any) -> ThemeNight:
    """Publish a theme night, in place of those of the demo."""
    async with as_staff(hub, "TK1") as turn:
        await without_the_demos(turn)
        night = await theme_nights.create(turn, a_draft(turn.now, **changes))
        return await theme_nights.publish(turn, night.id, night.revision)


async def without_the_demos(turn: Turn) -> None:
    """Let there be no theme nights but those of the test: everybody and every room is free."""
    for row in await turn.tx.rows(OF_THE_DEMO):
        night = f"night:{row['id']}"
        await turn.tx.run(
            "DELETE FROM claims WHERE holder = :night OR holder LIKE :seats", night=night, seats=f"{night}/%"
        )
        await reminders.cancel(turn.tx, str(row["id"]), OF_A_THEME_NIGHT)
        await rows_of_theme_nights.delete(turn.tx, row["id"])


async def joins(hub: WholeHub, night: ThemeNight, number: str) -> SignUp:
    """Let somebody sign up at the screen of their unit."""
    async with as_inmate(hub, number, f"K-{number[0]}") as turn:
        return (await sign_ups.join(turn, night.id)).mine


async def all_join(hub: WholeHub, night: ThemeNight, numbers: list[str]) -> None:
    """Let them all sign up at the same time."""
    done = await all_at_once(*(joins(hub, night, number) for number in numbers))
    assert [each for each in done if isinstance(each, BaseException)] == []


async def line_of(hub: WholeHub, night: ThemeNight) -> list[SignUp]:
    async with hub.running.database.transaction() as tx:
        return await rows.of_theme_night(tx, night.id)


async def standing_of(hub: WholeHub, night: ThemeNight, number: str) -> str:
    return next(str(each.state) for each in await line_of(hub, night) if each.inmate == number)


def numbers(unit: str, n: int) -> list[str]:
    return [f"{unit}{number:02}" for number in range(1, n + 1)]


async def opens(hub: WholeHub, who: str, data: str, *seen: str) -> Message:
    """Press what a page of the coordinator's, or of the day, has a button for."""
    await hub.settled()
    await hub[who].say("/start")
    await hub.settled()  # the start page that stood there before goes
    start = await hub[who].shows("Hva vil du gjøre?")
    await hub.settled()
    await hub[who].press_raw(start["id"], data)
    await hub.settled()
    return await hub[who].shows(*seen)


async def takes_off(hub: WholeHub, who: str, night: ThemeNight, number: str) -> None:
    """Take somebody off the list, who cannot come."""
    await opens(hub, who, f"night_list:{night.id}", "🎟️ Temakveld")
    await hub[who].press("Ta av lista", of="plasser er tatt")
    await hub[who].press(number, of="Hvem kan ikke komme?")
    await hub[who].press("Ja, ta av lista", of=number)
    await hub[who].shows(f"{number} er tatt av lista.")
    await hub.settled()


async def at_screen(hub: WholeHub, number: str) -> Device:
    """Sign somebody in at the screen of their unit."""
    kiosk = hub[f"K-{number[0]}"]
    await kiosk.sign_in(number, f"2{'ABCN'.index(number[0]) + 1}{number[1:]}")
    await kiosk.shows("Hvem vil du snakke med?")
    return kiosk


async def finish(hub: WholeHub, kiosk: Device) -> None:
    await kiosk.press("Ferdig")
    await kiosk.shows("Her kan du be om en samtale")
    await hub.settled()


def labels(message: Message) -> list[str]:
    return [button["text"] for row in message["buttons"] or [] for button in row]
