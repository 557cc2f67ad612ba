"""The words that hub.yaml and people.yaml are written in, each with the sentence that says what would be right."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import pairwise
from typing import Annotated, Any, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from bot import languages
from bot.domain.services import NEEDED, Hours
from bot.hubfile.faults import WrongAt, nearest

BUTTON_LENGTH = 24
NEEDED_LANGUAGES = NEEDED
TEXTS_IN = "languages or posters"
"""In what a text may stand: what people read at screens, and what only posters are written in."""
EARLIEST, LATEST = time(6), time(22)


@dataclass(frozen=True)
class Known:
    """What other parts of the file may name; a part that cannot be read at all is not looked into."""

    names: Mapping[str, Sequence[str] | None]
    scopes: Mapping[str, Sequence[str]] = field(default_factory=dict)


def known_to(info: ValidationInfo) -> Known:
    """Return what ``checked`` was given to know."""
    return cast(Known, info.context)


def one_of(section: str) -> AfterValidator:
    """Take only names that stand in a part of the file."""

    def check(value: str, info: ValidationInfo) -> str:
        known = known_to(info).names[section]
        if known is not None and value not in known:
            raise ValueError(f"{value or 'an empty name'} is not in {section}{nearest(value, known)}")
        return value

    return AfterValidator(check)


def by(parse: Callable[[str], Any]) -> PlainValidator:
    """Read a text with ``parse``; whatever it stumbles over is answered with the field's description."""

    def check(value: Any) -> Any:
        try:
            return parse(value)
        except (ValueError, LookupError, TypeError, AttributeError, OSError) as error:
            raise PydanticCustomError("unreadable", "unreadable") from error

    return PlainValidator(check)


def _hours(text: str) -> Hours:
    found = re.fullmatch(r"(\d\d:\d\d) ?[-–] ?(\d\d:\d\d)", text, re.ASCII)
    opens, closes = (time.fromisoformat(each) for each in found.groups()) if found else (LATEST, EARLIEST)
    if opens >= closes or opens.minute % 5 or closes.minute % 5:
        raise ValueError(text)
    return Hours(opens, closes)


def _talk_hours(text: str) -> Hours:
    hours = _hours(text)
    if hours.opens < EARLIEST or hours.closes > LATEST:
        raise ValueError(text)
    return hours


def _moment(text: str) -> datetime:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", text, re.ASCII):
        raise ValueError(text)
    _day(text[:10])
    return datetime.fromisoformat(text)


def _day(text: str) -> date:
    if not re.fullmatch(r"20([0-5]\d|6[0-8])-\d\d-\d\d", text, re.ASCII):
        # A slot's id has two digits of its year, which are read as 2000 to 2068.
        raise ValueError(text)
    return date.fromisoformat(text)


def in_order(hours: tuple[Hours, ...]) -> tuple[Hours, ...]:
    """Refuse hours that overlap or stand in another order than the day."""
    for number, (before, after) in enumerate(pairwise(hours), start=1):
        if after.opens < before.closes:
            raise WrongAt(f"{said(after)} begins before {said(before)} is over; hours stand in order, apart", number)
    return hours


