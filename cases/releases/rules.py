"""What a class takes, as data: checked when it is made, compiled to SQL by `cases.releases.lots`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from cases.matching.levels import LEVELS, SHOWN_AS
from cases.matching.verdicts import VERDICTS
from cases.models.subject import Register

# Verdicts that open a case and name one person: only such a case can be released without a human choosing.
KINDS = tuple(code for code, verdict in VERDICTS.items() if verdict.opens_case and verdict.resolves_person)
REGISTERS = (Register.OWNER.value, Register.LICENCE.value)
# The levels a verdict's comparison shows, by field.
SHOWN_LEVELS: dict[str, tuple[str, ...]] = {
    name: tuple(level for level in levels if level not in SHOWN_AS) for name, levels in LEVELS.items()
}


class RuleError(ValueError):
    """A rule names something that does not exist; `code` says what: kinds, registers, score, levels, …"""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Rule:
    """Which open, untouched cases belong to a class.

    `kinds`: what is wrong, at least one. `min_score`: certainty of the verdict, 0 to 1. `levels`: by field
    (name, number, birth, ward) the levels of comparison allowed; a field not named may be on any.
    `max_vehicles`: of an owner. `units`: codes of wards; none: all.
    """

    kinds: tuple[str, ...]
    registers: tuple[str, ...] = REGISTERS
    min_score: float = 0.0
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    max_vehicles: int | None = None
    units: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for code, holds in self._checks().items():
            if not holds:
                raise RuleError(code)

    def _checks(self) -> dict[str, bool]:
        return {
            "kinds": bool(self.kinds) and set(self.kinds) <= set(KINDS),
            "registers": bool(self.registers) and set(self.registers) <= set(REGISTERS),
            "score": 0 <= self.min_score <= 1,
            "levels": all(
                allowed and set(allowed) <= set(SHOWN_LEVELS.get(name, ()))
                for name, allowed in self.levels.items()
            ),
            "vehicles": self.max_vehicles is None or self.max_vehicles > 0,
        }


def as_json(rule: Rule) -> dict[str, Any]:
    """A rule as it is stored: lists for tuples, in a fixed order."""
    data = asdict(rule)
    data["levels"] = {name: list(rule.levels[name]) for name in sorted(rule.levels)}
    return data | {name: list(data[name]) for name in ("kinds", "registers", "units")}


def from_json(data: Mapping[str, Any]) -> Rule:
    """The stored rule. Raises `RuleError` where the engine no longer knows a word of it."""
    levels = {name: tuple(allowed) for name, allowed in data.get("levels", {}).items()}
    return Rule(
        kinds=tuple(data["kinds"]),
        registers=tuple(data.get("registers", REGISTERS)),
        min_score=data.get("min_score", 0.0),
        levels=levels,
        max_vehicles=data.get("max_vehicles"),
        units=tuple(data.get("units", ())),
    )
