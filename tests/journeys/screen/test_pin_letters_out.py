"""J2: while a PIN letter is on its way nobody's own PIN stops, and the letter keeps what its paper promises."""

import re
from datetime import timedelta
from pathlib import Path

from bot.demo.files import OPENS
from tests.documents.pages import words
from tests.handlers.staff.test_staff import open_page
from tests.hub.whole_hub import WholeHub, whole_hub
from tests.journeys.screen.test_j02_pin_forgotten import PAUSE, a_code, codes, make_pin, wrong_until_pause

A17, OWN, NEW = "A17", "2117", "7391"
HOME = "Hvem vil du snakke med?"
MAKE = "Lag din egen kode"


async def makes_pin_letter(hub: WholeHub, inmate: str) -> str:
    """Let the coordinator print a letter; return the code on its paper."""
    tk1 = hub["TK1"]
    await open_page(tk1, "📒 Innsatte", f"Avdeling {inmate[0]}")
    await tk1.press(inmate, of=f"{inmate} · ")
    await tk1.press("📄 PIN-brev", of="📒 Én innsatt")
    message = await tk1.until(lambda each: bool(each["documents"]), "the letter")
    await hub.settled()
    file = await hub.http.get(f"/client/documents/{message['documents'][0]['file_id']}")
    [code] = [line.replace(" ", "") for line in words(file.content) if re.fullmatch(r"\d( ?\d){3}", line)]
    return code


async def signs_in(hub: WholeHub, pin: str, shows: str = HOME) -> None:
    await hub["K-A"].sign_in(A17, pin)
    await hub["K-A"].shows(shows)


async def test_j02_ones_own_pin_works_while_a_letter_is_out_and_ends_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        code = await makes_pin_letter(hub, A17)
        await hub["TK1"].shows(
            "Har en egen kode.",
            "Et PIN-brev er ute. Det virker til onsdag 27. januar kl. 10.00.",
            "Koden de har, virker fortsatt.",
        )
        await hub.to(OPENS + timedelta(days=1))
        await signs_in(hub, OWN)
        assert await codes(hub) == [], "a letter that nobody needs lies about for nobody else either"
        await hub["K-A"].press("Ferdig")
        await signs_in(hub, code, "stemte ikke")


async def test_j02_a_letter_bears_wrong_tries_and_pauses_as_a_pin_does(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        code = await makes_pin_letter(hub, A17)
        await wrong_until_pause(hub["K-A"])
        await hub["K-A"].press("Tilbake")
        await signs_in(hub, code, PAUSE)
        await hub["K-A"].press("Tilbake")
        await hub.to(OPENS + timedelta(days=14) - timedelta(minutes=2))
        await signs_in(hub, code, MAKE)
        await make_pin(hub["K-A"])
        await hub["K-A"].shows(HOME)
        await hub["K-A"].press("Ferdig")
        await signs_in(hub, NEW)


async def test_j02_a_letter_ends_with_its_time_and_the_pin_goes_on(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        code = await makes_pin_letter(hub, A17)
        await hub.to(OPENS + timedelta(days=14, minutes=1))
        await signs_in(hub, code, "stemte ikke")
        await hub["K-A"].press("Tilbake")
        await signs_in(hub, OWN)


async def test_j02_an_officer_is_told_when_a_code_ends_a_letter(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await makes_pin_letter(hub, A17)
        await a_code(hub)
        await hub["KB-A2"].shows("PIN-brevet til A17 virker ikke lenger.")
        assert [inmate for inmate, _ in await codes(hub)] == [A17]
