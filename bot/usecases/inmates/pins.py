"""Help with a forgotten PIN: one-time codes, of which the hub keeps only a stamp, and whom to call (J2)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.inmates.pins import PinCode
from bot.domain.people import CONTACTS, PIN_CODE_LIFETIME, PIN_LETTER_LIFETIME, RECEIVERS, Inmate, Person
from bot.domain.refusals import OutsideScope
from bot.domain.reminders import Kind, Reminder
from bot.domain.subjects import INMATES
from bot.store import people, reminders
from bot.store import pins as store
from bot.usecases.inmates.carers import somebody
from bot.usecases.screen.kiosks import code_of
from bot.usecases.turn import Turn


@dataclass(frozen=True, slots=True)
class Issued:
    """A fresh one-time code, in memory only; ``instead_of`` is who made the one that it replaces.

    ``ended_pin_letter`` says that that one was a PIN letter's, and still good.
    """

    inmate: str
    code: str
    ends: datetime
    instead_of: str | None
    ended_pin_letter: bool


@dataclass(frozen=True, slots=True)
class CodeRight:
    """The one-time code was right and is used up; its owner may make a PIN. ``made_by`` gave it out."""

    inmate: str
    spent: str
    made_by: str


async def issue(turn: Turn, number: str) -> Issued:
    """Make a code for five minutes, for somebody whom the acting officer has seen."""
    return await _make(turn, await somebody(turn, number), PIN_CODE_LIFETIME)


async def first_code(turn: Turn, inmate: str) -> Issued:
    """Make a code for the PIN letter of somebody new, for fourteen days; only that letter ever tells it."""
    found = await people.inmate(turn.tx, inmate)
    if found is None or not turn.person.role & RECEIVERS or found.unit not in turn.person.units:
        raise OutsideScope
    return await _make(turn, found, PIN_LETTER_LIFETIME, pin_letter=True)


async def pin_letter_of(turn: Turn, inmate: str) -> datetime | None:
    """Return until when somebody's PIN letter is good (UTC), if one is on its way."""
    return (await store.pin_letters(turn.tx, turn.now)).get(inmate)


async def _make(turn: Turn, inmate: Inmate, life: timedelta, *, pin_letter: bool = False) -> Issued:
    before = await store.code_of(turn.tx, inmate.id)
    code = "".join(secrets.choice("0123456789") for _ in range(turn.hub.pin_digits))
    stamp, ends = turn.keys.stamp(code_of(inmate.id, code)), turn.now + life
    await store.save(turn.tx, PinCode(inmate.id, stamp, ends, turn.person.id, pin_letter=pin_letter))
    await reminders.replace(turn.tx, inmate.id, (Kind.PIN_CODE,), [Reminder(Kind.PIN_CODE, inmate.id, ends)])
    turn.touch(INMATES)
    await turn.note("pin_code", inmate.id)
    ended_pin_letter = before is not None and before.pin_letter and before.is_good(turn.now)
    return Issued(inmate.id, code, ends, before.made_by if before else None, ended_pin_letter)


async def use(turn: Turn, code: PinCode, entered: str) -> CodeRight | None:
    """Try digits as a good one-time code: right, it is used up; wrong three times, an officer's is dead."""
    stamp = turn.keys.stamp(code_of(code.inmate, entered))
    if code.opens(stamp, turn.now):
        await forget(turn, code.inmate)
        await turn.note("pin_code_used", code.inmate)
        return CodeRight(code.inmate, stamp, code.made_by)
    if not code.pin_letter:
        await _count_miss(turn, code)
    return None


async def _count_miss(turn: Turn, code: PinCode) -> None:
    missed = code.missed()
    await store.save(turn.tx, missed)
    await turn.note("pin_code_used", code.inmate, "wrong_code")
    if missed.dead:
        # It disappears wherever it is shown as if its time were over.
        await reminders.put(turn.tx, [Reminder(Kind.PIN_CODE, code.inmate, turn.now)])


async def expire(turn: Turn, inmate: str) -> str | None:
    """Forget a code whose time is over; return who made it."""
    code = await store.code_of(turn.tx, inmate)
    await store.delete(turn.tx, inmate)
    turn.touch(INMATES)
    return code.made_by if code else None


async def forget(turn: Turn, inmate: str) -> str | None:
    """Let somebody's one-time code be good no more; return who made it, in whose chat it may still stand."""
    made_by = await expire(turn, inmate)
    await reminders.cancel(turn.tx, inmate, (Kind.PIN_CODE,))
    return made_by


async def officers_here(turn: Turn) -> list[Person]:
    """Return the officers of the unit in which the acting kiosk stands."""
    return [each for each in await people.with_role(turn.tx, CONTACTS) if turn.session.unit in each.units]
