"""One-time codes for a forgotten PIN, and the PIN that an inmate makes with one (J2)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.people import WRONG_TRIES_WITH_CODE

RISING = "01234567890"
"""As on a keyboard: 7890 rises, too."""


@dataclass(frozen=True, slots=True)
class PinCode:
    """A one-time code of one inmate, known by its keyed ``stamp`` alone; good until ``expires``, in UTC.

    An officer's is for whoever stands there and has forgotten the PIN: it stands in place of the PIN, and three wrong
    tries end it. A ``pin_letter``'s lies in a house for days: it is good beside the PIN, and bears wrong tries as one.
    """

    inmate: str
    stamp: str
    expires: datetime
    made_by: str
    wrong: int = 0
    pin_letter: bool = False

    def opens(self, stamp: str, now: datetime) -> bool:
        """Say whether this is the code, and still good."""
        return self.is_good(now) and stamp == self.stamp

    def is_good(self, now: datetime) -> bool:
        """Say whether it can still be used."""
        return now < self.expires and not self.dead

    def missed(self) -> "PinCode":
        """Return the code after a wrong try; the third one ends it."""
        return replace(self, wrong=self.wrong + 1)

    @property
    def dead(self) -> bool:
        """Say whether wrong tries have ended it."""
        return not self.pin_letter and self.wrong >= WRONG_TRIES_WITH_CODE


class Choice(StrEnum):
    """How far somebody has come in making a PIN of their own."""

    PRESENT = "present"
    FIRST = "first"
    ONCE_MORE = "once_more"
    DIFFERENT = "different"
    THE_CODE = "the_code"
    EASY = "easy"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Pin:
    """The hash of an inmate's PIN; ``given`` says that it stood in a file, and that others may know it."""

    hashed: str
    given: bool


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a try at a number is compared with; nothing where there is no such number, or during its break."""

    pin: Pin | None = None
    code: PinCode | None = None

    @property
    def guesses(self) -> int:
        """How many guesses one try is, for who does not know: one at each of them."""
        return 2 if self.pin and self.code else 1


def compared_with(pin: Pin | None, code: PinCode | None, now: datetime, *, paused: bool) -> Secrets:
    """Choose what a try is compared with: an officer's code alone, also in a break, or else the PIN and a letter's."""
    code = code if code and code.is_good(now) else None
    if code and not code.pin_letter:
        return Secrets(code=code)
    return Secrets() if paused else Secrets(pin, code)


def choose(first: str, entered: str, number: str, *, is_known: bool) -> Choice:
    """Judge the digits with which somebody makes a PIN: what others know or guess is none; entered twice alike it is.

    ``is_known``: they are the one-time code or the PIN of a file, which somebody else has seen.
    """
    if is_known:
        return Choice.THE_CODE
    if guessable(entered, number):
        return Choice.EASY
    if not first:
        return Choice.ONCE_MORE
    return Choice.DONE if entered == first else Choice.DIFFERENT


def guessable(pin: str, number: str) -> bool:
    """Say whether a PIN is among the first that anybody would try.

    It is one where a shorter run of digits comes over and over (1111, 1212, 123123), where each digit is one more or
    one less than the one before (3456, 7890, 4321), or where it is the ``number``'s digits between noughts (for A17:
    1700, 0017). Of four digits that is 120 of 10,000 at most.
    """
    return _repeats(pin) or pin in RISING or pin in RISING[::-1] or pin.strip("0") == number[-2:].strip("0")


def _repeats(pin: str) -> bool:
    length = len(pin)
    return any(pin == pin[:run] * (length // run) for run in range(1, length) if length % run == 0)
