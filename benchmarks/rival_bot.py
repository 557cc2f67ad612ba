"""The rival of P0 and P1: a bare echo bot as in the chat library's own examples, run in an environment of its own."""

import os

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

NEXT = {"mine": "home", "home": "mine"}


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Make the one call a tap: the pressed message says what was pressed, and can be pressed again."""
    if query := update.callback_query:
        button = InlineKeyboardButton("Once more", callback_data=NEXT[str(query.data)])
        await query.edit_message_text(f"You pressed {query.data}.", reply_markup=InlineKeyboardMarkup([[button]]))


def main() -> None:
    """Poll until stopped."""
    url, token = os.environ["SAMTALELAPP_HOUSE_URL"], os.environ["SAMTALELAPP_HOUSE_TOKEN"]
    application = Application.builder().token(token).base_url(f"{url}/bot").build()
    application.add_handler(CallbackQueryHandler(echo))
    application.run_polling()


if __name__ == "__main__":
    main()
