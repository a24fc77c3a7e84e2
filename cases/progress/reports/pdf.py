"""A report as a PDF: A4, one table below the other, page numbers. The font comes along with the program."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from cases.progress.reports.sheets import Kind, Sheet, in_words

FONTS = Path(__file__).parent / "fonts"
TEXT, BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"
_MARGIN = 15 * mm
_LINE = colors.HexColor("#e2e8f0")


def write_pdf(heading: str, stamp: str, sheets: list[Sheet]) -> bytes:
    register_fonts()
    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer, pagesize=A4, title=heading, leftMargin=_MARGIN, rightMargin=_MARGIN,
        topMargin=_MARGIN, bottomMargin=_MARGIN,
    )  # fmt: skip
    story: list[Any] = [_paragraph(heading, BOLD, 14), _paragraph(stamp, TEXT, 9), Spacer(1, 5 * mm)]
    for sheet in sheets:
        story += [_paragraph(str(sheet.title), BOLD, 10), Spacer(1, 1 * mm), _table(sheet), Spacer(1, 6 * mm)]
    document.build(story, onFirstPage=_number_page, onLaterPages=_number_page)
    return buffer.getvalue()


@cache
def register_fonts() -> None:
    """Make `TEXT` and `BOLD` known to whoever draws; once for a process."""
    for name in (TEXT, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))


def _paragraph(text: str, font: str, size: int) -> Paragraph:
    return Paragraph(escape(text), ParagraphStyle(font, fontName=font, fontSize=size, leading=size * 1.4))


def _table(sheet: Sheet) -> Table:
    """Columns share the page's width as their letters ask; the heading comes again on each page."""
    kinds = [column.kind for column in sheet.columns]
    rows = [[str(column.heading) for column in sheet.columns]]
    rows += [[in_words(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in sheet.rows]
    letters = sum(column.width for column in sheet.columns)
    room = min(A4[0] - 2 * _MARGIN, letters * 2.6 * mm)
    table = Table(rows, colWidths=[room * column.width / letters for column in sheet.columns], repeatRows=1)
    numbers = [n for n, kind in enumerate(kinds) if kind is not Kind.TEXT]
    table.hAlign = "LEFT"
    table.setStyle(
        TableStyle(
            [
                ("FONT", (0, 0), (-1, 0), BOLD, 7.5),
                ("FONT", (0, 1), (-1, -1), TEXT, 7.5),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
                ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
                *(("ALIGN", (n, 0), (n, -1), "RIGHT") for n in numbers),
            ]
        )
    )
    return table


def _number_page(canvas: Any, document: Any) -> None:
    canvas.setFont(TEXT, 7.5)
    canvas.drawRightString(A4[0] - _MARGIN, 8 * mm, _("page %(number)d") % {"number": document.page})
