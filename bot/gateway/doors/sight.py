"""What a request may see of the house and do in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.requests import Request

from bot.gateway.chats import NotThere, UploadedFile
from bot.gateway.events import Reader
from bot.gateway.house import House
from bot.gateway.rooms import no_chat


class Sight:
    """What a request may see of the house and do in it: everything, as in the demo."""

    def __init__(self, house: House) -> None:
        self.house = house

    @property
    def joined(self) -> bool:
        """Whether there is anything to see."""
        return True

    def sees(self, chat_id: int) -> bool:
        return True

    def act(self) -> None:
        """Count a press or a text, before it is read."""

    def listen(self) -> None:
        """Count a sentence that is to be spoken."""

    def chats(self) -> list[dict[str, Any]]:
        return [chat for chat in self.house.chats() if self.sees(chat["id"])]

    def document(self, file_id: str) -> UploadedFile:
        return self.house.document(file_id)

    @asynccontextmanager
    async def watch(self) -> AsyncIterator[Reader]:
        """Hear of everything that happens from now on."""
        async with self.house.subscribe() as reader:
            yield reader


def chat_of(sight: Sight, request: Request) -> int:
    """The chat that is asked for; another's is answered as one that does not exist."""
    given = request.path_params["chat_id"]
    try:
        chat_id = int(given)
    except ValueError:
        raise NotThere(f"There is no chat {given!r}; a chat's id is a number.") from None
    if not sight.sees(chat_id):
        raise no_chat(chat_id)
    return chat_id
