"""The numbers of a delivery, its notices by reason, and the first of them."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.deliveries.disk import Forecast, size_words
from registry.deliveries.kinds import kind_of
from registry.deliveries.notices import sentence
from registry.models import Delivery, DeliveryNotice
from registry.privacy import mask_received
from vehreg.accounts.privacy import stated_purpose
from vehreg.adminsite.panels import PANEL_ROWS, Cell, Panel


@dataclass(frozen=True)
class Number:
    """A figure with its words; `colour` is that of a badge."""

    label: str | Promise
    value: int
    colour: str = "plain"
    url: str = ""


_COUNTED: dict[str, tuple[Promise, str]] = {
    "rows": (gettext_lazy("rows in the file"), "plain"),
    "new": (gettext_lazy("new"), "good"),
    "changed": (gettext_lazy("changed"), "info"),
    "unchanged": (gettext_lazy("unchanged"), "plain"),
    "rejected": (gettext_lazy("rejected"), "bad"),
}
_UNDONE: dict[str, Promise] = {
    "removed": gettext_lazy("removed"),
    "restored": gettext_lazy("given back"),
    "kept": gettext_lazy("kept as they are"),
}


def numbers_of(delivery: Delivery) -> list[Number]:
    """What a delivery does or did, once it is known."""
    if delivery.rows is None:
        return []
    found = [
        Number(label, getattr(delivery, name) or 0, colour) for name, (label, colour) in _COUNTED.items()
    ]
    if "absent" in delivery.summary:
        address = reverse("admin:registry_delivery_absent", args=[delivery.pk])
        found.append(Number(_("no longer in the file"), delivery.summary["absent"], "warn", address))
    for name, count in delivery.summary.get("undone", {}).items():
        kept = name == "kept" and count
        address = reverse("admin:registry_delivery_kept", args=[delivery.pk]) if kept else ""
        found.append(Number(_UNDONE[name], count, "warn" if kept else "plain", address))
    return found


def disk_panel(forecast: Forecast) -> Panel:
    """What the next step takes of the disk."""
    sizes = (
        (_("until it is applied: the rows in between"), forecast.staging),
        (_("the registers with their indexes"), forecast.register),
        (_("for a while: the log of the database"), forecast.log),
        (_("together, about"), forecast.needed),
    )
    rows = [(Cell(words), Cell(size_words(size))) for words, size in sizes if size]
    free = _("unknown from here") if forecast.free is None else size_words(forecast.free)
    rows.append(
        (Cell(_("free on the disk of the database")), Cell(free, badge="" if forecast.fits else "bad"))
    )
    return Panel(_("Disk"), columns=(_("what for"), _("how much")), rows=rows)


def reasons_panel(delivery: Delivery) -> Panel | None:
    """How often each thing was noticed, rejecting ones first."""
    reasons = delivery.summary.get("reasons", [])
    rows = [
        (
            _loaded_cell(reason["rejects"]),
            Cell(number_format(reason["count"], force_grouping=True)),
            Cell(column_words(delivery, reason["column"])),
            Cell(sentence(reason["code"], "…")),
        )
        for reason in reasons
    ]
    if not rows:
        return None
    columns = (_("row"), _("how often"), _("column"), _("what was found, and what to do"))
    return Panel(_("By reason"), columns=columns, rows=rows, wide=True)


def _loaded_cell(rejects: bool) -> Cell:
    return Cell(_("rejected"), badge="bad") if rejects else Cell(_("loaded"), badge="warn")


def notices_panel(request: HttpRequest, delivery: Delivery) -> Panel | None:
    """The first notices; all of them are a download."""
    notices = DeliveryNotice.objects.filter(delivery=delivery).exclude(code__startswith="kept_")
    first = list(notices.order_by("row_no", "id")[:PANEL_ROWS])
    if not first:
        return None
    whole = stated_purpose(request) is not None
    rows = [
        (
            Cell(number_format(notice.row_no, force_grouping=True)),
            Cell(column_words(delivery, notice.column)),
            Cell(shown_value(delivery, notice.column, notice.value, whole=whole)[:200]),
            Cell(sentence(notice.code, notice.other), badge=""),
        )
        for notice in first
    ]
    return Panel(
        _("First notices"),
        columns=(_("row"), _("column"), _("raw value"), _("what was found, and what to do")),
        rows=rows,
        more_url=reverse("admin:registry_delivery_notices", args=[delivery.pk]),
        more=_("Download all notices (CSV)"),
        wide=True,
    )


def shown_value(delivery: Delivery, name: str, value: str, *, whole: bool) -> str:
    """A raw value; numbers of people are masked, also inside a whole row and in columns nobody knows."""
    known = [column for column in kind_of(delivery.kind).columns if column.name == name]
    if known and not known[0].type.is_number:
        return value
    return mask_received(name, value, whole=whole)


def column_words(delivery: Delivery, name: str) -> str:
    """A column by its name and its Vietnamese heading."""
    known = [column for column in kind_of(delivery.kind).columns if column.name == name]
    return f"{name} ({known[0].aliases[0]})" if known and known[0].aliases else name or _("whole row")
