"""What README and docs say is true: the drawing is the rules, the commands run, the links lead somewhere."""

import asyncio
import re
import tomllib
from pathlib import Path

import pytest

from bot import app, hubfile
from bot.cli import main, parser
from bot.config import DEFAULT_KIOSK_PORT, DEFAULT_PORT, from_environment
from bot.demo.files import HUB
from bot.domain.notices.notices import NOTICE_MOVES
from bot.domain.people import STAFF, Role
from bot.domain.slips.slips import SLIP_MOVES
from bot.domain.theme_nights.checks import MOST_SEATS
from bot.domain.theme_nights.sign_ups import SIGN_UP_MOVES
from bot.domain.theme_nights.theme_nights import THEME_NIGHT_MOVES
from handlers import tables
from handlers.chat.menus import commands_for
from handlers.chat.words import words
from tests.catalogues import INMATES, read
from tests.hub.devices import join
from tests.hub.front_door import opened
from tests.hub.whole_hub import new_hub

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMAND = re.compile(r"\.venv/bin/samtalelapp ([^\n`]+)")
TOKEN = "SAMTALELAPP_TELEGRAM_TOKEN"


def test_the_drawing_of_a_slips_life_is_the_table_of_its_moves() -> None:
    drawn = re.findall(r"^    (\w+) --> (\w+): (\w+)$", README, re.MULTILINE)
    assert set(drawn) == {(start, end, move) for start, moves in SLIP_MOVES.items() for move, end in moves.items()}


def test_the_drawings_of_the_other_lives_are_the_tables_of_their_moves() -> None:
    page = (ROOT / "docs" / "lifecycles.md").read_text("utf-8")
    drawn = re.findall(r"^    (\w+) --> (\w+): (\w+)$", page, re.MULTILINE)
    tables = (THEME_NIGHT_MOVES, SIGN_UP_MOVES, NOTICE_MOVES)
    meant = [(start, end, move) for table in tables for start, moves in table.items() for move, end in moves.items()]
    assert sorted(drawn) == sorted((str(start), str(end), str(move)) for start, end, move in meant)


def test_every_command_in_the_readme_is_understood() -> None:
    commands = [found.split() for found in COMMAND.findall(README)]
    assert [parser().parse_args(command).command is not None for command in commands] == [True] * 9


def test_what_is_shown_of_hub_yaml_for_theme_nights_is_the_demos() -> None:
    page = (ROOT / "docs" / "operations.md").read_text("utf-8").partition("## Rooms for theme nights")[2]
    shown = page.partition("```yaml\n")[2].partition("```")[0].splitlines()
    assert [line for line in shown if line not in HUB.read_text("utf-8").splitlines()] == []
    words = re.findall(r"^\| `(\w+)` of a (unit|room)", page, re.MULTILINE)
    known = {
        "unit": next(iter(hubfile.read_hub(HUB).hub.units.values())),
        "room": hubfile.read_hub(HUB).hub.rooms["R6"],
    }
    assert [word for word, of in words if not hasattr(known[of], word)] == []
    assert len(words) == 4
    assert f"up to {MOST_SEATS} |" in page


def test_every_make_target_in_the_docs_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"^make (\w+)|`make (\w+)", page.read_text("utf-8"))}
    assert {first or second for first, second in named} <= targets


def placed(command: str, data: Path) -> list[str]:
    """Return a command's words, with a folder of the test's where the README has one."""
    return [str(data) if word == "data" else word for word in command.split()]


