"""Every named reason why a theme night, or a place on its list, is not to be had; see refusals.py for the others."""

from bot.domain.refusals import Refusal


class NightPast(Refusal):
    """A theme night begins later than now."""


class EndsTooEarly(Refusal):
    """A theme night ends after it begins."""


class NightBegun(Refusal):
    """The theme night has begun; it is neither cancelled nor left any more."""


class NobodyInvited(Refusal):
    """Nobody may come to the theme night as it is written."""


class RoomNotForUnits(Refusal):
    """Some of the units may not use the room."""


class UnitsApart(Refusal):
    """These units may not be in the room at the same time (F38)."""


class RoomTooSmall(Refusal):
    """The room has not place for so many."""


class RoomTaken(Refusal):
    """Something else takes place in the room at that time."""


class SeatsOutOfBounds(Refusal):
    """A theme night has one seat at least."""


class SeatsTaken(Refusal):
    """More seats are given already than there would be."""


class SignUpTimesWrong(Refusal):
    """One signs up from a moment until a later one, before the night begins."""


class NightGone(Refusal):
    """There is no such theme night for whoever asks, or it is cancelled."""


class NotInvited(Refusal):
    """The theme night is for others: another unit, or another language."""


class SignUpNotOpen(Refusal):
    """One cannot sign up yet."""


class SignUpClosed(Refusal):
    """The time for signing up is over."""


class SignedUpAlready(Refusal):
    """This person is on the list already."""


class BusyThen(Refusal):
    """This person is somewhere else at that time."""


class SeatPassed(Refusal):
    """The seat was kept until a moment that has passed; it goes to the next in line."""


class NoSeatLeft(Refusal):
    """Every seat that this person could have is taken."""


class NotAtTheDoor(Refusal):
    """Who came is counted at the door: from an hour before the night."""
