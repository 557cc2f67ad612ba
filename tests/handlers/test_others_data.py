"""Every line that somebody may press, pressed for what is not theirs: another's slip, unit, prison, desk or kiosk."""

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.demo.files import OPENS
from bot.domain.chat.desks import Desk
from bot.domain.notices.notices import Notice, State
from bot.domain.people import Person, Role
from bot.domain.theme_nights.theme_nights import ThemeNight, Why
from bot.store import chats, people
from bot.store import desks as desk_rows
from bot.usecases.notices import notices
from bot.usecases.staff import devices
from bot.usecases.telling import broadcasts
from bot.usecases.theme_nights import sign_ups, theme_nights
from bot.usecases.timetable.sessions import seen
from handlers.chat.lines import FIELDS, Line
from handlers.staff import hiring
from handlers.tables import HANDLERS
from tests.handlers.test_who_may import EXAMPLES
from tests.hub.afternoon import AFTERNOON, STATES, as_inmate, as_staff, make_afternoon
from tests.hub.announcing import KEY, at_the_desk, tell
from tests.hub.evenings import ENDS, STARTS, a_draft, a_night, joins, standing_of
from tests.hub.whole_hub import Rows, WholeHub, whole_hub

FIRST_CHAT = 900
OWN_STEP, OTHERS_STEP = "7", "8"
EVERYWHERE = frozenset("ABC")
WHOSE = ("slip", "slot", "person", "inmate", "kiosk", "prison", "unit", "step")
"""The fields of a press that name somebody's data; ``number`` and ``word`` do so in the lines of ``NAMED`` alone."""

ABOUT_NIGHT, AT_DOOR, ELSEWHERE, CANCELLED, FOR_C = "1", "2", "6", "7", "8"
DRAFTS, PROPOSAL = ("3", "4"), "5"
"""Theme nights: a list, a door that is open, drafts of a coordinator and a provider, a proposal, another prison's, …"""

PLANNING = {
    **dict.fromkeys(
        ("night_page:{number}", "night_copy:{number}", "night_edit:{number}", "night_preview:{number}"), "PROVIDER"
    ),
    "night_edit:{number}:{word}": "seats",
    "night_flip:{number}:{revision}:{word}": "women",
    "night_sure:{number}:{word}": "drop",
    "night_off:{number}:{revision}:{word}": "few",
    **{f"night_{verb}:{{number}}:{{revision}}": "PROVIDER" for verb in ("drop", "propose", "decline")},
    **dict.fromkeys(("night_off:{number}", "poster:{number}"), "PROVIDER"),
    **{f"{verb}:{{number}}:{{languages}}": "PROVIDER" for verb in ("poster", "make_poster")},
}
"""What those who plan theme nights press of one of them, with the word that would fit."""

LISTING = {
    **{
        f"{verb}:{{number}}": ["came"] for verb in ("night_list", "join_for", "join_paper", "unseat", "door", "walk_in")
    },
    **{f"{verb}:{{number}}:{{page}}": ["came"] for verb in ("join_page", "unseat_page")},
    "attendance:{number}": ["came"],
    "door_tick:{number}:{inmate}:{word}": ["came", "not"],
    "walk_in:{number}:{unit}:{page}": ["came"],
    "let_in:{number}:{inmate}": ["came"],
}
"""What is pressed of a night's whole list, and at its door."""

