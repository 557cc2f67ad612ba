"""What hub.yaml may say, and the hub it describes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from bot.domain import cover
from bot.domain.people import ADVISERS, PIN_LENGTHS, Person
from bot.domain.services import Hours, Hub, Room, Service, Session, Staffing, Topic, Unit, said_in
from bot.domain.settings import BOUNDS, Setting
from bot.hubfile.closing import closed_days
from bot.hubfile.faults import WrongAt, checked
from bot.hubfile.limits import too_large, too_many_sessions
from bot.hubfile.pages import Fault, keys, read_page, told
from bot.hubfile.patterns import Timetable, sessions, timetable_faults
from bot.hubfile.staff import Member, gaps, scopes, unstaffed
from bot.hubfile.words import (
    BUTTON_LENGTH,
    NEEDED_LANGUAGES,
    TEXTS_IN,
    UNITS_RULE,
    ButtonTexts,
    Day,
    Doors,
    Flag,
    KioskKey,
    Known,
    KnownLanguage,
    LanguageRef,
    Line,
    LongTexts,
    Part,
    PersonKey,
    Phone,
    PrisonKey,
    PrisonRef,
    RoomKey,
    ServiceKey,
    ServiceRef,
    SpokenLanguage,
    Texts,
    TopicKey,
    UnitKey,
    UnitRef,
    by,
    count,
    in_order,
    once,
    said,
)

MOST_PRISONS = 3
MOST_POSTERS = 8


@dataclass(frozen=True, slots=True)
class KioskPlace:
    """A screen, the unit it stands in and the language it greets in."""

    id: str
    unit: str
    language: str


@dataclass(frozen=True, slots=True)
class HubFile:
    """What hub.yaml says: the hub, who works there, where its screens are, and who gets letters (person to address)."""

    hub: Hub
    staff: tuple[Person, ...]
    kiosks: tuple[KioskPlace, ...]
    mailboxes: Mapping[str, str]


def read_hub(path: Path) -> HubFile:
    """Read hub.yaml, or raise HubFileFault with everything that is wrong in it."""
    page = read_page(path)
    known = Known(
        {name: keys(page.data, name) for name in ("units", "rooms", "services", "staff", "languages")}
        | {TEXTS_IN: _languages_of_texts(page.data)}
        | {"prisons": [*([prefix] if (prefix := _prefix(page.data)) else []), *(keys(page.data, "prisons") or [])]},
        scopes(page.data),
    )
    model, faults = checked(_HubModel, page.data, known)
    faults += [*unstaffed(page.data, known.scopes), *timetable_faults(page.data, known), *too_large(page.data)]
    if faults or page.faults or model is None:
        raise told(page, faults)
    described = _hub_file(model)
    if left := [
        *gaps(described.hub, described.staff),
        *_letters_without_a_phone(model),
        *too_many_sessions(described.hub),
    ]:
        raise told(page, left)
    return described


def _languages_of_texts(data: Any) -> list[str] | None:
    languages = keys(data, "languages")
    return None if languages is None else [*dict.fromkeys([*languages, *(keys(data, "posters") or [])])]


def _prefix(data: Any) -> str | None:
    prefix = data.get("prefix") if isinstance(data, dict) else None
    return prefix if isinstance(prefix, str) else None


def _needed_languages(languages: tuple[str, ...]) -> tuple[str, ...]:
    if not set(NEEDED_LANGUAGES) <= set(languages):
        raise ValueError(f"is {', '.join(languages)}; nb and en are always among the languages")
    return once(languages)


class _Unit(Part):
    prison: PrisonRef | None = Field(None, description="prison is the prefix of one of the prisons, as FJ")
    name: Annotated[Line, Field(description="a unit has a name of one line")]
    doors: Annotated[tuple[Doors, ...], AfterValidator(in_order)] = Field(
        min_length=1,
        description='doors are a list of the hours in which they are open, as ["08:00-12:00", "13:00-20:00"]',
    )
    women: Flag = Field(False, description="women is true where the unit is for women, false otherwise (F116)")


class _Room(Part):
    name: Texts = Field(description="a room has a name in nb and en, as {nb: Besøksrom 2, en: Visiting room 2}")
    units: frozenset[UnitRef] = Field(min_length=1, description=f"somebody may use the room; {UNITS_RULE}")
    exclusive: Flag = Field(
        True, description="exclusive is true where only one talk at a time has room, false otherwise"
    )
    cell: Flag = Field(False, description="cell is true where the adviser comes to the inmate's cell, false otherwise")
    capacity: int | None = count(
        2, 500, "a capacity is for how many inmates there is place at once, a whole number", default=None
    )
    most: dict[UnitRef, Annotated[int, Field(ge=0, le=500)]] = Field(
        {}, description="most says how many of a unit may be there at once, as {A: 8}"
    )
    together: tuple[frozenset[UnitRef], ...] = Field(
        (), description="together lists which units may be there at the same time, as [[A, B], [C]]"
    )


class _Service(Part):
    name: Texts = Field(description="a service has a name in nb and en, as {nb: Bolig, en: Housing}")
    icon: str = Field(pattern=r"\A\S{1,4}\z", description="an icon is one emoji")
    about: LongTexts = Field(description="about says what the service offers, in plain words, in nb and en")
    promise: int = count(1, 60, "a promise is a whole number of working days")
    bookable: Flag = Field(
        False, description="bookable is true where slips can be sent to the service, false otherwise"
    )
    topics: dict[TopicKey, ButtonTexts] = Field({}, description="topics stand as key: {nb: name, en: name}")
    silent: Flag = Field(
        False, description="silent is true where others only learn that there is a talk, false otherwise (F10)"
    )
    daily_cap: int | None = count(1, 99, "a daily cap is a whole number of talks", default=None)
    readers: Texts | None = Field(
        None, description="readers says who reads a slip, in nb and en, as {nb: Veilederne hos NAV, …}"
    )

    @model_validator(mode="after")
    def _fits_a_button(self) -> Self:
        for language, name in self.name.items():
            button = f"{self.icon} {name}"
            if len(button) > BUTTON_LENGTH:
                text = f"«{button}» is {len(button)} characters; icon and name have room for {BUTTON_LENGTH}"
                raise WrongAt(text, "name", language)
        return self

    @model_validator(mode="after")
    def _says_who_reads(self) -> Self:
        if self.bookable and self.readers is None:
            raise ValueError("is bookable without readers; who will see the slip is said before it is sent")
        return self


class _Kiosk(Part):
    unit: UnitRef = Field(description="unit is the key of the unit that the screen stands in")
    language: LanguageRef = Field(description="language is the code of the language in which the screen greets")


def _whole_hours(hours: Hours) -> Hours:
    if hours.opens.minute or hours.closes.minute:
        raise ValueError(f"is {said(hours)}; hours here are whole, as 09:00-12:00")
    return hours


class _Staffing(Part):
    hours: Annotated[Doors, AfterValidator(_whole_hours)] = Field(
        description='hours are whole hours from-to, as "09:00-12:00"'
    )
    staff: int = count(0, 99, "staff is how many can walk with people in an hour, a whole number")


def setting(name: Setting, rule: str, default: int) -> Any:
    """Return the rule of what can be changed in the hub as well, within the same bounds."""
    return count(BOUNDS[name].least, BOUNDS[name].most, rule, default=default)


class _HubModel(Part):
    name: Annotated[Line, Field(description="a prison has a name of one line")]
    prefix: str = Field(
        pattern=r"\A[A-Z]{2,3}\z", description="a prefix of slip codes is two or three capital letters, as FJ"
    )
    prisons: dict[PrisonKey, Line] = Field(
        {}, max_length=MOST_PRISONS - 1, description="further prisons stand as prefix: name, at most two"
    )
    zone: Annotated[ZoneInfo, by(ZoneInfo)] = Field(description="a time zone is named as Europe/Oslo")
    languages: Annotated[tuple[SpokenLanguage, ...], AfterValidator(_needed_languages)] = Field(
        description="languages stand in a list, as [nb, en]"
    )
    posters: tuple[KnownLanguage, ...] | None = Field(
        None,
        min_length=1,
        max_length=MOST_POSTERS,
        description=f"posters are one to {MOST_POSTERS} languages that posters can be made in, as [nb, en, ar]",
    )
    triage: ServiceRef = Field(description="triage is the key of the service where «Jeg vet ikke» goes")
    phone: Phone | None = Field(None, description="a phone number is digits and spaces, as 00 00 01 16")
    warn_after_seconds: int = setting(Setting.WARN, "an idle screen warns after a whole number of seconds", 40)
    lock_after_seconds: int = setting(Setting.LOCK, "an idle screen locks after a whole number of seconds", 60)
    closed: tuple[Day, ...] = Field((), description="closing days stand in a list, as [2027-12-24, 2027-12-31]")
    units: dict[UnitKey, _Unit] = Field(min_length=1, description="units stand as key: {name, doors}")
    rooms: dict[RoomKey, _Room] = Field(min_length=1, description="rooms stand as key: {name, units}")
    services: dict[ServiceKey, _Service] = Field(min_length=1, description="services stand as key: {name, icon, …}")
    staff: dict[PersonKey, Member] = Field(
        min_length=1, description="staff stand as key: {name, role, services, units}"
    )
    kiosks: dict[KioskKey, _Kiosk] = Field(description="kiosks stand as key: {unit, language}")
    answers: dict[TopicKey, Texts] = Field(
        {}, description="answers without a meeting stand as key: {nb: words, en: words}"
    )
    staffing: tuple[_Staffing, ...] = Field((), description="staffing is a list of {hours, staff}")
    coordinator_reads: Flag = Field(
        False, description="coordinator_reads is true where the coordinator may read the texts of slips (F23)"
    )
    pin_digits: Annotated[int, by(lambda text: {str(each): each for each in PIN_LENGTHS}[text])] = Field(
        4, description="pin_digits is how many digits a PIN has, 4 or 6"
    )
    retention_days: int = setting(Setting.RETENTION, "an ended slip is kept for a whole number of days", 90)
    timetable: Timetable = Field(description="the timetable has from, until and patterns")

    @model_validator(mode="after")
    def _warns_before_it_locks(self) -> Self:
        if self.warn_after_seconds >= self.lock_after_seconds:
            given = "lock_after_seconds" if "lock_after_seconds" in self.model_fields_set else "warn_after_seconds"
            raise WrongAt("lock_after_seconds is not after warn_after_seconds; the warning comes first", given)
        return self


def _letters_without_a_phone(model: _HubModel) -> Iterator[Fault]:
    written_to = [key for key, each in model.staff.items() if each.email]
    if written_to and not model.phone:
        place = ("staff", written_to[0], "email")
        yield place, "needs the hub's phone number, by which a letter is answered; write phone: 00 00 01 16 at the top"


def _hub_file(model: _HubModel) -> HubFile:
    staff = tuple(_person(key, each) for key, each in model.staff.items())
    kiosks = tuple(KioskPlace(key, each.unit, each.language) for key, each in model.kiosks.items())
    mailboxes = {key: each.email for key, each in model.staff.items() if each.email}
    return HubFile(_hub(model, staff), staff, kiosks, mailboxes)


def _hub(model: _HubModel, staff: Sequence[Person]) -> Hub:
    closed = closed_days(model.closed)
    return Hub(
        name=model.name,
        prefix=model.prefix,
        zone=model.zone,
        languages=model.languages,
        posters=tuple(dict.fromkeys(model.posters or model.languages)),
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
    )


def _unit(key: str, model: _Unit, prefix: str) -> Unit:
    return Unit(key, model.name, model.doors, model.prison or prefix, model.women)


def _room(key: str, model: _Room) -> Room:
    together, most = tuple(model.together), model.most
    return Room(key, model.name, model.units, model.exclusive, model.cell, model.capacity, most, together)


def _person(key: str, model: Member) -> Person:
    return Person(key, model.role, said_in(model.name, "nb"), model.language, model.services, model.units)


def _service(key: str, model: _Service, staff: Iterable[Person]) -> Service:
    return Service(
        key=key,
        name=model.name,
        icon=model.icon,
        about=model.about,
        promise=model.promise,
        bookable=model.bookable,
        topics=tuple(Topic(topic, name) for topic, name in model.topics.items()),
        daily_cap=model.daily_cap,
        advisers=tuple(each.id for each in staff if key in each.services and each.role in ADVISERS),
        units=cover.units_of(key, staff),
        readers=model.readers or {},
        silent=model.silent,
    )


def _when(session: Session) -> tuple[date, time, str, str]:
    return session.day, session.hours[0].opens, session.service, session.adviser
