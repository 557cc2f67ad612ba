"""Files of made-up hubs, as Hypothesis strategies: what administrators might write, and often one thing wrong in it."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import yaml
from hypothesis import strategies as st

Data = dict[str, Any]
Path = tuple[str | int, ...]

UNIT_KEYS = ("A", "b", "7", "A1", "Z-", "Q_")
SERVICE_KEYS = ("nav", "NONE", "ALL", "DONE", "a-b", "x", "tjeneste9")
ROOM_KEYS = ("R1", "ALL", "MINE", "-x"[1:], "r_2", "CELL9")
TALKED = "2027-01-14"
NAMES = ("Nord", "Å", "الغرفة", "x" * 40, "«Sør» & <b>", "{name}", "%s", "🏠", "a\u200fb")
WORDS = ("Arbeid og penger.", "{hours}", "<i>&amp;</i>", "مركز", "Ja. " * 100 + "Nei.")
JUNK: tuple[Any, ...] = ("", "x", "-1", "0", "99999", "nb", "A", [], {}, ["A", "A"], {"nb": "x"}, None, TALKED)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
HOURS = ("08:00-08:30", "09:00-12:00", "13:00-15:00", "17:00-21:00")


@cache
def texts(values: tuple[str, ...]) -> st.SearchStrategy[Data]:
    return st.fixed_dictionaries({"nb": st.sampled_from(values), "en": st.sampled_from(values)})


@cache
def keys(known: tuple[str, ...], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(known), min_size=1, max_size=most, unique=True)


@st.composite
def hubs(draw: st.DrawFn) -> Data:
    """Describe a hub that is nearly always right."""
    units, services, rooms = draw(keys(UNIT_KEYS, 3)), draw(keys(SERVICE_KEYS, 3)), draw(keys(ROOM_KEYS, 3))
    bookable = draw(st.sampled_from(("true", "false")))
    adviser = {"name": draw(texts(NAMES)), "role": "provider", "services": services, "units": units}
    staff = {
        "N1": adviser,
        "SK": {**adviser, "role": "social_adviser", "services": services[:1]},
        "KB": {"name": draw(texts(NAMES)), "role": "officer", "units": units},
        "TK": {"name": draw(texts(NAMES)), "role": "coordinator", "units": units},
        "VL": {"name": draw(texts(NAMES)), "role": "duty_leader", "units": units},
        "ADM": {"name": draw(texts(NAMES)), "role": "admin"},
        "REV": {"name": draw(texts(NAMES)), "role": "auditor", "language": "en"},
    }
    return {
        "name": draw(st.sampled_from(NAMES)),
        "prefix": draw(st.sampled_from(("LV", "ABC"))),
        "zone": draw(st.sampled_from(("Europe/Oslo", "UTC", "Asia/Kathmandu"))),
        "languages": ["nb", "en"],
        "triage": services[0],
        "closed": draw(st.lists(st.sampled_from(("2027-01-14", "2027-01-20")), max_size=1)),
        "units": {key: {"name": draw(st.sampled_from(NAMES)), "doors": ["08:00-21:00"]} for key in units},
        "rooms": {key: draw(_room(units)) for key in rooms},
        "services": {key: draw(_service(bookable)) for key in services},
        "staff": staff,
        "kiosks": {f"K{number}": {"unit": unit, "language": "nb"} for number, unit in enumerate(units)},
        "answers": draw(st.dictionaries(st.sampled_from(("letter", "ALL")), texts(NAMES), max_size=1)),
        "staffing": draw(st.lists(st.just({"hours": "09:00-12:00", "staff": "2"}), max_size=1)),
        "timetable": {
            "from": "2027-01-11",
            "until": "2027-02-05",
            "patterns": draw(st.lists(_pattern(services, rooms), max_size=3)),
        },
    }


def _room(units: list[str]) -> st.SearchStrategy[Data]:
    more = {"exclusive": st.sampled_from(("true", "false")), "capacity": st.sampled_from(("2", "30"))}
    return st.fixed_dictionaries({"name": texts(NAMES), "units": st.just(units)}, optional=more)


@cache
def _service(bookable: str) -> st.SearchStrategy[Data]:
    topics = st.dictionaries(st.sampled_from(("annet", "NONE", "-t"[1:])), texts(("Annet", "{x}", "سبب")), max_size=2)
    return st.fixed_dictionaries(
        {
            "name": texts(("NAV", "Bolig", "السكن", "{name}")),
            "icon": st.sampled_from(("🧭", "⚖️", "x")),
            "about": texts(WORDS),
            "promise": st.sampled_from(("1", "5", "60")),
            "bookable": st.just(bookable),
            "readers": texts(NAMES),
            "topics": topics,
        },
        optional={"silent": st.just("true"), "daily_cap": st.just("1")},
    )


def _pattern(services: list[str], rooms: list[str]) -> st.SearchStrategy[Data]:
    return st.fixed_dictionaries(
        {
            "service": st.sampled_from(services),
            "advisers": st.just(["N1"]),
            "room": st.sampled_from(rooms),
            "day": st.sampled_from(DAYS),
            "hours": st.sampled_from(HOURS).map(lambda hours: [hours]),
            "minutes": st.sampled_from(("15", "30")),
        },
        optional={"dates": st.just([TALKED]), "weeks": st.sampled_from(("odd", "even", ["2", "4"]))},
    )


@st.composite
def people(draw: st.DrawFn, hub: Data) -> Data:
    """Describe a few people of a hub, a slip and perhaps a theme night; not all of it is possible."""
    units = list(hub["units"])
    inmates = {
        f"{unit}{number:02}": {
            "alias": draw(st.sampled_from(NAMES)),
            "unit": unit,
            "language": draw(st.sampled_from(("nb", "pl", "ar", "se"))),
            "pin": "4711",
            "officer": "KB",
        }
        for unit in units[:2]
        for number in (1, 99)
    }
    first = next(iter(inmates))
    night = {
        "topic": draw(texts(NAMES)),
        "host": draw(st.sampled_from(("Kommunen", "{host}"))),
        "service": hub["triage"],
        "room": next(iter(hub["rooms"])),
        "starts": draw(st.sampled_from((f"{TALKED} 18:00", f"{TALKED} 09:00", "2027-01-17 12:00"))),
        "ends": draw(st.sampled_from((f"{TALKED} 19:00", "2027-01-17 13:30"))),
        "seats": draw(st.sampled_from(("1", "8", "31"))),
        "units": units,
        "made_by": "TK",
        "published": "2027-01-11 10:00",
        "signed_up": [first],
    }
    slip = {"inmate": first, "service": hub["triage"], "state": "waiting", "sent": "2027-01-12 10:00"}
    return {
        "inmates": inmates,
        "slips": {f"{hub['prefix']}-1": slip} if draw(st.booleans()) else {},
        "nights": draw(st.lists(st.just(night), max_size=1)),
    }


@st.composite
def spoilt(draw: st.DrawFn, data: Data) -> Data:
    """Leave a file as it is, or change, repeat or leave out one thing somewhere in it."""
    data = deepcopy(data)
    if draw(st.booleans()):
        return data
    *way, last = draw(st.sampled_from(list(_places(data))))
    inside: Any = data
    for step in way:
        inside = inside[step]
    if draw(st.booleans()):
        inside[last] = draw(st.sampled_from(JUNK))
    elif isinstance(last, int):
        inside.append(deepcopy(inside[last]))
    else:
        del inside[last]
    return data


def _places(data: Any, way: Path = ()) -> Iterator[Path]:
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in inside:
        yield (*way, step)
        yield from _places(value, (*way, step))


@st.composite
def both_files(draw: st.DrawFn) -> tuple[str, str]:
    """Write hub.yaml and people.yaml of a made-up hub."""
    hub = draw(hubs())
    others = draw(people(hub))
    written = draw(spoilt(hub)), draw(spoilt(others))
    one, other = (_yaml(each) for each in written)
    return one, other


def _yaml(data: Data) -> str:
    # Nothing is the same object twice, or it would be written as a reference, which files may not have.
    text = yaml.dump(json.loads(json.dumps(data)), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    # libyaml spells what lies beyond the first 65,536 letters; an administrator writes 🏠.
    return re.sub(r"\\U([0-9A-F]{8})", lambda found: chr(int(found[1], 16)), str(text))
