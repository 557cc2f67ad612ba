"""Finds every emoji that the hub or its pages say, with where it stands."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
SAYING = (
    "bot/**/*.py",
    "handlers/**/*.py",
    "locales/**/*.po",
    "bot/demo/*.yaml",
    "bot/**/static/*.js",
    "bot/**/*.html",
)
NOT_SAID = ("bot/hubfile/pictures.py", "bot/gateway/doors/static/drawn.js", "bot/voices/texts.py", "bot/commands/")
"""What lists emoji, what is made of the list, what leaves them out of what is read aloud, and what a terminal says."""

COLOURED, JOINER = "\ufe0f", "\u200d"


def sources() -> Iterator[Path]:
    """Every file whose words can come to a screen: code, catalogues, the demo's hub, the pages."""
    for pattern in SAYING:
        yield from (
            each for each in sorted(ROOT.glob(pattern)) if not each.relative_to(ROOT).as_posix().startswith(NOT_SAID)
        )


def found() -> Iterator[tuple[str, str]]:
    """Every emoji as it is spelled, and the file and line where it stands."""
    for path in sources():
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            for emoji in emoji_in(line):
                yield emoji, f"{path.relative_to(ROOT).as_posix()}:{number}"


def emoji_in(text: str) -> Iterator[str]:
    """Return symbols as a reader counts them: what is joined, coloured or shaded belongs to the one before it."""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and (text[end] in {COLOURED, JOINER} or text[end - 1] == JOINER or is_shade(text[end])):
            end += 1
        if is_symbol(text[at]) or COLOURED in text[at:end]:
            yield text[at:end]
        at = end


def is_symbol(char: str) -> bool:
    """Say whether a character is drawn and no letter; lines of boxes part a file, and are not said."""
    return unicodedata.category(char) == "So" and not "\u2500" <= char <= "\u257f"


def is_shade(char: str) -> bool:
    return "\U0001f3fb" <= char <= "\U0001f3ff"
