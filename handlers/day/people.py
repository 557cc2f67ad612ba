"""Joining the hub, and what everybody who works here can write or open from the start page."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from telegram import Update

from bot.domain.chat.messages import Line, Reader, View
from bot.domain.chat.uses import Span, Use
from bot.domain.people import ADVISERS, INVITE_LIFETIME, STAFF, WITH_A_DAY, Role
from bot.domain.people import SCREEN as AT_SCREEN
from bot.domain.refusals import NotUnderstood, UnknownAccount
from bot.domain.slips.slips import Slip
from bot.domain.whole import Whole
from bot.usecases import people
from bot.usecases.slips import cards, slips
from handlers.chat import menus, refusals
from handlers.chat.context import Context, Handler
from handlers.chat.lines import EVERYBODY, anything, command, tap, typed
from handlers.chat.start import Door, home_button, take_typed
from handlers.chat.words import N_, Words
from handlers.day import today
from handlers.movements import duty_leader as capacity
from handlers.movements import officer as movements
from handlers.papers.papers import hand_over, invitation
from handlers.slips.cards import Card
from handlers.slips.reminders import todays_list, todays_talks

MINUTES = int(INVITE_LIFETIME / timedelta(minutes=1))


async def join(update: Update, context: Context) -> None:
    """Join with a one-time code, of which only the stamp has come this far; the open slips come along."""
    context.forget(update)
    await people.join(context.turn, context.text("code"))
    await menus.refresh(context)
    context.say(update, lambda reader: _joined(context, reader))


def _joined(context: Context, reader: Reader) -> View:
    _ = context.words_for(reader.language)
    lines = [_("Welcome! This account belongs to the hub now.")]
    if context.turn.person.role in ADVISERS:
        lines.append(_("New slips come here by themselves."))
        lines.append(_("/today shows today's talks, /slips shows what waits for you, /help explains."))
    else:
        lines.append(_on_start_page(_))
    return View(tuple(map(Line, lines)), ((home_button(_),),))


def _on_start_page(_: Words) -> str:
    return _("/menu brings your start page, with everything you can do.")


async def show_help(update: Update, context: Context) -> None:
    """Explain the few things there are to know."""
    context.say(update, lambda reader: _help(context, reader))


async def open_help(_update: Update, context: Context) -> None:
    """Explain them in the place of the start page."""
    context.show_for(lambda reader: _help(context, reader))


def _help(context: Context, reader: Reader) -> View:
    _ = context.words_for(reader.language)
    lines = [*_to_whom_slips_come(_, context.turn.person.role), _on_start_page(_)]
    lines.append(_("/code gives a one-time code for your account on another device."))
    return View(tuple(map(Line, lines)), ((home_button(_),),))


def _to_whom_slips_come(_: Words, role: Role) -> list[str]:
    if role not in ADVISERS:
        return [_("/today shows what is before you today.")] if role in TODAYS else []
    return [
        _("Each slip is one message here. Its buttons are all you need."),
        _("“Set a time” and then a time: that is a booking, and the inmate is told."),
        _("/today shows today's talks."),
        _("/slips brings what waits for you to the bottom."),
    ]


TODAYS: Whole[Role, Handler] = Whole(
    "what /today shows to each role",
    WITH_A_DAY,
    {
        Role.PROVIDER: todays_list,
        Role.SOCIAL_ADVISER: todays_list,
        Role.OFFICER: movements.show_today,
        Role.DUTY_LEADER: capacity.show_today,
        Role.COORDINATOR: today.bring_today,
    },
)


async def show_today(update: Update, context: Context) -> None:
    """Show the acting person's day."""
    await TODAYS[context.turn.actor.role](update, context)


async def open_talks(_update: Update, context: Context) -> None:
    """Show today's talks in the place of the start page."""
    talks = await todays_talks(context)

    def build(reader: Reader) -> View | None:
        view = talks(reader)
        return view and replace(view, rows=((home_button(context.words_for(reader.language)),),))

    context.show_for(build)


async def show_slips(update: Update, context: Context) -> None:
    """Bring the slips that wait for an answer to the bottom of the chat, each with its buttons."""
    found = await slips.to_answer(context.turn)
    context.say(update, lambda reader: _count(context, reader, len(found)))
    await _bring(context, found)


async def open_slips(_update: Update, context: Context) -> None:
    """Say in the place of the start page how many wait, and bring them to the bottom."""
    found = await slips.to_answer(context.turn)
    context.show_for(lambda reader: _count(context, reader, len(found)))
    await _bring(context, found)


async def _bring(context: Context, found: Sequence[Slip]) -> None:
    for slip in found:
        card = Card(context, await cards.opened(context.turn, slip))
        below = View((Line(context.words("📋 {code}: see below.", code=slip.code)),))
        context.bring_down(f"slip:{slip.code}", Use(Span.CARD, slip.code), card.plain, below)


def _count(context: Context, reader: Reader, n: int) -> View:
    _ = context.words_for(reader.language)
    return View((Line(_.n_("{n} slip waits for you", "{n} slips wait for you", n)),), ((home_button(_),),))


async def give_code(update: Update, context: Context) -> None:
    """Give a one-time code, with which one's other account joins; inside the house also on paper."""
    code = await people.invite(context.turn, context.turn.person.id)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        lines = (
            Line(_("Write this to the bot from your other account:")),
            Line(f"/start {code}"),
            Line(_.n_("It works once, for {n} minute.", "It works once, for {n} minutes.", MINUTES)),
        )
        return View(lines, passing=True)

    context.say(update, build)
    if not context.turn.edge.leaves_house:
        await hand_over(context, update, invitation(context, code))


async def catch_all(update: Update, context: Context) -> None:
    """Answer whatever nothing else took; it changes nothing."""
    if update.my_chat_member:
        return  # the bot was blocked or let in again: the hub has noted it, and there is nobody to answer
    role = context.turn.actor.role
    if role is Role.STRANGER:
        raise UnknownAccount
    if role & AT_SCREEN and not update.callback_query:
        await refusals.unexpected(update, context)
        return
    if role & STAFF and not update.callback_query and await take_typed(update, context):
        return
    raise NotUnderstood


DOORS = [
    Door(label=lambda _: _("📅 Today's talks"), data="my_day", may=ADVISERS),
    Door(label=lambda _: _("📥 What waits for you"), data="my_slips", may=ADVISERS),
    Door(label=lambda _: _("❓ How this works"), data="help", may=STAFF),
]

HANDLERS = [
    tap("my_day", open_talks, may=ADVISERS),
    tap("my_slips", open_slips, may=ADVISERS),
    tap("help", open_help, may=STAFF),
    typed("/start {code}", join, may=EVERYBODY, menu=N_("Join with your one-time code")),
    *command("/today", "/idag", show_today, may=WITH_A_DAY, menu=N_("Today's talks")),
    *command("/slips", "/lapper", show_slips, may=ADVISERS, menu=N_("What waits for you")),
    *command("/code", "/kode", give_code, may=STAFF, menu=N_("A code for another device")),
    *command("/help", "/hjelp", show_help, may=STAFF, menu=N_("How this works")),
]

LAST = anything(catch_all)
