"""The count of what changed between two runs as a job, for when millions did."""

from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.models import MatchRun
from cases.runs.comparing import Comparison, compare
from vehreg.accounts.models import User
from vehreg.jobs.kinds import JobKind, Progress, register
from vehreg.jobs.models import LIVE_STATES, Job, JobChunk, JobState
from vehreg.jobs.services import start_job

KIND = "matching.compare"


@register
class RunComparison(JobKind):
    """`params`: the ids of two finished runs. The result stays true: what changed between them is over."""

    name = KIND
    label = _("Comparison of two runs")
    stages = ("count",)
    stage_labels: ClassVar = {"count": _("Counting what changed")}
    units: ClassVar = {"count": "steps"}

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        first, second = (MatchRun.objects.get(pk=job.params[name]) for name in ("first", "second"))
        progress.remember(**compare(first, second).as_json())

    def finished(self, job: Job) -> dict[str, Any]:
        counted: dict[str, Any] = JobChunk.objects.get(job=job).position
        return counted


def start_comparison(*, first: MatchRun, second: MatchRun, user: User | None) -> Job:
    """The job that counts two runs: the one under way, or a new one."""
    with transaction.atomic():
        MatchRun.objects.select_for_update().get(pk=second.pk)  # two clicks start one job
        return comparison_job(first, second) or start_job(
            kind=KIND,
            params={"first": first.pk, "second": second.pk},
            subject=_subject(first, second),
            user=user,
        )


def comparison_job(first: MatchRun, second: MatchRun) -> Job | None:
    """The last job that counts or has counted these two, unless it failed."""
    jobs = Job.objects.filter(kind=KIND, subject=_subject(first, second))
    return jobs.filter(state__in=[*LIVE_STATES, JobState.SUCCEEDED]).order_by("-pk").first()


def counted(job: Job | None) -> Comparison | None:
    """What a job has counted; None while it has not."""
    return Comparison.from_json(job.result) if job and job.state == JobState.SUCCEEDED else None


def _subject(first: MatchRun, second: MatchRun) -> str:
    return f"compare:{first.pk}:{second.pk}"
