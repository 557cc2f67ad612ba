"""Neutral sentences that were made once, as files: whoever asks next hears them at once."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from bot.voices.wavs import NoWav, samples_of

BEGUN = ".begun-"


@dataclass(frozen=True)
class Kept:
    """A folder beside the hub's data. What is about somebody never comes here."""

    folder: Path

    def name(self, said: str, language: str, engine: str) -> str:
        """Return the name of a sentence's file, other for every text, language and voice."""
        asked = json.dumps([said, language, engine], ensure_ascii=False)
        return f"{hashlib.sha256(asked.encode()).hexdigest()[:40]}.wav"

    def read(self, name: str) -> bytes | None:
        """Return what was kept under a name; a file that is not whole counts as none."""
        try:
            content = (self.folder / name).read_bytes()
            samples_of(content)
        except (OSError, NoWav):
            return None
        return content

    def write(self, name: str, content: bytes) -> None:
        """Keep a sentence, whole or not at all."""
        self.folder.mkdir(0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self.folder, prefix=BEGUN, delete=False) as begun:
            try:
                begun.write(content)
                begun.flush()
                Path(begun.name).replace(self.folder / name)
            except BaseException:
                Path(begun.name).unlink(missing_ok=True)
                raise

    def forget_others(self, names: Collection[str]) -> int:
        """Take away what nobody says any more, and what was only begun; return how much that was."""
        there = list(self.folder.iterdir()) if self.folder.is_dir() else []
        gone = [each for each in there if each.name not in names and (each.suffix == ".wav" or BEGUN in each.name)]
        for each in gone:
            each.unlink(missing_ok=True)
        return len(gone)
