"""Posters on A4, for the wall: a theme night, or a week; to be read from two metres, one page for each language.

Whatever is long is set smaller until all of it stands on its page. Nothing is cut off, and no word is broken. Colours
are calm, and dark enough on paper without colours too.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from bot.documents.bands import (
    EDGE,
    GAP,
    HIGH,
    INK,
    INSIDE,
    PALE,
    SEA,
    SMALLEST,
    SOFT,
    WHITE,
    WIDE,
    Band,
    Cell,
    best_scale,
    draw,
    large,
    needs,
    scaled,
)
from bot.documents.paper import Canvas, Text

FOOT = 17.0
TOPIC_SIZE, TOPIC_HEIGHT = 76.0, 90.0
TIME_PART, WHERE_PART = 0.235, 0.31
ROW_LEADING, ROW_LEADING_FROM_RIGHT = 1.2, 1.35


@dataclass(frozen=True, slots=True)
class ThemeNightPage:
    """A theme night in one language; ``facts`` are a label each with what stands under it."""

    language: str
    kind: str
    topic: str
    day: str
    time: str
    facts: tuple[tuple[str, str], ...]
    about: str
    sign_up: str
    until: str
    foot: str


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in a week: when, what and where; a theme night is ``marked``."""

    time: str
    what: str
    where: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class WeekPage:
    """A week in one language: its days in order, each with its rows, or what is said when it has none."""

    language: str
    title: str
    dates: str
    days: tuple[tuple[str, tuple[Row, ...]], ...]
    nothing: str
    call: str
    foot: str


@dataclass(frozen=True, slots=True)
class ThemeNightPoster:
    """The poster of a theme night, a page for each language; ``made`` is the hub's time."""

    made: datetime
    pages: tuple[ThemeNightPage, ...]


@dataclass(frozen=True, slots=True)
class WeekPoster:
    """The poster of a week in several languages; ``made`` is the hub's time."""

    made: datetime
    pages: tuple[WeekPage, ...]


def theme_night_poster(said: ThemeNightPoster) -> bytes:
    """Return the poster of a theme night as PDF. It takes a tenth of a second a page: call it in a thread."""
    with Canvas(said.pages[0].topic, said.pages[0].language, said.made, margin=0) as canvas:
        for number, page in enumerate(said.pages):
            if number:
                canvas.turn_over(page.language)
            _night(canvas, page)
        return canvas.as_pdf()


def week_poster(said: WeekPoster) -> bytes:
    """Return the poster of a week as PDF; a week that is too full to be read takes another page of its language."""
    with Canvas(said.pages[0].title, said.pages[0].language, said.made, margin=0) as canvas:
        first = True
        for page in said.pages:
            canvas.turn_to(page.language)
            for part in _parts(canvas, page):
                if not first:
                    canvas.turn_over(page.language)
                first = False
                _week(canvas, part)
        return canvas.as_pdf()


# ── a theme night ─────────────────────────────────────────────────────────────────────────────────────────────────


def _night(canvas: Canvas, page: ThemeNightPage) -> None:
    top = _head(canvas, page)
    call = [
        Band((Cell(large(canvas, page.sign_up, 33, SEA)),)),
        Band((Cell(large(canvas, page.until, 23, bold=False)),), before=1.5),
    ]
    body = _body(canvas, page)
    room = HIGH - FOOT - top - 24
    scale = best_scale(canvas, [*body, *call], room)
    bottom = HIGH - FOOT - 7 - needs(canvas, call, scale)
    free = bottom - 8 - top - 7 - needs(canvas, body, scale)
    draw(canvas, body, top + 7, scale, loose=max(0.0, min(6.0, free / len(body))))
    canvas.fill(0, bottom - 6, WIDE, HIGH - bottom + 6, PALE)
    canvas.fill(0, bottom - 6, WIDE, 1.2, SEA)
    draw(canvas, call, bottom, scale)
    _foot(canvas, page.foot)


def _head(canvas: Canvas, page: ThemeNightPage) -> float:
    """Draw what the night is about on a dark ground, as large as it can be; return where it ends."""
    kind = large(canvas, page.kind, 25, PALE, bold=False)
    high = canvas.height_of(kind, INSIDE)
    topic = large(canvas, page.topic, TOPIC_SIZE, WHITE)
    scale = best_scale(canvas, [Band((Cell(topic),))], TOPIC_HEIGHT, 1)
    band = [Band((Cell(topic, width=_balanced(canvas, scaled(canvas, topic, scale, INSIDE))),))]
    height = 13 + high + 2 + needs(canvas, band, scale) + 11
    canvas.fill(0, 0, WIDE, height, SEA)
    canvas.put(kind, EDGE, 13, INSIDE)
    draw(canvas, band, 13 + high + 2, scale)
    return height