def test_the_commands_for_a_hub_of_ones_own_do_what_they_say(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    section = README.partition("## Run a hub of your own")[2].partition("### In a container")[0]
    check, init, kiosk, adviser, start = (placed(each, tmp_path / "data") for each in COMMAND.findall(section))
    assert [main(command) for command in (check, init)] == [0, 0]
    capsys.readouterr()
    assert [main(command) for command in (kiosk, adviser)] == [0, 0]
    told = capsys.readouterr()
    codes = re.findall(r"^  ([0-9A-Z-]+)$", told.out, re.MULTILINE)
    assert (len(codes), told.err) == (2, "")
    asyncio.run(lets_both_in(start, *codes))
    folder = section.partition("The folder has ")[2].partition(".\n")[0]
    assert {file.name for file in (tmp_path / "data").iterdir()} == {
        "house.db",
        "hub.yaml",
        "recordings",
        "samtalelapp.db",
        "samtalelapp.key",
    }
    assert [
        word for word in ("database", "chats", "hub.yaml", "recordings", "samtalelapp.key") if word not in folder
    ] == []
    doors = re.findall(r"<http://127\.0\.0\.1:(\d+)(?:/board)?>", section)
    assert sorted({int(port) for port in doors}) == [DEFAULT_PORT, DEFAULT_KIOSK_PORT]


async def lets_both_in(start: list[str], kiosk: str, adviser: str) -> None:
    async with opened(*start) as hub:
        await (await hub.kiosk(kiosk)).shows("Her kan du be om en samtale")
        assert (await join(hub.http, adviser)).status_code == 200
        assert [chat["title"] for chat in (await hub.http.get("/client/chats")).json()] == ["N1"]
        assert (await hub.http.get(f"{hub.addresses[1]}board")).status_code == 200
        assert (await hub.interrupt()).code == 0


def test_the_commands_for_telegram_do_what_they_say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    section = README.partition("### With Telegram")[2].partition("### With e-mail")[0]
    start, invite = (placed(each, tmp_path) for each in COMMAND.findall(section))
    asyncio.run(new_hub(tmp_path))
    assert main(invite) == 0
    said = capsys.readouterr()
    assert re.fullmatch(r"Within 15 minutes, N1 writes to the bot:\n  /start \S+\n", said.out)
    assert (parser().parse_args(start).data, said.err) == (tmp_path, "")
    assert f"export {TOKEN}=" in section
    assert from_environment({TOKEN: "1:a"})["telegram_token"] == "1:a"


def test_what_an_adviser_can_write_is_what_stands_in_the_menu() -> None:
    told = README.partition("What they can write stands in the menu of the chat:")[2].partition(").")[0]
    own, others = ([name.removeprefix("/") for name in re.findall(r"`(/\w+)`", part)] for part in told.split("(or"))
    zone = hubfile.read_hub(HUB).hub.zone
    for names, language in ((own, "nb"), (others, "en")):
        known = commands_for(tables.HANDLERS, Role.PROVIDER, words(language, zone))
        assert sorted(names) == sorted(name for name, _description in known)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_picture_is_shown_and_every_picture_that_is_shown_is_there() -> None:
    shown = {name for page in PAGES for name in re.findall(r"screenshots/([\w-]+\.png)\)", page.read_text("utf-8"))}
    assert shown == {picture.name for picture in (ROOT / "docs" / "screenshots").iterdir()}


def test_every_role_has_its_line_with_somebody_who_has_it_in_the_demo() -> None:
    table = README.partition("## What it is")[2].partition("## How it works")[0]
    named = re.findall(r"^\| [^|]*\(`([\w-]+)`\) \|", table, re.MULTILINE)
    roles = {person.id: person.role for person in hubfile.read_hub(HUB).staff}
    assert {roles[each] for each in named} == {role for role in Role if role & STAFF}


def test_the_words_to_press_in_the_walk_through_are_on_the_screens() -> None:
    steps = README.partition("## Try it")[2].partition("## What it is")[0]
    words = set(re.findall(r"\*([A-ZÆØÅ][^*]+)\*", steps.replace("**", "")))
    page = "".join(file.read_text("utf-8") for file in (ROOT / "bot" / "gateway" / "doors" / "static").iterdir())
    jumps = (ROOT / "bot" / "demo" / "routes.py").read_text("utf-8")
    catalogue = "".join(file.read_text("utf-8") for file in (ROOT / "locales" / "nb" / "LC_MESSAGES").iterdir())
    known = page + jumps + catalogue + HUB.read_text("utf-8")
    assert {each for each in words - {"Avdeling A"} if each not in known} == set()
    assert len(words) > 10


def test_the_documented_exit_codes_are_those_of_the_code() -> None:
    table = (ROOT / "docs" / "operations.md").read_text("utf-8").partition("## Exit codes")[2].partition("## ")[0]
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}
    assert documented == {0, 2, *app.FAULTS.values(), app.BROKEN}


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = [
        *project["project"]["dependencies"],
        *(each for extra in project["project"]["optional-dependencies"].values() for each in extra),
        *project["build-system"]["requires"],
    ]
    lines = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    named = [name.lower() for name in re.findall(r"^\| ([\w.-]+) \|", lines, re.MULTILINE) if name != "package"]
    assert sorted(named) == sorted({re.split(r"[<>=;\[ ]", each)[0].lower() for each in asked})
    licensed = re.findall(r"^\| ([\w.-]+) \| [A-Z][\w.-]+(?: (?:and|or) [\w.-]+)? \|", lines, re.MULTILINE)
    assert [name.lower() for name in licensed] == named


def test_how_many_sentences_a_new_language_costs_is_said_to_whoever_translates() -> None:
    said = re.search(r"`inmates\.po`, some (\d+) sentences", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert said is not None
    assert abs(len(read("nb", INMATES)) - int(said[1])) <= 15
