"""Filling a new hub, and keeping staff and kiosks as hub.yaml has them."""

import asyncio
import json
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import replace

from bot.domain import reminders as due
from bot.domain.inmates.pins import Pin
from bot.domain.people import Inmate, Person
from bot.domain.services import Hub
from bot.domain.slips.slips import OPEN, Slip
from bot.domain.theme_nights import theme_nights as theme_night_rules
from bot.domain.theme_nights.sign_ups import SignUp
from bot.domain.theme_nights.theme_nights import ThemeNight
from bot.domain.timetable.bookings import STANDING, Booking, resources
from bot.store import bookings, chats, claims, facts, kiosks, people, places, reminders, sign_ups, slips, theme_nights
from bot.store.database import Transaction
from bot.store.keys import KeyFault, Keys
from bot.usecases.turn import Turn

HOUSE = "house"
EMAIL = "email"
FIRST_KIOSK_CHAT = 101
FIRST_STAFF_CHAT = 201
FIRST_MAILBOX = 1


async def belong_together(tx: Transaction, keys: Keys) -> None:
    """Refuse a key file that was made with another database; a new database remembers its key."""
    known = await facts.get(tx, "key")
    if known is None:
        await facts.put(tx, "key", keys.fingerprint)
    elif known != keys.fingerprint:
        message = "This key file was made with another database. Put back the one that belongs to this hub."
        raise KeyFault(message)


async def take_over(tx: Transaction, staff: Sequence[Person], kiosk_places: Sequence[tuple[str, str, str]]) -> None:
    """Bring staff and kiosks (id, unit, language) up to date with hub.yaml, with a house chat for each."""
    await people.retire_others(tx, [person.id for person in staff], [kiosk for kiosk, _unit, _language in kiosk_places])
    for kiosk, unit, language in kiosk_places:
        await kiosks.add(tx, kiosk, unit, language)
        if not await chats.has_account(tx, HOUSE, kiosk=kiosk):
            await chats.link_kiosk(tx, HOUSE, await chats.new_chat(tx, "kiosk", FIRST_KIOSK_CHAT), kiosk)
    before = await people.described(tx)
    for person in staff:
        line = json.dumps(people.scope_of(person))
        if before.get(person.id) != line:
            # What was changed in the hub stays, until the same line of hub.yaml is changed later.
            await people.add_person(tx, person, line)
    left = {person.id for person in await people.gone(tx)}
    for person in staff:
        if person.id not in left and not await chats.has_account(tx, HOUSE, person=person.id):
            await chats.link_person(tx, HOUSE, await chats.new_chat(tx, "staff", FIRST_STAFF_CHAT), person.id)


async def keep_mailboxes(tx: Transaction, mailboxes: Mapping[str, str]) -> None:
    """Bring e-mail addresses (by person) up to date; a new address is a new mailbox, which will get what is open."""
    for person, address in (await people.mailboxes(tx)).items():
        if mailboxes.get(person) != address:
            await people.close_mailbox(tx, EMAIL, person)
    for person, address in mailboxes.items():
        if not await chats.has_account(tx, EMAIL, person=person):
            chat = await chats.new_chat(tx, "email", FIRST_MAILBOX)
            await people.open_mailbox(tx, EMAIL, chat, person, address)


async def hashed(keys: Keys, pins: Iterable[str], *, keep: bool = False) -> list[Pin]:
    """Hash first PINs in threads, before anything is written; whoever may not ``keep`` theirs makes another at once."""
    hashes = await asyncio.gather(*(asyncio.to_thread(keys.hash_pin, pin) for pin in pins))
    return [Pin(each, given=not keep) for each in hashes]


async def add_inmates(tx: Transaction, inmates: Sequence[Inmate], pins: Sequence[Pin], digits: int) -> None:
    """Add people in prison with the PINs of so many digits that a file gives them."""
    for inmate, pin in zip(inmates, pins, strict=True):
        await people.add_inmate(tx, inmate, pin, digits)


async def add_slip(turn: Turn, slip: Slip, booking: Booking | None) -> None:
    """Add a slip that was there before the hub, with its time, its claims and its reminders."""
    ended_at = None if slip.state in OPEN else booking.slot.ends if booking else slip.sent_at
    await slips.add(turn.tx, slip, ended_at)
    await reminders.put(turn.tx, due.due_of(slip, booking, turn.hub, turn.now))
    if booking is None:
        return
    taken = resources(turn.hub, slip.inmate, booking.slot) if booking.outcome in STANDING else ()
    await bookings.add(turn.tx, booking, slip.revision, taken, slip.sent_at)


async def add_theme_night(turn: Turn, night: ThemeNight, line: Sequence[SignUp]) -> None:
    """Add a theme night that was there before the hub, with its room, its list and its reminders."""
    night = replace(night, id=await theme_nights.add(turn.tx, night))
    await claims.take(turn.tx, night.holder, [f"room:{night.room}"], night.starts, night.ends)
    await reminders.put(turn.tx, theme_night_rules.due_of(night, turn.hub, turn.now))
    for each in line:
        signed_up = replace(each, night=night.id)
        await sign_ups.save(turn.tx, signed_up)
        if signed_up.seat is not None:
            await claims.take(turn.tx, signed_up.holder, [f"person:{each.inmate}"], night.starts, night.ends)


async def count_from(turn: Turn, codes: Sequence[str]) -> None:
    """Let the next slip of each prison come after those that were there before."""
    for prison in turn.hub.prisons or (turn.hub.prefix,):
        numbers = [int(code.rpartition("-")[2]) for code in codes if code.startswith(f"{prison}-")]
        await slips.count_from(turn.tx, prison, max(numbers, default=0))


async def missing_in(tx: Transaction, hub: Hub) -> list[str]:
    """Return the units, prisons, services and rooms that rows speak of, and hub.yaml does not."""
    named = await places.named(tx)
    there: dict[str, tuple[Collection[str], Container[str]]] = {
        "unit": (named.units, hub.units),
        "prison": (named.prisons, {hub.prefix, *hub.prisons}),
        "service": (named.services, hub.services),
        "room": (named.rooms, hub.rooms),
    }
    return [f"{what} {each}" for what, (spoken, known) in there.items() for each in sorted(spoken) if each not in known]
