"""A Bot API server as its documentation describes it: strict, in memory, with a clock that can be moved."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from aiohttp import web

from tests.botapi.parameters import NEEDED, Refused, Upload, bad, read

TOKEN = "1234567890:CANARY-token-of-nobody-at-all-xyz"
START, DELETABLE, QUERY_LIVES = 1_800_000_000, 48 * 3600, 900
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
Told = dict[str, Any]


@dataclass
class Chat:
    """A private chat. Message ids are its own and never come again."""

    id: int
    messages: dict[int, Told] = field(default_factory=dict)
    commands: list[dict[str, str]] | None = None
    blocked: bool = False
    last: int = 0


@dataclass
class BotApi:
    """One bot's server. ``calls`` is what it was asked; ``unheard`` what the documentation does not have."""

    token: str = TOKEN
    now: int = START
    chats: dict[int, Chat] = field(default_factory=dict)
    updates: list[Told] = field(default_factory=list)
    calls: list[tuple[str, Told]] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)
    toasts: dict[str, str | None] = field(default_factory=dict)
    slow_down: list[Told] = field(default_factory=list)
    webhook: bool = False
    polls_short: bool = False
    commands: list[dict[str, str]] | None = None
    _queries: dict[str, int] = field(default_factory=dict)
    _numbers: Any = field(default_factory=lambda: count(1))
    _poll: asyncio.Future[None] | None = None

    # ── what people do ──

    def open(self, chat_id: int) -> Chat:
        """Let somebody begin a chat."""
        return self.chats.setdefault(chat_id, Chat(chat_id))

    def says(self, chat_id: int, words: str) -> None:
        """Let somebody write to the bot."""
        chat = self.open(chat_id)
        self.arrives({"message": self._add(chat, {"from": _user(chat_id), "text": words})})

    def presses(self, chat_id: int, message_id: int, data: str) -> str:
        """Let somebody press a button; return the query's id."""
        query = str(next(self._numbers))
        self._queries[query] = self.now
        about = {"id": query, "from": _user(chat_id), "chat_instance": "1", "data": data}
        self.arrives({"callback_query": about | {"message": self.chats[chat_id].messages[message_id]}})
        return query

    def arrives(self, update: Told, number: int | None = None) -> None:
        """Queue an update."""
        self.updates.append({"update_id": number or next(self._numbers), **update})
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def shown(self, chat_id: int) -> list[str]:
        """Return the words that the bot shows in a chat."""
        messages = self.chats[chat_id].messages.values() if chat_id in self.chats else ()
        return [str(each.get("text", each.get("caption", ""))) for each in messages if each["from"]["is_bot"]]

    # ── what the bot asks ──

    async def answer(self, method: str, given: Mapping[str, Any]) -> Any:
        """Carry a method out; names are case-insensitive, as on the real server."""
        name = method.lower()
        if name not in NEEDED:
            raise Refused(404, "Not Found: method not found")
        try:
            asked = read(name, given)
        except ValueError as fault:
            self.unheard.append(str(fault))
            raise bad("unknown parameter") from None
        self.calls.append((name, asked))
        if name not in {"getme", "getupdates"} and self.slow_down:
            raise Refused(429, "Too Many Requests: retry after 1", **self.slow_down.pop(0))
        found = getattr(self, f"_{name}")(**asked)
        return await found if asyncio.iscoroutine(found) else found

    def _getme(self) -> Told:
        return {**_me(self), "can_join_groups": False, "can_read_all_group_messages": False}

    async def _getupdates(self, offset: int = 0, limit: int = 100, **waiting: Any) -> list[Told]:
        if self.webhook:
            raise Refused(409, WEBHOOK)
        if self._poll and not self._poll.done():
            self._poll.set_exception(Refused(409, CONFLICT))
        if offset < 0:
            self.updates = self.updates[offset:]
        elif offset:
            self.updates = [each for each in self.updates if each["update_id"] >= offset]
        if not self.updates and not self.polls_short:
            await self._wait(min(max(waiting.get("timeout", 0), 0), 50))
        return self.updates[: min(max(limit, 1), 100)]

    async def _wait(self, seconds: int) -> None:
        self._poll = poll = asyncio.get_running_loop().create_future()
        await asyncio.wait({poll}, timeout=seconds)
        if poll.done():
            poll.result()
        poll.cancel()  # it is over: the next one ends nobody's

    def _sendmessage(self, chat_id: int, text: str, reply_markup: Any = ()) -> Told:
        return self._add(self._chat(chat_id), {"from": _me(self), "text": text, **_markup(reply_markup)})

    def _senddocument(self, chat_id: int, document: Upload, caption: str = "", reply_markup: Any = ()) -> Told:
        about = {"file_id": document.name, "file_unique_id": document.name, "file_name": document.name}
        content = {"from": _me(self), "document": about, "caption": caption}
        return self._add(self._chat(chat_id), content | _markup(reply_markup))

    def _editmessagetext(self, chat_id: int, message_id: int, text: str, reply_markup: Any = ()) -> Told:
        return self._edit(chat_id, message_id, {"text": text}, reply_markup)

    def _editmessagecaption(self, chat_id: int, message_id: int, caption: str = "", reply_markup: Any = ()) -> Told:
        return self._edit(chat_id, message_id, {"caption": caption}, reply_markup)

    def _deletemessage(self, chat_id: int, message_id: int) -> bool:
        messages = self._chat(chat_id).messages
        if message_id not in messages:
            raise bad("message to delete not found")
        if messages[message_id]["date"] < self.now - DELETABLE:
            raise bad("message can't be deleted for everyone")
        del messages[message_id]
        return True

    def _answercallbackquery(self, callback_query_id: str, text: str | None = None, show_alert: bool = False) -> bool:
        asked = self._queries.pop(callback_query_id, None)
        if asked is None or asked < self.now - QUERY_LIVES:
            raise bad(TOO_OLD)
        self.toasts[callback_query_id] = text
        return True

    def _setmycommands(self, commands: list[dict[str, str]], scope: int | None = None) -> bool:
        place: BotApi | Chat = self if scope is None else self._chat(scope)
        place.commands = commands
        return True

    def _deletemycommands(self, scope: int | None = None) -> bool:
        place: BotApi | Chat = self if scope is None else self._chat(scope)
        place.commands = None
        return True

    def _chat(self, chat_id: int) -> Chat:
        if chat_id not in self.chats:
            raise bad("chat not found")
        if self.chats[chat_id].blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        return self.chats[chat_id]

    def _add(self, chat: Chat, content: Told) -> Told:
        chat.last += 1
        about = {"message_id": chat.last, "date": self.now, "chat": {"id": chat.id, "type": "private"}}
        chat.messages[chat.last] = about | content
        return chat.messages[chat.last]

    def _edit(self, chat_id: int, message_id: int, words: Told, reply_markup: Any) -> Told:
        before = self._chat(chat_id).messages.get(message_id)
        if before is None:
            raise bad("message to edit not found")
        if not before["from"]["is_bot"]:
            raise bad("message can't be edited")
        if next(iter(words)) not in before:
            raise bad(f"there is no {next(iter(words))} in the message to edit")
        after = {name: before[name] for name in before if name != "reply_markup"} | words | _markup(reply_markup)
        if after == {name: before[name] for name in before if name != "edit_date"}:
            raise bad(NOT_MODIFIED)
        self.chats[chat_id].messages[message_id] = after
        return after

    # ── over HTTP ──

    async def over_http(self, request: web.Request) -> web.Response:
        """Answer a request with the parameters in its address or its body."""
        try:
            if request.match_info["token"] != self.token:
                raise Refused(401, "Unauthorized")
            result = await self.answer(request.match_info["method"], await _given(request))
        except Refused as refused:
            return web.Response(body=refused.body(), status=refused.code, content_type="application/json")
        return web.json_response({"ok": True, "result": result})

    @asynccontextmanager
    async def served(self, ssl: Any = None) -> AsyncIterator[str]:
        """Listen on a free port of this machine; give the address."""
        async with listening(self.over_http, "/bot{token}/{method}", ssl) as address:
            yield address


