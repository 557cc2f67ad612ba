"""One-time codes for a forgotten PIN, and the PIN that an inmate makes with one (J2)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.people import WRONG_TRIES_WITH_CODE

MANY_TRIES = 20
MANY_TRIES_WITHIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class PinCode:
    """A one-time code of one inmate, known by its keyed ``stamp`` alone; good until ``expires``, in UTC."""

    inmate: str
    stamp: str
    expires: datetime
    made_by: str
    wrong: int = 0

    def opens(self, stamp: str, now: datetime) -> bool:
        """Say whether this is the code, and still good."""
        return now < self.expires and not self.dead and stamp == self.stamp

    def missed(self) -> "PinCode":
        """Return the code after a wrong try; the third one ends it."""
        return replace(self, wrong=self.wrong + 1)

    @property
    def dead(self) -> bool:
        """Say whether wrong tries have ended it."""
        return self.wrong >= WRONG_TRIES_WITH_CODE


class Choice(StrEnum):
    """How far somebody has come in making a PIN of their own."""

    FIRST = "first"
    ONCE_MORE = "once_more"
    DIFFERENT = "different"
    THE_CODE = "the_code"
    DONE = "done"


def choose(first: str, entered: str, *, is_code: bool) -> Choice:
    """Judge four digits: entered twice alike they are the PIN; the one-time code, which somebody else knows, is not."""
    if is_code:
        return Choice.THE_CODE
    if not first:
        return Choice.ONCE_MORE
    return Choice.DONE if entered == first else Choice.DIFFERENT


def alarming(tries: int) -> bool:
    """Say whether so many wrong tries at one kiosk within the hour are for the officers to know."""
    return tries >= MANY_TRIES
