"""A slip as its inmate sees it at the kiosk: its state in plain words, and what can be done (F126, F138)."""

from telegram import Update

from bot.domain import subjects
from bot.domain.chat.looks import Look
from bot.domain.chat.messages import Button, View
from bot.domain.people import Role
from bot.domain.slips import talks
from bot.domain.slips.slips import OPEN, Side, Slip, Source, State
from bot.domain.slips.undoing import can_take_back, can_unsend
from bot.domain.timetable import timetable
from bot.domain.timetable.bookings import Booking
from bot.usecases import movements
from bot.usecases.slips import slips
from bot.usecases.slips import talks as talks_of
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, open_page, screen
from handlers.chat.words import Words
from handlers.said.roads import road_in_words
from handlers.said.slips import fetched_in_words, service_name, state_in_words, told_in_words


async def show_slip(_update: Update, context: Context) -> None:
    """Open one slip."""
    await slips.own(context.turn, context.text("slip"))
    await open_page(context, f"slip:{context.text('slip')}")


async def one_slip(context: Context, argument: str, *ways: Button) -> View:
    """Show a slip's promise, or its time and place, and what can be done, with more ``ways`` below it."""
    _ = context.words
    slip, booking = await slips.open_own(context.turn, argument)
    title = _("{code} · {service}", code=slip.code, service=service_name(context, slip))
    helpers = await _who_helps(context, slip)
    fetched = await _fetched(context, slip, booking)
    untold = await talks_of.to_find_out(context.turn, slip)
    return screen(
        context,
        title,
        *state_in_words(context, slip, booking, untold),
        *fetched,
        *_asked_for(context, slip),
        *road_in_words(_, slip),
        helpers,
        _writer(context, slip),
        look=Look.CARD,
        rows=(*_slip_rows(context, slip, booking, untold), *((each,) for each in ways)),
        back="mine",
        about=subjects.slips(slip.code),
    )


def _asked_for(context: Context, slip: Slip) -> list[str]:
    """Say what the slip is about and when it suits, while that is still open."""
    _ = context.words
    topic = context.turn.hub.services[slip.service].topic(slip.topic) if slip.topic else None
    about = [_("About: {topic}", topic=_.of(topic.name))] if topic else []
    if slip.state is not State.WAITING or not slip.wish:
        return about
    return [*about, _("When: {when}, if it suits", when=_.day_and_time(timetable.starts_of(slip.wish)))]


async def _fetched(context: Context, slip: Slip, booking: Booking | None) -> list[str]:
    if booking is None or not talks.is_ahead(slip, booking, context.turn.now):
        return []
    return fetched_in_words(context.words, await movements.walk_to(context.turn, booking))


def _slip_rows(context: Context, slip: Slip, booking: Booking | None, untold: Booking | None) -> Rows:
    return (*_rows_of_state(context, slip, booking, untold), *_undo_of_step(context, slip))


def _undo_of_step(context: Context, slip: Slip) -> Rows:
    undo = Button(context.words("↩️ Undo"), f"take_back:{slip.code}:{slip.revision}")
    return ((undo,),) if can_take_back(slip, context.turn.inmate, context.turn.now) else ()


def undo_row(context: Context, slip: Slip) -> Rows:
    """Return the way to undo that a slip was sent, or one's newest step since, while that can be done."""
    if not can_unsend(slip, context.turn.now):
        return _undo_of_step(context, slip)
    return ((Button(context.words("↩️ Undo"), f"withdraw:{slip.code}:{slip.revision}"),),)


def _rows_of_state(context: Context, slip: Slip, booking: Booking | None, untold: Booking | None) -> Rows:
    _ = context.words
    withdraw = (Button(_("↩️ Withdraw the slip"), f"withdraw:{slip.code}"),)
    other = Button(_("🔁 Another time"), f"other:{slip.code}")
    if slip.state is State.WAITING:
        told = how_it_went(_, slip)[:1] if untold else ()
        return (*told, *(((other,),) if slip.service != context.turn.hub.triage else ()), withdraw)
    if slip.state is State.OFFERED:
        return (*_offer_rows(_, slip, other), withdraw)
    if talks.is_over(slip, booking, context.turn.now):
        return how_it_went(_, slip)
    if talks.is_ahead(slip, booking, context.turn.now):
        return ((Button(_("✋ I cannot come"), f"cannot:{slip.code}"),), withdraw)
    return _rows_of_question(_, slip)


