"""What is said when files were put back from an earlier day, and when a slip of that time is pressed."""

import re
from datetime import datetime

from telegram import Update

from bot.domain.chat.messages import STRAY, Button, Line, Reader, View
from bot.domain.chat.uses import STANDS
from bot.domain.people import STAFF
from bot.domain.refusals import Stale
from bot.domain.reminders import Kind
from bot.domain.together import Older
from bot.usecases.chat import accounts, put_back
from handlers.chat.context import Context
from handlers.chat.lines import FIELDS, tap
from handlers.said.put_back import LOST

PREFIX = "put_back:"
SLIP = re.compile(rf"(?:\A|:)({FIELDS['slip']})(?:\Z|:)")


async def tell(context: Context, about: str) -> None:
    """Tell the coordinator from when on something may be missing; it stays until somebody takes it away."""
    what, _slash, since = about.partition("/")
    for person in await accounts.told(context.turn):
        context.tell(person.id, f"{PREFIX}{about}", STANDS, lambda reader: _view(context, reader, Older(what), since))


def _view(context: Context, reader: Reader, what: Older, since: str) -> View:
    _ = context.words_for(reader.language)
    when = _.day_and_time(datetime.fromisoformat(since)) if since else _("an earlier day")
    away = Button(_("🗑️ Take away"), "put_back")
    return View(tuple(map(Line, LOST[what](_, when))), ((away,),))


async def put_away(_update: Update, context: Context) -> None:
    """Take it away."""
    if not (context.turn.pressed or "").startswith(PREFIX):
        raise Stale
    context.show_for(lambda _reader: None)


async def gone(update: Update, context: Context) -> bool:
    """Where a card is pressed of a slip that is not there: let it say so, without buttons; say whether it was that."""
    query = update.callback_query
    strays = query is not None and context.turn.pressed is None and bool(context.turn.actor.role & STAFF)
    found = SLIP.search(query.data or "") if query and strays else None
    message = update.effective_message
    if found is None or message is None or await put_back.is_there(context.turn, found[1]):
        return False
    _ = context.words
    words = _("Slip {code} is not here any more. Please call the hub if it still matters.", code=found[1])
    context.forget(update)
    context.show_at(f"{STRAY}{message.message_id}", STANDS, lambda _reader: View((Line(words),)))
    context.alert(words)
    return True


HANDLERS = [tap("put_back", put_away, may=STAFF)]

JOBS = {Kind.PUT_BACK: tell}
