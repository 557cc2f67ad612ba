"""Slips that are there from the start, as people.yaml may say them: made by the rules of the chat, or refused."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from bot.domain import calendar
from bot.domain.people import Inmate
from bot.domain.refusals import (
    AlreadyBusy,
    DayFull,
    MoveNotPossible,
    NobodyAnswers,
    Refusal,
    ServiceNotBookable,
    SlipThereAlready,
    SlotHasStarted,
    SlotTaken,
    SlotUnknown,
    UnitClosed,
)
from bot.domain.services import Hub
from bot.domain.slips import promises, sending, slips, talks
from bot.domain.slips.slips import OPEN, Slip, State
from bot.domain.timetable import bookings, timetable
from bot.domain.timetable.bookings import Booking, Day, Outcome
from bot.domain.timetable.timetable import Slot
from bot.hubfile.faults import WrongAt, checked, nearest
from bot.hubfile.ledger import Ledger
from bot.hubfile.words import MOMENT_RULE, Flag, Known, Moment, Part, ServiceRef, by, count, one_of
from bot.hubfile.yaml_files import KEY, Fault, Place, entries

SEEDED = {str(state): state for state in (State.WAITING, State.BOOKED, State.HELD)}


@dataclass(frozen=True, slots=True)
class SeededSlip:
    """A slip that is there from the start, made by the rules, with its talk if it has one."""

    slip: Slip
    booking: Booking | None


class SeedOfTalk(Part):
    adviser: str = Field(description="adviser is the key of the adviser")
    room: str = Field(description="room is the key of the room")
    starts: Moment = Field(description=f"starts is when the talk starts; {MOMENT_RULE}")


class SeedOfSlip(Part):
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
    talk: SeedOfTalk | None = Field(None, description="a talk is {adviser, room, starts}")
    seen: Flag = Field(False, description="seen is true where the inmate has seen the news, false otherwise")

    @model_validator(mode="after")
    def _has_a_talk_or_none(self) -> Self:
        if (self.talk is None) != (self.state == State.WAITING):
            has = "with" if self.talk else "without"
            raise WrongAt(f"is {self.state} {has} a talk; a waiting slip has no talk, others do", "talk")
        return self


def seeded_slips(
    data: Any, known: Known, people: Mapping[str, Inmate], hub: Hub, ledger: Ledger
) -> tuple[list[SeededSlip], list[Fault]]:
    """Make the slips that can be made, and say what is wrong with the others; talks are written in the ledger."""
    made: list[SeededSlip] = []
    faults: list[Fault] = []
    for code, each in entries(data, "slips"):
        seed, _ = checked(SeedOfSlip, each, known)
        if seed and seed.inmate in people:
            try:
                made.append(_made(code, seed, people[seed.inmate], hub, Before(made, ledger)))
            except WrongAt as error:
                faults.append((("slips", code, *error.place), str(error)))
    return made, faults


@dataclass(frozen=True)
class Before:
    """What stands before a slip in the file: other slips, and what their talks take."""

    slips: list[SeededSlip]
    ledger: Ledger

    def open_with(self, slip: Slip) -> str | None:
        """Return the open slip of the same person with the same service (F108)."""
        found = (each.slip for each in self.slips if each.slip.state in OPEN)
        return next((each.code for each in found if (each.inmate, each.service) == (slip.inmate, slip.service)), None)

    def day(self, hub: Hub, slip: Slip, slot: Slot) -> Day:
        """Return what already fills a slot, and whether its service gives no more talks on that date."""
        wanted = bookings.resources(hub, slip.inmate, slot)
        date, cap = calendar.today(hub, slot.starts), hub.services[slot.service].daily_cap
        talks = (each.booking.slot for each in self.slips if each.booking)
        on_date = [each for each in talks if each.service == slot.service and calendar.today(hub, each.starts) == date]
        full = cap is not None and len(on_date) >= cap
        return Day(self.ledger.claims(wanted, slot.starts, slot.ends), full)


def _made(code: str, seed: SeedOfSlip, inmate: Inmate, hub: Hub, before: Before) -> SeededSlip:
    prison = hub.prison_of(inmate.unit)
    if not code.startswith(f"{prison}-"):
        raise WrongAt(f"does not begin with {prison}-, as the slips of {inmate.id}'s prison do", KEY)
    slot: Slot | None = None
    try:
        slip = _moved_on(_sent(code, seed, inmate, hub), seed, hub)
        slot = _slot(seed, hub)
        if slip.state in OPEN and (other := before.open_with(slip)):
            raise SlipThereAlready(other)
        booking = _booked(slip, slot, seed, hub, before) if slot else None
    except Refusal as refusal:
        raise _refused(refusal, seed, inmate, slot, hub, before) from refusal
    return SeededSlip(slips.seen(slip) if seed.seen else slip, booking)


def _moved_on(slip: Slip, seed: SeedOfSlip, hub: Hub) -> Slip:
    if seed.forwarded_from:
        slip = sending.forward(slip, hub.services[seed.service], hub)
    elif not hub.takes_slips(hub.services[seed.service]):
        raise ServiceNotBookable
    for _ in range(seed.broken):
        slip = promises.break_promise(slip, hub, slip.answer_by)
    slot = _slot(seed, hub)
    slip = slips.book(slip, slot.adviser) if slot else slip
    slip = replace(slip, last_at=slip.sent_at)
    slip = talks.hold(slip, slot.starts, slot.ends) if slot and seed.state == State.HELD else slip
    half = slip.half_at and slip.half_at.astimezone(UTC)
    return replace(slip, answer_by=slip.answer_by.astimezone(UTC), half_at=half)


def _booked(slip: Slip, slot: Slot, seed: SeedOfSlip, hub: Hub, before: Before) -> Booking:
    booking = bookings.book(slip, slot, before.day(hub, slip, slot), hub, slip.sent_at)
    before.ledger.take(slip.code, bookings.resources(hub, slip.inmate, slot), slot.starts, slot.ends)
    return replace(booking, outcome=Outcome.HELD if seed.state == State.HELD else Outcome.LIVE)


TOLD: Mapping[type[Refusal], tuple[Place, str]] = {
    ServiceNotBookable: (("service",), "takes no slips; a service that does has bookable: true in hub.yaml"),
    NobodyAnswers: (("service",), "has nobody who answers in unit {unit}; somebody of the staff in hub.yaml must"),
    MoveNotPossible: (("forwarded_from",), "is the service that has the slip now; leave it out, or name another one"),
    SlotHasStarted: (("talk", "starts"), "is not after the slip was sent; a talk is later than its slip"),
    UnitClosed: (("talk",), "cannot be reached: the doors of unit {unit} are locked then, or the room is for others"),
    DayFull: (("talk",), "is one more than the daily cap of {service} on that date; it needs another day"),
}
"""Where a refusal of the rules stands in a slip of the file, and what would be right."""


def _refused(
    refusal: Refusal, seed: SeedOfSlip, inmate: Inmate, slot: Slot | None, hub: Hub, before: Before
) -> WrongAt:
    if isinstance(refusal, SlipThereAlready):
        return WrongAt(f"is open with {seed.service} at the same time as {refusal}; one slip is enough", "service")
    if slot and isinstance(refusal, AlreadyBusy | SlotTaken):
        taken = before.ledger.claims(bookings.resources(hub, inmate.id, slot), slot.starts, slot.ends)
        what = " and ".join(sorted({resource for resource, _cell in taken}))
        holders = " and ".join(before.ledger.holders(taken))
        return WrongAt(f"needs {what} at the same time as {holders}; it needs another time", "talk")
    place, text = TOLD[type(refusal)]
    return WrongAt(text.format(unit=inmate.unit, service=seed.service), *place)


def _sent(code: str, seed: SeedOfSlip, inmate: Inmate, hub: Hub) -> Slip:
    topics = [topic.key for topic in hub.services[seed.service].topics]
    if seed.topic is not None and seed.topic not in topics:
        raise WrongAt(f"topic {seed.topic} is not one of {seed.service}{nearest(seed.topic, topics)}", "topic")
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


def _slot(seed: SeedOfSlip, hub: Hub) -> Slot | None:
    if seed.talk is None:
        return None
    starts = seed.talk.starts.replace(tzinfo=hub.zone).astimezone(UTC)
    wanted = f"{seed.service}.{seed.talk.adviser}.{seed.talk.room}.{starts:{timetable.STAMP}}"
    try:
        return timetable.slot_with(hub, wanted)
    except SlotUnknown as error:
        raise WrongAt(_no_such_slot(seed.service, seed.talk, hub), "talk", "starts") from error


def _no_such_slot(service: str, talk: SeedOfTalk, hub: Hub) -> str:
    day = talk.starts.date()
    sessions = (each for each in hub.sessions if each.service == service and each.day == day)
    slots = sorted(slot for each in sessions for slot in timetable.slots_of(hub, each))
    there = [f"{slot.starts.astimezone(hub.zone):%H:%M} {slot.adviser} {slot.room}" for slot in slots]
    wanted = f"{service} has no time on {talk.starts:%Y-%m-%d %H:%M} with {talk.adviser} in {talk.room}"
    return f"{wanted}; on that day it has {', '.join(there) or 'none'}"
