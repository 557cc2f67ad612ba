"""The services of the hub, their topics and promises, and the places they use, as hub.yaml describes them."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

Texts = Mapping[str, str]
"""One text per language code; what somebody wrote in the hub may lack any of them, and all."""

INSTEAD = ("en", "nb")
"""In which languages a text is said where the reader's own lacks, the first that is there first."""

CLOSE = {"nn": "nb", "nb": "nn"}
"""Which language a reader has from childhood beside their own, and reads before any that is learnt."""

NEEDED = ("nb", "en")
"""In which languages every text of the hub stands before anybody sees it."""


def said_in(texts: Texts, language: str) -> str:
    """Return a text in a language, or in English, Norwegian or any other there is; nothing where nobody wrote one."""
    return told_in(texts, language)[0]


def told_in(texts: Texts, language: str) -> tuple[str, str]:
    """Return a text as it is said in a language, and in which one that is: another where its own lacks."""
    known = (language, CLOSE.get(language, language), *INSTEAD, *texts)
    return next(((text, each) for each in known if (text := texts.get(each, ""))), ("", language))


def is_foreign(texts: Texts, language: str) -> bool:
    """Say whether a text is said in another language than the reader's; a name that is the same in all is in none."""
    text, said = told_in(texts, language)
    own = {language, CLOSE.get(language, language)}
    alike = len(texts) > 1 and all(each == text for each in texts.values() if each)
    return bool(text) and said not in own and not alike


def lacking(languages: Iterable[str], *texts: Texts) -> list[str]:
    """Return in which languages some of these texts lack, of those that somebody has begun to write."""
    begun = [each for each in texts if any(each.values())]
    return [language for language in languages if any(not each.get(language) for each in begun)]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a slip is about, chosen from a service's short list; never free text."""

    key: str
    name: Texts
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """Somebody to talk to. ``promise`` is in working days, ``daily_cap`` in talks a day.

    Of a ``silent`` one nobody else learns more than that there is a talk (F10). In ``units`` somebody answers it.
    """

    key: str
    name: Texts
    icon: str
    about: Texts
    promise: int
    bookable: bool
    topics: tuple[Topic, ...] = ()
    daily_cap: int | None = None
    advisers: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()
    readers: Texts = field(default_factory=dict)
    silent: bool = False

    def topic(self, key: str) -> Topic | None:
        """Return the topic with this key, if the service has it."""
        return next((topic for topic in self.topics if topic.key == key), None)


@dataclass(frozen=True, slots=True)
class Room:
    """A place for talks; ``units`` may use it. In a ``cell`` the adviser comes to the inmate (F35).

    For many at once it has a ``capacity`` in inmates (F43), of which a unit has at ``most`` so many; where ``together``
    says so, only those units may be there at the same time (F38).
    """

    key: str
    name: Texts
    units: frozenset[str]
    exclusive: bool = True
    cell: bool = False
    capacity: int | None = None
    most: Mapping[str, int] = field(default_factory=dict)
    together: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Hours:
    """From ``opens`` to ``closes`` by the wall clock of the prison."""

    opens: time
    closes: time

    def contain(self, starts: time, ends: time) -> bool:
        """Say whether a stretch of one day lies wholly inside."""
        return self.opens <= starts and ends <= self.closes


@dataclass(frozen=True, slots=True)
class Unit:
    """A wing of the prison; its doors are open in ``doors``. A unit for ``women`` has nights of its own (F116)."""

    key: str
    name: str
    doors: tuple[Hours, ...]
    prison: str = ""
    women: bool = False


@dataclass(frozen=True, slots=True)
class Staffing:
    """How many of the staff can walk with people in these hours, unless the duty leader says otherwise."""

    hours: Hours
    staff: int


@dataclass(frozen=True, slots=True)
class Session:
    """One adviser in one room on one date, cut into slots of ``minutes``, one ``every`` so many minutes."""

    service: str
    adviser: str
    room: str
    day: date
    hours: tuple[Hours, ...]
    minutes: int
    every: int


@dataclass(frozen=True)
class Hub:
    """A prison's service hub: what hub.yaml says, and what was changed in the hub since, as one value.

    ``closed_days`` knows public holidays and the hub's own closing days; ``triage`` is the service of the
    social adviser, where every slip without a better place ends (F24). ``names`` are those of the staff, by id.
    ``prisons`` are the names of the one to three prisons it serves (F110), by the prefix of their slips, the main one
    first. ``answers`` are plain words for an answer without a meeting, by key. ``coordinator_reads`` opens the texts
    of slips to the coordinator (F23). An ended slip is deleted after ``retention_days``.
    Posters can be made in the languages ``posters``, of which some may be spoken at no screen.
    A PIN has ``pin_digits`` digits.
    The words of the languages ``by_machine`` were written by one, and nobody has signed them off yet.
    ``phone`` is where somebody answers who has no screen of ours; empty where nobody needs it.
    """

    name: str
    prefix: str
    zone: ZoneInfo
    languages: tuple[str, ...]
    units: Mapping[str, Unit]
    rooms: Mapping[str, Room]
    services: Mapping[str, Service]
    triage: str
    sessions: tuple[Session, ...]
    closed_days: Container[date]
    warn_after: timedelta = timedelta(seconds=40)
    lock_after: timedelta = timedelta(seconds=60)
    names: Mapping[str, Texts] = field(default_factory=dict)
    prisons: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Texts] = field(default_factory=dict)
    staffing: tuple[Staffing, ...] = ()
    coordinator_reads: bool = False
    retention_days: int = 90
    phone: str = ""
    posters: tuple[str, ...] = ()
    pin_digits: int = 4
    by_machine: frozenset[str] = frozenset()

    def prison_of(self, unit: str) -> str:
        """Return the prison of a unit, by the prefix of its slips."""
        return self.units[unit].prison or self.prefix

    def units_of(self, prison: str) -> tuple[str, ...]:
        """Return the units of a prison."""
        return tuple(unit for unit in self.units if self.prison_of(unit) == prison)

    def prisons_of(self, units: Container[str]) -> tuple[str, ...]:
        """Return the prisons to which some of these units belong, in the hub's order."""
        return tuple(dict.fromkeys(self.prison_of(unit) for unit in self.units if unit in units))

    def takes_slips(self, service: Service) -> bool:
        """Say whether slips may go to this service: it can be booked, or it finds the right one (F36, F137)."""
        return service.bookable or service.key == self.triage

    def is_answered(self, service: str, unit: str) -> bool:
        """Say whether slips of a unit may go to a service: it takes them, and somebody answers them there (F18).

        Where a slip has no better place, it always finds somebody (F24).
        """
        known = self.services[service]
        return service == self.triage or (self.takes_slips(known) and unit in known.units)

    def name_of(self, person: str) -> Texts:
        """Return the name of somebody of the staff, or their id where they work here no more."""
        return self.names.get(person, {"nb": person})
