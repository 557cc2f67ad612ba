"""Seats of theme nights as they are given and given back: the one place that writes a sign-up."""

from dataclasses import replace

from bot.domain import subjects
from bot.domain.reminders import Kind, Reminder
from bot.domain.subjects import About, Subject
from bot.domain.theme_nights import seats
from bot.domain.theme_nights import sign_ups as rules
from bot.domain.theme_nights.sign_ups import HAVE_SEAT, OPEN, Move, SignUp, State
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.store import claims, reminders
from bot.store import sign_ups as store
from bot.usecases.turn import Turn

PERSON = "person:"


async def keep(turn: Turn, night: ThemeNight, before: SignUp | None, after: SignUp, move: Move) -> SignUp:
    """Write a step of a sign-up: the seat, its owner's time, when an offer of it ends, and the log."""
    await store.save(turn.tx, after)
    had, has = before is not None and before.state in HAVE_SEAT, after.state in HAVE_SEAT
    if has and not had:
        await claims.take(turn.tx, after.holder, [f"{PERSON}{after.inmate}"], night.starts, night.ends)
    if had and not has:
        await claims.give_back(turn.tx, after.holder)
    about = f"{after.night}/{after.inmate}"
    due = [Reminder(Kind.SEAT_PASSES, about, after.offer_until)] if after.offer_until else []
    await reminders.replace(turn.tx, about, [Kind.SEAT_PASSES], due)
    await turn.note(f"sign_up_{move}", after.holder)
    touch(turn, after)
    turn.news.add(Subject(About.SEAT, about))
    return after


def touch(turn: Turn, sign_up: SignUp) -> None:
    """Say that somebody's place on a night's list has changed, and with it how full the night is."""
    night = str(sign_up.night)
    turn.touch(Subject(About.THEME_NIGHT, night), Subject(About.LIST, night), subjects.inmate(sign_up.inmate))


async def mark_news(turn: Turn, sign_up: SignUp, *, news: bool) -> SignUp:
    """Note that there is something new about a sign-up, or that its owner has seen it."""
    await store.mark_news(turn.tx, sign_up.night, sign_up.inmate, news=news)
    touch(turn, sign_up)
    return replace(sign_up, news=news)


async def busy(turn: Turn, night: ThemeNight) -> frozenset[str]:
    """Return who has something else, or a seat already, at the time of a night."""
    taken = await claims.taken_between(turn.tx, night.starts, night.ends)
    return frozenset(each.removeprefix(PERSON) for each in taken if each.startswith(PERSON))


async def fill(turn: Turn, night: ThemeNight) -> tuple[SignUp, ...]:
    """Offer free seats to the next in line who may have them; return who has got an offer."""
    line = await store.of_theme_night(turn.tx, night.id)
    offered = seats.offers(night, turn.hub, line, await busy(turn, night), turn.now)
    return await _keep_all(turn, night, line, offered, Move.OFFER)


async def close_up(turn: Turn, night: ThemeNight) -> None:
    """Let every seat have a number that the night has, and the unit: by these it is refused that one is given twice."""
    for each in seats.closed_up(night, turn.hub, await store.of_theme_night(turn.tx, night.id)):
        await store.save(turn.tx, each)
        touch(turn, each)


async def draw(turn: Turn, night: ThemeNight) -> tuple[SignUp, ...]:
    """Draw the seats of a night; the lots are keyed hashes, so that nobody can foresee them and all can be checked."""
    line = await store.of_theme_night(turn.tx, night.id)
    lots = {each.inmate: turn.keys.stamp(f"lot {night.id} {each.inmate}") for each in line}
    found = seats.drawn(night, turn.hub, line, lots, await busy(turn, night))
    return await _keep_all(turn, night, line, found, Move.SEAT)


async def call_off(turn: Turn, night: ThemeNight) -> tuple[SignUp, ...]:
    """Give everybody's time back who counted on a night that is cancelled."""
    line = await store.of_theme_night(turn.tx, night.id)
    after = [rules.moved(each, Move.CALL_OFF, news=True) for each in line if each.state in OPEN - {State.CAME}]
    return await _keep_all(turn, night, line, after, Move.CALL_OFF)


async def _keep_all(
    turn: Turn, night: ThemeNight, before: list[SignUp], after: list[SignUp], move: Move
) -> tuple[SignUp, ...]:
    for each in after:
        await keep(turn, night, rules.of(before, each.inmate), each, move)
    return tuple(after)
