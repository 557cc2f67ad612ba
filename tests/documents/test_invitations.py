"""The invitation: what a camera sees is what the code says, and what stands beside it can be typed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.documents.invitations import Invitation, invitation
from bot.documents.paper import QUIET_MODULES, dark_runs
from tests.documents.pages import dark_box, pages, picture, words

NOW = datetime(2027, 1, 13, 9, 0, tzinfo=UTC)
CODE = "Il1O0-_aZ9AAAAAAAAAAAA"
TELEGRAM = f"https://t.me/samtalelapp_bot?start={CODE}"
SAID = Invitation(
    "Fjordheim fengsel",
    NOW,
    "nb",
    "Invitasjon",
    ("Skann ruten.",),
    TELEGRAM,
    "Eller skriv dette:",
    (f"/start {CODE}",),
    ("Virker én gang.",),
)


def code_alone(made: bytes) -> Image.Image:
    """Cut the code out: the tallest block of ink on the page."""
    image = picture(made)
    ink = [min(image.crop((0, row, image.width, row + 1)).tobytes()) < 128 for row in range(image.height)]
    gap = 8 * 4  # lines of text are nearer to each other than the code is to them
    blocks, start, white = [], None, 0
    for row, dark in enumerate([*ink, *[False] * gap]):
        white = 0 if dark else white + 1
        start = row if dark and start is None else start
        if start is not None and white == gap:
            blocks.append((start, row - gap + 1))
            start = None
    top, bottom = max(blocks, key=lambda block: block[1] - block[0])
    left, above, right, below = dark_box(image.crop((0, top, image.width, bottom)))
    return image.crop((left, top + above, right, top + below))


def modules(image: Image.Image, count: int) -> list[list[int]]:
    """Look at the middle of each module."""
    step = image.width / count
    middles = [round((number + 0.5) * step) for number in range(count)]
    return [[int(image.getpixel((x, y)) < 128) for x in middles] for y in middles]  # type: ignore[operator] # a shade


def test_an_invitation_is_one_page_with_the_line_to_type() -> None:
    made = invitation(SAID)
    assert pages(made) == 1
    assert words(made) == [
        "Fjordheim fengsel",
        "Invitasjon",
        "Skann ruten.",
        "Eller skriv dette:",
        f"/start {CODE}",
        "Virker én gang.",
    ]


@pytest.mark.parametrize("link", [TELEGRAM, f"https://hub.fjordheim.example:8443/#{CODE}", f"/start {CODE}"])
def test_the_square_on_the_page_is_the_code_of_the_link(link: str) -> None:
    wanted = [list(row) for row in segno.make(link, error="m", micro=False).matrix]
    image = code_alone(invitation(replace(SAID, scanned=link)))
    assert abs(image.width - image.height) <= 2
    assert modules(image, len(wanted)) == wanted


def test_the_square_is_large_enough_and_has_its_white_frame() -> None:
    image = picture(invitation(SAID))
    code = code_alone(invitation(SAID))
    count = len(segno.make(TELEGRAM, error="m", micro=False).matrix)
    module = code.width / count
    millimetre = image.width / 210
    assert module / millimetre > 1.2
    assert (count + 2 * QUIET_MODULES) * module / millimetre == pytest.approx(80, abs=0.5)


def test_the_same_invitation_at_the_same_time_is_the_same_file() -> None:
    assert invitation(SAID) == invitation(SAID)


@given(st.binary(max_size=60).map(lambda raw: bytes(each & 1 for each in raw)))
def test_the_dark_runs_of_a_row_are_its_dark_modules(row: bytes) -> None:
    dark = [start + step for start, length in dark_runs(row) for step in range(length)]
    assert dark == [place for place, each in enumerate(row) if each]
