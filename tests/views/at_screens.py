"""Every page that a kiosk can show in a prison to which things happen, in each language that the screens speak."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from functools import partial

from bot.domain.chat.messages import Button, Reader, View
from bot.domain.refusals import Refusal
from bot.domain.screen.kiosks import KioskSession
from bot.domain.slips.slips import Draft
from bot.store import kiosks
from bot.usecases.turn import Turn
from handlers import tables
from handlers.chat.context import Context
from handlers.chat.rows import page
from tests.catalogues import INMATES
from tests.hub.whole_hub import WholeHub
from tests.views.deeds.doing import Deed, nothing
from tests.views.deeds.slips import SLIPS
from tests.views.deeds.telling import TELLING
from tests.views.deeds.theme_nights import NIGHTS
from tests.views.seen import FOR_ANYBODY, OF_A_CODE, OF_A_DRAFT, OF_A_SLIP
from tests.views.standing import context_in, counted, taken_back, turn_in, turn_of

WRITTEN_IN = ("nb", "en")
"""In these the sentences are written; the others are translations of them, and are looked at as the prison opens."""

AS_IT_OPENS = Deed("", "as it opens", nothing)
DEEDS = (AS_IT_OPENS, *SLIPS, *NIGHTS, *TELLING)
PEOPLE = (("K-A", "A04"), ("K-A", "A07"), ("K-A", "A18"), ("K-B", "B02"), ("K-B", "B03"), ("K-C", None))
"""Who stands at which kiosk; at the last nobody."""

DRAFTS = (
    Draft("nav", "arbeid", "nav.N1.R1.2701141030", "N1"),
    Draft("gjeld", "trekk"),
    Draft("frivillig", adviser="V1"),
    Draft("sos"),
)
OF_WHAT_IS_BEGUN = {*OF_A_DRAFT, "times"}
ALONE = {"pad"}
"""What needs a pad, which lives in memory alone."""


@dataclass(frozen=True)
class Page:
    """A page, with where it was seen: language, deed, person and name."""

    where: str
    language: str
    view: View

    @property
    def lines(self) -> list[str]:
        """Return every line, those of lists among them."""
        return self.view.text.splitlines()

    @property
    def buttons(self) -> list[Button]:
        """Return every button, those of lists among them."""
        rows = [*(row for entry in self.view.entries for row in entry.rows), *self.view.rows]
        return [button for row in rows for button in row]


async def every_page(hub: WholeHub) -> list[Page]:
    """Return each page that says something else, once."""
    found: dict[tuple[str, View], Page] = {}
    for deed in DEEDS:
        for each in await counted(hub, partial(_after, hub, deed)):
            found.setdefault((each.language, each.view), each)
    return list(found.values())


async def _after(hub: WholeHub, deed: Deed) -> list[Page]:
    turns, found = hub.running.turns, list[Page]()
    async with taken_back(hub) as tx:
        now = None
        for do in [deed.do] if deed.before is nothing else [deed.before, deed.do]:
            now = (await turn_of(turns, tx, do, now)).now
            async with turn_in(turns, tx, now) as turn:
                found += [each async for each in _pages(context_in(hub, turn), deed.name)]
    return found


async def _pages(context: Context, deed: str) -> AsyncIterator[Page]:
    for language in INMATES.whole if deed == AS_IT_OPENS.name else WRITTEN_IN:
        for kiosk, inmate in PEOPLE:
            session = await kiosks.session(context.turn.tx, context.turn.keys, kiosk)
            assert session
            at = replace(session, language=language, inmate=inmate)
            for standing in await _standings(context.turn, at):
                if view := await _view(context, standing):
                    yield Page(f"{language}, {deed}, {inmate}: {standing.view}", language, view)


async def _standings(turn: Turn, at: KioskSession) -> list[KioskSession]:
    codes = await turn.tx.rows("SELECT code FROM slips WHERE inmate = :inmate", inmate=at.inmate or "")
    nights = await turn.tx.rows("SELECT id FROM theme_nights")
    arguments = {
        **{key: [row["code"] for row in codes] for key in (*OF_A_SLIP, "other")},
        **{key: [str(row["id"]) for row in nights] for key in ("night", "leaving")},
        "about": list(turn.hub.services),
        "here": ["", "1"],
        **OF_A_CODE,
    }
    found = []
    for name in sorted(tables.PAGES.keys() - ALONE):
        if name in FOR_ANYBODY or at.inmate:
            found += [*_with_drafts(at, name)] if name in OF_WHAT_IS_BEGUN else []
            others = [] if name in OF_WHAT_IS_BEGUN else arguments.get(name, [""])
            found += [replace(at, view=f"{name}:{each}" if each else name) for each in others]
    return found


def _with_drafts(at: KioskSession, name: str) -> Iterator[KioskSession]:
    for draft in DRAFTS:
        yield replace(at, view=f"topics:{draft.service}" if name == "topics" else name, draft=draft)


async def _view(context: Context, standing: KioskSession) -> View | None:
    try:
        with context.turn.standing_at(standing):
            context.tell_kiosk(standing.kiosk, await page(context))
    except Refusal:
        return None
    reader = Reader("house", 1, standing.language, False, kiosk=standing.kiosk)
    return context.turn.edge.wanted.pop().build(reader)
