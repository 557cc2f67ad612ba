"""What `check` approves, starts, and every page of every role can be written; what it refuses has a line."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot import app, founding
from bot.cli import main
from bot.config import Settings
from bot.hubfile import HubFileFault, read_hub, read_people
from tests.hub import loopback
from tests.hub.whole_hub import Device, WholeHub, data_of
from tests.hubfile.files import both_files
from tests.proving import PROVE
from tests.runs import own_loop

STARTED, READ = (300, 4000) if PROVE else (5, 150)
PRESSES = 14
LINE = re.compile(r"(hub|people)\.yaml, line [0-9]+, [^\n]+: [^\n]+\.")
CAREFUL = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


def written(folder: Path, files: tuple[str, str]) -> tuple[Path, Path]:
    for name, text in zip(("hub.yaml", "people.yaml"), files, strict=True):
        (folder / name).write_text(text, "utf-8")
    return folder / "hub.yaml", folder / "people.yaml"


def faults_of(hub: Path, people: Path) -> tuple[str, ...]:
    try:
        read_people(people, read_hub(hub))
    except HubFileFault as fault:
        return fault.faults
    return ()


@pytest.mark.long
@settings(max_examples=READ, deadline=None, suppress_health_check=CAREFUL)
@given(both_files())
def test_what_check_refuses_has_its_line_and_what_would_be_right(
    capsys: pytest.CaptureFixture[str], files: tuple[str, str]
) -> None:
    with TemporaryDirectory() as folder:
        hub, people = written(Path(folder), files)
        code, told = main(["check", str(hub), "--people", str(people)]), capsys.readouterr()
        lengths = {"hub.yaml": files[0].count("\n"), "people.yaml": files[1].count("\n")}
    if code == 0:
        assert (told.err, told.out.count(" is right: ")) == ("", 2)
        return
    assert (code, told.out) == (app.FAULTS[HubFileFault], "")
    faults = told.err.removeprefix("samtalelapp: ").splitlines()
    assert [each for each in faults if not LINE.fullmatch(each)] == []
    places = [re.match(r"(\S+), line ([0-9]+)", each) for each in faults]
    assert [each[0] for each in places if each and not 0 < int(each[2]) <= lengths[each[1]]] == []


def approved() -> st.SearchStrategy[tuple[str, str]]:
    def right(files: tuple[str, str]) -> bool:
        with TemporaryDirectory() as folder:
            return not faults_of(*written(Path(folder), files))

    return both_files().filter(right)


@pytest.mark.long
@pytest.mark.long
@settings(
    max_examples=STARTED,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, *((Phase.shrink,) if PROVE else ())),  # each starts a hub
    suppress_health_check=[*CAREFUL, HealthCheck.filter_too_much],
)
@given(approved())
def test_what_check_approves_starts_and_writes_every_page(files: tuple[str, str]) -> None:
    with TemporaryDirectory() as folder:
        own_loop.run(started(Path(folder), files))


async def started(folder: Path, files: tuple[str, str]) -> None:
    asked = Settings(data=folder / "data", demo=True, port=0)
    await founding.create(asked, *written(folder, files))
    async with app.running(replace(asked)) as running, loopback.client(running.address) as http:
        chats = (await http.get("/client/chats")).raise_for_status().json()
        hub = WholeHub(running, http, {chat["title"]: Device(http, chat["id"], house=running.house) for chat in chats})
        for chat in chats:
            await walked(hub, hub[chat["title"]], kiosk=chat["kind"] == "kiosk")
        troubled = await hub.rows("SELECT network, state, fault FROM inbox WHERE tries > 0")
        unsent = await hub.rows("SELECT chat_id, key, fault FROM messages WHERE fault IS NOT NULL")
        assert (troubled, unsent) == ([], [])


async def walked(hub: WholeHub, device: Device, *, kiosk: bool) -> None:
    """Open what there is to open; whoever works here begins with the first page."""
    if kiosk:
        await device.shows("Hei! Her kan du be om en samtale.")
    else:
        for word in ("/start", "/idag", "/lapper", "/hjelp"):
            await device.say(word)
    pressed: Counter[str] = Counter()
    for _ in range(PRESSES):
        await hub.settled()
        fresh = [(message["id"], data) for message in await device.messages() for data in data_of(message, "")]
        fresh = [(number, data) for number, data in fresh if not pressed[data.partition(":")[0]]]
        if not fresh:
            return
        number, data = fresh[-1]
        pressed[data.partition(":")[0]] += 1
        await device.press_raw(number, data)
    await hub.settled()
