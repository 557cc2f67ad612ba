"""What a handler has in hand: the turn, the words, and three ways to say what shall be seen."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.domain import subjects
from bot.domain.chat.messages import SCREEN, Build, Line, Reader, View
from bot.domain.chat.tongues import plain
from bot.domain.chat.uses import MOMENT, Use
from bot.domain.people import SCREEN as AT_SCREEN
from bot.domain.people import Person, Role
from bot.domain.subjects import HUB, About, Subject
from bot.usecases.chat import desks
from bot.usecases.turn import Address, Turn, Wanted, current_turn
from handlers.chat.heads import head, small_print
from handlers.chat.words import Words, words, words_to_inmates

if TYPE_CHECKING:
    from handlers.chat.lines import Line as TableLine
    from handlers.chat.start import Day, Shortcut, Typed
    from handlers.chat.views import Living, Tell


PAGE = "page:"
"""What the key of a living page begins with: it stands in a chat of the staff and always says what is true now."""


@dataclass
class Tables:
    """What the rooms have for each other, by way of the tables above them: the chat library hands it to every handler.

    ``told`` says what a broadcast is about, by the kind of that subject, ``voices`` who reads aloud in each language.
    """

    pages: Mapping[str, "Page"] = field(default_factory=dict)
    shortcuts: Sequence["Shortcut"] = ()
    prompts: Mapping[str, "Typed"] = field(default_factory=dict)
    lines: Sequence["TableLine"] = ()
    views: Mapping[str, "Living"] = field(default_factory=dict)
    telling: Sequence[tuple[About, "Tell"]] = ()
    told: Mapping[About, "Told"] = field(default_factory=dict)
    days: Mapping[Role, "Day"] = field(default_factory=dict)
    voices: Callable[[], Mapping[str, Sequence[str]]] = dict


Base = CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], Tables]


class Context(Base):
    """A handler's view of its turn. It sends nothing: what shall be seen is collected and written as rows."""

    turn: Turn
    arguments: dict[str, str]
    _stays: bool = False

    @classmethod
    def from_update(cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]) -> Self:
        """Make the context of an update; the chat library calls this."""
        context = super().from_update(update, application)
        context.turn = current_turn.get()
        context.arguments = {}
        return context

    @property
    def words(self) -> Words:
        """Return the words of who acts, or of who stands at the kiosk."""
        language, at_screen = self.turn.actor.language, self.turn.actor.role & AT_SCREEN
        return self.words_to_inmates(language) if at_screen else self.words_for(language)

    def words_for(self, language: str) -> Words:
        """Return the words of a language for the staff."""
        return words(language, self.turn.hub.zone)

    def words_to_inmates(self, language: str) -> Words:
        """Return the words of a language for inmates, wherever they read or hear them (decision 046)."""
        return words_to_inmates(language, self.turn.hub.zone)

    def text(self, name: str) -> str:
        """Return a part of the pressed button's data."""
        return self.arguments[name]

    def number(self, name: str) -> int:
        """Return a whole number out of the pressed button's data."""
        return int(self.arguments[name])

    def show(self, view: View) -> None:
        """Say what the pressed message shall become."""
        self.show_for(lambda _: view)

    def show_for(self, build: Build) -> None:
        """Say what the pressed message shall become, written for this reader's network."""
        self._want(Wanted(Address(), self.turn.pressed or SCREEN, build))

    def show_at(self, key: str, use: Use | None, build: Build) -> None:
        """Say what a message of this chat shall become, whichever was pressed; one that is not there is sent.

        Without a ``use`` it is of use for as long as it was.
        """
        self._want(Wanted(Address(), key, build, use=use))

    def say(self, update: Update, build: Build) -> None:
        """Say something below everything else in this chat."""
        self.turn.edge.wanted.append(Wanted(Address(), f"said:{update.update_id}", build, use=MOMENT))

    def bring_down(self, key: str, use: Use, build: Build, instead: View) -> None:
        """Let a message of this chat stand below everything else, and the old one say where it is."""
        self._want(Wanted(Address(), key, build, instead=instead, use=use))

    def bring_to(self, person: Person, key: str, use: Use, build: Build) -> None:
        """Let a message to somebody stand below everything else in their chats, and the old one say where it is."""
        instead = self.moved_down(person.language)
        self._want(Wanted(Address(person=person.id), key, build, instead=instead, use=use))

    def moved_down(self, language: str) -> View:
        """Return what stands where a page was."""
        _ = self.words_for(language)
        return View((Line(_("This page is further down.")),))

    def put_away(self, person: Person, key: str) -> None:
        """Take a message out of somebody's chats; one that is too old to be deleted there says that it is over."""
        _ = self.words_for(person.language)
        over = View((Line(_("This message is of no use any more.")),))
        self.turn.edge.wanted.append(Wanted(Address(person=person.id), key, lambda _: None, True, over))

    def tell(self, person: str, key: str, use: Use, build: Build) -> None:
        """Say what somebody who works at the hub shall see, wherever they are, and how long it is of use to them."""
        self._want(Wanted(Address(person=person), key, build, use=use))

    def correct(self, person: str, key: str, build: Build) -> None:
        """Say what somebody who works at the hub shall see where they have been told; None takes it away."""
        self._want(Wanted(Address(person=person), key, build, only_there=True))

    def renew(
        self, person: str, key: str, use: Use | None, build: Build, page: str = "", *, behind: bool = False
    ) -> None:
        """Say what somebody's view says by now, unless this turn wants something else there.

        Without a ``use`` it is written only where it stands; a ``page`` only in the messages that show it.
        """
        place = Address(person=person)
        self._want(Wanted(place, key, build, only_there=use is None, anew=True, use=use, page=page, behind=behind))

    def tell_kiosk(self, kiosk: str, view: View, *, anew: bool = False) -> None:
        """Say what a kiosk shall show; a kiosk is one device, so the one in whose chat this is needs no looking up."""
        address = Address() if self.turn.place == kiosk else Address(kiosk=kiosk)
        view = self._at_kiosk(view)
        self.turn.edge.wanted.append(Wanted(address, SCREEN, partial(small_print, view), anew=anew))

    def broadcast(self, number: int, person: str, key: str, use: Use, build: Build) -> None:
        """Say what somebody who works at the hub shall see of a broadcast, behind everything else, and once at most.

        Said again, it corrects what they have been shown, and what waits. ``once_for_all`` makes a build cheap.
        """
        self._want(Wanted(Address(person=person), key, build, broadcast=number, use=use))

    def broadcast_to_kiosk(self, number: int, kiosk: str, view: View) -> None:
        """Say what a kiosk shall show, behind everything else; what it brings stands in ``view.carries``."""
        view = self._at_kiosk(view)
        self.turn.edge.wanted.append(Wanted(Address(kiosk=kiosk), SCREEN, partial(small_print, view), broadcast=number))

    def _want(self, wanted: Wanted) -> None:
        """Want this; of a living page whoever reads its third sheet still does when it is written anew."""
        if wanted.key.startswith(PAGE):
            wanted = replace(wanted, build=named(wanted.key, wanted.build))
        self.turn.edge.wanted.append(wanted)

    def _at_kiosk(self, view: View) -> View:
        """Let a page have its head, and be about its screen, its unit, the hub and who is signed in.

        A secret is about nothing.
        """
        session, hub = self.turn.session, self.turn.hub
        view = replace(view, head=head(self.words, hub, session), language=self.words.language)
        here = {HUB, Subject(About.KIOSK, session.kiosk), Subject(About.UNIT, session.unit)}
        about = view.about | here | ({subjects.inmate(session.inmate)} if session.inmate else set())
        return view if view.passing else replace(view, about=about)

    def alert(self, text: str) -> None:
        """Say something for a moment, above the message that was pressed."""
        self.turn.edge.alert = plain(text)

    def forget(self, update: Update) -> None:
        """Let the message that came in disappear from the chat."""
        message = update.effective_message
        if message:
            self.turn.edge.forgotten.append((self.turn.network, self.turn.chat_id, message.message_id))

    def take_off(self, update: Update) -> None:
        """Let a typed line that has been read disappear from a chat of the house: there it would stand for ever."""
        if self._is_typed_inside(update) and not self._stays:
            self.forget(update)

    async def leave(self, update: Update) -> None:
        """Let a typed line stand until the next answer: whoever is to shorten a text has it before them."""
        if update.effective_message and self._is_typed_inside(update):
            self._stays = True
            await desks.leave_line(self.turn, update.effective_message.message_id)

    def _is_typed_inside(self, update: Update) -> bool:
        return update.callback_query is None and not self.turn.edge.leaves_house


def named(name: str, build: Build) -> Build:
    """Let a view have a name, if it has none of its own."""

    def with_name(reader: Reader) -> View | None:
        view = build(reader)
        return replace(view, name=view.name or name) if view else None

    return with_name


Told = Callable[[Context, str], Awaitable[Callable[[Words], Line]]]
"""Reads what a broadcast is about, by the subject's id, and says it in a reader's words, without names.

Each module that announces something has it in SUBJECTS, by the kind of subject: ``{About.THEME_NIGHT: subject}``.
"""

Handler = Callable[[Update, Context], Awaitable[None]]
Page = Callable[[Context, str], Awaitable[View]]
Job = Callable[[Context, str], Awaitable[None]]
