"""A crowd at one door: it closes neither the other door nor, for long, its own; and it leaves no word in a log."""

import logging
import resource
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from bot.config import Settings
from bot.gateway.doors import gate
from bot.listeners import listen
from tests.faults.crowd import crowd
from tests.hub.devices import real_hub
from tests.patience import until

FILES = 512
THOUSAND = 1000


@pytest.fixture
def few_files() -> Iterator[None]:
    """Allow this process as many open files as an ordinary service has, or fewer."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the doors have told an administrator."""
    records = [each for each in caplog.records if each.name.startswith(("bot.gateway", "uvicorn", "asyncio"))]
    return [each.getMessage() for each in records if each.levelno >= logging.WARNING]


@pytest.mark.usefixtures("few_files")
@pytest.mark.parametrize("addresses", [1, 200])
async def test_a_thousand_unfinished_connections_at_the_kiosks_door_close_no_door(
    tmp_path: Path, addresses: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with real_hub(tmp_path) as hub:
        adviser, kiosk = await hub.joined("N1"), await hub.joined("K-A")
        async with adviser.http.stream("GET", "/client/events") as stream:
            lines = stream.aiter_lines()
            assert await anext(lines) == "event: hello"
            async with crowd(urlsplit(hub.running.kiosk_address).port or 0, THOUSAND, addresses):
                newcomer = await hub.browser("staff")
                assert (await newcomer.get("/static/app.js")).status_code == 200
                assert (await adviser.say("/idag")).status_code == 200
                while '"message"' not in await anext(lines):
                    pass
                elsewhere = httpx.AsyncHTTPTransport(local_address="127.0.0.9")
                other = await hub.browser("kiosk", transport=elsewhere)
                told = (await other.get("/client/device")).json()
                assert (told["door"], told["joined"], told["down"]) == ("kiosk", False, False)
                await kiosk.sign_in("A01", "2101")
                await kiosk.shows("Hvem vil du snakke med?")
            await until(lambda: bool(warnings(caplog)), "a warning")
    told = warnings(caplog)
    assert [text.partition(",")[0] for text in told] == ["The kiosk door is crowded"]
    assert "127.0.1.1" in told[0] if addresses == 1 else "127.0.1." in told[0]
    assert "kanari" not in caplog.text


@pytest.mark.usefixtures("few_files")
def test_the_doors_of_a_hub_share_the_files_that_it_may_open() -> None:
    listeners = listen(Settings(Path("unused"), staff=("127.0.0.1", 0), kiosks=("127.0.0.1", 0)))
    for listener in listeners:
        listener.socket.close()
    assert sum(listener.most for listener in listeners) <= FILES - gate.OWN_FILES


@pytest.mark.parametrize("name", ["x" * 300, "%2e%2e%2fserver.py", "ingen.js", "%00", "a" * 5000, "app.js%00"])
async def test_a_file_that_the_page_does_not_have_is_a_plain_404(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with real_hub(tmp_path) as hub:
        stranger = await hub.browser("kiosk")
        answer = await stranger.get(f"/static/{name}")
        assert answer.status_code == 404
        assert answer.text in {'{"error":"There is no such file; the page is at /."}', "Not Found"}
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert warnings(caplog) == []
