"""Everything that is done on a theme night's list: signing up, offers, the line, the door (F34, F53, J10)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.domain.people import APPROVERS, LISTERS, Inmate, Person
from bot.domain.refusals import NotYours, OutsideScope, Refusal, Stale
from bot.domain.slips.paper_slips import may_type
from bot.domain.subjects import About, Subject
from bot.domain.theme_nights import joining
from bot.domain.theme_nights import sign_ups as rules
from bot.domain.theme_nights import theme_nights as theme_night_rules
from bot.domain.theme_nights.refusals import NightGone
from bot.domain.theme_nights.sign_ups import Move, SignUp, Source, State
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.store import people, theme_nights
from bot.store import sign_ups as store
from bot.usecases.theme_nights import seats
from bot.usecases.theme_nights.standings import signed_in
from bot.usecases.turn import Turn


@dataclass(frozen=True, slots=True)
class Step:
    """What was done: whose sign-up it is, as it is now, and who has got the offer of a seat because of it."""

    night: ThemeNight
    mine: SignUp
    offered: tuple[SignUp, ...] = ()


@dataclass(frozen=True, slots=True)
class ThemeNightList:
    """A night's list as the staff see it: in the order of the line, who everybody is, and who is elsewhere then.

    ``whole`` are all sign-ups, to count seats and numbers in line by; whoever is not in ``inmates`` stays unnamed.
    """

    night: ThemeNight
    line: tuple[SignUp, ...]
    whole: tuple[SignUp, ...] = ()
    inmates: Mapping[str, Inmate] = field(default_factory=dict)
    busy: frozenset[str] = frozenset()


async def join(turn: Turn, number: int) -> Step:
    """Sign up who is at the screen."""
    return await _join(turn, await _night(turn, number), await signed_in(turn), Source.SCREEN)


async def join_for(turn: Turn, number: int, inmate: str, source: Source = Source.STAFF) -> Step:
    """Sign somebody up who asked for it: an officer for an own inmate, the social adviser, the coordinator."""
    return await _join(turn, await _night(turn, number), await _known(turn, inmate), source)


async def join_all(turn: Turn, number: int, inmates: Iterable[str]) -> list[tuple[str, Step | Refusal]]:
    """Sign up everybody of a paper list, in its order; return for each what became of it."""
    done: list[tuple[str, Step | Refusal]] = []
    for inmate in dict.fromkeys(inmates):
        try:
            step = await join_for(turn, number, inmate, Source.PAPER)
            await turn.tx.written()
            done.append((inmate, step))
        except Refusal as refusal:
            done.append((inmate, refusal))
    return done


async def _join(turn: Turn, night: ThemeNight, inmate: Inmate, source: Source) -> Step:
    line = await store.of_theme_night(turn.tx, night.id)
    is_busy = inmate.id in await seats.busy(turn, night)
    after = joining.join(night, turn.hub, inmate, line, turn.now, busy=is_busy)
    return Step(night, await _keep_new(turn, night, line, after, source))


async def _keep_new(turn: Turn, night: ThemeNight, line: list[SignUp], after: SignUp, source: Source) -> SignUp:
    by = turn.person.id if source is not Source.SCREEN else None
    after = replace(after, source=source, written_by=by)
    return await seats.keep(turn, night, rules.of(line, after.inmate), after, rules.BEGINS[after.state])


async def withdraw(turn: Turn, number: int, revision: int, inmate: str | None = None) -> Step:
    """Take a sign-up back: one's own at the screen, or for somebody whom the acting member of staff may write for."""
    night, before = await _mine(turn, number, inmate)
    withdrawn = rules.withdraw(rules.as_shown(before, revision), night, turn.now)
    after = await seats.keep(turn, night, before, withdrawn, Move.WITHDRAW)
    return Step(night, after, await seats.fill(turn, night))


async def accept(turn: Turn, number: int, revision: int, inmate: str | None = None) -> Step:
    """Say yes to a freed seat."""
    night, before = await _mine(turn, number, inmate)
    return Step(night, await seats.keep(turn, night, before, rules.accept(before, revision, turn.now), Move.ACCEPT))


async def decline(turn: Turn, number: int, revision: int, inmate: str | None = None) -> Step:
    """Say no to a freed seat; it goes to the next."""
    night, before = await _mine(turn, number, inmate)
    after = await seats.keep(turn, night, before, rules.decline(before, revision, turn.now), Move.DECLINE)
    return Step(night, after, await seats.fill(turn, night))


async def let_pass(turn: Turn, number: int, inmate: str) -> Step | None:
    """Let a seat that was offered and not answered for go to the next; None where it was answered."""
    night, before = await theme_nights.get(turn.tx, number), await store.get(turn.tx, number, inmate)
    if night is None or before is None or before.state is not State.OFFERED:
        return None
    after = await seats.keep(turn, night, before, rules.moved(before, Move.PASS, news=True), Move.PASS)
    return Step(night, after, await seats.fill(turn, night))


async def close_list(turn: Turn, number: int) -> tuple[SignUp, ...]:
    """When the list closes: draw, where seats are drawn; return everybody whose lot fell."""
    night = await theme_nights.get(turn.tx, number)
    if night is None or not night.lottery or night.drawn or night.state is not theme_night_rules.State.PUBLISHED:
        return ()
    await theme_nights.save(turn.tx, replace(night, drawn=True, revision=night.revision + 1))
    return await seats.draw(turn, night)


