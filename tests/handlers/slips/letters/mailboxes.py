"""A hub in which some advisers have no chat but a mailbox, and the post office that keeps their letters."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.config import Smtp, Tls
from tests.faults.post_office import PostOffice
from tests.hub.whole_hub import WholeHub, whole_hub

VISITORS = "besoksvenner@example.org"
CALL = "Ring servicetorget: 00 00 01 16\n"
NEW = f"📋 Ny samtalelapp FJ-116, avdeling A.\nSvar senest onsdag 27. januar.\n{CALL}"
TALK = f"📋 Samtalelapp FJ-116, avdeling A.\n✅ Samtale mandag 18. januar kl. 18.00, Besøksrom 2.\n{CALL}"


def smtp_of(office: PostOffice) -> Smtp:
    return Smtp("127.0.0.1", office.port, "samtalelapp@prison.example.org", Tls.NONE)


@asynccontextmanager
async def hub_with(office: PostOffice, data: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(data, smtp=smtp_of(office)) as hub:
        await hub.settled()
        yield hub


async def asks(hub: WholeHub, service: str = "Besøksvenner", number: str = "A01", pin: str = "2101") -> str:
    kiosk = hub["K-A"]
    await kiosk.sign_in(number, pin)
    code = await kiosk.send_slip(service, "Noe annet")
    await kiosk.press("Ferdig")
    await hub.settled()
    return code


def with_mailbox(person: str, address: str, language: str = "nb") -> Callable[[str], str]:
    def changed(text: str) -> str:
        lines = text.splitlines(keepends=True)
        [at] = [number for number, line in enumerate(lines) if line.startswith(f"  {person}: {{ role:")]
        lines[at] = lines[at].replace("language: nb", f"language: {language}, email: {address}")
        return "".join(lines)

    return changed
