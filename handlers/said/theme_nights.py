"""What is said of a theme night, to whoever: when and where, for whom, and where somebody stands on its list."""

from collections.abc import Callable, Iterable

from bot.domain.chat.messages import Button, Line
from bot.domain.theme_nights.sign_ups import Source, State
from bot.domain.theme_nights.theme_nights import State as ThemeNightState
from bot.domain.theme_nights.theme_nights import ThemeNight, cap_of, is_open
from bot.domain.whole import Whole
from bot.usecases.theme_nights.standings import Standing
from handlers.chat.context import Context
from handlers.chat.rows import short
from handlers.chat.words import Words

SENTENCE_ENDS = (".", "?", "!", "…", "؟")


def topic(_: Words, night: ThemeNight) -> str:
    """Return what a night is about, as soon as somebody has written it."""
    return _.of(night.topic) or _("without a topic yet")


def when(_: Words, night: ThemeNight) -> str:
    """Return day and hours: tirsdag 19. januar kl. 18.00–19.30."""
    return _("{when}–{ends}", when=_.day_and_time(night.starts), ends=_.time(night.ends))


def headline(_: Words, night: ThemeNight) -> str:
    """Say in one line that there is a theme night."""
    return _("🎟️ Theme night {when}: {topic}", when=_.day_and_time(night.starts), topic=topic(_, night))


def line(_: Words, night: ThemeNight, *more: str) -> Line:
    """Say a night and then what is so of it for somebody; what it is about was typed, and stays inside the house."""
    inside, outside = headline(_, night), _("🎟️ Theme night {when}", when=when(_, night))
    return Line(_sentences(inside, more), private=True, outside=_sentences(outside, more))


def _sentences(named: str, more: Iterable[str]) -> str:
    """Put sentences on one line; a topic may be a question."""
    said = [*more]
    ended = named if named.endswith(SENTENCE_ENDS) else f"{named}."
    return " ".join((ended, *said)) if said else named


def tile(
    _: Words, night: ThemeNight, icon: str = "", style: str | None = None, among: Iterable[ThemeNight] = ()
) -> Button:
    """Return the way to a night at a screen: what it is about, and outside the house when it is.

    Where others ``among`` which it stands would have the same button, it says the day as well.
    """
    inside, outside = (
        short(f"{icon} {text}".strip()) for text in (_apart(_, night, among), _.short_time(night.starts))
    )
    return Button(inside, f"night:{night.id}", style, private=True, outside=outside)


def _apart(_: Words, night: ThemeNight, among: Iterable[ThemeNight]) -> str:
    about = topic(_, night)
    alike = [each for each in among if each.id != night.id and short(topic(_, each)) == short(about)]
    if not alike:
        return about
    day = _.short_day(night.starts)
    is_on_one_day = any(_.short_day(each.starts) == day for each in alike)
    return f"{_.short_time(night.starts) if is_on_one_day else day} {about}"


def facts(context: Context, _: Words, night: ThemeNight) -> list[Line]:
    """Say everything about a night that anybody may know; nothing here is about anybody, but some of it was typed."""
    hub = context.turn.hub
    interpreter = _.name_of(night.interpreter) if night.interpreter else ""
    typed = [Line(_("🎟️ {topic}", topic=topic(_, night)), private=True, outside=_("🎟️ Theme night"))]
    if any(night.about.values()):
        typed.append(Line(_.of(night.about), private=True))
    host = [Line(_("With: {host}.", host=night.host), private=True)] if night.host else []
    place = Line(_("Place: {room}.", room=_.of(hub.rooms[night.room].name)))
    more = [
        for_whom(_, night),
        *([_("There is an interpreter: {language}.", language=interpreter)] if night.interpreter else []),
        *list_in_words(context, _, night),
    ]
    return [*typed, Line(when(_, night)), place, *host, *map(Line, more)]


def for_whom(_: Words, night: ThemeNight) -> str:
    """Say who may come."""
    units = ", ".join(night.units)
    languages = ", ".join(_.name_of(each) for each in night.languages)
    if night.women:
        return _("For women. Unit {units}.", units=units)
    if languages:
        return _("For unit {units}. In: {languages}.", units=units, languages=languages)
    return _("For unit {units}.", units=units)


