"""Letters trip over a fault of ours, or over the database: the house goes on, and the letters too when it is over."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import Settings
from bot.delivery import keeping
from bot.delivery.limits import Limits
from bot.delivery.sender import Sender
from bot.delivery.sending import pauses
from bot.delivery.wire.letters import LetterNetwork
from bot.store.database import Database
from tests.delivery.sending.test_tripping import of_the_disk
from tests.faults.post_office import PostOffice, post_office
from tests.handlers.slips.letters.mailboxes import NEW, VISITORS, hub_with, smtp_of
from tests.hub.whole_hub import WholeHub, new_hub, whole_hub
from tests.patience import until

HOME = "Hvem vil du snakke med?"


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (pauses, keeping):
        monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
        monkeypatch.setattr(module, "LONGEST_PAUSE", 0.1)


@pytest.fixture
async def office() -> AsyncIterator[PostOffice]:
    async with post_office() as office:
        yield office


def sender_of(hub: WholeHub) -> tuple[Sender, LetterNetwork]:
    for sender in hub.running.senders:
        if isinstance(sender.network, LetterNetwork):
            return sender, sender.network
    raise AssertionError("it sends no letters")


async def asks(hub: WholeHub) -> None:
    kiosk = hub["K-A"]
    await kiosk.sign_in("A01", "2101")
    assert await kiosk.send_slip("Besøksvenner", "Noe annet") == "FJ-116"


async def arrives(office: PostOffice) -> None:
    await until(lambda: office.told(VISITORS) == [NEW], f"no letter, but {office.told()}")


async def test_a_fault_of_ours_in_letters_does_not_end_the_house_and_is_over_when_it_is(
    tmp_path: Path, office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    async with hub_with(office, tmp_path) as hub:
        _, network = sender_of(hub)
        network.limits = None  # type: ignore[assignment]  # the fault: the sender cannot ask for its pace
        await asks(hub)
        await until(lambda: caplog.text.count("A part of email has stopped; again in") >= 3, "it never stopped")
        assert not hub.running.broken.is_set()
        network.limits = Limits()
        await arrives(office)
    assert "AttributeError at " in caplog.text


async def test_a_database_that_refuses_letters_at_the_start_does_not_end_the_house(
    tmp_path: Path, office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    await new_hub(tmp_path)
    async with await Database.open(Settings(data=tmp_path).database) as database, database.transaction() as tx:
        await tx.run(
            "CREATE TRIGGER no_letters BEFORE INSERT ON networks WHEN NEW.name = 'email'"
            " BEGIN SELECT RAISE(ABORT, 'not this one'); END"
        )
    async with whole_hub(tmp_path, smtp=smtp_of(office)) as hub:
        await until(lambda: "A part of email has stopped; again in" in caplog.text, "it did not stop")
        await asks(hub)
        assert (hub.running.broken.is_set(), office.told()) == (False, [])
        async with hub.running.database.transaction() as tx:
            await tx.run("DROP TRIGGER no_letters")
        await arrives(office)


async def test_one_address_that_could_not_be_read_covers_no_kiosk(tmp_path: Path, office: PostOffice) -> None:
    async with hub_with(office, tmp_path) as hub:
        _, network = sender_of(hub)
        read, errors = network.address_of, [of_the_disk(), of_the_disk()]
        said: list[str] = []
        failed = hub.running.database.failed

        async def trip(chat_id: int) -> str | None:
            if errors:
                raise errors.pop()
            return await read(chat_id)

        def tell() -> None:
            said.append("the disk takes nothing")
            failed()

        network.address_of = trip
        hub.running.database.failed = tell
        await asks(hub)
        await arrives(office)
        assert (errors, said) == ([], [])
        await hub["K-A"].press("Ferdig", of="Lappen er sendt")
        await hub["K-A"].sign_in("A01", "2101")
        await hub["K-A"].shows(HOME)
