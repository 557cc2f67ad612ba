"""What can be done in the prison, use case by use case, from the demo as it opens."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from bot.domain.chat.accounts import Away
from bot.domain.movements import Tick, staff_in
from bot.domain.notices import notices as notice_rules
from bot.domain.notices.notices import Notice
from bot.domain.people import Role
from bot.domain.settings import Setting
from bot.domain.slips.slips import Reason
from bot.domain.theme_nights.theme_nights import Why
from bot.store import accounts as rows_of_accounts
from bot.store import people as rows_of_people
from bot.store import sign_ups as rows_of_sign_ups
from bot.store import slips as rows_of_slips
from bot.store import theme_nights as rows_of_nights
from bot.usecases import movements, retention, settings
from bot.usecases.chat import accounts
from bot.usecases.inmates import inmates
from bot.usecases.notices import notices
from bot.usecases.screen import closings, kiosks
from bot.usecases.slips import answers, drafts, offers, slips, talks, undoing
from bot.usecases.staff import staff
from bot.usecases.telling import broadcasts
from bot.usecases.theme_nights import answers as night_answers
from bot.usecases.theme_nights import evenings, sign_ups, theme_nights
from bot.usecases.timetable import sessions
from bot.usecases.turn import Actor, Turn

Do = Callable[[Turn], Awaitable[object]]
ToSlip = Callable[..., Awaitable[object]]
THURSDAY = date(2027, 1, 14)


async def nothing(_turn: Turn) -> None:
    """Needs no preparation."""


@dataclass(frozen=True)
class Deed:
    """One thing that is done, after what must be so ``before`` it."""

    group: str
    name: str
    do: Do
    before: Do = nothing


async def by(turn: Turn, who: str) -> Turn:
    """Let somebody of the staff act."""
    person = await rows_of_people.person(turn.tx, who)
    assert person
    turn.actor, turn.place = Actor(person.role, person.id, person.language, person=person), None
    return turn


async def at(turn: Turn, inmate: str, kiosk: str = "K-A") -> Turn:
    """Let an inmate act at a screen."""
    await kiosks.act_for(turn, kiosk)
    turn.change_session(inmate=inmate, draft=None, view="home")
    turn.place = kiosk
    return turn


async def rev(turn: Turn, code: str) -> int:
    found = await rows_of_slips.get(turn.tx, code)
    assert found
    return found.revision


def later(turn: Turn, **by_: float) -> None:
    """Let time pass for what is done next."""
    turn.now += timedelta(**by_)


def card(
    name: str, who: str, code: str, do: Callable[..., Awaitable[object]], *more: Any, before: Do = nothing
) -> Deed:
    """Something that an adviser does to a slip, as its card shows it."""

    async def deed(turn: Turn) -> None:
        await do(await by(turn, who), code, await rev(turn, code), *more)

    return Deed("cards", name, deed, before)


def screen(
    name: str, who: str, code: str, do: Callable[..., Awaitable[object]], *more: Any, before: Do = nothing
) -> Deed:
    """Something that an inmate does to a slip of theirs."""

    async def deed(turn: Turn) -> None:
        await do(await at(turn, who), code, await rev(turn, code), *more)

    return Deed("screens", name, deed, before)


async def _offered(turn: Turn) -> None:
    """Offer A07 another time than the one that stands."""
    slip = await slips.find(await by(turn, "N1"), "FJ-103")
    assert slip
    await offers.give(turn, "FJ-103", (await offers.choices(turn, slip))[-1].id, slip.revision)


async def _proposed(turn: Turn) -> None:
    """Let A07 propose another time than the one they have."""
    slip = await slips.find(await at(turn, "A07"), "FJ-103")
    assert slip
    await offers.propose(turn, "FJ-103", (await offers.other_times(turn, slip))[0].id, slip.revision)


async def _answered(turn: Turn) -> None:
    await slips.answer(await by(turn, "N1"), "FJ-110", await rev(turn, "FJ-110"), next(iter(turn.hub.answers)))


async def _after_the_talk(turn: Turn) -> None:
    later(turn, hours=24)


async def _missed(turn: Turn) -> None:
    await _after_the_talk(turn)
    await talks.miss(await by(turn, "N1"), "FJ-103", await rev(turn, "FJ-103"), Reason.NOT_SAID)


async def _send(turn: Turn) -> None:
    await drafts.at_once(await at(turn, "A18"), "nav")


async def _open_own(turn: Turn) -> None:
    await slips.open_own(await at(turn, "B02", "K-B"), "FJ-107")


async def _tell(turn: Turn) -> None:
    await answers.tell(await by(turn, "KB-A2"), "FJ-110", await rev(turn, "FJ-110"))


async def _expire(turn: Turn) -> None:
    await offers.expire(turn, "FJ-103")


async def _undo(turn: Turn) -> None:
    await undoing.undo(await by(turn, "N1"), "FJ-103", await rev(turn, "FJ-103"))


async def _break(turn: Turn) -> None:
    await slips.break_promise(turn, "FJ-102")


async def _before_it_begins(turn: Turn) -> None:
    later(turn, hours=23, minutes=-30, seconds=-1)


async def _begins(turn: Turn) -> None:
    later(turn, seconds=1)
    await slips.time_has_come(turn, "FJ-103")


async def _lapse(turn: Turn) -> None:
    await talks.lapse(turn, "FJ-103")


SLIPS = [
    Deed("screens", "send", _send),
    Deed("screens", "read one's news", _open_own),
    card("take", "N1", "FJ-110", offers.begin),
    card("more time", "N1", "FJ-110", slips.extend, 5),
    card("answer", "N1", "FJ-110", slips.answer, "letter"),
    card("send on", "N1", "FJ-110", slips.forward, "bolig"),
    card("cancel", "N1", "FJ-103", offers.cancel, Reason.ILL),
    card("held", "N1", "FJ-103", talks.hold, before=_after_the_talk),
    card("missed", "N1", "FJ-103", talks.miss, Reason.NOT_SAID, before=_after_the_talk),
    card("accept a proposal", "N1", "FJ-103", offers.accept_proposal, before=_proposed),
    card("decline a proposal", "N1", "FJ-103", offers.decline_proposal, before=_proposed),
    Deed("cards", "offer a time", _offered),
    Deed("cards", "undo", _undo, _offered),
    Deed("cards", "a promise breaks", _break),
    Deed("cards", "an offer ends", _expire, _offered),
    Deed("cards", "a talk begins", _begins, _before_it_begins),
    Deed("cards", "nobody tells how it went", _lapse, _after_the_talk),
    screen("withdraw", "A07", "FJ-103", slips.withdraw),
    screen("yes", "A07", "FJ-103", offers.accept_own, before=_offered),
    screen("no", "A07", "FJ-103", offers.decline_own, before=_offered),
    screen("cannot come", "A07", "FJ-103", offers.cancel_own, Reason.NOT_SAID),
    Deed("screens", "propose another time", _proposed),
    screen("that is enough", "A04", "FJ-110", slips.close, before=_answered),
    screen("still a talk", "A04", "FJ-110", slips.ask_again, before=_answered),
    screen("a new time", "A07", "FJ-103", slips.ask_again, before=_missed),
    screen("we talked", "A07", "FJ-103", talks.hold_own, before=_after_the_talk),
    screen("no talk", "A07", "FJ-103", talks.renew, before=_after_the_talk),
    Deed("officers", "told", _tell),
]


async def _on_thursday(turn: Turn) -> None:
    later(turn, hours=22)


async def _tick(turn: Turn, seen: Tick | None, tick: Tick | None) -> None:
    found = [each for each in await movements.of_day(turn, THURSDAY) if each.movement.booking.slip == "FJ-105"]
    await movements.tick(await by(turn, "KB-A2"), "FJ-105", found[0].movement.revision, seen, tick)


async def _fetched(turn: Turn) -> None:
    await _tick(turn, None, Tick.FETCHED)


async def _not_found(turn: Turn) -> None:
    await _tick(turn, None, Tick.NOT_FOUND)


async def _is_fetched(turn: Turn) -> None:
    await _on_thursday(turn)
    await _fetched(turn)


async def _taken_back(turn: Turn) -> None:
    await _tick(turn, Tick.FETCHED, None)


async def _fewer(turn: Turn) -> None:
    seen = staff_in(turn.hub, 9, await movements.capacity(turn, "FJ", THURSDAY))
    await movements.set_staff(await by(turn, "VL"), "FJ", THURSDAY, 9, seen, 1)


async def _close(turn: Turn) -> None:
    await closings.close(await at(turn, "A03"))


async def _open(turn: Turn) -> None:
    closing = await closings.of_kiosk(await at(turn, "A03"))
    assert closing
    await closings.open_again(await by(turn, "KB-A1"), closing.kiosk, closing.number)


async def _other_officer(turn: Turn) -> None:
    await inmates.change_officer(await by(turn, "TK1"), "A04", "KB-A3")


WALKS = [
    Deed("officers", "fetched", _fetched, _on_thursday),
    Deed("officers", "not found", _not_found, _on_thursday),
    Deed("officers", "taken back", _taken_back, _is_fetched),
    Deed("officers", "fewer can walk", _fewer),
    Deed("officers", "a screen closes", _close),
    Deed("officers", "a screen opens", _open, _close),
    Deed("officers", "another contact officer", _other_officer),
]


async def _seat(turn: Turn, night: int, inmate: str) -> int:
    found = await rows_of_sign_ups.get(turn.tx, night, inmate)
    assert found
    return found.revision


async def _join(turn: Turn) -> None:
    await sign_ups.join(await at(turn, "B03", "K-B"), 4)


async def _join_for(turn: Turn) -> None:
    await sign_ups.join_for(await by(turn, "TK1"), 4, "B06")


async def _leave(turn: Turn) -> None:
    await sign_ups.withdraw(await at(turn, "A01"), 1, await _seat(turn, 1, "A01"))


async def _yes_to_a_seat(turn: Turn) -> None:
    await sign_ups.accept(await at(turn, "A18"), 1, await _seat(turn, 1, "A18"))


async def _no_to_a_seat(turn: Turn) -> None:
    await sign_ups.decline(await at(turn, "A18"), 1, await _seat(turn, 1, "A18"))


async def _seat_passes(turn: Turn) -> None:
    await sign_ups.let_pass(turn, 1, "A18")


async def _remind(turn: Turn) -> None:
    await sign_ups.remind(turn, 1)


async def _told_of_a_seat(turn: Turn) -> None:
    found = await rows_of_sign_ups.get(turn.tx, 1, "A18")
    assert found
    await night_answers.tell(await by(turn, "KB-A1"), 1, "A18", found.revision)


async def _at_the_door(turn: Turn) -> None:
    turn.now = (await _night(turn, 1)).starts


async def _comes(turn: Turn) -> None:
    await sign_ups.tick(await by(turn, "TK1"), 1, "A03", came=True)


async def _walks_in(turn: Turn) -> None:
    await sign_ups.walk_in(await by(turn, "TK1"), 1, "A03")


async def _gives_back(turn: Turn) -> None:
    await sign_ups.withdraw(await by(turn, "TK1"), 1, await _seat(turn, 1, "A03"), "A03")
    await rows_of_sign_ups.save(turn.tx, replace((await rows_of_sign_ups.of_night(turn.tx, 1))[0], news=False))
    turn.now = (await _night(turn, 1)).starts


async def _night(turn: Turn, number: int) -> Any:
    found = await rows_of_nights.get(turn.tx, number)
    assert found
    return found


async def _host(turn: Turn) -> None:
    night = await _night(turn, 1)
    await theme_nights.change(await by(turn, "TK1"), 1, night.revision, host="Jussbuss på besøk")


async def _cancel_night(turn: Turn) -> None:
    await theme_nights.cancel(await by(turn, "TK1"), 1, (await _night(turn, 1)).revision, next(iter(Why)))


async def _copy(turn: Turn) -> None:
    await theme_nights.copy(await by(turn, "TK1"), 1)


async def _publish(turn: Turn) -> None:
    night = (await theme_nights.planned(await by(turn, "TK1"), turn.person))[-1]
    await theme_nights.publish(turn, night.id, night.revision)


async def _drop(turn: Turn) -> None:
    drafts_ = [each for each in await theme_nights.planned(await by(turn, "TK1"), turn.person) if each.copy_of]
    await theme_nights.drop(turn, drafts_[0].id, drafts_[0].revision)


async def _before_it_closes(turn: Turn) -> None:
    turn.now = (await _night(turn, 1)).closes - timedelta(seconds=1)


async def _before_it_is_over(turn: Turn) -> None:
    turn.now = (await _night(turn, 1)).ends - timedelta(seconds=1)


async def _list_closes(turn: Turn) -> None:
    later(turn, seconds=1)
    await sign_ups.close_list(turn, 1)
    await theme_nights.time_has_come(turn, 1)


async def _evening_over(turn: Turn) -> None:
    later(turn, seconds=1)
    await theme_nights.time_has_come(turn, 1)


NIGHTS = [
    Deed("nights", "join", _join),
    Deed("nights", "sign somebody up", _join_for),
    Deed("nights", "leave", _leave),
    Deed("nights", "yes to a seat", _yes_to_a_seat, _leave),
    Deed("nights", "no to a seat", _no_to_a_seat, _leave),
    Deed("nights", "a seat passes", _seat_passes, _leave),
    Deed("nights", "everybody is reminded", _remind),
    Deed("nights", "comes", _comes, _at_the_door),
    Deed("nights", "another host", _host),
    Deed("nights", "cancel a night", _cancel_night),
    Deed("nights", "copy a night", _copy),
    Deed("nights", "drop a night", _drop, _copy),
    Deed("nights", "the list closes", _list_closes, _before_it_closes),
    Deed("nights", "the evening is over", _evening_over, _before_it_is_over),
]


async def _notice(turn: Turn) -> None:
    await by(turn, "TK1")
    end = turn.now + timedelta(days=2)
    states = notice_rules.State.PUBLISHED
    texts = {"nb": "Vi stenger tidlig.", "en": "We close early."}
    new = Notice(0, "FJ", states, 1, texts, ("A", "B"), ("officer",), turn.now, end, "TK1", turn.now)
    published = await notices.publish(turn, new)
    await notices.announce(turn, published.id)


async def _correct(turn: Turn) -> None:
    found = (await notices.standing(await by(turn, "TK1"), turn.person))[0]
    await notices.correct(turn, found.id, found.revision, {"nb": "Vi stenger sent.", "en": "We close late."})


async def _withdraw(turn: Turn) -> None:
    found = (await notices.standing(await by(turn, "TK1"), turn.person))[0]
    await notices.withdraw(turn, found.id, found.revision)
    await notices.end(turn, found.id)


async def _pause(turn: Turn) -> None:
    await broadcasts.pause(await by(turn, "TK1"), 1)


async def _go_on(turn: Turn) -> None:
    await broadcasts.go_on(await by(turn, "TK1"), 1)


async def _stop(turn: Turn) -> None:
    await broadcasts.stop(await by(turn, "TK1"), 1)


async def _paused(turn: Turn) -> None:
    await _notice(turn)
    await _pause(turn)


TELLING = [
    Deed("telling", "publish a notice", _notice),
    Deed("telling", "correct it", _correct, _notice),
    Deed("telling", "withdraw it", _withdraw, _notice),
    Deed("telling", "pause it", _pause, _notice),
    Deed("telling", "let it go on", _go_on, _paused),
    Deed("telling", "stop it", _stop, _notice),
]


async def _hire(turn: Turn) -> None:
    await staff.add(await by(turn, "ADM"), Role.PROVIDER, None, ["nav"], ["A"])


async def _rescope(turn: Turn) -> None:
    member = await staff.member(await by(turn, "ADM"), "N2")
    await staff.toggle_unit(turn, "N2", "N", member.revision)


async def _revoke(turn: Turn) -> None:
    member = await staff.member(await by(turn, "ADM"), "N1")
    await staff.revoke(turn, "N1", member.revision)


async def _revoke_all_of_a_service(turn: Turn) -> None:
    member = await staff.member(await by(turn, "ADM"), "H1")
    await staff.revoke(turn, "H1", member.revision)


async def _reads(turn: Turn) -> None:
    before = int(turn.hub.coordinator_reads)
    await settings.change(await by(turn, "ADM"), Setting.READS, 1 - before, before)


async def _idle(turn: Turn) -> None:
    before = int(turn.hub.lock_after.total_seconds())
    await settings.change(await by(turn, "ADM"), Setting.LOCK, before + 30, before)


async def _cancel_session(turn: Turn) -> None:
    week = await sessions.week(await by(turn, "TK1"), "-", THURSDAY)
    found = next(each for each in week if each.session.adviser == "N1" and each.talks)
    await sessions.cancel(turn, found.id, Reason.ILL, sessions.seen(found.hit(turn.now)))


async def _away(turn: Turn) -> None:
    for who in ("N1", "N2", "N3"):
        for reader in await _chats(turn, who):
            await rows_of_accounts.lose(turn.tx, Away(*reader, turn.now))


async def _chats(turn: Turn, who: str) -> list[tuple[str, int]]:
    rows = await turn.tx.rows("SELECT network, chat_id FROM accounts WHERE person = :who", who=who)
    return [(row["network"], row["chat_id"]) for row in rows]


async def _lost(turn: Turn) -> None:
    [place] = await _chats(turn, "N1")
    await accounts.lost(turn, Away(*place, turn.now).about)


async def _back(turn: Turn) -> None:
    [place] = await _chats(turn, "N1")
    await rows_of_accounts.regain(turn.tx, *place)
    await accounts.back(turn, Away(*place, turn.now).about)


async def _clean_up(turn: Turn) -> None:
    later(turn, days=200)
    await retention.close_quiet(turn)
    await retention.delete_old(turn)
    await retention.delete_lists(turn)


async def _fill(turn: Turn) -> None:
    await evenings.fill_all(turn)


OFFICE = [
    Deed("office", "hire", _hire),
    Deed("office", "another scope", _rescope),
    Deed("office", "send away", _revoke),
    Deed("office", "a service without anybody", _revoke_all_of_a_service),
    Deed("office", "what coordinators read", _reads),
    Deed("office", "cancel a session", _cancel_session),
    Deed("office", "works again", _back, _away),
]

DEEDS = [*SLIPS, *WALKS, *NIGHTS, *TELLING, *OFFICE]
