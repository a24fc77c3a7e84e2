"""The long work of releases: drawing a lot, letting it go, taking it back; in chunks that count once."""

from typing import Any, ClassVar

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.lots.plans import PlanImpossible, plan_for
from cases.lots.work import LotJob, LotWork
from cases.models import Release, ReleaseCase
from cases.models.release import ReleaseState
from cases.releases.correcting import release_chunk
from cases.releases.lots import freeze_lot, planned_corrections
from cases.releases.restoring import restore_chunk
from cases.releases.rules import from_json
from cases.review.sampling import Frame, draw_sample
from vehreg.jobs.kinds import Progress, Refused, register
from vehreg.jobs.models import Job, JobChunk

_FRAME = "SELECT verdict_id, 'lot' AS stratum FROM cases_releasecase WHERE release_id = %(release)s"


def release_of(job: Job) -> Release:
    return Release.objects.select_related("release_class", "drawn_by").get(pk=job.params["release"])


class ReleaseJob(LotJob):
    """What the three have in common. Releases follow one another: they write the same registers."""

    lots, key = Release, "release"
    moved_on = gettext_lazy("The release has moved on since: this work is no longer wanted.")

    def lane(self, params: dict[str, Any]) -> str:
        return "releases"


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


class ReleaseWork(ReleaseJob, LotWork):
    """What letting go and taking back have in common."""

    rows, history = ReleaseCase, "release"
    units: ClassVar = {"work": "cases"}
    stopped = gettext_lazy("Stopped half-way. Go on with the job, or take back what was released.")

    def chunk_size(self) -> int:
        return int(settings.RELEASE_CHUNK_CASES)


@register
class ReleaseLot(ReleaseWork):
    """Corrects the registers as the accepted lot says."""

    name = "releases.release"
    label = gettext_lazy("Releasing a lot")
    stage_labels: ClassVar = {"work": gettext_lazy("Correcting the registers")}
    during, takes, ends = ReleaseState.RELEASING, ReleaseCase.State.HELD, ReleaseState.RELEASED
    work = staticmethod(release_chunk)


@register
class TakeBackRelease(ReleaseWork):
    """Gives back what a release wrote and nobody touched since.

    What a release that stopped half-way never reached stays a case.
    """

    name = "releases.take_back"
    label = gettext_lazy("Taking a release back")
    stage_labels: ClassVar = {"work": gettext_lazy("Giving the registers back")}
    during, takes, ends = ReleaseState.TAKING_BACK, ReleaseCase.State.RELEASED, ReleaseState.TAKEN_BACK
    unreached = ReleaseCase.State.SKIPPED
    work = staticmethod(restore_chunk)