def _rows_of_question(_: Words, slip: Slip) -> Rows:
    if slip.state not in OPEN:
        return ((Button(_("🙋 Ask for a new talk"), f"ask:{slip.service}"),),)
    if slip.state is State.ANSWERED:
        enough = Button(_("👍 That is enough"), f"close:{slip.code}:{slip.revision}", "success")
        return ((enough,), (Button(_("🙋 I still want a talk"), f"again:{slip.code}:{slip.revision}"),))
    if slip.state is State.NOT_HELD:
        yes = Button(_("👍 Yes, a new time"), f"again:{slip.code}:{slip.revision}", "success")
        return ((yes,), (Button(_("No, thank you"), f"close:{slip.code}:{slip.revision}"),))
    return ()


def how_it_went(_: Words, slip: Slip) -> Rows:
    """Return what an inmate can tell of a talk that is over."""
    at = f"{slip.code}:{slip.revision}"
    yes = Button(_("👍 Yes, we talked"), f"we_talked:{at}", "success")
    return (yes,), (Button(_("The talk did not happen"), f"no_talk:{at}"),)


def _offer_rows(_: Words, slip: Slip, other: Button) -> Rows:
    if slip.offered_by is Side.INMATE:
        return ((other,),)
    yes = Button(_("👍 Yes, it suits"), f"yes:{slip.code}:{slip.revision}", "success")
    return (yes,), (other, Button(_("👎 No, thank you"), f"no:{slip.code}:{slip.revision}"))


async def _who_helps(context: Context, slip: Slip) -> str:
    if not slip.broken or slip.state is not State.WAITING:
        return ""
    person = await slips.follower(context.turn)
    _ = context.words
    return _("{person} follows this up now.", person=_.of(context.turn.hub.name_of(person))) if person else ""


def _writer(context: Context, slip: Slip) -> str:
    """Say to the inmate who wrote the slip, if it was somebody else."""
    _ = context.words
    if slip.written_by is None:
        return ""
    name = _.of(context.turn.hub.name_of(slip.written_by))
    if slip.source is Source.PAPER:
        return _("{name} typed in your paper slip of {date}.", date=_.day(slip.sent_at), name=name)
    return _("{name} wrote this slip for you.", name=name)


async def ask_withdraw(_update: Update, context: Context) -> None:
    """Ask once before a slip is taken back."""
    await slips.own(context.turn, context.text("slip"))
    await open_page(context, f"withdraw:{context.text('slip')}")


async def withdraw_page(context: Context, argument: str) -> View:
    """Ask whether the slip shall be taken back."""
    _ = context.words
    slip, booking = await slips.open_own(context.turn, argument)
    open_still = slip.state in {State.WAITING, State.OFFERED, State.BOOKED}
    if not open_still or talks.has_begun(slip, booking, context.turn.now):
        return await one_slip(context, argument)
    yes = Button(_("↩️ Yes, withdraw"), f"withdraw:{slip.code}:{slip.revision}", "danger")
    keep = Button(_("No, keep it"), f"slip:{slip.code}", "primary")
    return screen(
        context,
        _("Shall we withdraw slip {code}?", code=slip.code),
        _("To: {service}", service=service_name(context, slip)),
        *told_in_words(context, slip, booking),
        rows=((keep,), (yes,)),
        back=f"slip:{slip.code}",
        about=subjects.slips(slip.code),
    )


async def withdraw(_update: Update, context: Context) -> None:
    """Take the slip back; whoever had it is told, and its time is free again."""
    slip = await slips.withdraw(context.turn, context.text("slip"), context.number("revision"))
    await open_page(context, f"slip:{slip.code}")


async def ask_again(_update: Update, context: Context) -> None:
    """Ask for a new time after a talk that did not happen."""
    slip = await slips.ask_again(context.turn, context.text("slip"), context.number("revision"))
    await open_page(context, f"slip:{slip.code}")


async def close(_update: Update, context: Context) -> None:
    """Let it be after a talk that did not happen."""
    slip = await slips.close(context.turn, context.text("slip"), context.number("revision"))
    await open_page(context, f"slip:{slip.code}")


PAGES = {"slip": one_slip, "withdraw": withdraw_page}

HANDLERS = [
    tap("slip:{slip}", show_slip, may=Role.INMATE),
    tap("withdraw:{slip}", ask_withdraw, may=Role.INMATE),
    tap("withdraw:{slip}:{revision}", withdraw, may=Role.INMATE),
    tap("again:{slip}:{revision}", ask_again, may=Role.INMATE),
    tap("close:{slip}:{revision}", close, may=Role.INMATE),
]
