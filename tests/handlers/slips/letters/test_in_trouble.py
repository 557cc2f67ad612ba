"""Letters when something is in the way: a dead server, a lost answer, a kill, no server, an address that is refused."""

import asyncio
from pathlib import Path

import pytest

from bot import app, founding
from bot.config import Settings
from bot.demo import files
from tests.faults.post_office import BREAK_OFF, PostOffice, post_office
from tests.handlers.slips.letters.mailboxes import NEW, TALK, VISITORS, asks, hub_with, smtp_of
from tests.hub.front_door import opened
from tests.hub.whole_hub import whole_hub
from tests.patience import until


async def test_a_dead_server_holds_up_nobody_else(tmp_path: Path, office: PostOffice) -> None:
    office.stall = asyncio.Event()
    async with whole_hub(tmp_path, smtp=smtp_of(office)) as hub:
        kiosk = hub["K-A"]
        await kiosk.sign_in("A01", "2101")
        await kiosk.send_slip("Besøksvenner", "Noe annet")
        await until(lambda: b"\r\n.\r\n" in office.raw, "no letter under way")
        await hub["V1"].press("Sett tid", of="FJ-116")
        await hub["V1"].press("18. jan. kl. 18.00", of="FJ-116")
        await hub["V1"].shows("FJ-116", "✅")
        await kiosk.press("Mine samtaler")
        await kiosk.shows("Du har samtale")
        assert office.letters == []
        office.stall.set()
        await hub.settled()
    assert office.told() == [NEW, TALK]


async def test_a_lost_answer_is_counted_and_the_letter_comes_again_as_itself(
    tmp_path: Path, office: PostOffice
) -> None:
    office.at_letter = [BREAK_OFF]
    async with hub_with(office, tmp_path) as hub:
        await asks(hub)
        assert await hub.rows("SELECT doubts FROM messages WHERE network = 'email'") == [{"doubts": 1}]
    assert office.told() == [NEW, NEW]
    assert len({letter["Message-ID"] for letter in office.letters}) == 1


@pytest.mark.long
async def test_a_hub_killed_before_it_could_send_sends_once_when_it_is_back(tmp_path: Path) -> None:
    async with post_office() as office:
        pass
    server = {
        "SAMTALELAPP_SMTP_HOST": "127.0.0.1",
        "SAMTALELAPP_SMTP_PORT": str(office.port),
        "SAMTALELAPP_SMTP_FROM": "samtalelapp@prison.example.org",
        "SAMTALELAPP_SMTP_TLS": "none",
    }
    async with opened("demo", "--data", tmp_path / "data", **server) as hub:
        kiosk = await hub.device("K-A")
        await kiosk.sign_in("A01", "2101")
        await kiosk.send_slip("Besøksvenner", "Noe annet")
        hub.process.kill()
        await hub.process.wait()
    async with post_office(office), opened("demo", "--data", tmp_path / "data", **server):
        await until(lambda: bool(office.letters), "no letter")
        await asyncio.sleep(0.5)
    assert office.told() == [NEW]


# hub.yaml and settings
async def test_without_an_smtp_server_the_demo_has_no_e_mail_at_all(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await asks(hub)
        assert await hub.rows("SELECT * FROM accounts WHERE network = 'email'") == []
        assert await hub.rows("SELECT * FROM messages WHERE network = 'email'") == []


async def test_without_an_smtp_server_a_real_hub_says_so_and_its_letters_wait(
    tmp_path: Path, office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    await founding.create(Settings(data=tmp_path, demo=True), files.HUB, files.PEOPLE)
    async with app.running(Settings(data=tmp_path, port=0)) as running, running.database.reading() as tx:
        assert await tx.rows("SELECT 1 FROM accounts WHERE network = 'email'")
    told = "No SMTP server is set: letters to V1 wait until SAMTALELAPP_SMTP_HOST and _FROM are given"
    assert [record.getMessage() for record in caplog.records if "SMTP" in record.getMessage()] == [told]


async def test_an_address_that_is_refused_is_told_to_the_coordinator_and_tried_again_later(
    tmp_path: Path, office: PostOffice
) -> None:
    office.refused = {VISITORS}
    async with hub_with(office, tmp_path) as hub:
        await asks(hub)
        assert await hub.rows("SELECT fault FROM messages WHERE network = 'email'") == [{"fault": "unreachable"}]
        await hub["V1"].shows("FJ-116")
        await hub["TK1"].shows("Frivillig V1 får ikke lenger meldinger")
        office.refused.clear()
        await hub.advance(2 * 3600)
        await hub["TK1"].shows("Frivillig V1 får meldinger", "igjen")
        await hub.settled()
    assert office.told() == [NEW]
