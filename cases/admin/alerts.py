"""What stands against a vehicle, on its page: lost, stolen, seized, or declared by two people."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from cases.declarations.statuses import MISSING
from cases.models import Discrepancy, VerificationCase
from cases.models.kinds import DeclaredKind
from cases.models.subject import Register
from vehreg.adminsite.panels import Cell, Panel, add_panel, detail_url
from vehreg.adminsite.words import words

_ALERTS = (*MISSING, DeclaredKind.DECLARED_CONFLICT)


def alert_panel(request: HttpRequest, vehicle: Any) -> Panel | None:
    """The open alerts on a vehicle, each with its case. Everybody who may see the vehicle is warned."""
    found = Discrepancy.objects.filter(
        register=Register.VEHICLE, subject_id=vehicle.pk, state=Discrepancy.State.OPEN, kind__in=_ALERTS
    )
    alerts = list(found.select_related("case").order_by("kind"))
    if not alerts:
        return None
    return Panel(
        _("Warning"),
        columns=[_("what is wrong"), _("since"), _("violations since"), _("case")],
        rows=[
            (
                Cell(str(one.get_kind_display()), badge="bad"),
                Cell(words(_since(one))),
                Cell(str(one.evidence.get("violation_count") or words(None))),
                Cell(one.case.number, url=_case_url(request, one.case)),
            )
            for one in alerts
        ],
        wide=True,
    )


def _since(alert: Discrepancy) -> date | None:
    """Since when it is missing: as declared, or else the day on which it was declared."""
    if since := alert.evidence.get("since"):
        return date.fromisoformat(since)
    declared_at = parse_datetime(alert.evidence.get("declared_at") or "")
    return timezone.localdate(declared_at) if declared_at else None


def _case_url(request: HttpRequest, case: VerificationCase) -> str:
    """A case of another unit is named, and opens for nobody else."""
    unit = getattr(request.user, "unit_id", None)
    return detail_url(request, case) if unit in (None, case.unit_id) else ""


add_panel("registry.vehicle", alert_panel, urgent=True)
