"""What is said of the access log: its parts, and what it calls a reminder, or a message, that came too late."""

from bot.domain.chat.owed import CAN_BE_TOO_LATE
from bot.domain.chat.uses import Span
from bot.domain.reminders import CAN_BE_OUTLIVED, Kind
from bot.domain.whole import Whole
from bot.usecases import audit
from handlers.chat.words import Say

TITLES: Whole[str, Say] = Whole(
    "the parts of the access log",
    (audit.EVERYTHING, *audit.ONLY),
    {
        audit.EVERYTHING: lambda _: _("🗂️ The access log"),
        audit.REFUSED: lambda _: _("🗂️ Refused attempts"),
        audit.READ: lambda _: _("🗂️ What was read"),
    },
)

REMINDERS: Whole[Kind, Say] = Whole(
    "the reminders that can come too late",
    CAN_BE_OUTLIVED,
    {
        Kind.MORNING: lambda _: _("the day's page in the morning"),
        Kind.THEME_NIGHT_TOMORROW: lambda _: _("that there is a theme night the next day"),
        Kind.THEME_NIGHT_TODAY: lambda _: _("that there is a theme night the same day"),
        Kind.TOMORROW: lambda _: _("that there are talks the next day"),
        Kind.TODAY: lambda _: _("that there are talks the same day"),
    },
)

MESSAGES: Whole[Span, Say] = Whole(
    "the messages that can come too late",
    CAN_BE_TOO_LATE,
    {
        Span.MOMENT: lambda _: _("the answer to a press or a line"),
        Span.ASKED_TODAY: lambda _: _("a page that was asked for"),
        Span.DAY: lambda _: _("news of that day"),
        Span.DAY_BEFORE: lambda _: _("what the next day brings"),
        Span.CARD: lambda _: _("the card of a slip"),
        Span.HALF_OF_PROMISE: lambda _: _("that half of a promise is over"),
        Span.BROKEN_PROMISE: lambda _: _("that a promise was not kept"),
        Span.UNTOLD_TALK: lambda _: _("the question how a talk went"),
        Span.WAITING_SLIP: lambda _: _("that a slip waits"),
        Span.NEWS_FOR_INMATE: lambda _: _("an answer to tell an inmate"),
        Span.THEME_NIGHT_AHEAD: lambda _: _("news of a theme night"),
        Span.RUNNING_NOTICE: lambda _: _("news of a notice"),
        Span.SILENT_CHAT: lambda _: _("that a chat takes no messages"),
        Span.CLOSED_SCREEN: lambda _: _("that a screen takes no codes"),
    },
)
