"""What somebody is asked before one of the staff does something for them: read aloud, shown, or heard (J14)."""

from bot.domain.services import Texts
from bot.domain.theme_nights.theme_nights import ThemeNight
from handlers.chat.words import Words
from handlers.said import theme_nights


def to_write(_: Words, staff: Texts) -> str:
    """Ask whether one of the staff may write a slip."""
    return _("{staff} writes for you. Is that all right? You can say no.", staff=_.of(staff))


def to_sign_up(_: Words, staff: Texts, night: ThemeNight) -> tuple[str, ...]:
    """Ask whether one of the staff may sign somebody up."""
    return (
        _("{staff} signs you up for a theme night.", staff=_.of(staff)),
        _("It is about: {topic}.", topic=theme_nights.topic(_, night)),
        _("It is {when}.", when=_.day_and_time(night.starts)),
        _("Is that all right? You can say no."),
    )
