"""What a page of the house network needs beyond text and buttons: nothing depends on it anywhere else."""

from dataclasses import asdict
from typing import Any

from bot.domain.chat.looks import Part, Piece, Place
from bot.domain.chat.messages import Button, Entry, Line, View

BELOW = {Place.BACK, Place.BAR}
AROUND = {*BELOW, Place.HEAD}
"""Where what stands is on every page."""

Face = dict[str, Any]
"""Plain data, as it travels beside a message; what is as it mostly is, is left out."""


def face(view: View) -> Face | None:
    """Return how a sheet of a kiosk's page is drawn; a view that says nothing of it is a message like any other."""
    if view.look is None:
        return None
    lines, rows = _without_cards(view)
    every = [each for row in rows for each in row]
    tiles = [[button for button in row if button.place not in AROUND] for row in rows]
    told: Face = {
        "look": view.look,
        "language": view.language,
        "lines": [_line(each) for each in lines],
        "cards": [_card(each) for each in view.cards],
        "rows": [[_button(each) for each in row] for row in tiles if row],
        "bar": [_button(each) for each in every if each.place in BELOW],
        "above": [_button(each) for each in every if each.place is Place.HEAD],
    }
    if view.head:
        told["head"] = asdict(view.head)
    if view.until:
        told["until"] = view.until.isoformat()
    if not view.neutral:
        told["personal"] = True
    return told


def _without_cards(view: View) -> tuple[tuple[Line, ...], tuple[tuple[Button, ...], ...]]:
    """Return what stands above the cards, and below them."""
    lines, rows = sum(len(each.lines) for each in view.cards), sum(len(each.rows) for each in view.cards)
    return view.lines[: len(view.lines) - lines], view.rows[rows:]


def _card(entry: Entry) -> Face:
    return {
        "lines": [_line(each) for each in entry.lines],
        "rows": [[_button(one) for one in row] for row in entry.rows],
    }


def _line(line: Line) -> Face:
    told: Face = {"text": line.text}
    if line.part is not Part.SAID:
        told["part"] = line.part
    if line.spoken:
        told["spoken"] = line.spoken
    if line.pieces:
        told["pieces"] = _pieces(line.pieces)
    if line.steps:
        told["steps"] = [{"text": each.text, "done": each.done} for each in line.steps]
    return told


def _button(button: Button) -> Face:
    told: Face = {"text": button.text, "data": button.data}
    if button.style:
        told["style"] = button.style
    if button.place in {Place.WIDE, Place.BACK}:
        told["place"] = button.place
    if button.pieces:
        told["pieces"] = _pieces(button.pieces)
    return told


def _pieces(pieces: tuple[Piece, ...]) -> list[Face]:
    return [{"text": each.text} | ({"language": each.language} if each.language else {}) for each in pieces]
