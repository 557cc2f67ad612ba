"""What all the plays need: moments, an inmate at a screen, a chat that is blocked, many slips of one kind."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.demo.files import OPENS
from tests.hub.twins import Hub, hubs_of

Play = Callable[[Hub], Awaitable[None]]


def at(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    """Return a moment of the demo's winter, by the prison's clock."""
    return OPENS.replace(month=month, day=day, hour=hour, minute=minute)


def screen_of(number: str) -> str:
    return f"K-{number[0]}"


def pin_of(number: str) -> str:
    return f"2{'ABCN'.index(number[0]) + 1}{number[1:]}"


async def signs_in(hub: Hub, number: str) -> None:
    await hub.settled()
    await hub[screen_of(number)].sign_in(number, pin_of(number))


async def leaves(hub: Hub, number: str) -> None:
    await hub[screen_of(number)].press("Ferdig")
    await hub.settled()


async def sends(hub: Hub, number: str, service: str = "NAV", topic: str = "Hopp over") -> str:
    """Send a slip from the screen of one's unit."""
    await signs_in(hub, number)
    code = await hub[screen_of(number)].send_slip(service, topic)
    await leaves(hub, number)
    return code


async def wishes(hub: Hub, number: str, time: str, topic: str = "Hopp over") -> None:
    """Send a slip to NAV with a wish for a time."""
    kiosk = hub[screen_of(number)]
    await signs_in(hub, number)
    for label in ("NAV", topic, "Velg tid", time, "Send"):
        await kiosk.press(label)
    await kiosk.shows("Lappen er sendt")
    await leaves(hub, number)


async def at_own_slip(hub: Hub, number: str, code: str, *labels: str) -> None:
    """Open a slip at the screen, press what is asked, and leave."""
    kiosk = hub[screen_of(number)]
    await signs_in(hub, number)
    await kiosk.press("Mine samtaler")
    await kiosk.press(code, of="📋 Mine samtaler")
    for label in labels:
        await kiosk.press(label)
        await hub.settled()
    await leaves(hub, number)


async def opens(hub: Hub, who: str, *labels: str) -> None:
    """Begin at the start page and press one's way on."""
    await hub[who].say("/start")
    await hub.settled()
    for label in labels:
        await hub[who].press(label)
        await hub.settled()


async def told(hub: Hub, sql: str) -> None:
    """Change the rows of the hub, where living through it would take too long."""
    for each in hubs_of(hub):
        async with each.running.database.transaction() as tx:
            await tx.run(sql)


async def many_like(hub: Hub, code: str, n: int) -> None:
    """Let there be so many more slips like this one, with whoever has it and its time."""
    for each in hubs_of(hub):
        await each.settled()
        async with each.running.database.transaction() as tx:
            for table, column in (("slips", "code"), ("ownerships", "slip"), ("bookings", "slip")):
                for row in await tx.rows(f"SELECT * FROM {table} WHERE {column} = :code", code=code):
                    for number in range(n):
                        values = {**row, column: f"{code}{number:02}"}
                        values.pop("id", None)
                        names = ", ".join(values)
                        places = ", ".join(f":{name}" for name in values)
                        await tx.run(f"INSERT INTO {table} ({names}) VALUES ({places})", **values)


async def blocks(hub: Hub, chat: int) -> None:
    """Let a network tell that the bot was blocked in a chat."""
    bot = {"id": 1, "is_bot": True, "first_name": "Samtalelapp"}
    user = {"id": chat, "is_bot": False, "first_name": "?"}
    old, new = {"status": "member", "user": bot}, {"status": "kicked", "user": bot, "until_date": 0}
    change = {"from": user, "date": 1, "old_chat_member": old, "new_chat_member": new}
    chat_of_user = {"id": chat, "type": "private", "first_name": "?"}
    for each in hubs_of(hub):
        assert each.running.house is not None
        await each.running.house.receive({"my_chat_member": {**change, "chat": chat_of_user}})
        await each.settled()
