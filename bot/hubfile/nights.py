"""Theme nights that are there from the start, as people.yaml may say them, with who has signed up for them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import Field

from bot.domain import theme_nights as rules
from bot.domain.people import Inmate
from bot.domain.refusals import Refusal
from bot.domain.services import Hub
from bot.domain.sign_ups import SignUp, join
from bot.domain.theme_nights import State, ThemeNight
from bot.hubfile.faults import checked
from bot.hubfile.pages import Fault
from bot.hubfile.words import (
    MOMENT_RULE,
    UNITS_RULE,
    Flag,
    Known,
    LanguageCode,
    Line,
    Moment,
    Part,
    PersonRef,
    RoomRef,
    ServiceRef,
    UnitRef,
    count,
    one_of,
)


@dataclass(frozen=True, slots=True)
class SeededNight:
    """A published theme night that is there from the start, with its list as the rules made it."""

    night: ThemeNight
    line: tuple[SignUp, ...]


class SeedOfNight(Part):
    """A theme night as it stands in people.yaml."""

    topic: dict[LanguageCode, Line] = Field(description="topic stands in the hub's languages, as {nb: …, en: …}")
    about: dict[LanguageCode, Line] = Field({}, description="about is a sentence by language, as {nb: …, en: …}")
    host: Line = Field(description="host is the organisation that holds the evening, one line")
    service: ServiceRef = Field(description="service is where a talk of one's own can be asked for")
    room: RoomRef = Field(description="room is the key of a room")
    starts: Moment = Field(description=f"starts is when it starts; {MOMENT_RULE}")
    ends: Moment = Field(description=f"ends is when it ends; {MOMENT_RULE}")
    seats: int = count(1, 500, "seats are for how many inmates, a whole number")
    units: tuple[UnitRef, ...] = Field(min_length=1, description=f"somebody may come; {UNITS_RULE}")
    caps: dict[UnitRef, Annotated[int, Field(ge=0, le=500)]] = Field(
        {}, description="caps say how many of a unit may come, as {A: 8}"
    )
    languages: tuple[LanguageCode, ...] = Field((), description="languages are codes in a list, as [pl]")
    women: Flag = Field(False, description="women is true where the night is for women, false otherwise")
    interpreter: LanguageCode | None = Field(None, description="interpreter is the code of a language, as pl")
    made_by: PersonRef = Field(description="made_by is the key of the coordinator in hub.yaml's staff")
    published: Moment = Field(description=f"published is when it was published; {MOMENT_RULE}")
    signed_up: tuple[Annotated[str, one_of("inmates")], ...] = Field(
        (), description="signed_up are numbers of inmates, in the order in which they came, as [A01, B02]"
    )


def seeded_nights(
    listed: Iterable[Any], known: Known, people: Mapping[str, Inmate], hub: Hub
) -> tuple[list[SeededNight], list[Fault]]:
    """Make the nights that can be made, and say what is wrong with the others."""
    made: list[SeededNight] = []
    faults: list[Fault] = []
    for number, each in enumerate(listed):
        seed, _ = checked(SeedOfNight, each, known)
        try:
            made += [_night(seed, people, hub)] if seed else []
        except Refusal as refusal:
            faults.append((("nights", number), f"cannot take place: {(type(refusal).__doc__ or '').rstrip('.')}"))
    return made, [*faults, *_same_room(made)]


def _night(seed: SeedOfNight, people: Mapping[str, Inmate], hub: Hub) -> SeededNight:
    starts, published = _moment(seed.starts, hub), _moment(seed.published, hub)
    draft = ThemeNight(
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
    night = rules.publish(draft, hub, published)
    line: list[SignUp] = []
    for number in seed.signed_up:
        if number in people:
            line.append(join(night, hub, people[number], line, published, busy=False))
    return SeededNight(night, tuple(line))


def _moment(moment: datetime, hub: Hub) -> datetime:
    return moment.replace(tzinfo=hub.zone).astimezone(UTC)


def _same_room(made: list[SeededNight]) -> Iterator[Fault]:
    for number, one in enumerate(made):
        for other in made[:number]:
            same = one.night.room == other.night.room
            if same and one.night.starts < other.night.ends and other.night.starts < one.night.ends:
                yield ("nights", number), f"is in {one.night.room} at the same time as another night"
