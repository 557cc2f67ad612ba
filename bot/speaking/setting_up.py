"""Finds the voices that hub.yaml names and this machine has; what cannot be used is told, and the hub goes on."""

import logging
from collections.abc import Iterator
from pathlib import Path

from bot.hubfile import HubFile
from bot.hubfile.voices import Spoken, faults_in
from bot.voices import piper_files
from bot.voices.engines import CALM, Engine, Espeak, Piper, espeak_program, piper_program
from bot.voices.kept import Kept
from bot.voices.recordings import Recordings
from bot.voices.speaking import Voices

log = logging.getLogger(__name__)

KEPT = "spoken"
"""The folder of sentences that were made once, in the hub's data folder."""
NO_PIPER = "hub.yaml names Piper voices, but Piper is not here; install piper-tts beside the hub"
NO_VOICE = "No voice reads aloud here; install espeak-ng, or espeakng-loader beside the hub"


def voices_of(described: HubFile, data: Path) -> Voices:
    """Return the voices of a hub, and log what is wrong with them, each with what mends it."""
    spoken = described.spoken
    for place, text in faults_in(spoken, data):
        log.warning("%s %s", ".".join(map(str, place)), text)
    recorded = Recordings(data / spoken.recordings if spoken.recordings else None)
    found = Voices(dict(_engines(described.hub.languages, spoken, data)), recorded, Kept(data / KEPT))
    if not found.engines:
        # Nobody is warned at each start of what they may not want; the administrator's page says it too.
        log.info(NO_VOICE)
    return found


def _engines(languages: tuple[str, ...], spoken: Spoken, data: Path) -> Iterator[tuple[str, Engine]]:
    plain, better = espeak_program(), piper_program()
    if spoken.voices and better is None:
        log.warning(NO_PIPER)
    for language in languages:
        voice = data / spoken.voices[language] if language in spoken.voices else None
        if voice and better and piper_files.fault_of(voice) is None:
            yield language, Piper.of(better, voice)
        elif plain and language in CALM:
            yield language, Espeak(plain, language)
