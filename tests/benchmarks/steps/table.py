"""The steps in their order: what each needs, and whether it changes the city's database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks.bench import Bench
from tests.benchmarks.steps import deliver, lists, match, officers, rivals, sending


@dataclass(frozen=True)
class Step:
    """`changes`: the step writes to the city's database. Broken off in the middle, the city is remade."""

    name: str
    about: str
    measure: Callable[[Bench], None]
    needs: tuple[str, ...] = ()
    changes: bool = False


STEPS = (
    Step("city", "simulating the city", deliver.simulate),
    Step("deliver", "delivering the registers", deliver.registers, ("city",), changes=True),
    Step("deliver.rivals", "django-import-export and COPY", rivals.loading, ("deliver",)),
    Step("match", "matching the whole city", match.whole_city, ("deliver",), changes=True),
    Step("match.splink", "Splink alone", rivals.splink, ("deliver",)),
    Step("match.bare", "the bare pipeline", rivals.bare_pipeline, ("deliver",)),
    Step("difference", "a daily difference", deliver.difference, ("match",), changes=True),
    Step("declarations", "declarations", deliver.declarations, ("match",), changes=True),
    Step("lists", "lists and searches, ours and stock", lists.lists, ("match",)),
    Step("dashboard", "dashboard and case page", lists.pages, ("match",)),
    Step("sending", "declarations over the API", sending.by_api, ("match",), changes=True),
    Step("officers", "officers at work", officers.at_work, ("match",), changes=True),
    Step("update", "the vehicles again, half of them changed", deliver.update, ("deliver",), changes=True),
    Step("growth", "an eighth of the city", match.growth, ("city",)),
)  # fmt: skip
