"""WAV files, as far as speech needs them: what one holds, and one made of samples."""

import struct
import wave
from dataclasses import dataclass
from io import BytesIO

SAMPLE_BYTES = 2
LEAST_RATE, MOST_RATE = 8_000, 48_000
HEADER = 44


class NoWav(Exception):
    """What was read is no WAV that can be played here; the message says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Sound of one channel or two, 16 bits each."""

    data: bytes
    rate: int
    channels: int = 1

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.data) / (SAMPLE_BYTES * self.channels * self.rate)

    def as_wav(self) -> bytes:
        """Return it as a file whose header says how long it is."""
        made = BytesIO()
        with wave.open(made, "wb") as file:
            file.setparams((self.channels, SAMPLE_BYTES, self.rate, 0, "NONE", ""))
            file.writeframes(self.data)
        return made.getvalue()


def samples_of(content: bytes) -> Samples:
    """Read a WAV, also one of a program that began to write before it knew how long it would be."""
    try:
        with wave.open(BytesIO(_with_true_lengths(content)), "rb") as file:
            channels, width, rate, count, _kind, _name = file.getparams()
            data = file.readframes(count)
    except (wave.Error, EOFError, struct.error) as error:
        raise NoWav("it is not a WAV file of plain samples") from error
    if width != SAMPLE_BYTES or channels not in {1, 2} or not LEAST_RATE <= rate <= MOST_RATE:
        raise NoWav("it is not 16 bits, one or two channels, 8 to 48 kHz")
    if len(data) < count * width * channels:
        raise NoWav("it ends before its header says")
    if not data:
        raise NoWav("there is no sound in it")
    return Samples(data, rate, channels)


def _with_true_lengths(content: bytes) -> bytes:
    if content[:4] != b"RIFF" or content[36:40] != b"data" or len(content) <= HEADER:
        return content
    if struct.unpack("<I", content[40:44])[0] < UNKNOWN:
        return content
    data = content[HEADER:]
    whole = data[: len(data) // SAMPLE_BYTES * SAMPLE_BYTES]
    return b"".join((b"RIFF", struct.pack("<I", 36 + len(whole)), content[8:40], struct.pack("<I", len(whole)), whole))


UNKNOWN = 0x7FFF_0000
"""A length from which on it only says that nobody knew it."""
