"""What no line of a log or on stderr may hold, in the whole run of the tests: names, PINs, tokens, typed words.

Nor may any tell that something lacked its words: whoever it was said to has read it in another language.

Every record that is logged while the tests run is read as it is written down, and so is what a test's processes write
on stderr. The demo's aliases and topics are words nobody else uses in a log; those that are (``Vik`` stands in
``Nordvik``) are found as whole words.
"""

import logging
import re
from dataclasses import dataclass, field

import yaml

from bot.demo import files

CANARY = "CANARY"
"""What tests put where nothing may come from: into tokens, passwords, aliases, and what people type."""

_PEOPLE = yaml.load(files.PEOPLE.read_bytes(), yaml.CSafeLoader)["inmates"]
_SERVICES = yaml.load(files.HUB.read_bytes(), yaml.CSafeLoader)["services"]
ALIASES = {each["alias"] for each in _PEOPLE.values()}
TOPICS = {
    words
    for each in _SERVICES.values()
    for topic in each.get("topics", {}).values()
    for language, words in topic.items()
    if language != "icon"
}
PINS = {each["pin"] for each in _PEOPLE.values()}
SECRETS = re.compile(
    "|".join(
        (
            f"(?i:{CANARY})",
            rf"\b(?:{'|'.join(sorted(ALIASES))})\b",
            rf"\b(?:{'|'.join(map(re.escape, sorted(TOPICS)))})\b",
            # A PIN stands alone: not in a port, a time, an id or a line's number.
            rf"(?<![\w.:+/#-])(?:{'|'.join(sorted(PINS))})(?![\w.:+/-])",
            r"(?<!\d)\d{6,}:[A-Za-z0-9_-]{30,}",  # a bot's token, as it stands in an address
            r"/start \S{12,}",  # an invitation, or its stamp
            r'"(?:text|data)":|callback_data',  # what people wrote or pressed, as the networks carry it
        )
    )
)
LACKS = re.compile(r"A catalogue lacks words|No words at a screen")


def sings(text: str) -> bool:
    """Say whether a canary is in a text, in whatever case: the chat library changes it in what a server has refused."""
    return CANARY in text.upper()


@dataclass
class Ear(logging.Handler):
    """Hears every record and remembers those that tell too much, with the test in which it was."""

    heard: list[str] = field(default_factory=list)
    lines: int = 0
    during: str = ""

    def __post_init__(self) -> None:
        """Hear everything; what a logger does not let through is not written down either."""
        super().__init__(logging.NOTSET)
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))

    def __hash__(self) -> int:
        """Handlers are kept by who they are."""
        return id(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Read one record as a log would hold it, with its trace."""
        self.read(self.format(record))

    def read(self, text: str) -> None:
        """Read what was written down."""
        for line in text.splitlines():
            self.lines += 1
            if found := SECRETS.search(line) or LACKS.search(line):
                self.heard.append(f"{self.during}: {found[0]!r} in {line!r}")
