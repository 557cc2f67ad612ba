"""What a method takes, read strictly: parameters come as JSON values or, over a form, as JSON in a string."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.gateway.chats import BotApiError, Button, Keyboard, UploadedFile
from bot.gateway.doors.bodies import parsed

Reader = Callable[[Any], Any]
STYLES = ("primary", "success", "danger")
BUTTON_FIELDS = {"text", "callback_data", "url", "style"}
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "document": "there is no document in the request",
    "file_id": "invalid file_id: no file_id specified",
}


def bad(what: str) -> BotApiError:
    return BotApiError(400, f"Bad Request: {what}")


def not_written() -> BotApiError:
    """What keeps the file from being written is none of the bot's: it is told that nothing is shown, in fixed words."""
    return BotApiError(500, "Internal Server Error: The house network cannot write its file")


def units(text: str) -> int:
    """The length of a text as the Bot API counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def text(value: Any) -> str:
    """A string that can be stored; half a surrogate pair, which JSON can carry, cannot."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise bad("a String was expected")
    try:
        return value.encode().decode()
    except UnicodeEncodeError:
        raise bad("strings must be encoded in UTF-8") from None


def integer(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise bad("a Number was expected")
    try:
        return int(value)
    except ValueError:
        raise bad("a Number was expected") from None


def flag(value: Any) -> bool:
    return value is True or (isinstance(value, str) and value.lower() in ("true", "yes", "1"))


def switch(value: Any) -> bool:
    """A yes or no that is no other's: what decides about secrets is not guessed."""
    if value in ("true", "false"):
        return bool(value == "true")
    if not isinstance(value, bool):
        raise bad("a Boolean was expected")
    return value


def array(value: Any) -> list[Any]:
    found: list[Any] = _json(value, list, "an Array was expected")
    return found


def mapping(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = _json(value, dict, "an Object was expected")
    return found


def _json(value: Any, kind: type, complaint: str) -> Any:
    try:
        found = parsed(value) if isinstance(value, str) else value
    except ValueError:
        raise bad("can't parse a parameter as JSON") from None
    if isinstance(found, tuple) and kind is list:
        return list(found)
    if not isinstance(found, kind):
        raise bad(complaint)
    return found


def chat_id(value: Any) -> int:
    try:
        return integer(value)
    except BotApiError:
        raise bad("chat not found") from None


def message_ids(value: Any) -> list[int]:
    found = [integer(one) for one in array(value)]
    if not found:
        raise bad(MISSING["message_ids"])
    if len(found) > 100:
        raise bad("too many message identifiers specified")
    if min(found) <= 0:
        raise bad("invalid message identifier specified")
    return found


def content(value: Any) -> str:
    """A message's text: the real server strips it and counts UTF-16 code units."""
    found = text(value).strip()
    if not found:
        raise bad(MISSING["text"])
    if units(found) > 4096:
        raise bad("message is too long")
    return found


def caption(value: Any) -> str:
    found = text(value).strip()
    if units(found) > 1024:
        raise bad("message caption is too long")
    return found


def toast(value: Any) -> str:
    found = text(value)
    if units(found) > 200:
        raise bad("MESSAGE_TOO_LONG")
    return found


def upload(value: Any) -> UploadedFile:
    if not isinstance(value, UploadedFile):
        raise bad(MISSING["document"])
    if not value.content:
        raise bad("file must be non-empty")
    return value


def update_kinds(value: Any) -> list[str]:
    """The house has two kinds of updates; whoever wants fewer is told, rather than given what was not asked for."""
    found = [text(one) for one in array(value)]
    if found and not {"message", "callback_query"} <= set(found):
        raise bad("allowed_updates must hold message and callback_query, or be empty")
    return found


def keyboard(value: Any) -> Keyboard:
    found = mapping(value)
    if set(found) - {"inline_keyboard"}:
        raise bad("reply_markup can only be an inline_keyboard here")
    rows = [_row(row) for row in array(found.get("inline_keyboard", []))]
    return tuple(row for row in rows if row)


def _row(value: Any) -> tuple[Button, ...]:
    if not isinstance(value, list | tuple):
        raise bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    return tuple(_button(one) for one in value)


def _button(value: Any) -> Button:
    fields = {name: text(one) for name, one in mapping(value).items()}
    if unknown := sorted(set(fields) - BUTTON_FIELDS):
        raise bad(f"can't parse inline keyboard button: unknown field {unknown[0]}")
    if not fields.get("text"):
        raise bad('can\'t parse inline keyboard button: field "text" must be a non-empty String')
    return Button(fields["text"], _data(fields), fields.get("url"), _style(fields.get("style", "")))


def _data(fields: Mapping[str, str]) -> str | None:
    data = fields.get("callback_data", "")
    if not data and not fields.get("url"):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(data.encode()) > 64:
        raise bad("BUTTON_DATA_INVALID")
    return data or None


def _style(style: str) -> str | None:
    if style in ("", "default"):
        return None
    if style not in STYLES:
        raise bad("can't parse inline keyboard button: invalid button style specified")
    return style


@dataclass(frozen=True)
class Method:
    """One method of the closed list: who answers it, what it needs and what else it takes."""

    answer: Callable[..., Awaitable[Any]]
    needs: Mapping[str, Reader] = field(default_factory=dict)
    takes: Mapping[str, Reader] = field(default_factory=dict)

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Every parameter in its own type; an empty string counts as not given, as on the real server."""
        readers = {**self.needs, **self.takes}
        if unknown := sorted(set(given) - set(readers)):
            raise bad(f"unknown parameter {unknown[0]}; known here: {', '.join(readers) or 'none'}")
        present = {name: value for name, value in given.items() if value is not None and value != ""}
        for name in self.needs:
            if name not in present:
                raise bad(MISSING.get(name, f"parameter {name} is not specified"))
        return {name: readers[name](value) for name, value in present.items()}