NAMED = {
    "device_end:{number}": {"number": ["1"]},
    "arrive_say:{step}:{word}": {"word": ["A"]},
    "paper_say:{step}:{word}": {"word": ["A04", "B02"]},
    **{f"{task}_done:{{step}}:{{word}}": {"word": ["-"]} for task in ("behalf", "paper")},
    "session_say:{step}:{word}": {"word": ["R1"]},
    "night_preview_say:{step}:{word}": {"word": ["OFFICER", "see-OFFICER"]},
    "night_preview_done:{step}:{word}": {"word": ["2"]},
    "theme_night_say:{step}:{word}": {"word": ["20"]},
    "notice_ask:{number}": {"number": ["1"]},
    **{
        f"notice_{verb}": {"number": ["1"]}
        for verb in ("fix:{number}", "off:{number}", "off:{number}:{revision}", "told:{number}")
    },
    "notice_say:{step}:{word}": {"word": ["A"]},
    **{f"{verb}:{{number}}": {"number": ["1"]} for verb in ("told_so_far", "tell_pause", "tell_on", "tell_stop")},
    "tell_again:{number}:{person}": {"number": ["1"], "person": ["KB-A1"]},
    **{what: {"number": [ABOUT_NIGHT, *DRAFTS, PROPOSAL], "word": [word]} for what, word in PLANNING.items()},
    **{what: {"number": [ABOUT_NIGHT, AT_DOOR], "word": words} for what, words in LISTING.items()},
    **{f"{verb}:{{number}}": {"number": [*DRAFTS, PROPOSAL, FOR_C]} for verb in ("night", "join", "leaving")},
    "told_night:{number}:{inmate}:{revision}": {"number": [ABOUT_NIGHT]},
    "seat_for:{number}:{inmate}:{revision}:{word}": {"number": [ABOUT_NIGHT], "word": ["yes", "no"]},
    "join_for:{number}:{inmate}": {"number": [ABOUT_NIGHT]},
    "unseat:{number}:{inmate}": {"number": [ABOUT_NIGHT]},
    "unseat:{number}:{inmate}:{revision}": {"number": [ABOUT_NIGHT]},
    **{f"{verb}:{{number}}:{{revision}}": {"number": [ABOUT_NIGHT]} for verb in ("leave", "seat_yes", "seat_no")},
    "instead:{number}": {"number": [CANCELLED]},
}
DATES = {"day": "2027-01-20", "hours": "1200-1400", "minutes": "30"}
SESSION = {"prison": "NV", "service": "nav", "adviser": "N1", "room": "R1", **DATES}
NOTICE = {
    "prison": "NV",
    "style": "plain",
    "text_nb": "Gymsalen er stengt",
    "text_en": "The gym is closed",
    "units": ["N"],
    "staff": [],
    "audience": "done",
    "starts": "now",
    "ends": "2027-01-20",
}
NEW = {"number": "A77", "unit": "A", "alias": "Kvist", "language": "nb", "officer": "-", "escort": 0}
PAPER = {"page": "home", "count": 0, "written": "2027-01-13T09:00:00+00:00", "day": "2027-01-13"}
HIRED = {
    "role": "PROVIDER",
    "services": ["nav"],
    "services_marked": hiring.DONE,
    "units": ["A"],
    "units_marked": hiring.DONE,
}
SEEING = {"night": 5, "groups": [], "seen": "screen_nb"}
CHANGING = {
    "night": 4,
    "ask": ["seats"],
    "was": {"seats": 20},
    "kept": {"prison": "FJ", "day": "2027-01-26", "hours": "1800-1930", "units": ["A", "B"], "room": "R6", "seats": 20},
    "marked": [],
    "women": False,
}
DESKS = {
    "behalf_done:{step}:{word}": Desk("behalf", 7, {"inmate": "A04", "consent": "oral", "service": "gjeld"}),
    "paper_say:{step}:{word}": Desk("paper", 7, PAPER),
    "paper_done:{step}:{word}": Desk("paper", 7, {**PAPER, "inmate": "A04", "service": "gjeld"}),
    "join_yes:{step}": Desk("join", 7, {"night": 1, "inmate": "A04"}),
    "pin_seen:{step}": Desk("pin", 7, {"inmate": "A04"}),
    "arrive_say:{step}:{word}": Desk("arrive", 7, {}),
    "arrive_done:{step}:{word}": Desk("arrive", 7, NEW),
    "hire_done:{step}:{word}": Desk("hire", 7, HIRED),
    "session_say:{step}:{word}": Desk("session", 7, {key: SESSION[key] for key in ("prison", "service", "adviser")}),
    "session_done:{step}:{word}": Desk("session", 7, SESSION),
    "notice_say:{step}:{word}": Desk("notice", 7, {**NOTICE, "audience": None}),
    "notice_done:{step}:{word}": Desk("notice", 7, {**NOTICE, "prison": "FJ"}),
    **{f"night_preview_{verb}:{{step}}:{{word}}": Desk("night_preview", 7, SEEING) for verb in ("say", "done")},
    **{f"theme_night_{verb}": Desk("theme_night", 7, CHANGING) for verb in ("say:{step}:{word}", "back:{step}")},
}
"""A task that is as far as the line's page, and about somebody else's data: its last press is refused as well."""

