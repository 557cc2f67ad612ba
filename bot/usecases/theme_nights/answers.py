"""News about theme nights that somebody of the staff hands over to inmates who have not read them at a screen."""

from dataclasses import dataclass, replace

from bot.domain.people import Inmate, Person
from bot.domain.refusals import OutsideScope
from bot.domain.theme_nights import answers as rules
from bot.domain.theme_nights import sign_ups as line_rules
from bot.domain.theme_nights.sign_ups import SignUp
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.store import people, sign_ups, theme_nights
from bot.usecases.theme_nights import seats
from bot.usecases.turn import Turn


@dataclass(frozen=True, slots=True)
class ThemeNightNews:
    """Somebody's news about a theme night; ``number`` is the one they have in line, if they wait."""

    night: ThemeNight
    sign_up: SignUp
    inmate: Inmate
    number: int = 0


async def to_tell(turn: Turn, person: Person, of: int | None = None) -> list[ThemeNightNews]:
    """Return what this person has to hand over, the oldest sign-up first: only to those whom they care for (F25).

    With ``of`` only the news about one theme night.
    """
    news = [each for each in await sign_ups.with_news(turn.tx) if of is None or each.night == of]
    cared_for = {each.id: each for each in await people.inmates(turn.tx) if person.cares_for(each)} if news else {}
    mine = [each for each in news if each.inmate in cared_for]
    nights = {number: await theme_nights.get(turn.tx, number) for number in {each.night for each in mine}}
    found = [(night, each) for each in mine if (night := nights[each.night])]
    worth = [(night, each) for night, each in found if rules.worth_telling(each, night, turn.now)]
    waited_for = {each.night for _, each in worth if each.state is line_rules.State.WAITING}
    numbers = {night: line_rules.numbers(await sign_ups.of_theme_night(turn.tx, night)) for night in waited_for}
    return [
        ThemeNightNews(night, each, cared_for[each.inmate], numbers.get(night.id, {}).get(each.inmate, 0))
        for night, each in worth
    ]


async def tell(turn: Turn, number: int, inmate: str, revision: int) -> ThemeNightNews:
    """Note that the inmate has been told."""
    found = await _mine(turn, number, inmate, revision)
    await turn.note("told", found.sign_up.holder)
    return replace(found, sign_up=await seats.mark_news(turn, found.sign_up, news=False))


async def _mine(turn: Turn, number: int, inmate: str, revision: int) -> ThemeNightNews:
    night, owner = await theme_nights.get(turn.tx, number), await people.inmate(turn.tx, inmate)
    sign_up = await sign_ups.get(turn.tx, number, inmate)
    if night is None or sign_up is None or owner is None or not turn.person.cares_for(owner):
        raise OutsideScope
    return ThemeNightNews(night, rules.untold(line_rules.as_shown(sign_up, revision), night, turn.now), owner)


async def to_be_told_at_once(turn: Turn, number: int, inmate: str) -> list[Person]:
    """Return who hands over what has just happened to somebody's sign-up, where that cannot wait for the morning.

    The contact officer, and who signed them up, if they care for them; whoever did it knows.
    """
    night, owner = await theme_nights.get(turn.tx, number), await people.inmate(turn.tx, inmate)
    mine = await sign_ups.get(turn.tx, number, inmate)
    if night is None or mine is None or owner is None or not rules.hurries(mine, night, turn.hub, turn.now):
        return []
    named = sorted({owner.officer, mine.written_by} - {None, turn.doer}, key=str)
    found = [await people.person(turn.tx, str(each)) for each in named]
    return [each for each in found if each and each.cares_for(owner)]
