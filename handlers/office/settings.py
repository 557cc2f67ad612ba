"""Settings of the hub: what each does, its bounds, and who changed it when."""

from collections.abc import Callable

from telegram import Update

from bot.domain import settings as rules
from bot.domain.audit import Entry
from bot.domain.messages import Button, Reader, View
from bot.domain.people import Role
from bot.domain.refusals import Stale
from bot.domain.settings import BOUNDS, Setting
from bot.usecases import desks, settings
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.private import inside
from handlers.chat.rows import pairs
from handlers.chat.start import Door, home_button
from handlers.chat.words import Words

READERS = Role.ADMIN | Role.COORDINATOR
TASK = "setting"


def name_of(_: Words, setting: Setting) -> str:
    """Say what a setting is called."""
    return {
        Setting.RETENTION: _("Keep ended slips"),
        Setting.READS: _("Coordinator reads"),
        Setting.WARN: _("Screen warns after"),
        Setting.LOCK: _("Screen locks after"),
    }[setting]


def value_in_words(_: Words, setting: Setting, value: int) -> str:
    """Say a setting's value."""
    if setting is Setting.READS:
        return _("Yes") if value else _("No")
    if setting is Setting.RETENTION:
        return _.n_("{n} day", "{n} days", value)
    return _.n_("{n} second", "{n} seconds", value)


def _what_it_does(_: Words, setting: Setting) -> list[str]:
    return {
        Setting.RETENTION: [
            _("An ended slip is deleted after so long, with all its messages."),
            _("The log of who did what stays."),
        ],
        Setting.READS: [
            _("Yes opens what slips are about to the coordinator."),
            _("Each reading is then in the log."),
        ],
        Setting.WARN: [_("So long without a press, and the screen asks: still there?")],
        Setting.LOCK: [_("So long without a press, and the screen locks.")],
    }[setting]


async def show(_update: Update, context: Context) -> None:
    """Show every setting as it is now."""
    await desks.clear(context.turn)
    values = {setting: rules.value_of(context.turn.hub, setting) for setting in Setting}

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        lines = [f"{name_of(_, setting)}: {value_in_words(_, setting, n)}" for setting, n in values.items()]
        buttons = [Button(name_of(_, setting), f"setting:{setting}", private=True) for setting in values]
        return inside(reader, _, _("⚙️ Settings"), lines, (*pairs(buttons), (home_button(_),)))

    context.show_for(build)


async def show_one(_update: Update, context: Context) -> None:
    """Show one setting with its history; an administrator can write a number as well."""
    context.show_for(await _one(context, Setting(context.text("setting"))))


async def _one(context: Context, setting: Setting) -> Callable[[Reader], View]:
    now, past = rules.value_of(context.turn.hub, setting), await settings.history(context.turn, setting)
    may_change, offered = context.turn.actor.role is Role.ADMIN, rules.choices(context.turn.hub, setting)
    if may_change:
        await desks.begin(context.turn, TASK, setting=str(setting), shown=now)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        value = value_in_words(_, setting, now)
        lines = [_("Now: {value}", value=value), *_what_it_does(_, setting)]
        lines += [_bounds(_, setting)] if may_change and setting is not Setting.READS else []
        lines += [_past(_, setting, each) for each in past]
        back = (Button(_("⬅️ Back"), "settings"), home_button(_))
        choices = _choices(_, setting, now, offered) if may_change else []
        return inside(reader, _, f"⚙️ {name_of(_, setting)}", lines, (*pairs(choices), back))

    return build


def _bounds(_: Words, setting: Setting) -> str:
    bounds = BOUNDS[setting]
    return _("You can also write a number from {least} to {most}.", least=bounds.least, most=bounds.most)


def _past(_: Words, setting: Setting, entry: Entry) -> str:
    value = value_in_words(_, setting, int(entry.outcome))
    return _("{when}: {value}, by {person}.", when=_.short_time(entry.at), value=value, person=entry.actor)


def _choices(_: Words, setting: Setting, now: int, offered: list[int]) -> list[Button]:
    return [
        Button(
            f"✅ {value_in_words(_, setting, value)}" if value == now else value_in_words(_, setting, value),
            f"setting:{setting}:{value}:{now}",
            private=True,
        )
        for value in offered
    ]


async def change(_update: Update, context: Context) -> None:
    """Change a setting to one of its choices."""
    setting = Setting(context.text("setting"))
    await settings.change(context.turn, setting, context.number("number"), context.number("step"))
    context.show_for(await _one(context, setting))


async def take_number(update: Update, context: Context, text: str) -> None:
    """Change a setting to a typed number."""
    if context.turn.actor.role is not Role.ADMIN:
        raise Stale
    context.forget(update)
    draft = (await desks.mine(context.turn)).draft
    setting = Setting(draft["setting"])
    await settings.change(context.turn, setting, rules.number_typed(text), draft["shown"])
    context.say(update, await _one(context, setting))


DOORS = [Door(label=lambda _: _("⚙️ Settings"), data="settings", may=READERS)]

PROMPTS = {TASK: take_number}

HANDLERS = [
    tap("settings", show, may=READERS),
    tap("setting:{setting}", show_one, may=READERS),
    tap("setting:{setting}:{number}:{step}", change, may=Role.ADMIN, again=show_one),
]
