"""What is somebody else's, line by line: slips, units, prisons, desks and kiosks, and who presses for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from bot.domain.chat.desks import Desk
from bot.domain.people import Person, Role
from bot.usecases.timetable.sessions import seen
from handlers.chat.lines import Line
from handlers.staff import hiring
from handlers.tables import HANDLERS
from tests.handlers.test_who_may import EXAMPLES
from tests.hub.afternoon import STATES

FIRST_CHAT = 900
OWN_STEP, OTHERS_STEP = "7", "8"
EVERYWHERE = frozenset("ABC")
WHOSE = ("slip", "slot", "person", "inmate", "kiosk", "prison", "unit", "step")
"""The fields of a press that name somebody's data; ``number`` and ``word`` do so in the lines of ``NAMED`` alone."""

ABOUT_THEME_NIGHT, AT_DOOR, ELSEWHERE, CANCELLED, FOR_C = "1", "2", "6", "7", "8"
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
    "night_preview_say:{step}:{word}": {"word": ["OFFICER", "-OFFICER", "-SOCIAL_ADVISER"]},
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
    **{what: {"number": [ABOUT_THEME_NIGHT, *DRAFTS, PROPOSAL], "word": [word]} for what, word in PLANNING.items()},
    **{what: {"number": [ABOUT_THEME_NIGHT, AT_DOOR], "word": words} for what, words in LISTING.items()},
    **{f"{verb}:{{number}}": {"number": [*DRAFTS, PROPOSAL, FOR_C]} for verb in ("night", "join", "leaving")},
    "told_night:{number}:{inmate}:{revision}": {"number": [ABOUT_THEME_NIGHT]},
    "seat_for:{number}:{inmate}:{revision}:{word}": {"number": [ABOUT_THEME_NIGHT], "word": ["yes", "no"]},
    "join_for:{number}:{inmate}": {"number": [ABOUT_THEME_NIGHT]},
    "unseat:{number}:{inmate}": {"number": [ABOUT_THEME_NIGHT]},
    "unseat:{number}:{inmate}:{revision}": {"number": [ABOUT_THEME_NIGHT]},
    **{f"{verb}:{{number}}:{{revision}}": {"number": [ABOUT_THEME_NIGHT]} for verb in ("leave", "seat_yes", "seat_no")},
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
