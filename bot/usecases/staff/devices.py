"""Browsers that become devices of the hub with a one-time code, are listed, and are ended."""

import json
import secrets
from dataclasses import replace

from bot.domain import subjects
from bot.domain.people import Role
from bot.domain.refusals import CodeExpired, CodeUnknown, CodeUsed, Stale
from bot.domain.reminders import Kind, Reminder
from bot.domain.staff import devices as rules
from bot.domain.staff.devices import Device
from bot.store import chats, kiosks, people, reminders
from bot.store import devices as store
from bot.store.devices import DeviceCode
from bot.usecases import codes
from bot.usecases.opening import FIRST_STAFF_CHAT, HOUSE
from bot.usecases.turn import Turn

COOKIE_BYTES = 32


async def invite_kiosk(turn: Turn, kiosk: str) -> str:
    """Make a code with which one browser becomes this kiosk; write it as ``grouped`` does."""
    bound = await _bound(turn, None, kiosk)
    if bound is None:
        raise Stale
    return await _new_code(turn, DeviceCode(None, kiosk, bound, turn.now + rules.CODE_LIFETIME, used=False))


async def invite_person(turn: Turn, person: str) -> str:
    """Make a code with which one browser shows this person's chat; write it as ``grouped`` does."""
    bound = await _bound(turn, person, None)
    if bound is None:
        raise Stale
    if not await chats.has_account(turn.tx, HOUSE, person=person):
        chat = await chats.new_chat(turn.tx, "staff", FIRST_STAFF_CHAT)
        await chats.link_person(turn.tx, HOUSE, chat, person)
        turn.touch(subjects.person(person))
    return await _new_code(turn, DeviceCode(person, None, bound, turn.now + rules.CODE_LIFETIME, used=False))


async def _bound(turn: Turn, person: str | None, kiosk: str | None) -> str | None:
    """Return the role and scope as they are now, or None where nobody may join any more."""
    if person:
        found = await people.person(turn.tx, person)
        return found.scope if found and found.role is not Role.NOBODY else None
    here = await chats.has_account(turn.tx, HOUSE, kiosk=kiosk)
    session = await kiosks.session(turn.tx, turn.keys, str(kiosk)) if here else None
    return json.dumps({"unit": session.unit}) if session else None


async def _new_code(turn: Turn, code: DeviceCode) -> str:
    text = codes.fresh()
    await store.add_code(turn.tx, turn.keys.stamp_of_code(text), code)
    await turn.note("device_code", str(code.person or code.kiosk))
    return text


async def join(turn: Turn, code: str, *, kiosk: bool) -> str:
    """Let a browser be the kiosk or show the person's chat that the code was made for; return its cookie, 256 bits.

    A code of the other door is unknown at this one; so is one whose person has another role or scope by now.
    """
    stamp = turn.keys.stamp_of_code(code)
    found = await _redeemable(turn, stamp, kiosk=kiosk)
    if not await store.use_code(turn.tx, stamp, turn.now):
        raise CodeUsed
    if found.kiosk:
        await _end_lapsed(turn, found.kiosk)
    cookie = secrets.token_urlsafe(COOKIE_BYTES)
    await store.add(turn.tx, turn.keys.stamp(cookie), found, turn.now)
    owner = str(found.person or found.kiosk)
    turn.actor = replace(turn.actor, id=owner)
    turn.touch(subjects.DEVICES)
    await turn.note("device_join", owner)
    return cookie


async def _redeemable(turn: Turn, stamp: str, *, kiosk: bool) -> DeviceCode:
    found = await store.code(turn.tx, stamp)
    if found is None or (found.kiosk is not None) is not kiosk:
        raise CodeUnknown
    if found.used:
        raise CodeUsed
    if found.expires <= turn.now:
        raise CodeExpired
    if found.bound != await _bound(turn, found.person, found.kiosk):
        raise CodeUnknown
    return found


async def _end_lapsed(turn: Turn, kiosk: str) -> None:
    for device in await store.every(turn.tx):
        if device.kiosk == kiosk and device.until <= turn.now:
            await store.end(turn.tx, device.id, turn.now)


async def every(turn: Turn) -> list[Device]:
    """Return the devices that are let in now, kiosks first."""
    return [device for device in await store.every(turn.tx) if device.until > turn.now]


async def touch(turn: Turn, device: int) -> None:
    """Note that a device was there."""
    await store.touch(turn.tx, device, turn.now)


async def end(turn: Turn, device: int) -> Device:
    """End a device: from now on it shows nothing. Stale when it was ended already."""
    ended = await store.end(turn.tx, device, turn.now)
    if ended is None:
        raise Stale
    await _let_go(turn, ended)
    return ended


async def end_all_of(turn: Turn, *, person: str | None = None, kiosk: str | None = None) -> list[Device]:
    """End every device of a person or a kiosk, and void the codes that wait for them; return what was ended."""
    ended = await store.end_all_of(turn.tx, person, kiosk, turn.now)
    for device in ended:
        await _let_go(turn, device)
    return ended


async def _let_go(turn: Turn, device: Device) -> None:
    """Note it; and whoever was signed in at a kiosk is signed out, for the next screen may hang elsewhere."""
    turn.touch(subjects.DEVICES)
    await turn.note("device_end", device.owner)
    if device.kiosk:
        await reminders.put(turn.tx, [Reminder(Kind.IDLE_LOCK, device.kiosk, turn.now)])


async def leave(turn: Turn, device: int) -> None:
    """End the device that asks for it."""
    owner = next((each.owner for each in await store.every(turn.tx) if each.id == device), turn.actor.id)
    turn.actor = replace(turn.actor, id=owner)
    await end(turn, device)
