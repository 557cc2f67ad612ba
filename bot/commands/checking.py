"""check: a file is read, and no hub is needed for it."""

import argparse
from collections.abc import Iterator

from bot import hubfile, languages
from bot.commands.asked import Commands
from bot.endings import FAULTS
from bot.languages import plurals


async def check_hub(asked: argparse.Namespace) -> int:
    """Read a hub.yaml."""
    described = hubfile.read_hub(asked.hub)
    hubfile.check_spoken(asked.hub)
    hub = described.hub
    people = hubfile.read_people(asked.people, described) if asked.people else None
    print(f"{asked.hub} is right: {hub.name}, {len(hub.services)} services, {len(hub.units)} units.")
    if people:
        print(f"{asked.people} is right: {len(people.inmates)} numbers, {len(people.slips)} slips.")
    if wrong := list(catalogue_faults()):
        raise languages.CatalogueFault("\n".join(wrong))
    return 0


def catalogue_faults() -> Iterator[str]:
    """Tell the catalogues that say wrongly how their language counts; the hub itself counts rightly all the same."""
    for readers in (languages.INMATES, languages.STAFF, languages.WALLS):
        for language in languages.with_catalogue(readers):
            path = languages.catalogue(language, readers)
            if found := plurals.fault(language, path.read_text("utf-8")):
                yield f"{path.relative_to(languages.LOCALES.parent)}, line {found[0]}: {found[1]}"


COMMANDS = Commands({"check": check_hub}, FAULTS)
