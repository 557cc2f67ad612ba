"""What is said of a theme night, to whoever: when and where, for whom, and where somebody stands on its list."""

from collections.abc import Callable, Iterable

from bot.domain.chat.messages import Button, Line
from bot.domain.theme_nights.sign_ups import OPEN, Source, State
from bot.domain.theme_nights.theme_nights import State as ThemeNightState
from bot.domain.theme_nights.theme_nights import ThemeNight, cap_of, is_open
from bot.domain.whole import Whole
from bot.usecases.theme_nights.standings import Standing
from handlers.chat.context import Context
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
    """Return the way to a night at a screen: what it is about, whole, and outside the house when it is.

    Where others ``among`` which it stands would have the same button, it says the day as well.
    """
    inside, outside = (f"{icon} {text}".strip() for text in (_apart(_, night, among), _.short_time(night.starts)))
    return Button(inside, f"night:{night.id}", style, private=True, outside=outside)


def _apart(_: Words, night: ThemeNight, among: Iterable[ThemeNight]) -> str:
    about = topic(_, night)
    alike = [each for each in among if each.id != night.id and topic(_, each) == about]
    return f"{day_among(_, night, alike)} {about}" if alike else about


def day_among(_: Words, night: ThemeNight, among: Iterable[ThemeNight]) -> str:
    """Return what tells a night from others on a button: its day, the hour too, or in the end what it is about."""
    others = [each for each in among if each.id != night.id]
    if any(each.starts == night.starts for each in others):
        return topic(_, night)
    day = _.short_day(night.starts)
    return _.short_time(night.starts) if any(_.short_day(each.starts) == day for each in others) else day


def facts(context: Context, _: Words, night: ThemeNight, found: Standing | None = None) -> list[Line]:
    """Say everything about a night that anybody may know, some of which was typed; ``found`` is how it is for whom."""
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
        *(list_in_words(context, _, night) if found is None else _list_for(context, _, found)),
    ]
    return [*typed, Line(when(_, night)), place, *host, *map(Line, more)]


def for_whom(_: Words, night: ThemeNight) -> str:
    """Say who may come."""
    units = _.all_of(night.units)
    languages = _.all_of(_.name_of(each) for each in night.languages)
    if night.women:
        return _.n_("For women in unit {units}.", "For women in units {units}.", len(night.units), units=units)
    if languages:
        return _.n_(
            "For unit {units}. Language: {languages}.",
            "For units {units}. Language: {languages}.",
            len(night.units),
            units=units,
            languages=languages,
        )
    return _.n_("For unit {units}.", "For units {units}.", len(night.units), units=units)


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
    return [_("Sign up by {when}.", when=_.day_and_time(night.closes)), order(_, night)]


def _list_for(context: Context, _: Words, found: Standing) -> list[str]:
    """Say what of the list is of use to somebody: nothing more to who is on it, and only the line where it is full."""
    night, mine = found.night, found.mine
    if night.state is ThemeNightState.PUBLISHED and mine and mine.state in OPEN:
        return []
    if is_open(night, context.turn.now) and not night.lottery and not found.seats_left:
        return [_("It is full."), _("Join the line by {when}.", when=_.day_and_time(night.closes))]
    return list_in_words(context, _, night)


def order(_: Words, night: ThemeNight) -> str:
    """Say by what rule seats are given."""
    if not night.lottery:
        return _("Those who sign up first get a place.")
    return _("The places were drawn.") if night.drawn else _("Places are drawn when the list closes.")


def standing(context: Context, _: Words, found: Standing) -> list[str]:
    """Say to somebody where they stand: what happened, what happens next, by when."""
    night, mine = found.night, found.mine
    if mine is None or night.state is ThemeNightState.CANCELLED:
        return []
    if night.ends <= context.turn.now:
        return [_("The evening is over."), _("Thank you for signing up.")]
    return _by(_, mine.source, STANDING[mine.state](context, _, found))


def _by(_: Words, source: Source, said: list[str]) -> list[str]:
    return [*said, _("An officer signed you up.")] if source is Source.STAFF and said else said


def _seated(context: Context, _: Words, standing: Standing) -> list[str]:
    starts, now = standing.night.starts, context.turn.now
    days = (starts.astimezone(context.turn.hub.zone).date() - now.astimezone(context.turn.hub.zone).date()).days
    if starts <= now:
        return [_("The theme night has begun."), _("You have a place.")]
    if days == 0:
        return [_("You have a place today at {time}.", time=_.time(starts))]
    if days == 1:
        return [_("You have a place tomorrow at {time}.", time=_.time(starts)), _("Does it still suit you?")]
    return [_("You are signed up."), _("We remind you the day before.")]


def _waiting(context: Context, _: Words, standing: Standing) -> list[str]:
    return [
        _("You are number {n} in line.", n=standing.number),
        _("It is full."),
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
    return [
        *([_("You can get a place: answer by {when}.", when=_.day_and_time(until))] if until else []),
        _("Do you want the place?"),
    ]


def _anew(context: Context, _: Words, standing: Standing) -> list[str]:
    return [_("You can sign up again.")] if is_open(standing.night, context.turn.now) else []


STANDING: Whole[State, Callable[[Context, Words, Standing], list[str]]] = Whole(
    "where somebody stands with a theme night",
    State,
    {
        State.ENTERED: lambda _context, _, standing: [
            _("You are in the draw."),
            _("You see the result here {when}.", when=_.day_and_time(standing.night.closes)),
        ],
        State.WAITING: _waiting,
        State.OFFERED: _offered,
        State.SEATED: _seated,
        State.CAME: lambda _context, _, _standing: [_("Good that you came.")],
        State.WITHDRAWN: lambda context, _, standing: [
            _("You are not signed up any more."),
            *_anew(context, _, standing),
        ],
        State.PASSED: lambda context, _, standing: [
            _("The place went to somebody else."),
            _("It is not your fault."),
            *_anew(context, _, standing),
        ],
        State.CALLED_OFF: lambda _context, _, _standing: [],
    },
)
"""What each state of a sign-up says to its owner."""
