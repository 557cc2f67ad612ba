"""Posters on A4, for the wall: a theme night, or a week; to be read from two metres, one page for each language.

Whatever is long is set smaller until all of it stands on its page. Nothing is cut off, and no word is broken. Colours
are calm, and dark enough on paper without colours too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from bot.documents.paper import Colour, Sheet, Text

WIDE, HIGH, EDGE = 210.0, 297.0, 16.0
INSIDE = WIDE - 2 * EDGE
FOOT = 17.0
SEA: Colour = (15, 82, 87)
PALE: Colour = (227, 240, 238)
INK: Colour = (26, 36, 35)
SOFT: Colour = (72, 84, 80)
WHITE: Colour = (255, 255, 255)

TOPIC_SIZE, TOPIC_HEIGHT = 76.0, 90.0
TIGHT, TIGHT_FROM_RIGHT = 1.16, 1.42
"""Lines of large letters: Arabic ones reach higher and lower."""
LARGEST, SMALLEST, STEP = 1.25, 0.6, 0.97
"""How much the words of a page are set larger or smaller than they are meant to be, at most and in steps."""

TIME_PART, WHERE_PART, GAP = 0.235, 0.31, 4.0
ROW_LEADING, ROW_LEADING_FROM_RIGHT = 1.2, 1.35


@dataclass(frozen=True, slots=True)
class NightPage:
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


def night_poster(pages: Sequence[NightPage], now: datetime) -> bytes:
    """Return the poster of a theme night as PDF. It takes a quarter of a second a page: call it in a thread."""
    with Sheet(pages[0].topic, pages[0].language, now, margin=0) as sheet:
        for number, page in enumerate(pages):
            if number:
                sheet.turn_over(page.language)
            _night(sheet, page)
        return sheet.as_pdf()


def week_poster(pages: Sequence[WeekPage], now: datetime) -> bytes:
    """Return the poster of a week as PDF; a week that is too full to be read takes another page of its language."""
    with Sheet(pages[0].title, pages[0].language, now, margin=0) as sheet:
        first = True
        for page in pages:
            sheet.turn_to(page.language)
            for part in _parts(sheet, page):
                if not first:
                    sheet.turn_over(page.language)
                first = False
                _week(sheet, part)
        return sheet.as_pdf()


# ── words that fit ────────────────────────────────────────────────────────────────────────────────────────────────


def _scaled(sheet: Sheet, text: Text, scale: float, width: float) -> Text:
    """Return words larger or smaller, and so small that their longest word stands in one line."""
    meant = replace(text, size=text.size * scale)
    longest = sheet.longest_word(meant)
    return meant if longest <= width else replace(meant, size=meant.size * width / longest * 0.99)


def _large(sheet: Sheet, words: str, size: float, colour: Colour = INK, *, bold: bool = True) -> Text:
    return Text(words, size, bold, colour, TIGHT_FROM_RIGHT if sheet.from_right else TIGHT)


@dataclass(frozen=True, slots=True)
class _Cell:
    """Words in a part of the width; ``left`` and ``width`` in millimetres."""

    text: Text
    left: float = EDGE
    width: float = INSIDE


@dataclass(frozen=True, slots=True)
class _Band:
    """Cells that begin side by side, ``before`` millimetres below what is above, on a ground of a colour."""

    cells: tuple[_Cell, ...]
    before: float = 0
    ground: Colour | None = None
    rule: bool = False


def _heights(sheet: Sheet, bands: Iterable[_Band], scale: float) -> list[float]:
    return [max(_height(sheet, cell, scale) for cell in band.cells) for band in bands]


def _height(sheet: Sheet, cell: _Cell, scale: float) -> float:
    return sheet.height_of(_scaled(sheet, cell.text, scale, cell.width), cell.width)


def _needs(sheet: Sheet, bands: Sequence[_Band], scale: float) -> float:
    return sum(_heights(sheet, bands, scale)) + sum(band.before for band in bands) * scale


def _best_scale(sheet: Sheet, bands: Sequence[_Band], room: float, largest: float = LARGEST) -> float:
    """Return the largest scale at which everything fits into so many millimetres, however small it must be."""
    scale = largest
    while _needs(sheet, bands, scale) > room:
        scale *= STEP
    return scale


def _draw(sheet: Sheet, bands: Sequence[_Band], top: float, scale: float, loose: float = 0) -> float:
    """Put bands one below the other, ``loose`` millimetres further apart; return where they end."""
    for band, height in zip(bands, _heights(sheet, bands, scale), strict=True):
        before = band.before * scale + (loose if band.before else 0)
        if band.ground:
            sheet.fill(EDGE - GAP, top + before - 0.8, INSIDE + 2 * GAP, height + 1.6, band.ground)
        if band.rule:
            sheet.fill(EDGE, top + before - 1.6 * scale, INSIDE, 0.5, SEA)
        top += before
        for cell in band.cells:
            sheet.put(_scaled(sheet, cell.text, scale, cell.width), cell.left, top, cell.width)
        top += height
    return top


# ── a theme night ─────────────────────────────────────────────────────────────────────────────────────────────────


def _night(sheet: Sheet, page: NightPage) -> None:
    top = _head(sheet, page)
    call = [
        _Band((_Cell(_large(sheet, page.sign_up, 33, SEA)),)),
        _Band((_Cell(_large(sheet, page.until, 23, bold=False)),), before=1.5),
    ]
    body = _body(sheet, page)
    room = HIGH - FOOT - top - 24
    scale = _best_scale(sheet, [*body, *call], room)
    bottom = HIGH - FOOT - 7 - _needs(sheet, call, scale)
    free = bottom - 8 - top - 7 - _needs(sheet, body, scale)
    _draw(sheet, body, top + 7, scale, loose=max(0.0, min(6.0, free / len(body))))
    sheet.fill(0, bottom - 6, WIDE, HIGH - bottom + 6, PALE)
    sheet.fill(0, bottom - 6, WIDE, 1.2, SEA)
    _draw(sheet, call, bottom, scale)
    _foot(sheet, page.foot)


def _head(sheet: Sheet, page: NightPage) -> float:
    """Draw what the night is about on a dark ground, as large as it can be; return where it ends."""
    kind = _large(sheet, page.kind, 25, PALE, bold=False)
    high = sheet.height_of(kind, INSIDE)
    topic = _large(sheet, page.topic, TOPIC_SIZE, WHITE)
    scale = _best_scale(sheet, [_Band((_Cell(topic),))], TOPIC_HEIGHT, 1)
    band = [_Band((_Cell(topic, width=_balanced(sheet, _scaled(sheet, topic, scale, INSIDE))),))]
    height = 13 + high + 2 + _needs(sheet, band, scale) + 11
    sheet.fill(0, 0, WIDE, height, SEA)
    sheet.put(kind, EDGE, 13, INSIDE)
    _draw(sheet, band, 13 + high + 2, scale)
    return height


def _balanced(sheet: Sheet, text: Text) -> float:
    """Return the least width in which words need no more lines, so that none of them stands alone in the last."""
    height, width = sheet.height_of(text, INSIDE), INSIDE
    while sheet.longest_word(text) < width - 2 and sheet.height_of(text, width - 2) <= height:
        width -= 2
    return width


def _body(sheet: Sheet, page: NightPage) -> list[_Band]:
    half = (INSIDE - GAP) / 2
    bands = [
        _Band((_Cell(_large(sheet, page.day, 42)),), before=1),
        _Band((_Cell(_large(sheet, page.time, 42, SEA)),)),
    ]
    for start in range(0, len(page.facts), 2):
        pair = page.facts[start : start + 2]
        lefts = (EDGE, EDGE + half + GAP)
        widths = (half, half) if len(pair) == 2 else (INSIDE,)
        labels = [Text(label, 15, colour=SOFT) for label, _ in pair]
        values = [_large(sheet, value, 26) for _, value in pair]
        bands.append(_Band(tuple(map(_Cell, labels, lefts, widths)), before=5))
        bands.append(_Band(tuple(map(_Cell, values, lefts, widths))))
    about = [_Band((_Cell(Text(page.about, 18, colour=INK)),), before=6)] if page.about else []
    return bands + about


def _foot(sheet: Sheet, words: str) -> None:
    sheet.put(Text(words, 13, colour=SOFT), EDGE, HIGH - 14, INSIDE)


# ── a week ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _week(sheet: Sheet, page: WeekPage) -> None:
    top = _week_head(sheet, page)
    call = [_Band((_Cell(_large(sheet, page.call, 19, SEA)),))]
    small = _best_scale(sheet, call, 10 if sheet.from_right else 8, 1)
    bottom = HIGH - FOOT - 3 - _needs(sheet, call, small)
    body = _rows(sheet, page)
    room = bottom - top - 12
    scale = _best_scale(sheet, body, room)
    free = room - _needs(sheet, body, scale)
    _draw(sheet, body, top + 4, scale, loose=max(0.0, min(4.0, free / len(body))))
    sheet.fill(0, bottom - 5, WIDE, HIGH - bottom + 5, PALE)
    sheet.fill(0, bottom - 5, WIDE, 1.2, SEA)
    _draw(sheet, call, bottom, small)
    _foot(sheet, page.foot)


def _week_head(sheet: Sheet, page: WeekPage) -> float:
    bands = [
        _Band((_Cell(_large(sheet, page.title, 42, WHITE)),)),
        _Band((_Cell(_large(sheet, page.dates, 22, PALE, bold=False)),)),
    ]
    scale = _best_scale(sheet, bands, 38, 1)
    sheet.fill(0, 0, WIDE, 8 + _needs(sheet, bands, scale) + 7, SEA)
    return _draw(sheet, bands, 8, scale) + 7


def _rows(sheet: Sheet, page: WeekPage) -> list[_Band]:
    if not page.days:
        return [_Band((_Cell(_large(sheet, page.nothing, 26)),), before=6)]
    bands = []
    for name, rows in page.days:
        bands.append(_Band((_Cell(_large(sheet, name, 21, SEA)),), before=4, rule=True))
        bands += [_row(sheet, row) for row in rows]
    return bands


def _row(sheet: Sheet, row: Row) -> _Band:
    leading = ROW_LEADING_FROM_RIGHT if sheet.from_right else ROW_LEADING
    times, where = INSIDE * TIME_PART, INSIDE * WHERE_PART
    what = INSIDE - times - where - 2 * GAP
    cells = (
        _Cell(Text(row.time, 16, True, INK, leading), EDGE, times),
        _Cell(Text(row.what, 16, row.marked, INK, leading), EDGE + times + GAP, what),
        _Cell(Text(row.where, 16, False, INK, leading), EDGE + times + what + 2 * GAP, where),
    )
    return _Band(cells, before=1.2, ground=PALE if row.marked else None)


def _parts(sheet: Sheet, page: WeekPage) -> list[WeekPage]:
    """Return the page, or pages of which each can be read."""
    rows = [(name, row) for name, rows in page.days for row in rows]
    room = HIGH - FOOT - 82
    if len(rows) < 2 or _needs(sheet, _rows(sheet, page), SMALLEST) <= room:
        return [page]
    halves = rows[: len(rows) // 2], rows[len(rows) // 2 :]
    return [part for half in halves for part in _parts(sheet, replace(page, days=_by_day(half)))]


def _by_day(rows: Iterable[tuple[str, Row]]) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    return tuple((name, tuple(row for _, row in of_day)) for name, of_day in groupby(rows, key=lambda each: each[0]))
