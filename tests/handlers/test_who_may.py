"""Every line of every handler table, pressed by everybody who may not: refused, noted, and nothing is changed."""

import json
import re
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.people import STAFF, Person, Role
from bot.domain.slips import Reason
from bot.store import people
from handlers.table import Line
from handlers.tables import HANDLERS
from tests.whole_hub import Device, WholeHub, data_of, whole_hub

EXAMPLES = {
    "slip": "FJ-110",
    "slot": "nav.N1.R1.2701141000",
    "revision": "1",
    "step": "1",
    "page": "1",
    "service": "nav",
    "topic": "klage",
    "unit": "A",
    "language": "en",
    "token": "aB3-_",
    "reason": str(Reason.ILL),
    "code": "AAAAAAAAAAAAAAAAAAAAAA",
    "person": "N1",
    "inmate": "A01",
    "kiosk": "K-A",
    "prison": "FJ",
    "day": "2027-01-14",
    "hour": "10",
    "number": "90",
    "word": "PROVIDER",
    "tick": "not_found",
    "setting": "retention_days",
}
EACH: list[Role] = [role for role in Role if role is not Role.NOBODY]
FIRST_CHAT = 900


def example(line: Line) -> str:
    """Return a press, or a message, that this line takes."""
    made = re.sub(r"\{(\w+)\}", lambda found: EXAMPLES[found[1]], line.what)
    assert line.pattern is not None
    assert line.pattern.match(made), f"{made!r} is no example of {line.what!r}"
    return made


def lines_refused_to(role: Role, *, pressed: bool) -> list[Line]:
    return [line for line in HANDLERS if line.pattern and line.pressed is pressed and not line.may & role]


def refusal_of(role: Role, line: Line) -> str:
    if role is Role.STRANGER:
        return "UnknownAccount"
    if role is Role.INMATE and line.may & Role.KIOSK:
        return "Stale"
    return "SignedOut" if role is Role.KIOSK and line.may & Role.INMATE else "NotAllowed"


def noted(line: Line) -> str:
    return example(line).partition(":")[0] if line.pressed else "message"


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path) as running:
        yield running


async def standing_as(hub: WholeHub, role: Role) -> Device:
    """Return a device at which somebody with this role stands, with a message of ours to press."""
    if role is Role.KIOSK:
        return hub["K-A"]
    if role is Role.INMATE:
        await hub["K-A"].sign_in("A01", "2101")
        await hub["K-A"].shows("Hvem vil du snakke med?")
        return hub["K-A"]
    assert hub.running.house is not None
    chat = FIRST_CHAT + EACH.index(role)
    await hub.running.house.open_chat(chat, str(role.name), "staff")
    if role & STAFF:
        services = frozenset({"nav"}) if role & (Role.PROVIDER | Role.SOCIAL_ADVISER) else frozenset()
        async with hub.running.database.transaction() as tx:
            await people.add_person(tx, Person(f"X{chat}", role, "Noen", "nb", services, frozenset("ABC")))
            await people.link_person(tx, "house", chat, f"X{chat}")
    device = Device(hub.http, chat)
    await device.say("hva nå")
    await device.until(lambda each: each["sender"] == "bot", "an answer")
    return device


async def refusals(hub: WholeHub) -> list[tuple[str, str]]:
    rows = await hub.rows("SELECT action, about, outcome FROM audit ORDER BY id")
    return [(row["about"], row["outcome"]) for row in rows if row["action"] == "refused"]


async def others(hub: WholeHub) -> list[str]:
    rows = await hub.rows("SELECT action FROM audit WHERE action <> 'refused' ORDER BY id")
    return [row["action"] for row in rows]


@pytest.mark.parametrize("role", EACH, ids=lambda role: role.name.lower())
async def test_whoever_may_not_is_refused_at_every_line_and_no_row_changes(hub: WholeHub, role: Role) -> None:
    device = await standing_as(hub, role)
    await hub.settled()
    message = (await device.messages())[-1]
    rows, done, so_far = await hub.domain(), await others(hub), len(await refusals(hub))
    refused = lines_refused_to(role, pressed=True)
    for line in refused:
        await device.press_raw(message["id"], example(line))
    typed = lines_refused_to(role, pressed=False)
    for line in typed:
        await device.say(example(line))
    await hub.settled()
    assert await hub.domain() == rows
    assert await others(hub) == done
    expected = Counter((noted(line), refusal_of(role, line)) for line in [*refused, *typed])
    assert Counter((await refusals(hub))[so_far:]) == expected
    assert sum(expected.values()) > 0


def test_every_line_says_who_may_and_all_but_two_refuse_somebody() -> None:
    assert [line.what for line in HANDLERS if line.may is Role.NOBODY] == []
    for_everybody = [line.what for line in HANDLERS if all(line.may & role for role in EACH)]
    assert for_everybody == ["/start {code}", "anything"]


def test_only_who_is_signed_in_may_do_anything_with_an_own_slip() -> None:
    own = [line for line in HANDLERS if line.what.startswith(("send", "slip", "withdraw", "again", "close", "mine"))]
    assert {line.may for line in own} == {Role.INMATE}


def test_only_advisers_and_a_coordinator_on_the_phone_may_do_anything_with_a_card() -> None:
    verbs = {"card", "times", "where", "forward", "set", "held", "reasons", "missed", "accept", "decline"}
    verbs |= {"cancel", "later", "extend", "answers", "answer", "undo"}
    cards = [line for line in HANDLERS if "{slip}" in line.what and line.what.partition(":")[0] in verbs]
    assert {line.what.partition(":")[0] for line in cards} == verbs
    assert {line.may for line in cards} == {Role.PROVIDER | Role.SOCIAL_ADVISER | Role.COORDINATOR}


def test_no_press_fits_two_lines() -> None:
    presses = {line.what: example(line) for line in HANDLERS if line.pattern and line.pressed}
    takers = {
        what: [line.what for line in HANDLERS if line.pressed and line.pattern and line.pattern.match(data)]
        for what, data in presses.items()
    }
    assert takers == {what: [what] for what in presses}


def test_every_press_fits_the_64_bytes_of_a_button() -> None:
    longest = {**EXAMPLES, "slip": "FJO-9999999", "revision": "999999", "step": "9" * 9, "slot": "s" * 36}
    sizes = {line.what: len(re.sub(r"\{(\w+)\}", lambda at: longest[at[1]], line.what)) for line in HANDLERS}
    assert {what for what, size in sizes.items() if size > 64} == set()


async def test_the_buttons_that_are_shown_are_all_in_the_tables(hub: WholeHub) -> None:
    await hub.settled()
    shown = json.dumps([await device.messages() for device in hub.devices.values()])
    data = set(re.findall(r'"data": "([^"]+)"', shown))
    taken = [line.pattern for line in HANDLERS if line.pressed and line.pattern]
    assert {each for each in data if not any(pattern.match(each) for pattern in taken)} == set()
    assert data_of((await hub["K-A"].messages())[0], "Avdeling A") == ["unit:A"]
