"""What is done to slips, and becomes of them."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot.domain.slips.slips import Reason
from bot.store import people as rows_of_people
from bot.store import slips as rows_of_slips
from bot.usecases.chat import desks
from bot.usecases.chat.flows import At
from bot.usecases.slips import answers, behalf, drafts, offers, paper_slips, slips, talks, undoing
from bot.usecases.turn import Turn
from handlers.slips.behalf import FLOW as SENT_FOR
from handlers.slips.paper_slips import FLOW as PAPER
from tests.views.deeds.doing import Deed, Do, at, by, later, nothing


async def rev(turn: Turn, code: str) -> int:
    found = await rows_of_slips.get(turn.tx, code)
    assert found
    return found.revision


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


async def _send_draft(turn: Turn) -> None:
    await drafts.begin(await at(turn, "A18"), "nav")
    await drafts.send(turn, turn.session.step)


async def _send_for(turn: Turn) -> None:
    desk = await desks.begin(await by(turn, "KB-A2"), behalf.TASK, inmate="A04", service="bolig", consent="spoken")
    await behalf.send(At(SENT_FOR, turn, desk), None)


async def _send_paper(turn: Turn) -> None:
    paper = {"inmate": "A04", "service": "bolig", "written": turn.now.isoformat(), "page": 0, "day": "2027-01-13"}
    desk = await desks.begin(await by(turn, "KB-A2"), paper_slips.TASK, count=7, **paper)
    await paper_slips.send(At(PAPER, turn, desk), None)


async def officer_of(turn: Turn, inmate: str) -> str:
    found = await rows_of_people.inmate(turn.tx, inmate)
    assert found
    return str(found.officer)


def for_inmate(name: str, code: str, do: Callable[..., Awaitable[object]], before: Do) -> Deed:
    """Something that a contact officer says for an inmate."""

    async def deed(turn: Turn) -> None:
        slip = await rows_of_slips.get(turn.tx, code)
        assert slip
        await do(await by(turn, await officer_of(turn, slip.inmate)), code, slip.revision)

    return Deed("officers", name, deed, before)


async def _with_n2(turn: Turn) -> None:
    await slips.own_it(await by(turn, "N2"), "FJ-110", await rev(turn, "FJ-110"))


async def _half_is_over(turn: Turn) -> None:
    found = await rows_of_slips.get(turn.tx, "FJ-111")
    assert found
    assert found.half_at
    turn.now = found.half_at - timedelta(seconds=1)


async def _half(turn: Turn) -> None:
    later(turn, seconds=1)
    await slips.time_has_come(turn, "FJ-111")


async def _with_sk1(turn: Turn) -> None:
    await slips.forward(await by(turn, "N1"), "FJ-110", await rev(turn, "FJ-110"), "sos")


async def _in_the_cell(turn: Turn) -> None:
    slip = await slips.find(await by(turn, "SK1"), "FJ-110")
    assert slip
    await offers.give(turn, "FJ-110", (await offers.choices(turn, slip))[0].id, slip.revision)


SLIPS = [
    Deed("cards", "a talk in the cell", _in_the_cell, _with_sk1),
    Deed("screens", "send what was chosen", _send_draft),
    Deed("officers", "send for somebody", _send_for),
    Deed("officers", "type a paper slip", _send_paper),
    for_inmate("yes for somebody", "FJ-103", answers.accept, _offered),
    for_inmate("no for somebody", "FJ-103", answers.decline, _offered),
    for_inmate("a talk for somebody", "FJ-110", answers.again, _answered),
    card("take over", "N1", "FJ-110", slips.take, before=_with_n2),
    card("by phone", "TK1", "FJ-110", slips.on_the_phone, "N1"),
    Deed("cards", "half of a promise is over", _half, _half_is_over),
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
