"""Living pages: messages in chats of the staff that always say what is true now."""

from bot.domain.people import Person
from bot.store import messages
from bot.store.people import person_of
from bot.usecases.turn import Turn


async def of_staff(turn: Turn) -> list[tuple[Person, str]]:
    """Return whose chat shows which living page, by its key."""
    return [(person_of(row), key) for row, key in await messages.pages_of_staff(turn.tx)]
