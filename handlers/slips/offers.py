"""At the kiosk: answering a proposed time, proposing another, and not being able to come (F132, F147)."""

from telegram import Update

from bot.domain import subjects
from bot.domain.chat.messages import Button, View
from bot.domain.people import Role
from bot.domain.reminders import Kind
from bot.domain.slips import talks
from bot.domain.slips.slips import WHY_NOT_COMING, Reason, Slip, State
from bot.usecases.slips import offers, slips, undoing
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import open_page, pairs, screen
from handlers.said.inmates import NOT_COMING
from handlers.said.slips import told_in_words
from handlers.slips.own_slip import one_slip

CAN_CHANGE = {State.WAITING, State.OFFERED, State.BOOKED}


async def _show(context: Context, slip: Slip) -> None:
    await open_page(context, f"slip:{slip.code}")


async def accept(_update: Update, context: Context) -> None:
    """Say yes to the proposed time."""
    await _show(context, await offers.accept_own(context.turn, context.text("slip"), context.number("revision")))


async def decline(_update: Update, context: Context) -> None:
    """Say no to the proposed time; the slip keeps its place in line and its promise."""
    await _show(context, await offers.decline_own(context.turn, context.text("slip"), context.number("revision")))


async def show_other(_update: Update, context: Context) -> None:
    """Ask which other time suits."""
    await slips.own(context.turn, context.text("slip"))
    await open_page(context, f"other:{context.text('slip')}")


async def other(context: Context, argument: str) -> View:
    """Offer the three nearest times to propose; a booked time is given back with it, and the page says so."""
    _ = context.words
    slip, booking = await slips.open_own(context.turn, argument)
    if slip.state not in CAN_CHANGE or talks.has_begun(slip, booking, context.turn.now):
        return await one_slip(context, argument)
    slots = await offers.other_times(context.turn, slip)
    rows = tuple(
        (Button(_.short_time(slot.starts), f"propose:{slip.code}:{slot.id}:{slip.revision}"),) for slot in slots
    )
    return screen(
        context,
        _("Which time suits you?") if slots else _("There is no other free time now."),
        _("We keep the time until the adviser has answered.") if slots else "",
        _("You give back the time you have.") if slots and slip.state is State.BOOKED else "",
        rows=rows,
        back=f"slip:{slip.code}",
        about=subjects.slips(slip.code),
    )


async def propose(_update: Update, context: Context) -> None:
    """Propose another time."""
    code, revision = context.text("slip"), context.number("revision")
    await _show(context, await offers.propose(context.turn, code, context.text("slot"), revision))


async def show_cannot(_update: Update, context: Context) -> None:
    """Ask what shall happen instead."""
    await slips.own(context.turn, context.text("slip"))
    await open_page(context, f"cannot:{context.text('slip')}")


async def cannot(context: Context, argument: str) -> View:
    """Say that it is fine not to come, and offer what there is instead."""
    _ = context.words
    slip, booking = await slips.open_own(context.turn, argument)
    if not talks.is_ahead(slip, booking, context.turn.now):
        return await one_slip(context, argument)
    later = Button(_("⏳ Wait for a new time"), f"why:{slip.code}")
    return screen(
        context,
        _("That is fine. What suits you better?"),
        *told_in_words(context, slip, booking),
        rows=(
            (Button(_("🔁 Another time"), f"other:{slip.code}"),),
            (later,),
            (Button(_("↩️ Withdraw the slip"), f"withdraw:{slip.code}"),),
        ),
        back=f"slip:{slip.code}",
        about=subjects.slips(slip.code),
    )


async def show_why(_update: Update, context: Context) -> None:
    """Ask why, which nobody has to say."""
    await slips.own(context.turn, context.text("slip"))
    await open_page(context, f"why:{context.text('slip')}")


async def why(context: Context, argument: str) -> View:
    """Ask why, with an answer that says nothing."""
    _ = context.words
    slip, booking = await slips.open_own(context.turn, argument)
    if not talks.is_ahead(slip, booking, context.turn.now):
        return await one_slip(context, argument)
    buttons = [Button(NOT_COMING[each](_), f"not_coming:{slip.code}:{each}:{slip.revision}") for each in WHY_NOT_COMING]
    return screen(
        context,
        _("Why can you not come? You need not say."),
        _("You keep your place in line and get a new time."),
        rows=pairs(buttons),
        back=f"slip:{slip.code}",
        about=subjects.slips(slip.code),
    )


async def not_coming(_update: Update, context: Context) -> None:
    """Give the time back and wait for a new one."""
    code, revision = context.text("slip"), context.number("revision")
    await _show(context, await offers.cancel_own(context.turn, code, revision, Reason(context.text("reason"))))


async def take_back(_update: Update, context: Context) -> None:
    """Take one's own newest step back."""
    code = context.text("slip")
    await slips.own(context.turn, code)
    await _show(context, await undoing.undo(context.turn, code, context.number("revision")))


async def end_offer(context: Context, code: str) -> None:
    """End an offer that nobody has answered in time; both sides are told."""
    await offers.expire(context.turn, code)


PAGES = {"other": other, "cannot": cannot, "why": why}

HANDLERS = [
    tap("yes:{slip}:{revision}", accept, may=Role.INMATE),
    tap("no:{slip}:{revision}", decline, may=Role.INMATE),
    tap("other:{slip}", show_other, may=Role.INMATE),
    tap("propose:{slip}:{slot}:{revision}", propose, may=Role.INMATE),
    tap("cannot:{slip}", show_cannot, may=Role.INMATE),
    tap("why:{slip}", show_why, may=Role.INMATE),
    tap("not_coming:{slip}:{reason}:{revision}", not_coming, may=Role.INMATE),
    tap("take_back:{slip}:{revision}", take_back, may=Role.INMATE),
]

JOBS = {Kind.EXPIRE: end_offer}