def once(names: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a list in which the same stands twice."""
    for number, name in enumerate(names):
        if name in names[:number]:
            raise WrongAt(f"{name} stands here twice; keep one of the two", number)
    return names


def said(hours: Hours) -> str:
    """Write hours as in the file."""
    return f"{hours.opens:%H:%M}-{hours.closes:%H:%M}"


def _known_language(code: str) -> str:
    if not languages.is_known(code):
        raise ValueError(f"{code} is no language whose dates are known; a language is its code, as nb")
    return code


def _staffs_language(code: str) -> str:
    known = languages.with_catalogue(languages.STAFF)
    if code not in known:
        raise ValueError(f"{code} has no words for the staff: locales/ has those of {', '.join(known)}")
    return code


def in_needed_languages(texts: dict[str, str]) -> dict[str, str]:
    absent = [language for language in NEEDED_LANGUAGES if language not in texts]
    if absent:
        raise ValueError(f"has no text in {' and '.join(absent)}; every text stands in nb and en at least")
    return texts


def key(length: int, what: str) -> Any:
    """Return the rule of a key: short, because keys travel in buttons of 64 bytes, and without ``.`` and ``:``."""
    rule = f"the key of {what} is 1 to {length} of the letters A to Z and a to z, digits, - and _, the first no - or _"
    return Field(pattern=rf"\A[A-Za-z0-9][A-Za-z0-9_-]{{0,{length - 1}}}\z", description=rule)


def count(least: int, most: int, rule: str, **more: Any) -> Any:
    """Return the rule of a whole number."""
    return Field(ge=least, le=most, description=f"{rule} from {least} to {most}", **more)


def line(length: int) -> Any:
    """Return the rule of a text of one line."""
    rule = f"a text here is one line of 1 to {length} characters"
    return Field(pattern=rf"\A\S(.{{0,{length - 2}}}\S)?\z", description=rule)


HOURS_RULE = "are written 09:00-12:00, on whole five minutes, the earlier time first"
DAY_RULE = "a day is written 2027-01-14"
MOMENT_RULE = "a moment is written 2027-01-14 09:30, by the clock on the wall"
UNITS_RULE = "units are a list of keys from units, as [A, B]"

UnitKey = Annotated[str, key(2, "a unit")]
RoomKey = Annotated[str, key(5, "a room")]
ServiceKey = Annotated[str, key(9, "a service")]
TopicKey = Annotated[str, key(10, "a topic")]
PersonKey = Annotated[str, key(6, "a person")]
KioskKey = Annotated[str, key(8, "a kiosk")]
PrisonKey = Annotated[
    str, Field(pattern=r"\A[A-Z]{2,3}\z", description="a prefix of slip codes is two or three capital letters, as FJ")
]
PrisonRef = Annotated[str, one_of("prisons")]
UnitRef = Annotated[str, one_of("units")]
RoomRef = Annotated[str, one_of("rooms")]
ServiceRef = Annotated[str, one_of("services")]
PersonRef = Annotated[str, one_of("staff")]
LanguageRef = Annotated[str, one_of("languages")]
TextLanguage = Annotated[str, one_of(TEXTS_IN)]
LanguageCode = Annotated[
    str, Field(pattern=r"\A[a-z]{2,3}\z", description="a language is its code of two or three small letters, as nb")
]
KnownLanguage = Annotated[LanguageCode, AfterValidator(_known_language)]
StaffsLanguage = Annotated[LanguageCode, AfterValidator(_staffs_language)]
Line = Annotated[str, line(80)]
Button = Annotated[
    str,
    Field(
        pattern=rf"\A\S(.{{0,{BUTTON_LENGTH - 2}}}\S)?\z",
        description=f"a topic's name stands on a button: 1 to {BUTTON_LENGTH} characters",
    ),
]
Words = Annotated[
    str, Field(pattern=r"\A\S[\s\S]{0,599}\z", description="a description is 1 to 600 characters, in plain words")
]
Email = Annotated[
    str,
    Field(pattern=r"\A[A-Za-z0-9_%+-]+(\.[A-Za-z0-9_%+-]+)*@([A-Za-z0-9-]+\.)+[A-Za-z]{2,24}\z", max_length=254),
]
Phone = Annotated[str, Field(pattern=r"\A\+?[0-9][0-9 ]{1,18}[0-9]\z")]
Texts = Annotated[dict[TextLanguage, Line], AfterValidator(in_needed_languages)]
LongTexts = Annotated[dict[TextLanguage, Words], AfterValidator(in_needed_languages)]
Day = Annotated[date, by(_day), Field(description=DAY_RULE)]
Moment = Annotated[datetime, by(_moment), Field(description=MOMENT_RULE)]
InmateKey = Annotated[
    str,
    Field(
        pattern=r"\A[A-Za-z0-9][A-Za-z0-9_-]?(0[1-9]|[1-9][0-9])\z",
        description="a number is the unit's key and two digits from 01, as A01",
    ),
]
Code = Annotated[
    str, Field(pattern=r"\A[A-Z]{2,3}-[0-9]{1,7}\z", description="a code is the prefix and a number, as FJ-101")
]
Doors = Annotated[Hours, by(_hours), Field(description=f"doors {HOURS_RULE}")]
Talks = Annotated[Hours, by(_talk_hours), Field(description=f"hours {HOURS_RULE}, between 06:00 and 22:00")]
Flag = Annotated[bool, by(lambda text: {"true": True, "false": False}[text])]
Week = Annotated[int, count(1, 53, "a week is its ISO number,")]


class Part(BaseModel):
    """A group of words in a file; it has these words and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)
