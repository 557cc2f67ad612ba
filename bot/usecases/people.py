"""Who acts, signing in with a PIN, and joining with a one-time code."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import people as rules
from bot.domain import subjects
from bot.domain.chat.messages import SCREEN, STRAY, WAS
from bot.domain.codes import grouped
from bot.domain.inmates.pins import Pin, Secrets, compared_with
from bot.domain.people import Person, Role
from bot.domain.refusals import AccountTaken, CodeExpired, CodeUnknown, CodeUsed, Stale
from bot.domain.screen.closings import Standing, is_last, tries_left
from bot.domain.screen.kiosks import HOME
from bot.domain.slips.slips import Draft
from bot.domain.subjects import Subject
from bot.store import chats, invites, kiosks, messages
from bot.store import people as store
from bot.store import pins as rows_of_pins
from bot.store import slips as rows_of_slips
from bot.store import subjects as subjects_of_messages
from bot.store.database import Row, Transaction
from bot.usecases import codes
from bot.usecases.chat import accounts
from bot.usecases.inmates import pins
from bot.usecases.inmates.pins import CodeRight
from bot.usecases.screen import closings, languages, leaving
from bot.usecases.screen.kiosks import code_of
from bot.usecases.slips import drafts
from bot.usecases.turn import Actor, Turn

TAKEN_DOWN = (STRAY, WAS)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The PIN was right; ``draft`` is what the inmate had begun earlier (J3), ``left`` the kiosks that they were at.

    ``ended_code_of`` made a one-time code that is good no more now, and may still stand in their chat.
    """

    inmate: str
    language: str
    draft: Draft | None
    ended_code_of: str | None = None
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PinRight:
    """The PIN was right. ``given``: it stood in a file; ``spent`` is its stamp, with which it is known again."""

    inmate: str
    spent: str
    given: bool


@dataclass(frozen=True, slots=True)
class WrongPin:
    """Number and PIN do not match; until ``pause_until`` this number takes a break at this kiosk (J2).

    ``begins`` says that the break begins with this try; before one, so many tries are ``left``.
    """

    pause_until: datetime | None
    begins: bool = False
    left: int = 0


@dataclass(frozen=True, slots=True)
class KioskClosed:
    """Nothing was looked at: this kiosk takes no PIN until it is opened. ``begins``: it closes with this try."""

    begins: bool


async def meet(
    turn: Turn, language: str, pressed: int | None = None, *, works: bool = True, data: str | None = None
) -> None:
    """Find out who uses the turn's address, and which of our messages was pressed there.

    A chat from which something comes works; not ``works`` says that what came is the news that it does not. Who is
    quick presses before the number of a message is known here: then it is known by the ``data`` of its button.
    """
    row = await chats.account(turn.tx, turn.network, turn.chat_id, pressed)
    if not works:
        await accounts.lose(turn.tx, turn.network, turn.chat_id, turn.now)
    elif row and row["unreachable"]:
        await accounts.regain(turn.tx, turn.network, turn.chat_id, turn.now)
    turn.actor = _actor(turn, row, language)
    key = row["pressed"] if row else None
    if row and key is None and pressed and data:
        key = await messages.on_its_way(turn.tx, turn.network, turn.chat_id, data)
    turn.place = row["kiosk"] if row else None
    if turn.place:
        subjects_of_messages.expect_at(turn.tx, (turn.network, turn.chat_id, SCREEN))
    turn.pressed = None if key and key.startswith(TAKEN_DOWN) else key


def foresee(tx: Transaction, network: str, chat_id: int, pressed: int | None) -> None:
    """Say that what comes from an address will be met next."""
    chats.foresee_account(tx, network, chat_id, pressed)


def _actor(turn: Turn, row: Row | None, language: str) -> Actor:
    if row is None:
        return Actor(Role.STRANGER, f"{turn.network}:{turn.chat_id}", language)
    if row["person"]:
        person = store.person_of(row)
        return Actor(person.role, person.id, person.language, person=person)
    session = kiosks.session_of(row, turn.keys)
    if session.inmate is None:
        return Actor(Role.KIOSK, session.kiosk, session.language, session=session)
    return Actor(Role.INMATE, f"{session.inmate}@{session.kiosk}", session.language, session=session)


Judged = PinRight | CodeRight | WrongPin | KioskClosed
"""What may come of a try; a wrong one is a result, so that its count survives."""


async def sign_in(turn: Turn, number: str, pin: str) -> SignedIn | Judged:
    """Sign in with a number and its PIN; with a PIN that others know, or a one-time code, one makes a PIN first."""
    result = await judge(turn, number, pin)
    if isinstance(result, PinRight) and not result.given:
        return await _welcome(turn, number)
    return result


