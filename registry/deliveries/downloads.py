"""The lists a delivery leaves behind, as CSV for a spreadsheet; no cell can act as a formula."""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from registry.deliveries.notices import sentence
from registry.models import Delivery, DeliveryNotice

# With a mark, so that a spreadsheet reads UTF-8.
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Lists are for the authority that sent the file.
_LANGUAGE = "vi"

Mask = Callable[[str, str], str]


def notice_lines(delivery: Delivery, *, mask: Mask, kept: bool = False) -> Iterator[str]:
    """Every notice of a delivery, row by row. `kept`: what its undo kept, instead."""
    notices = DeliveryNotice.objects.filter(delivery=delivery).order_by("row_no", "id")
    notices = notices.filter(code__startswith="kept_") if kept else notices.exclude(code__startswith="kept_")
    with translation.override(_LANGUAGE):
        names = (_("row"), _("column"), _("code"), _("message"), _("raw value"), _("row rejected"))
        yield _BOM + line(names)
        for notice in notices.iterator(chunk_size=2000):
            yield line(_cells(notice, mask))


def _cells(notice: DeliveryNotice, mask: Mask) -> Iterable[Any]:
    # The generator runs between two other requests of this thread: the language is set for each line.
    with translation.override(_LANGUAGE):
        words = sentence(notice.code, notice.other)
        rejected = _("yes") if notice.rejects else _("no")
    return (notice.row_no, notice.column, notice.code, words, mask(notice.column, notice.value), rejected)


def line(cells: Iterable[Any]) -> str:
    """One line of CSV; no cell of it can act as a formula."""
    holder = _Holder()
    csv.writer(holder).writerow(harmless(cell) for cell in cells)
    return holder.text


def harmless(cell: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return "'" + cell if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


class _Holder:
    """Takes the one line csv writes."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text
