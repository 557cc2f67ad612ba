"""A program by itself: speaks with the espeak-ng library that the package espeakng-loader brings.

It is run as ``python library.py VOICE SPEED``, takes a text and writes a WAV, as ``espeak-ng --stdin --stdout`` does.
Nothing of the hub is imported here, and the hub does not import it: the library is under the GPL.
"""

import ctypes
import io
import sys
import wave
from typing import Any

SYNCHRONOUS, DONT_EXIT = 2, 0x8000
RATE = 1
UTF8 = 1
CHARACTERS = 1
HEARS = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def main(voice: str, speed: str) -> int:
    """Speak what comes in."""
    import espeakng_loader  # noqa: PLC0415 - it may be missing, and then nobody runs this

    text = sys.stdin.buffer.read()
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    hertz = library.espeak_Initialize(SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), DONT_EXIT)
    if hertz <= 0 or library.espeak_SetVoiceByName(voice.encode()):
        return 1
    library.espeak_SetParameter(RATE, int(speed), 0)
    return _write(library, text, hertz)


def _write(library: Any, text: bytes, hertz: int) -> int:
    heard = io.BytesIO()

    def hear(samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            heard.write(ctypes.string_at(samples, count * 2))
        return 0

    # Held on to as long as the library calls it.
    hears = HEARS(hear)
    library.espeak_SetSynthCallback(hears)
    size = ctypes.c_size_t(len(text) + 1)
    if library.espeak_Synth(text, size, 0, CHARACTERS, 0, UTF8, None, None) or library.espeak_Synchronize():
        return 1
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 2, hertz, 0, "NONE", ""))
        file.writeframes(heard.getvalue())
    sys.stdout.buffer.write(made.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
