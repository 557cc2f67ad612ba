"""Drawing on A4 with fonts of our own, so that every printer shows the same, and the same input gives the same bytes.

Sentences come finished from the edge; nothing here knows a word. Noto Sans has the Latin and Cyrillic letters, Noto
Sans Arabic stands in where it has none, and Noto Sans Mono is for what people copy. Letters that join are shaped, and
what is written from the right stands at the right.

fpdf2 is loaded with the first drawing: what it brings along would be a quarter of every start, and most starts draw
nothing. What it has enums for is said in words for the same reason.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast

import segno
from babel import Locale

from bot.documents.widths import UNIT, Widths, measured

if TYPE_CHECKING:
    from fpdf.enums import WrapMode
    from fpdf.fonts import TTFFont

FONTS = Path(__file__).parent / "fonts"
FACES = {
    ("Noto", ""): "NotoSans-Regular.ttf",
    ("Noto", "B"): "NotoSans-Bold.ttf",
    ("NotoMono", ""): "NotoSansMono-Ascii.ttf",
    ("NotoArabic", ""): "NotoSansArabic-Regular.ttf",
    ("NotoArabic", "B"): "NotoSansArabic-Bold.ttf",
}
"""Half the time of drawing a page goes into reading its fonts and the other into writing them: none is without need."""

OTHER_GLYPHS = "NotoArabic"
MARGIN = 22.0
LINE_HEIGHT = 1.35
Colour = tuple[int, int, int]
BLACK: Colour = (0, 0, 0)
BOX, BOX_LINE = 4.0, 7.5
"""How wide a box to tick is, and how high its line."""
QUIET_MODULES = 4
"""The white frame around a QR code, as its standard asks for."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words in one size, in points; ``leading`` is the height of a line in sizes."""

    words: str
    size: float
    bold: bool = False
    colour: Colour = BLACK
    leading: float = LINE_HEIGHT


