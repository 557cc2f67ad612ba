"""One-time codes with which an inmate sets a PIN of their own."""

import secrets
from datetime import datetime

from bot.domain.people import PIN_LENGTH, PIN_LETTER_LIFETIME, Inmate
from bot.store import people
from bot.usecases.turn import Turn


async def first_code(turn: Turn, inmate: Inmate) -> tuple[str, datetime]:
    """Make the code of a PIN letter and say until when it is good; only its stamp is kept, an earlier one is void."""
    code = "".join(secrets.choice("0123456789") for _ in range(PIN_LENGTH))
    until = turn.now + PIN_LETTER_LIFETIME
    stamp = turn.keys.stamp(f"pin code of {inmate.id} {code}")
    await people.put_pin_code(turn.tx, inmate.id, stamp, until, turn.person.id)
    await turn.note("pin_letter", inmate.id)
    return code, until
