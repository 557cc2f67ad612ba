"""The menus: every command in one can be used by who reads it, has its words, and fits a chat network's limits."""

import json
import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.people import SCREEN, STAFF, Person, Role
from bot.store import people
from handlers.chat.menus import commands_for
from handlers.chat.words import words
from handlers.tables import HANDLERS
from tests import catalogues
from tests.handlers.staff.test_staff import person_page
from tests.hub.whole_hub import WholeHub, whole_hub

OSLO = ZoneInfo("Europe/Oslo")
EACH = [role for role in Role if role is not Role.NOBODY]
LANGUAGES = catalogues.STAFF.whole
CATALOGUES = {language: catalogues.read(language, catalogues.STAFF) for language in LANGUAGES}


def told(role: Role, language: str) -> list[tuple[str, str]]:
    return commands_for(HANDLERS, role, words(language, OSLO))


@pytest.mark.parametrize("role", EACH, ids=lambda role: role.name.lower())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_in_a_menu_is_one_that_its_reader_may_use(role: Role, language: str) -> None:
    for name, _ in told(role, language):
        taking = [each for each in HANDLERS if each.pattern and not each.pressed and each.what.split()[0] == f"/{name}"]
        assert [each.what for each in taking if each.may & role], name


@pytest.mark.parametrize("role", EACH, ids=lambda role: role.name.lower())
def test_a_typed_command_of_a_menu_has_a_line_that_takes_it(role: Role) -> None:
    names = [name for language in LANGUAGES for name, _ in told(role, language) if role is not Role.STRANGER]
    lines = [line for line in HANDLERS if line.pattern and not line.pressed and line.may & role]
    assert [name for name in names if not any(line.pattern.match(f"/{name}") for line in lines if line.pattern)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_description_is_there_and_fits(language: str) -> None:
    described = {line.menu for line in HANDLERS if line.menu}
    catalogue = CATALOGUES[language]
    assert {each for each in described if not (each in catalogue and catalogue[each].string)} == set()
    for role in EACH:
        menu = told(role, language)
        assert len(menu) <= 100
        assert [name for name, _ in menu if not re.fullmatch("[a-z0-9_]{1,32}", name)] == []
        assert [text for _, text in menu if not 1 <= len(text) <= 30] == []
        assert len(dict(menu)) == len(menu)


def test_a_menu_is_in_the_readers_language_with_the_names_of_that_language() -> None:
    assert told(Role.PROVIDER, "nb") == [
        ("meny", "Startside"),
        ("idag", "Dagens samtaler"),
        ("lapper", "Det som venter på deg"),
        ("kode", "Kode til en annen enhet"),
        ("hjelp", "Slik virker det"),
    ]
    assert told(Role.PROVIDER, "nn") == [
        ("meny", "Startside"),
        ("idag", "Samtalane i dag"),
        ("lapper", "Det som ventar på deg"),
        ("kode", "Kode til ei anna eining"),
        ("hjelp", "Slik verkar det"),
    ]
    assert told(Role.PROVIDER, "en") == [
        ("menu", "Start page"),
        ("today", "Today's talks"),
        ("slips", "What waits for you"),
        ("code", "A code for another device"),
        ("help", "How this works"),
    ]


def test_a_stranger_can_only_join_and_a_kiosk_has_no_commands() -> None:
    assert told(Role.STRANGER, "en") == [("start", "Join with your one-time code")]
    assert [told(role, "nb") for role in EACH if role & SCREEN] == [[], []]
    assert [role for role in EACH if role & STAFF and not told(role, "nb")] == []


async def menu(hub: WholeHub, title: str) -> list[str]:
    found: dict[str, Any] = (await hub.http.get(f"/client/chats/{hub[title].chat}")).raise_for_status().json()
    return [each["command"] for each in found["commands"]]


async def menus_are_shown(hub: WholeHub) -> None:
    await hub.until_rows("SELECT chat_id FROM menus WHERE shown IS NULL OR shown <> wanted", [])


async def test_every_chat_of_the_staff_has_its_menu_when_the_hub_has_started(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await menus_are_shown(hub)
        assert await menu(hub, "N1") == ["meny", "idag", "lapper", "kode", "hjelp"]
        assert await menu(hub, "K-A") == []


async def test_a_menu_follows_language_and_role_and_goes_with_the_account(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await menus_are_shown(hub)
        async with hub.running.database.transaction() as tx:
            auditor = Person("N2", Role.AUDITOR, "Noen", "en")
            await people.add_person(tx, auditor)
            await tx.run("DELETE FROM accounts WHERE person = 'N3'")
        await hub["N1"].say("/kode")
        code = (await hub["N1"].shows("/start "))["text"].partition("/start ")[2].split()[0]
        await hub["N1"].say(f"/start {code}")
        await hub["N1"].shows("Velkommen!")
        await menus_are_shown(hub)
        assert await menu(hub, "N2") == ["menu", "code", "help"]
        chats = f"({hub['N2'].chat}, {hub['N3'].chat})"
        assert len(await hub.rows(f"SELECT wanted FROM menus WHERE chat_id IN {chats}")) == 1


async def test_a_chat_that_is_made_for_a_browser_has_its_menu_at_once(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await menus_are_shown(hub)
        async with hub.running.database.transaction() as tx:
            await tx.run("DELETE FROM accounts WHERE person = 'G1'")
        await person_page(hub["TK1"], "Rådgiver", "G1")
        await hub["TK1"].press("🖥️ Nettleserkode")
        await hub["TK1"].shows("Nettleserkode til G1")
        await menus_are_shown(hub)
        [found] = await hub.rows(
            "SELECT m.shown FROM menus m JOIN accounts a ON a.network = m.network AND a.chat_id = m.chat_id"
            " WHERE a.person = 'G1'"
        )
        assert [each["command"] for each in json.loads(found["shown"])] == ["meny", "idag", "lapper", "kode", "hjelp"]


async def test_the_menu_outlives_the_hub_and_is_not_set_twice(tmp_path: Path) -> None:
    async with whole_hub(tmp_path) as hub:
        await menus_are_shown(hub)
    async with whole_hub(tmp_path) as hub:
        assert await menu(hub, "N1") == ["meny", "idag", "lapper", "kode", "hjelp"]
        assert await hub.rows("SELECT chat_id FROM menus WHERE shown IS NULL OR shown <> wanted") == []
