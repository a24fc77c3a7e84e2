"""Pages of the libraries: the schedule gets our look, what no user needs to meet is taken away."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)
from pghistory.models import MiddlewareEvents

from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.navigation import SYSTEM, add_link

_SCHEDULE = (PeriodicTask, CrontabSchedule, IntervalSchedule)
_AWAY = (Group, ClockedSchedule, SolarSchedule, MiddlewareEvents, *_SCHEDULE)


class PeriodicTaskAdmin(BaseAdmin):
    """What happens by the clock. The tasks are the code's; when they run is the administrator's."""

    can_change = True
    looks_are_recorded = False
    list_display = ("name", "when", "enabled", "last_run_at", "total_run_count")
    list_select_related = ("interval", "crontab")
    ordering = ("name",)
    sortable_by = ("name",)
    fieldsets = (
        (_("Task"), {"fields": ("name", "task", "enabled", "interval", "crontab")}),
        (_("So far"), {"fields": ("last_run_at", "total_run_count", "date_changed")}),
    )
    readonly_fields = ("name", "task", "last_run_at", "total_run_count", "date_changed")

    @admin.display(description=_("when"))
    def when(self, task: Any) -> str:
        return str(task.interval or task.crontab or "—")


class ScheduleAdmin(BaseAdmin):
    """An interval or a time of day that tasks may use."""

    can_add = can_change = True
    looks_are_recorded = False
    ordering = ("-id",)


def arrange() -> None:
    """Called once all applications have registered theirs."""
    for model in _AWAY:
        try:
            admin.site.unregister(model)
        except NotRegistered:
            continue
    admin.site.register(PeriodicTask, PeriodicTaskAdmin)
    admin.site.register([CrontabSchedule, IntervalSchedule], ScheduleAdmin)


for order, title, name in (
    (40, _("Schedule"), "periodictask"),
    (50, _("Intervals"), "intervalschedule"),
    (60, _("Times of day"), "crontabschedule"),
):
    permission = f"django_celery_beat.view_{name}"
    add_link(SYSTEM, order, title, f"admin:django_celery_beat_{name}_changelist", permission)
