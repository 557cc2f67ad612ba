"""Everything that is done to notices: publishing, correcting in place, withdrawing, and the one-tap slip (F40)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain import broadcasts as telling
from bot.domain.notices import notices as rules
from bot.domain.notices.notices import Move, Notice, State, in_order, is_current, is_over, name_of
from bot.domain.people import Person
from bot.domain.refusals import NoticeGone, ServiceNotBookable
from bot.domain.reminders import OF_A_NOTICE
from bot.domain.slips.slips import Slip
from bot.domain.subjects import About, Subject
from bot.store import notices as store
from bot.store import people, reminders
from bot.usecases.slips import drafts
from bot.usecases.telling import audiences, broadcasts
from bot.usecases.telling.audiences import Concerned
from bot.usecases.turn import Turn


@dataclass(frozen=True, slots=True)
class Told:
    """The ``broadcast`` of a notice, and to whom of the staff it goes."""

    broadcast: int
    people: tuple[str, ...]


async def one(turn: Turn, number: int) -> Notice:
    """Return a notice of the acting coordinator's prisons, or refuse."""
    notice = await store.get(turn.tx, number)
    if notice is None or notice.prison not in turn.hub.prisons_of(turn.person.units):
        raise NoticeGone
    return notice


async def standing(turn: Turn, coordinator: Person) -> list[Notice]:
    """Return the notices of a coordinator's prisons that stand, urgent ones first, and then those to come."""
    prisons = turn.hub.prisons_of(coordinator.units)
    found = in_order([each for each in await store.ending_after(turn.tx, turn.now) if each.prison in prisons])
    coming = [each for each in found if each.state is State.PUBLISHED and each.starts > turn.now]
    return [each for each in found if is_current(each, turn.now)] + sorted(coming, key=lambda each: each.starts)


async def at_unit(turn: Turn, unit: str) -> list[Notice]:
    """Return what a screen of a unit shows now: what is urgent first, then the newest."""
    found = await store.ending_after(turn.tx, turn.now)
    return in_order([each for each in found if is_current(each, turn.now) and unit in each.units])


async def find(turn: Turn, number: int) -> Notice | None:
    """Return a notice, for the hub's own work."""
    return await store.get(turn.tx, number)


async def publish(turn: Turn, notice: Notice) -> Notice:
    """Publish a notice, to be seen from when it says."""
    if notice.prison not in turn.hub.prisons_of(turn.person.units):
        raise NoticeGone
    _takes_slips(turn, notice)
    rules.checked(notice, turn.now)
    notice = replace(notice, id=await store.add(turn.tx, notice))
    await _keep(turn, notice, "notice_published")
    return notice


def _takes_slips(turn: Turn, notice: Notice) -> None:
    if notice.service and not _is_asked_here(turn, notice.service):
        raise ServiceNotBookable


async def correct(turn: Turn, number: int, revision: int, texts: Mapping[str, str]) -> Notice:
    """Correct the text where it stands."""
    notice = rules.as_shown(await one(turn, number), revision)
    corrected = rules.checked(rules.moved(notice, Move.CORRECT, texts=texts), turn.now)
    await _keep(turn, corrected, "notice_corrected")
    return corrected


async def withdraw(turn: Turn, number: int, revision: int) -> Notice:
    """Take a notice away from wherever it stands."""
    withdrawn = rules.moved(rules.as_shown(await one(turn, number), revision), Move.WITHDRAW)
    await _keep(turn, withdrawn, "notice_withdrawn")
    await _stop_telling(turn, withdrawn)
    return withdrawn


async def _keep(turn: Turn, notice: Notice, action: str) -> None:
    await store.save(turn.tx, notice)
    _touch(turn, notice)
    await reminders.replace(turn.tx, str(notice.id), OF_A_NOTICE, rules.due_of(notice, turn.now))
    await turn.note(action, name_of(notice.id))


def _touch(turn: Turn, notice: Notice) -> None:
    number = Subject(About.NOTICE, str(notice.id))
    turn.touch(number, Subject(About.PRISON, notice.prison), *(Subject(About.UNIT, unit) for unit in notice.units))


async def concerned(turn: Turn, notice: Notice) -> Concerned:
    """Count whom a notice concerns before it is published."""
    return await audiences.concerned(turn, notice.units, notice.staff, lambda inmate: inmate.unit in notice.units)


async def announce(turn: Turn, number: int) -> tuple[Notice, Told] | None:
    """Begin to tell of a notice that is to be seen now; none where that is over already, as after an outage."""
    notice = await store.get(turn.tx, number)
    if notice is None or not is_current(notice, turn.now):
        return None
    _touch(turn, notice)
    found = await concerned(turn, notice)
    names = tuple(each.id for each in found.staff)
    return notice, Told(await broadcasts.begin(turn, name_of(number), names, found.kiosks, by=notice.made_by), names)


async def end(turn: Turn, number: int) -> None:
    """Stop telling of a notice that is over; where it is not, nothing happens."""
    notice = await store.get(turn.tx, number)
    if notice and is_over(notice, turn.now):
        _touch(turn, notice)
        await _stop_telling(turn, notice)


async def _stop_telling(turn: Turn, notice: Notice) -> None:
    begun = await broadcasts.newest(turn, name_of(notice.id))
    if begun and telling.Move.STOP in telling.BROADCAST_MOVES[begun.state]:
        await broadcasts.end(turn, begun.id)


async def forget_ended(turn: Turn) -> None:
    """Delete the notices that ended longer ago than an ended slip is kept."""
    await store.delete_ended(turn.tx, turn.now - timedelta(days=turn.hub.retention_days))


async def open_to(turn: Turn, shown: Iterable[Notice]) -> dict[int, Slip | None]:
    """Return through which notices who is signed in can ask for a talk, with the slip that is open there already."""
    inmate = await people.inmate(turn.tx, turn.inmate)
    unit = inmate.unit if inmate else None
    return {
        each.id: await drafts.already(turn, each.service)
        for each in shown
        if each.service and unit in each.units and unit and turn.hub.is_answered(each.service, unit)
    }


def _is_asked_here(turn: Turn, service: str) -> bool:
    known = turn.hub.services.get(service)
    return known is not None and turn.hub.takes_slips(known)


async def ask(turn: Turn, number: int) -> Slip:
    """Ask for a talk with the notice's service in one tap, for who is signed in: without a topic, first free time."""
    notice = await store.get(turn.tx, number)
    inmate = await people.inmate(turn.tx, turn.inmate)
    if notice is None or inmate is None or not is_current(notice, turn.now) or inmate.unit not in notice.units:
        raise NoticeGone
    if notice.service is None:
        raise NoticeGone
    return await drafts.at_once(turn, notice.service)
