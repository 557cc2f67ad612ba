"""Voices of hub.yaml: files beside it that read aloud, and what is wrong with those."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field

from bot import languages
from bot.hubfile.words import Part
from bot.hubfile.yaml_files import Fault
from bot.voices import piper_files
from bot.voices.recordings import LANGUAGE, Recordings, fault_of

BESIDE = r"[\w][\w .-]*(/[\w][\w .-]*){0,5}"
"""A place beside hub.yaml, and nowhere else."""

Folder = Annotated[str, Field(pattern=rf"\A{BESIDE}\z", max_length=200)]


class VoicePart(Part):
    piper: str = Field(
        pattern=rf"\A{BESIDE}\.onnx\z",
        max_length=200,
        description="a voice is a .onnx file beside hub.yaml or in a folder there, as voices/nb.onnx",
    )


@dataclass(frozen=True, slots=True)
class Spoken:
    """What hub.yaml says of voices: a file of Piper's by language, and the folder of recordings."""

    voices: Mapping[str, str] = field(default_factory=dict)
    recordings: str | None = None


def faults_in(spoken: Spoken, folder: Path) -> Iterator[Fault]:
    """Tell every voice and every recording beside hub.yaml that cannot be used."""
    for language, file in spoken.voices.items():
        if fault := piper_files.fault_of(folder / file):
            yield ("voices", language, "piper"), fault
    if spoken.recordings:
        yield from ((("recordings",), fault) for fault in _of_recordings(folder / spoken.recordings))


def _of_recordings(folder: Path) -> Iterator[str]:
    if not folder.is_dir():
        yield f"{folder} is not there; make the folder, with one in it for each language, or leave recordings out"
        return
    for each in sorted(path for path in folder.iterdir() if path.is_dir()):
        if not (LANGUAGE.fullmatch(each.name) and languages.is_known(each.name)):
            yield f"{each} is named after no language; name it after the code of one, as so"
    yield from (fault for path in Recordings(folder).files() if (fault := fault_of(path)))
