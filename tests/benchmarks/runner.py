"""Runs the steps: those that are not done, or those that were asked for, and what they need."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from tests.benchmarks.bench import Bench
from tests.benchmarks.record import Record
from tests.benchmarks.steps.table import STEPS, Step

Tell = Callable[[str], None]


class UnknownStep(Exception):
    """A name in ONLY that no step has."""


def run(bench: Bench, only: Sequence[str], *, city_is_gone: bool, tell: Tell) -> None:
    """Every step that is due, one after the other. What fails is recorded, and the next begins."""
    mend(bench.record, city_is_gone, tell)
    for step in due(bench.record, only):
        tell(f"{step.about} …")
        _measure(bench, step, tell)


def is_complete(record: Record) -> bool:
    """Whether every step has come to its end."""
    return all(step.name in record.done for step in STEPS)


def mend(record: Record, city_is_gone: bool, tell: Tell = lambda words: None) -> None:
    """A city that a step was changing when it was killed, or that is gone, is made anew."""
    changing = [step.name for step in STEPS if step.changes]
    written = any(name in record.done for name in changing)
    if record.underway in changing or (city_is_gone and written):
        tell("the registers of the bench are not whole: they are delivered anew")
        record.forget(changing)


def due(record: Record, only: Sequence[str] = ()) -> list[Step]:
    """What is not done; of what was asked for, all that can be measured again, and what it needs."""
    by_name = {step.name: step for step in STEPS}
    asked = _asked(only)
    if not asked:
        return [step for step in STEPS if step.name not in record.done]
    wanted = {step.name for step in asked if not (step.changes and step.name in record.done)}
    waiting = list(wanted)
    while waiting:
        missing = [name for name in by_name[waiting.pop()].needs if name not in record.done]
        waiting += [name for name in missing if name not in wanted]
        wanted.update(missing)
    return [step for step in STEPS if step.name in wanted]


def _asked(only: Sequence[str]) -> list[Step]:
    """`deliver` asks for `deliver.rivals`, too."""
    asked = []
    for name in only:
        found = [step for step in STEPS if step.name == name or step.name.startswith(f"{name}.")]
        if not found:
            raise UnknownStep(f"There is no step {name!r}; there are {', '.join(s.name for s in STEPS)}.")
        asked += found
    return asked


def _measure(bench: Bench, step: Step, tell: Tell) -> None:
    missing = [name for name in step.needs if name not in bench.record.done]
    bench.record.begin(step.name)
    if missing:
        bench.record.fail(f"needs {', '.join(missing)}")
        return
    began = time.monotonic()
    try:
        step.measure(bench)
    except Exception as error:
        bench.record.fail(f"{type(error).__name__}: {error}"[:500])
        tell(f"  failed: {bench.record.failed[step.name]}")
    else:
        bench.record.end(seconds=time.monotonic() - began)
        tell(f"  {bench.record.done[step.name]:.1f} s")
