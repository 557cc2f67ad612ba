"""Settings of the hub: what each does, its bounds, and who changed it when."""

from telegram import Update

from bot.domain import settings as rules
from bot.domain.audit import Entry
from bot.domain.chat.messages import Build, Button, Reader, View
from bot.domain.people import SETTERS, SETTINGS_READERS, Person
from bot.domain.refusals import Stale
from bot.domain.settings import BOUNDS, Setting
from bot.domain.subjects import HUB
from bot.usecases import settings
from bot.usecases.chat import desks
from handlers.chat.context import PAGE, Context
from handlers.chat.inside import inside
from handlers.chat.lines import tap
from handlers.chat.rows import pairs, start_button
from handlers.chat.start import Shortcut
from handlers.chat.views import Living, show_in_place
from handlers.chat.words import Words
from handlers.said.managers import EFFECTS, SETTINGS, VALUES

TASK = "setting"
SETTINGS_PAGE, SETTING = "settings", "setting"


async def show(_update: Update, context: Context) -> None:
    """Show every setting as it is now."""
    await desks.clear(context.turn)
    await show_in_place(context, f"{PAGE}{SETTINGS_PAGE}")


async def write_all(context: Context, _person: Person, _rest: str) -> Build:
    """Write every setting as it is now."""
    values = {setting: rules.value_of(context.turn.hub, setting) for setting in Setting}

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        lines = [f"{SETTINGS[setting](_)}: {VALUES[setting](_, n)}" for setting, n in values.items()]
        buttons = [Button(SETTINGS[setting](_), f"setting:{setting}", private=True) for setting in values]
        return inside(reader, _, _("⚙️ Settings"), lines, (*pairs(buttons), (start_button(_),)), about=frozenset({HUB}))

    return build


async def show_one(_update: Update, context: Context) -> None:
    """Show one setting with its history; an administrator can write a number as well."""
    await _take_numbers(context, setting := Setting(context.text("setting")))
    await show_in_place(context, f"{PAGE}{SETTING}:{setting}")


async def _take_numbers(context: Context, setting: Setting) -> None:
    """Let whoever may change a setting type a number, as long as it stands as it is shown."""
    if context.turn.person.role & SETTERS:
        now = rules.value_of(context.turn.hub, setting)
        await desks.begin(context.turn, TASK, setting=str(setting), shown=now)


async def write(context: Context, person: Person, rest: str) -> Build:
    """Write a setting with its history, and for who may change it what it can be."""
    setting = Setting(rest)
    now, past = rules.value_of(context.turn.hub, setting), await settings.history(context.turn, setting)
    may_change, offered = bool(person.role & SETTERS), rules.choices(context.turn.hub, setting)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        value = VALUES[setting](_, now)
        lines = [_("Now: {value}", value=value), *EFFECTS[setting](_)]
        lines += [_bounds(_, setting)] if may_change and setting is not Setting.READS else []
        lines += [_past(_, setting, each) for each in past]
        back = (Button(_("⬅️ Back"), "settings"), start_button(_))
        choices = _choices(_, setting, now, offered) if may_change else []
        title = f"⚙️ {SETTINGS[setting](_)}"
        return inside(reader, _, title, lines, (*pairs(choices), back), about=frozenset({HUB}))

    return build


def _bounds(_: Words, setting: Setting) -> str:
    bounds = BOUNDS[setting]
    return _("You can also write a number from {least} to {most}.", least=bounds.least, most=bounds.most)


def _past(_: Words, setting: Setting, entry: Entry) -> str:
    value = VALUES[setting](_, int(entry.outcome))
    return _("{when}: {value}, by {person}.", when=_.short_time(entry.at), value=value, person=entry.actor)


def _choices(_: Words, setting: Setting, now: int, offered: list[int]) -> list[Button]:
    return [
        Button(
            f"✅ {VALUES[setting](_, value)}" if value == now else VALUES[setting](_, value),
            f"setting:{setting}:{value}:{now}",
            private=True,
        )
        for value in offered
    ]


async def change(_update: Update, context: Context) -> None:
    """Change a setting to one of its choices."""
    setting = Setting(context.text("setting"))
    await settings.change(context.turn, setting, context.number("number"), context.number("step"))
    await _take_numbers(context, setting)
    await show_in_place(context, f"{PAGE}{SETTING}:{setting}")


async def take_number(update: Update, context: Context, text: str) -> None:
    """Change a setting to a typed number."""
    if not context.turn.actor.role & SETTERS:
        raise Stale
    context.forget(update)
    draft = (await desks.mine(context.turn)).draft
    setting = Setting(draft["setting"])
    await settings.change(context.turn, setting, rules.number_typed(text), draft["shown"])
    await _take_numbers(context, setting)
    context.say(update, await write(context, context.turn.person, str(setting)))


VIEWS = {
    f"{PAGE}{SETTINGS_PAGE}": Living(write_all, same=True, may=SETTINGS_READERS),
    f"{PAGE}{SETTING}": Living(write, same=True, may=SETTINGS_READERS),
}

SHORTCUTS = [Shortcut(label=lambda _: _("⚙️ Settings"), data="settings", may=SETTINGS_READERS)]

PROMPTS = {TASK: take_number}

HANDLERS = [
    tap("settings", show, may=SETTINGS_READERS),
    tap("setting:{setting}", show_one, may=SETTINGS_READERS),
    tap("setting:{setting}:{number}:{step}", change, may=SETTERS, again=show_one),
]
