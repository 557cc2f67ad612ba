"""J4: nobody answers a slip, and the promise does not break in silence."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.hub.whole_hub import Device, WholeHub, new_hub_at, whole_hub

OSLO = ZoneInfo("Europe/Oslo")


def at(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=OSLO)


async def asked_gjeld(hub: WholeHub) -> None:
    """B01 asks the debt adviser on Wednesday 13 January; five working days end on Wednesday the 20th."""
    await hub["K-B"].sign_in("B01", "2201")
    assert await hub["K-B"].send_slip("Økonomi og gjeld", "Brev jeg har fått") == "FJ-116"
    await hub["K-B"].press("Ferdig")
    await hub["G1"].shows("FJ-116")
    await hub.settled()


async def about(device: Device, code: str) -> list[str]:
    """Return what a device shows about a slip, besides its card."""
    return [each["text"] for each in await device.messages() if code in each["text"] and "📋" not in each["text"]]


async def own_page(hub: WholeHub) -> str:
    """Return what B01 reads about the slip under *Mine samtaler*."""
    kiosk = hub["K-B"]
    await kiosk.sign_in("B01", "2201")
    await kiosk.press("Mine samtaler")
    await kiosk.press("FJ-116", of="📋 Mine samtaler")
    page = await kiosk.shows("FJ-116", "Trekk lappen tilbake")
    await kiosk.press("Ferdig")
    await kiosk.shows("Her kan du be om en samtale")
    return str(page["text"])


async def owner(hub: WholeHub) -> list[tuple[str, str | None]]:
    rows = await hub.rows("SELECT service, adviser FROM ownerships WHERE slip = 'FJ-116' AND until IS NULL")
    return [(row["service"], row["adviser"]) for row in rows]


async def test_j04_the_adviser_is_reminded_when_half_of_the_promise_is_over(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked_gjeld(hub)
        await hub.to(at(18, 8, 59))
        await hub.settled()
        assert await about(hub["G1"], "FJ-116") == []
        await hub.to(at(18, 9))
        await hub["G1"].shows("⏰ FJ-116")
        await hub.settled()
        assert await about(hub["G1"], "FJ-116") == [
            "⏰ FJ-116, avdeling B, venter på svar.\nSvar senest onsdag 20. januar."
        ]
        assert await about(hub["SK1"], "FJ-116") == []
        await hub["G1"].press("Vis lappen", of="⏰ FJ-116")
        await hub["G1"].until(lambda each: "B01 Lyng" in each["text"] and "⏰" not in each["text"], "the card")


async def test_j04_a_broken_promise_is_told_to_everybody_whom_it_concerns(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked_gjeld(hub)
        await hub.to(at(20, 14, 59))
        assert await own_page(hub) == (
            "FJ-116 · Økonomi og gjeld\n"
            "Økonomi og gjeld har fått lappen.\n"
            "Økonomi og gjeld skal svare senest onsdag 20. januar.\n"
            "Tema: Brev jeg har fått\nSå langt: sendt. Neste: En rådgiver leser den."
        )
        await hub.to(at(20, 15))
        told = "❗ Løftet for FJ-116, avdeling B, ble ikke holdt.\nDen innsatte har fått beskjed. Nytt løfte: "
        for adviser in ("G1", "SK1"):
            await hub[adviser].shows("❗ Løftet for FJ-116", "fredag 22. januar")
        await hub.settled()
        assert (await about(hub["G1"], "FJ-116"))[1:] == [f"{told}fredag 22. januar."]
        assert await about(hub["SK1"], "FJ-116") == [f"{told}fredag 22. januar."]
        assert await about(hub["N1"], "FJ-116") == []
        assert await own_page(hub) == (
            "FJ-116 · Økonomi og gjeld\n"
            "Vi lovet deg svar. Det klarte vi ikke. Beklager.\n"
            "Økonomi og gjeld har fått lappen.\n"
            "Du får svar senest fredag 22. januar.\n"
            "Tema: Brev jeg har fått\nSå langt: sendt. Neste: En rådgiver leser den.\n"
            "Sosialkonsulent SK1 følger opp dette nå."
        )
        assert await owner(hub) == [("gjeld", None)]
        assert (await hub.audit("FJ-116"))[-1] == ("hub", "break", "FJ-116", "done")


async def test_j04_the_second_broken_promise_makes_the_social_adviser_the_owner(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked_gjeld(hub)
        await hub.to(at(22, 15))
        await hub["SK1"].shows("📋", "FJ-116", "B01 Lyng")
        await hub["G1"].shows("📋", "FJ-116", "Sendt videre. Du trenger ikke gjøre noe.")
        await hub.settled()
        assert await owner(hub) == [("sos", None)]
        assert await hub.rows("SELECT broken, forwards, sent_from, answer_by FROM slips WHERE code = 'FJ-116'") == [
            {"broken": 2, "forwards": 0, "sent_from": "gjeld", "answer_by": "2027-01-26T14:00:00.000000+00:00"}
        ]
        page = await own_page(hub)
        assert page == (
            "FJ-116 · Sosialkonsulenten\n"
            "Vi lovet deg svar. Det klarte vi ikke. Beklager.\n"
            "Sosialkonsulenten har fått lappen.\n"
            "Du får svar senest tirsdag 26. januar.\n"
            "Du beholder plassen din i køen.\n"
            "Så langt: sendt. Neste: En rådgiver leser den.\n"
            "Sosialkonsulent SK1 følger opp dette nå."
        )


async def test_j04_the_screen_says_it_at_once_where_the_inmate_stands(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked_gjeld(hub)
        await hub.to(at(20, 14, 59) + timedelta(seconds=45))
        await hub["K-B"].sign_in("B01", "2201")
        await hub["K-B"].press("Mine samtaler")
        await hub["K-B"].shows("FJ-116: Økonomi og gjeld skal svare senest onsdag 20. januar.")
        await hub.settled()
        await hub.advance(15)
        await hub["K-B"].shows("FJ-116: Beklager at du venter: du får svar senest fredag 22. januar.")


async def test_j04_weekends_and_public_holidays_are_not_counted(tmp_path: Path) -> None:
    await new_hub_at(tmp_path, at(24, 10, month=3))  # the Wednesday before Easter
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-B"]
        await kiosk.sign_in("B01", "2201")
        await kiosk.send_slip("Økonomi og gjeld", "Brev jeg har fått")
        await kiosk.shows("FJ-116", "mandag 5. april")
        await kiosk.press("Ferdig")
        await hub.to(at(1, 8, 59, month=4))
        await hub.settled()
        assert await about(hub["G1"], "FJ-116") == []
        await hub.to(at(1, 9, month=4))
        await hub["G1"].shows("⏰ FJ-116", "mandag 5. april")
        await hub.to(at(5, 14, 59, month=4))
        assert await hub.rows("SELECT broken FROM slips WHERE code = 'FJ-116'") == [{"broken": 0}]


async def test_j04_nothing_is_said_about_a_slip_that_was_withdrawn(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked_gjeld(hub)
        kiosk = hub["K-B"]
        await kiosk.sign_in("B01", "2201")
        await kiosk.press("Mine samtaler")
        await kiosk.press("FJ-116", of="📋 Mine samtaler")
        await kiosk.press("Trekk lappen tilbake")
        await kiosk.press("Ja, trekk tilbake")
        await kiosk.shows("Lappen er trukket tilbake")
        await kiosk.press("Ferdig")
        assert await hub.rows("SELECT kind FROM reminders WHERE about = 'FJ-116'") == []
        await hub.to(at(29, 16))
        await hub.settled()
        assert [await about(hub[adviser], "FJ-116") for adviser in ("G1", "SK1")] == [[], []]
        assert await hub.rows("SELECT state, broken FROM slips WHERE code = 'FJ-116'") == [
            {"state": "withdrawn", "broken": 0}
        ]


async def test_j04_nothing_is_said_about_a_slip_that_got_its_time(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked_gjeld(hub)
        await hub["G1"].press("Sett tid", of="FJ-116")
        await hub["G1"].press("kl. 09.00", of="FJ-116")
        await hub["G1"].shows("✅ Samtale tirsdag 26. januar kl. 09.00")
        await hub.to(at(25, 14))
        await hub.settled()
        assert [await about(hub[adviser], "FJ-116") for adviser in ("G1", "SK1")] == [[], []]
        assert await hub.rows("SELECT broken FROM slips WHERE code = 'FJ-116'") == [{"broken": 0}]


async def test_j04_a_withdrawn_talk_leaves_no_reminder_of_its_day(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked_gjeld(hub)
        await hub["G1"].press("Sett tid", of="FJ-116")
        await hub["G1"].press("kl. 09.00", of="FJ-116")
        kiosk = hub["K-B"]
        await kiosk.sign_in("B01", "2201")
        await kiosk.press("Mine samtaler")
        await kiosk.press("FJ-116", of="📋 Mine samtaler")
        await kiosk.press("Trekk lappen tilbake", of="Du har samtale")
        await kiosk.press("Ja, trekk tilbake")
        await kiosk.shows("Lappen er trukket tilbake")
        await hub["G1"].shows("FJ-116", "Trukket tilbake. Du trenger ikke gjøre noe.")
        await kiosk.press("Ferdig")
        await hub.to(at(26, 12))
        await hub.settled()
        assert await about(hub["G1"], "FJ-116") == []
        assert "26. januar" not in await hub["G1"].everything()
        assert await hub.rows("SELECT * FROM claims WHERE holder = 'FJ-116'") == []


async def newest(device: Device) -> str:
    return str((await device.messages())[-1]["text"])


async def test_j04_the_half_of_a_later_promise_is_said_below_everything_else_too(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked_gjeld(hub)
        await hub.to(at(18, 9))
        await hub["G1"].press("Trenger mer tid", of="FJ-116")
        await hub["G1"].press("1. feb", of="FJ-116")
        await hub["G1"].shows("Den innsatte har fått vite at du trenger mer tid.")
        await hub.to(at(25, 8, 59))
        await hub["G1"].say("/hjelp")
        await hub["G1"].shows("Hver lapp er én melding her")
        await hub.to(at(25, 9))
        assert await newest(hub["G1"]) == "⏰ FJ-116, avdeling B, venter på svar.\nSvar senest mandag 1. februar."
        assert len([each for each in await about(hub["G1"], "FJ-116") if each.startswith("⏰")]) == 1


async def test_j04_each_broken_promise_is_said_below_everything_else(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked_gjeld(hub)
        for day, promised in ((20, "fredag 22. januar"), (22, "tirsdag 26. januar"), (26, "torsdag 28. januar")):
            await hub.to(at(day, 14, 59))
            await hub["SK1"].say("/hjelp")
            await hub["SK1"].shows("Hver lapp er én melding her")
            await hub.settled()
            await hub.to(at(day, 15))
            [said] = [each for each in await about(hub["SK1"], "FJ-116") if each.startswith("❗")]
            assert promised in said
            assert await newest(hub["SK1"]) == said
