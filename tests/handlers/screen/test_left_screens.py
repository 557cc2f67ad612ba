"""What happens while nobody looks: news stay news, the question stays a question, what waits is brought down once."""

from pathlib import Path

from tests.hub.whole_hub import Device, Message, data_of, whole_hub


async def test_a_time_that_comes_while_the_screen_asks_stays_news_and_off_the_screen(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await kiosk.sign_in("A01", "2101")
        assert await kiosk.send_slip("NAV") == "FJ-116"
        await hub.advance(40)
        await kiosk.shows("Er du der fortsatt?")
        await hub["N1"].press("Sett tid", of="FJ-116")
        await hub["N1"].press("09.00", of="FJ-116")
        await hub.settled()
        assert "Er du der fortsatt?" in await kiosk.everything()
        assert "Du har samtale" not in await kiosk.everything()
        await hub.advance(20)
        await kiosk.sign_in("A01", "2101")
        await kiosk.shows("Mine samtaler (1 ny)")


async def test_more_time_brings_back_what_was_there(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.press("NAV")
        await kiosk.shows("Hva trenger du hjelp til?")
        await hub.advance(40)
        await kiosk.press("Jeg trenger mer tid")
        await kiosk.shows("Hva trenger du hjelp til?")


async def test_a_slip_begun_and_left_by_going_home_waits_there_and_comes_back(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.press("NAV")
        await kiosk.press("Tilbake", of="Hva trenger du hjelp til?")
        await kiosk.shows("Hvem vil du snakke med?", "Du har en lapp som ikke er sendt.")
        await hub.settled()
        await hub.advance(61)
        await kiosk.sign_in("A01", "2101")
        await kiosk.shows("Hva trenger du hjelp til?")


async def cards_of(device: Device, code: str) -> list[Message]:
    return [each for each in await device.messages() if data_of(each, "Sett tid") and code in each["text"]]


async def test_what_waits_is_brought_down_once_also_after_days(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await hub["N1"].shows("FJ-110")
        await hub.advance(3 * 24 * 3600)
        old = await hub["N1"].shows("Ny samtalelapp FJ-110")
        await hub["N1"].say("/lapper")
        await hub["N1"].until(lambda each: each["id"] > old["id"] and "FJ-110" in each["text"], "the card below")
        await hub.settled()
        cards = await cards_of(hub["N1"], "FJ-110")
        assert len(cards) == 1
        assert (await hub["N1"].press_raw(old["id"], data_of(old, "Sett tid")[0])).status_code == 404
        await hub.settled()
        assert await cards_of(hub["N1"], "FJ-110") == cards


async def test_a_double_tap_on_set_a_time_still_shows_the_times(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        card = await hub["N1"].shows("Ny samtalelapp FJ-110")
        for _ in range(2):
            await hub["N1"].press_raw(card["id"], data_of(card, "Sett tid")[0])
        await hub.settled()
        assert len(data_of(await hub["N1"].shows("FJ-110", "Svar senest"), "kl. ")) == 3


async def test_every_open_slip_can_be_found_and_withdrawn(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await kiosk.sign_in("A01", "2101")
        codes = []
        for _ in range(10):
            codes.append(await kiosk.send_slip("NAV"))
            await kiosk.press("Tilbake")
        await kiosk.press("Mine samtaler")
        shown = await kiosk.shows("FJ-125: NAV skal svare senest")
        assert [code for code in codes if code not in shown["text"]] == []
