"""What is told to many, and how that goes on."""

from datetime import timedelta

from bot.domain.notices import notices as notice_rules
from bot.domain.notices.notices import Notice
from bot.usecases.notices import notices
from bot.usecases.telling import broadcasts
from bot.usecases.turn import Turn
from tests.views.deeds.doing import Deed, by


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
