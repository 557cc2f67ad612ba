"""What stands in the log: our own lines, and of what a library says its fixed words alone.

A library's values are what it carries: addresses with a token in them, what people wrote, rows. An error is told in
every line by its type and its place, since its words may quote all that.
"""

import logging
from typing import Any

from bot.faults import place_of

OURS = {"bot", "handlers"}
LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"
NOTHING = "(what a library says at this level is not written down)"
SCHEDULER = "apscheduler.scheduler"
LIBRARIES = ("httpx", "httpcore", "aiohttp", "telegram", "aiosqlite", "apscheduler")


class Discreet(logging.LogRecord):
    """A record that holds fixed words, values of our own, and the place of an error; it is so at every level."""

    def __init__(self, *given: Any, **more: Any) -> None:
        """Take what every record takes: name, level, path, line, message, its values, and an error."""
        super().__init__(*given, **more)
        self.stack_info = None
        if self.name.partition(".")[0] not in OURS:
            self.msg, self.args = _fixed_words(self.levelno, self.msg), ()
        if self.exc_info and (error := self.exc_info[1]):
            self.msg, self.args = f"{self.getMessage()}: {place_of(error)}", ()
        self.exc_info = None


def _fixed_words(level: int, template: object) -> str:
    # Where a library has put its values into the template, they stand behind its first line.
    return str(template).partition("\n")[0] if level >= logging.WARNING else NOTHING


def begin() -> None:
    """Write warnings, and what is worse, to standard error, discreetly."""
    logging.setLogRecordFactory(Discreet)
    logging.basicConfig(level=logging.WARNING, format=LINE)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.WARNING)
    # Where a tick takes longer than its second, the next one does what it left: that is no fault.
    logging.getLogger(SCHEDULER).setLevel(logging.ERROR)
