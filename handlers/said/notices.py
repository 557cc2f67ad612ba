"""What is said of a notice at screens and to the staff: the coordinator's own words, and how long it stands."""

from bot.domain.chat.messages import Line
from bot.domain.notices.notices import Notice
from handlers.chat.words import Words


def headline(_: Words, notice: Notice) -> str:
    """Say a notice in one line; what is urgent says so in a word."""
    text = _.of(notice.texts)
    return _("❗ Important: {text}", text=text) if notice.urgent else _("📣 {text}", text=text)


def line(_: Words, notice: Notice) -> Line:
    """Say a notice; its words are free text, and leave the house only where its coordinator has said so."""
    return Line(headline(_, notice), private=not notice.outside, outside=_("📣 There is a new notice in the house."))


def until(_: Words, notice: Notice) -> str:
    """Say how long a notice stands."""
    return _("It is posted until {when}.", when=_.day_and_time(notice.ends))
