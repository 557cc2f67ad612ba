"""Kiosks and browsers that have joined the house network: a new code, and ending one."""

from telegram import Update

from bot.domain import subjects
from bot.domain.chat.messages import Build, Button, Entry, Line, Reader, View
from bot.domain.codes import grouped
from bot.domain.people import MANAGERS, Person
from bot.domain.refusals import OutsideScope, Stale
from bot.domain.staff import staff as rules
from bot.domain.staff.devices import Device
from bot.domain.subjects import HUB
from bot.usecases.chat import desks
from bot.usecases.screen import kiosks
from bot.usecases.staff import devices, staff
from handlers.chat.context import PAGE, Context
from handlers.chat.handed_over import good_for, hand_code_over
from handlers.chat.inside import inside
from handlers.chat.lines import tap
from handlers.chat.rows import start_button
from handlers.chat.start import Shortcut
from handlers.chat.views import Living, show_in_place
from handlers.chat.words import Words
from handlers.staff.staff import show_person

DEVICES = "devices"


async def show(_update: Update, context: Context) -> None:
    """Show the kiosks and the staff's browsers."""
    await desks.clear(context.turn)
    await show_in_place(context, f"{PAGE}{DEVICES}")


async def write(context: Context, person: Person, _rest: str) -> Build:
    """Write the kiosks and the browsers of those whom somebody takes care of."""
    with context.turn.seen_by(person):
        places = await kiosks.places(context.turn)
        found = [each for each in await devices.every(context.turn) if await _mine(context, each, places)]

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        at_kiosks = [_of_kiosk(_, kiosk, unit, found) for kiosk, unit in places.items()]
        others = [Entry((Line(_line(_, each), private=True),), (_end(_, each),)) for each in found if not each.kiosk]
        entries, title = (*at_kiosks, *others), _("🖥️ Kiosks and browsers")
        about = frozenset({HUB, subjects.DEVICES})
        return inside(reader, _, title, [], ((start_button(_),),), entries, f"{PAGE}{DEVICES}", about)

    return build


def _of_kiosk(_: Words, kiosk: str, unit: str, found: list[Device]) -> Entry:
    joined = [each for each in found if each.kiosk == kiosk]
    absent = _("{kiosk}, unit {unit}: no browser has joined.", kiosk=kiosk, unit=unit)
    lines = [_line(_, each) for each in joined] or [absent]
    code = Button(_("🔑 Code for {kiosk}", kiosk=kiosk), f"device_kiosk:{kiosk}", private=True)
    row = (code, *(button for each in joined for button in _end(_, each)))
    return Entry(tuple(Line(each, private=True) for each in lines), (row,))


def _end(_: Words, device: Device) -> tuple[Button, ...]:
    label = _("🚫 End {owner}", owner=device.owner)
    return (Button(label, f"device_end:{device.id}", "danger", private=True),)


async def _mine(context: Context, device: Device, places: dict[str, str]) -> bool:
    if device.kiosk:
        return device.kiosk in places
    owner = await staff.on_record(context.turn, str(device.person))
    return owner is not None and rules.manages(context.turn.person, owner)


def _line(_: Words, device: Device) -> str:
    return _(
        "{owner}: joined {joined}, last seen {seen}.",
        owner=device.owner,
        joined=_.short_time(device.joined),
        seen=_.short_time(device.seen),
    )


async def code_for_kiosk(update: Update, context: Context) -> None:
    """Make a code with which one browser becomes a kiosk."""
    kiosk = context.text("kiosk")
    if kiosk not in await kiosks.places(context.turn):
        raise OutsideScope
    await _hand_over(context, update, kiosk, await devices.invite_kiosk(context.turn, kiosk))


async def code_for_person(update: Update, context: Context) -> None:
    """Make a code with which one browser shows somebody's chat."""
    member = await staff.member(context.turn, context.text("person"))
    person = rules.managed(context.turn.person, member.person).id
    await _hand_over(context, update, person, await devices.invite_person(context.turn, person))


async def _hand_over(context: Context, update: Update, owner: str, code: str) -> None:
    _ = context.words
    await hand_code_over(
        context,
        update,
        Line(_("🔑 Browser code for {owner}:", owner=owner), private=True),
        Line(grouped(code)),
        Line(_("Write it into the hub's page on that device.")),
        good_for(_),
    )


async def end(_update: Update, context: Context) -> None:
    """End a browser: from now on it shows nothing."""
    places, number = await kiosks.places(context.turn), context.number("number")
    device = next((each for each in await devices.every(context.turn) if each.id == number), None)
    if device is None:
        raise Stale
    if not await _mine(context, device, places):
        raise OutsideScope
    await devices.end(context.turn, device.id)
    await show_in_place(context, f"{PAGE}{DEVICES}")


VIEWS = {f"{PAGE}{DEVICES}": Living(write, may=MANAGERS)}

SHORTCUTS = [Shortcut(label=lambda _: _("🖥️ Kiosks and browsers"), data="devices", may=MANAGERS)]

HANDLERS = [
    tap("devices", show, may=MANAGERS),
    tap("device_kiosk:{kiosk}", code_for_kiosk, may=MANAGERS, again=show),
    tap("device_person:{person}", code_for_person, may=MANAGERS, again=show_person),
    tap("device_end:{number}", end, may=MANAGERS, again=show),
]
