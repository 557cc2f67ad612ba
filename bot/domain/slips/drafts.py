"""A slip that is being made, page by page: what is kept of it, and which page comes before which (F140, F142)."""

from dataclasses import replace
from datetime import datetime

from bot.domain.services import Service
from bot.domain.slips.slips import Draft, Stage
from bot.domain.timetable.timetable import starts_of


def stages_to(draft: Draft, service: Service) -> tuple[Stage, ...]:
    """Return the pages of a draft up to where it was left; a service without topics asks for none."""
    stages = [each for each in Stage if each is not Stage.TOPICS or service.topics]
    last = draft.stage if draft.stage in stages else Stage.REVIEW
    return tuple(stages[: stages.index(last) + 1])


def begun(present: Draft | None, new: Draft) -> Draft:
    """Return what is gone on with where somebody chooses a service: what they had begun there, or else a new slip.

    Whoever has not said that anybody will do meets the adviser of the new one: who could be asked before may be gone.
    """
    if present is None or present.service != new.service:
        return new
    return replace(present, adviser=new.adviser if present.adviser else None, stage=new.stage)


def left_at(draft: Draft, page: str) -> Draft:
    """Return the draft as it is left at a page of it; any other page leaves it where it was."""
    return replace(draft, stage=Stage(page)) if page in list(Stage) else draft


def come_back(draft: Draft, service: Service, now: datetime) -> Draft:
    """Return a kept draft without what can be chosen no more: a topic that is gone, a time that has passed."""
    wish = draft.wish if draft.wish and starts_of(draft.wish) > now else None
    return replace(draft, topic=draft.topic if draft.topic and service.topic(draft.topic) else None, wish=wish)
