"""What is told to many, and how that goes on."""

from datetime import timedelta

from bot.domain.notices import notices as notice_rules
from bot.domain.notices import plans as notices_of
from bot.domain.notices.notices import Notice
from bot.usecases.chat import desks
from bot.usecases.chat.flows import At
from bot.usecases.notices import notices, plans
from bot.usecases.telling import broadcasts
from bot.usecases.turn import Turn
from handlers.notices.plans import FLOW
from tests.views.deeds.doing import Deed, at, by


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


async def _of_nav(turn: Turn) -> None:
    await by(turn, "TK1")
    found = notices_of.notice_of(DRAFT | {"style": "service", "service": "nav"}, turn.hub, "TK1", turn.now)
    await notices.publish(turn, found)


DRAFT = {
    "prison": "FJ",
    "style": "plain",
    "units": ["A", "B"],
    "staff": ["officer"],
    "starts": "now",
    "ends": "2027-01-16",
    "text_nb": "Vi stenger tidlig.",
    "text_en": "We close early.",
}


async def _put_together(turn: Turn) -> None:
    desk = await desks.begin(await by(turn, "TK1"), plans.TASK, **DRAFT)
    await plans.finish(At(FLOW, turn, desk), "")


async def _put_right(turn: Turn) -> None:
    found = (await notices.standing(await by(turn, "TK1"), turn.person))[0]
    desk = await desks.begin(turn, plans.TASK, **DRAFT | {"text_nb": "Vi stenger sent."}, fixing=found.id)
    await plans.finish(At(FLOW, turn, desk), str(found.revision))


async def _ask_for_a_talk(turn: Turn) -> None:
    found = (await notices.standing(await by(turn, "TK1"), turn.person))[0]
    await notices.ask(await at(turn, "A18"), found.id)


async def _tell(turn: Turn) -> None:
    await by(turn, "TK1")
    await broadcasts.begin(turn, "notice:1", ["KB-A1"], ["K-A"])


async def _in_doubt(turn: Turn) -> None:
    await _notice(turn)
    await turn.tx.run(
        "INSERT INTO messages (network, chat_id, key, text, neutral, lane, revision, shown, fault, carries, once)"
        " SELECT network, chat_id, 'notice:1', 'Vi stenger tidlig.', 1, 2, 1, 0, 'doubt', ' 1 ', 1 FROM accounts"
        " WHERE person = 'KB-A1'"
    )


async def _once_more(turn: Turn) -> None:
    await broadcasts.again(await by(turn, "TK1"), 1, "KB-A1")


async def _shown(turn: Turn) -> None:
    await broadcasts.look_again(turn, 1)


TELLING = [
    Deed("telling", "a notice put together", _put_together),
    Deed("telling", "a notice put right", _put_right, _notice),
    Deed("telling", "ask for a talk in one tap", _ask_for_a_talk, _of_nav),
    Deed("telling", "tell it to more", _tell, _notice),
    Deed("telling", "send it once more", _once_more, _in_doubt),
    Deed("telling", "look how far it has come", _shown, _notice),
    Deed("telling", "publish a notice", _notice),
    Deed("telling", "correct it", _correct, _notice),
    Deed("telling", "withdraw it", _withdraw, _notice),
    Deed("telling", "pause it", _pause, _notice),
    Deed("telling", "let it go on", _go_on, _paused),
    Deed("telling", "stop it", _stop, _notice),
]
