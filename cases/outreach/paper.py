"""Drawing on paper: text in the program's own letters, wrapped and shortened; lines, boxes, the QR code.

Pages are drawn one after the other, not laid out as one story: a ward's list has a thousand of them.
"""

from pathlib import Path
from typing import Any, Final

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib import colors, units
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from cases.progress.reports.pdf import BOLD, TEXT, register_fonts

__all__ = ["BOLD", "TEXT", "Paper", "mm"]

mm: Final = float(units.mm)

_LINE: Final = colors.HexColor("#94a3b8")
_LEADING: Final = 1.35
_MORE: Final = "…"


class Paper:
    """A file of pages of one size. Places are from the top left corner, in points."""

    def __init__(self, path: Path, size: tuple[float, float], *, title: str) -> None:
        register_fonts()
        self.width, self.height = size
        self._canvas = Canvas(str(path), pagesize=size, pageCompression=1)
        self._canvas.setTitle(title)
        self._qr_size = 0.0

    def text(self, x: float, y: float, text: str, *, font: str = TEXT, size: float = 9) -> None:
        """One line whose letters stand on `y`."""
        self._canvas.setFont(font, size)
        self._canvas.drawString(x, self.height - y, text)

    def right(self, x: float, y: float, text: str, *, font: str = TEXT, size: float = 9) -> None:
        self._canvas.setFont(font, size)
        self._canvas.drawRightString(x, self.height - y, text)

    def centre(self, x: float, y: float, text: str, *, font: str = TEXT, size: float = 9) -> None:
        self._canvas.setFont(font, size)
        self._canvas.drawCentredString(x, self.height - y, text)

    def block(
        self, x: float, y: float, width: float, lines: list[str], *, font: str = TEXT, size: float = 9
    ) -> float:
        """Lines one below the other; returns where the next would stand."""
        for line in lines:
            self.text(x, y, line, font=font, size=size)
            y += size * _LEADING
        return y

    def paragraph(
        self, x: float, y: float, width: float, text: str, *, font: str = TEXT, size: float = 9
    ) -> float:
        """A text wrapped to a width; returns where the next line would stand."""
        return self.block(x, y, width, wrapped(text, width, font=font, size=size), font=font, size=size)

    def line(self, x: float, y: float, to: float) -> None:
        self._canvas.setStrokeColor(_LINE)
        self._canvas.setLineWidth(0.4)
        self._canvas.line(x, self.height - y, to, self.height - y)

    def box(self, x: float, y: float, side: float) -> None:
        """A square to tick; `y` is its lower side."""
        self._canvas.setStrokeColor(colors.black)
        self._canvas.setLineWidth(0.7)
        self._canvas.rect(x, self.height - y, side, side)

    def keep_qr(self, address: str, side: float) -> None:
        """Draw the code once; every page shows the same."""
        code = QrCodeWidget(address, barLevel="M", barWidth=side, barHeight=side)
        drawing = Drawing(side, side)
        drawing.add(code)
        self._qr_size = side
        self._canvas.beginForm("qr", 0, 0, side, side)
        renderPDF.draw(drawing, self._canvas, 0, 0)
        self._canvas.endForm()

    def qr(self, x: float, y: float) -> None:
        """The code that was kept; `y` is its upper side."""
        self._canvas.saveState()
        self._canvas.translate(x, self.height - y - self._qr_size)
        self._canvas.doForm("qr")
        self._canvas.restoreState()

    def end_page(self) -> None:
        self._canvas.showPage()

    def save(self) -> None:
        self._canvas.save()


def wrapped(text: str, width: float, *, font: str = TEXT, size: float = 9, most: int = 0) -> list[str]:
    """The text in lines of a width, at most so many; what does not fit ends in an ellipsis."""
    register_fonts()
    lines: list[Any] = [
        piece for line in simpleSplit(text, font, size, width) for piece in _broken(line, width, font, size)
    ]
    if most and len(lines) > most:
        lines = [*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), width, font=font, size=size)]
    return [str(line) for line in lines]


def shortened(text: str, width: float, *, font: str = TEXT, size: float = 9) -> str:
    """The text, or as much of its beginning as a width holds."""
    if pdfmetrics.stringWidth(text, font, size) <= width:
        return text
    while text and pdfmetrics.stringWidth(text + _MORE, font, size) > width:
        text = text[:-1]
    return text + _MORE


def _broken(line: str, width: float, font: str, size: float) -> list[str]:
    """A word longer than a line is cut."""
    if pdfmetrics.stringWidth(line, font, size) <= width:
        return [line]
    pieces, piece = [], ""
    for letter in line:
        if pdfmetrics.stringWidth(piece + letter, font, size) > width and piece:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]
