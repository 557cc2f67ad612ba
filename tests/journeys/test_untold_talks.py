"""A talk of which nobody tells: it is asked for, the inmate can tell, and in the end there is a promise again."""

from datetime import datetime
from pathlib import Path

from bot.demo.files import OPENS
from tests.whole_hub import Message, WholeHub, data_of, whole_hub

CODE = "FJ-103"
"""A07's talk with N1 on Thursday 14 January, 09.30 to 10.00."""

TOLD = "SELECT state, service, adviser FROM slips s JOIN ownerships o ON o.slip = s.code AND o.until IS NULL"
OUTCOME = f"SELECT outcome FROM bookings WHERE slip = '{CODE}' ORDER BY revision"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return OPENS.replace(day=day, hour=hour, minute=minute)


async def own_page(hub: WholeHub) -> Message:
    """Open the slip at the screen, from the list."""
    await hub["K-A"].sign_in("A07", "2107")
    await hub["K-A"].press("Mine samtaler")
    await hub["K-A"].press(CODE, of="📋 Mine samtaler")
    return await hub["K-A"].until(lambda each: str(each["text"]).startswith(f"{CODE} · "), "the slip's own page")


async def leaves(hub: WholeHub) -> None:
    await hub["K-A"].press("Ferdig")
    await hub["K-A"].shows("Her kan du be om en samtale")


async def asked(hub: WholeHub, who: str) -> list[str]:
    said = [each["text"] for each in await hub[who].messages()]
    return [text for text in said if text.startswith("⏰ FJ-103") and "Ble samtalen holdt?" in text]


async def standing(hub: WholeHub) -> tuple[object, ...]:
    [row] = await hub.rows(f"{TOLD} WHERE s.code = '{CODE}'")
    return tuple(row.values())


async def test_the_adviser_is_asked_on_two_mornings_and_not_once_it_has_been_told(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(at(15, 8, 59))
        assert await asked(hub, "N1") == []
        await hub.to(at(15, 9))
        text = "⏰ FJ-103, avdeling A: Ble samtalen holdt?\nSi fra senest torsdag 21. januar."
        assert await asked(hub, "N1") == [text]
        await hub.to(at(19, 9))
        assert await asked(hub, "N1") == [text, text]
        await hub["N1"].press("Vis lappen", of="⏰ FJ-103")
        await hub["N1"].press("Holdt", of=CODE)
        await hub.settled()
        assert await asked(hub, "N1") == []
        await hub.to(at(25, 9))
        assert (await hub.rows(f"SELECT state FROM slips WHERE code = '{CODE}'")) == [{"state": "held"}]


async def test_the_inmate_says_that_there_was_no_talk_and_has_a_promise_again(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(at(14, 11))
        page = await own_page(hub)
        assert "Rådgiveren har ikke sagt fra ennå." in page["text"]
        assert "Hvis ingen sier fra, spør vi Sosialkonsulenten torsdag 21. januar." in page["text"]
        await hub["K-A"].press("Samtalen ble ikke noe av")
        page = await hub["K-A"].shows("Det er notert.", "NAV har fått lappen og skal svare senest")
        assert "mandag 18. januar" in page["text"]
        await hub["N1"].shows(CODE, "Den innsatte sier at samtalen ikke ble noe av. Det trengs en ny tid.", "Sett tid")
        assert await standing(hub) == ("waiting", "nav", "N1")
        assert await hub.rows(OUTCOME) == [{"outcome": "denied"}]
        await hub["K-A"].press("Angre")
        await hub["K-A"].shows("Ble samtalen holdt?", "Ja, vi snakket")
        await hub["N1"].shows(CODE, "Ble samtalen holdt?", "Holdt")


async def test_the_inmate_says_that_they_talked_and_the_slip_has_its_end(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(at(15, 10))
        await own_page(hub)
        await hub["K-A"].press("👍 Ja, vi snakket")
        await hub["K-A"].shows("Samtalen ble holdt. Du kan be om en ny når du vil.")
        await hub["N1"].shows("📋", CODE, "Samtalen ble holdt. Takk.")
        await hub["N1"].shows("✔️ FJ-103, avdeling A: ordnet.")
        assert await hub.rows(OUTCOME) == [{"outcome": "held"}]
        assert ("A07@K-A", "hold", CODE, "done") in await hub.audit(CODE)


async def test_an_adviser_who_presses_what_was_shown_before_sees_what_has_happened(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(at(14, 11))
        card = await hub["N1"].shows(CODE, "Ble samtalen holdt?")
        await own_page(hub)
        await hub["K-A"].press("Samtalen ble ikke noe av")
        await hub.settled()
        await hub["N1"].press_raw(card["id"], data_of(card, "Holdt")[0])
        await hub["N1"].alerted("Dette er endret i mellomtiden. Nå ser du det nyeste.")
        await hub["N1"].shows(CODE, "Den innsatte sier at samtalen ikke ble noe av")
        assert (await standing(hub))[0] == "waiting"


async def test_after_five_working_days_the_social_adviser_finds_out_with_a_date(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(at(21, 14, 59))
        assert await standing(hub) == ("booked", "nav", "N1")
        await hub.to(at(21, 15))
        assert await standing(hub) == ("waiting", "sos", None)
        assert await hub.rows(OUTCOME) == [{"outcome": "untold"}]
        await hub["SK1"].shows("Ny samtalelapp FJ-103", "Ingen har sagt hvordan samtalen gikk.", "Holdt")
        await hub["N1"].shows("📋", CODE, "Sendt videre. Du trenger ikke gjøre noe.")
        assert await asked(hub, "N1") == []
        page = await own_page(hub)
        assert page["text"] == (
            "FJ-103 · Sosialkonsulenten\nDu hadde en samtale torsdag 14. januar kl. 09.30."
            " Ingen har sagt hvordan den gikk. Vi finner ut av det.\n"
            "Sosialkonsulenten har fått lappen og skal svare senest mandag 25. januar."
        )
        await leaves(hub)
        await hub.to(at(25, 15))
        assert await hub.rows(f"SELECT state, broken FROM slips WHERE code = '{CODE}'") == [
            {"state": "waiting", "broken": 1}
        ]


async def test_whoever_finds_out_that_it_was_held_says_so(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(at(21, 15))
        await hub["SK1"].press("👍 Holdt", of=CODE)
        await hub["SK1"].shows(CODE, "Samtalen ble holdt. Takk.")
        assert await hub.rows(OUTCOME) == [{"outcome": "held"}]
        assert await hub.rows(f"SELECT state FROM slips WHERE code = '{CODE}'") == [{"state": "held"}]


async def test_the_inmate_can_say_so_too_when_somebody_else_has_it(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(at(21, 15))
        await own_page(hub)
        await hub["K-A"].press("👍 Ja, vi snakket")
        await hub["K-A"].shows("Samtalen ble holdt.")
        await hub["SK1"].shows("📋", CODE, "Samtalen ble holdt. Takk.")


async def test_a_talk_that_an_earlier_release_left_untold_is_seen_to_at_the_start(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(at(14, 11))
        async with hub.running.database.transaction() as tx:
            await tx.run("DELETE FROM reminders WHERE kind LIKE 'untold%'")
        await hub.to(at(29, 9))
        assert await standing(hub) == ("booked", "nav", "N1")
    async with whole_hub(tmp_path) as hub:
        await hub["SK1"].shows("Ny samtalelapp FJ-103")
        assert (await standing(hub))[:2] == ("waiting", "sos")
