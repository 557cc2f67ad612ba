"""An inmate's slips at the kiosk: every slip's state in plain words, and what can be done (F126, F138)."""

from telegram import Update

from bot.domain.bookings import Booking
from bot.domain.messages import Button, View
from bot.domain.people import Role
from bot.domain.slips import Move, Side, Slip, State, can_take_back, seen
from bot.usecases import movements, sign_ups, slips
from bot.usecases.movements import Walk
from bot.usecases.sign_ups import Invitation
from handlers import night_words, writers
from handlers.changes import changed
from handlers.context import Context
from handlers.pages import Rows, finish_button, home_button, open_page, pairs, screen, short
from handlers.table import tap
from handlers.words import Words


async def show_mine(_update: Update, context: Context) -> None:
    """Show one's own slips."""
    await open_page(context, "mine")


async def mine(context: Context, _argument: str) -> View:
    """List one's own slips, each with its state in plain words."""
    _ = context.words
    found = await slips.mine(context.turn)
    evenings = await sign_ups.mine(context.turn)
    lines = [await _one_line(context, slip) for slip in found] + [_evening(context, each) for each in evenings]
    buttons = [Button(_marked(_, slip, service_name(context, slip)), f"slip:{slip.code}") for slip in found]
    buttons += [_to_night(context, each) for each in evenings]
    empty = _("You have no slips now. You can send one any time.")
    return screen(
        _("📋 My talks"),
        *(lines or [empty]),
        rows=(*pairs(buttons), (Button(_("🔢 Change my code"), "new_pin"),), (home_button(_), finish_button(_))),
    )


def _evening(context: Context, invitation: Invitation) -> str:
    _ = context.words
    return " ".join((night_words.headline(_, invitation.night), *night_words.standing(context, _, invitation)[:1]))


def _to_night(context: Context, invitation: Invitation) -> Button:
    bell = "🔔" if invitation.mine and invitation.mine.news else "🎟️"
    topic = night_words.topic(context.words, invitation.night)
    return Button(short(f"{bell} {topic}"), f"night:{invitation.night.id}")


def _marked(_: Words, slip: Slip, service: str) -> str:
    if slip.news:
        return _("🔔 {code} · {service}", code=slip.code, service=service)
    return _("{code} · {service}", code=slip.code, service=service)


async def _one_line(context: Context, slip: Slip) -> str:
    _ = context.words
    booking = await slips.booking_of(context.turn, slip)
    state = " ".join(state_in_words(context, slip, booking)[:2])
    return _("{code}: {state}", code=slip.code, state=state)


async def show_slip(_update: Update, context: Context) -> None:
    """Open one slip."""
    await slips.own(context.turn, context.text("slip"))
    await open_page(context, f"slip:{context.text('slip')}")


async def one_slip(context: Context, argument: str) -> View:
    """Show a slip's promise, or its time and place, and what can be done."""
    _ = context.words
    slip, booking = await slips.open_own(context.turn, argument)
    title = _("{code} · {service}", code=slip.code, service=service_name(context, slip))
    back = (Button(_("⬅️ Back"), "mine"), finish_button(_))
    helpers = await _who_helps(context, slip)
    fetched = await _fetched(context, slip, booking)
    await seen_at_screen(context, slip)
    return screen(
        title,
        *state_in_words(context, slip, booking),
        *fetched,
        helpers,
        writers.to_inmate(context, slip),
        rows=(*_slip_rows(context, slip, booking), back),
    )


async def _fetched(context: Context, slip: Slip, booking: Booking | None) -> list[str]:
    if slip.state is not State.BOOKED or booking is None or booking.slot.starts <= context.turn.now:
        return []
    return fetched_in_words(context.words, await movements.walk_to(context.turn, booking))


def fetched_in_words(_: Words, walk: Walk | None) -> list[str]:
    """Say to the inmate who comes and when, or that an escort is still to be found (F59)."""
    if walk is None or not walk.movement.escort:
        return []
    if walk.waits:
        arranging = _("The time is kept for you. We are arranging an escort.")
        return [arranging, _("When it is arranged, you see it here.")]
    return [_("An officer comes for you at {time}.", time=_.time(walk.movement.fetch_at))]


async def seen_at_screen(context: Context, slip: Slip) -> None:
    """Where somebody has just read news at the screen, nobody needs to hand them over any more."""
    if slip.news and context.turn.place:
        facts = await slips.facts(context.turn, seen(slip))
        for follow in context.bot_data["followers"]:
            await follow(context, facts)