NOBODYS = {
    Role.ADMIN: "an administrator takes care of everybody of the staff, of every kiosk and setting, and sees no slip",
    Role.AUDITOR: "the auditor reads the whole log, which holds no words of anybody",
}
"""The roles whose lines know no foreign data."""

ABOUT_NOBODY = {
    "pin_away:{inmate}": "takes the pressed message off one's own screen, whatever it names",
    "hire_say:{step}:{word}": "fills in one's own form; it is judged when it is sent",
    "home:{page}": "turns the pages of the hub's services",
}


@dataclass(frozen=True)
class Presser:
    """Somebody with a role and a scope, and what is outside it; ``theirs`` are lines that are about their own data."""

    name: str
    person: Person | None
    slips: tuple[str, ...]
    foreign: dict[str, list[str]] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)
    listed: tuple[str, ...] = ()
    nights: tuple[str, ...] = ()
    """The nights whose list, and whose plan, is outside it, where that is not every night."""

    @property
    def role(self) -> Role:
        if self.person:
            return self.person.role
        return Role.INMATE if self.slips else Role.KIOSK


def staff(name: str, role: Role, units: frozenset[str], *services: str) -> Person:
    return Person(name, role, "Noen", "nb", frozenset(services), units)


ALL = tuple(STATES)
NAVS = ("FJ-103", "FJ-106", "FJ-108", "FJ-110")
NORTH = frozenset("N")
SESSIONS = ["nav.N1.R1.2701210800", "nav.N1.R1.2701140800"]
FJORDHEIM = {
    "slot": SESSIONS,
    "person": ["N1", "KB-A1"],
    "inmate": ["A04"],
    "kiosk": ["K-A"],
    "prison": ["FJ"],
    "unit": ["A"],
}
SEEN = {"person:{person}": {"person": ["KB-A1"]}}
"""Somebody who works in a unit of theirs and in others stands in a coordinator's list; changing them is refused."""

COLLEAGUES = {"card:{slip}": "a colleague of the same service may read it, and sees who has it"}
GONE = dict.fromkeys(("night:{number}", "leaving:{number}"), "whoever reads here is told that it is not there")
PRESSERS = [
    Presser("kiosk", None, (), {"unit": ["N"]}, GONE),
    Presser("inmate", None, ALL, {"slot": SESSIONS}, GONE),
    Presser("adviser of another service", staff("X1", Role.PROVIDER, EVERYWHERE, "frivillig"), ALL),
    Presser("adviser of another unit", staff("X2", Role.PROVIDER, NORTH, "nav", "gjeld", "bolig", "sos"), ALL),
    Presser("colleague", staff("X3", Role.PROVIDER, EVERYWHERE, "nav"), NAVS, theirs=COLLEAGUES),
    Presser("social adviser", staff("X4", Role.SOCIAL_ADVISER, NORTH, "sos"), ALL, {"inmate": ["A04", "B02"]}),
    Presser(
        "officer", staff("X5", Role.OFFICER, frozenset("AB")), ALL, {"inmate": ["A04", "B02"]}, listed=(ELSEWHERE,)
    ),
    Presser("coordinator", staff("X6", Role.COORDINATOR, NORTH), ALL, FJORDHEIM),
    Presser("duty leader", staff("X7", Role.DUTY_LEADER, NORTH), ALL, FJORDHEIM),
    Presser("administrator", staff("X8", Role.ADMIN, frozenset()), ALL),
    Presser("auditor", staff("X9", Role.AUDITOR, frozenset()), ALL),
]
REVISIONS = (
    "SELECT code AS key, revision FROM slips UNION ALL SELECT id, revision FROM people"
    " UNION ALL SELECT 'night:' || id, revision FROM theme_nights"
    " UNION ALL SELECT 'notice:' || id, revision FROM notices"
    " UNION ALL SELECT night || '/' || inmate, revision FROM sign_ups"
)
SECRET = "Hemmelig gjest"
ALIASES = rf"{SECRET}|\b(?:Bjørk|Rogn|Selje|Osp|Lønn|Eik|Alm|Hassel|Mose|Skar)\b"
TOPICS = "Et sted å bo|ID-papirer|Arbeid og tiltak|Penger til å leve|Brev jeg har fått|Vi har sendt deg et brev"
NUMBERS = r"\b(?:A0[3-8]|A1[04]|B02|B13|FJ-1\d\d)\b"
WORDS, CANARIES = re.compile(f"{ALIASES}|{TOPICS}"), re.compile(f"{ALIASES}|{TOPICS}|{NUMBERS}")


