"""What is said of an announcement: how many it concerns, and how many have been shown it."""

from collections.abc import Sequence

from bot.domain.broadcasts import Progress
from bot.usecases.telling.audiences import Concerned
from handlers.chat.words import Words


def reach(_: Words, concerned: Concerned) -> str:
    """Say how many screens, staff and inmates it concerns."""
    return _(
        "It concerns: {screens}, {staff}, {inmates}.",
        screens=_.n_("{n} screen", "{n} screens", len(concerned.kiosks)),
        staff=_.n_("{n} of the staff", "{n} of the staff", len(concerned.staff)),
        inmates=_.n_("{n} inmate", "{n} inmates", concerned.inmates),
    )


def missing_in(_: Words, languages: Sequence[str]) -> list[str]:
    """Say in which languages a text lacks, and what those who read them are shown."""
    if not languages:
        return []
    named = ", ".join(map(_.name_of, languages))
    return [_("⚠️ Missing in: {languages}.", languages=named), _("There people see another language, and which one.")]


def shown_so_far(_: Words, progress: Progress) -> str:
    """Say how many screens and how many of the staff have been shown it."""
    return _(
        "Shown on {screens_shown} of {screens} screens, to {staff_shown} of {staff} staff.",
        screens_shown=progress.screens_shown,
        screens=progress.screens,
        staff_shown=progress.staff_shown,
        staff=progress.staff,
    )
