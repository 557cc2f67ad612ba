"""Cutting a view into sheets: a chat network takes only so much in one message, and nothing is left out."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.chat.looks import Place
from bot.domain.chat.messages import Button, Entry, Line, View

LONGEST_TEXT = 4096
"""The longest text of a message, in UTF-16 code units, as chat networks count."""

LONGEST_CAPTION = 1024
"""The longest text beside a document, in the same units."""

MOST_BUTTONS = 100
LONGEST_DATA = 64
"""The most buttons of a message, and the most bytes of what one of them presses."""

EASY_TEXT, EASY_BUTTONS = 2400, 32
"""What is read and pressed without losing one's way: a list is cut here, long before a network would refuse it."""

ROOM_FOR_WAYS = 3
OF_EVERY_PAGE = {Place.BACK, Place.BAR, Place.HEAD}
TURN = "sheet"
CLIPPED = "…"

Rows = tuple[tuple[Button, ...], ...]
Count = Callable[[int, int], str]
"""Says in the reader's words on which sheet one is, of how many: 2 av 5."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A view as sheets; ``whole`` where nobody had said how a view that is too long is to be cut."""

    sheets: tuple[View, ...]
    as_written: bool = True


def units(text: str) -> int:
    """Return the length of a text as chat networks count it, in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def fits(view: View) -> bool:
    """Say whether a network takes a view as it is."""
    longest = LONGEST_CAPTION if view.document else LONGEST_TEXT
    return units(view.text) <= longest and _buttons(view.rows) <= MOST_BUTTONS


def cut(view: View, count: Count) -> Cut:
    """Return a view as sheets, of which each fits a message; mostly it is one.

    A list is cut between its entries. A view that is too long without being one is cut between its lines and rows: so
    nothing of it is lost, but whoever wrote it should have said how. What stands beside a document is cut short.
    """
    whole = _flat(view, view.entries)
    if fits(whole) and (not view.entries or _is_easy(whole)):
        return Cut((whole,))
    if view.document:
        return Cut((replace(whole, lines=(Line(_clip(whole.text, LONGEST_CAPTION)),)),), as_written=False)
    written = view if view.entries and _leaves_room(view) else _spread(view)
    sheets = _laid_out(written)
    return Cut(tuple(_with_ways(each, at, len(sheets), count) for at, each in enumerate(sheets)), written is view)


def _buttons(rows: Iterable[Sequence[Button]]) -> int:
    return sum(len(row) for row in rows)


def _flat(view: View, entries: Iterable[Entry]) -> View:
    shown = tuple(entries)
    if not shown and not view.entries:
        return view
    lines = (*view.lines, *(line for entry in shown for line in entry.lines))
    rows = (*(row for entry in shown for row in entry.rows), *view.rows)
    return replace(view, lines=lines, rows=rows, entries=(), cards=shown)


def _is_easy(view: View) -> bool:
    return units(view.text) <= EASY_TEXT and _buttons(view.rows) <= EASY_BUTTONS


def _leaves_room(view: View) -> bool:
    """Say whether what stands on every sheet leaves room for what there are many of, each of which fits."""
    frame = _is_within(view.lines, view.rows, EASY_TEXT // 2, EASY_BUTTONS)
    return frame and all(
        _is_within((*each.heading, *each.lines), each.rows, EASY_TEXT, EASY_BUTTONS) for each in view.entries
    )


def _is_within(lines: Iterable[Line], rows: Iterable[Sequence[Button]], text: int, buttons: int) -> bool:
    return sum(units(line.text) + 1 for line in lines) <= text and _buttons(rows) <= buttons


def _spread(view: View) -> View:
    """Make entries of all that a view says; only its first line and the ways out stand on every sheet."""
    lines = [Entry((part,)) for line in _all_lines(view)[1:] for part in _short_lines(line)]
    rows = _all_rows(view)
    out = _ways_out(rows)
    pressed = [Entry(rows=(row[at : at + 8],)) for row in rows[: len(rows) - len(out)] for at in range(0, len(row), 8)]
    first = tuple(_clipped(each, EASY_TEXT // 4) for each in _all_lines(view)[:1])
    last = tuple(row[:8] for row in out)
    return replace(view, lines=first, rows=last, entries=(*lines, *pressed))


def _all_lines(view: View) -> list[Line]:
    return [*view.lines, *(line for entry in view.entries for line in entry.lines)]


def _all_rows(view: View) -> Rows:
    return (*(row for entry in view.entries for row in entry.rows), *view.rows)


def _short_lines(line: Line) -> list[Line]:
    step = EASY_TEXT // 4
    if len(line.text) <= step:
        return [line]
    return [replace(line, text=line.text[at : at + step], pieces=()) for at in range(0, len(line.text), step)]


def _clipped(line: Line, longest: int) -> Line:
    text = _clip(line.text, longest)
    return line if text == line.text else replace(line, text=text, pieces=())


def _clip(text: str, longest: int) -> str:
    kept = text
    while units(kept) > longest:
        kept = f"{kept[: -max((units(kept) - longest) // 2, 2)]}{CLIPPED}"
    return kept


def _laid_out(view: View) -> list[View]:
    sheets: list[list[Entry]] = [[]]
    text, buttons = _size(view)
    for entry in view.entries:
        begun = entry if sheets[-1] else _begun(entry)
        more, pressed = _size(begun)
        if sheets[-1] and not _still_easy(text + more, buttons + pressed):
            sheets.append([])
            begun, (text, buttons) = _begun(entry), _size(view)
            more, pressed = _size(begun)
        sheets[-1].append(begun)
        text, buttons = text + more, buttons + pressed
    return [_flat(view, each) for each in sheets]


def _size(part: View | Entry) -> tuple[int, int]:
    """Return the units that the lines of a part take, the end of each among them, and how many buttons it has."""
    return sum(units(line.text) + 1 for line in part.lines), _buttons(part.rows)


def _begun(entry: Entry) -> Entry:
    """Return an entry as the first of a sheet: under what it stands is said again there."""
    return replace(entry, lines=(*entry.heading, *entry.lines))


def _still_easy(text: int, buttons: int) -> bool:
    return text - 1 <= EASY_TEXT and buttons + ROOM_FOR_WAYS <= EASY_BUTTONS


def _with_ways(sheet: View, at: int, n: int, count: Count) -> View:
    """Add the ways to the sheets before and after; the number itself turns as well, so that no press is in vain."""
    if n == 1:
        return sheet
    back = [Button(f"⬅️ {at}", f"{TURN}:{at - 1}")] if at else []
    on = [Button(f"➡️ {at + 2}", f"{TURN}:{at + 1}")] if at < n - 1 else []
    number = Button(count(at + 1, n), f"{TURN}:{(at + 1) % n}")
    kept = _ways_out(sheet.rows)
    ways = tuple(tuple(_one_back(button, at) for button in row) for row in kept)
    return replace(sheet, rows=(*sheet.rows[: len(sheet.rows) - len(kept)], (*back, number, *on), *ways))


def _one_back(button: Button, at: int) -> Button:
    """Let the way back lead to the sheet before: there one came from."""
    return replace(button, data=f"{TURN}:{at - 1}") if button.place is Place.BACK and at else button


def _ways_out(rows: Rows) -> Rows:
    """Return the rows that stand below everything: a screen's bar, or else the last one."""
    bar = tuple(row for row in rows if any(button.place in OF_EVERY_PAGE for button in row))
    return bar or rows[-1:]
