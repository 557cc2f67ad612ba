"""What a message says: it stands in its row, or in memory alone where it is a secret that no file may tell."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.domain.chat import faces
from bot.domain.chat.messages import View
from bot.store.database import Row, Transaction


@dataclass(frozen=True, slots=True)
class Content:
    """A message's words, its buttons as the chat network has them, the recipe of its document, and how it looks."""

    text: str | None = field(default=None, repr=False)
    buttons: str | None = field(default=None, repr=False)
    recipe: str | None = field(default=None, repr=False)
    face: str | None = field(default=None, repr=False)


IN_MEMORY = Content(text="")
"""What stands in the row of a message that passes: that there is something to be shown, and not what."""


def said_in(view: View | None) -> Content:
    """Return what a view says; no view says nothing."""
    if view is None:
        return Content()
    return Content(view.text, keyboard(view), view.document.recipe if view.document else None, face(view))


def face(view: View) -> str | None:
    """Write how a view is drawn on a page of the house network."""
    drawn = faces.face(view)
    return json.dumps(drawn, ensure_ascii=False) if drawn else None


def keyboard(view: View) -> str:
    """Write a view's buttons as the chat network's inline keyboard."""
    return json.dumps(
        [
            [
                {"text": button.text, "callback_data": button.data} | ({"style": button.style} if button.style else {})
                for button in row
            ]
            for row in view.rows
        ]
    )


def written(view: View | None) -> dict[str, object]:
    """Return the columns that a view fills, and beside them what of it stands in none."""
    said, passes = said_in(view), view is not None and view.passing
    row = IN_MEMORY if passes else said
    columns = {"text": row.text, "buttons": row.buttons, "recipe": row.recipe, "face": row.face, "passing": int(passes)}
    return {**columns, "unwritten": said if passes else None}


def keep(tx: Transaction, wish: Mapping[str, Any]) -> None:
    """Remember what a wished message says where its row does not, and forget what it said before."""
    place = _place(wish)
    if wish["unwritten"] is None:
        tx.unwritten.pop(place, None)
    else:
        tx.unwritten[place] = wish["unwritten"]


def of(tx: Transaction, row: Row) -> Content:
    """Return what a message shall say; what nobody remembers any more shall not be there."""
    if not row["passing"] or row["text"] is None:
        return Content(row["text"], row["buttons"], row["recipe"], row["face"])
    remembered: Content = tx.unwritten.get(_place(row), Content())
    return remembered


async def take_passed_away(tx: Transaction) -> None:
    """After a restart: let every message disappear that nobody can show any more."""
    await tx.run(
        "UPDATE messages SET text = NULL, document_name = NULL, document_stamp = NULL, passing = 0, fault = NULL,"
        " revision = revision + 1 WHERE passing = 1"
    )


async def show_passing_again(tx: Transaction, network: str) -> None:
    """Where a network may have forgotten what passes, let it be shown once more."""
    await tx.run("UPDATE messages SET shown = 0 WHERE network = :network AND passing = 1", network=network)


def _place(row: Mapping[str, Any]) -> tuple[object, ...]:
    return "messages", row["network"], row["chat_id"], row["key"]