def _balanced(canvas: Canvas, text: Text) -> float:
    """Return the least width in which words need no more lines, so that none of them stands alone in the last."""
    height, longest = canvas.height_of(text, INSIDE), canvas.longest_word(text)
    widths = [width for width in (INSIDE - 2 * step for step in range(int(INSIDE / 2))) if width > longest] or [INSIDE]
    return widths[bisect_left(widths, True, lo=1, key=lambda width: canvas.height_of(text, width) > height) - 1]


def _body(canvas: Canvas, page: ThemeNightPage) -> list[Band]:
    half = (INSIDE - GAP) / 2
    bands = [
        Band((Cell(large(canvas, page.day, 42)),), before=1),
        Band((Cell(large(canvas, page.time, 42, SEA)),)),
    ]
    for start in range(0, len(page.facts), 2):
        pair = page.facts[start : start + 2]
        lefts = (EDGE, EDGE + half + GAP)
        widths = (half, half) if len(pair) == 2 else (INSIDE,)
        labels = [Text(label, 15, colour=SOFT) for label, _ in pair]
        values = [large(canvas, value, 26) for _, value in pair]
        bands.append(Band(tuple(map(Cell, labels, lefts, widths)), before=5))
        bands.append(Band(tuple(map(Cell, values, lefts, widths))))
    about = [Band((Cell(Text(page.about, 18, colour=INK)),), before=6)] if page.about else []
    return bands + about


def _foot(canvas: Canvas, words: str) -> None:
    canvas.put(Text(words, 13, colour=SOFT), EDGE, HIGH - 14, INSIDE)


# ── a week ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _week(canvas: Canvas, page: WeekPage) -> None:
    top = _week_head(canvas, page)
    call = [Band((Cell(large(canvas, page.call, 19, SEA)),))]
    small = best_scale(canvas, call, 10 if canvas.from_right else 8, 1)
    bottom = HIGH - FOOT - 3 - needs(canvas, call, small)
    body = _rows(canvas, page)
    room = bottom - top - 12
    scale = best_scale(canvas, body, room)
    free = room - needs(canvas, body, scale)
    draw(canvas, body, top + 4, scale, loose=max(0.0, min(4.0, free / len(body))))
    canvas.fill(0, bottom - 5, WIDE, HIGH - bottom + 5, PALE)
    canvas.fill(0, bottom - 5, WIDE, 1.2, SEA)
    draw(canvas, call, bottom, small)
    _foot(canvas, page.foot)


def _week_head(canvas: Canvas, page: WeekPage) -> float:
    bands = [
        Band((Cell(large(canvas, page.title, 42, WHITE)),)),
        Band((Cell(large(canvas, page.dates, 22, PALE, bold=False)),)),
    ]
    scale = best_scale(canvas, bands, 38, 1)
    canvas.fill(0, 0, WIDE, 8 + needs(canvas, bands, scale) + 7, SEA)
    return draw(canvas, bands, 8, scale) + 7


def _rows(canvas: Canvas, page: WeekPage) -> list[Band]:
    if not page.days:
        return [Band((Cell(large(canvas, page.nothing, 26)),), before=6)]
    bands = []
    for name, rows in page.days:
        bands.append(Band((Cell(large(canvas, name, 21, SEA)),), before=4, rule=True))
        bands += [_row(canvas, row) for row in rows]
    return bands


def _row(canvas: Canvas, row: Row) -> Band:
    leading = ROW_LEADING_FROM_RIGHT if canvas.from_right else ROW_LEADING
    times, where = INSIDE * TIME_PART, INSIDE * WHERE_PART
    what = INSIDE - times - where - 2 * GAP
    cells = (
        Cell(Text(row.time, 16, True, INK, leading), EDGE, times),
        Cell(Text(row.what, 16, row.marked, INK, leading), EDGE + times + GAP, what),
        Cell(Text(row.where, 16, False, INK, leading), EDGE + times + what + 2 * GAP, where),
    )
    return Band(cells, before=1.2, ground=PALE if row.marked else None)


def _parts(canvas: Canvas, page: WeekPage) -> list[WeekPage]:
    """Return the page, or pages of which each can be read."""
    rows = [(name, row) for name, rows in page.days for row in rows]
    room = HIGH - FOOT - 82
    if len(rows) < 2 or needs(canvas, _rows(canvas, page), SMALLEST) <= room:
        return [page]
    halves = rows[: len(rows) // 2], rows[len(rows) // 2 :]
    return [part for half in halves for part in _parts(canvas, replace(page, days=_by_day(half)))]


def _by_day(rows: Iterable[tuple[str, Row]]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    return tuple((name, tuple(row for _, row in of_day)) for name, of_day in groupby(rows, key=lambda each: each[0]))
