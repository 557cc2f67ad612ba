"""What is done about people and devices: who arrives, PINs and their letters, who joins, and browsers."""

from bot.domain.people import Inmate, Role
from bot.store import people as rows_of_people
from bot.usecases import people
from bot.usecases.inmates import inmates, pins
from bot.usecases.staff import coverage, devices, staff
from bot.usecases.turn import Turn
from tests.views.deeds.doing import Deed, at, by

TOLD: dict[str, str] = {}
"""Codes that were given out before a deed."""


async def _arrive(turn: Turn) -> None:
    number = await inmates.next_number(await by(turn, "TK1"), "A")
    [alias, *_] = await inmates.free_aliases(turn, 0)
    await inmates.add(turn, Inmate(number, "A", alias, "nb", officer="KB-A2"))


async def _pin_letter(turn: Turn) -> None:
    TOLD["code"] = (await pins.first_code(await by(turn, "TK1"), "A04")).code


async def _letter_passes(turn: Turn) -> None:
    await pins.expire(turn, "A04")


async def _no_pin(turn: Turn) -> None:
    await turn.tx.run("UPDATE inmates SET pin = NULL WHERE id = 'A04'")
    await _pin_letter(turn)


async def _letter_is_used(turn: Turn) -> None:
    await at(turn, "A03")
    turn.change_session(inmate=None)
    await people.judge(turn, "A04", TOLD["code"])


async def _sign_in_by_letter(turn: Turn) -> None:
    await at(turn, "A03")
    turn.change_session(inmate=None)
    await people.sign_in(turn, "A04", TOLD["code"])


async def _keep_pin(turn: Turn) -> None:
    await at(turn, "A03")
    await people.keep_pin(turn, "A04", "4711")


async def _help_with_pin(turn: Turn) -> None:
    await pins.issue(await by(turn, "KB-A2"), "A04")


async def _join(turn: Turn) -> None:
    code = await people.invite(await by(turn, "ADM"), "N2")
    turn.network, turn.chat_id = "telegram", 5
    await people.meet(turn, "nb")
    await people.join(turn, turn.keys.stamp_of_code(code))
    turn.network, turn.chat_id = "", 0


async def _kiosk_code(turn: Turn) -> None:
    TOLD["kiosk"] = await devices.invite_kiosk(await by(turn, "ADM"), "K-A")


async def _browser_joins(turn: Turn) -> None:
    await devices.join(turn, TOLD["kiosk"], kiosk=True)


async def _browser_of_kiosk(turn: Turn) -> None:
    await _kiosk_code(turn)
    await _browser_joins(turn)


async def _device(turn: Turn, kiosk: str) -> int:
    [found] = [each for each in await devices.every(turn) if each.kiosk == kiosk]
    return found.id


async def _end_browser(turn: Turn) -> None:
    await devices.end(await by(turn, "ADM"), await _device(turn, "K-A"))


async def _end_all_browsers(turn: Turn) -> None:
    await devices.end_all_of(await by(turn, "ADM"), kiosk="K-A")


async def _browser_leaves(turn: Turn) -> None:
    await devices.leave(turn, await _device(turn, "K-A"))


async def _without_chat(turn: Turn) -> None:
    await turn.tx.run("DELETE FROM accounts WHERE person = 'V1'")


async def _browser_for_somebody(turn: Turn) -> None:
    await devices.invite_person(await by(turn, "ADM"), "V1")


async def _other_role(turn: Turn) -> None:
    member = await staff.member(await by(turn, "ADM"), "N3")
    await staff.set_role(turn, "N3", member.revision, Role.SOCIAL_ADVISER, ["sos"], ["A", "B", "C"])


async def _other_service(turn: Turn) -> None:
    member = await staff.member(await by(turn, "ADM"), "N2")
    await staff.toggle_service(turn, "N2", "bolig", member.revision)


async def _adviser_vanishes(turn: Turn) -> None:
    person = await rows_of_people.person(turn.tx, "H1")
    assert person
    await turn.tx.run("UPDATE people SET services = '[\"nav\"]' WHERE id = 'H1'")


async def _hand_on(turn: Turn) -> None:
    await coverage.hand_on(turn)


PEOPLE = [
    Deed("people", "somebody arrives", _arrive),
    Deed("people", "a PIN letter", _pin_letter),
    Deed("people", "a PIN letter passes", _letter_passes, _pin_letter),
    Deed("people", "a PIN letter is tried", _letter_is_used, _no_pin),
    Deed("people", "somebody signs in by letter", _sign_in_by_letter, _no_pin),
    Deed("people", "a PIN is made", _keep_pin, _no_pin),
    Deed("people", "help with a PIN", _help_with_pin, _pin_letter),
    Deed("people", "joins", _join),
    Deed("people", "a browser joins", _browser_joins, _kiosk_code),
    Deed("people", "a browser is ended", _end_browser, _browser_of_kiosk),
    Deed("people", "a kiosk's browsers are ended", _end_all_browsers, _browser_of_kiosk),
    Deed("people", "a browser leaves", _browser_leaves, _browser_of_kiosk),
    Deed("people", "a browser for somebody", _browser_for_somebody, _without_chat),
    Deed("people", "another role", _other_role),
    Deed("people", "another service", _other_service),
    Deed("people", "what nobody answers is handed on", _hand_on, _adviser_vanishes),
]
