"""Leaving a kiosk: nothing of the person stays there, and an unfinished slip waits for them alone (J3)."""

from bot.domain.screen.kiosks import WELCOME
from bot.store import kiosks as store
from bot.usecases.screen import kiosks
from bot.usecases.turn import Turn


def leave(turn: Turn) -> None:
    """Finish: nobody is signed in, nothing is kept on the screen, the language is the kiosk's own again."""
    kiosks.put_pad_away(turn)
    language, step = turn.session.greets_in, turn.session.step + 1
    turn.change_session(inmate=None, view=WELCOME, trail=(), draft=None, language=language, active_at=None, step=step)


async def leave_for_later(turn: Turn) -> None:
    """Finish, and keep an unfinished slip until its inmate signs in again, at whatever kiosk."""
    inmate, draft = turn.session.inmate, turn.session.draft
    if inmate and draft:
        await store.keep_draft(turn.tx, turn.keys, inmate, draft)
    leave(turn)


async def lock(turn: Turn, kiosk: str) -> None:
    """Lock a kiosk that was left, as ``leave_for_later``."""
    await kiosks.act_for(turn, kiosk)
    await _lock(turn)


def expect_others(turn: Turn, inmate: str) -> None:
    """Say that ``lock_others`` comes next."""
    store.expect_sessions_of(turn.tx, inmate)


async def lock_others(turn: Turn, inmate: str) -> tuple[str, ...]:
    """Lock the other kiosks at which an inmate is signed in who signs in here; return which."""
    others = [each for each in await store.sessions_of(turn.tx, turn.keys, inmate) if each.kiosk != turn.session.kiosk]
    for each in others:
        with turn.standing_at(each):
            await _lock(turn)
    return tuple(each.kiosk for each in others)


async def _lock(turn: Turn) -> None:
    inmate = turn.session.inmate
    await leave_for_later(turn)
    if inmate:
        await turn.note("lock", inmate)
    await kiosks.keep(turn)
