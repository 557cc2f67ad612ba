"""Reading a PDF as a person does: its words, and what is black on the page."""

from contextlib import closing

from PIL import Image
from pypdfium2 import PdfDocument


def pages(pdf: bytes) -> int:
    with closing(PdfDocument(pdf)) as document:
        return len(document)


def words(pdf: bytes) -> list[str]:
    """The lines of the first page, from top to bottom."""
    with closing(PdfDocument(pdf)) as document:
        return [line.strip() for line in str(document[0].get_textpage().get_text_range()).splitlines()]


def picture(pdf: bytes, scale: float = 4) -> Image.Image:
    """The first page as it is printed, in shades of grey; ``scale`` 1 is a pixel for each point."""
    with closing(PdfDocument(pdf)) as document:
        drawn: Image.Image = document[0].render(scale=scale).to_pil()
        return drawn.convert("L")


def dark_box(image: Image.Image) -> tuple[int, int, int, int]:
    """The box around everything that is not white."""
    found = image.point(lambda shade: 255 - shade).getbbox()
    assert found
    return found