def _slip_rows(context: Context, slip: Slip, booking: Booking | None) -> Rows:
    _ = context.words
    undo = (Button(_("↩️ Undo"), f"take_back:{slip.code}:{slip.revision}"),)
    back = (undo,) if can_take_back(slip, context.turn.inmate, context.turn.now) else ()
    return (*_rows_of_state(context, slip, booking), *back)


def _rows_of_state(context: Context, slip: Slip, booking: Booking | None) -> Rows:
    _ = context.words
    withdraw = (Button(_("↩️ Withdraw the slip"), f"withdraw:{slip.code}"),)
    other = Button(_("🔁 Another time"), f"other:{slip.code}")
    if slip.state is State.WAITING:
        return ((other,), withdraw) if slip.service != context.turn.hub.triage else (withdraw,)
    if slip.state is State.OFFERED:
        return (*_offer_rows(_, slip, other), withdraw)
    if slip.state is State.BOOKED and booking is not None and booking.slot.starts > context.turn.now:
        return ((Button(_("✋ I cannot come"), f"cannot:{slip.code}"),), withdraw)
    if slip.state is State.ANSWERED:
        enough = Button(_("👍 That is enough"), f"close:{slip.code}:{slip.revision}", "success")
        return ((enough,), (Button(_("🙋 I still want a talk"), f"again:{slip.code}:{slip.revision}"),))
    if slip.state is State.NOT_HELD:
        yes = Button(_("👍 Yes, a new time"), f"again:{slip.code}:{slip.revision}", "success")
        return ((yes,), (Button(_("No, thank you"), f"close:{slip.code}:{slip.revision}"),))
    return ()


def _offer_rows(_: Words, slip: Slip, other: Button) -> Rows:
    if slip.offered_by is Side.INMATE:
        return ((other,),)
    yes = Button(_("👍 Yes, it suits"), f"yes:{slip.code}:{slip.revision}", "success")
    return (yes,), (other, Button(_("👎 No, thank you"), f"no:{slip.code}:{slip.revision}"))


def state_in_words(context: Context, slip: Slip, booking: Booking | None) -> list[str]:
    """Say a slip's state to its inmate: what happened, what happens next, by when."""
    _ = context.words
    if slip.state is State.WAITING:
        return _waiting(context, slip)
    if slip.state is State.OFFERED and booking:
        return _offered(context, slip, booking)
    if slip.state is State.BOOKED and booking:
        return _booked(context, booking)
    if slip.state is State.ANSWERED:
        return _answered(context, slip)
    return [ended_in_words(_, slip.state)]


def ended_in_words(_: Words, state: State) -> str:
    """Say how a slip ended, or what is asked now."""
    return {
        State.HELD: _("The talk took place. You can ask for a new one any time."),
        State.NOT_HELD: _("The talk did not happen. Do you want a new time?"),
        State.WITHDRAWN: _("Your slip is withdrawn. You can send a new one any time."),
        State.CLOSED: _("The slip is finished. You can send a new one any time."),
    }[state]


def _waiting(context: Context, slip: Slip) -> list[str]:
    _ = context.words
    date, service = _.day(slip.answer_by), service_name(context, slip)
    said = [_("{service} has your slip and should answer by {date}.", service=service, date=date)]
    if slip.broken:
        said = [_("We promised an answer. We did not manage. Sorry. New answer by {date}.", date=date)]
    said = [*_what_happened(context, slip), *said]
    if slip.sent_from:
        sent_from = _.of(context.turn.hub.services[slip.sent_from].name)
        on = _("{sender} sent your slip on to {service}.", sender=sent_from, service=service)
        said = [on, *said]
    if slip.sent_from or slip.last is Move.CANCEL:
        said.append(_("You keep your place in line."))
    return said


def _what_happened(context: Context, slip: Slip) -> list[str]:
    _ = context.words
    service = service_name(context, slip)
    said = {
        (Move.DECLINE, Side.INMATE): _("You said no to the time. That is fine."),
        (Move.DECLINE, Side.ADVISER): _("{service} cannot at the time you proposed.", service=service),
        (Move.EXPIRE, Side.HUB): _("The proposed time is not kept any more. It is not your fault."),
        (Move.CANCEL, Side.INMATE): _("You could not come. That is fine."),
        (Move.CANCEL, Side.ADVISER): _("The talk is cancelled. It is not your fault."),
        (Move.EXTEND, Side.ADVISER): _("{service} needs more time to answer.", service=service),
    }
    words = said.get((slip.last, slip.last_side)) if slip.last and slip.last_side else None
    return [words] if words else []