def own_lines(presser: Presser) -> list[Line]:
    return [line for line in HANDLERS if line.pattern and line.may & presser.role]


def fields_of(line: Line) -> list[str]:
    return re.findall(r"\{(\w+)\}", line.what)


def names_somebody(line: Line) -> bool:
    return line.what not in ABOUT_NOBODY and (line.what in NAMED or bool(set(fields_of(line)) & set(WHOSE)))


def named_by(line: Line, chosen: dict[str, str]) -> str:
    """Name what a press is about, as its revision is kept."""
    about = chosen.get("slip") or chosen.get("inmate") or chosen.get("person")
    verb = line.what.partition("_")[0]
    if "number" not in chosen:
        return about or ""
    if verb in {"night", "notice"}:
        return f"{verb}:{chosen['number']}"
    return f"{chosen['number']}/{about}"


def foreign_presses(presser: Presser, line: Line, revisions: dict[str, int]) -> Iterator[str]:
    """Write every press of a line that names what is not the presser's, as it would fit if it were."""
    outside = {
        **presser.foreign,
        "slip": list(presser.slips),
        "step": [OTHERS_STEP],
        **{**NAMED, **SEEN}.get(line.what, {}),
        **({"number": list(presser.listed)} if line.what in LISTING and presser.listed else {}),
        **({"number": list(presser.nights)} if line.what in PLANNING and presser.nights else {}),
    }
    if line.what in DESKS:
        outside["step"] = [OWN_STEP]
    if line.what.startswith("off:"):
        outside["word"] = [seen([])]
    if line.what.startswith("session_done:"):
        outside["word"] = [seen([])]
    names = fields_of(line)
    for values in product(*(outside.get(name, [EXAMPLES[name]]) for name in names)):
        chosen = dict(zip(names, values, strict=True))
        chosen["revision"] = str(revisions.get(named_by(line, chosen), 1))
        data = re.sub(r"\{(\w+)\}", lambda found: chosen[found[1]], line.what)  # noqa: B023  used at once
        assert line.pattern
        assert line.pattern.match(data), data
        yield data


def in_unit_b(now: datetime) -> Notice:
    """Return a notice with which nobody of another unit asks for a talk, and which no other prison changes."""
    texts = {"nb": "Vi er her i dag", "en": "We are here today"}
    until = now + timedelta(days=1)
    return Notice(0, "FJ", State.PUBLISHED, 0, texts, ("B",), (), now, until, "TK1", now, service="nav")


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[WholeHub]:
    async with whole_hub(tmp_path, clock=MovableClock(OPENS, lambda: OPENS)) as running:
        night = await make_nights(running)
        await make_afternoon(running)
        await somebody_withdraws(running, night)
        async with as_staff(running, "TK1") as turn:
            await devices.join(turn, await devices.invite_kiosk(turn, "K-A"), kiosk=True)
            await notices.publish(turn, in_unit_b(turn.now))
        await announce_with_a_doubt(running, night)
        yield running


async def make_nights(hub: WholeHub) -> ThemeNight:
    """Let there be a theme night in every state, by a coordinator and by a provider, at two prisons."""
    week = {"starts": STARTS + timedelta(7), "ends": ENDS + timedelta(7)}
    soon = {"starts": AFTERNOON + timedelta(minutes=10), "ends": AFTERNOON + timedelta(minutes=70)}
    night = await a_night(hub, seats=2)
    door = await a_night(hub, **soon, closes=OPENS + timedelta(hours=3))
    for number in ("B02", "B13", "A04"):
        await joins(hub, night, number)
        await joins(hub, door, number)
    async with as_staff(hub, "TK1") as turn:
        await theme_nights.create(turn, a_draft(turn.now, **week, host=SECRET))
    async with as_staff(hub, "N1") as turn:
        await theme_nights.create(turn, a_draft(turn.now, **week, host=SECRET, made_by="N1"))
        proposal = await theme_nights.create(turn, a_draft(turn.now, **week, host=SECRET, made_by="N1"))
        await theme_nights.propose(turn, proposal.id, proposal.revision)
    await a_night(hub, prison="NV", units=("N",), room="NR", seats=8)
    off = await a_night(hub, starts=STARTS + timedelta(1), ends=ENDS + timedelta(1))
    await joins(hub, off, "B02")
    async with as_staff(hub, "TK1") as turn:
        await theme_nights.cancel(turn, off.id, off.revision, Why.FEW)
    await a_night(hub, starts=STARTS + timedelta(2), ends=ENDS + timedelta(2), units=("C",), room="R7", seats=8)
    return night


