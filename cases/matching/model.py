"""The model that scores pairs: Fellegi–Sunter parameters by field and level, in Splink's own JSON.

A level says how often it is met among pairs that are one person (m) and among pairs that are not (u). Its
bits are log2(m / u). How common a name is counts beside: the bits of a name shared by few are more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log2
from pathlib import Path
from typing import Any

from cases.matching.levels import FIELDS, LEVELS, MISSING

FOLDER = Path(__file__).parent / "models"
PAIR = "pair"
# A name that differs altogether says nothing about how common it is.
_COMMONNESS_COUNTS = tuple(level for level in LEVELS["name"] if level not in ("different", MISSING))


class ModelError(ValueError):
    """The model is not there, or leaves out a level."""


@dataclass(frozen=True, slots=True)
class Level:
    """`m`: how often among pairs of one person; `u`: among pairs of two."""

    m: float
    u: float

    @property
    def bits(self) -> float:
        return log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Model:
    """`levels`: by field and level, those that say something (`missing` says nothing: 0 bits).

    `linkable`: the share of parties whose person is in the population. `typical_share`: how likely two
    people picked blindly carry the same folded name; a name's own share is weighed against it.
    `trained_on` tells which data it was estimated from.
    """

    version: str
    levels: Mapping[str, Mapping[str, Level]]
    linkable: float
    typical_share: float
    trained_on: Mapping[str, Any]

    @classmethod
    def load(cls, version: str | None = None, *, folders: tuple[Path, ...] = (FOLDER,)) -> Model:
        """The model of that version, or the newest by file name. Raises `ModelError`."""
        found = versions(folders)
        chosen = version or (max(found) if found else "")
        if chosen not in found:
            raise ModelError(f"no model {chosen}")
        return _read(chosen, found[chosen])

    @classmethod
    def from_json(cls, version: str, raw: Mapping[str, Any]) -> Model:
        """A checked model from the parsed JSON. Raises `ModelError`."""
        try:
            model = cls(
                version=version,
                levels=_levels(raw["splink"]["comparisons"]),
                linkable=float(raw["linkable"]),
                typical_share=float(raw["typical_share"]),
                trained_on=dict(raw["trained_on"]),
            )
        except (KeyError, TypeError, ValueError) as problem:
            raise ModelError(f"{version}: {problem!r}") from problem
        for field in FIELDS:
            if set(model.levels.get(field, {})) != set(LEVELS[field]) - {MISSING}:
                raise ModelError(f"{version}: levels of {field}")
        return model

    def as_json(self) -> dict[str, Any]:
        return {
            "trained_on": dict(self.trained_on),
            "linkable": self.linkable,
            "typical_share": self.typical_share,
            "splink": splink_settings(self.levels, prior=0.5),
        }

    def settings(self, population_size: int) -> dict[str, Any]:
        """For Splink; how likely a pair picked blindly is one person comes from the population's size."""
        return splink_settings(self.levels, prior=self.prior(population_size))

    def prior(self, population_size: int) -> float:
        """The chance that one person of the population is the party, where "nobody" is the other answer."""
        odds = self.linkable / (1 - self.linkable) / max(population_size, 1)
        return odds / (1 + odds)

    def prior_bits(self, population_size: int) -> float:
        prior = self.prior(population_size)
        return log2(prior / (1 - prior))


def versions(folders: tuple[Path, ...]) -> dict[str, Path]:
    """Version → file; a later folder's file of the same name counts."""
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.json"))}


def splink_settings(
    levels: Mapping[str, Mapping[str, Level]], *, prior: float, commonness: bool = True
) -> dict[str, Any]:
    """Settings by which Splink scores or trains on pairs whose levels are known already.

    `commonness`: whether how common a name is counts beside its level.
    """
    return {
        "link_type": "link_only",
        "sql_dialect": "duckdb",
        "unique_id_column_name": PAIR,
        "probability_two_random_records_match": prior,
        "comparisons": [_comparison(field, levels[field], commonness) for field in levels],
        "blocking_rules_to_generate_predictions": [],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "additional_columns_to_retain": [],
    }


def _comparison(field: str, levels: Mapping[str, Level], commonness: bool) -> dict[str, Any]:
    missing = {
        "sql_condition": f"{field}_l = '{MISSING}'",
        "is_null_level": True,
        "label_for_charts": MISSING,
    }
    return {
        "output_column_name": field,
        "comparison_levels": [
            missing,
            *(_splink_level(field, name, levels[name], commonness) for name in levels),
        ],
    }


def _splink_level(field: str, name: str, level: Level, commonness: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "sql_condition": f"{field}_l = '{name}'",
        "label_for_charts": name,
        "m_probability": level.m,
        "u_probability": level.u,
    }
    if commonness and field == "name" and name in _COMMONNESS_COUNTS:
        told |= {"tf_adjustment_column": "name", "disable_tf_exact_match_detection": True}
    return told


def _levels(comparisons: list[dict[str, Any]]) -> dict[str, dict[str, Level]]:
    return {
        comparison["output_column_name"]: {
            level["label_for_charts"]: Level(float(level["m_probability"]), float(level["u_probability"]))
            for level in comparison["comparison_levels"]
            if not level.get("is_null_level")
        }
        for comparison in comparisons
    }


@lru_cache(maxsize=8)
def _read(version: str, path: Path) -> Model:
    return Model.from_json(version, json.loads(path.read_text("utf-8")))
