"""The morning of a working day: what the officers and the duty leader have before them, in one message each."""

from bot.domain import calendar
from bot.domain.chat.uses import Span, Use
from bot.domain.people import Person, Role
from bot.domain.reminders import Kind
from bot.usecases import movements, people
from bot.usecases.slips import answers
from bot.usecases.theme_nights import days
from handlers.chat.context import Context
from handlers.day import today
from handlers.movements import duty_leader as capacity
from handlers.movements import officer as officers


async def good_morning(context: Context, _about: str) -> None:
    """Bring today's page to whoever has something on it; nothing where there is nothing."""
    await days.fill_all(context.turn)
    for officer in await people.with_role(context.turn, Role.OFFICER):
        await _to_officer(context, officer)
    for leader in await people.with_role(context.turn, Role.DUTY_LEADER):
        await _to_leader(context, leader)
    for coordinator in await people.with_role(context.turn, Role.COORDINATOR):
        await today.morning(context, coordinator)


async def _to_officer(context: Context, officer: Person) -> None:
    today = calendar.today(context.turn.hub, context.turn.now)
    walks = movements.of_officer(await movements.of_day(context.turn, today), officer.id)
    goes = [each for each in await days.going(context.turn, officer.id, today) if each.night.ends > context.turn.now]
    if walks or goes or await answers.count(context.turn, officer):
        page, of_today = await officers.page(context, officer, today), Use(Span.DAY, str(today))
        context.bring_to(officer, officers.key_of(today), of_today, page)


async def _to_leader(context: Context, leader: Person) -> None:
    today = calendar.today(context.turn.hub, context.turn.now)
    if any(hour.walks for hour in await capacity.hours_of(context, leader, today)):
        page, of_today = await capacity.page(context, leader, today), Use(Span.DAY, str(today))
        context.bring_to(leader, capacity.key_of(today), of_today, page)


JOBS = {Kind.MORNING: good_morning}
