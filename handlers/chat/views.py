"""Views are about something: whatever stands in a chat or on a screen is written anew when that has changed.

A use case says what it touched; nobody who shows something has to remember who else sees it (F52).
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.domain.chat.messages import SCREEN, Build
from bot.domain.chat.uses import Span, Use
from bot.domain.people import STAFF, Person, Role
from bot.domain.refusals import Refusal
from bot.domain.screen.kiosks import KioskSession
from bot.domain.subjects import About
from bot.usecases.chat import pages
from bot.usecases.turn import Address, Wanted
from handlers.chat import menus
from handlers.chat.context import PAGE, Context, named
from handlers.chat.rows import page

Write = Callable[[Context, Person, str], Awaitable[Build | None]]
"""Writes somebody's view by the rest of its key; None leaves it as it is: nothing changes on it any more."""

Owners = Callable[[Context, str], Awaitable[Iterable[Person]]]
"""Returns who has a view about the subject with this id, whether they have opened it or not."""

Tell = Callable[[Context, str], Awaitable[None]]
"""Tells whoever must hear it at once what has happened to the subject with this id."""


@dataclass(frozen=True, slots=True)
class Living:
    """A kind of view in chats of the staff: how it is written, who may have it, and who has it of a kind of subject.

    Without ``of`` it exists only where it was opened, or told: in a message of its own, whose key is its name, or in
    one that shows one page after the other (``show_in_place``). One that is the ``same`` for all of a role who have it
    is written once a turn for them: only who reads it makes a difference. What many have is written ``behind``
    everything else. What owners have is of use for a ``span``.
    """

    write: Write
    of: About | None = None
    owners: Owners | None = None
    span: Span = Span.STANDS
    same: bool = False
    behind: bool = False
    may: Role = STAFF


Written = dict[tuple[str, Role], Build]
"""What is the same for all of a role who have it, by its key."""

Views = Mapping[str, Living]
"""The kinds of views by the first word of their keys, or the first two."""


async def settle(context: Context) -> None:
    """At the end of a turn: tell what cannot wait, and let everything that stands say what is true now.

    What is pressed shows itself: what is written anew here gives way to it.
    """
    turn, views = context.turn, context.bot_data.views
    for subject in sorted(turn.news):
        for kind, tell in context.bot_data.telling:
            if kind is subject.kind:
                await tell(context, subject.id)
    if not turn.touched and not turn.hidden and not turn.outdated:
        return
    if any(subject.kind is About.PERSON for subject in turn.touched):
        await menus.settle(context)
    told, turn.edge.wanted = [*_outdated(context), *turn.edge.wanted], []
    same: Written = {}
    done, standing = await _write_for_owners(context, views, same), await pages.standing(turn, turn.touched)
    for person, key, page_there in standing.pages:
        if (person.id, key) not in done and (what := _shown(views, key, page_there)):
            await _write(context, what, person, key, same, page=page_there)
    shown = {each.to.kiosk or turn.place for each in told if each.key == SCREEN}
    await _write_screens(context, [each for each in standing.screens if each.kiosk not in shown])
    await _hide(context, views, same)
    # What is said in this chat or only put right comes first, in its order, and what somebody is told last: below the
    # card that it is about.
    first = [each for each in told if each.to == Address() or each.only_there]
    turn.edge.wanted = [*first, *turn.edge.wanted, *(each for each in told if each not in first)]


def _outdated(context: Context) -> list[Wanted]:
    """Return what takes away whatever was written for somebody as they were before, unless this turn writes it."""
    gone = [(Address(person=person), key) for person, keys in sorted(context.turn.outdated.items()) for key in keys]
    return [Wanted(to, key, lambda _reader: None, only_there=True) for to, key in gone]


