"""The PIN letter on paper: an inmate's one-time code, and what to do with it."""

from datetime import datetime

from bot.documents import pin_letters, recipes
from bot.domain.people import Inmate
from handlers.chat.context import Context
from handlers.chat.handed_over import Printout
from handlers.chat.words import NORWEGIAN, Words


def pin_letter(context: Context, inmate: Inmate, code: str, until: datetime, *, has_pin: bool) -> Printout:
    """Return the letter with an inmate's one-time code, in the inmate's language and in bokmål.

    It says the number and never the alias. ``until`` is when the code ends, an aware time.
    Who ``has_pin`` reads that it goes on working.
    """
    _ = context.words
    languages = dict.fromkeys((context.words_to_inmates(inmate.language).language, NORWEGIAN))
    digits = context.turn.hub.pin_digits
    parts = tuple(_part(context.words_to_inmates(each), inmate, until, digits, has_pin=has_pin) for each in languages)
    said = pin_letters.PinLetter(context.turn.hub.name, context.turn.now, inmate.id, code, parts)
    return Printout(
        _("PIN letter {number}", number=inmate.id),
        _("📄 PIN letter for {number}. Print it and hand it over.", number=inmate.id),
        recipes.written(said),
        passing=True,
    )


def _part(_: Words, inmate: Inmate, until: datetime, digits: int, *, has_pin: bool) -> pin_letters.Part:
    present = [_("The code that you have still works. Use it, and this letter ends.")] if has_pin else []
    return pin_letters.Part(
        _.language,
        _("Your code for the screen"),
        _("Your number"),
        _("One-time code"),
        (
            _("Press your unit on the screen: {unit}.", unit=inmate.unit),
            _("Press the two digits of your number: {digits}.", digits=inmate.id.removeprefix(inmate.unit)),
            _("Press the one-time code."),
            _("Choose a code of your own, with {n} digits.", n=digits),
        ),
        (
            _("The one-time code works once, until {time}.", time=_.day_and_time(until)),
            *present,
            _("It is for you alone. Nobody else needs it."),
            _("Does it not work? An officer helps you."),
            _("You can write a paper slip as well. It counts just as much."),
        ),
    )
