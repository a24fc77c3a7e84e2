"""Starting a check, and switching a rule."""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.checks.job import LANE, NAME
from cases.checks.rules import BY_CODE, fingerprint
from cases.models import CheckRule, CheckRun
from cases.runs.findings import city_unit_id
from vehreg.accounts.models import User
from vehreg.jobs.kinds import Refused
from vehreg.jobs.models import LIVE_STATES, Job
from vehreg.jobs.services import start_job

# After a switch that was not carried through, what changed is not all there is to do.
_BROKEN_OFF = (CheckRun.State.FAILED, CheckRun.State.CANCELLED)

# The oldest transaction that is still open may yet commit rows stamped with its own beginning.
_WATERMARK = """
SELECT least(now(), min(xact_start)) FROM pg_stat_activity
WHERE datname = current_database() AND xact_start IS NOT NULL"""


def start_check(*, user: User | None, scope: str = CheckRun.Scope.ALL) -> CheckRun:
    """Start a check as a job. Without an earlier one by the same rules, since-last is the whole.

    Raises `Refused` while another check is going on.
    """
    if Job.objects.filter(lane=LANE, state__in=LIVE_STATES).exists():
        raise Refused(_("A check of the registers is going on already. Wait for it, or cancel it."))
    return _start(user=user, scope=_scope_for(scope))


def switch_rule(*, code: str, on: bool, reason: str, user: User) -> CheckRun:
    """Switch a rule on or off: its cases are found again, or withdrawn, by a check of this rule alone.

    A check that is going on is waited for. Raises `Refused` without a reason, or where it stands so already.
    """
    if code not in BY_CODE:
        raise Refused(_("There is no such rule."))
    if not reason.strip():
        raise Refused(_("Say why: a reason is needed."))
    with transaction.atomic():
        CheckRule.objects.get_or_create(code=code)
        switched = CheckRule.objects.filter(code=code, is_on=not on).update(
            is_on=on,
            switched_by=user,
            switched_by_name=str(user),
            switched_at=timezone.now(),
            reason=reason.strip(),
        )
        if not switched:
            raise Refused(_("Somebody has just switched this rule. Look at it again."))
        return _start(user=user, scope=CheckRun.Scope.RULE, rule=code)


def _start(*, user: User | None, scope: str, rule: str = "") -> CheckRun:
    city_unit_id()
    with transaction.atomic():
        run = CheckRun.objects.create(
            scope=scope,
            rule=rule,
            fingerprint=fingerprint(timezone.localdate()),
            watermark=_watermark(),
            started_by=user,
            started_by_name=str(user) if user else "",
        )
        run.job = start_job(kind=NAME, params={"run": run.pk}, subject=f"check_run:{run.pk}", user=user)
        run.save(update_fields=["job"])
    return run


def _scope_for(wanted: str) -> str:
    """What was wanted, or the whole registers where since-last has nothing to begin from."""
    runs = CheckRun.objects.order_by("-pk")
    newest = runs.filter(state=CheckRun.State.DONE).exclude(scope=CheckRun.Scope.RULE).first()
    if wanted == CheckRun.Scope.ALL or newest is None:
        return CheckRun.Scope.ALL
    broken_off = runs.filter(scope=CheckRun.Scope.RULE, pk__gt=newest.pk, state__in=_BROKEN_OFF).exists()
    same = newest.fingerprint == fingerprint(timezone.localdate())
    return CheckRun.Scope.SINCE_LAST if same and not broken_off else CheckRun.Scope.ALL


def _watermark() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(_WATERMARK)
        moment: datetime = cursor.fetchone()[0]
    return moment
