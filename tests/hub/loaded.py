"""What the process has loaded that tests fork theirs from; whoever else imports this loads it in vain."""

import gc

from bot import cli
from bot.demo import files
from bot.demo.files import OPENS
from bot.hubfile import read_hub, read_people
from handlers.chat.words import words
from tests.crash import child
from tests.faults import nobody
from tests.hub import forked
from tests.pins import hash_cheaply

FORKED_INTO = child, nobody, forked


def load() -> None:
    """Load as well what is loaded at first use, as long as this process may read its environment."""
    cli.loop_factory()
    for command in ("check", "invite", "run"):
        cli.loaded(command)
    described = read_hub(files.HUB)
    read_people(files.PEOPLE, described)
    for language in described.hub.languages:
        words(language, described.hub.zone).day_and_time(OPENS)


load()
hash_cheaply()
# Whoever is forked shares all of this, as long as no collector goes through it.
gc.collect()
gc.freeze()
