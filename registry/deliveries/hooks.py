"""What applications above the registers add: work after applying, and what an undo must keep."""

from collections.abc import Callable
from dataclasses import dataclass

from registry.models import Delivery

AfterApply = Callable[[Delivery], None]
_after_apply: dict[str, list[AfterApply]] = {}
_after_undo: list[AfterApply] = []
_needed: list["Needed"] = []


@dataclass(frozen=True)
class Needed:
    """Rows of `model` an undo may not remove.

    `condition` is SQL over the alias `t` (the row to be removed), true where something needs it. `clean_up`
    are statements run before the rows are removed, over the ids in the temporary table `leaving (id)`.
    """

    model: str
    condition: str
    clean_up: tuple[str, ...] = ()


def after_apply(kind: str) -> Callable[[AfterApply], AfterApply]:
    """Decorator: run once a delivery of this kind is applied, in the transaction that says so."""

    def register(work: AfterApply) -> AfterApply:
        _after_apply.setdefault(kind, []).append(work)
        return work

    return register


def after_undo(work: AfterApply) -> AfterApply:
    """Decorator: run once a delivery of any kind is undone, in the transaction that says so."""
    _after_undo.append(work)
    return work


def keep_needed(needed: Needed) -> None:
    """Register what keeps rows of a model from being removed, and what goes with them."""
    _needed.append(needed)


def run_after_apply(delivery: Delivery) -> None:
    for work in _after_apply.get(delivery.kind, []):
        work(delivery)


def run_after_undo(delivery: Delivery) -> None:
    for work in _after_undo:
        work(delivery)


def needed_rows(model: str) -> list[Needed]:
    return [needed for needed in _needed if needed.model == model]
