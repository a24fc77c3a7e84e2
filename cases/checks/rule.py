"""What a rule is: data, with one SQL condition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases.workflow import Words

CASE, WARNING = "case", "warning"


@dataclass(frozen=True)
class Threshold:
    """A number a rule goes by, from the day the law set it; a later row of the same name replaces it."""

    name: str
    value: int
    valid_from: date
    meaning: Words


@dataclass(frozen=True)
class Rule:
    """One rule over one register; `code` is also the kind of the discrepancy it makes.

    `condition` is SQL over the aliases of `cases.checks.entries`, true where an entry breaks the rule. It
    knows `%(today)s` and each threshold as `%(name)s`, its first day as `%(name_from)s`. `seen` maps fields
    to SQL: what the finding rests on, so that a decision stands while it stays the same; `beside` is kept in
    the evidence and not compared. What the domain knows only from memory (`severity` WARNING) is counted
    and shown, and opens no case. `endings` are the dispositions that usually settle it, likeliest first.
    A change of what it finds takes a new `version`.
    """

    code: str
    register: str
    severity: str
    priority: int
    text: Words
    law: Words
    valid_from: date
    condition: str
    seen: Mapping[str, str]
    beside: Mapping[str, str] = field(default_factory=dict)
    thresholds: tuple[Threshold, ...] = ()
    endings: tuple[str, ...] = ()
    valid_to: date | None = None
    version: int = 1

    @property
    def opens_case(self) -> bool:
        return self.severity == CASE

    def thresholds_on(self, day: date) -> dict[str, Threshold]:
        """The thresholds in force on a day, by name."""
        in_force = [one for one in self.thresholds if one.valid_from <= day]
        return {one.name: one for one in sorted(in_force, key=lambda one: one.valid_from)}

    def in_force(self, day: date) -> bool:
        """Whether the rule holds on a day: within its own time, and with every number it goes by."""
        within = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return within and {one.name for one in self.thresholds} <= set(self.thresholds_on(day))

    def params(self, day: date) -> dict[str, Any]:
        """What its condition asks for by name."""
        params: dict[str, Any] = {}
        for name, one in self.thresholds_on(day).items():
            params |= {name: one.value, f"{name}_from": one.valid_from}
        return params
