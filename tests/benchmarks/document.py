"""The page of a bench: on what it was measured, the table, what was missed, how each figure came about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.record import Record
from tests.benchmarks.size import Size
from tests.benchmarks.table import missed, remarks, table

_HOW = Path(__file__).with_name("how.md")


def document(record: Record, size: Size) -> str:
    return "\n".join(_parts(record, size))


def _parts(record: Record, size: Size) -> Iterator[str]:
    yield f"# Benchmarks\n\n`make bench` wrote this: {size.vehicles:,} vehicles, {size.persons:,} persons.\n"
    yield from (f"- {name}: {words}" for name, words in record.about.items())
    if len(set(record.commits.values())) > 1:
        yield f"- the code changed while the run stood still: {_commits(record)}"
    yield f"\n{table(record)}"
    if short := missed(record):
        yield "Missed:\n\n" + "\n".join(f"- {line}" for line in short) + "\n"
    if record.failed:
        yield "Not brought to an end:\n\n" + "\n".join(
            f"- {step}: {words}" for step, words in record.failed.items()
        ) + "\n"  # fmt: skip
    yield _HOW.read_text("utf-8")
    yield "## What lies behind the numbers\n\n" + "\n".join(f"- {line}" for line in remarks(record)) + "\n"
    took = ", ".join(f"{step} {seconds:,.0f}" for step, seconds in record.done.items())
    yield f"Seconds of each step, making ready included: {took}.\n"


def _commits(record: Record) -> str:
    """`18b5896: city, deliver; 3ed9fb8: match`, in the order of the steps."""
    steps: dict[str, list[str]] = {}
    for step, commit in record.commits.items():
        steps.setdefault(commit, []).append(step)
    return "; ".join(f"{commit}: {', '.join(names)}" for commit, names in steps.items())
