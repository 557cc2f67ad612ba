"""What people.yaml may say: who lives here, and the slips that are there from the start."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC
from itertools import combinations
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from bot.domain import calendar, slips, talks, timetable
from bot.domain.bookings import Booking, Outcome, resources
from bot.domain.people import Inmate
from bot.domain.refusals import Refusal, SlotUnknown
from bot.domain.services import Hub
from bot.domain.slips import Slip, State
from bot.domain.timetable import Slot
from bot.hubfile.faults import checked, nearest
from bot.hubfile.nights import SeededNight, SeedOfNight, seeded_nights
from bot.hubfile.pages import Fault, entries, keys, read_page, told
from bot.hubfile.words import (
    MOMENT_RULE,
    Code,
    Flag,
    InmateKey,
    Known,
    LanguageCode,
    Line,
    Moment,
    Part,
    PersonRef,
    ServiceRef,
    UnitRef,
    by,
    count,
    one_of,
)

SEEDED = {str(state): state for state in (State.WAITING, State.BOOKED, State.HELD)}


@dataclass(frozen=True, slots=True)
class NewInmate:
    """An inmate with a first PIN, to be hashed and forgotten; it is left out of the repr."""

    inmate: Inmate
    pin: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SeededSlip:
    """A slip that is there from the start, made by the rules, with its talk if it has one."""

    slip: Slip
    booking: Booking | None


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """What people.yaml says."""

    inmates: tuple[NewInmate, ...]
    slips: tuple[SeededSlip, ...]
    nights: tuple[SeededNight, ...] = ()


def read_people(path: Path, hub: Hub) -> PeopleFile:
    """Read people.yaml for this hub, or raise HubFileFault with everything that is wrong in it."""
    page = read_page(path)
    known = Known(
        {
            "units": list(hub.units),
            "rooms": list(hub.rooms),
            "services": list(hub.services),
            "staff": list(hub.names),
            "inmates": keys(page.data, "inmates"),
        }
    )
    model, faults = checked(_PeopleModel, page.data, known)
    read = {key: checked(_Inmate, each, known)[0] for key, each in entries(page.data, "inmates")}
    people = {key: _inmate(key, each) for key, each in read.items() if each}
    seeds, unlikely = _seeded(page.data, known, people, hub)
    nights, impossible = seeded_nights(_listed(page.data, "nights"), known, people, hub)
    faults += [*_number_faults(page.data), *unlikely, *impossible]
    if faults or page.faults or model is None:
        raise told(page, faults)
    inmates = tuple(NewInmate(_inmate(key, each), each.pin) for key, each in model.inmates.items())
    return PeopleFile(inmates, tuple(seeds), tuple(nights))


def _listed(data: Any, section: str) -> list[Any]:
    found = data.get(section) if isinstance(data, dict) else None
    return found if isinstance(found, list) else []


class _Inmate(Part):
    alias: Line = Field(description="an alias is an invented name, one line")
    unit: UnitRef = Field(description="unit is the key of a unit")
    language: LanguageCode = Field(description="a language is its code of two or three small letters, as nb")
    pin: str = Field(pattern=r"\A[0-9]{4}\z", description="a PIN is four digits")
    officer: PersonRef | None = Field(None, description="officer is the key of the contact officer in hub.yaml's staff")
    escort: int = count(0, 9, "escort is how many of the staff walk along to a talk,", default=0)
    interpreter: Flag = Field(False, description="interpreter is true where a talk needs one, false otherwise")


class _Talk(Part):
    adviser: str = Field(description="adviser is the key of the adviser")
    room: str = Field(description="room is the key of the room")
    starts: Moment = Field(description=f"starts is when the talk starts; {MOMENT_RULE}")


class _Seed(Part):
    inmate: Annotated[str, one_of("inmates")] = Field(description="inmate is the number of an inmate of this file")
    service: ServiceRef = Field(description="service is the key of the service that has the slip now")
    forwarded_from: ServiceRef | None = Field(
        None, description="forwarded_from is the key of the service that sent the slip on"
    )
    topic: str | None = Field(None, description="topic is the key of one of the service's topics")
    state: Annotated[State, by(lambda text: SEEDED[text])] = Field(description=f"a state is one of {', '.join(SEEDED)}")
    sent: Moment = Field(description=f"sent is when the slip was sent; {MOMENT_RULE}")
    answer_by: Moment | None = Field(None, description=f"answer_by is the end of the promise; {MOMENT_RULE}")
    broken: int = count(0, 1, "broken is how often the promise was broken,", default=0)
    talk: _Talk | None = Field(None, description="a talk is {adviser, room, starts}")
    seen: Flag = Field(False, description="seen is true where the inmate has seen the news, false otherwise")

    @model_validator(mode="after")
    def _has_a_talk_or_none(self) -> Self:
        if (self.talk is None) != (self.state == State.WAITING):
            raise ValueError(
                f"is {self.state} {'with' if self.talk else 'without'} a talk; a waiting slip has no talk, others do"
            )
        return self


class _PeopleModel(Part):
    inmates: dict[InmateKey, _Inmate] = Field(description="inmates stand as number: {alias, unit, language, pin}")
    slips: dict[Code, _Seed] = Field({}, description="slips stand as code: {inmate, service, state, sent}")
    nights: tuple[SeedOfNight, ...] = Field((), description="nights are a list of {topic, host, room, starts, …}")


def _number_faults(data: Any) -> Iterator[Fault]:
    for key, each in entries(data, "inmates"):
        unit = each.get("unit") if isinstance(each, dict) else None
        if isinstance(unit, str) and not re.fullmatch(re.escape(unit) + "[0-9]{2}", key):
            yield ("inmates", key), f"is not a number of unit {unit}; a number is the unit's key and two digits"


def _seeded(data: Any, known: Known, people: Mapping[str, Inmate], hub: Hub) -> tuple[list[SeededSlip], list[Fault]]:
    """Make the slips that can be made, and say what is wrong with the others."""
    made: list[SeededSlip] = []
    faults: list[Fault] = []
    for code, each in entries(data, "slips"):
        seed, _ = checked(_Seed, each, known)
        if seed and seed.inmate in people:
            try:
                made.append(_seed(code, seed, people[seed.inmate], hub))
            except (ValueError, Refusal) as error:
                faults.append((("slips", code), _why(error)))
    return made, [*faults, *_double_bookings(made, hub)]


def _why(error: Exception) -> str:
    doc = (type(error).__doc__ or "").rstrip(".")
    return f"cannot have happened: {doc}" if isinstance(error, Refusal) else str(error)


def _seed(code: str, seed: _Seed, inmate: Inmate, hub: Hub) -> SeededSlip:
    prison = hub.prison_of(inmate.unit)
    if not code.startswith(f"{prison}-"):
        raise ValueError(f"does not begin with {prison}-, as the slips of {inmate.id}'s prison do")
    slip = _sent(code, seed, inmate, hub)
    slip = slips.forward(slip, hub.services[seed.service], hub) if seed.forwarded_from else slip
    for _ in range(seed.broken):
        slip = slips.break_promise(slip, hub, slip.answer_by)
    slot = _slot(seed, hub)
    slip = slips.book(slip, slot.adviser) if slot else slip
    slip = replace(slip, last_at=slip.sent_at)
    slip = talks.hold(slip, slot.starts, slot.ends) if slot and seed.state == State.HELD else slip
    slip = replace(
        slip, answer_by=slip.answer_by.astimezone(UTC), half_at=slip.half_at and slip.half_at.astimezone(UTC)
    )
    outcome = Outcome.HELD if slip.state == State.HELD else Outcome.LIVE
    booking = Booking(code, inmate.id, inmate.unit, slot, outcome) if slot else None
    return SeededSlip(slips.seen(slip) if seed.seen else slip, booking)


def _sent(code: str, seed: _Seed, inmate: Inmate, hub: Hub) -> Slip:
    topics = [topic.key for topic in hub.services[seed.service].topics]
    if seed.topic is not None and seed.topic not in topics:
        raise ValueError(f"topic {seed.topic} is not one of {seed.service}{nearest(seed.topic, topics)}")
    service = hub.services[seed.forwarded_from or seed.service]
    sent_at = seed.sent.replace(tzinfo=hub.zone)
    given = seed.answer_by and seed.answer_by.replace(tzinfo=hub.zone)
    return Slip(
        code=code,
        inmate=inmate.id,
        unit=inmate.unit,
        service=service.key,
        topic=seed.topic,
        wish=None,
        adviser=None,
        state=State.WAITING,
        sent_at=sent_at.astimezone(UTC),
        answer_by=given or calendar.answer_by(hub, sent_at, service.promise),
        half_at=calendar.half_of(hub, sent_at, service.promise),
    )


def _slot(seed: _Seed, hub: Hub) -> Slot | None:
    if seed.talk is None:
        return None
    starts = seed.talk.starts.replace(tzinfo=hub.zone).astimezone(UTC)
    wanted = f"{seed.service}.{seed.talk.adviser}.{seed.talk.room}.{starts:{timetable.STAMP}}"
    try:
        return timetable.slot_with(hub, wanted)
    except SlotUnknown as error:
        raise ValueError(_no_such_slot(seed.service, seed.talk, hub)) from error


def _no_such_slot(service: str, talk: _Talk, hub: Hub) -> str:
    day = talk.starts.date()
    sessions = (each for each in hub.sessions if each.service == service and each.day == day)
    slots = sorted(slot for each in sessions for slot in timetable.slots_of(hub, each))
    there = [f"{slot.starts.astimezone(hub.zone):%H:%M} {slot.adviser} {slot.room}" for slot in slots]
    wanted = f"{service} has no time on {talk.starts:%Y-%m-%d %H:%M} with {talk.adviser} in {talk.room}"
    return f"{wanted}; on that day it has {', '.join(there) or 'none'}"


def _double_bookings(made: Iterable[SeededSlip], hub: Hub) -> Iterator[Fault]:
    talks = [each.booking for each in made if each.booking]
    for one, other in combinations(talks, 2):
        shared = set(resources(hub, one.inmate, one.slot)) & set(resources(hub, other.inmate, other.slot))
        if shared and one.slot.starts < other.slot.ends and other.slot.starts < one.slot.ends:
            yield ("slips", other.slip), f"needs {' and '.join(sorted(shared))} at the same time as {one.slip}"


def _inmate(key: str, model: _Inmate) -> Inmate:
    return Inmate(key, model.unit, model.alias, model.language, model.officer, model.escort, model.interpreter)
