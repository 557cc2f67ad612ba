"""Papers: what an officer prints for somebody, handed over in a chat of the house and soon gone from there."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from telegram import Update

from bot.documents import invitations, pin_letters, recipes
from bot.domain.chat.messages import Button, Document, Line, Reader, View
from bot.domain.people import INVITE_LIFETIME, STAFF, Inmate
from bot.domain.reminders import PAPER_STAYS, Kind
from bot.usecases import papers
from bot.usecases.turn import Address, Wanted
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import start_button
from handlers.chat.words import Words

TELEGRAM = "telegram"
NORWEGIAN = "nb"
MINUTES = int(PAPER_STAYS / timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to hand over: the file's name without its end, the words beside it, and the recipe of what it says.

    One that tells a code is ``passing``: a restart takes it away.
    """

    name: str
    says: str
    recipe: str = field(repr=False)
    passing: bool = False


async def hand_over(context: Context, update: Update, paper: Paper, nth: int = 0) -> None:
    """Hand a paper with a secret over in this chat, below everything else; it disappears after ten minutes.

    Where the chat leaves the house a sentence says that the paper stays inside: whoever makes a
    secret only for a paper asks ``context.turn.edge.leaves_house`` before.
    """
    if context.turn.edge.leaves_house:
        context.say(update, lambda _reader: View((Line(elsewhere(context.words)),)))
        return
    key = papers.key_of(update.update_id, nth)
    await papers.hand_over(context.turn, key)
    view = _handed_over(context.words, paper)
    context.turn.edge.wanted.append(Wanted(Address(), key, lambda _reader: view))


def _handed_over(_: Words, paper: Paper) -> View:
    stays = _.n_("The paper stays here for {n} minute.", "The paper stays here for {n} minutes.", MINUTES)
    return View(
        (Line(paper.says), Line(stays)),
        ((Button(_("✅ Finish, take it away"), "paper:done"),),),
        document=Document(f"{paper.name}.pdf", paper.recipe, elsewhere=elsewhere(_)),
        passing=paper.passing,
    )


def elsewhere(_: Words) -> str:
    """Say outside the house where a paper is handed over."""
    return _("The paper is handed over only on the house network.")


async def put_away(_update: Update, context: Context) -> None:
    """Take a paper away that has been printed."""
    await papers.put_away(context.turn)
    context.show_for(lambda _reader: None)


async def time_is_over(context: Context, place: str) -> None:
    """Take a paper away that nobody took away."""
    network, chat_id, key = place.split("/", 2)
    address = Address(network=network, chat_id=int(chat_id))
    context.turn.edge.wanted.append(Wanted(address, key, lambda _reader: None, only_there=True))


async def could_not_be_made(context: Context, place: str) -> None:
    """Say in a paper's place that there is none: whoever asked for it is waiting for it."""

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        again = _("Please try once more. If it happens again, please tell the administrator: the log says where.")
        return View((Line(_("The paper could not be made.")), Line(again)), ((start_button(_),),))

    network, chat_id, key = place.split("/", 2)
    address = Address(network=network, chat_id=int(chat_id))
    context.turn.edge.wanted.append(Wanted(address, key, build, only_there=True))


def pin_letter(context: Context, inmate: Inmate, code: str, until: datetime, *, has_pin: bool) -> Paper:
    """Return the letter with an inmate's one-time code, in the inmate's language and in bokmål.

    It says the number and never the alias. ``until`` is when the code ends, an aware time.
    Who ``has_pin`` reads that it goes on working.
    """
    _ = context.words
    languages = dict.fromkeys((context.words_for(inmate.language).language, NORWEGIAN))
    digits = context.turn.hub.pin_digits
    parts = tuple(_part(context.words_for(each), inmate, until, digits, has_pin=has_pin) for each in languages)
    said = pin_letters.PinLetter(context.turn.hub.name, context.turn.now, inmate.id, code, parts)
    return Paper(
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


def invitation(context: Context, code: str, link: str | None = None) -> Paper:
    """Return the paper with which somebody of the staff joins by a one-time code that was made in this turn.

    The QR code is the ``link``, else the one of Telegram, else the line to write; a device's link stands there in
    letters too.
    """
    _ = context.words
    line = f"/start {code}"
    scanned = link or context.turn.edge.link_to(TELEGRAM, code) or line
    until = context.turn.now + INVITE_LIFETIME
    said = invitations.Invitation(
        context.turn.hub.name,
        context.turn.now,
        _.language,
        _("Invitation to the hub"),
        (_("With it you get your own chat with the hub."), _("Scan the square with the camera of your device.")),
        scanned,
        _("Or open this address:") if link else _("Or write this to the bot:"),
        (link or line,),
        (
            _("It works once, until {time}.", time=_.day_and_time(until)),
            _("It is for you alone. Tear it up when it is used."),
        ),
    )
    return Paper(
        _("Invitation"), _("📄 The code on paper, with a square to scan."), recipes.written(said), passing=True
    )


HANDLERS = [tap("paper:done", put_away, may=STAFF)]

JOBS = {Kind.PAPER: time_is_over, Kind.UNDRAWN: could_not_be_made}
