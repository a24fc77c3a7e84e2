"""A progress bar for commands that run a job in the foreground."""

from typing import Protocol

from vehreg.jobs.kinds import stage_label
from vehreg.jobs.models import Job
from vehreg.jobs.telling import figures, speed

_WIDTH = 30
# What a longer line before left behind is wiped out.
_REST_OF_LINE = "\x1b[K"


class _Stream(Protocol):
    def write(self, text: str) -> object: ...
    def flush(self) -> None: ...
    def isatty(self) -> bool: ...


class ProgressBar:
    """Give it to `run_in_foreground` as `on_progress`. Silent where nobody watches."""

    def __init__(self, stream: _Stream) -> None:
        self._stream = stream
        self._stage: str | None = None

    def __call__(self, job: Job) -> None:
        if not self._stream.isatty():
            return
        label = stage_label(job)
        if self._stage not in (None, label):
            self._stream.write("\n")
        self._stage = label
        if label:
            full = round(job.share * _WIDTH)
            bar = "█" * full + "·" * (_WIDTH - full)
            told = figures(job, speed(job))
            self._stream.write(f"\r{label:<36} {bar} {job.share:>4.0%}  {told}{_REST_OF_LINE}")
        if not job.is_live:
            self._stream.write("\n")
        self._stream.flush()
