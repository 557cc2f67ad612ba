"""Reading a PDF as a person does: its words, and what is black on the page."""

import re
from contextlib import closing

from PIL import Image
from pypdfium2 import PdfDocument


def pages(pdf: bytes) -> int:
    with closing(PdfDocument(pdf)) as document:
        return len(document)


def words(pdf: bytes, page: int = 0) -> list[str]:
    """The lines of a page, the first by default, from top to bottom."""
    with closing(PdfDocument(pdf)) as document:
        return [line.strip() for line in str(document[page].get_textpage().get_text_range()).splitlines()]


def picture(pdf: bytes, scale: float = 4, page: int = 0) -> Image.Image:
    """A page as it is printed, in shades of grey; ``scale`` 1 is a pixel for each point."""
    return in_colour(pdf, scale, page).convert("L")


def in_colour(pdf: bytes, scale: float = 4, page: int = 0) -> Image.Image:
    """A page as a screen shows it."""
    with closing(PdfDocument(pdf)) as document:
        drawn: Image.Image = document[page].render(scale=scale).to_pil()
        return drawn.convert("RGB")


def lefts(pdf: bytes, *parts: str, page: int = 0) -> list[float]:
    """How far from the left edge each of these words begins, in points."""
    with closing(PdfDocument(pdf)) as document:
        text = document[page].get_textpage()
        said = str(text.get_text_range())
        return [float(text.get_charbox(said.index(part))[0]) for part in parts]


def fonts_along(pdf: bytes) -> bool:
    """Say whether every font of the file is a subset of ours that comes along in it."""
    names = set(re.findall(rb"/BaseFont /([\w+-]+)", pdf))
    own = bool(names) and all(b"+NotoSans" in name for name in names)
    return own and len(re.findall(rb"/FontFile2", pdf)) == len(set(re.findall(rb"/FontName /([\w+-]+)", pdf)))


def dark_box(image: Image.Image) -> tuple[int, int, int, int]:
    """The box around everything that is not white."""
    found = image.point(lambda shade: 255 - shade).getbbox()
    assert found
    return found
