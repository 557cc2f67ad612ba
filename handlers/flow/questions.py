"""The words and buttons of a guided flow, its pages, and what presses and typed lines do on them.

Every page names people, services or free text, so all of it stays inside the house.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from telegram import Update

from bot.domain.chat.messages import Build, Button, Line, Reader, View
from bot.domain.people import Role
from bot.domain.subjects import Subject
from bot.usecases.chat import flows
from bot.usecases.chat.flows import At
from handlers.chat.context import Context, Handler
from handlers.chat.inmate_pages import hidden
from handlers.chat.lines import Line as TableLine
from handlers.chat.lines import tap
from handlers.chat.rows import Rows, pairs, row_by_row, short, start_button
from handlers.chat.words import Words

Said = Iterable[str | Line]
Part = tuple[Said, Rows]
"""What the page of one question, or the summary, says and offers between the title and the ways out."""

Write = Callable[[Words], Part]


def press(at: At, word: str) -> str:
    """Return the data of a button that answers the question, or switches something on the summary."""
    return f"{at.flow.task}_say:{at.desk.step}:{word}"


def finishes(at: At, word: object = "-") -> str:
    """Return the data of a button that finishes; its ``word`` tells what of the world the summary has shown."""
    return f"{at.flow.task}_done:{at.desk.step}:{word}"


@dataclass(frozen=True, kw_only=True)
class Question(flows.Question):
    """What is asked, and what stands on the buttons; ``more`` are further buttons below them.

    A ``label`` is told what a choice means; ``rows`` lays out the choices of a page that has its own way with them.
    """

    asks: Callable[[Words, At], Said]
    label: Callable[[Words, At, Any], str] = lambda _words, _at, answer: str(answer)
    style: str | None = None
    cut: Callable[[str], str] = short
    layout: Callable[[list[Button]], Rows] = pairs
    rows: Callable[[Words, At, Mapping[str, Any]], Rows] | None = None
    more: Callable[[Words, At], Rows] = lambda _words, _at: ()

    def written(self, _: Words, at: At, offered: Mapping[str, Any]) -> Part:
        """Write what is asked, with a button for each of the choices."""
        if self.rows:
            return self.asks(_, at), self.rows(_, at, offered)
        labels = {word: self.cut(self.label(_, at, answer)) for word, answer in offered.items()}
        return self.asks(_, at), self.layout([hidden(labels[word], press(at, word), self.style) for word in labels])


async def _nothing(_context: Context, _at: At) -> None:
    return None


async def _leave_alone(_update: Update, _context: Context) -> None:
    """Let what another task shows stand."""


def show(update: Update, context: Context, build: Build) -> None:
    """Show the page in the pressed message, or below what was typed."""
    if update.callback_query:
        context.show_for(build)
    else:
        context.say(update, build)


def _nobody(_at: At) -> frozenset[Subject]:
    return frozenset()


def _in_the_house(_: Words, _at: At) -> tuple[str, ...]:
    return (_("This is done at a screen inside the house."),)


@dataclass(frozen=True, kw_only=True)
class Flow(flows.Flow):
    """A flow with its pages: the ``title``, what is ``known``, what is asked or the ``summary``, the ways back and out.

    ``loads`` what pages need beside the draft. ``ways`` are the room's own ways out. ``finish`` does what the flow is
    for; with ``at_once`` as soon as everything is answered, and the summary is left for what ``finish`` leaves open.
    ``lost`` may show what there is where nobody is in the middle of this. ``elsewhere`` is said outside the house.
    What a page ``names`` is what it is about.
    """

    questions: Mapping[str, Question]
    may: Role
    summary: Callable[[Context, At], Awaitable[Write]]
    finish: Callable[[Update, Context, At, str], Awaitable[None]]
    lost: Handler = _leave_alone
    title: Callable[[Words, At], Said] = lambda _words, _at: ()
    known: Callable[[Words, At], Said] = lambda _words, _at: ()
    ways: Callable[[Words, At], tuple[Button, ...]] = lambda _words, _at: ()
    loads: Callable[[Context, At], Awaitable[Any]] = _nothing
    show: Callable[[Update, Context, Build], None] = show
    elsewhere: Callable[[Words, At], tuple[str, ...]] = _in_the_house
    names: Callable[[At], frozenset[Subject]] = _nobody
    at_once: bool = False

    async def begin(self, update: Update, context: Context, **draft: Any) -> None:
        """Begin, and ask the first question."""
        self.show(update, context, await self.page(context, await flows.begin(self, context.turn, **draft)))

    async def choose(self, update: Update, context: Context) -> None:
        """Take what was pressed, and ask the next question."""
        step, word = context.number("step"), context.text("word")
        await self.go_on(update, context, await flows.choose(self, context.turn, step, word))

    async def back(self, update: Update, context: Context) -> None:
        """Take the last answer back, and ask its question again."""
        at = await flows.back(self, context.turn, context.number("step"))
        self.show(update, context, await self.page(context, at))

    async def take_line(self, update: Update, context: Context, text: str) -> None:
        """Take what was typed, and ask the next question; what is no answer leaves the question standing."""
        await self.go_on(update, context, await flows.write(self, context.turn, text))

    async def done(self, update: Update, context: Context) -> None:
        """Finish what the summary says."""
        at = await flows.at_end(self, context.turn, context.number("step"))
        await self.finish(update, context, at, context.text("word"))

    async def show_task(self, update: Update, context: Context) -> None:
        """Show the page at which the desk is, if it is still in the middle of this."""
        at = await flows.here(self, context.turn)
        if at is None or not await flows.stands(at):
            await self.lost(update, context)
        else:
            self.show(update, context, await self.page(context, at))

    async def go_on(self, update: Update, context: Context, at: At) -> None:
        """Ask the next question, or finish where nothing is asked before that."""
        if self.at_once and not at.name:
            await self.finish(update, context, at, "")
        else:
            self.show(update, context, await self.page(context, at))

    async def page(
        self,
        context: Context,
        at: At,
        above: Callable[[Words], Said] = lambda _words: (),
        about: frozenset[Subject] = frozenset(),
    ) -> Build:
        """Write the page at which somebody is, with what is said ``above`` what it asks, and what that is ``about``."""
        at = replace(at, about=await self.loads(context, at))
        write, about = await (self._asked(at) if at.name else self.summary(context, at)), about | self.names(at)

        def build(reader: Reader) -> View:
            _ = context.words_for(reader.language)
            if reader.leaves_house:
                return View(tuple(map(Line, self.elsewhere(_, at))), ((start_button(_),),), about=about)
            said, rows = write(_)
            lines = _as_lines((*self.title(_, at), *above(_), *self.known(_, at), *said))
            if not at.name:
                return View(lines, _filled(*rows, self._ways(_, at)), about=about)
            further = _filled(*self.questions[at.kind].more(_, at), self._ways(_, at))
            tiles = row_by_row(_filled(*rows))
            return View(lines, further, entries=tiles, name=f"{self.task}:{at.name}", about=about)

        return build

    async def _asked(self, at: At) -> Write:
        question = self.questions[at.kind]
        offered = await question.offered(at)
        return lambda _: question.written(_, at, offered)

    def lines(self) -> list[TableLine]:
        """Return the lines of a handler table that take this flow's presses."""
        takes = {"say:{step}:{word}": self.choose, "done:{step}:{word}": self.done}
        takes |= {"back:{step}": self.back} if self.questions else {}
        return [tap(f"{self.task}_{what}", take, may=self.may, again=self.show_task) for what, take in takes.items()]

    def _ways(self, _: Words, at: At) -> tuple[Button, ...]:
        one_back = [Button(_("⬅️ Back"), f"{self.task}_back:{at.desk.step}")] if flows.has_way_back(at) else []
        return (*one_back, *self.ways(_, at), start_button(_))


def _as_lines(said: Said) -> tuple[Line, ...]:
    return tuple(each if isinstance(each, Line) else Line(each, private=True) for each in said if each)


def _filled(*rows: tuple[Button, ...]) -> Rows:
    return tuple(row for row in rows if row)
