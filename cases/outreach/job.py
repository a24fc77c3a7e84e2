"""The reading of wards as a job: one chunk for each ward."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final

from django.db import connection, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.outreach.reading import read_ward
from cases.outreach.waiting import REGISTERS
from vehreg.accounts.models import Unit, User
from vehreg.jobs.kinds import ChunkPlan, JobKind, Progress, register
from vehreg.jobs.models import LIVE_STATES, Job, JobChunk
from vehreg.jobs.services import start_job

NAME: Final = "outreach.read"
_WARDS: Final = (Unit.Kind.WARD, Unit.Kind.COMMUNE)
_ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtextextended('outreach.read', 0))"


def start_reading(*, unit: Unit | None = None, user: User | None = None) -> Job:
    """Read a ward, or all of them, anew. Where the same reading is under way or waits, it is that one."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME)
        return live_reading(unit) or start_job(
            kind=NAME, params={"unit": unit.pk if unit else None}, subject="outreach", user=user
        )


def live_reading(unit: Unit | None) -> Job | None:
    """The reading of this ward, or of all wards, that is not over."""
    live = Job.objects.filter(kind=NAME, state__in=LIVE_STATES, subject="outreach").order_by("pk")
    wanted = {None, unit.pk if unit else None}
    return next((job for job in live if job.params["unit"] in wanted), None)


@register
class ReadWards(JobKind):
    """`params`: the id of the unit, or None for all wards. Readings follow one another."""

    name = NAME
    label: ClassVar[str | Promise] = _("Who has not declared")
    stages = ("read",)
    stage_labels: ClassVar[Mapping[str, str | Promise]] = {"read": _("Reading the wards")}
    units: ClassVar[Mapping[str, str]] = {"read": "steps"}

    def lane(self, params: dict[str, Any]) -> str:
        return "outreach"

    def plan(self, job: Job, stage: str) -> Iterable[ChunkPlan]:
        wards = Unit.objects.filter(kind__in=_WARDS).order_by("code")
        if job.params["unit"] is not None:
            wards = wards.filter(pk=job.params["unit"])
        return [ChunkPlan({"unit": unit_id}) for unit_id in wards.values_list("pk", flat=True)]

    def run(self, job: Job, chunk: JobChunk, progress: Progress) -> None:
        progress.check_cancelled()
        at = timezone.now()
        found = [read_ward(name, unit_id=chunk.params["unit"], at=at) for name in REGISTERS]
        progress.remember(people=sum(found))

    def finished(self, job: Job) -> dict[str, Any]:
        """How many have not declared."""
        with connection.cursor() as cursor:
            # Lists are planned by its size, which has just changed.
            cursor.execute("ANALYZE cases_doorstep")
        positions = JobChunk.objects.filter(job=job).values_list("position", flat=True)
        return {"people": sum(position["people"] for position in positions)}
