"""What of an update no file may tell: what passes is remembered only, and for a typed code its stamp is kept."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

PASSING = "passing"
"""The house network's own mark on what was pressed or typed, and is in its memory alone."""


@dataclass(frozen=True, slots=True)
class Secrecy:
    """Knows secrets by how they begin: ``presses`` are of pages that pass, ``code`` has a group of that name.

    ``stamp`` makes of a code what the hub itself keeps of it.
    """

    presses: re.Pattern[str]
    code: re.Pattern[str]
    stamp: Callable[[str], str]

    @property
    def pattern(self) -> str:
        """Return what a network of ours shall keep in memory alone, pressed or typed."""
        return f"{self.presses.pattern}|{self.code.pattern}"

    def told(self, update: dict[str, Any]) -> dict[str, Any]:
        """Return the update with a stamp where a code was typed; then it is no secret any more."""
        message = update.get("message")
        text = message.get("text") if isinstance(message, dict) else None
        found = self.code.match(text) if isinstance(text, str) else None
        if not isinstance(message, dict) or not isinstance(text, str) or found is None:
            return update
        start, end = found.span("code")
        stamped = message | {"text": f"{text[:start]}{self.stamp(found['code'])}{text[end:]}"}
        return {name: value for name, value in update.items() if name != PASSING} | {"message": stamped}

    def passes(self, update: dict[str, Any]) -> bool:
        """Say whether an update must not be written."""
        query = update.get("callback_query")
        data = query.get("data") if isinstance(query, dict) else None
        return update.get(PASSING) is True or (isinstance(data, str) and self.presses.match(data) is not None)


NOTHING = re.compile(r"(?!)")
NO_SECRETS = Secrecy(NOTHING, re.compile(r"(?!)(?P<code>)"), str)
"""For a network on which there is nothing to hide."""