def _offered(context: Context, slip: Slip, booking: Booking) -> list[str]:
    _ = context.words
    when, room = _.day_and_time(booking.slot.starts), _.of(context.turn.hub.rooms[booking.slot.room].name)
    until = _.day_and_time(slip.offer_until) if slip.offer_until else ""
    name = _.of(context.turn.hub.name_of(booking.slot.adviser))
    if slip.offered_by is Side.INMATE:
        service = service_name(context, slip)
        return [
            _("You have proposed {when}. The time is kept.", when=when),
            _("{service} answers by {when}.", service=service, when=until),
        ]
    return [
        _("{service} proposes another time: {when}.", service=service_name(context, slip), when=when),
        _("Only this time is kept for you now."),
        _("Does it suit you? Answer by {when}.", when=until),
        _("Place: {room}.", room=room),
        _("You meet {adviser}.", adviser=name),
    ]


def _answered(context: Context, slip: Slip) -> list[str]:
    _ = context.words
    words = context.turn.hub.answers.get(slip.answer or "")
    return [
        _("{service} has answered:", service=service_name(context, slip)),
        *([_("“{answer}”", answer=_.of(words))] if words else []),
        _("Is that enough, or do you still want a talk?"),
    ]


def _booked(context: Context, booking: Booking) -> list[str]:
    _ = context.words
    when = _.day_and_time(booking.slot.starts)
    if booking.slot.ends <= context.turn.now:
        return [_("You had a talk {when}. The adviser has not told yet how it went.", when=when)]
    room = _.of(context.turn.hub.rooms[booking.slot.room].name)
    name = _.of(context.turn.hub.name_of(booking.slot.adviser))
    return [
        _("You have a talk {when}.", when=when),
        _("Place: {room}.", room=room),
        _("You meet {adviser}.", adviser=name),
    ]


async def _who_helps(context: Context, slip: Slip) -> str:
    if not slip.broken or slip.state is not State.WAITING:
        return ""
    person = await slips.follower(context.turn)
    _ = context.words
    return _("{person} is following this up now.", person=_.of(context.turn.hub.name_of(person))) if person else ""


def service_name(context: Context, slip: Slip) -> str:
    """Return the name of the service that has the slip, in the reader's language."""
    return context.words.of(context.turn.hub.services[slip.service].name)


async def ask_withdraw(_update: Update, context: Context) -> None:
    """Ask once before a slip is taken back."""
    await slips.own(context.turn, context.text("slip"))
    await open_page(context, f"withdraw:{context.text('slip')}")


async def withdraw_page(context: Context, argument: str) -> View:
    """Ask whether the slip shall be taken back."""
    _ = context.words
    slip, booking = await slips.open_own(context.turn, argument)
    if slip.state not in {State.WAITING, State.OFFERED, State.BOOKED}:
        return await one_slip(context, argument)
    yes = Button(_("↩️ Yes, withdraw"), f"withdraw:{slip.code}:{slip.revision}", "danger")
    keep = Button(_("No, keep it"), f"slip:{slip.code}", "primary")
    return screen(
        _("Shall I withdraw slip {code}?", code=slip.code),
        *state_in_words(context, slip, booking),
        rows=((keep,), (yes,), (finish_button(_),)),
    )


async def withdraw(_update: Update, context: Context) -> None:
    """Take the slip back; whoever had it is told, and its time is free again."""
    slip, booking = await slips.withdraw(context.turn, context.text("slip"), context.number("revision"))
    await changed(context, slip, *([booking] if booking else []))
    await open_page(context, f"slip:{slip.code}")


async def ask_again(_update: Update, context: Context) -> None:
    """Ask for a new time after a talk that did not happen."""
    slip = await slips.ask_again(context.turn, context.text("slip"), context.number("revision"))
    await changed(context, slip)
    await open_page(context, f"slip:{slip.code}")


async def close(_update: Update, context: Context) -> None:
    """Let it be after a talk that did not happen."""
    slip = await slips.close(context.turn, context.text("slip"), context.number("revision"))
    await changed(context, slip)
    await open_page(context, f"slip:{slip.code}")


PAGES = {"mine": mine, "slip": one_slip, "withdraw": withdraw_page}

HANDLERS = [
    tap("mine", show_mine, may=Role.INMATE),
    tap("slip:{slip}", show_slip, may=Role.INMATE),
    tap("withdraw:{slip}", ask_withdraw, may=Role.INMATE),
    tap("withdraw:{slip}:{revision}", withdraw, may=Role.INMATE),
    tap("again:{slip}:{revision}", ask_again, may=Role.INMATE),
    tap("close:{slip}:{revision}", close, may=Role.INMATE),
]