async def remind(turn: Turn, number: int) -> tuple[SignUp, ...]:
    """Let everybody with a seat find a reminder at the screen, and whoever cares for them hand it over.

    A theme night that has begun needs no reminder any more, as after an outage (J12).
    """
    night = await theme_nights.get(turn.tx, number)
    if night is None or night.state is not theme_night_rules.State.PUBLISHED or night.starts <= turn.now:
        return ()
    line = await store.of_theme_night(turn.tx, number)
    return tuple([await seats.mark_news(turn, each, news=True) for each in line if each.state is State.SEATED])


async def tell_of_next(turn: Turn, night: ThemeNight) -> tuple[SignUp, ...]:
    """Let everybody with a seat at the theme night before find at the screen that this one's list is open (F41)."""
    if night.after is None:
        return ()
    inmates = {each.id: each for each in await people.inmates(turn.tx)}
    had = [
        each for each in await store.of_theme_night(turn.tx, night.after) if each.state in {State.SEATED, State.CAME}
    ]
    those = [
        each
        for each in had
        if each.inmate in inmates and theme_night_rules.invites(night, turn.hub, inmates[each.inmate])
    ]
    turn.news |= {Subject(About.SEAT, f"{each.night}/{each.inmate}") for each in those}
    return tuple([await seats.mark_news(turn, each, news=True) for each in those])


async def the_list(turn: Turn, number: int, person: Person | None = None) -> ThemeNightList:
    """Return a night's list for somebody of the staff: the coordinator sees all, an officer the own inmates only."""
    person = person or turn.person
    night = await _night(turn, number)
    if not concerns(turn, person, night):
        raise NightGone
    inmates = {each.id: each for each in await people.inmates(turn.tx) if _sees(person, each)}
    whole = tuple(await store.of_theme_night(turn.tx, number))
    line = tuple(each for each in whole if each.inmate in inmates)
    return ThemeNightList(night, line, whole, inmates, await seats.busy(turn, night))


def is_listed(night: ThemeNight) -> bool:
    """Say whether a night has, or had, a list to sign up on."""
    return night.state in {theme_night_rules.State.PUBLISHED, theme_night_rules.State.CANCELLED}


def concerns(turn: Turn, person: Person, night: ThemeNight) -> bool:
    """Say whether a night's list is there for somebody: for the prison's coordinator, and who works with its units."""
    if person.role & APPROVERS:
        return night.prison in turn.hub.prisons_of(person.units)
    return bool(person.role & LISTERS and person.units.intersection(night.units))


def _sees(person: Person, inmate: Inmate) -> bool:
    return bool(person.role & APPROVERS) or person.cares_for(inmate)


async def door_list(turn: Turn, number: int, person: Person | None = None) -> ThemeNightList:
    """Return the whole list for the door: whoever of the staff has the theme night sees who is to come, and no more."""
    night = await _night(turn, number)
    if not concerns(turn, person or turn.person, night):
        raise NightGone
    inmates = {each.id: each for each in await people.inmates(turn.tx)}
    whole = tuple(await store.of_theme_night(turn.tx, number))
    return ThemeNightList(night, whole, whole, inmates, await seats.busy(turn, night))


async def at_the_door(turn: Turn, number: int) -> ThemeNightList:
    """Return the list for whoever stands at the door now, or refuse before and long after."""
    await _at_door(turn, number)
    return await door_list(turn, number)


async def tick(turn: Turn, number: int, inmate: str, *, came: bool) -> SignUp:
    """Count at the door that somebody came, or take it back."""
    night = await _at_door(turn, number)
    before = await store.get(turn.tx, number, inmate)
    if before is None or (before.state is State.CAME) is came:
        raise Stale
    if before.seat is None:
        return await walk_in(turn, number, inmate)
    move = Move.ARRIVE if came else Move.NOT_HERE
    return await seats.keep(turn, night, before, joining.ticked(before, move), move)


async def walk_in(turn: Turn, number: int, inmate: str) -> SignUp:
    """Let somebody in at the door who has no seat, where one is free."""
    night = await _at_door(turn, number)
    found = await people.inmate(turn.tx, inmate)
    if found is None:
        raise OutsideScope
    line = await store.of_theme_night(turn.tx, number)
    is_busy = inmate in await seats.busy(turn, night)
    after = joining.walk_in(night, turn.hub, found, line, turn.now, busy=is_busy)
    return await _keep_new(turn, night, line, after, Source.DOOR)


async def _at_door(turn: Turn, number: int) -> ThemeNight:
    night = await _night(turn, number)
    if not concerns(turn, turn.person, night):
        raise NightGone
    joining.at_the_door(night, turn.now)
    return night


async def _mine(turn: Turn, number: int, inmate: str | None) -> tuple[ThemeNight, SignUp]:
    owner = (await _known(turn, inmate)).id if inmate else turn.inmate
    found = await store.get(turn.tx, number, owner)
    if found is None:
        raise NotYours
    return await _night(turn, number), found


async def _night(turn: Turn, number: int) -> ThemeNight:
    night = await theme_nights.get(turn.tx, number)
    if night is None or not is_listed(night):
        raise NightGone
    return night


async def _known(turn: Turn, number: str) -> Inmate:
    inmate = await people.inmate(turn.tx, number)
    if inmate is None or not may_type(turn.person, inmate):
        raise OutsideScope
    return inmate
