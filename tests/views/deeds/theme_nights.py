"""What is done to theme nights and their lists."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.theme_nights.theme_nights import State, Why
from bot.store import sign_ups as rows_of_sign_ups
from bot.store import theme_nights as rows_of_theme_nights
from bot.usecases.chat import desks
from bot.usecases.chat.flows import At
from bot.usecases.theme_nights import answers as theme_night_answers
from bot.usecases.theme_nights import joining, plans, sign_ups, standings, theme_nights
from bot.usecases.turn import Turn
from handlers.theme_nights.plans import FLOW
from tests.views.deeds.doing import Deed, at, by, later


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
    await theme_night_answers.tell(await by(turn, "SK1"), 1, "A18", found.revision)


async def _at_the_door(turn: Turn) -> None:
    turn.now = (await _night(turn, 1)).starts


async def _comes(turn: Turn) -> None:
    await sign_ups.tick(await by(turn, "TK1"), 1, "A03", came=True)


async def _at_the_door_of_one_with_room(turn: Turn) -> None:
    turn.now = (await _night(turn, 4)).starts


async def _walks_in(turn: Turn) -> None:
    await sign_ups.walk_in(await by(turn, "TK1"), 4, "B03")


async def _night(turn: Turn, number: int) -> Any:
    found = await rows_of_theme_nights.get(turn.tx, number)
    assert found
    return found


async def _host(turn: Turn) -> None:
    night = await _night(turn, 1)
    await theme_nights.change(await by(turn, "TK1"), 1, night.revision, host="Jussbuss på besøk")


async def _not_in_arabic(turn: Turn) -> None:
    night = await _night(turn, 3)
    topic = {language: text for language, text in night.topic.items() if language != "ar"}
    await rows_of_theme_nights.save(turn.tx, replace(night, topic=topic))


async def _in_arabic_too(turn: Turn) -> None:
    night = await _night(turn, 3)
    topic = {**night.topic, "ar": "اليوم الأول بعد الخروج"}
    await theme_nights.change(await by(turn, "TK1"), 3, night.revision, topic=topic)


async def _cancel_theme_night(turn: Turn) -> None:
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


async def _theme_night_over(turn: Turn) -> None:
    later(turn, seconds=1)
    await theme_nights.time_has_come(turn, 1)


async def _a_draft(turn: Turn) -> None:
    await theme_nights.copy(await by(turn, "TK1"), 1)


async def _newest(turn: Turn, state: State) -> Any:
    [row] = await turn.tx.rows("SELECT MAX(id) AS id FROM theme_nights WHERE state = :state", state=str(state))
    return await _night(turn, row["id"])


async def _proposal(turn: Turn) -> None:
    found, weeks = await _night(turn, 1), timedelta(weeks=2)
    times = {"starts": found.starts + weeks, "ends": found.ends + weeks, "closes": found.closes + weeks}
    new = replace(found, id=0, state=State.DRAFT, made_by="G1", made_at=turn.now, **times)
    await theme_nights.create(await by(turn, "G1"), new)


async def _propose(turn: Turn) -> None:
    night = await _newest(turn, State.DRAFT)
    await theme_nights.propose(await by(turn, "G1"), night.id, night.revision)


async def _proposed(turn: Turn) -> None:
    await _proposal(turn)
    await _propose(turn)


async def _decline(turn: Turn) -> None:
    night = await _newest(turn, State.PROPOSED)
    await theme_nights.decline(await by(turn, "TK1"), night.id, night.revision)


async def _publish_proposal(turn: Turn) -> None:
    night = await _newest(turn, State.PROPOSED)
    await theme_nights.publish(await by(turn, "TK1"), night.id, night.revision)


async def _drawn(turn: Turn) -> None:
    night = await _newest(turn, State.DRAFT)
    await plans.flip(await by(turn, "TK1"), night.id, night.revision, "lottery")


async def _another_guest(turn: Turn) -> None:
    night = await _night(turn, 1)
    draft = {"night": 1, "ask": ["host"], "host": "Jussbuss", "was": {"host": night.host}}
    desk = await desks.begin(await by(turn, "TK1"), plans.TASK, **draft)
    await plans.finish(At(FLOW, turn, desk), "")


async def _asked_and_said_yes(turn: Turn) -> None:
    desk = await joining.begin(await by(turn, "KB-B2"), 4, "B06")
    await joining.consented(turn, desk.step)


async def _type_a_list(turn: Turn) -> None:
    await joining.begin_paper(await by(turn, "TK1"), 4)
    await joining.take_typed(turn, "B06, B08")


async def _next_opens(turn: Turn) -> None:
    await sign_ups.tell_of_next(turn, replace(await _night(turn, 3), after=1))


async def _reads_own(turn: Turn) -> None:
    await standings.own(await at(turn, "A18"), 1)


async def _opens_own(turn: Turn) -> None:
    await standings.open_own(await at(turn, "A18"), 1)


NIGHTS = [
    Deed("nights", "propose a night", _propose, _proposal),
    Deed("nights", "decline a proposal", _decline, _proposed),
    Deed("nights", "publish a proposal", _publish_proposal, _proposed),
    Deed("nights", "its seats are drawn", _drawn, _a_draft),
    Deed("nights", "another guest", _another_guest),
    Deed("nights", "asked and said yes", _asked_and_said_yes),
    Deed("nights", "type a list", _type_a_list),
    Deed("nights", "the next one opens", _next_opens),
    Deed("nights", "read one's news of a seat", _reads_own, _leave),
    Deed("nights", "open one's news of a seat", _opens_own, _leave),
    Deed("nights", "join", _join),
    Deed("nights", "sign somebody up", _join_for),
    Deed("nights", "leave", _leave),
    Deed("nights", "yes to a seat", _yes_to_a_seat, _leave),
    Deed("nights", "no to a seat", _no_to_a_seat, _leave),
    Deed("nights", "a seat passes", _seat_passes, _leave),
    Deed("nights", "everybody is reminded", _remind),
    Deed("nights", "told of a seat", _told_of_a_seat, _leave),
    Deed("nights", "comes", _comes, _at_the_door),
    Deed("nights", "walks in", _walks_in, _at_the_door_of_one_with_room),
    Deed("nights", "another host", _host),
    Deed("nights", "its topic in one language more", _in_arabic_too, _not_in_arabic),
    Deed("nights", "cancel a night", _cancel_theme_night),
    Deed("nights", "copy a night", _copy),
    Deed("nights", "publish a night", _publish, _copy),
    Deed("nights", "drop a night", _drop, _copy),
    Deed("nights", "the list closes", _list_closes, _before_it_closes),
    Deed("nights", "it is over", _theme_night_over, _before_it_is_over),
]
