"""A ruleset read from its JSON file and checked before anything is matched with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cases.matching.blocks import BLOCKS, Source
from cases.matching.levels import LEVELS
from cases.matching.verdicts import VERDICTS

FOLDER = Path(__file__).parent


class RulesetError(ValueError):
    """The ruleset names something that the engine does not know, or leaves something out."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a pair of party and person means when its levels are among `when` (a field left out: any).

    `if_held` is the verdict instead when the party's number belongs to somebody else.
    With `propose` false the verdict names nobody.
    """

    verdict: str
    when: Mapping[str, tuple[str, ...]]
    if_held: str | None = None
    propose: bool = True


@dataclass(frozen=True, slots=True)
class Pass:
    """One pass: the blocks that find its pairs, and its outcomes, the first that fits counts."""

    name: str
    blocks: tuple[str, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def source(self) -> Source:
        """Where the pairs come from; the same for all blocks of a pass."""
        return BLOCKS[self.blocks[0]].source


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Passes in order, and thresholds (bits are log2 of odds) of one version.

    `floor_bits`: nobody is named below it. `lead_bits`: how far the first must be ahead of the second not
    to be ambiguous.
    `named_from`: the score above which the first candidate is named in the verdict.
    `variant_edits`: how many letters two folded names may differ to be compared without sharing them.
    """

    version: str
    floor_bits: float
    lead_bits: float
    named_from: float
    candidates_kept: int
    variant_edits: int
    passes: tuple[Pass, ...]

    @classmethod
    def load(cls, version: str | None = None, *, folder: Path = FOLDER) -> Ruleset:
        """The ruleset of that version, or the newest by file name. Raises `RulesetError`."""
        chosen = version or newest_version(folder)
        path = folder / f"{chosen}.json"
        if not path.is_file():
            raise RulesetError(f"no ruleset {chosen}")
        return cls.from_json(chosen, json.loads(path.read_text("utf-8")))

    @classmethod
    def from_json(cls, version: str, raw: Mapping[str, Any]) -> Ruleset:
        """A checked ruleset from the parsed JSON. Raises `RulesetError`."""
        try:
            ruleset = cls(
                version=version,
                floor_bits=float(raw["floor_bits"]),
                lead_bits=float(raw["lead_bits"]),
                named_from=float(raw["named_from"]),
                candidates_kept=int(raw["candidates_kept"]),
                variant_edits=int(raw["variant_edits"]),
                passes=tuple(_pass(entry) for entry in raw["passes"]),
            )
        except (KeyError, TypeError, ValueError) as problem:
            raise RulesetError(f"{version}: {problem!r}") from problem
        _check(ruleset)
        return ruleset


def newest_version(folder: Path = FOLDER) -> str:
    """The last version by file name (`2026-11a` comes before `2026-11b`)."""
    versions = sorted(path.stem for path in folder.glob("*.json"))
    if not versions:
        raise RulesetError(f"no ruleset in {folder.name}")
    return versions[-1]


def _pass(raw: Mapping[str, Any]) -> Pass:
    return Pass(
        name=raw["name"],
        blocks=tuple(raw["blocks"]),
        outcomes=tuple(_outcome(entry) for entry in raw["outcomes"]),
    )


def _outcome(raw: Mapping[str, Any]) -> Outcome:
    return Outcome(
        verdict=raw["verdict"],
        when={field: tuple(levels) for field, levels in raw.get("when", {}).items()},
        if_held=raw.get("if_held"),
        propose=bool(raw.get("propose", True)),
    )


def _check(ruleset: Ruleset) -> None:
    """Nothing is named that does not exist."""
    for step in ruleset.passes:
        _known(f"blocks of {step.name}", set(step.blocks), set(BLOCKS))
        if len({BLOCKS[name].source for name in step.blocks}) != 1:
            raise RulesetError(f"blocks of {step.name}: not of one source")
        for outcome in step.outcomes:
            _known(f"verdicts of {step.name}", {outcome.verdict, outcome.if_held} - {None}, set(VERDICTS))
            for field, levels in outcome.when.items():
                _known(f"{field} in {step.name}", set(levels), set(LEVELS.get(field, ())))


def _known(what: str, found: set[Any], wanted: set[str]) -> None:
    if not found <= wanted:
        raise RulesetError(f"{what}: {sorted(found - wanted)} unknown")
