"""Every line of every handler table, pressed by everybody who may not: refused, noted, and nothing is changed."""

import json
import re
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.people import ADVISERS, ANSWERERS, CARERS, SCREEN, STAFF, Person, Role
from bot.domain.slips.slips import Reason
from bot.store import chats, people
from handlers.chat.lines import EVERYBODY, Line
from handlers.tables import HANDLERS
from tests.hub.whole_hub import Device, WholeHub, data_of, whole_hub

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
    "languages": "nb-ar",
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
WHO_MAY: list[tuple[Role, str]] = [
    (
        Role.KIOSK,
        "unit:{unit}",
    ),
    (
        Role.INMATE,
        "home · more · resume · send_later · throw_away:{step} · ask:{service} · "
        "topic:{service}:{topic} · review · times:{step} · "
        "wish:{step}:{slot} · any_time:{step} · anyone:{step} · send:{step} · mine · slip:{slip} · "
        "withdraw:{slip} · withdraw:{slip}:{revision} · we_talked:{slip}:{revision} · "
        "no_talk:{slip}:{revision} · again:{slip}:{revision} · close:{slip}:{revision} · "
        "yes:{slip}:{revision} · no:{slip}:{revision} · other:{slip} · propose:{slip}:{slot}:{revision} · "
        "cannot:{slip} · why:{slip} · not_coming:{slip}:{reason}:{revision} · take_back:{slip}:{revision} · "
        "join:{number} · leaving:{number} · leave:{number}:{revision} · seat_yes:{number}:{revision} · "
        "seat_no:{number}:{revision} · instead:{number} · notice_ask:{number} · new_pin",
    ),
    (
        Role.SOCIAL_ADVISER,
        "sort · sort:{slip}:{revision} · sort:{slip}:{service}:{revision} · cells",
    ),
    (
        Role.OFFICER,
        "walks · walks:{day} · tick:{slip}:{revision}:{word}:{tick}",
    ),
    (
        Role.OFFICER | Role.COORDINATOR,
        "open_screen:{kiosk}:{number}",
    ),
    (
        Role.COORDINATOR,
        "phone:{slip} · calls:{slip}:{person}:{revision} · today:{prison} · "
        "open_here:{kiosk}:{number}:{prison} · queue:{word}:{prison} · "
        "week:{prison} · week:{prison}:{day} · session:{slot}:{prison} · session_off:{slot}:{prison} · "
        "off:{slot}:{reason}:{word}:{prison} · session_new:{prison} · session_move:{slot}:{prison} · "
        "session_say:{step}:{word} · session_back:{step} · session_done:{step}:{word} · inmates · "
        "inmates:{unit}:{page} · "
        "poster:{number} · poster:{number}:{languages} · make_poster:{number}:{languages} · "
        "week_poster:{prison}:{day} · week_poster:{prison}:{day}:{languages} · "
        "make_week_poster:{prison}:{day}:{languages} · "
        "inmate:{inmate} · officer:{inmate} · officer:{inmate}:{person} · letter:{inmate} · letters · arrive · "
        "arrive_say:{step}:{word} · arrive_back:{step} · arrive_done:{step}:{word} · told_so_far:{number} · "
        "tell_pause:{number} · tell_on:{number} · tell_stop:{number} · tell_again:{number}:{person} · "
        "notice_desk · notice_desk:{page} · notice_new · notice_fix:{number} · notice_off:{number} · "
        "notice_off:{number}:{revision} · notice_told:{number} · notice_say:{step}:{word} · notice_back:{step} · "
        "notice_done:{step}:{word} · "
        "night_preview:{number} · "
        "night_preview_say:{step}:{word} · night_preview_done:{step}:{word} · "
        "night_decline:{number}:{revision} · night_off:{number} · night_off:{number}:{revision}:{word}",
    ),
    (
        Role.PROVIDER,
        "night_propose:{number}:{revision}",
    ),
    (
        Role.COORDINATOR | Role.PROVIDER,
        "all_nights · night_page:{number} · night_copy:{number} · night_sure:{number}:{word} · "
        "night_drop:{number}:{revision} · night_new · night_edit:{number} · night_edit:{number}:{word} · "
        "night_flip:{number}:{revision}:{word} · theme_night_say:{step}:{word} · "
        "theme_night_back:{step} · theme_night_done:{step}:{word}",
    ),
    (
        Role.DUTY_LEADER,
        "escorts · escorts:{day} · escorts:{prison}:{day}:{hour}:{word}:{number}",
    ),
    (
        Role.ADMIN,
        "role:{person}:{revision} · setting:{setting}:{number}:{step} · voices"
        " · language_read:{language} · language_again:{language}",
    ),
    (
        Role.AUDITOR,
        "log · log:{word}:{number}",
    ),
    (
        SCREEN,
        "start · urgent · languages · go_on · back:{page} · choose_again · forgotten · more_time · "
        "language:{language} · finish · "
        "here · here:{page} · rights · about:{service} · nights · "
        "night:{number} · notices · notices:{page} · pad:{token} · erase",
    ),
    (
        ADVISERS,
        "take:{slip}:{revision} · /slips · /lapper · my_day · my_slips",
    ),
    (
        CARERS,
        "/answers · /svar · answers · told:{slip}:{revision} · suits:{slip}:{revision} · "
        "suits_not:{slip}:{revision} · new_talk:{slip}:{revision} · behalf · behalf_page:{page} · "
        "behalf_for:{inmate} · behalf_no:{step} · behalf_say:{step}:{word} · "
        "behalf_back:{step} · behalf_done:{step}:{word} · pin · pin_page:{page} · pin_for:{inmate} · "
        "pin_seen:{step} · pin_away:{inmate} · evenings · told_night:{number}:{inmate}:{revision}",
    ),
    (
        Role.COORDINATOR | Role.ADMIN,
        "staff · staff:{word} · person:{person} · invite:{person} · scope:{person} · "
        "scope_service:{person}:{service}:{revision} · scope_unit:{person}:{unit}:{revision} · "
        "scope_service:{person}:{service}:{revision}:{number} · scope_unit:{person}:{unit}:{revision}:{number} · "
        "revoke:{person} · revoke:{person}:{revision}:{number} · "
        "hire_say:{step}:{word} · hire_back:{step} · hire · "
        "hire_done:{step}:{word} · devices · device_kiosk:{kiosk} · "
        "device_person:{person} · device_end:{number} · settings · setting:{setting}",
    ),
    (
        ANSWERERS,
        "card:{slip} · where:{slip}:{revision} · forward:{slip}:{service}:{revision} · "
        "times:{slip}:{revision} · set:{slip}:{slot}:{revision} · accept:{slip}:{revision} · "
        "decline:{slip}:{revision} · cancel:{slip}:{revision} · cancel:{slip}:{reason}:{revision} · "
        "held:{slip}:{revision} · reasons:{slip}:{revision} · missed:{slip}:{reason}:{revision} · "
        "later:{slip}:{revision} · extend:{slip}:{number}:{revision} · answers:{slip}:{revision} · "
        "answer:{slip}:{word}:{revision} · undo:{slip}:{revision}",
    ),
    (
        CARERS | Role.COORDINATOR,
        "sent · /sent · /sendt · paper · paper_say:{step}:{word} · "
        "paper_back:{step} · paper_done:{step}:{word} · night_list:{number} · "
        "seat_for:{number}:{inmate}:{revision}:{word} · join_for:{number} · join_page:{number}:{page} · "
        "join_for:{number}:{inmate} · join_yes:{step} · join_no:{step} · join_back:{step} · "
        "join_paper:{number} · unseat:{number} · unseat_page:{number}:{page} · unseat:{number}:{inmate} · "
        "unseat:{number}:{inmate}:{revision} · "
        "door:{number} · door_tick:{number}:{inmate}:{word} · walk_in:{number} · walk_in:{number}:{unit}:{page} · "
        "let_in:{number}:{inmate} · attendance:{number}",
    ),
    (
        ADVISERS | Role.OFFICER | Role.COORDINATOR | Role.DUTY_LEADER,
        "/today · /idag",
    ),
    (
        STAFF,
        "/start · /menu · /meny · doors · paper:done · code:done · put_back · /code · /kode · /help · /hjelp · help",
    ),
    (
        STAFF | SCREEN,
        "sheet:{page}",
    ),
    (
        EVERYBODY,
        "/start {code} · anything",
    ),
]
"""Which roles each line is meant for, written down a second time: a new line stands here too, or the test is red.

An own slip is for who is signed in alone, a card for advisers and for the coordinator who answers by phone.
"""
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
            await chats.link_person(tx, "house", chat, f"X{chat}")
    device = Device(hub.http, chat, house=hub.running.house)
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


def test_each_line_is_open_to_just_the_roles_that_it_is_meant_for() -> None:
    meant = {what: may for may, lines in WHO_MAY for what in lines.split(" · ")}
    assert {line.what: line.may for line in HANDLERS} == meant
    assert len(HANDLERS) == len(meant)


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
