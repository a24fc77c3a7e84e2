"""Versioned rules of matching: which passes, in which order, with which weights and thresholds."""

from cases.matching.rules.ruleset import Outcome, Pass, Ruleset, RulesetError

__all__ = ["Outcome", "Pass", "Ruleset", "RulesetError"]