async def _write_for_owners(context: Context, views: Views, same: Written) -> set[tuple[str, str]]:
    done: set[tuple[str, str]] = set()
    for name, view in views.items():
        for subject in sorted(each for each in context.turn.touched if each.kind is view.of):
            for person in await view.owners(context, subject.id) if view.owners else ():
                key = f"{name}:{subject.id}"
                await _write(context, key, person, key, same, Use(view.span, subject.id))
                done.add((person.id, key))
    return done


async def show_pressed(context: Context) -> None:
    """Show the pressed message as it is now, whatever kind of view it is."""
    if build := await written(context, context.turn.person, context.turn.pressed or ""):
        context.show_for(build)


async def show_in_place(context: Context, name: str) -> None:
    """Show a living page in the place of what was pressed."""
    if build := await written(context, context.turn.person, name):
        context.show_for(build)


def open_view(context: Context, key: str, use: Use, build: Build) -> None:
    """Show a living page: where it was pressed, or below everything else."""
    if context.turn.pressed == key:
        context.show_for(build)
    else:
        context.bring_down(key, use, build, context.moved_down(context.turn.actor.language))


async def open_standing(context: Context, key: str, use: Use) -> None:
    """Show the living page with this key, whichever room writes it."""
    if build := await written(context, context.turn.person, key):
        open_view(context, key, use, build)


async def _write(
    context: Context, what: str, person: Person, key: str, same: Written, use: Use | None = None, page: str = ""
) -> bool:
    """Write ``what`` a message shows, which is named by its key, or by the page that was opened in it.

    A living ``page`` is written where it stands: in another chat the same message may show another one.
    """
    build = same.get((what, person.role)) or await written_for(context, person, what)
    if build is None:
        return False
    view = context.bot_data.views[_name(context.bot_data.views, what)]
    if view.same:
        same[what, person.role] = build
    page = page if page.startswith(PAGE) else ""
    context.renew(person.id, key, use, build, page=page, behind=view.behind)
    return True


async def written_for(context: Context, person: Person, what: str) -> Build | None:
    """Write a view of somebody's who does not act; None where they may open it no more."""
    try:
        return await written(context, person, what)
    except Refusal:
        # What somebody may open no more goes where that is decided, and is no reason to undo what somebody else does.
        return None


async def written(context: Context, person: Person, what: str) -> Build | None:
    """Write a view of somebody's as it is now, whoever acts."""
    views = context.bot_data.views
    view = kind_of(views, what)
    if view is None or not person.role & view.may:
        return None
    build = await view.write(context, person, rest_of(views, what))
    return named(what, build) if build and what.startswith(PAGE) else build


async def _write_screens(context: Context, screens: Iterable[KioskSession]) -> None:
    for session in screens:
        with context.turn.standing_at(session):
            context.tell_kiosk(session.kiosk, await page(context), anew=True)


async def _hide(context: Context, views: Views, same: Written) -> None:
    """Take away what somebody may see no more; what can be written anew says what they may see."""
    for person_id, subjects in sorted(context.turn.hidden.items()):
        stays = set()
        for person, key, page_there in (await pages.standing(context.turn, subjects)).pages:
            what = _shown(views, key, page_there)
            if person.id == person_id and what and await _write(context, what, person, key, same, page=page_there):
                stays.add(key)
        await pages.take_away(context.turn, person_id, subjects, stays)


def _shown(views: Views, key: str, page_there: str) -> str:
    """Return what a message shows by its name, if that is written anew: the page opened in it, or what its key says."""
    return next((each for each in (page_there, key) if kind_of(views, each)), "")


def kind_of(views: Views, key: str) -> Living | None:
    """Return the kind of view that has this key; what is said once, and stays as it was said, is none."""
    return views.get(_name(views, key))


def rest_of(views: Views, key: str) -> str:
    """Return what a key says beside the kind of its view."""
    return key.removeprefix(_name(views, key)).removeprefix(":")


def _name(views: Views, key: str) -> str:
    first, _, rest = key.partition(":")
    longer = f"{first}:{rest.partition(':')[0]}"
    return longer if longer in views else first if rest else ""
