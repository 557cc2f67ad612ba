"""The commands that a chat offers, kept in notes of the house by the scope they are set for."""

import json
from collections.abc import Mapping
from typing import Any


def chat_scope(chat: int) -> dict[str, object]:
    return {"type": "chat", "chat_id": chat}


def commands_of(scope: object, language_code: str = "") -> str:
    """The name of the note that keeps the commands of a scope."""
    return f"commands {json.dumps(scope or {'type': 'default'}, sort_keys=True)} {language_code}"


def menu(notes: Mapping[str, str], chat: int) -> Any:
    """The commands of a chat, as its page is given them."""
    return json.loads(notes.get(commands_of(chat_scope(chat)), "[]"))
