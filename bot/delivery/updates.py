"""What the dispatch reads in an update before anybody acts on it."""

from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType


def unfit(update: Update | None) -> str:
    """Say why nobody can act on an update, or nothing where somebody can."""
    if update is None or update.effective_chat is None:
        return "cannot be read as an update of a chat"
    # In a group everybody would act as the one whose account it is.
    return "" if update.effective_chat.type == ChatType.PRIVATE else "comes from a group"


def chat_of(update: Update) -> int:
    """Return in which chat it came."""
    return update.effective_chat.id if update.effective_chat else 0


def blocks(update: Update) -> bool:
    """Say whether it is the news that the chat takes no messages any more."""
    change = update.my_chat_member
    return change is not None and change.new_chat_member.status == ChatMemberStatus.BANNED


def about(update: Update) -> str:
    """Return what was pressed, without the ids in it."""
    data = update.callback_query.data if update.callback_query else None
    return (data or "message").split(":")[0]
