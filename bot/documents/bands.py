"""Words that fit: bands one below the other on a poster, set smaller until all of them stand on the page."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.documents.paper import Canvas, Colour, Text

WIDE, HIGH, EDGE = 210.0, 297.0, 16.0
INSIDE = WIDE - 2 * EDGE
SEA: Colour = (15, 82, 87)
PALE: Colour = (227, 240, 238)
INK: Colour = (26, 36, 35)
SOFT: Colour = (72, 84, 80)
WHITE: Colour = (255, 255, 255)

TIGHT, TIGHT_FROM_RIGHT = 1.16, 1.42
"""Lines of large letters: Arabic ones reach higher and lower."""
LARGEST, SMALLEST, STEP = 1.25, 0.6, 0.97
"""How much the words of a page are set larger or smaller than they are meant to be, at most and in steps."""

GAP = 4.0


def scaled(canvas: Canvas, text: Text, scale: float, width: float) -> Text:
    """Return words larger or smaller, and so small that their longest word stands in one line."""
    meant = replace(text, size=text.size * scale)
    longest = canvas.longest_word(meant)
    return meant if longest <= width else replace(meant, size=meant.size * width / longest * 0.99)


def large(canvas: Canvas, words: str, size: float, colour: Colour = INK, *, bold: bool = True) -> Text:
    """Return words in the letters of a poster, ``size`` in points."""
    return Text(words, size, bold, colour, TIGHT_FROM_RIGHT if canvas.from_right else TIGHT)


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in a part of the width; ``left`` and ``width`` in millimetres."""

    text: Text
    left: float = EDGE
    width: float = INSIDE


@dataclass(frozen=True, slots=True)
class Band:
    """Cells that begin side by side, ``before`` millimetres below what is above, on a ground of a colour."""

    cells: tuple[Cell, ...]
    before: float = 0
    ground: Colour | None = None
    rule: bool = False


def _heights(canvas: Canvas, bands: Iterable[Band], scale: float) -> list[float]:
    return [max(_height(canvas, cell, scale) for cell in band.cells) for band in bands]


def _height(canvas: Canvas, cell: Cell, scale: float) -> float:
    return canvas.height_of(scaled(canvas, cell.text, scale, cell.width), cell.width)


def needs(canvas: Canvas, bands: Sequence[Band], scale: float) -> float:
    """Return how many millimetres bands take at a scale."""
    return sum(_heights(canvas, bands, scale)) + sum(band.before for band in bands) * scale


def best_scale(canvas: Canvas, bands: Sequence[Band], room: float, largest: float = LARGEST) -> float:
    """Return the largest scale at which everything fits into so many millimetres, however small it must be."""

    def fits(steps: int) -> bool:
        return needs(canvas, bands, largest * STEP**steps) <= room

    if fits(0):
        return largest
    most = 1
    while not fits(most):
        most *= 2
    return largest * STEP ** bisect_left(range(most), True, lo=most // 2 + 1, key=fits)


def draw(canvas: Canvas, bands: Sequence[Band], top: float, scale: float, loose: float = 0) -> float:
    """Put bands one below the other, ``loose`` millimetres further apart; return where they end."""
    for band, height in zip(bands, _heights(canvas, bands, scale), strict=True):
        before = band.before * scale + (loose if band.before else 0)
        if band.ground:
            canvas.fill(EDGE - GAP, top + before - 0.8, INSIDE + 2 * GAP, height + 1.6, band.ground)
        if band.rule:
            canvas.fill(EDGE, top + before - 1.6 * scale, INSIDE, 0.5, SEA)
        top += before
        for cell in band.cells:
            canvas.put(scaled(canvas, cell.text, scale, cell.width), cell.left, top, cell.width)
        top += height
    return top
