"""A notice that a coordinator is putting together, one question after the other, kept as plain words (F40)."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from bot.domain import calendar
from bot.domain.chat.flows import GIVEN, Draft
from bot.domain.notices.notices import LONGEST, Notice, State
from bot.domain.people import READERS
from bot.domain.services import Hub

TEXT = "text"
BEFORE_TEXTS, AFTER_TEXTS = ("prison", "style", "service"), ("audience", "starts", "ends")
QUESTIONS = (*BEFORE_TEXTS, TEXT, *AFTER_TEXTS)
"""What can be asked; of a service only where it is about one, and a text in each of the hub's languages."""

NOW, ALL, DONE = "now", "all", "done"
EVENING = time(20)
"""When a notice ends on its last day; it begins in the morning of its first, unless that is today."""

AFTER = (timedelta(), timedelta(days=1), timedelta(days=7))
"""How long after its first day a notice can end with one press."""


class Style(StrEnum):
    """What sort of notice it is."""

    PLAIN = "plain"
    SERVICE = "service"
    URGENT = "urgent"


def text_in(language: str) -> str:
    """Name the question for the text in one language."""
    return f"{TEXT}_{language}"


def questions(draft: Draft, languages: Collection[str]) -> list[str]:
    """Return what is asked, in its order: a text for each of the hub's languages."""
    first = [each for each in BEFORE_TEXTS if each != "service" or draft.get("style") == Style.SERVICE]
    return [*first, *map(text_in, languages), *AFTER_TEXTS]


def correcting(notice: Notice, languages: Collection[str]) -> dict[str, Any]:
    """Begin to correct a notice: all but its texts stays as it is."""
    kept = {
        "prison": notice.prison,
        "style": str(Style.SERVICE if notice.service else Style.URGENT if notice.urgent else Style.PLAIN),
        "service": notice.service,
        "audience": DONE,
        "units": list(notice.units),
        "staff": list(notice.staff),
        "starts": notice.starts.isoformat(),
        "ends": notice.ends.isoformat(),
    }
    leaves = {"outside": notice.outside}
    old = {language: notice.texts[language] for language in languages if language in notice.texts}
    return {**kept, **leaves, GIVEN: sorted(kept), "fixing": notice.id, "old": old}


def audience(style: str, hub: Hub, prison: str) -> dict[str, list[str]]:
    """Return for whom a notice is at first: every unit; what is urgent concerns just those that are chosen."""
    return {"units": [] if style == Style.URGENT else list(hub.units_of(prison)), "staff": []}


def toggled(draft: Draft, word: str) -> dict[str, list[str]]:
    """Switch a unit or a group of the staff on or off."""
    name = "staff" if word in groups() else "units"
    return {name: sorted({word}.symmetric_difference(draft[name]))}


def groups() -> list[str]:
    """Return the names of the groups of the staff that can be told."""
    return [str(role.name) for role in READERS]


def tidy(text: str) -> str:
    """Return a typed text as one line."""
    return " ".join(text.split())


def too_long(text: str) -> int:
    """Return how many characters too many a text has."""
    return max(0, len(text) - LONGEST)


def next_session(hub: Hub, service: str, prison: str, now: datetime) -> tuple[datetime, datetime] | None:
    """Return when somebody of a service is in a prison next: from when to when."""
    here = set(hub.units_of(prison))
    hours = [
        (calendar.at(hub, each.day, each.hours[0].opens), calendar.at(hub, each.day, each.hours[-1].closes))
        for each in hub.sessions
        if each.service == service and hub.rooms[each.room].units & here
    ]
    return min((each for each in hours if each[1] > now), default=None)


def starts(hub: Hub, draft: Draft, now: datetime) -> datetime:
    """Return from when a notice is shown."""
    word = draft.get("starts") or NOW
    return now if word == NOW else _moment(hub, word, calendar.MORNING)


def ends(hub: Hub, word: str) -> datetime:
    """Return until when a notice is shown that ends on a day."""
    return _moment(hub, word, EVENING)


def _moment(hub: Hub, word: str, clock: time) -> datetime:
    return calendar.at(hub, date.fromisoformat(word), clock) if len(word) == len("2027-01-14") else _exact(word)


def _exact(word: str) -> datetime:
    return datetime.fromisoformat(word)


def last_days(hub: Hub, draft: Draft, now: datetime) -> list[str]:
    """Return the days with which a notice can end by one press: that of the service's session first."""
    begins = starts(hub, draft, now)
    first = calendar.today(hub, begins)
    session = [date.fromisoformat(draft["day"])] if draft.get("day") else []
    days = dict.fromkeys(str(each) for each in [*session, *(first + after for after in AFTER)])
    return [each for each in days if ends(hub, each) > max(begins, now)]


def notice_of(draft: Draft, hub: Hub, made_by: str, now: datetime) -> Notice:
    """Return the notice that has been put together."""
    service = draft.get("service") if draft["style"] == Style.SERVICE else None
    return Notice(
        id=int(draft.get("fixing") or 0),
        prison=draft["prison"],
        state=State.PUBLISHED,
        revision=0,
        texts=texts_of(draft, hub.languages),
        units=tuple(draft["units"]),
        staff=tuple(draft["staff"]),
        starts=starts(hub, draft, now),
        ends=ends(hub, draft["ends"]),
        made_by=made_by,
        made_at=now,
        urgent=draft["style"] == Style.URGENT,
        service=service,
        outside=bool(draft.get("outside")),
    )


def texts_of(draft: Draft, languages: Collection[str]) -> dict[str, str]:
    """Return the texts that have been written, by language."""
    return {each: draft[text_in(each)] for each in languages if draft.get(text_in(each))}
