"""The hub that hub.yaml describes, or everything that is wrong in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.domain.people import ADVISERS, Person
from bot.domain.services import Hub, Room, Service, Session, Staffing, Topic, Unit, said_in
from bot.domain.staff import coverage
from bot.hubfile import spoken
from bot.hubfile.closing import closed_days
from bot.hubfile.faults import checked
from bot.hubfile.icons import ICON
from bot.hubfile.limits import too_large, too_many_sessions
from bot.hubfile.model import HubModel, KioskPart, RoomPart, ServicePart, UnitPart
from bot.hubfile.patterns import sessions, timetable_faults
from bot.hubfile.staff import Member, gaps, scopes, unstaffed
from bot.hubfile.voices import Spoken, faults_in
from bot.hubfile.words import TEXTS_IN, Known
from bot.hubfile.yaml_files import Fault, content_of, keys, told, yaml_of
from bot.languages import wholeness


@dataclass(frozen=True, slots=True)
class KioskPlace:
    """A screen, the unit it stands in and the language it greets in."""

    id: str
    unit: str
    language: str


@dataclass(frozen=True, slots=True)
class HubFile:
    """What hub.yaml says: the hub, who works there, where its screens are, who gets letters (person to address).

    And who reads aloud: ``spoken``. The languages that were ``asked`` for are those of the hub, and what no screen can
    speak whole.
    """

    hub: Hub
    staff: tuple[Person, ...]
    kiosks: tuple[KioskPlace, ...]
    mailboxes: Mapping[str, str]
    spoken: Spoken = field(default_factory=Spoken)
    asked: tuple[str, ...] = ()


def read_hub(path: Path) -> HubFile:
    """Read hub.yaml, or raise HubFileFault with everything that is wrong in it."""
    return described_by(path.name, content_of(path))


def check_spoken(path: Path) -> None:
    """Look at what a hub.yaml that is right needs beside it: whole languages, voices, recordings.

    HubFileFault says what is wrong with them; a hub goes on without.
    """
    described = read_hub(path)
    if faults := [*spoken.faults_in(described.asked), *faults_in(described.spoken, path.parent)]:
        raise told(yaml_of(path.name, content_of(path)), faults)


@lru_cache(maxsize=2)
def described_by(name: str, content: bytes) -> HubFile:
    """Return the hub that a file of this name describes; the same for the same file, as a demo's is the program's."""
    file = yaml_of(name, content)
    known = Known(
        {name: keys(file.data, name) for name in ("units", "rooms", "services", "staff", "languages")}
        | {TEXTS_IN: _languages_of_texts(file.data)}
        | {"prisons": [*([prefix] if (prefix := _prefix(file.data)) else []), *(keys(file.data, "prisons") or [])]},
        scopes(file.data),
    )
    model, faults = checked(HubModel, file.data, known)
    faults += [*unstaffed(file.data, known.scopes), *timetable_faults(file.data, known), *too_large(file.data)]
    if faults or file.faults or model is None:
        raise told(file, faults)
    described = _hub_file(model)
    if left := [
        *gaps(described.hub, described.staff),
        *_letters_without_a_phone(model),
        *too_many_sessions(described.hub),
    ]:
        raise told(file, left)
    return described


def _languages_of_texts(data: Any) -> list[str] | None:
    languages = keys(data, "languages")
    return None if languages is None else [*dict.fromkeys([*languages, *(keys(data, "posters") or [])])]


def _prefix(data: Any) -> str | None:
    prefix = data.get("prefix") if isinstance(data, dict) else None
    return prefix if isinstance(prefix, str) else None


def _letters_without_a_phone(model: HubModel) -> Iterator[Fault]:
    written_to = [key for key, each in model.staff.items() if each.email]
    if written_to and not model.phone:
        place = ("staff", written_to[0], "email")
        yield place, "needs the hub's phone number, by which a letter is answered; write phone: 00 00 01 16 at the top"


def _hub_file(model: HubModel) -> HubFile:
    staff = tuple(_person(key, each) for key, each in model.staff.items())
    hub = _hub(model, staff)
    kiosks = tuple(KioskPlace(key, each.unit, _greeting(each, hub)) for key, each in model.kiosks.items())
    mailboxes = {key: each.email for key, each in model.staff.items() if each.email}
    voices = Spoken({language: each.piper for language, each in model.voices.items()}, model.recordings)
    return HubFile(hub, staff, kiosks, mailboxes, voices, model.languages)


def _greeting(kiosk: KioskPart, hub: Hub) -> str:
    return kiosk.language if kiosk.language in hub.languages else hub.languages[0]


def _hub(model: HubModel, staff: Sequence[Person]) -> Hub:
    closed, offered = closed_days(model.closed), spoken.offered(model.languages)
    return Hub(
        name=model.name,
        prefix=model.prefix,
        zone=model.zone,
        languages=offered,
        posters=tuple(dict.fromkeys(model.posters or offered)),
        units={key: _unit(key, each, model.prefix) for key, each in model.units.items()},
        rooms={key: _room(key, each) for key, each in model.rooms.items()},
        services={key: _service(key, each, staff) for key, each in model.services.items()},
        triage=model.triage,
        sessions=tuple(sorted(sessions(model.timetable, closed), key=_when)),
        closed_days=closed,
        warn_after=timedelta(seconds=model.warn_after_seconds),
        lock_after=timedelta(seconds=model.lock_after_seconds),
        names={key: each.name for key, each in model.staff.items()},
        prisons={model.prefix: model.name, **model.prisons},
        answers=model.answers,
        staffing=tuple(Staffing(each.hours, each.staff) for each in model.staffing),
        coordinator_reads=model.coordinator_reads,
        retention_days=model.retention_days,
        phone=model.phone or "",
        pin_digits=model.pin_digits,
        by_machine=wholeness.by_machine(),
    )


def _unit(key: str, model: UnitPart, prefix: str) -> Unit:
    return Unit(key, model.name, model.doors, model.prison or prefix, model.women)


def _room(key: str, model: RoomPart) -> Room:
    together, most = tuple(model.together), model.most
    return Room(key, model.name, model.units, model.exclusive, model.cell, model.capacity, most, together)


def _person(key: str, model: Member) -> Person:
    return Person(key, model.role, said_in(model.name, "nb"), model.language, model.services, model.units)


def _service(key: str, model: ServicePart, staff: Iterable[Person]) -> Service:
    return Service(
        key=key,
        name=model.name,
        icon=model.icon,
        about=model.about,
        promise=model.promise,
        bookable=model.bookable,
        topics=tuple(_topic(key, each) for key, each in model.topics.items()),
        daily_cap=model.daily_cap,
        advisers=tuple(each.id for each in staff if key in each.services and each.role in ADVISERS),
        units=coverage.units_of(key, staff),
        readers=model.readers or {},
        silent=model.silent,
    )


def _topic(key: str, texts: Mapping[str, str]) -> Topic:
    return Topic(key, {word: text for word, text in texts.items() if word != ICON}, texts.get(ICON, ""))


def _when(session: Session) -> tuple[date, time, str, str]:
    return session.day, session.hours[0].opens, session.service, session.adviser
