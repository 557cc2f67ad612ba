"""What the parts of a kiosk's page are, so that a page of the house can draw them; everywhere else they are words."""

from dataclasses import dataclass
from enum import StrEnum, auto


class Place(StrEnum):
    """Where on a kiosk's page a button stands; everywhere else all stand below the words, in their rows."""

    TILE = auto()
    WIDE = auto()
    """As wide as the page: what comes first."""
    BACK = auto()
    """Below every page, at its beginning: one step back."""
    BAR = auto()
    """Below every page, at its end: help, and the way out."""
    HEAD = auto()
    """Above every page, beside who is signed in: the language."""


class Part(StrEnum):
    """What a line is on a kiosk's page; everywhere else it is a line like any other. The first one is the heading."""

    SAID = auto()
    NUMBER = auto()
    """A code or a date that stands out: what one takes along."""
    DOTS = auto()
    """How much of a code is entered."""
    ROAD = auto()
    """How far something has come, step by step."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line or a button; its ``language`` is "" where that is the page's own."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a road; ``done`` says that it has been taken."""

    text: str
    done: bool


class Look(StrEnum):
    """As what a kiosk's page is drawn; everywhere else it is a message like any other."""

    WELCOME = auto()
    HOME = auto()
    PAD = auto()
    ASK = auto()
    """One question, and what one may answer."""
    READ = auto()
    """Something to read."""
    LIST = auto()
    CARD = auto()
    RECEIPT = auto()
    TROUBLE = auto()
    """What did not work, and what can be done."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a kiosk's page: the ``hub``, the ``kiosk``, and by number ``who`` is signed in, if anybody.

    Of the ``zone`` the page tells the time. ``listen`` and ``hush`` are on the buttons of the voice; on a page about
    somebody is asked before that others may hear it. The ``small`` print says that a machine wrote the words.
    """

    hub: str
    kiosk: str
    who: str
    zone: str
    listen: str = ""
    hush: str = ""
    overheard: str = ""
    small: str = ""
