"""Browsers that become devices of the hub with a one-time code, are listed, and are ended."""

import json
import secrets

from bot.domain import devices as rules
from bot.domain.devices import Device
from bot.domain.people import Role
from bot.domain.refusals import Stale
from bot.store import devices as store
from bot.store import kiosks, people
from bot.usecases.turn import Turn


async def invite_kiosk(turn: Turn, kiosk: str) -> str:
    """Make a code with which one browser becomes this kiosk; write it as ``grouped`` does."""
    session = await kiosks.session(turn.tx, turn.keys, kiosk)
    if session is None:
        raise Stale
    return await _new_code(turn, None, kiosk, json.dumps({"unit": session.unit}))


async def invite_person(turn: Turn, person: str) -> str:
    """Make a code with which one browser shows this person's chat; write it as ``grouped`` does."""
    found = await people.person(turn.tx, person)
    if found is None or found.role is Role.NOBODY:
        raise Stale
    return await _new_code(turn, person, None, json.dumps(people.scope_of(found)))


async def _new_code(turn: Turn, person: str | None, kiosk: str | None, bound: str) -> str:
    text = "".join(secrets.choice(rules.ALPHABET) for _ in range(rules.CODE_LENGTH))
    await store.add_code(turn.tx, turn.keys.stamp(text), person, kiosk, bound, turn.now + rules.CODE_LIFETIME)
    await turn.note("device_code", str(person or kiosk))
    return text


async def every(turn: Turn) -> list[Device]:
    """Return the devices that are let in now, kiosks first."""
    return await store.every(turn.tx)


async def end(turn: Turn, device: int) -> Device:
    """End a device: from now on it shows nothing. Stale when it was ended already."""
    ended = await store.end(turn.tx, device, turn.now)
    if ended is None:
        raise Stale
    await turn.note("device_end", ended.owner)
    return ended


async def end_all_of(turn: Turn, *, person: str | None = None, kiosk: str | None = None) -> list[Device]:
    """End every device of a person or a kiosk, and void the codes that wait for them; return what was ended."""
    ended = await store.end_all_of(turn.tx, person, kiosk, turn.now)
    for device in ended:
        await turn.note("device_end", device.owner)
    return ended
