"""When a chat takes no messages any more, and when it does again: who is affected, and what must not wait."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import subjects
from bot.domain.chat import accounts as rules
from bot.domain.chat.accounts import Away
from bot.domain.people import CHAT_KEEPERS, FOLLOWERS, Person
from bot.domain.slips.slips import Slip, State
from bot.store import accounts as store
from bot.store import menus, people, reminders
from bot.store.database import Transaction
from bot.usecases.chat import owed
from bot.usecases.slips import cards, slips
from bot.usecases.telling.reach import within_reach
from bot.usecases.turn import Turn


@dataclass(frozen=True, slots=True)
class Whose:
    """The chat in question, and who reads it: a person or a kiosk, by id."""

    away: Away
    person: str | None
    kiosk: str | None

    @property
    def id(self) -> str:
        """Return the person's or the kiosk's id."""
        return self.person or str(self.kiosk)


@dataclass(frozen=True, slots=True)
class Loss:
    """What it means that a chat takes no messages.

    ``elsewhere`` says that its reader has another chat that works, so that nothing waits. ``opened`` slips can be
    answered by colleagues again, those that have a time or had one are with them ``alone``, and for ``unheard`` slips
    nobody can be reached.
    """

    whose: Whose
    elsewhere: bool
    opened: tuple[Slip, ...] = ()
    alone: tuple[Slip, ...] = ()
    unheard: tuple[Slip, ...] = ()


async def lose(tx: Transaction, network: str, chat_id: int, now: datetime) -> None:
    """Note that a network has refused a message because of its chat; what comes of it is due at once."""
    away = Away(network, chat_id, now)
    if await store.lose(tx, away):
        await reminders.put(tx, rules.due_when_lost(away))


async def regain(tx: Transaction, network: str, chat_id: int, now: datetime) -> None:
    """Note that a chat works, if it did not; what comes of it is due at once."""
    away = await store.away(tx, network, chat_id)
    if away:
        await store.regain(tx, network, chat_id)
        await reminders.put(tx, rules.due_when_back(away, now))


async def lost(turn: Turn, about: str) -> Loss | None:
    """Open to the colleagues what waits for who cannot be reached; None where the chat works again or is gone."""
    whose = await _whose(turn, about)
    if whose is None or not await _still(turn, whose.away):
        return None
    await turn.note("unreachable", whose.id)
    _touch(turn, person := await _reader(turn, whose))
    reach, _ = await within_reach(turn)
    if person is None or person.id in reach:
        return Loss(whose, elsewhere=person is not None)
    return await _without(turn, whose, person, reach)


async def _reader(turn: Turn, whose: Whose) -> Person | None:
    return await people.person(turn.tx, whose.person) if whose.person else None


def _touch(turn: Turn, reader: Person | None) -> None:
    """Say that it has changed what comes through, and whether somebody can answer what is open in their units."""
    turn.touch(subjects.UNDELIVERED, *subjects.queues(reader.units if reader else ()))


async def _without(turn: Turn, whose: Whose, person: Person, reach: frozenset[str]) -> Loss:
    found = [slip for slip in await slips.all_open(turn) if _concerns(slip, person)]
    advisers = [each for each in await people.answering(turn.tx) if each.id in reach]
    waiting = [slip for slip in found if slip.state is State.WAITING and not _may_answer(slip, advisers)]
    with_colleagues = [slip for slip in waiting if slip.adviser and _may_answer(replace(slip, adviser=None), advisers)]
    return Loss(
        whose,
        elsewhere=False,
        opened=tuple([await slips.release(turn, slip) for slip in with_colleagues]),
        alone=tuple(slip for slip in found if slip.state is not State.WAITING and slip.adviser == person.id),
        unheard=tuple(slip for slip in waiting if slip not in with_colleagues),
    )


def _concerns(slip: Slip, person: Person) -> bool:
    return slip.adviser == person.id or (slip.adviser is None and person.answers(slip.service, slip.unit))


def _may_answer(slip: Slip, advisers: Iterable[Person]) -> bool:
    return any(each.answers(slip.service, slip.unit) and slip.adviser in {None, each.id} for each in advisers)


async def back(turn: Turn, about: str) -> Whose | None:
    """Let a chat that works again show what it shall, as that stands now, and none of what is of no use any more."""
    whose = await _whose(turn, about)
    if whose is None or await store.away(turn.tx, whose.away.network, whose.away.chat_id):
        return None
    place = (whose.away.network, whose.away.chat_id)
    await owed.weigh_chat(turn, *place)
    await store.send_again(turn.tx, *place)
    await menus.try_again(turn.tx, *place)
    _touch(turn, await _reader(turn, whose))
    if whose.person:
        await _open_to(turn, whose.person)
        turn.touch(*subjects.slips(*(slip.code for slip in await _line_of(turn, whose.person))))
    await turn.note("reachable", whose.id)
    return whose


async def _open_to(turn: Turn, person_id: str) -> None:
    """Open to who is back what colleagues have taken whom nothing reaches."""
    person = await people.person(turn.tx, person_id)
    reach, _ = await within_reach(turn)
    for slip in await slips.all_open(turn):
        gone = slip.state is State.WAITING and slip.adviser and slip.adviser not in reach
        if gone and person and person.answers(slip.service, slip.unit):
            await slips.release(turn, slip)


async def knock(turn: Turn, about: str) -> None:
    """Try one message to a chat that took none, seldom enough not to be a nuisance."""
    away = Away.named(about)
    if await _still(turn, away):
        await store.try_one(turn.tx, away.network, away.chat_id)
        await reminders.put(turn.tx, [rules.next_knock(away, turn.now)])


async def unheard(turn: Turn, facts: cards.Facts) -> bool | None:
    """Say whether nobody who is to answer a slip can be reached; None where every chat works, so that nobody may be."""
    reach, somebody_away = await within_reach(turn)
    if not somebody_away:
        return None
    return facts.slip.state is State.WAITING and not {each.id for each in facts.owners()} & reach


async def told(turn: Turn) -> list[Person]:
    """Return who learns of it: the coordinators, and the social advisers where no coordinator can be reached."""
    reach, _ = await within_reach(turn)
    coordinators = await people.with_role(turn.tx, CHAT_KEEPERS)
    if any(each.id in reach for each in coordinators):
        return coordinators
    return coordinators + await people.with_role(turn.tx, FOLLOWERS)


async def ever_told(turn: Turn) -> list[Person]:
    """Return everybody who may have been told before."""
    those = (CHAT_KEEPERS, FOLLOWERS)
    return [each for roles in those for each in await people.with_role(turn.tx, roles)]


async def _line_of(turn: Turn, person: str) -> list[Slip]:
    found = await people.person(turn.tx, person)
    return [slip for slip in await slips.all_open(turn) if found and _concerns(slip, found)]


async def _whose(turn: Turn, about: str) -> Whose | None:
    away = Away.named(about)
    found = await store.whose(turn.tx, away.network, away.chat_id)
    return Whose(away, *found) if found else None


async def _still(turn: Turn, away: Away) -> bool:
    return await store.away(turn.tx, away.network, away.chat_id) == away
