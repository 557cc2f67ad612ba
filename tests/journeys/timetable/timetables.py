"""A timetable that somebody has slips in, for the journeys through it."""

from tests.hub.whole_hub import Device, WholeHub

THURSDAY = "nav.N1.R1.2701140800"


async def open_session(hub: WholeHub, button: str = "tor. 14. 09.00 N1", device: Device | None = None) -> None:
    coordinator = device or hub["TK1"]
    await coordinator.say("/start")
    await coordinator.press("Timeplan", of="Hva vil du gjøre?")
    await coordinator.press(button, of="Uke 2")
    await coordinator.shows("tider er tatt")