async def somebody_withdraws(hub: WholeHub, night: ThemeNight) -> None:
    """Let a seat become free, so that A04 has the offer of it."""
    async with as_inmate(hub, "B13", "K-B") as turn:
        await sign_ups.withdraw(turn, night.id, 1)
    assert await standing_of(hub, night, "A04") == "offered"


async def announce_with_a_doubt(hub: WholeHub, night: ThemeNight) -> None:
    """Let a night be announced, and nobody know whether an officer has read it."""
    async with at_the_desk(hub) as context:
        tell(context, await broadcasts.begin(context.turn, night.holder, ["KB-A1", "N1"], []), ["KB-A1", "N1"])
    await hub.settled()
    async with hub.running.database.transaction() as tx:
        await tx.run("UPDATE messages SET fault = 'doubt' WHERE carries IS NOT NULL AND key = :key", key=KEY)
    assert await hub.rows("SELECT COUNT(*) AS n FROM messages WHERE fault = 'doubt'") == [{"n": 2}]


@dataclass
class Desktop:
    """A chat in which somebody presses, in the hub's own process."""

    hub: WholeHub
    chat: int

    async def press(self, data: str) -> None:
        assert self.hub.running.house
        messages = self.hub.running.house.room(self.chat).messages.values()
        newest = [message.id for message in messages if message.sender == "bot"][-1]
        await self.hub.running.house.press(self.chat, newest, data)

    async def say(self, text: str) -> None:
        assert self.hub.running.house
        await self.hub.running.house.say(self.chat, text)

    def everything(self) -> str:
        assert self.hub.running.house
        return str(self.hub.running.house.chat(self.chat))


async def seated(hub: WholeHub, presser: Presser) -> Desktop:
    """Let the presser stand where they press."""
    if presser.person is None:
        if presser.role is Role.INMATE:
            await hub["K-A"].sign_in("A01", "2101")
            await hub["K-A"].shows("Hvem vil du snakke med?")
        return Desktop(hub, hub["K-A"].chat)
    assert hub.running.house
    await hub.running.house.open_chat(FIRST_CHAT, presser.person.id, "staff")
    async with hub.running.database.transaction() as tx:
        await people.add_person(tx, presser.person)
        await chats.link_person(tx, "house", FIRST_CHAT, presser.person.id)
    desktop = Desktop(hub, FIRST_CHAT)
    await desktop.say("/start")
    await hub.settled()
    return desktop


async def sits_down(hub: WholeHub, presser: Presser, desk: Desk) -> None:
    if presser.person:
        async with hub.running.turns.begin() as turn:
            await desk_rows.save(turn.tx, turn.keys, presser.person.id, desk)


def canaries_for(presser: Presser, line: Line) -> re.Pattern[str]:
    if line.what in DESKS:
        return re.compile(ALIASES)
    """Return what may not be shown: to whom may know a number or a code, only an alias and a topic are too much."""
    return WORDS if presser.role in NOBODYS or presser.theirs or line.what in DESKS else CANARIES


async def rows_of_others(hub: WholeHub, presser: Presser) -> dict[str, Rows]:
    """Return every row but the presser's own desk, which a refusal may clear."""
    rows = await hub.domain()
    own = presser.person and presser.person.id
    return {**rows, "desks": [row for row in rows["desks"] if row["person"] != own]}


async def refused(hub: WholeHub) -> int:
    return int((await hub.rows("SELECT COUNT(*) AS n FROM audit WHERE action = 'refused'"))[0]["n"])


