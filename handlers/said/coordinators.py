"""What is said to whoever sees to the house: what waits today, theme nights, notices, and which of several prisons."""

from collections.abc import Callable

from bot.domain.chat.messages import Button
from bot.domain.notices.plans import Style
from bot.domain.people import READERS, Person, Role
from bot.domain.theme_nights import plans as theme_night_plans
from bot.domain.theme_nights.theme_nights import State, Why
from bot.domain.today import Queue
from bot.domain.whole import Whole, all_but
from bot.usecases.prisons import ALL
from handlers.chat.context import Context
from handlers.chat.rows import Rows, mark, short
from handlers.chat.words import Say, Words

QUEUES: Whole[Queue, Callable[[Words, int], str]] = Whole(
    "what waits for the coordinator",
    Queue,
    {
        Queue.BROKEN: lambda _, n: _("❗ Broken promises, with the new date: {n}", n=n),
        Queue.BREAKING: lambda _, n: _("⏰ Promises about to break: {n}", n=n),
        Queue.OWNERLESS: lambda _, n: _("🙋 Slips without an owner: {n}", n=n),
        Queue.UNTOLD: lambda _, n: _("🗒️ Talks of which nobody has told: {n}", n=n),
        Queue.OFFERED: lambda _, n: _("🕐 Offers without an answer: {n}", n=n),
        Queue.WAITING: lambda _, n: _.n_("📥 {n} slip waits for an answer:", "📥 {n} slips wait for an answer:", n),
    },
)

ALL_OF: Whole[Queue, Say] = Whole(
    "the buttons to all that waits",
    Queue,
    {
        Queue.BROKEN: lambda _: _("❗ All broken"),
        Queue.BREAKING: lambda _: _("⏰ All that may break"),
        Queue.OWNERLESS: lambda _: _("🙋 All without owner"),
        Queue.UNTOLD: lambda _: _("🗒️ All not told of"),
        Queue.OFFERED: lambda _: _("🕐 All offers"),
        Queue.WAITING: lambda _: _("📥 What waits"),
    },
)

PARTS: Whole[State, Say] = Whole(
    "the parts of the list of theme nights",
    State,
    {
        State.DRAFT: lambda _: _("Drafts"),
        State.PROPOSED: lambda _: _("Proposals"),
        State.PUBLISHED: lambda _: _("Coming"),
        State.DECLINED: lambda _: _("Not this time"),
        State.CANCELLED: lambda _: _("Cancelled"),
    },
)

MARKS: Whole[State, str] = Whole(
    "the marks of theme nights",
    State,
    {
        State.DRAFT: "📝",
        State.PROPOSED: "💡",
        State.PUBLISHED: "🎟️",
        State.DECLINED: "🙏",
        State.CANCELLED: "❌",
    },
)

STANDS: Whole[State, Say] = Whole(
    "where a theme night stands",
    all_but(State, State.CANCELLED),
    {
        State.DRAFT: lambda _: _("📝 A draft. Nobody else sees it yet."),
        State.PROPOSED: lambda _: _("💡 A proposal. The coordinator looks at it."),
        State.DECLINED: lambda _: _("🙏 It does not fit this time."),
        State.PUBLISHED: lambda _: _("📣 It is published."),
    },
)
"""A cancelled night says why."""

PROPOSALS: Whole[State, Say] = Whole(
    "what became of a proposal",
    State,
    {
        State.DRAFT: lambda _: _("↩️ The proposal is taken back."),
        State.PROPOSED: lambda _: _("💡 A theme night is proposed."),
        State.PUBLISHED: lambda _: _("✅ The proposal is a theme night now."),
        State.DECLINED: lambda _: _("🙏 The proposal does not fit this time."),
        State.CANCELLED: lambda _: _("↩️ The proposal is taken back."),
    },
)

WHY: Whole[Why, Say] = Whole(
    "why a theme night is cancelled",
    Why,
    {
        Why.HOST: lambda _: _("Guest cannot come"),
        Why.ROOM: lambda _: _("No room then"),
        Why.STAFF: lambda _: _("Too few of the staff"),
        Why.FEW: lambda _: _("Few signed up"),
    },
)
"""Neutral words, which blame nobody."""

NO_ANSWER: Whole[str, Say] = Whole(
    "the answer «none» to what is asked of a theme night",
    theme_night_plans.MAY_BE_NONE,
    {
        "topic": lambda _: _("⏭️ Later"),
        "about": lambda _: _("🚫 No text"),
        "host": lambda _: _("⏭️ Skip"),
        "cap": lambda _: _("🚫 No limit"),
        "interpreter": lambda _: _("🚫 No interpreter"),
        "opens": lambda _: _("📣 When published"),
        "after": lambda _: _("🚫 After no evening"),
    },
)

STYLES: Whole[Style, Say] = Whole(
    "the sorts of notices",
    Style,
    {
        Style.PLAIN: lambda _: _("📣 Plain"),
        Style.SERVICE: lambda _: _("🙋 A service is here"),
        Style.URGENT: lambda _: _("❗ Important"),
    },
)

GROUPS: Whole[Role, Say] = Whole(
    "the groups of the staff that can be told",
    READERS,
    {
        Role.OFFICER: lambda _: _("Officers"),
        Role.PROVIDER: lambda _: _("Providers"),
        Role.SOCIAL_ADVISER: lambda _: _("Social advisers"),
        Role.DUTY_LEADER: lambda _: _("Duty leaders"),
    },
)


def switcher(context: Context, _: Words, person: Person, chosen: str, data: Callable[[str], str]) -> Rows:
    """Return a row for the prisons of somebody's units and one for all; nothing where there is only one prison."""
    row = only_one(context, person, chosen, data)
    return (*row, (_button(ALL, _("All"), chosen, data),)) if row else ()


def only_one(context: Context, person: Person, chosen: str, data: Callable[[str], str]) -> Rows:
    """Return a row for the prisons of somebody's units; nothing where there is only one prison."""
    hub = context.turn.hub
    prisons = hub.prisons_of(person.units)
    if len(prisons) < 2:
        return ()
    return (tuple(_button(each, hub.prisons.get(each, hub.name), chosen, data) for each in prisons),)


def _button(prison: str, name: str, chosen: str, data: Callable[[str], str]) -> Button:
    return Button(short(mark(prison == chosen, name)), data(prison))
