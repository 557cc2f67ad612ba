"""How far a slip has come, said to its inmate: for eyes a road, and the same in a sentence."""

from bot.domain.chat.looks import Part, Step
from bot.domain.chat.messages import Line
from bot.domain.slips import roads
from bot.domain.slips.roads import Mark
from bot.domain.slips.slips import Slip
from bot.domain.whole import Whole
from handlers.chat.words import Say, Words

MARKS: Whole[Mark, Say] = Whole(
    "the steps of a slip's road",
    Mark,
    {
        Mark.SENT: lambda _: _("sent"),
        Mark.READ: lambda _: _("read"),
        Mark.TIME: lambda _: _("a time"),
        Mark.TALK: lambda _: _("the talk"),
        Mark.ANSWER: lambda _: _("an answer"),
    },
)

NEXT: Whole[Mark, Say] = Whole(
    "what comes next on a slip's road",
    (Mark.READ, Mark.TIME, Mark.TALK),
    {
        Mark.READ: lambda _: _("Next: an adviser reads it."),
        Mark.TIME: lambda _: _("Next: you get a time."),
        Mark.TALK: lambda _: _("Next: the talk."),
    },
)


def road_in_words(_: Words, slip: Slip) -> list[Line]:
    """Say how far a slip has come, and what comes next; one that has ended says that itself."""
    road = roads.road(slip)
    if not road:
        return []
    so_far = _("So far: {done}.", done=_.all_of([MARKS[mark](_) for mark, done in road if done]))
    ahead = [NEXT[mark](_) for mark, done in road if not done]
    drawn = tuple(Step(_capital(MARKS[mark](_)), done) for mark, done in road)
    return [Line(" ".join((so_far, *ahead[:1])), part=Part.ROAD, steps=drawn)]


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
