"""All rules, in the order of their page, and what is in force of them on a day."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Final

from cases.checks.party_rules import LICENCE_RULES, OWNER_RULES
from cases.checks.rule import Rule
from cases.checks.vehicle_rules import RULES as VEHICLE_RULES

RULES: Final[tuple[Rule, ...]] = (*VEHICLE_RULES, *OWNER_RULES, *LICENCE_RULES)
BY_CODE: Final = {rule.code: rule for rule in RULES}
KINDS: Final = tuple(rule.code for rule in RULES)
"""Kinds of discrepancy that checks make and take back."""


def rules_of(register: str, day: date, only: Iterable[str] = KINDS) -> list[Rule]:
    """The rules of a register that hold on a day, of those named."""
    wanted = set(only)
    return [
        rule for rule in RULES if rule.register == register and rule.code in wanted and rule.in_force(day)
    ]


def fingerprint(day: date) -> str:
    """Changes with the rules in force, their versions, their numbers, and the year: some count in years."""
    said = [
        (rule.code, rule.version, sorted((name, one.value) for name, one in rule.thresholds_on(day).items()))
        for rule in RULES
        if rule.in_force(day)
    ]
    return hashlib.sha256(json.dumps([day.year, said]).encode()).hexdigest()[:40]
