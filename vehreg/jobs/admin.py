"""The list of long work, for those who watch over it."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vehreg.accounts.models import User
from vehreg.accounts.roles import Role
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.navigation import SYSTEM, add_link
from vehreg.adminsite.panels import PANEL_ROWS, Cell, Panel
from vehreg.jobs.api import job_progress
from vehreg.jobs.kinds import kind_labels
from vehreg.jobs.models import ChunkState, Job, JobChunk, JobState
from vehreg.jobs.steering import cancel_view, retry_view
from vehreg.jobs.telling import headline, kind_label, percent

add_link(SYSTEM, 40, gettext_lazy("Background work"), "admin:jobs_job_changelist", "jobs.view_job")

JOB_BADGES: dict[str, str] = {
    JobState.QUEUED: "plain",
    JobState.RUNNING: "info",
    JobState.SUCCEEDED: "good",
    JobState.FAILED: "bad",
    JobState.CANCELLED: "warn",
}
CHUNK_BADGES: dict[str, str] = {
    ChunkState.PENDING: "plain",
    ChunkState.RUNNING: "info",
    ChunkState.DONE: "good",
    ChunkState.FAILED: "bad",
}


class KindFilter(admin.SimpleListFilter):
    """The registered kinds; the table is not asked which it holds."""

    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return kind_labels()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Job]) -> QuerySet[Job]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


def progress_panel(request: HttpRequest, job: Job) -> Panel:
    return Panel(
        gettext_lazy("Progress"), template="jobs/progress_panel.html", context={"job": job}, wide=True
    )


def chunks_panel(request: HttpRequest, job: Job) -> Panel:
    """The first parts, those that matter in front."""
    chunks = job.chunks.order_by("-stage", "number")
    count = chunks.count()
    note = _("%(shown)d of %(count)d") % {"shown": PANEL_ROWS, "count": count} if count > PANEL_ROWS else ""
    columns = (_("stage"), _("part"), _("state"), _("progress"), _("attempts"), _("worker"), _("error"))
    rows = [_chunk_row(chunk) for chunk in chunks[:PANEL_ROWS]]
    return Panel(_("Parts"), columns, rows, note=note, empty=_("Not cut into parts yet."), wide=True)


def detail_panel(request: HttpRequest, job: Job) -> Panel | None:
    """Where in the code it broke: of use to the administrator only."""
    administrator = isinstance(request.user, User) and request.user.role == Role.ADMINISTRATOR
    if not job.error_detail or not administrator:
        return None
    return Panel(_("Error detail"), template="jobs/error_detail.html", context={"job": job}, wide=True)


def _chunk_row(chunk: JobChunk) -> list[Cell]:
    return [
        Cell(str(chunk.stage + 1)),
        Cell(str(chunk.number + 1)),
        Cell(str(chunk.get_state_display()), badge=CHUNK_BADGES[chunk.state]),
        Cell(f"{_number(chunk.done)} / {_number(chunk.weight)}"),
        Cell(str(chunk.attempts)),
        Cell(chunk.claimed_by.rpartition(":")[0]),
        Cell(chunk.error),
    ]


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)


@admin.register(Job)
class JobAdmin(BaseAdmin):
    """Read-only: a job is started where its work belongs, and stopped or retried by its buttons."""

    looks_are_recorded = False
    list_display = ("id", "kind_shown", "subject", "state_shown", "progress", "created_by_name", "created_at")
    list_filter = ("state", KindFilter)
    list_display_links = ("id", "kind_shown")
    ordering = ("-id",)
    panels = (progress_panel, chunks_panel, detail_panel)
    readonly_fields = ("kind_shown", "state_shown")
    fieldsets = (
        (
            gettext_lazy("Job"),
            {"fields": ("kind_shown", "subject", "state_shown", "lane", "created_by_name")},
        ),
        (gettext_lazy("Times"), {"fields": ("created_at", "started_at", "finished_at", "heartbeat")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        return super().get_queryset(request).defer("params", "result", "error_detail")

    @admin.display(description=gettext_lazy("kind"))
    def kind_shown(self, job: Job) -> str:
        return kind_label(job)

    @admin.display(description=gettext_lazy("state"))
    def state_shown(self, job: Job) -> str:
        words = job.get_state_display()
        return format_html('<span class="vr-badge vr-{}">{}</span>', JOB_BADGES[job.state], words)

    @admin.display(description=gettext_lazy("progress"))
    def progress(self, job: Job) -> str:
        return f"{headline(job)} · {percent(job)} %" if job.state == JobState.RUNNING else job.error

    def get_urls(self) -> list[URLPattern]:
        views = {"progress": job_progress, "cancel": cancel_view, "retry": retry_view}
        own = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"jobs_job_{name}")
            for name, view in views.items()
        ]
        return [*own, *super().get_urls()]
