"""What is said to whoever runs the hub: what somebody is to it, and its settings."""

from collections.abc import Callable

from bot.domain.people import STAFF, Role
from bot.domain.settings import Setting
from bot.domain.whole import Whole
from handlers.chat.words import Say, Words

ROLE_NAMES: Whole[Role, Say] = Whole(
    "the names of roles",
    STAFF,
    {
        Role.PROVIDER: lambda _: _("Provider"),
        Role.SOCIAL_ADVISER: lambda _: _("Social adviser"),
        Role.OFFICER: lambda _: _("Contact officer"),
        Role.COORDINATOR: lambda _: _("Coordinator"),
        Role.DUTY_LEADER: lambda _: _("Duty leader"),
        Role.ADMIN: lambda _: _("Administrator"),
        Role.AUDITOR: lambda _: _("Auditor"),
    },
)

SETTINGS: Whole[Setting, Say] = Whole(
    "the names of settings",
    Setting,
    {
        Setting.RETENTION: lambda _: _("Keep ended slips"),
        Setting.READS: lambda _: _("Coordinator reads"),
        Setting.WARN: lambda _: _("Screen warns after"),
        Setting.LOCK: lambda _: _("Screen locks after"),
    },
)

EFFECTS: Whole[Setting, Callable[[Words], list[str]]] = Whole(
    "what a setting does",
    Setting,
    {
        Setting.RETENTION: lambda _: [
            _("An ended slip is deleted after so long, with all its messages."),
            _("The log of who did what stays."),
        ],
        Setting.READS: lambda _: [
            _("Yes opens what slips are about to the coordinator."),
            _("Each reading is then in the log."),
        ],
        Setting.WARN: lambda _: [_("So long without a press, and the screen asks: still there?")],
        Setting.LOCK: lambda _: [_("So long without a press, and the screen locks.")],
    },
)

VALUES: Whole[Setting, Callable[[Words, int], str]] = Whole(
    "the values of settings",
    Setting,
    {
        Setting.RETENTION: lambda _, n: _.n_("{n} day", "{n} days", n),
        Setting.READS: lambda _, n: _("Yes") if n else _("No"),
        Setting.WARN: lambda _, n: _.n_("{n} second", "{n} seconds", n),
        Setting.LOCK: lambda _, n: _.n_("{n} second", "{n} seconds", n),
    },
)

NETWORKS = {"telegram": "Telegram", "house": "Samtalelapp", "email": "e-post"}
"""What networks are called, in every language."""
