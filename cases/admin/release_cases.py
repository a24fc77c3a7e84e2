"""The cases of a lot, page by page: what was done, what was left or kept, and why."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from cases.admin.release_panels import state_cell
from cases.models import Release, ReleaseCase
from cases.releases.services import cases_of
from cases.releases.words import reason_words
from vehreg.adminsite import looks
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.keyset import AFTER_VAR, BEFORE_VAR, keyset_page
from vehreg.adminsite.panels import Cell, Panel, detail_url, page_of
from vehreg.adminsite.words import NOTHING

ROWS = 50


def cases_view(model_admin: BaseAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """One page of the lot. It names people: the look is on the trail."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    release = get_object_or_404(Release.objects.select_related("release_class"), pk=pk)
    looks.record_view(request, release)
    with transaction.atomic():
        context = model_admin.admin_site.each_context(request) | _context(request, release)
        context |= {"opts": model_admin.opts}
        return TemplateResponse(request, "admin/cases/release/cases.html", context).render()


def _context(request: HttpRequest, release: Release) -> dict[str, Any]:
    state = request.GET.get("state", "")
    state = state if state in ReleaseCase.State.values else ""
    page = keyset_page(
        cases_of(release, state),
        anchors=cases_of(release),
        ordering=["id"],
        size=ROWS,
        after=request.GET.get(AFTER_VAR, ""),
        before=request.GET.get(BEFORE_VAR, ""),
    )
    return {
        "title": _("Cases of release %(number)s") % {"number": release},
        "release": release,
        "back": page_of(release),
        "states": ReleaseCase.State.choices,
        "chosen": state,
        "panel": _panel(request, page.rows),
        "previous": page.rows[0].pk if page.has_previous and page.rows else None,
        "next": page.rows[-1].pk if page.has_next and page.rows else None,
    }


def _panel(request: HttpRequest, rows: list[ReleaseCase]) -> Panel:
    return Panel(
        _("Cases"),
        columns=[_("case"), _("name"), _("person"), _("unit"), _("state"), _("reason")],
        rows=[_cells(request, row) for row in rows],
        empty=_("No case of the lot is in this state."),
        wide=True,
    )


def _cells(request: HttpRequest, row: ReleaseCase) -> list[Cell]:
    return [
        Cell(row.case.number, url=detail_url(request, row.case)),
        Cell(row.case.subject_name or NOTHING),
        Cell(row.person.full_name if row.person else NOTHING, url=detail_url(request, row.person)),
        Cell(row.case.unit.name),
        state_cell(row),
        Cell(str(reason_words(row.reason)) if row.reason else NOTHING),
    ]