async def judge(turn: Turn, number: str, pin: str) -> Judged:
    """Check a number and its PIN at this kiosk.

    An officer's code stands in place of the PIN while it is good, also during a break; a letter's is good beside it,
    and a wrong try is two guesses then. Outside a break there is always one hash to count, whether there is such a
    number, a code for it, or neither; until that is known, it raises Uncounted.
    """
    here = await closings.standing(turn, number)
    if here.closed:
        return KioskClosed(begins=False)
    found = await rows_of_pins.secrets_of(turn.tx, number, turn.hub.pin_digits)
    good = compared_with(*found, turn.now, paused=here.pauses(turn.now))
    if is_last(here.here, good.guesses):
        await closings.close(turn)
        return KioskClosed(begins=True)
    if right := await _right(turn, number, pin, good, here):
        return right
    await closings.count_wrong(turn, good.guesses)
    if here.pauses(turn.now):
        return WrongPin(here.pause_until)
    return await _count_wrong(turn, number, here.wrong + 1)


async def _right(turn: Turn, number: str, entered: str, good: Secrets, here: Standing) -> PinRight | CodeRight | None:
    if not here.pauses(turn.now) and (right := _right_pin(turn, number, entered, good.pin)):
        if here.wrong:
            await kiosks.forget_tries(turn.tx, turn.session.kiosk, number)
        if good.code:
            # Whoever knows their PIN needs no letter, and nobody else shall find one that is still good.
            await pins.forget(turn, number)
        return right
    return await pins.use(turn, good.code, entered) if good.code else None


def _right_pin(turn: Turn, number: str, entered: str, pin: Pin | None) -> PinRight | None:
    if not (turn.hashes.fits(entered, pin.hashed if pin else None) and pin):
        return None
    return PinRight(number, turn.keys.stamp(code_of(number, entered)), pin.given)


async def keep_pin(turn: Turn, number: str, pin: str) -> SignedIn:
    """Keep the PIN that an inmate has made, and sign the inmate in; until its hash is known, it raises Uncounted."""
    hashed = turn.hashes.of(pin)
    if await store.inmate(turn.tx, number) is None:
        raise Stale
    await rows_of_pins.change_pin(turn.tx, number, hashed, turn.hub.pin_digits)
    turn.touch(subjects.INMATES)
    code_of_others = await pins.forget(turn, number)
    session = turn.session
    await kiosks.forget_tries(turn.tx, session.kiosk, number)
    stays = session.inmate == number
    signed_in = SignedIn(number, session.language, session.draft) if stays else await _welcome(turn, number)
    await turn.note("change_pin", number)
    return replace(signed_in, ended_code_of=code_of_others)


async def _welcome(turn: Turn, number: str) -> SignedIn:
    leaving.expect_others(turn, number)
    inmate = await languages.speak_to(turn, number)
    left = await leaving.lock_others(turn, number)
    draft = await drafts.come_back(turn, inmate) if inmate else None
    turn.change_session(inmate=number, draft=draft, view=HOME, trail=())
    await turn.note("sign_in", number)
    return SignedIn(number, turn.session.language, draft, left=left)


async def _count_wrong(turn: Turn, number: str, wrong: int) -> WrongPin:
    pause = rules.pause_after(wrong)
    until = turn.now + pause if pause else None
    await kiosks.save_tries(turn.tx, turn.session.kiosk, number, wrong, until)
    await turn.note("sign_in", number, "wrong_pin")
    return WrongPin(until, begins=pause is not None, left=tries_left(wrong))


async def with_role(turn: Turn, role: Role) -> list[Person]:
    """Return everybody with a role, by id."""
    return await store.with_role(turn.tx, role)


async def invite(turn: Turn, person: str) -> str:
    """Make a one-time code with which this person joins from another chat; only its stamp is kept."""
    found = await store.person(turn.tx, person)
    if found is None or found.role is Role.NOBODY:
        raise CodeUnknown(person)
    code = codes.fresh()
    until = turn.now + rules.INVITE_LIFETIME
    await invites.add_invite(turn.tx, turn.keys.stamp_of_code(code), person, until, found.scope)
    await turn.note("invite", person)
    return grouped(code)


async def join(turn: Turn, stamp: str) -> str:
    """Let this chat belong to the person whom the code was made for, with the role and scope of then; return who.

    Of the code itself nothing has been kept: it is known by its stamp.
    """
    found = await invites.invite(turn.tx, stamp)
    if found is None or turn.actor.role & rules.SCREEN:
        raise CodeUnknown
    if found.used:
        raise CodeUsed
    if found.expires <= turn.now:
        raise CodeExpired
    person = await store.person(turn.tx, found.person)
    if person is None or found.bound != person.scope:
        raise CodeUnknown
    if turn.actor.person and turn.actor.person.id != found.person:
        raise AccountTaken
    await invites.use_invite(turn.tx, stamp, turn.now)
    await chats.link_person(turn.tx, turn.network, turn.chat_id, found.person)
    await meet(turn, turn.actor.language)
    await turn.note("join", found.person)
    turn.touch(subjects.person(found.person), *await _in_line(turn))
    return found.person


async def _in_line(turn: Turn) -> frozenset[Subject]:
    """Return the open slips that come along with whoever has joined: every adviser's chat has its cards."""
    found = [
        slip for service in sorted(turn.person.services) for slip in await rows_of_slips.of_service(turn.tx, service)
    ]
    return subjects.slips(*(slip.code for slip in found if slip.unit in turn.person.units))
