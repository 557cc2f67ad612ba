"""A talk of which nobody tells: it is asked for, the inmate can tell, and in the end there is a promise again."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.files import OPENS
from tests.hub.whole_hub import Message, WholeHub, data_of, whole_hub, words_of

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
        assert "Rådgiveren har ikke sagt hvordan den gikk." in page["text"]
        assert "Har ingen sagt fra torsdag 21. januar, finner vi ut av det." in page["text"]
        await hub["K-A"].press("Samtalen ble ikke noe av")
        page = await hub["K-A"].shows("Det er notert.", "NAV skal svare senest")
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
        await hub["K-A"].shows("Du kan be om en ny samtale når du vil.")
        await hub["N1"].shows("📋", CODE, "Samtalen ble holdt. Takk.")
        await hub["N1"].shows("✅ FJ-103, avdeling A: ordnet.")
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
            "FJ-103 · Sosialkonsulenten\nDu hadde samtale torsdag 14. januar kl. 09.30.\n"
            "Ingen har sagt hvordan den gikk. Vi finner ut av det.\n"
            "Sosialkonsulenten har fått lappen.\n"
            "Sosialkonsulenten skal svare senest mandag 25. januar.\n"
            "Så langt: sendt. Neste: En rådgiver leser den."
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


async def no_talk(hub: WholeHub) -> None:
    """On the morning after, once the adviser has been asked, the inmate tells that there was none."""
    await hub.to(at(15, 9))
    assert len(await asked(hub, "N1")) == 1
    await own_page(hub)
    await hub["K-A"].press("Samtalen ble ikke noe av")
    await hub["K-A"].shows("Det er notert.")
    await hub.settled()


async def a_new_time(hub: WholeHub) -> None:
    """The adviser gives a time on Thursday the 21st."""
    await no_talk(hub)
    await hub["N1"].press("Sett tid", of="Den innsatte sier")
    await hub["N1"].press("21. jan. kl. 09.30", of=CODE)


async def moved_before_it_came(hub: WholeHub) -> None:
    """The new time is at ten, and is moved: the adviser proposes, and the inmate says yes."""
    await no_talk(hub)
    await hub["N1"].press("Sett tid", of="Den innsatte sier")
    await hub["N1"].press("21. jan. kl. 10.00", of=CODE)
    await hub["N1"].press("Annen tid", of=CODE)
    await hub["N1"].press("21. jan. kl. 09.30", of=CODE)
    await hub["K-A"].press("👍 Ja")


async def cancelled_and_set_again(hub: WholeHub) -> None:
    """The inmate cannot come at ten, and the adviser sets another time."""
    await no_talk(hub)
    await hub["N1"].press("Sett tid", of="Den innsatte sier")
    await hub["N1"].press("21. jan. kl. 10.00", of=CODE)
    await hub["K-A"].press("Jeg kan ikke komme")
    await hub["K-A"].press("Vent på ny tid")
    await hub["K-A"].press("Jeg vil ikke si det")
    await hub["N1"].press("Sett tid", of="Den innsatte kan ikke komme da")
    await hub["N1"].press("21. jan. kl. 09.30", of=CODE)


async def proposal_accepted(hub: WholeHub) -> None:
    """The inmate proposes it, and the adviser says yes."""
    await no_talk(hub)
    await hub["K-A"].press("Annen tid")
    await hub["K-A"].press("21. jan. kl. 09.30")
    await hub["N1"].press("Ja, det passer", of=CODE)


async def missed_and_again(hub: WholeHub) -> None:
    """The adviser tells that there was no talk, and the inmate wants a new time."""
    await hub.to(at(15, 9))
    await hub["N1"].press("Ble ikke noe av", of=CODE)
    await hub["N1"].press("Syk", of=CODE)
    await own_page(hub)
    await hub["K-A"].press("Ja, en ny tid")
    await hub["N1"].press("Sett tid", of=f"Samtalelapp {CODE}")
    await hub["N1"].press("21. jan. kl. 09.30", of=CODE)


WAYS = [a_new_time, moved_before_it_came, cancelled_and_set_again, proposal_accepted, missed_and_again]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: str(way.__name__))
async def test_a_talk_that_lies_ahead_is_not_asked_about_however_its_slip_came_to_it(
    tmp_path: Path, way: Callable[[WholeHub], Awaitable[None]]
) -> None:
    async with whole_hub(tmp_path) as hub:
        await way(hub)
        await hub["K-A"].shows("Du har samtale torsdag 21. januar kl. 09.30.")
        await hub["N1"].shows("✅ Samtale torsdag 21. januar kl. 09.30", CODE)
        await hub.settled()
        assert await asked(hub, "N1") == []
        await leaves(hub)
        await hub.to(at(22, 8, 59))
        assert await asked(hub, "N1") == []
        await hub.to(at(22, 9))
        newest = (await hub["N1"].messages())[-1]
        assert newest["text"] == "⏰ FJ-103, avdeling A: Ble samtalen holdt?\nSi fra senest torsdag 28. januar."


async def test_a_step_that_is_taken_back_asks_again_in_the_same_place(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await no_talk(hub)
        assert await asked(hub, "N1") == []
        await hub["K-A"].press("Angre")
        await hub["K-A"].shows("Ble samtalen holdt?", "Ja, vi snakket")
        await hub.settled()
        assert await asked(hub, "N1") == [
            "⏰ FJ-103, avdeling A: Ble samtalen holdt?\nSi fra senest torsdag 21. januar."
        ]


@pytest.mark.parametrize("last", ["Annen tid", "Vent på ny tid", "Trekk lappen tilbake"])
async def test_from_when_a_talk_begins_the_screen_does_not_offer_to_move_it_or_to_take_it_back(
    tmp_path: Path, last: str
) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(at(14, 9, 29) + timedelta(seconds=40))
        page = await own_page(hub)
        if not data_of(page, last):
            await hub["K-A"].press("Jeg kan ikke komme")
            page = await hub["K-A"].shows("Det er helt greit.", last)
        await hub.settled()
        await hub.advance(25)
        await hub["K-A"].press_raw(page["id"], data_of(page, last)[0])
        page = await hub["K-A"].until(lambda each: not data_of(each, last), "the page without the button")
        assert "Du har samtale torsdag 14. januar kl. 09.30." in page["text"]
        assert words_of(page).splitlines()[-4:] == ["⬅️ Tilbake", "🌐 Norsk", "❗ Det haster", "🔒 Ferdig"]
        assert len(words_of(page).splitlines()) == 10


@pytest.mark.parametrize("pressed", ["times:FJ-103:{}", "set:FJ-103:nav.N1.R1.2701210830:{}", "cancel:FJ-103:{}"])
async def test_a_talk_that_has_begun_is_told_of_and_not_moved(tmp_path: Path, pressed: str) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub.to(at(14, 9, 31))
        before = await standing(hub)
        [row] = await hub.rows(f"SELECT revision FROM slips WHERE code = '{CODE}'")
        card = await hub["N1"].shows(CODE, "Samtalelapp")
        await hub.settled()
        await hub["N1"].press_raw(card["id"], pressed.format(row["revision"]))
        await hub["N1"].alerted("Samtalen har begynt. Etterpå kan du si fra hvordan den gikk.")
        assert await standing(hub) == before