class Canvas:
    """Pages that are written from top to bottom, in a ``with`` block that closes their fonts.

    Sizes are in points, lengths in millimetres. ``now`` is the hub's time and the only one in the file.
    """

    def __init__(self, title: str, language: str, now: datetime, margin: float = MARGIN) -> None:
        from fpdf import FPDF  # noqa: PLC0415 - only what draws loads it

        self._pdf = FPDF(format="A4")
        self._measured: dict[tuple[str, bool, bool], Widths] = {}
        self._pdf.set_margin(margin)
        self._pdf.c_margin = 0.0 if not margin else self._pdf.c_margin
        self.turn_to(language)
        self._read("Noto", "")
        self._pdf.set_title(title)
        self._pdf.set_lang(language)
        self._pdf.set_creator("Samtalelapp")
        self._pdf.set_producer("Samtalelapp")
        self._pdf.set_creation_date(now)
        self._pdf.add_page()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for font in self._pdf.fonts.values():
            cast("TTFFont", font).close()

    def _read(self, family: str, style: str) -> None:
        if f"{family.lower()}{style}" not in self._pdf.fonts:
            self._pdf.add_font(family, style, FONTS / FACES[family, style])

    def _use(self, family: str, size: float, *, bold: bool = False) -> None:
        self._read(family, "B" if bold else "")
        self._pdf.set_font(family, "B" if bold else "", size)

    def _find_glyphs(self, words: str) -> None:
        """Let other glyphs stand in where Noto Sans has none."""
        known = cast("TTFFont", self._pdf.fonts["noto"]).cmap
        if any(ord(each) not in known for each in words if not each.isspace()):
            for style in ("", "B"):
                self._read(OTHER_GLYPHS, style)
            self._pdf.set_fallback_fonts([OTHER_GLYPHS], exact_match=False)

    def turn_to(self, language: str) -> None:
        """Write what follows in the direction of this language."""
        self.from_right = Locale.parse(language).text_direction == "rtl"
        self._pdf.set_text_shaping(self.from_right, direction="rtl" if self.from_right else None)
        self._side = "R" if self.from_right else "L"

    def turn_over(self, language: str) -> None:
        """Go on with a page in this language, on which everything is put in its place."""
        self.turn_to(language)
        self._pdf.add_page()

    def write(self, sentence: str, size: float = 12, *, bold: bool = False, spread: float = 0) -> None:
        """Write a sentence in lines of its own; ``spread`` puts so many points between its letters."""
        self._use("Noto", size, bold=bold)
        self._pdf.set_char_spacing(spread)
        self._lines(sentence, self._side, "WORD")
        self._pdf.set_char_spacing(0)

    def write_box(self, words: str, size: float = 12) -> None:
        """Write a line with an empty box before it, to be ticked by hand; without words, a line to write on."""
        self._use("Noto", size)
        self.keep_together(lines=1)
        left, top = self._pdf.get_x(), self._pdf.get_y()
        self._pdf.rect(left, top + (BOX_LINE - BOX) / 2, BOX, BOX)
        self._pdf.set_xy(left + 2 * BOX, top)
        if words:
            self._find_glyphs(words)
            self._pdf.cell(0, BOX_LINE, words, new_x="LMARGIN", new_y="NEXT")
        else:
            self._pdf.line(left + 2 * BOX, top + BOX_LINE - 1, self._pdf.w - MARGIN, top + BOX_LINE - 1)
            self._pdf.set_xy(left, top + BOX_LINE)

    def keep_together(self, lines: int) -> None:
        """Begin a new page where there is no room for so many lines with boxes."""
        if self._pdf.will_page_break(lines * BOX_LINE):
            self._pdf.add_page()

    def write_code(self, line: str, size: float = 16) -> None:
        """Write a line that somebody will type: in letters of one width, of which no two look alike."""
        self._use("NotoMono", size)
        self._lines(line, "L", "CHAR")

    def _lines(self, text: str, side: str, wrap: str) -> None:
        self._find_glyphs(text)
        height, breaks = self._pdf.font_size * LINE_HEIGHT, cast("WrapMode", wrap)
        self._pdf.multi_cell(0, height, text, align=side, wrapmode=breaks, new_x="LMARGIN", new_y="NEXT")

    def put(self, text: Text, left: float, top: float, width: float) -> None:
        """Put words in their place, in as many lines as they need; from the right, ``left`` is counted from there."""
        # Measuring leaves fpdf2 believing that this font is in force on the page already; it must be taken anew.
        self._take(replace(text, size=text.size + 1))
        self._take(text)
        self._pdf.set_text_color(*text.colour)
        self._pdf.set_xy(self._x(left, width), top)
        self._pdf.multi_cell(width, self._line(text), text.words, align=self._side)
        self._pdf.set_text_color(*BLACK)

    def height_of(self, text: Text, width: float) -> float:
        """Return how high words would stand in lines of this width."""
        lines = None if self.from_right else self._widths(text).lines(text.size, width - 2 * self._pdf.c_margin)
        self._take(text)
        return self._line(text) * (lines or self._broken(text, width))

    def _broken(self, text: Text, width: float) -> int:
        """Have fpdf2 count the lines: letters that join are as wide as their neighbours have them."""
        line, kind = self._line(text), "LINES"
        lines = self._pdf.multi_cell(width, line, text.words, align=self._side, dry_run=True, output=kind)
        return len(cast(list[str], lines))

    def longest_word(self, text: Text) -> float:
        """Return how wide its longest word stands: a line that is narrower would break it."""
        return self._widths(text).longest(text.size)

    def _widths(self, text: Text) -> Widths:
        known = text.words, text.bold, self.from_right
        if known not in self._measured:
            self._take(replace(text, size=UNIT))
            self._measured[known] = measured(text.words, self._pdf.get_string_width)
        return self._measured[known]

    def fill(self, left: float, top: float, width: float, height: float, colour: Colour) -> None:
        """Colour a rectangle; where one reads from the right, ``left`` is counted from there."""
        self._pdf.set_fill_color(*colour)
        self._pdf.rect(self._x(left, width), top, width, height, style="F")
        self._pdf.set_fill_color(*BLACK)

    def _x(self, left: float, width: float) -> float:
        return self._pdf.w - left - width if self.from_right else left

    def _take(self, text: Text) -> None:
        self._find_glyphs(text.words)
        self._use("Noto", text.size, bold=text.bold)

    def _line(self, text: Text) -> float:
        return float(self._pdf.font_size * text.leading)

    def skip(self, millimetres: float) -> None:
        """Leave some room."""
        self._pdf.ln(millimetres)

    def rule(self) -> None:
        """Draw a thin line from side to side."""
        height = self._pdf.get_y()
        self._pdf.line(MARGIN, height, self._pdf.w - MARGIN, height)

    def qr(self, content: str, side: float) -> None:
        """Draw a QR code in the middle, so many millimetres wide with its white frame."""
        rows = [bytes(row) for row in segno.make(content, error="m", micro=False).matrix]
        module = side / (len(rows) + 2 * QUIET_MODULES)
        left, top = (self._pdf.w - side) / 2 + QUIET_MODULES * module, self._pdf.get_y() + QUIET_MODULES * module
        for number, row in enumerate(rows):
            for start, length in dark_runs(row):
                self._pdf.rect(left + start * module, top + number * module, length * module, module, style="F")
        self.skip(side)

    def as_pdf(self) -> bytes:
        """Return the file."""
        return bytes(self._pdf.output())


def dark_runs(row: bytes) -> list[tuple[int, int]]:
    """Return where dark modules stand side by side in a row of a QR code: start and length."""
    starts = [place for place, dark in enumerate(row) if dark and (place == 0 or not row[place - 1])]
    return [(start, (row + b"\0").index(0, start) - start) for start in starts]
