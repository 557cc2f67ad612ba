"""A desk: what somebody of the staff is in the middle of, over several pages of a chat."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.domain.refusals import Stale


@dataclass(frozen=True, slots=True)
class Desk:
    """A task and what has been chosen so far. ``step`` only grows: a button of an earlier page is known as stale."""

    task: str | None = None
    step: int = 0
    draft: Mapping[str, Any] = field(default_factory=dict)

    def begin(self, task: str, **draft: Any) -> "Desk":
        """Begin a task; whatever was begun before is dropped."""
        return Desk(task, self.step + 1, draft)

    def go_on(self, task: str, step: int, **chosen: Any) -> "Desk":
        """Take one choice more, pressed on the page that ``step`` names."""
        self.at(task, step)
        return replace(self, step=self.step + 1, draft={**self.draft, **chosen})

    def at(self, task: str, step: int) -> Mapping[str, Any]:
        """Return what has been chosen, or refuse a button of an earlier page or another task."""
        if (self.task, self.step) != (task, step):
            raise Stale
        return self.draft

    def clear(self) -> "Desk":
        """Be done: pressed twice, it is done once."""
        return Desk(None, self.step + 1)
