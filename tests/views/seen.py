"""Every view of the demo prison, as it would be written now, with what it says that it is about."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from bot.domain import calendar
from bot.domain.chat.messages import Build, Reader, View
from bot.domain.chat.sheets import cut
from bot.domain.people import Role
from bot.domain.settings import Setting
from bot.domain.staff.staff import ROLES
from bot.domain.subjects import Subject
from bot.domain.timetable.timetable import id_of
from bot.domain.today import Queue
from bot.store import kiosks, people
from bot.store.contents import keyboard
from bot.usecases.turn import Turn
from handlers import tables
from handlers.chat.context import Context
from handlers.chat.rows import page
from handlers.chat.sheets import count
from handlers.chat.views import written_for
from handlers.theme_nights.edits import MENUS
from handlers.theme_nights.theme_nights import ASKED
from tests.views.deeds.doing import THURSDAY

STAFF = ("N1", "N2", "SK1", "V1", "KB-A1", "KB-A2", "KB-A3", "KB-B1", "TK1", "VL", "ADM")
"""One or two of each kind of the staff: whose chats are looked at."""

AT_SCREENS = (("K-A", "A07"), ("K-B", "B02"), ("K-A", "A18"), ("K-C", None))
"""Who stands at which kiosk; at the last nobody."""

LOOKED_AT_WHEN_PRESSED = {"times", "other", "pad", "idle"}
"""Free times do not change under a finger: what is gone meanwhile is refused kindly. A secret is shown once."""


Said = tuple[tuple[str, str], ...]
"""The words and the buttons of each sheet."""


@dataclass(frozen=True)
class Seen:
    """What a view says, and what it is about."""

    said: Said
    about: frozenset[Subject]


Views = Mapping[str, Seen]


async def views(context: Context) -> Views:
    """Return every view that somebody could have open now, by whose it is and its key."""
    found = {name: seen async for name, seen in _of_staff(context)}
    return found | {name: seen async for name, seen in _at_screens(context)}


async def _of_staff(context: Context) -> AsyncIterator[tuple[str, Seen]]:
    turn = context.turn
    rests, once = await _rests(turn), dict[tuple[str, Role], Build | None]()
    for who in STAFF:
        person = await people.person(turn.tx, who)
        if person is None or person.role is Role.NOBODY:
            continue  # their chats are closed
        for name, view in tables.VIEWS.items():
            for rest in rests[name] if person.role & view.may else ():
                what = f"{name}:{rest}" if rest else name
                if view.owners and who not in {each.id for each in await view.owners(context, rest)}:
                    continue
                if not view.same or (what, person.role) not in once:
                    once[what, person.role] = await written_for(context, person, what)
                build = once[what, person.role]
                written = build(Reader("house", 1, "nb", False, person=who)) if build else None
                if written:
                    yield f"{who}: {what}", _seen(turn, written)


async def _rests(turn: Turn) -> dict[str, list[str]]:
    """Return for each kind of view what there is of it: a kind that is not here fails."""
    today = calendar.today(turn.hub, turn.now)
    days = [str(today + timedelta(days=ahead)) for ahead in range(2)]
    codes = [row["code"] for row in await turn.tx.rows("SELECT code FROM slips ORDER BY code")]
    planned = {str(row["id"]): row["revision"] for row in await turn.tx.rows("SELECT * FROM theme_nights ORDER BY id")}
    notices = [str(row["id"]) for row in await turn.tx.rows("SELECT id FROM notices ORDER BY id")]
    nights = list(planned)
    broadcasts = [str(row["id"]) for row in await turn.tx.rows("SELECT id FROM broadcasts ORDER BY id")]
    closings = [f"{row['kiosk']}:{row['number']}" for row in await turn.tx.rows("SELECT * FROM closings")]
    kinds = ("half", "end", "untold", "untold_still")
    return {
        "slip": codes,
        "reminder": [f"{code}:{kind}" for code in codes for kind in kinds],
        "unheard": codes,
        "news": codes,
        "news:night": nights,
        "night": nights,
        "notice": notices,
        "proposal": nights,
        "closed": closings,
        "today": days,
        "tomorrow": days,
        "page:answers": [""],
        "page:movements": days,
        "page:capacity": days,
        "page:nights": [""],
        "page:night": nights,
        "page:night_list": [f"{night}:{today}" for night in nights],
        "page:door": [f"{night}:{today}" for night in nights],
        "page:broadcast": broadcasts,
        "page:notices": ["0"],
        "page:night_off": nights,
        "page:night_edit": nights,
        "page:night_menu": [f"{night}:{word}" for night in nights for word in sorted(MENUS)],
        "page:night_sure": [f"{night}:{word}:{planned[night]}" for night in nights for word in ASKED],
        "page:poster": [f"{night}:{languages}" for night in nights for languages in ("-", "nb-ar")],
        "page:notice_off": notices,
        "page:scope_sure": [f"scope_unit:H1:{unit}:{await people.revision(turn.tx, 'H1')}" for unit in turn.hub.units],
        **_rests_in_place(turn, today),
    }


def _rests_in_place(turn: Turn, today: date) -> dict[str, list[str]]:
    """Return the same for the pages that are opened in the place of the start page."""
    monday = today - timedelta(days=today.weekday())
    sessions = [str(id_of(turn.hub, each)) for each in turn.hub.sessions if each.day == THURSDAY]
    return {
        "page:today": ["-"],
        "page:queue": [f"{queue}:-" for queue in Queue],
        "page:week": [f"-:{monday + timedelta(weeks=n)}" for n in range(2)],
        "page:session": [f"{each}:-" for each in sessions],
        "page:session_off": [f"{each}:-" for each in sessions],
        "page:week_poster": [f"FJ:{monday + timedelta(weeks=3)}:nb-ar"],
        "page:sort": [""],
        "page:cells": [""],
        "page:my_day": [""],
        "page:my_slips": [""],
        "page:coming": [""],
        "page:units": [""],
        "page:unit": [f"{unit}:0" for unit in turn.hub.units],
        "page:inmate": ["A04", "A07", "B03"],
        "page:roles": [""],
        "page:role": [str(role.name) for role in ROLES],
        "page:member": ["N1", "N2", "V1", "KB-A2"],
        "page:scope": ["N2", "KB-A2"],
        "page:revoke": ["N2", "KB-A2", "H1"],
        "page:devices": [""],
        "page:settings": [""],
        "page:voices": [""],
        "page:setting": [str(each) for each in Setting],
    }


async def _at_screens(context: Context) -> AsyncIterator[tuple[str, Seen]]:
    turn = context.turn
    codes = {
        row["inmate"]: row["code"] for row in await turn.tx.rows("SELECT inmate, code FROM slips ORDER BY code DESC")
    }
    for kiosk, inmate in AT_SCREENS:
        session = await kiosks.session(turn.tx, turn.keys, kiosk)
        if session is None:
            continue
        for name in sorted(tables.PAGES.keys() - LOOKED_AT_WHEN_PRESSED):
            for argument in _arguments(name, codes.get(inmate or "")):
                if inmate is None and name not in FOR_ANYBODY:
                    continue
                standing = replace(session, inmate=inmate, view=f"{name}:{argument}" if argument else name)
                with turn.standing_at(standing):
                    context.tell_kiosk(kiosk, await page(context))
                written = turn.edge.wanted.pop().build(Reader("house", 1, "nb", False, kiosk=kiosk))
                if written:
                    yield f"{inmate}@{kiosk}: {standing.view}", _seen(turn, written)


FOR_ANYBODY = {
    "welcome",
    "not_signed_in",
    "forgotten",
    "urgent",
    "languages",
    "here",
    "about",
    "rights",
    "nights",
    "night",
    "notices",
}
OF_A_SLIP = {"slip", "withdraw", "cannot", "why", "receipt"}
OF_A_DRAFT = {"topics", "review", "unsent"}
OF_A_CODE = {"not_signed_in": ["A:2:"], "not_changed": ["1:", "closed"]}


def _arguments(name: str, code: str | None) -> list[str]:
    if name in OF_A_SLIP:
        return [code] if code else []
    if name in OF_A_CODE:
        return OF_A_CODE[name]
    if name in {"night", "leaving"}:
        return ["1", "3"]
    if name in OF_A_DRAFT:
        return []
    return ["nav"] if name == "about" else [""]


def _seen(turn: Turn, view: View) -> Seen:
    return Seen(said_on(turn, view), view.subjects)


def said_on(turn: Turn, view: View) -> Said:
    """Return what a view says on all of its sheets."""
    return tuple((each.text, keyboard(each)) for each in cut(view, partial(count, turn.hub.zone, "nb")).sheets)
