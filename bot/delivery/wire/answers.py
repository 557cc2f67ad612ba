"""Reading what a Bot API server answers on our own side of the line: nothing that was not expected comes further.

The chat library writes an answer that it cannot read into the log and into its error, as it came; and what it came with
may be the request itself, quoted by a proxy's page: the token, and what people wrote.
"""

import json
import math
import re
from collections.abc import Callable
from typing import Any

from bot.delivery.wire.troubles import MOST_SILENCE, SOME_SILENCE, NotUnderstood, TurnedAway

MOST_DEPTH = 64
MOST_ID = 2**52
TOO_MANY = 429
SAYS = {
    401: "is the address right?",
    403: "it lets nothing through",
    404: "is the address right?",
    407: "a proxy on the way asks for a user and a password",
    413: "it takes nothing of this size",
}

KNOWN = re.compile(
    "|".join(
        (
            r"Unauthorized",
            r"Not Found(: method not found)?",
            r"(Bad Gateway|Gateway Timeout|Request Entity Too Large)",
            r"Internal Server Error(: The house network cannot write its file)?",
            r"Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            r"Conflict: can't use getUpdates method while webhook is active(; use deleteWebhook to delete the "
            r"webhook first)?",
            r"Forbidden: (bot was blocked by the user|user is deactivated|bots can't send messages to bots)",
            r"Forbidden: bot can't (initiate conversation with a user|send messages to bots)",
            r"Bad Request: message is not modified(: specified new message content and reply markup are exactly the "
            r"same as a current content and reply markup of the message)?",
            r"Bad Request: message (to edit|to delete|to be replied) not found",
            r"Bad Request: message can't be (edited|deleted( for everyone)?)",
            r"Bad Request: (chat|user|message) not found",
            r"Bad Request: chat_id is empty",
            r"Bad Request: message (text is empty|is too long|caption is too long)",
            r"Bad Request: message (identifier is not specified|identifiers are not specified)",
            r"Bad Request: (invalid message identifier|invalid message id|too many message identifiers) specified",
            r"Bad Request: there is no (text|caption) in the message to edit",
            r"Bad Request: there is no document in the request",
            r"Bad Request: query is too old and response timeout expired or query ID is invalid",
            r"Bad Request: (strings|text) must be encoded in UTF-8",
            r"Bad Request: (file must be non-empty|wrong file identifier/HTTP URL specified|invalid file_id)",
            r"Bad Request: can't parse (reply keyboard markup|inline keyboard) JSON object",
            r"Bad Request: can't parse inline keyboard button: (Text buttons are unallowed in the inline keyboard|"
            r"invalid button style specified)",
            r"Bad Request: (can't parse a parameter as JSON|can't parse the body|too many commands specified)",
            r"Bad Request: a(n)? (Number|String|Array|Object|Boolean) was expected",
            r"Bad Request: (have no rights to send a message|group chat was upgraded to a supergroup chat)",
            r"Bad Request: (BUTTON_DATA_INVALID|BUTTON_URL_INVALID|BUTTON_TYPE_INVALID|REPLY_MARKUP_TOO_LONG)",
            r"Bad Request: (MESSAGE_TOO_LONG|MESSAGE_ID_INVALID|MESSAGE_NOT_MODIFIED|PEER_ID_INVALID)",
            r"Bad Request: (BOT_COMMAND_INVALID|BOT_COMMAND_DESCRIPTION_INVALID|USER_ID_INVALID|QUERY_ID_INVALID)",
            r"Bad Request: (CHAT_WRITE_FORBIDDEN|INPUT_USER_DEACTIVATED|USER_IS_BLOCKED|MESSAGE_DELETE_FORBIDDEN)",
        )
    )
)
"""The refusals that are known: only these are kept word by word, for others might quote what was asked."""

UNKNOWN = "a refusal in words that the hub does not know"


def read(method: str, status: int, body: bytes) -> bytes:
    """Return an answer that the chat library can read, or raise: TurnedAway where nothing was carried out.

    NotUnderstood says that nobody knows. A refusal keeps its words where they are known ones; «too much» always says
    for how long, and never for more than an hour.
    """
    found = _object(body)
    if status == TOO_MANY:
        return _refusal(status, "Too Many Requests", retry_after=_silence(found))
    if found is None or not isinstance(found.get("ok"), bool):
        raise _none(status)
    if found["ok"] is False and status >= 400:
        description = found.get("description")
        known = isinstance(description, str) and KNOWN.fullmatch(description)
        return _refusal(status, str(description) if known else UNKNOWN)
    if found["ok"] is False or status != 200 or "result" not in found or not _fits(method, found["result"]):
        raise _none(status)
    return body


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None
    shallow = body.count(b"[") + body.count(b"{") <= MOST_DEPTH
    return found if isinstance(found, dict) and (shallow or _depth(found) <= MOST_DEPTH) else None


def _no_number(_name: str) -> float:
    raise ValueError


def _depth(found: Any) -> int:
    depth, level = 0, [found]
    while level and depth <= MOST_DEPTH:
        depth += 1
        inside = [each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list)]
        level = [value for values in inside for value in values]
    return depth


def _none(status: int) -> TurnedAway | NotUnderstood:
    if 300 <= status < 400:
        return TurnedAway(f"its address sends elsewhere, where nothing is sent ({status})")
    if 400 <= status < 500:
        return TurnedAway(f"something on the way answers in its place ({status}): {SAYS.get(status, 'look there')}")
    return NotUnderstood(f"what answers is no Bot API server, or answers half ({status})")


def _refusal(status: int, description: str, **parameters: int) -> bytes:
    more = {"parameters": parameters} if parameters else {}
    return json.dumps({"ok": False, "error_code": status, "description": description, **more}).encode()


def _silence(found: dict[str, Any] | None) -> int:
    parameters = found.get("parameters") if found else None
    asked = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(asked, bool) or not isinstance(asked, int | float) or not 0 < asked < math.inf:
        return SOME_SILENCE
    return math.ceil(min(asked, MOST_SILENCE))


def _fits(method: str, result: Any) -> bool:
    return RESULTS.get(method, _anything)(result)


def _anything(_result: Any) -> bool:
    return True


def _is_list(result: Any) -> bool:
    return isinstance(result, list)


def _is_true(result: Any) -> bool:
    return result is True


def _is_bot(result: Any) -> bool:
    names = ("first_name", "username")
    return _has_id(result, "id") and all(isinstance(result.get(name), str) for name in names)


def _is_message(result: Any) -> bool:
    return _has_id(result, "message_id")


def _is_message_or_true(result: Any) -> bool:
    return result is True or _is_message(result)


def _has_id(result: Any, name: str) -> bool:
    found = result.get(name) if isinstance(result, dict) else None
    return isinstance(found, int) and not isinstance(found, bool) and 0 < found < MOST_ID


RESULTS: dict[str, Callable[[Any], bool]] = {
    "getMe": _is_bot,
    "getUpdates": _is_list,
    "sendMessage": _is_message,
    "sendDocument": _is_message,
    "editMessageText": _is_message_or_true,
    "editMessageCaption": _is_message_or_true,
    "deleteMessage": _is_true,
    "answerCallbackQuery": _is_true,
    "setMyCommands": _is_true,
    "deleteMyCommands": _is_true,
}
"""What each method that the hub calls answers with, as far as the hub reads it."""
