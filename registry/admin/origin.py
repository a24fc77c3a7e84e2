"""Where a row came from: the deliveries that made and changed it, and what they said letter by letter."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Delivery
from registry.privacy import mask_received
from vehreg.adminsite.masking import is_whole
from vehreg.adminsite.panels import Cell, Panel, detail_url
from vehreg.adminsite.words import words

_LABELS = {"made_by": gettext_lazy("made by delivery"), "changed_by": gettext_lazy("changed by delivery")}


def origin_panel(request: HttpRequest, row: Any) -> Panel | None:
    """The deliveries behind a row; nothing when it came by no delivery."""
    rows = [
        (
            Cell(str(_LABELS[name])),
            delivery_cell(request, getattr(row, name)),
            Cell(_applied(getattr(row, name))),
        )
        for name in ("made_by", "changed_by")
        if getattr(row, name) is not None
    ]
    return Panel(_("Deliveries"), rows=rows) if rows else None


def delivery_cell(request: HttpRequest, delivery: Delivery | None) -> Cell:
    return Cell(str(delivery) if delivery else words(None), url=detail_url(request, delivery))


def received_panel(request: HttpRequest, row: Any) -> Panel | None:
    """The raw text of the columns where it differs from what was understood, and of unknown columns."""
    if not row.received:
        return None
    whole = is_whole(row)
    return Panel(
        _("As received"),
        columns=[_("column"), _("text in the file")],
        rows=[
            (Cell(column), Cell(mask_received(column, value, whole=whole)))
            for column, value in sorted(row.received.items())
        ],
    )


def _applied(delivery: Delivery) -> str:
    return words(delivery.applied_at or delivery.delivered_at)
