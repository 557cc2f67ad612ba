"""J13: a slip went to the wrong service; it is sent on and keeps what it was promised."""

from pathlib import Path
from typing import Any

from tests.hub.whole_hub import WholeHub, whole_hub

PROMISE = "2027-01-20T14:00:00.000000+00:00"


async def asked_gjeld(hub: WholeHub) -> None:
    await hub["K-A"].sign_in("A01", "2101")
    assert await hub["K-A"].send_slip("Økonomi og gjeld", "Brev jeg har fått") == "FJ-116"
    await hub["K-A"].press("Ferdig")


async def send_on(hub: WholeHub, adviser: str, service: str) -> None:
    await hub[adviser].press("Hører til andre", of="FJ-116")
    await hub[adviser].press(service, of="FJ-116")
    await hub[adviser].shows("FJ-116", "Sendt videre. Du trenger ikke gjøre noe.")
    await hub.settled()


async def slip(hub: WholeHub) -> dict[str, Any]:
    found = await hub.rows(
        "SELECT code, state, sent_at, answer_by, forwards, sent_from, o.service, o.adviser FROM slips s"
        " JOIN ownerships o ON o.slip = s.code AND o.until IS NULL WHERE code = 'FJ-116'"
    )
    assert len(found) == 1, "exactly one owner"
    return found[0]


async def own_page(hub: WholeHub) -> str:
    kiosk = hub["K-A"]
    await kiosk.sign_in("A01", "2101")
    await kiosk.press("Mine samtaler")
    await kiosk.press("FJ-116", of="📋 Mine samtaler")
    page = await kiosk.shows("FJ-116", "Trekk lappen tilbake")
    await kiosk.press("Ferdig")
    await kiosk.shows("Her kan du be om en samtale")
    return str(page["text"])


async def test_j13_a_forwarded_slip_keeps_code_place_and_promise_and_the_inmate_is_told(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked_gjeld(hub)
        await hub["G1"].shows("FJ-116")
        before = await slip(hub)
        await send_on(hub, "G1", "NAV")
        assert await slip(hub) == {**before, "forwards": 1, "sent_from": "gjeld", "service": "nav"}
        assert before["answer_by"] == PROMISE
        for adviser in ("N1", "N2", "N3"):
            await hub[adviser].shows("FJ-116", "A01 Furu", "Svar senest onsdag 20. januar.")
        card = await hub["G1"].shows("FJ-116")
        assert card["text"] == (
            "📋 Samtalelapp FJ-116, avdeling A.\nSendt videre. Du trenger ikke gjøre noe.\nDen er hos NAV nå."
        )
        assert [button["text"] for row in card["buttons"] for button in row] == ["↩️ Angre"]
        assert await own_page(hub) == (
            "FJ-116 · NAV\n"
            "Økonomi og gjeld sendte lappen videre.\n"
            "NAV har fått lappen.\n"
            "NAV skal svare senest onsdag 20. januar.\n"
            "Du beholder plassen din i køen.\n"
            "Så langt: sendt. Neste: En rådgiver leser den."
        )


async def test_j13_the_place_in_line_is_the_first_one(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked_gjeld(hub)
        await hub["K-B"].sign_in("B01", "2201")
        assert await hub["K-B"].send_slip("NAV") == "FJ-117"
        await send_on(hub, "G1", "NAV")
        await hub["N1"].say("/lapper")
        await hub["N1"].shows("3 lapper venter på deg")
        await hub.settled()
        codes = [each["text"].partition("lapp ")[2][:6] for each in (await hub["N1"].messages())[-3:]]
        assert codes == ["FJ-110", "FJ-116", "FJ-117"]


async def test_j13_the_third_forward_goes_to_the_social_adviser_whatever_is_pressed(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked_gjeld(hub)
        await send_on(hub, "G1", "NAV")
        await send_on(hub, "N1", "Bolig")
        await send_on(hub, "H1", "NAV")
        found = await slip(hub)
        assert (found["service"], found["sent_from"], found["forwards"]) == ("sos", "bolig", 3)
        assert found["answer_by"] == PROMISE
        await hub["SK1"].shows("FJ-116", "A01 Furu")
        moves = [action for _, action, _, _ in await hub.audit("FJ-116") if action != "read"]
        assert moves == ["send", "forward", "forward", "forward"]


async def test_j13_everybody_who_had_the_slip_sees_where_it_is_now(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asked_gjeld(hub)
        await send_on(hub, "G1", "NAV")
        await hub["G1"].shows("FJ-116", "Den er hos NAV nå.")
        await send_on(hub, "N1", "Bolig")
        for adviser in ("N1", "N2", "G1"):
            await hub[adviser].shows("FJ-116", "Sendt videre", "Den er hos Bolig nå.")


async def test_j13_i_do_not_know_goes_to_the_social_adviser_who_sends_it_on(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        kiosk = hub["K-A"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.press("Jeg vet ikke")
        question = await kiosk.shows("Til: Sosialkonsulenten")
        assert "Tid:" not in question["text"]
        await kiosk.press("Send")
        await kiosk.shows("FJ-116", "fredag 15. januar")
        await kiosk.press("Ferdig")
        card = await hub["SK1"].shows("FJ-116", "A01 Furu")
        assert [button["text"] for row in card["buttons"] for button in row] == [
            "🕐 Sett tid",
            "➡️ Hører til andre",
            "⏳ Trenger mer tid",
            "✉️ Svar uten møte",
        ]
        await send_on(hub, "SK1", "NAV")
        found = await slip(hub)
        assert (found["service"], found["sent_from"], found["forwards"]) == ("nav", "sos", 0)
        await hub["N2"].press("Sett tid", of="FJ-116")
        await hub["N2"].press("14. jan", of="FJ-116")
        await hub["N2"].shows("FJ-116", "✅ Samtale torsdag 14. januar")
