"""What hub.yaml may say, part by part, and what would be right where it says something else."""

from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from bot.domain.people import PIN_LENGTHS
from bot.domain.services import Hours
from bot.domain.settings import BOUNDS, Setting
from bot.hubfile.faults import WrongAt
from bot.hubfile.icons import Icon, TopicTexts, fits_a_button
from bot.hubfile.patterns import Timetable
from bot.hubfile.staff import Member
from bot.hubfile.voices import Folder, VoicePart
from bot.hubfile.words import (
    NEEDED_LANGUAGES,
    UNITS_RULE,
    Day,
    Doors,
    Flag,
    KioskKey,
    KnownLanguage,
    LanguageCode,
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


def _needed_languages(languages: tuple[str, ...]) -> tuple[str, ...]:
    if not set(NEEDED_LANGUAGES) <= set(languages):
        raise ValueError(f"is {', '.join(languages)}; nb and en are always among the languages")
    return once(languages)


class UnitPart(Part):
    prison: PrisonRef | None = Field(None, description="prison is the prefix of one of the prisons, as FJ")
    name: Annotated[Line, Field(description="a unit has a name of one line")]
    doors: Annotated[tuple[Doors, ...], AfterValidator(in_order)] = Field(
        min_length=1,
        description='doors are a list of the hours in which they are open, as ["08:00-12:00", "13:00-20:00"]',
    )
    women: Flag = Field(False, description="women is true where the unit is for women, false otherwise (F116)")


class RoomPart(Part):
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


class ServicePart(Part):
    name: Texts = Field(description="a service has a name in nb and en, as {nb: Bolig, en: Housing}")
    icon: Icon
    about: LongTexts = Field(description="about says what the service offers, in plain words, in nb and en")
    promise: int = count(1, 60, "a promise is a whole number of working days")
    bookable: Flag = Field(
        False, description="bookable is true where slips can be sent to the service, false otherwise"
    )
    topics: dict[TopicKey, TopicTexts] = Field({}, description="topics stand as key: {nb: name, en: name, icon: 💭}")
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
            fits_a_button(self.icon, name, "name", language)
        return self

    @model_validator(mode="after")
    def _says_who_reads(self) -> Self:
        if self.bookable and self.readers is None:
            raise ValueError("is bookable without readers; who will see the slip is said before it is sent")
        return self


class KioskPart(Part):
    unit: UnitRef = Field(description="unit is the key of the unit that the screen stands in")
    language: LanguageRef = Field(description="language is the code of the language in which the screen greets")


def _whole_hours(hours: Hours) -> Hours:
    if hours.opens.minute or hours.closes.minute:
        raise ValueError(f"is {said(hours)}; hours here are whole, as 09:00-12:00")
    return hours


class StaffingPart(Part):
    hours: Annotated[Doors, AfterValidator(_whole_hours)] = Field(
        description='hours are whole hours from-to, as "09:00-12:00"'
    )
    staff: int = count(0, 99, "staff is how many can walk with people in an hour, a whole number")


def setting(name: Setting, rule: str, default: int) -> Any:
    """Return the rule of what can be changed in the hub as well, within the same bounds."""
    return count(BOUNDS[name].least, BOUNDS[name].most, rule, default=default)


class HubModel(Part):
    name: Annotated[Line, Field(description="a prison has a name of one line")]
    prefix: str = Field(
        pattern=r"\A[A-Z]{2,3}\z", description="a prefix of slip codes is two or three capital letters, as FJ"
    )
    prisons: dict[PrisonKey, Line] = Field(
        {}, max_length=MOST_PRISONS - 1, description="further prisons stand as prefix: name, at most two"
    )
    zone: Annotated[ZoneInfo, by(ZoneInfo)] = Field(description="a time zone is named as Europe/Oslo")
    languages: Annotated[tuple[LanguageCode, ...], AfterValidator(_needed_languages)] = Field(
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
    units: dict[UnitKey, UnitPart] = Field(min_length=1, description="units stand as key: {name, doors}")
    rooms: dict[RoomKey, RoomPart] = Field(min_length=1, description="rooms stand as key: {name, units}")
    services: dict[ServiceKey, ServicePart] = Field(min_length=1, description="services stand as key: {name, icon, …}")
    staff: dict[PersonKey, Member] = Field(
        min_length=1, description="staff stand as key: {name, role, services, units}"
    )
    kiosks: dict[KioskKey, KioskPart] = Field(description="kiosks stand as key: {unit, language}")
    answers: dict[TopicKey, Texts] = Field(
        {}, description="answers without a meeting stand as key: {nb: words, en: words}"
    )
    staffing: tuple[StaffingPart, ...] = Field((), description="staffing is a list of {hours, staff}")
    coordinator_reads: Flag = Field(
        False, description="coordinator_reads is true where the coordinator may read the texts of slips (F23)"
    )
    pin_digits: Annotated[int, by(lambda text: {str(each): each for each in PIN_LENGTHS}[text])] = Field(
        4, description="pin_digits is how many digits a PIN has, 4 or 6"
    )
    retention_days: int = setting(Setting.RETENTION, "an ended slip is kept for a whole number of days", 90)
    voices: dict[LanguageRef, VoicePart] = Field(
        {}, description="voices stand as language: {piper: file}, as nb: {piper: voices/nb.onnx}"
    )
    recordings: Folder | None = Field(
        None, description="recordings names a folder beside hub.yaml with one in it for each language, as recordings"
    )
    timetable: Timetable = Field(description="the timetable has from, until and patterns")

    @model_validator(mode="after")
    def _warns_before_it_locks(self) -> Self:
        if self.warn_after_seconds >= self.lock_after_seconds:
            given = "lock_after_seconds" if "lock_after_seconds" in self.model_fields_set else "warn_after_seconds"
            raise WrongAt("lock_after_seconds is not after warn_after_seconds; the warning comes first", given)
        return self
