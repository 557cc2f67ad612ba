"""What happens at a kiosk: pages beside the way, the digit pad, and for how long somebody may be away (J3)."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.chat.messages import SCREEN
from bot.domain.inmates import pins as rules
from bot.domain.inmates.pins import Choice
from bot.domain.people import ADMINS, NUMBER_LENGTH
from bot.domain.refusals import SignedOut, Stale
from bot.domain.reminders import OF_IDLENESS, Kind, Reminder
from bot.domain.screen.kiosks import (
    IDLE,
    LANGUAGES,
    NOT_CHANGED,
    PAD,
    WELCOME,
    KioskSession,
    aside,
    beneath,
    is_aside,
)
from bot.store import clearing, inbox, kiosks, reminders
from bot.usecases.screen import trails
from bot.usecases.turn import Actor, Pad, Turn

DIGITS = "1234567890"
RENEW_AFTER = timedelta(hours=12)
TOO_OLD_AFTER = timedelta(hours=47)
FORGET_AFTER = timedelta(days=7)


def use(turn: Turn) -> None:
    """Note that somebody is there: it locks that much later, and whoever was asked has answered by pressing."""
    view = turn.session.view
    turn.change_session(active_at=turn.now, view=beneath(view) if is_aside(IDLE, view) else view)


def locks_at(turn: Turn) -> datetime:
    """Return when the kiosk locks if nobody presses anything (UTC)."""
    return (turn.session.active_at or turn.now) + turn.hub.lock_after


def step_aside(turn: Turn, name: str) -> None:
    """Let the kiosk show a page beside the way; ``go_on`` comes back from it."""
    turn.change_session(view=aside(name, turn.session.view))


def choose_language(turn: Turn, language: str) -> None:
    """Speak another language until the kiosk is left, and go back to where it was chosen."""
    turn.change_session(language=language)
    if is_aside(LANGUAGES, turn.session.view):
        go_on(turn)


async def warn(turn: Turn, kiosk: str) -> None:
    """Let the kiosk ask whether somebody is still there; what was shown comes back with ``go_on``."""
    await act_for(turn, kiosk)
    step_aside(turn, IDLE)
    await kiosks.save_session(turn.tx, turn.keys, turn.session)


def go_on(turn: Turn) -> None:
    """Go back from a page beside the way to what was shown before."""
    turn.change_session(view=beneath(turn.session.view))


def start_pad(turn: Turn, unit: str) -> Pad:
    """Begin to sign in: the pad's buttons get new tokens each time."""
    if unit not in turn.hub.units_of(turn.hub.prison_of(turn.session.unit)):
        raise Stale
    pad = Pad(secrets.token_hex(8), unit)
    turn.pads[turn.session.kiosk] = pad
    turn.change_session(view=PAD, trail=(WELCOME,), inmate=None)
    return pad


def start_change(turn: Turn) -> Pad:
    """Let who is signed in make another PIN; the present one is asked first."""
    trails.forget(turn, (NOT_CHANGED,))
    return _go_on_with(turn, Pad("", turn.session.unit, owner=turn.inmate), Choice.PRESENT)


def start_own_pin(turn: Turn, unit: str, owner: str, spent: str) -> Pad:
    """Let an inmate make a PIN; who is not signed in yet is not before that is done.

    ``spent`` is the stamp of digits that somebody else has seen, and that are no PIN of one's own.
    """
    return _go_on_with(turn, Pad("", unit, owner=owner, spent=spent), Choice.FIRST)


def choose_pin(turn: Turn, pad: Pad, owner: str) -> Choice:
    """Judge the digits that were entered; what is not the PIN yet begins the pad anew."""
    is_known = turn.keys.stamp(code_of(owner, pad.digits)) == pad.spent
    choice = rules.choose(pad.first, pad.digits, owner, is_known=is_known)
    first = pad.digits if choice is Choice.ONCE_MORE else ""
    _go_on_with(turn, replace(pad, digits="", first=first), choice)
    return choice


def _go_on_with(turn: Turn, pad: Pad, choice: Choice) -> Pad:
    pad = replace(pad, nonce=secrets.token_hex(8), choice=choice)
    turn.pads[turn.session.kiosk] = pad
    trails.open_page(turn, PAD)
    return pad


def choose_again(turn: Turn) -> Pad:
    """Go one step back where a new PIN is asked for once more: nobody has to enter one that they do not want."""
    pad = pad_of(turn)
    if not pad.first:
        raise Stale
    return _go_on_with(turn, replace(pad, digits="", first=""), Choice.FIRST)


def code_of(inmate: str | None, code: str) -> str:
    """Return what a one-time code is stamped as: it is good for one inmate alone."""
    return f"pin code of {inmate}: {code}"


