"""What people have recorded: a file for each sentence, named after the English one; it goes before any engine."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.voices.wavs import NoWav, samples_of

MOST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 80
LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)


def slug(sentence: str) -> str:
    """Return the name of a sentence's file, without its ending: words of small letters with - between them."""
    plain = unicodedata.normalize("NFKD", sentence).encode("ascii", "ignore").decode().lower().replace("'", "")
    name = "-".join(re.findall(r"[a-z0-9]+", plain))
    if len(name) <= LONGEST_NAME:
        return name
    # Two long sentences that begin alike are told apart at the end.
    mark = hashlib.sha256(name.encode()).hexdigest()[:6]
    return f"{name[: LONGEST_NAME - 7].rstrip('-')}-{mark}"


@dataclass(frozen=True)
class Recordings:
    """A folder with a folder for each language, or none at all."""

    folder: Path | None = None

    def languages(self) -> list[str]:
        """Return the languages of which there is a recording that can be played."""
        return sorted({path.parent.name for path in self.files() if fault_of(path) is None})

    def files(self) -> Iterator[Path]:
        """Every recording, whether it can be played or not."""
        if self.folder and self.folder.is_dir():
            yield from sorted(each for each in self.folder.glob("*/*") if each.suffix.lower() == ".wav")

    def of(self, language: str, english: Iterable[str]) -> Path | None:
        """Return the recording of a sentence, by what it says in English; several may be said alike."""
        if self.folder is None or not LANGUAGE.fullmatch(language):
            return None
        places = (self.folder / language / f"{name}.wav" for each in english if (name := slug(each)))
        return next((each for each in places if each.is_file()), None)


def fault_of(path: Path) -> str | None:
    """Say what is wrong with a recording and what to do, as the end of a sentence; nothing where it can be played."""
    try:
        read(path)
    except NoWav as error:
        return f"{path} cannot be played: {error}; {REMEDY}"
    except OSError as error:
        return f"{path} cannot be read ({error.strerror}); let whoever runs the hub read it"
    return None


REMEDY = "record it anew as a WAV of 16 bits, with a few seconds for each sentence"


def read(path: Path) -> bytes:
    """Return a recording that can be played, or raise NoWav."""
    size = path.stat().st_size
    if size == 0:
        raise NoWav("there is nothing in it")
    if size > MOST_BYTES:
        raise NoWav(f"it has {size / 1024 / 1024:.0f} MB, and there is room for {MOST_BYTES // 1024 // 1024}")
    return samples_of(path.read_bytes()).as_wav()