_BOT = {"is_bot": True, "first_name": "Samtalelapp", "username": "samtalelapp_bot"}


def _me(server: BotApi) -> Told:
    return {"id": int(server.token.partition(":")[0]), **_BOT}


def _user(chat_id: int) -> Told:
    return {"id": chat_id, "is_bot": False, "first_name": "CANARYname"}


def _markup(rows: Any) -> Told:
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


async def _given(request: web.Request) -> Told:
    if request.content_type == "application/json":
        # As the real one: what is no string counts as the JSON that it is.
        found = (await request.json()).items()
        return {name: each if isinstance(each, str) else json.dumps(each) for name, each in found}
    posted = await request.post()
    files = {name: _upload(each) for name, each in posted.items() if isinstance(each, web.FileField)}
    return {**request.query, **posted, **files}


def _upload(field: web.FileField) -> Upload:
    return Upload(field.filename, field.file.read())


@asynccontextmanager
async def listening(handler: Any, path: str, ssl: Any = None) -> AsyncIterator[str]:
    """Serve one handler on a free port of this machine; give the address."""
    app = web.Application()
    app.router.add_route("*", path, handler)
    runner = web.AppRunner(app, handle_signals=False, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=ssl)
        await site.start()
        port = runner.addresses[0][1]
        yield f"{'https' if ssl else 'http'}://127.0.0.1:{port}"
    finally:
        await runner.cleanup()
