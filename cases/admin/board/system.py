"""The administrator's front page: users and background work. No figure of a register stands here."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cases.admin.board import words
from cases.admin.board.caseload import Line
from vehreg.accounts.models import User
from vehreg.accounts.roles import Role
from vehreg.adminsite.panels import list_url
from vehreg.jobs.models import Job, JobState


def user_lines(request: HttpRequest) -> list[Line]:
    """Accounts in force by role, and those that are shut."""
    active = dict.fromkeys(Role.values, 0)
    shut = 0
    for role, is_active in User.objects.values_list("role", "is_active"):
        active[role] += is_active
        shut += not is_active
    lines = [
        Line(
            role.label, words.count(active[role.value]), list_url(request, User, f"role__exact={role.value}")
        )
        for role in Role
    ]
    return [
        *lines,
        Line(_("Accounts shut"), words.count(shut), list_url(request, User, "active=0")),
    ]


def job_lines(request: HttpRequest) -> list[Line]:
    """Background work by state."""
    lines = []
    for state in (JobState.QUEUED, JobState.RUNNING, JobState.FAILED):
        found = Job.objects.filter(state=state).count()
        tone = "bad" if found and state == JobState.FAILED else ""
        url = list_url(request, Job, f"state__exact={state.value}")
        lines.append(Line(state.label, words.count(found), url, tone))
    return lines
