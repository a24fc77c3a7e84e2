"""A job in words and figures, for the bar and the pages."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vehreg.jobs.kinds import kind_labels, stage_count, stage_label, still_to_come
from vehreg.jobs.models import UNIT_LABELS, Job, JobState

# Below this many seconds of a stage its speed says nothing yet.
_SPEED_AFTER = 2.0


@dataclass(frozen=True)
class Speed:
    """Units per second since the stage began; seconds until the job ends, None while nobody can tell."""

    per_second: float | None
    seconds_left: int | None


def speed(job: Job) -> Speed:
    if job.state != JobState.RUNNING or job.stage_started_at is None:
        return Speed(None, None)
    seconds = (timezone.now() - job.stage_started_at).total_seconds()
    if seconds < _SPEED_AFTER or job.done <= 0:
        return Speed(None, None)
    per_second = job.done / seconds
    left_of_stage = max(0, job.total - job.done) / per_second
    later = (seconds + left_of_stage) * still_to_come(job)
    return Speed(round(per_second, 1), round(left_of_stage + later))


def as_data(job: Job) -> dict[str, Any]:
    """What the live bar asks for once a second."""
    pace = speed(job)
    return {
        "id": job.pk,
        "state": job.state,
        "state_label": job.get_state_display(),
        "live": job.is_live,
        "stage": job.stage + 1,
        "stages": stage_count(job),
        "stage_label": stage_label(job),
        "done": job.done,
        "total": job.total,
        "unit": job.unit_label,
        "percent": percent(job),
        "per_second": pace.per_second,
        "seconds_left": pace.seconds_left,
        "message": job.message,
        "error": job.error,
        "cancel_requested": job.cancel_requested,
        "headline": headline(job),
        "figures": figures(job, pace),
    }


def percent(job: Job) -> int:
    """Whole per cent of the present stage; 100 only when all of it is done."""
    return int(job.share * 100)


def kind_label(job: Job) -> str:
    return str(dict(kind_labels()).get(job.kind, job.kind))


def headline(job: Job) -> str:
    """ "Checking (2 of 4)", "Waiting for the work in front", "Done"."""
    if job.state == JobState.QUEUED:
        return _("Waiting for its turn")
    if job.state != JobState.RUNNING:
        return str(job.get_state_display())
    if job.cancel_requested or job.error:
        return _("Stopping")
    if job.stage < 0:
        return _("Starting")
    return _("%(stage)s (%(number)d of %(count)d)") % {
        "stage": stage_label(job),
        "number": job.stage + 1,
        "count": stage_count(job),
    }


def figures(job: Job, pace: Speed) -> str:
    """ "12,000 of 50,000 rows · 3,400 a second · about 2 minutes left"."""
    if not job.is_live or job.stage < 0 or not job.total:
        return ""
    parts = [_counted(job)]
    if pace.per_second is not None and pace.per_second >= 1:
        parts.append(_("%(count)s a second") % {"count": _number(round(pace.per_second))})
    if pace.seconds_left is not None:
        parts.append(_time_left(pace.seconds_left))
    return " · ".join(parts)


def _counted(job: Job) -> str:
    counted = {"done": _number(min(job.done, job.total)), "total": _number(job.total)}
    unit = UNIT_LABELS.get(job.unit_label)
    if unit is None:
        return _("%(done)s of %(total)s") % counted
    return _("%(done)s of %(total)s %(unit)s") % {**counted, "unit": unit}


def _time_left(seconds: int) -> str:
    if seconds < 60:
        return _("less than a minute left")
    minutes = round(seconds / 60)
    if minutes < 120:
        return ngettext("about %(count)d minute left", "about %(count)d minutes left", minutes) % {
            "count": minutes
        }
    return _("about %(count)d hours left") % {"count": round(minutes / 60)}


def _number(value: int) -> str:
    return number_format(value, force_grouping=True)
