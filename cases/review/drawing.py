"""A quality sample is drawn as a job: it reads every verdict in force."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import ReviewSample
from cases.models.review import ReviewPurpose
from cases.review.frames import forget_sizes, last_whole_run, quality_frame
from cases.review.sampling import draw_sample
from vehreg.accounts.models import User
from vehreg.jobs.kinds import ChunkPlan, JobKind, Progress, Refused, register
from vehreg.jobs.models import Job, JobChunk
from vehreg.jobs.services import start_job

KIND = "review.draw"
DRAW = "cases.add_reviewsample"
# Pairs of a sample; each is judged by two officers, a minute or less apiece.
SIZES = (200, 400, 800, 1_500, 3_000)


@register
class DrawSample(JobKind):
    """`params`: how many pairs. Draws follow one another, so that no two samples are open at once."""

    name = KIND
    label = gettext_lazy("Draw of a review sample")
    stages = ("draw",)
    stage_labels: ClassVar = {"draw": gettext_lazy("Drawing pairs from all verdicts")}
    units: ClassVar = {"draw": "steps"}

    def lane(self, params: dict[str, Any]) -> str:
        return KIND

    def plan(self, job: Job, stage: str) -> Iterable[ChunkPlan]:
        return [ChunkPlan({"size": job.params["size"]})]

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        run = last_whole_run()
        if run is None or job.created_by is None:
            raise Refused(_("There is no finished matching run to draw from."))
        if open_sample() is not None:
            raise Refused(_("A sample is being judged already: close it first."))
        frame = quality_frame(run=run, total=chunk.params["size"])
        progress.check_cancelled()
        sample = draw_sample(purpose=ReviewPurpose.QUALITY, frame=frame, by=job.created_by)
        forget_sizes()
        JobChunk.objects.filter(pk=chunk.pk).update(position={"sample": sample.pk})

    def finished(self, job: Job) -> dict[str, Any]:
        return dict(job.chunks.get().position)


def start_draw(*, by: User, size: int) -> Job:
    """Queue the draw of a quality sample. Raises `Refused` where one is open or there is nothing to draw."""
    if size not in SIZES:
        raise Refused(_("Choose one of the sizes offered."))
    last = last_draw()
    if open_sample() is not None or (last is not None and last.is_live):
        raise Refused(_("A sample is being judged already: close it first."))
    if last_whole_run() is None:
        raise Refused(_("There is no finished matching run to draw from."))
    return start_job(kind=KIND, params={"size": size}, subject=str(size), user=by)


def open_sample() -> ReviewSample | None:
    """The quality sample officers are judging now."""
    return ReviewSample.objects.filter(purpose=ReviewPurpose.QUALITY, closed_at__isnull=True).first()


def last_draw() -> Job | None:
    """The newest draw, whatever became of it."""
    return Job.objects.filter(kind=KIND).order_by("-pk").first()


def close_sample(*, sample: ReviewSample) -> bool:
    """End a quality sample before all its pairs are settled. False where it was closed already."""
    still_open = ReviewSample.objects.filter(
        pk=sample.pk, purpose=ReviewPurpose.QUALITY, closed_at__isnull=True
    )
    return still_open.update(closed_at=timezone.now()) == 1
