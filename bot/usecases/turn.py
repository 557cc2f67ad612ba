"""A turn: one update or one due reminder, in one transaction, with all that its use cases need."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.domain.audit import Entry
from bot.domain.chat.messages import Build, View
from bot.domain.chat.uses import Use
from bot.domain.inmates.pins import Choice
from bot.domain.people import Person, Role
from bot.domain.refusals import NotAllowed, SignedOut
from bot.domain.screen.kiosks import KioskSession
from bot.domain.services import Hub
from bot.domain.subjects import Subject
from bot.store import audit
from bot.store.database import Transaction
from bot.store.keys import Keys
from bot.usecases.hashing import Hashes


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: somebody who works at the hub, a kiosk with or without somebody signed in, or a stranger."""

    role: Role
    id: str
    language: str
    person: Person | None = None
    session: KioskSession | None = None


HUB = Actor(Role.NOBODY, "hub", "nb")
"""The hub itself, when a reminder is due."""


@dataclass(frozen=True, slots=True)
class Address:
    """A chat of a network, a person wherever they are, or a kiosk wherever it is."""

    network: str | None = None
    chat_id: int | None = None
    person: str | None = None
    kiosk: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address shall show under a key.

    With ``only_there`` only where that message exists already. With ``instead`` it is sent anew below everything else,
    and the old one says that. What a ``broadcast`` tells goes behind everything else, and is sent once at most. What is
    written ``anew`` because something has changed gives way to whatever else is wanted there; a ``page`` then only
    where that is what the message shows, and ``behind`` everything else where many have it. ``use`` says how long it is
    of use; without it, as long as it was so far, or as it stands there.
    """

    to: Address
    key: str
    build: Build
    only_there: bool = False
    instead: View | None = None
    broadcast: int | None = None
    anew: bool = False
    use: Use | None = None
    page: str = ""
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Pad:
    """Digits pressed so far at a kiosk. They live in memory only: the database never sees a PIN.

    With an ``owner`` they are a PIN that this inmate is making: ``first`` is what was entered the first time, ``spent``
    the stamp of what others have seen, ``choice`` how far it has come.
    """

    nonce: str
    unit: str
    digits: str = ""
    owner: str | None = None
    first: str = ""
    spent: str = ""
    choice: Choice = Choice.FIRST


@dataclass
class Edge:
    """What handlers and the delivery tell each other in a turn, and no use case asks for.

    What shall be seen is collected in ``wanted``, ``forgotten`` and ``alert``; ``visible`` says at the end whether
    something changes in the chat in which the turn is. ``leaves_house`` tells whether what is shown there leaves the
    house, ``called`` is the bot's own name there, empty as long as its network has not told it. ``link_to`` gives the
    link with which a one-time code is used on a network, where that network has such links
    (``link_to("telegram", code)``). What is ``late`` was done while no hub was there: whoever pressed it may be gone.
    ``handled``, ``failure`` and ``again`` are how handlers report to the dispatch.
    """

    wanted: list[Wanted] = field(default_factory=list)
    forgotten: list[tuple[str, int, int]] = field(default_factory=list)
    alert: str | None = None
    visible: bool = False
    called: str = ""
    leaves_house: bool = True
    link_to: Callable[[str, str], str | None] = lambda _network, _code: None
    late: bool = False
    handled: bool = False
    failure: Exception | None = None
    again: Any = None


@dataclass
class Turn:
    """What a use case may use. ``now`` is the hub's time in UTC; nothing else tells the time.

    ``hub`` may be changed by a use case; ``described`` is what hub.yaml alone says. ``place`` is the kiosk in whose
    chat the turn is, ``pressed`` the key of the message whose button was pressed. ``goes_outside`` tells whether a
    network leaves the house, ``has_doors`` whether the house is entered with joined browsers only.
    ``read`` are the slips that were read and noted, ``hashes`` what was counted before the turn began.
    ``touched`` is what has changed, so that every view about it is written anew at the end; ``news`` what of it cannot
    wait until somebody looks; ``hidden`` what somebody of the staff may see no more, by their id, and ``outdated`` the
    keys of the messages in their chats that were written for what they were before.
    ``locks`` are the kiosks that were used, and when each shall be locked; one that is locked has no such time.
    The ``edge`` is what is shown, and how handlers report back.
    """

    tx: Transaction
    now: datetime
    hub: Hub
    keys: Keys
    described: Hub | None = None
    actor: Actor = HUB
    network: str = ""
    chat_id: int = 0
    place: str | None = None
    pressed: str | None = None
    goes_outside: Callable[[str], bool] = lambda _network: True
    has_doors: bool = False
    pads: dict[str, Pad] = field(default_factory=dict)
    locks: dict[str, datetime | None] = field(default_factory=dict)
    read: set[str] = field(default_factory=set)
    touched: set[Subject] = field(default_factory=set)
    news: set[Subject] = field(default_factory=set)
    hidden: dict[str, set[Subject]] = field(default_factory=dict)
    outdated: dict[str, list[str]] = field(default_factory=dict)
    hashes: Hashes = field(default_factory=Hashes)
    edge: Edge = field(default_factory=Edge)

    @property
    def doer(self) -> str:
        """Return who acts, as slips remember it: the member of staff, the inmate at whatever screen, or the hub."""
        session = self.actor.session
        return session.inmate if session and session.inmate else self.actor.id

    @property
    def session(self) -> KioskSession:
        """Return what this kiosk is doing, or refuse where there is no kiosk."""
        if self.actor.session is None:
            raise NotAllowed
        return self.actor.session

    @property
    def inmate(self) -> str:
        """Return who is signed in at this kiosk, or refuse."""
        inmate = self.session.inmate
        if inmate is None:
            raise SignedOut
        return inmate

    @property
    def person(self) -> Person:
        """Return which member of staff acts, or refuse."""
        if self.actor.person is None:
            raise NotAllowed
        return self.actor.person

    def change_session(self, **changes: Any) -> KioskSession:
        """Let the kiosk do something else; it is written once, at the end of the turn."""
        session = replace(self.session, **changes)
        role = Role.INMATE if session.inmate else Role.KIOSK
        name = f"{session.inmate}@{session.kiosk}" if session.inmate else session.kiosk
        self.actor = replace(self.actor, session=session, role=role, id=name, language=session.language)
        return session

    @contextmanager
    def standing_at(self, session: KioskSession) -> Iterator[None]:
        """See the hub for a moment as the kiosk does, to write what it shall show."""
        actor, role = self.actor, Role.INMATE if session.inmate else Role.KIOSK
        self.actor = replace(actor, role=role, session=session, language=session.language)
        try:
            yield
        finally:
            self.actor = actor

    @contextmanager
    def seen_by(self, person: Person) -> Iterator[None]:
        """See the hub for a moment as somebody of the staff does, to write what stands in their chats."""
        actor = self.actor
        self.actor = Actor(person.role, person.id, person.language, person=person)
        try:
            yield
        finally:
            self.actor = actor

    def touch(self, *subjects: Subject) -> None:
        """Say that something has changed: at the end of the turn, whatever stands about it says what is true."""
        self.touched.update(subjects)

    def hide(self, person: str, about: Iterable[Subject]) -> None:
        """Say that somebody of the staff may see nothing about these any more."""
        self.hidden.setdefault(person, set()).update(about)

    async def note(self, action: str, about: str, outcome: str = "done") -> None:
        """Append to the log who did what."""
        await audit.add(self.tx, Entry(self.now, self.actor.id, action, about, outcome))

    async def note_reading(self, code: str) -> None:
        """Append to the log that who acts has read a slip; once in a turn, however often it is shown."""
        if code not in self.read:
            self.read.add(code)
            await self.note("read", code)


current_turn: ContextVar[Turn] = ContextVar("current_turn")
"""The turn under way: the chat library makes handlers' contexts itself, and this is where they find it."""