def pad_of(turn: Turn) -> Pad:
    """Return the pad in use at this kiosk; after a restart there is none."""
    pad = turn.pads.get(turn.session.kiosk)
    if pad is None:
        raise Stale
    return pad


def tokens(turn: Turn, pad: Pad) -> dict[str, str]:
    """Return the token that stands for each digit on this pad."""
    return {turn.keys.token(f"{turn.session.kiosk} {pad.nonce} {digit}"): digit for digit in DIGITS}


def press_digit(turn: Turn, token: str) -> Pad:
    """Add the digit that this token stands for."""
    pad = pad_of(turn)
    digit = tokens(turn, pad).get(token)
    if digit is None or complete(turn, pad):
        raise Stale
    return _with(turn, pad, pad.digits + digit)


def erase_digit(turn: Turn) -> Pad:
    """Take the last digit back."""
    pad = pad_of(turn)
    return _with(turn, pad, pad.digits[:-1])


def _with(turn: Turn, pad: Pad, digits: str) -> Pad:
    turn.pads[turn.session.kiosk] = replace(pad, digits=digits)
    turn.change_session(view=PAD)
    return turn.pads[turn.session.kiosk]


def complete(turn: Turn, pad: Pad) -> bool:
    """Say whether all the digits are there."""
    return len(pad.digits) == turn.hub.pin_digits + (0 if pad.owner else NUMBER_LENGTH)


def number_of(pad: Pad) -> str:
    """Return the number pressed so far, with its unit: A01."""
    return pad.unit + pad.digits[:NUMBER_LENGTH]


def pin_of(pad: Pad) -> str:
    """Return the PIN pressed so far."""
    return pad.digits[NUMBER_LENGTH:]


def put_pad_away(turn: Turn) -> None:
    """Forget the digits."""
    turn.pads.pop(turn.session.kiosk, None)


async def resting(turn: Turn) -> list[KioskSession]:
    """Return the kiosks that greet whoever comes."""
    return [each for each in await kiosks.sessions(turn.tx, turn.keys) if each.view == WELCOME]


async def session_at(turn: Turn, kiosk: str) -> KioskSession | None:
    """Return what a kiosk shows now, and to whom; nothing where it is not in use."""
    return await kiosks.session(turn.tx, turn.keys, kiosk)


async def act_for(turn: Turn, kiosk: str) -> None:
    """Let a due reminder act at a kiosk."""
    session = await session_at(turn, kiosk)
    if session is None:
        raise SignedOut(kiosk)
    turn.actor = Actor(turn.actor.role, turn.actor.id, session.language, session=session)


async def keep(turn: Turn) -> None:
    """Write what the kiosk is doing, and when it will have been idle for too long."""
    session = turn.session
    if session.rests:
        await kiosks.save_session(turn.tx, turn.keys, replace(session, active_at=None))
        await reminders.cancel(turn.tx, session.kiosk, OF_IDLENESS)
        turn.locks[session.kiosk] = None
        return
    turn.locks[session.kiosk] = turn.now + turn.hub.lock_after
    await kiosks.save_session(turn.tx, turn.keys, replace(session, active_at=turn.now))
    await reminders.put(turn.tx, _idle(turn, session.kiosk))


def _idle(turn: Turn, kiosk: str) -> list[Reminder]:
    """Whoever reads is asked before the screen locks, signed in or not."""
    lock_at = Reminder(Kind.IDLE_LOCK, kiosk, turn.now + turn.hub.lock_after)
    warn_at = Reminder(Kind.IDLE_WARNING, kiosk, turn.now + turn.hub.warn_after)
    return [warn_at, lock_at]


async def renew_screens(turn: Turn) -> list[str]:
    """At night: let the living message of every free kiosk be made anew, before it is too old to delete.

    One that is too old already stays, and is edited: better one old message than two.
    """
    free = await kiosks.free(turn.tx)
    for kiosk in free:
        for reader in await kiosks.addresses_of(turn.tx, kiosk):
            await clearing.renew(turn.tx, reader, SCREEN, turn.now - RENEW_AFTER, turn.now - TOO_OLD_AFTER)
    await inbox.clear(turn.tx, turn.now - FORGET_AFTER)
    return free


async def every(turn: Turn) -> list[str]:
    """Return every kiosk of the hub."""
    return await kiosks.ids(turn.tx)


async def places(turn: Turn) -> dict[str, str]:
    """Return the kiosks in use that the acting person may see, with the unit in which each stands."""
    mine = frozenset(turn.hub.units) if turn.person.role & ADMINS else turn.person.units
    return {kiosk: unit for kiosk, unit in (await kiosks.units(turn.tx)).items() if unit in mine}
