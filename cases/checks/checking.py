"""Checks the entries in `subject`, and lets their cases follow; one entry at once, too."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.checks.entries import LIVE, TABLE
from cases.checks.findings import DECIDED, find
from cases.checks.rules import KINDS, rules_of
from cases.checks.subjects import add_partners, take_one
from cases.checks.switches import codes_off
from cases.checks.twins import gather_twins
from cases.checks.wards import gather_split_wards
from cases.models import CheckRun
from cases.models.subject import Register
from cases.runs.opening import Followed, Source, follow, lock_cases

# Why no rule speaks against an entry any more.
_WHY: Final = """
    SELECT told.cause, %(causes)s::jsonb->>told.cause AS reason, told.detail
    FROM (
        SELECT CASE
            WHEN NOT EXISTS (SELECT FROM {table} AS entry WHERE entry.id = standing.subject_id) THEN 'gone'
            WHEN NOT EXISTS (SELECT FROM {table} AS entry WHERE entry.id = standing.subject_id AND {live})
                THEN 'ended'
            WHEN bool_or(dropped.kind = ANY(%(off)s)) THEN 'switched_off'
            ELSE 'agrees' END AS cause, jsonb_build_object('rules', jsonb_agg(dropped.kind)) AS detail
        FROM dropped WHERE dropped.case_id = standing.id
    ) AS told"""


def check_subjects(register: str, *, run: CheckRun | None = None, only: Iterable[str] = KINDS) -> Followed:
    """Check the entries in `subject` by the rules named `only`, in the present transaction.

    `run` has written down which numbers stand on two registrations; without one they are looked up.
    """
    day, at = timezone.localdate(), timezone.now()
    off = codes_off()
    checked = [code for code in only if code in KINDS]
    lock_cases(register)
    if register == Register.VEHICLE:
        gather_twins(run)
    else:
        gather_split_wards()
    rules = [rule for rule in rules_of(register, day, checked) if rule.code not in off]
    find(register, rules=rules, checked=checked, day=day, at=at)
    return _follow(register, checked, off, at)


def check_one(register: str, subject_id: int) -> Followed:
    """Check one entry at once, and those that share a number with it or did; in the caller's transaction."""
    with transaction.atomic():
        take_one(subject_id)
        add_partners(register)
        return check_subjects(register)


def _follow(register: str, checked: list[str], off: list[str], at: datetime) -> Followed:
    source = Source(
        kinds=checked,
        still=f"NOT {DECIDED}",
        why=_WHY.format(table=TABLE[register], live=LIVE[register]),
        stale=_("A check of the register found something else since this was proposed. Look again."),
        params={"causes": json.dumps(_causes(), ensure_ascii=False), "off": off},
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE subject")
    return follow(source, register=register, at=at)


def _causes() -> dict[str, str]:
    """What the timeline says of each reason to withdraw."""
    return {
        "agrees": _("The rule is kept now: the register does not say it any more."),
        "ended": _("The registration has ended, or the owner has no vehicle any more."),
        "gone": _("The entry is no longer in the register."),
        "switched_off": _("The rule was switched off."),
    }
