"""A voice file of Piper's kind, made here: real voices are large, and this one hums a tone for each sound.

Written without the library for such files: a network of five steps takes a page of bytes.
"""

import json
import struct
from pathlib import Path

FLOAT, INT64 = 1, 7
RATE, SAMPLES_OF_A_SOUND = 16_000, 600
SOUNDS = "_^$ !,.?abcdefghijklmnopqrstuvwxyzæøåɑɔəɛɪʊʉœŋʃɖʈɳɭɾʂçˈˌː"


def number(value: int) -> bytes:
    low, rest = value & 0x7F, value >> 7
    return bytes([low | 0x80]) + number(rest) if rest else bytes([low])


def field(tag: int, value: int | bytes | str) -> bytes:
    if isinstance(value, int):
        return number(tag << 3) + number(value)
    content = value.encode() if isinstance(value, str) else value
    return number(tag << 3 | 2) + number(len(content)) + content


def node(kind: str, inputs: list[str], output: str, attribute: bytes = b"") -> bytes:
    named = b"".join(field(1, each) for each in inputs) + field(2, output) + field(4, kind)
    return field(1, named + (field(5, attribute) if attribute else b""))


def tensor(name: str, shape: list[int], kind: int, content: bytes) -> bytes:
    dims = b"".join(field(1, each) for each in shape)
    return field(5, dims + field(2, kind) + field(8, name) + field(9, content))


def value(tag: int, name: str, kind: int, shape: list[int | str]) -> bytes:
    dims = b"".join(field(1, field(1, each) if isinstance(each, int) else field(2, each)) for each in shape)
    return field(tag, field(1, name) + field(2, field(1, field(1, kind) + field(2, dims))))


def network() -> bytes:
    """Each sound is as long as every other, and hums as high as its number says."""
    ramp = [each * 0.02 for each in range(SAMPLES_OF_A_SOUND)]
    steps = [
        node("Cast", ["input"], "numbers", field(1, "to") + field(3, FLOAT) + field(20, 2)),
        node("Unsqueeze", ["numbers", "last"], "apart"),
        node("Mul", ["apart", "ramp"], "angles"),
        node("Sin", ["angles"], "waves"),
        node("Reshape", ["waves", "shape"], "output"),
    ]
    known = [
        tensor("last", [1], INT64, struct.pack("<q", 2)),
        tensor("ramp", [1, 1, SAMPLES_OF_A_SOUND], FLOAT, struct.pack(f"<{SAMPLES_OF_A_SOUND}f", *ramp)),
        tensor("shape", [4], INT64, struct.pack("<4q", 1, 1, 1, -1)),
    ]
    taken = [
        value(11, "input", INT64, [1, "sounds"]),
        value(11, "input_lengths", INT64, [1]),
        value(11, "scales", FLOAT, [3]),
    ]
    graph = b"".join([*steps, field(2, "hum"), *known, *taken, value(12, "output", FLOAT, [1, 1, 1, "samples"])])
    return field(1, 8) + field(7, graph) + field(8, field(2, 13))


def description() -> dict[str, object]:
    return {
        "audio": {"sample_rate": RATE},
        "espeak": {"voice": "nb"},
        "phoneme_type": "espeak",
        "num_symbols": len(SOUNDS),
        "num_speakers": 1,
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "phoneme_id_map": {sound: [at] for at, sound in enumerate(SOUNDS)},
    }


def make_voice(folder: Path, name: str = "nb.onnx") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    voice = folder / name
    voice.write_bytes(network())
    voice.with_name(f"{name}.json").write_text(json.dumps(description()), "utf-8")
    return voice
