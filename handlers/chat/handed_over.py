"""What is handed over in a chat and soon gone from it: one-time codes, and papers that somebody prints."""

from dataclasses import dataclass, field
from datetime import timedelta

from telegram import Update

from bot.domain.chat.messages import Button, Document, Line, Reader, View
from bot.domain.people import INVITE_LIFETIME, STAFF
from bot.domain.reminders import PAPER_STAYS, Kind
from bot.usecases import codes, secret_papers
from bot.usecases.turn import Address, Wanted
from handlers.chat.context import Context
from handlers.chat.lines import tap
from handlers.chat.rows import start_button
from handlers.chat.words import Words

CODE_MINUTES, PAPER_MINUTES = (int(each / timedelta(minutes=1)) for each in (INVITE_LIFETIME, PAPER_STAYS))


async def hand_code_over(context: Context, update: Update, *lines: Line) -> None:
    """Show a code below everything else in this chat; it disappears by itself."""
    key = codes.key_of(update.update_id)
    await codes.hand_over(context.turn, key)

    def build(reader: Reader) -> View:
        _ = context.words_for(reader.language)
        stays = Line(
            _.n_(
                "It disappears from here in {n} minute.",
                "It disappears from here in {n} minutes.",
                CODE_MINUTES,
            )
        )
        return View((*lines, stays), ((Button(_("✅ Finish, take it away"), "code:done"),),), passing=True)

    context.turn.edge.wanted.append(Wanted(Address(), key, build))


def good_for(_: Words) -> Line:
    """Say how long a code is good."""
    return Line(_.n_("It works once, for {n} minute.", "It works once, for {n} minutes.", CODE_MINUTES))


@dataclass(frozen=True, slots=True)
class Printout:
    """A paper to hand over: the file's name without its end, the words beside it, and the recipe of what it says.

    One that tells a code is ``passing``: a restart takes it away.
    """

    name: str
    says: str
    recipe: str = field(repr=False)
    passing: bool = False


async def hand_paper_over(context: Context, update: Update, paper: Printout, nth: int = 0) -> None:
    """Hand a paper with a secret over in this chat, below everything else; it disappears after ten minutes.

    Where the chat leaves the house a sentence says that the paper stays inside: whoever makes a
    secret only for a paper asks ``context.turn.edge.leaves_house`` before.
    """
    if context.turn.edge.leaves_house:
        context.say(update, lambda _reader: View((Line(elsewhere(context.words)),)))
        return
    key = secret_papers.key_of(update.update_id, nth)
    await secret_papers.hand_over(context.turn, key)
    view = _handed_over(context.words, paper)
    context.turn.edge.wanted.append(Wanted(Address(), key, lambda _reader: view))


def _handed_over(_: Words, paper: Printout) -> View:
    stays = _.n_("The paper stays here for {n} minute.", "The paper stays here for {n} minutes.", PAPER_MINUTES)
    return View(
        (Line(paper.says), Line(stays)),
        ((Button(_("✅ Finish, take it away"), "paper:done"),),),
        document=Document(f"{paper.name}.pdf", paper.recipe, elsewhere=elsewhere(_)),
        passing=paper.passing,
    )


def elsewhere(_: Words) -> str:
    """Say outside the house where a paper is handed over."""
    return _("The paper is handed over only on the house network.")


def pin_code_key(inmate: str) -> str:
    """Name the message that shows somebody's one-time code to whoever made it."""
    return f"pin:{inmate}"


def take_pin_code_away(context: Context, person: str, inmate: str) -> None:
    """Let a code for a forgotten PIN disappear from the chat of whoever gave it out."""
    context.correct(person, pin_code_key(inmate), lambda _: None)


async def put_code_away(_update: Update, context: Context) -> None:
    """Take a code away that has been used."""
    await codes.put_away(context.turn)
    context.show_for(lambda _reader: None)


async def put_paper_away(_update: Update, context: Context) -> None:
    """Take a paper away that has been printed."""
    await secret_papers.put_away(context.turn)
    context.show_for(lambda _reader: None)


async def time_is_over(context: Context, place: str) -> None:
    """Take away what nobody took away."""
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


HANDLERS = [tap("code:done", put_code_away, may=STAFF), tap("paper:done", put_paper_away, may=STAFF)]

JOBS = {Kind.CODE: time_is_over, Kind.PAPER: time_is_over, Kind.UNDRAWN: could_not_be_made}
