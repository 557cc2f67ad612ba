"""What is made of the table of pictures: one sprite, the table that the page looks emoji up in, a page of the docs.

The drawings come out of the package of a free set, and nothing of them is written by hand.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import lucide

from bot.hubfile.pictures import FOR_HUBS, PICTURES, SAID, THINGS, TURNED, Picture

ROOT = Path(__file__).parents[3]
STATIC = Path("bot/gateway/doors/static")
LICENCE = STATIC / "LUCIDE.txt"
VARIATION = "\ufe0f"
"""Asks for the coloured form of a character; the page looks emoji up without it, for not everybody types it."""

SPRITE = """\
<svg xmlns="http://www.w3.org/2000/svg">
<!-- Made by `make pictures`, of the pictures of Lucide.

{licence}
-->
{symbols}
</svg>
"""
SYMBOL = '<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'
"""The strokes are drawn as pictures.css says, so that they follow the text that a picture stands in."""
TABLE = """\
/** Made by `make pictures`: which picture is drawn in the place of which emoji, and which ones turn with the script. */

export const PICTURES = {pictures};

export const TURNED = {turned};
"""
PAGE = """\
# Pictures

Made by `make pictures` of `bot/hubfile/pictures.py`. The pages of the house draw these pictures of
Lucide in the place of emoji; chat networks outside show the emoji. Each of them stands for one
thing, wherever it stands.

In `hub.yaml`, the `icon` of a service or a topic is one of the emoji of the first two lists; that of a topic stands
beside its languages: `arbeid: {{ nb: Arbeid og tiltak, en: Work and training, icon: 🔨 }}`.

## For a hub's services and topics

{for_hubs}

## For them as well: things and people that the hub itself says

{things}

## What only the hub itself says

{said}
"""


class NotDrawn(Exception):
    """The set has no picture of this name."""


def written() -> dict[Path, str]:
    """Return every file that is made, by where it stands."""
    return {
        STATIC / "pictures.svg": sprite({each.name for each in PICTURES.values()}, (ROOT / LICENCE).read_text("utf-8")),
        STATIC / "drawn.js": table(PICTURES, TURNED),
        Path("docs/pictures.md"): PAGE.format(for_hubs=_rows(FOR_HUBS), things=_rows(THINGS), said=_rows(SAID)),
    }


def sprite(names: set[str], licence: str) -> str:
    symbols = [SYMBOL.format(name=name, shapes=shapes(name)) for name in sorted(names)]
    return SPRITE.format(licence=licence.strip().replace("--", "—"), symbols="\n".join(symbols))


def shapes(name: str) -> str:
    """Return what a picture is drawn with, as the set has it."""
    if name not in lucide.get_icon_list():
        raise NotDrawn(name)
    drawn = re.fullmatch(r"<svg[^>]*>(.*)</svg>", lucide.lucide_icon(name), re.DOTALL)
    assert drawn
    return re.sub(r"\s*\n\s*", "", drawn[1].strip())


def table(pictures: Mapping[str, Picture], turned: frozenset[str]) -> str:
    names = {emoji.replace(VARIATION, ""): each.name for emoji, each in pictures.items()}
    return TABLE.format(
        pictures=json.dumps(names, ensure_ascii=False, indent=2),
        turned=json.dumps(sorted(pictures[each].name for each in turned)),
    )


def _rows(pictures: Mapping[str, Picture]) -> str:
    return "\n".join(_lines(pictures))


def _lines(pictures: Mapping[str, Picture]) -> Iterator[str]:
    yield "| emoji | picture | says |"
    yield "|---|---|---|"
    for emoji, picture in pictures.items():
        yield f"| {emoji} | {picture.name} | {picture.means} |"
