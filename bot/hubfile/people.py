"""What people.yaml may say: who lives here, and the slips that are there from the start."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import Field

from bot.domain.inmates.pins import guessable
from bot.domain.people import Inmate, Person
from bot.domain.services import Hub
from bot.hubfile.faults import checked
from bot.hubfile.hub import HubFile, described_by
from bot.hubfile.ledger import Ledger
from bot.hubfile.limits import too_large
from bot.hubfile.slips import SeededSlip, SeedOfSlip, seeded_slips
from bot.hubfile.theme_nights import House, SeededThemeNight, SeedOfThemeNight, seeded_theme_nights
from bot.hubfile.words import Code, Flag, InmateKey, Known, KnownLanguage, Line, Part, PersonRef, UnitRef, count
from bot.hubfile.yaml_files import KEY, Fault, content_of, entries, keys, read_yaml, told


@dataclass(frozen=True, slots=True)
class NewInmate:
    """An inmate with a first PIN, to be hashed and forgotten; it is left out of the repr."""

    inmate: Inmate
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """What people.yaml says."""

    inmates: tuple[NewInmate, ...]
    slips: tuple[SeededSlip, ...]
    nights: tuple[SeededThemeNight, ...] = ()


@dataclass(frozen=True, slots=True)
class Files:
    """What hub.yaml and people.yaml say, read together; ``content`` is hub.yaml as it was read."""

    hub: HubFile
    people: PeopleFile
    content: bytes = field(repr=False)


def read_files(hub_file: Path, people_file: Path | None) -> Files:
    """Read hub.yaml and, where there is one, people.yaml for it, each once; HubFileFault says what is wrong in them."""
    content = content_of(hub_file)
    described = described_by(hub_file.name, content)
    return Files(described, read_people(people_file, described) if people_file else PeopleFile((), ()), content)


def read_people(path: Path, described: HubFile) -> PeopleFile:
    """Read people.yaml for a hub, or raise HubFileFault with everything that is wrong in it."""
    file, hub = read_yaml(path), described.hub
    known = Known(
        {
            "units": list(hub.units),
            "rooms": list(hub.rooms),
            "services": list(hub.services),
            "staff": list(hub.names),
            "inmates": keys(file.data, "inmates"),
        }
    )
    model, faults = checked(_PeopleModel, file.data, known)
    read = {key: checked(_Inmate, each, known)[0] for key, each in entries(file.data, "inmates")}
    people = {key: _inmate(key, each) for key, each in read.items() if each}
    staff, ledger = {person.id: person for person in described.staff}, Ledger()
    seeds, unlikely = seeded_slips(file.data, known, people, hub, ledger)
    nights, impossible = seeded_theme_nights(_listed(file.data, "nights"), known, House(hub, staff, people, ledger))
    faults += [
        *_number_faults(file.data),
        *_pin_faults(read, hub),
        *_officer_faults(people, staff),
        *unlikely,
        *impossible,
        *too_large(file.data),
    ]
    if faults or file.faults or model is None:
        raise told(file, faults)
    inmates = tuple(NewInmate(_inmate(key, each), each.pin) for key, each in model.inmates.items())
    return PeopleFile(inmates, tuple(seeds), tuple(nights))


def _listed(data: Any, section: str) -> list[Any]:
    found = data.get(section) if isinstance(data, dict) else None
    return found if isinstance(found, list) else []


class _Inmate(Part):
    alias: Line = Field(description="an alias is an invented name, one line")
    unit: UnitRef = Field(description="unit is the key of a unit")
    language: KnownLanguage = Field(description="a language is its code of two or three small letters, as nb")
    pin: str = Field(
        pattern=r"\A[0-9]{4}([0-9]{2})?\z", description="a PIN is four digits, or six where hub.yaml says pin_digits: 6"
    )
    officer: PersonRef | None = Field(None, description="officer is the key of the contact officer in hub.yaml's staff")
    escort: int = count(0, 9, "escort is how many of the staff walk along to a talk,", default=0)
    interpreter: Flag = Field(False, description="interpreter is true where a talk needs one, false otherwise")


class _PeopleModel(Part):
    inmates: dict[InmateKey, _Inmate] = Field(description="inmates stand as number: {alias, unit, language, pin}")
    slips: dict[Code, SeedOfSlip] = Field({}, description="slips stand as code: {inmate, service, state, sent}")
    nights: tuple[SeedOfThemeNight, ...] = Field((), description="nights are a list of {topic, host, room, starts, …}")


def _number_faults(data: Any) -> Iterator[Fault]:
    for key, each in entries(data, "inmates"):
        unit = each.get("unit") if isinstance(each, dict) else None
        if isinstance(unit, str) and not re.fullmatch(re.escape(unit) + "[0-9]{2}", key):
            yield ("inmates", key, KEY), f"is not a number of unit {unit}; a number is the unit's key and two digits"


def _pin_faults(read: Mapping[str, "_Inmate | None"], hub: Hub) -> Iterator[Fault]:
    for key, each in read.items():
        if each and len(each.pin) != hub.pin_digits:
            asked = f"has not {hub.pin_digits} digits (it is not shown here), as hub.yaml asks"
            yield ("inmates", key, "pin"), asked
        elif each and guessable(each.pin, key):
            yield ("inmates", key, "pin"), "is easy to guess (it is not shown here); choose another one"


def _officer_faults(people: Mapping[str, Inmate], staff: Mapping[str, Person]) -> Iterator[Fault]:
    for inmate in people.values():
        officer = staff.get(inmate.officer or "")
        if officer and not officer.can_be_contact_in(inmate.unit):
            text = f"{officer.id} is no officer of unit {inmate.unit}; a contact officer is one who works with the unit"
            yield ("inmates", inmate.id, "officer"), text


def _inmate(key: str, model: _Inmate) -> Inmate:
    return Inmate(key, model.unit, model.alias, model.language, model.officer, model.escort, model.interpreter)
