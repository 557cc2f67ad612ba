"""What an inmate reads of an open slip always has its date, and it is the date that its owner reads."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import example, given, settings
from telegram.ext import ApplicationBuilder

from bot.domain.chat.messages import Reader, View
from bot.domain.people import Inmate, Person, Role
from bot.domain.refusals import Refusal
from bot.domain.slips import offers, owners, promises, sending, slips, talks
from bot.domain.slips.slips import OPEN, Draft, Move, Reason, Side, Slip, State
from bot.domain.timetable import timetable
from bot.domain.timetable.bookings import Booking, Outcome
from bot.usecases.slips.cards import Facts
from bot.usecases.turn import Turn
from handlers import tables
from handlers.chat.context import Context
from handlers.said.slips import state_in_words
from handlers.screen.slip_lines import line_in_words
from handlers.slips.cards import Card
from tests.hub.real_turns import KEYS, demo_hub
from tests.strategies import BOOKABLE, LIVES

HUB = demo_hub()
NOW = datetime(2027, 1, 13, 9, tzinfo=UTC)
INMATE = Inmate("A01", "A", "Furu", "nb")
DATE = re.compile(r"(?:man|tirs|ons|tors|fre|lør|søn)dag \d{1,2}\. \w+")
SERVICES = frozenset(HUB.services)
Life = tuple[Move, timedelta, str, str, Reason]
History = list[tuple[Slip, Booking | None, datetime]]


@cache
def application() -> Any:
    return ApplicationBuilder().token("1:a").updater(None).job_queue(None).build()


def context_at(now: datetime) -> Context:
    nothing: Any = None
    return tables.context_of(application(), Turn(nothing, now, HUB, KEYS))


def slot_after(now: datetime, service: str) -> timetable.Slot | None:
    return next((each for each in timetable.coming(HUB, service, now + timedelta(hours=3))), None)


def lived(service: str, lives: list[Life]) -> History:
    """Let things happen to a slip as far as its rules allow, each with the time that stands then."""
    slip, booking, now = sending.send("FJ-1", Draft(service), INMATE, HUB, NOW), None, NOW
    slip = replace(slip, last_at=NOW)
    found: History = [(slip, booking, now)]
    for move, wait, to, _adviser, reason in lives:
        now += wait
        slip, booking = overdue(slip, booking, now)
        try:
            slip, booking = step(slip, booking, move, to, reason, now)
        except Refusal:
            continue
        slip, booking = overdue(slip, booking, now)
        slip = replace(slip, last_at=now)
        found.append((slip, booking, now))
    return found


def overdue(slip: Slip, booking: Booking | None, now: datetime) -> tuple[Slip, Booking | None]:
    """Let an offer or a promise end whose time is over, as the hub does at once and whoever looks finds done."""
    if slip.state is State.OFFERED and slip.offer_until and slip.offer_until <= now:
        slip, booking = offers.expire(slip), None
    if slip.state is State.WAITING and slip.answer_by <= now:
        slip = promises.break_promise(slip, HUB, now)
    return slip, booking


def step(
    slip: Slip, had: Booking | None, move: Move, to: str, reason: Reason, now: datetime
) -> tuple[Slip, Booking | None]:
    slot = slot_after(now, slip.service)
    if move in {Move.BOOK, Move.OFFER} and slot is None:
        return slip, had
    fresh = Booking(slip.code, slip.inmate, slip.unit, slot) if slot else had
    by = Side.INMATE if reason in {Reason.ILL, Reason.NOT_NOW} else Side.ADVISER
    starts, ends = (had.slot.starts, had.slot.ends) if had else (now, now)
    deeds: dict[Move, Callable[[], tuple[Slip, Booking | None]]] = {
        Move.TAKE: lambda: (owners.take(slip, "N1"), had),
        Move.RELEASE: lambda: (owners.release(slip), had),
        Move.BOOK: lambda: (slips.book(slip, slot.adviser), fresh),  # type: ignore[union-attr] # looked at above
        Move.OFFER: lambda: (
            offers.offer(slip, slot.adviser, slot.starts, by, HUB, now),  # type: ignore[union-attr] # as above
            replace(fresh, outcome=Outcome.OFFERED) if fresh else None,
        ),
        Move.ACCEPT: lambda: (offers.accept(slip, by, now), had),
        Move.DECLINE: lambda: (offers.decline(slip, by), None),
        Move.EXPIRE: lambda: (offers.expire(slip), None),
        Move.ANSWER: lambda: (slips.answer(slip, next(iter(HUB.answers)), "N1"), had),
        Move.EXTEND: lambda: (promises.extend(slip, 10, HUB, now), had),
        Move.FORWARD: lambda: (sending.forward(slip, HUB.services[to], HUB), had),
        Move.BREAK: lambda: (promises.break_promise(slip, HUB, now), had),
        Move.CANCEL: lambda: (offers.cancel(slip, by, reason, starts, HUB, now), None),
        Move.HOLD: lambda: (talks.hold(slip, starts, now), had),
        Move.MISS: lambda: (talks.miss(slip, reason, starts, now), had),
        Move.RENEW: lambda: (talks.renew(slip, ends, HUB, now), had),
        Move.LAPSE: lambda: (talks.lapse(slip, HUB, now), had),
        Move.AGAIN: lambda: (promises.again(slip, HUB, now), None),
        Move.CLOSE: lambda: (slips.close(slip), had),
        Move.WITHDRAW: lambda: (slips.withdraw(slip, None, now), None),
    }
    return deeds[move]()


def wanted(context: Context, slip: Slip, booking: Booking | None) -> set[str]:
    """The days of which the inmate and the owner are both told."""
    _ = context.words
    if slip.state is State.WAITING:
        return {_.day(slip.answer_by)}
    if slip.state is State.OFFERED and booking and slip.offer_until:
        return {_.day(booking.slot.starts), _.day(slip.offer_until)}
    return {_.day(booking.slot.starts)} if slip.state is State.BOOKED and booking else set()


def asked_until(slip: Slip) -> datetime:
    assert slip.offer_until
    return slip.offer_until


def card(context: Context, slip: Slip, booking: Booking | None) -> View:
    owner = Person(slip.adviser or "N1", Role.PROVIDER, "", "nb", SERVICES, frozenset("A"))
    facts = Facts(slip, booking, INMATE, (owner,), ())
    return Card(context, facts).plain(Reader("house", 1, "nb", leaves_house=False, person=owner.id))


def move(kind: Move, to: str = "gjeld", reason: Reason = Reason.NOT_SAID) -> Life:
    return kind, timedelta(0), to, "N1", reason


@settings(deadline=None)
@given(BOOKABLE, LIVES)
@example("nav", [move(Move.FORWARD), move(Move.EXTEND)])
@example("nav", [move(Move.FORWARD), move(Move.BOOK), move(Move.CANCEL)])
@example("nav", [move(Move.FORWARD), move(Move.OFFER), move(Move.EXPIRE)])
@example("nav", [move(Move.FORWARD), move(Move.OFFER), move(Move.DECLINE)])
@example("nav", [move(Move.OFFER)])
@example("nav", [move(Move.ANSWER)])
@example("nav", [move(Move.BOOK), (Move.MISS, timedelta(days=9), "nav", "N1", Reason.ILL)])
def test_an_open_slips_line_and_page_and_its_owners_card_always_have_its_date(service: str, lives: list[Life]) -> None:
    for slip, booking, now in lived(service, lives):
        if slip.state not in OPEN:
            continue
        context = context_at(now)
        line = line_in_words(context, slip, booking)
        page = "\n".join(state_in_words(context, slip, booking))
        assert DATE.search(line), (slip, line)
        days = wanted(context, slip, booking)
        for told in (page, card(context, slip, booking).text):
            assert {day for day in days if day in told} == days, told
        # A list says until when one answers; what is asked stands on the page.
        assert (days if slip.state is not State.OFFERED else {context.words.day(asked_until(slip))}) <= {
            *DATE.findall(line)
        }
        assert DATE.findall(line) == [day for day in DATE.findall(page) if day in line]


@settings(deadline=None)
@given(BOOKABLE, LIVES)
@example(
    "nav",
    [
        (Move.OFFER, timedelta(days=11), "nav", "N1", Reason.NOT_NOW),
        (Move.TAKE, timedelta(days=11), "nav", "N1", Reason.NOT_NOW),
    ],
)
def test_what_is_open_says_by_when_something_happens_next(service: str, lives: list[Life]) -> None:
    """Whoever looks on the same day reads of a day that is not over, whatever has happened."""
    for slip, booking, now in lived(service, lives):
        if slip.state not in OPEN or (slip.state is State.BOOKED and booking and booking.slot.starts <= now):
            continue
        context = context_at(now)
        ahead = [context.words.day(now + timedelta(days=days)) for days in range(120)]
        assert [day for day in DATE.findall(line_in_words(context, slip, booking)) if day in ahead]
