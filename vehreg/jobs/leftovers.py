"""What work has left behind after its end: a job's files and copies of them, and folders of dead processes.

A job may end on another host, and a process killed with -9 cleans nothing up: each host looks by itself.
"""

import os
import re
import shutil
import tempfile
from pathlib import Path

from django.conf import settings

from vehreg.jobs.models import LIVE_STATES, RETRYABLE_STATES, Job, JobState
from vehreg.jobs.shared_files import FOLDER, remove, remove_copies

# Named `scratch-<process>-…` by whoever makes one: `cases.matching.engine`, `cases.runs.training`.
_SCRATCH = re.compile(r"scratch-(\d+)-")


def remove_leftovers() -> None:
    """Everything this host sees that no job and no process needs any more."""
    if settings.LOCAL_DIR:
        for job_id in _without_job(Path(settings.LOCAL_DIR), LIVE_STATES):
            remove_copies(job_id)
    # What a worker that was given up has still written.
    for job_id in _without_job(Path(settings.MEDIA_ROOT), LIVE_STATES | RETRYABLE_STATES):
        remove(job_id)
    _remove_scratch()


def _without_job(root: Path, states: frozenset[JobState]) -> set[int]:
    """Jobs that have a folder below `root` and are in none of the states."""
    here = {int(folder.name) for folder in (root / FOLDER).glob("*") if folder.name.isdigit()}
    if not here:
        return here
    return here.difference(Job.objects.filter(pk__in=here, state__in=states).values_list("pk", flat=True))


def _remove_scratch() -> None:
    for folder in Path(tempfile.gettempdir()).glob("scratch-*-*"):
        named = _SCRATCH.match(folder.name)
        if named and folder.stat().st_uid == os.geteuid() and not _lives(int(named[1])):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()
