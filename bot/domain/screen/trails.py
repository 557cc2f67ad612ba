"""One step back at a kiosk: by which pages somebody came to where they are now."""

from collections.abc import Collection, Sequence

from bot.domain.screen.kiosks import OF_A_DRAFT, ROOTS, name_of

Trail = tuple[str, ...]
"""The pages behind the present one, the first of them where everybody begins."""


def opened(trail: Trail, present: str, view: str) -> Trail:
    """Return the pages behind one that is opened now: it lies on the way already, or is one step further."""
    way = (*trail, present)
    return () if view in ROOTS else way[: way.index(view)] if view in way else way


def going_on(trail: Trail, present: str, pages: Sequence[str]) -> Trail:
    """Return the pages behind the last of a draft's ``pages``: the others, each of which leads to the next.

    So it is wherever one began. What stands there of a draft already is where somebody turned round, or another one.
    """
    way = (*trail, present)
    start = next((at for at, each in enumerate(way) if name_of(each) in OF_A_DRAFT), len(way))
    return (*way[:start], *pages[:-1])


def without(trail: Trail, names: Collection[str]) -> Trail:
    """Return the pages without those of something that is over, by name: no step leads back there."""
    return tuple(each for each in trail if name_of(each) not in names)


def back(trail: Trail, present: str, step: int) -> tuple[Trail, str] | None:
    """Return the ``step``-th page of the way and those behind it; None where the way is not so long.

    Whoever presses twice asks for the same page twice, and has gone one step.
    """
    way = (*trail, present)
    return (way[: step - 1], way[step - 1]) if 0 < step <= len(way) else None
