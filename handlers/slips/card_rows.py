"""What can be pressed on a card, by the state of its slip."""

from datetime import datetime

from bot.domain.chat.messages import Button
from bot.domain.services import Hub
from bot.domain.slips.promises import later_dates
from bot.domain.slips.slips import Side, Slip
from bot.domain.timetable.bookings import Booking
from bot.usecases.slips.cards import Facts
from handlers.chat.rows import Rows
from handlers.chat.words import Words


def rows_waiting(hub: Hub, facts: Facts, now: datetime, _: Words) -> Rows:
    """Return what can be done with a slip that waits: a time, more time, an answer without a meeting, or elsewhere."""
    slip = facts.slip
    time = Button(_("🕐 Set a time"), f"times:{slip.code}:{slip.revision}", "primary")
    on = Button(_("➡️ Belongs elsewhere"), f"where:{slip.code}:{slip.revision}")
    later = Button(_("⏳ More time"), f"later:{slip.code}:{slip.revision}")
    answer = Button(_("✉️ Without a meeting"), f"answers:{slip.code}:{slip.revision}", private=True)
    first = (time, on) if hub.services[slip.service].bookable else (on,)
    found_out = (_held(slip, _),) if facts.untold else ()
    second = [*([later] if later_dates(slip, hub, now) else []), *([answer] if hub.answers else [])]
    return tuple(row for row in (found_out, first, tuple(second)) if row)


def rows_offered(slip: Slip, _: Words) -> Rows:
    """Return what can be done with a held offer: answer the inmate's, or change one's own."""
    other = Button(_("🔁 Another time"), f"times:{slip.code}:{slip.revision}")
    if slip.offered_by is Side.INMATE:
        yes = Button(_("👍 Yes, it suits"), f"accept:{slip.code}:{slip.revision}", "success")
        return (yes,), (other, Button(_("👎 Cannot then"), f"decline:{slip.code}:{slip.revision}"))
    return ((other, Button(_("❌ Cancel"), f"cancel:{slip.code}:{slip.revision}")),)


def rows_booked(slip: Slip, booking: Booking, now: datetime, _: Words) -> Rows:
    """Return what can be done with a talk that lies ahead."""
    if booking.slot.starts <= now:
        return ()
    move = Button(_("🔁 Another time"), f"times:{slip.code}:{slip.revision}")
    return ((move, Button(_("❌ Cancel"), f"cancel:{slip.code}:{slip.revision}")),)


def rows_over(slip: Slip, _: Words) -> Rows:
    """Return what is asked when a talk is over."""
    return ((_held(slip, _), Button(_("Did not happen"), f"reasons:{slip.code}:{slip.revision}")),)


def _held(slip: Slip, _: Words) -> Button:
    return Button(_("👍 Held"), f"held:{slip.code}:{slip.revision}", "success")
