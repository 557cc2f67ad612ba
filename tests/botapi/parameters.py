"""What each method takes, as the Bot API's documentation has it; refusals are in the real server's words."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

TEXT_UNITS, CAPTION_UNITS, DATA_BYTES, TOAST_UNITS = 4096, 1024, 64, 200
FLAGS = {"true": True, "false": False, "True": True, "False": False}


class Refused(Exception):
    """What the server answers with ``ok: false``."""

    def __init__(self, code: int, description: str, **parameters: object) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    def body(self) -> bytes:
        """Return the answer as the server writes it."""
        more = {"parameters": self.parameters} if self.parameters else {}
        return json.dumps({"ok": False, "error_code": self.code, "description": self.description, **more}).encode()


def bad(what: str) -> Refused:
    return Refused(400, f"Bad Request: {what}")


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes


def units(text: str) -> int:
    """Return a text's length as the Bot API counts it: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def number(given: Any) -> int:
    try:
        return int(given)
    except (TypeError, ValueError):
        raise bad("field must be of type Number") from None


def text(given: Any) -> str:
    if not str(given).strip():
        raise bad("message text is empty")
    if units(str(given)) > TEXT_UNITS:
        raise bad("message is too long")
    return str(given)


def caption(given: Any) -> str:
    if units(str(given)) > CAPTION_UNITS:
        raise bad("message caption is too long")
    return str(given)


def toast(given: Any) -> str:
    if units(str(given)) > TOAST_UNITS:
        raise bad("MESSAGE_TOO_LONG")
    return str(given)


def flag(given: Any) -> bool:
    if given not in FLAGS:
        raise bad("field must be of type Boolean")
    return FLAGS[given]


def parsed(given: Any) -> Any:
    try:
        return json.loads(given)
    except (TypeError, ValueError):
        raise bad("can't parse JSON encoded object") from None


def kinds(given: Any) -> list[str]:
    found = parsed(given)
    if not (isinstance(found, list) and all(isinstance(each, str) for each in found)):
        raise bad("can't parse allowed updates JSON object")
    return found


def keyboard(given: Any) -> list[list[dict[str, Any]]]:
    """Read an inline keyboard: every button has words and one thing that it does."""
    found = parsed(given)
    rows = found.get("inline_keyboard") if isinstance(found, dict) else None
    if not (isinstance(rows, list) and all(isinstance(row, list) for row in rows)):
        raise bad("can't parse reply keyboard markup JSON object")
    for button in [button for row in rows for button in row]:
        if not (isinstance(button, dict) and button.get("text") and ("callback_data" in button) != ("url" in button)):
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA_BYTES:
            raise bad("BUTTON_DATA_INVALID")
    return [row for row in rows if row]


def commands(given: Any) -> list[dict[str, str]]:
    found = parsed(given)
    if not isinstance(found, list) or not all(set(each) == {"command", "description"} for each in found):
        raise bad("can't parse list of bot commands JSON object")
    return found


def scope(given: Any) -> int | None:
    """Return the chat that commands are for; None where they are for every chat."""
    found = parsed(given)
    if not isinstance(found, dict) or found.get("type") not in {"default", "chat"}:
        raise bad("can't parse BotCommandScope: unsupported type specified")
    return number(found["chat_id"]) if found["type"] == "chat" else None


def upload(given: Any) -> Upload:
    if not isinstance(given, Upload):
        raise bad("there is no document in the request")
    if not given.content:
        raise bad("file must be non-empty")
    return given


Read = Callable[[Any], Any]
NEEDED: dict[str, dict[str, Read]] = {
    "getme": {},
    "getupdates": {},
    "sendmessage": {"chat_id": number, "text": text},
    "senddocument": {"chat_id": number, "document": upload},
    "editmessagetext": {"chat_id": number, "message_id": number, "text": text},
    "editmessagecaption": {"chat_id": number, "message_id": number},
    "deletemessage": {"chat_id": number, "message_id": number},
    "answercallbackquery": {"callback_query_id": str},
    "setmycommands": {"commands": commands},
    "deletemycommands": {},
}
ALSO: dict[str, dict[str, Read]] = {
    "getupdates": {"offset": number, "limit": number, "timeout": number, "allowed_updates": kinds},
    "sendmessage": {"reply_markup": keyboard},
    "senddocument": {"caption": caption, "reply_markup": keyboard},
    "editmessagetext": {"reply_markup": keyboard},
    "editmessagecaption": {"caption": caption, "reply_markup": keyboard},
    "answercallbackquery": {"text": toast, "show_alert": flag},
    "setmycommands": {"scope": scope},
    "deletemycommands": {"scope": scope},
}
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "document": "there is no document in the request",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "commands": "can't parse list of bot commands JSON object",
}


def read(method: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a call's parameters; one that the documentation does not have raises ValueError: that is our own fault."""
    needed, also = NEEDED[method], ALSO.get(method, {})
    if unknown := set(given) - set(needed) - set(also):
        raise ValueError(f"{method} has no {', '.join(sorted(unknown))}")
    for name in needed:
        if name not in given:
            raise bad(MISSING[name])
    return {name: (needed | also)[name](value) for name, value in given.items()}
