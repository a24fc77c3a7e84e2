"""The long work of releases: drawing a lot, letting it go, taking it back; in chunks that count once."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Release, ReleaseCase
from cases.models.release import ReleaseState
from cases.releases.correcting import release_chunk
from cases.releases.lots import freeze_lot, planned_corrections
from cases.releases.plans import PlanImpossible, plan_for
from cases.releases.restoring import restore_chunk
from cases.releases.rules import from_json
from cases.review.sampling import Frame, draw_sample
from vehreg.jobs.kinds import ChunkPlan, JobKind, Progress, Refused, register
from vehreg.jobs.models import Job, JobChunk

_FRAME = "SELECT verdict_id, 'lot' AS stratum FROM cases_releasecase WHERE release_id = %(release)s"

_RANGES = """
SELECT min(id), max(id), count(*) FROM (
    SELECT id, (row_number() OVER (ORDER BY id) - 1) / %(size)s AS part
    FROM cases_releasecase WHERE release_id = %(release)s AND state = %(state)s
) AS numbered GROUP BY part ORDER BY part"""


def release_of(job: Job) -> Release:
    return Release.objects.select_related("release_class", "drawn_by").get(pk=job.params["release"])


class ReleaseJob(JobKind):
    """What the three have in common. Releases follow one another: they write the same registers."""

    stages = ("work",)
    # The state the release is in as long as this work is to be done.
    during: ClassVar[str]

    def lane(self, params: dict[str, Any]) -> str:
        return "releases"

    def failed(self, job: Job, error: str) -> None:
        Release.objects.filter(pk=job.params["release"], state=self.during).update(message=error)

    def retried(self, job: Job) -> None:
        """Stopped work goes on only while nobody has decided otherwise."""
        release = Release.objects.select_for_update().get(pk=job.params["release"])
        if release.state != self.during:
            raise Refused(_("The release has moved on since: this work is no longer wanted."))
        Release.objects.filter(pk=release.pk).update(message="")

    def held(self, job: Job) -> Release:
        """The release, kept in its state until the chunk commits. Raises `Refused`."""
        release = Release.objects.select_for_update(of=("self",)).select_related("release_class", "drawn_by")
        found = release.get(pk=job.params["release"])
        if found.state != self.during:
            raise Refused(_("The release has moved on since: this work is no longer wanted."))
        return found


@register
class DrawLot(ReleaseJob):
    """Freezes the cases of a class, plans the sample by their number and draws it, in one transaction."""

    name = "releases.draw"
    label = gettext_lazy("Drawing a lot")
    stage_labels: ClassVar = {"work": gettext_lazy("Freezing the lot, drawing the sample")}
    units: ClassVar = {"work": "steps"}
    during = ReleaseState.DRAWING

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        release = self.held(job)
        lot = freeze_lot(release, from_json(release.release_class.rule))
        _sample_lot(release, lot)

    def failed(self, job: Job, error: str) -> None:
        _end_drawing(job.params["release"], error)

    def cancelled(self, job: Job) -> None:
        _end_drawing(job.params["release"], _("Given up before the lot was drawn."))

    def finished(self, job: Job) -> dict[str, Any]:
        release = release_of(job)
        return {"lot": release.lot_size, "sample": release.sample_size}


def _sample_lot(release: Release, lot: int) -> None:
    limit, confidence, allowed = release.wrong_limit, release.confidence, release.allowed
    if not lot:
        _end_drawing(release.pk, _("No case belongs to this class now."))
        return
    try:
        plan = plan_for(lot, limit=limit, confidence=confidence, allowed=allowed)
    except PlanImpossible:
        _end_drawing(release.pk, _("The lot is too small for as many allowed errors: allow fewer."))
        return
    sample = draw_sample(
        purpose="release",
        frame=Frame(sql=_FRAME, params={"release": release.pk}, sizes=plan.sample),
        by=release.drawn_by,
    )
    if sum(stratum["drawn"] for stratum in sample.strata) != plan.sample:
        raise Refused(_("The register changed while the sample was drawn. Try again."))
    Release.objects.filter(pk=release.pk).update(
        state=ReleaseState.JUDGING,
        lot_size=lot,
        sample_size=plan.sample,
        sample=sample,
        planned=planned_corrections(release),
    )


def _end_drawing(release_id: int, why: str) -> None:
    ReleaseCase.objects.filter(release=release_id).delete()
    drawing = Release.objects.filter(pk=release_id, state=ReleaseState.DRAWING)
    drawing.update(state=ReleaseState.GIVEN_UP, message=why)


class LotWork(ReleaseJob):
    """Goes through the cases of a lot, chunk by chunk, each in one transaction with its done mark."""

    takes: ClassVar[str]  # the state of the cases it goes through
    ends: ClassVar[str]  # the state of the release when all are done
    work: ClassVar[Callable[..., int]]

    def plan(self, job: Job, stage: str) -> Iterable[ChunkPlan]:
        params = {"release": job.params["release"], "state": self.takes, "size": settings.RELEASE_CHUNK_CASES}
        with connection.cursor() as cursor:
            cursor.execute(_RANGES, params)
            return [
                ChunkPlan({"first": first, "last": last}, size) for first, last, size in cursor.fetchall()
            ]

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        progress.check_cancelled()
        with pghistory.context(release=job.params["release"]):
            type(self).work(self.held(job), first=chunk.params["first"], last=chunk.params["last"])

    def cancelled(self, job: Job) -> None:
        words = _("Stopped half-way. Go on with the job, or take back what was released.")
        Release.objects.filter(pk=job.params["release"], state=self.during).update(message=words)

    def finished(self, job: Job) -> dict[str, Any]:
        self.settle(job.params["release"])
        by_state = ReleaseCase.objects.filter(release=job.params["release"]).order_by().values_list("state")
        counts = dict(by_state.annotate(cases=Count("pk")).values_list("state", "cases"))
        Release.objects.filter(pk=job.params["release"], state=self.during).update(
            state=self.ends, counts=counts, message=""
        )
        return counts

    def settle(self, release_id: int) -> None:
        """What is left to do once every chunk is done."""


@register
class ReleaseLot(LotWork):
    """Corrects the registers as the accepted lot says."""

    name = "releases.release"
    label = gettext_lazy("Releasing a lot")
    stage_labels: ClassVar = {"work": gettext_lazy("Correcting the registers")}
    units: ClassVar = {"work": "cases"}
    during, takes, ends = ReleaseState.RELEASING, ReleaseCase.State.HELD, ReleaseState.RELEASED
    work = staticmethod(release_chunk)


@register
class TakeBackRelease(LotWork):
    """Gives back what a release wrote and nobody touched since."""

    name = "releases.take_back"
    label = gettext_lazy("Taking a release back")
    stage_labels: ClassVar = {"work": gettext_lazy("Giving the registers back")}
    units: ClassVar = {"work": "cases"}
    during, takes, ends = ReleaseState.TAKING_BACK, ReleaseCase.State.RELEASED, ReleaseState.TAKEN_BACK
    work = staticmethod(restore_chunk)

    def settle(self, release_id: int) -> None:
        """What a release that stopped half-way never reached stays a case."""
        ReleaseCase.objects.filter(release=release_id, state=ReleaseCase.State.HELD).update(
            state=ReleaseCase.State.SKIPPED, reason="not_reached", moved_at=timezone.now()
        )
