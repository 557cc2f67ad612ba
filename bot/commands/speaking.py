"""voices: makes what is said to everybody before anybody asks for it, and lists what people can record."""

import argparse
import sys
from contextlib import suppress
from pathlib import Path

from bot import founding
from bot.commands.asked import Commands, settings_of
from bot.endings import FAULTS
from bot.hubfile import HubFile
from bot.languages import is_known
from bot.speaking.making import Progress, forget_old, make_all
from bot.speaking.sayings import Sayings, to_record
from bot.speaking.setting_up import voices_of
from bot.voices.recordings import LANGUAGE, Recordings, slug

NOT_A_LANGUAGE = "{code!r} is no language; name it by its code, as so for Somali."
LEAST_TOLD = 50
"""Where nobody looks on, in a log, so many sentences go by before it is told how far it is."""


async def speak(asked: argparse.Namespace) -> int:
    """Make every neutral sentence, or list what can be recorded."""
    settings = settings_of(asked)
    described = founding.described_in(settings)
    if asked.sentences:
        return _list(described, settings.data, asked.sentences)
    voices = voices_of(described, settings.data)
    with suppress(BrokenPipeError):
        async for progress in make_all(voices, described.hub):
            _tell(progress)
    if voices.kept:
        forget_old(voices, described.hub, voices.kept)
    return 0


def _tell(progress: Progress) -> None:
    is_done = progress.made == progress.of
    if sys.stdout.isatty():
        print(f"\r{progress}", end="\n" if is_done else "", flush=True)
    elif is_done or progress.made % LEAST_TOLD == 0:
        print(progress, flush=True)


def _list(described: HubFile, data: Path, language: str) -> int:
    if not (LANGUAGE.fullmatch(language) and is_known(language)):
        print(NOT_A_LANGUAGE.format(code=language), file=sys.stderr)
        return 2
    folder = described.spoken.recordings
    recorded = Recordings(data / folder if folder else None)
    sayings = [Sayings(described.hub, each) for each in described.hub.languages]
    for sentence in to_record(sayings):
        if name := slug(sentence):
            mark = "✓" if recorded.of(language, (sentence,)) else " "
            print(f"{mark} {folder or 'recordings'}/{language}/{name}.wav\t{' '.join(sentence.split())}")
    return 0


COMMANDS = Commands({"voices": speak}, FAULTS)