def list_in_words(context: Context, _: Words, night: ThemeNight) -> list[str]:
    """Say how seats are given, and until when one can sign up."""
    now = context.turn.now
    if night.state is ThemeNightState.CANCELLED:
        return [_("This theme night is cancelled. It is not your fault.")]
    if night.state is ThemeNightState.DECLINED:
        return []
    if night.opens and night.opens > now:
        return [_("You can sign up from {when}.", when=_.day_and_time(night.opens))]
    if not is_open(night, now):
        return [_("The list is closed. Ask an officer whether there is room.")]
    return [_("Sign up until {when}.", when=_.day_and_time(night.closes)), order(_, night)]


def order(_: Words, night: ThemeNight) -> str:
    """Say by what rule seats are given."""
    if not night.lottery:
        return _("Who signs up first has a seat.")
    return _("The seats were drawn.") if night.drawn else _("Seats are drawn when the list closes.")


def standing(context: Context, _: Words, found: Standing) -> list[str]:
    """Say to somebody where they stand: what happened, what happens next, by when."""
    night, mine = found.night, found.mine
    if mine is None or night.state is ThemeNightState.CANCELLED:
        return []
    if night.ends <= context.turn.now:
        return [_("The evening is over. Thank you for signing up.")]
    return _by(_, mine.source, STANDING[mine.state](context, _, found))


def _by(_: Words, source: Source, said: list[str]) -> list[str]:
    return [*said, _("An officer signed you up.")] if source is Source.STAFF and said else said


def _seated(context: Context, _: Words, standing: Standing) -> list[str]:
    starts, now = standing.night.starts, context.turn.now
    days = (starts.astimezone(context.turn.hub.zone).date() - now.astimezone(context.turn.hub.zone).date()).days
    if starts <= now:
        return [_("The theme night has begun. You have a seat.")]
    if days == 0:
        return [_("Today at {time} there is a theme night. You have a seat.", time=_.time(starts))]
    if days == 1:
        suits = _("Does it still suit you?")
        return [_("Tomorrow at {time} there is a theme night. You have a seat.", time=_.time(starts)), suits]
    return [_("You are signed up. We remind you the day before.")]


def _waiting(context: Context, _: Words, standing: Standing) -> list[str]:
    return [
        _("It is full. You are number {n} on the waitlist.", n=standing.number),
        _("We tell you if you get a place."),
        *_share(context, _, standing),
    ]


def _share(context: Context, _: Words, standing: Standing) -> list[str]:
    """Say why somebody of another unit may have a place before: each unit has only so many."""
    night, mine = standing.night, standing.mine
    if mine is None or (most := cap_of(night, context.turn.hub, mine.unit)) >= night.seats:
        return []
    return [_.n_("Your unit has {n} of the places.", "Your unit has {n} of the places.", most)]


def _offered(_context: Context, _: Words, standing: Standing) -> list[str]:
    until = standing.mine.offer_until if standing.mine else None
    answer = [_("Do you want it? Answer by {when}.", when=_.day_and_time(until))] if until else []
    return [_("There is a place for you {when}.", when=_.day_and_time(standing.night.starts)), *answer]


STANDING: Whole[State, Callable[[Context, Words, Standing], list[str]]] = Whole(
    "where somebody stands with a theme night",
    State,
    {
        State.ENTERED: lambda _context, _, standing: [
            _("You are in the draw. You see the result here {when}.", when=_.day_and_time(standing.night.closes))
        ],
        State.WAITING: _waiting,
        State.OFFERED: _offered,
        State.SEATED: _seated,
        State.CAME: lambda _context, _, _standing: [_("Good that you came.")],
        State.WITHDRAWN: lambda _context, _, _standing: [
            _("You are not signed up any more. You can change your mind any time.")
        ],
        State.PASSED: lambda _context, _, _standing: [
            _("The place went to the next in line. It is not your fault."),
            _("You can sign up again."),
        ],
        State.CALLED_OFF: lambda _context, _, _standing: [],
    },
)
"""What each state of a sign-up says to its owner."""
