"""A report as a download: of the figures this user may see, and put on the trail like every export."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from cases.admin.board.asked import asked_day
from cases.progress.reading import figures_for
from cases.progress.reports import REPORTS, make_report, report_named
from cases.progress.reports.registry import WRITERS, file_name
from cases.workflow import Words
from vehreg.accounts.models import User
from vehreg.accounts.roles import WARD_ROLES
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record


def report_view(model_admin: Any, request: HttpRequest, name: str, form: str) -> HttpResponse:
    """The file; 404 for what there is not."""
    user, report = request.user, report_named(name)
    if not isinstance(user, User) or not user.has_perm("cases.view_dashboard"):
        raise PermissionDenied
    if report is None or form not in WRITERS:
        raise Http404
    figures = figures_for(user, asked_day(request))
    unit = user.unit if user.role in WARD_ROLES else None
    record(
        AuditEvent.Kind.EXPORT,
        request=request,
        subject_type="report",
        detail={"report": name, "form": form, "day": str(figures.day)},
    )
    response = HttpResponse(make_report(report, figures, form=form, unit=unit), content_type=WRITERS[form][0])
    response["Content-Disposition"] = (
        f'attachment; filename="{file_name(report, figures, form=form, unit=unit)}"'
    )
    return response


def report_choices() -> list[tuple[str, Words]]:
    return [(report.name, report.title) for report in REPORTS]
