"""Theme nights that are there from the start, as people.yaml may say them, with who has signed up for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from bot.domain import refusals
from bot.domain.people import APPROVERS, Inmate, Person
from bot.domain.refusals import Refusal
from bot.domain.services import Hub
from bot.domain.theme_nights import checks as theme_night_checks
from bot.domain.theme_nights import refusals as theme_night_refusals
from bot.domain.theme_nights import theme_nights as rules
from bot.domain.theme_nights.joining import join
from bot.domain.theme_nights.plans import LONGEST
from bot.domain.theme_nights.sign_ups import SignUp
from bot.domain.theme_nights.theme_nights import State, ThemeNight
from bot.domain.timetable import timetable
from bot.hubfile.faults import WrongAt, checked
from bot.hubfile.ledger import Ledger
from bot.hubfile.words import (
    MOMENT_RULE,
    UNITS_RULE,
    Flag,
    Known,
    KnownLanguage,
    Moment,
    Part,
    PersonRef,
    RoomRef,
    ServiceRef,
    UnitRef,
    count,
    line,
    once,
    one_of,
)
from bot.hubfile.yaml_files import Fault, Place


@dataclass(frozen=True, slots=True)
class SeededThemeNight:
    """A published theme night that is there from the start, with its list as the rules made it."""

    night: ThemeNight
    line: tuple[SignUp, ...]


class SeedOfThemeNight(Part):
    """A theme night as it stands in people.yaml."""

    topic: dict[KnownLanguage, Annotated[str, line(LONGEST["topic"])]] = Field(
        description="topic stands in the hub's languages, as {nb: …, en: …}"
    )
    about: dict[KnownLanguage, Annotated[str, line(LONGEST["about"])]] = Field(
        {}, description="about is a sentence by language, as {nb: …, en: …}"
    )
    host: Annotated[str, line(LONGEST["host"])] = Field(
        description="host is the organisation that holds the theme night, one line"
    )
    service: ServiceRef = Field(description="service is where a talk of one's own can be asked for")
    room: RoomRef = Field(description="room is the key of a room")
    starts: Moment = Field(description=f"starts is when it starts; {MOMENT_RULE}")
    ends: Moment = Field(description=f"ends is when it ends; {MOMENT_RULE}")
    seats: int = count(1, 500, "seats are for how many inmates, a whole number")
    units: Annotated[tuple[UnitRef, ...], AfterValidator(once)] = Field(
        min_length=1, description=f"somebody may come; {UNITS_RULE}"
    )
    caps: dict[UnitRef, Annotated[int, Field(ge=1, le=500)]] = Field(
        {}, description="caps say how many of a unit may come, as {A: 8}"
    )
    languages: tuple[KnownLanguage, ...] = Field((), description="languages are codes in a list, as [pl]")
    women: Flag = Field(False, description="women is true where the night is for women, false otherwise")
    interpreter: KnownLanguage | None = Field(None, description="interpreter is the code of a language, as pl")
    made_by: PersonRef = Field(description="made_by is the key of the coordinator in hub.yaml's staff")
    published: Moment = Field(description=f"published is when it was published; {MOMENT_RULE}")
    signed_up: tuple[Annotated[str, one_of("inmates")], ...] = Field(
        (), description="signed_up are numbers of inmates, in the order in which they came, as [A01, B02]"
    )


@dataclass(frozen=True)
class House:
    """Where a night of the file takes place: the hub, its staff, its people, and what is taken already."""

    hub: Hub
    staff: Mapping[str, Person]
    people: Mapping[str, Inmate]
    ledger: Ledger


def seeded_theme_nights(
    listed: Iterable[Any], known: Known, house: House
) -> tuple[list[SeededThemeNight], list[Fault]]:
    """Make the nights that can be made, and say what is wrong with the others; rooms and seats are then taken."""
    made: list[SeededThemeNight] = []
    faults: list[Fault] = []
    for number, each in enumerate(listed):
        seed, _ = checked(SeedOfThemeNight, each, known)
        try:
            made += [_made(seed, house)] if seed else []
        except WrongAt as error:
            faults.append((("nights", number, *error.place), str(error)))
    return made, faults


def _made(seed: SeedOfThemeNight, house: House) -> SeededThemeNight:
    _planned_by(seed, house)
    try:
        night = _published(seed, house)
    except Refusal as refusal:
        place, right = WHERE[type(refusal)]
        raise WrongAt(f"cannot take place: {_why(refusal)}; {right.format(of=refusal)}", *place) from refusal
    list_of_theme_night: list[SignUp] = []
    for number, inmate in enumerate(seed.signed_up):
        if inmate in house.people:
            list_of_theme_night.append(_joined(night, house, house.people[inmate], list_of_theme_night, number))
    house.ledger.take(_name(seed), [f"room:{night.room}"], night.starts, night.ends)
    for each in list_of_theme_night:
        if each.seat is not None:
            house.ledger.take(_name(seed), [f"person:{each.inmate}"], night.starts, night.ends)
    return SeededThemeNight(night, tuple(list_of_theme_night))


def _planned_by(seed: SeedOfThemeNight, house: House) -> None:
    """Refuse a night of somebody who cannot have published one: that is a coordinator of its prison."""
    by = house.staff.get(seed.made_by)
    prison = house.hub.prison_of(seed.units[0])
    if by and not (by.role & APPROVERS and prison in house.hub.prisons_of(by.units)):
        raise WrongAt(f"{by.id} is no coordinator of {prison}; a coordinator who works there publishes it", "made_by")
    others = [unit for unit in seed.units if house.hub.prison_of(unit) != prison]
    if others:
        text = f"{others[0]} is a unit of another prison than {seed.units[0]}; a night is for one prison"
        raise WrongAt(text, "units", seed.units.index(others[0]))


def _published(seed: SeedOfThemeNight, house: House) -> ThemeNight:
    draft = _draft(seed, house.hub)
    night = theme_night_checks.publish(draft, house.hub, draft.made_at)
    held = bool(house.ledger.claims([f"room:{night.room}"], night.starts, night.ends))
    timetable.room_is_free(house.hub, night.room, night.starts, night.ends, held=held)
    return night


def _joined(night: ThemeNight, house: House, inmate: Inmate, before: list[SignUp], number: int) -> SignUp:
    taken = house.ledger.claims([f"person:{inmate.id}"], night.starts, night.ends)
    try:
        return join(night, house.hub, inmate, before, night.made_at, busy=bool(taken))
    except Refusal as refusal:
        also = f" ({', '.join(house.ledger.holders(taken))})" if taken else ""
        raise WrongAt(f"{inmate.id} cannot be on the list: {_why(refusal)}{also}", "signed_up", number) from refusal


def _why(refusal: Refusal) -> str:
    return (type(refusal).__doc__ or "").strip().rstrip(".")


def _name(seed: SeedOfThemeNight) -> str:
    return f"the night of {seed.starts:%Y-%m-%d %H:%M}"


WHERE: Mapping[type[Refusal], tuple[Place, str]] = {
    theme_night_refusals.NightPast: (("starts",), "it starts after it was published"),
    theme_night_refusals.EndsTooEarly: (("ends",), "it ends later than it starts"),
    refusals.DayClosed: (("starts",), "it needs a date that is no public holiday and no closing day"),
    refusals.UnitClosed: (("starts",), "the doors of unit {of} are to be open all the time, on one date"),
    theme_night_refusals.NobodyInvited: (("women",), "a night for women is for a unit with women: true"),
    theme_night_refusals.RoomNotForUnits: (("room",), "the room's units are to have {of} among them"),
    theme_night_refusals.UnitsApart: (("units",), "the room's together is to have {of} in one group"),
    theme_night_refusals.RoomTooSmall: (("seats",), "there is place for {of}"),
    theme_night_refusals.RoomTaken: (("room",), "it needs another room or time, and no cell"),
    refusals.TextMissing: (("topic",), "the topic is to stand in {of} too"),
}
"""Where a refusal of the rules stands in a night of the file, and what would be right."""


def _draft(seed: SeedOfThemeNight, hub: Hub) -> ThemeNight:
    starts, published = _moment(seed.starts, hub), _moment(seed.published, hub)
    return ThemeNight(
        id=0,
        prison=hub.prison_of(seed.units[0]),
        state=State.DRAFT,
        revision=1,
        service=seed.service,
        topic=seed.topic,
        about=seed.about,
        host=seed.host,
        room=seed.room,
        starts=starts,
        ends=_moment(seed.ends, hub),
        seats=seed.seats,
        units=seed.units,
        closes=rules.usual_closing(hub, starts, published).astimezone(UTC),
        made_by=seed.made_by,
        made_at=published,
        caps=seed.caps,
        languages=seed.languages,
        women=seed.women,
        interpreter=seed.interpreter,
    )


def _moment(moment: datetime, hub: Hub) -> datetime:
    return moment.replace(tzinfo=hub.zone).astimezone(UTC)