def test_each_field_of_a_press_is_somebodys_or_nobodys() -> None:
    nobodys = {
        "revision",
        "page",
        "service",
        "topic",
        "language",
        "languages",
        "token",
        "reason",
        "code",
        "day",
        "hour",
    }
    nobodys |= {"number", "word", "tick", "setting"}
    assert set(FIELDS) == nobodys | set(WHOSE)
    assert {*ABOUT_NOBODY, *NAMED, *DESKS} <= {line.what for line in HANDLERS}
    numbered = {line.what for line in HANDLERS if "{number}" in line.what and not set(fields_of(line)) & set(WHOSE)}
    assert numbered - {*NAMED} == {"log:{word}:{number}"}, "a number names somebody's data: say so in NAMED"


@pytest.mark.parametrize("presser", PRESSERS[:2], ids=lambda each: each.name)
async def test_a_night_for_others_is_not_there_at_a_screen(hub: WholeHub, presser: Presser) -> None:
    desktop = await seated(hub, presser)
    for number in (*DRAFTS, PROPOSAL, FOR_C, CANCELLED):
        await desktop.press("home" if presser.slips else "start")
        for verb in ("night", "leaving") if presser.slips else ("night",):
            await desktop.press(f"{verb}:{number}")
            await hub.settled()
            assert "finnes ikke lenger" in desktop.everything(), number
            assert SECRET not in desktop.everything()


async def test_a_draft_is_its_makers_alone_even_in_the_same_prison(hub: WholeHub) -> None:
    desktop = await seated(hub, Presser("colleague", staff("X10", Role.COORDINATOR, EVERYWHERE), ALL))
    kept = {row["key"]: row["revision"] for row in await hub.rows(REVISIONS)}
    lines = [line for line in HANDLERS if line.what in PLANNING and line.may & Role.COORDINATOR]
    nobodys = Presser("colleague", staff("X10", Role.COORDINATOR, EVERYWHERE), ALL, nights=DRAFTS)
    presses = [data for line in lines for data in foreign_presses(nobodys, line, kept)]
    rows, so_far = await rows_of_others(hub, nobodys), await refused(hub)
    for data in presses:
        await desktop.press(data)
    await hub.settled()
    assert (await refused(hub) - so_far, len(presses)) == (2 * len(lines),) * 2
    assert await rows_of_others(hub, nobodys) == rows
    assert SECRET not in desktop.everything()


@pytest.mark.parametrize("presser", PRESSERS, ids=lambda each: each.name)
async def test_what_is_not_theirs_is_refused_and_changes_and_shows_nothing(hub: WholeHub, presser: Presser) -> None:
    desktop = await seated(hub, presser)
    kept = await hub.rows(REVISIONS)
    revisions = {row["key"]: row["revision"] for row in kept}
    let_in: Counter[str] = Counter()
    pressed = 0
    for line in own_lines(presser):
        if presser.role in NOBODYS or not names_somebody(line) or line.what in presser.theirs:
            continue
        await sits_down(hub, presser, DESKS.get(line.what, Desk("nothing", 7)))
        rows, so_far = await rows_of_others(hub, presser), await refused(hub)
        presses = list(foreign_presses(presser, line, revisions))
        for data in presses:
            await desktop.press(data)
        await hub.settled()
        if await rows_of_others(hub, presser) != rows:
            let_in[f"{line.what} changed rows"] += 1
        if missing := len(presses) - (await refused(hub) - so_far):
            let_in[f"{line.what} was taken"] += missing
        if leak := canaries_for(presser, line).findall(desktop.everything()):
            let_in[f"{line.what} showed {leak}"] += 1
        pressed += len(presses)
        if line.what in DESKS:
            await desktop.press("doors")  # whoever has a page with a draft of their own goes away from it
    assert let_in == {}
    assert pressed > 0 or presser.role in NOBODYS


@pytest.mark.parametrize("presser", PRESSERS, ids=lambda each: each.name)
async def test_pages_of_ones_own_show_nothing_of_others(hub: WholeHub, presser: Presser) -> None:
    desktop = await seated(hub, presser)
    told = []
    for line in own_lines(presser):
        if presser.role not in NOBODYS and (names_somebody(line) or line.what in presser.theirs):
            continue
        data = re.sub(r"\{(\w+)\}", lambda found: EXAMPLES[found[1]], line.what)
        await (desktop.press(data) if line.pressed else desktop.say(data))
        await hub.settled()
        told += [(line.what, each) for each in canaries_for(presser, line).findall(desktop.everything())]
    assert told == []
