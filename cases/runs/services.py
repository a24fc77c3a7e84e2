"""Starting a run, and looking at what it found."""

from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cases.matching.rules import Ruleset
from cases.models import MatchRun, Verdict
from cases.runs.findings import city_unit_id
from cases.runs.parties import REGISTERS
from cases.runs.scope import scope_for
from cases.runs.versions import model_of
from registry.models import DriverLicence, Owner
from vehreg.accounts.models import User
from vehreg.accounts.scope import sees_every_unit
from vehreg.jobs.kinds import Refused
from vehreg.jobs.services import start_job

# The oldest transaction that is still open may yet commit rows stamped with its own beginning.
_WATERMARK = """
SELECT least(now(), min(xact_start)) FROM pg_stat_activity
WHERE datname = current_database() AND xact_start IS NOT NULL"""


def start_run(*, user: User | None, scope: str = MatchRun.Scope.ALL) -> MatchRun:
    """Start a run as a job. Without an earlier run by the same rules and model, since-last is the whole.

    Raises `Refused` while another run is going on.
    """
    city_unit_id()
    rules_version, model_version = Ruleset.load().version, model_of().version
    try:
        with transaction.atomic():
            run = MatchRun.objects.create(
                scope=scope_for(scope, rules_version, model_version),
                rules_version=rules_version,
                model_version=model_version,
                watermark=_watermark(),
                started_by=user,
                started_by_name=str(user) if user else "",
            )
            run.job = start_job(
                kind="matching.run", params={"run": run.pk}, subject=f"match_run:{run.pk}", user=user
            )
            run.save(update_fields=["job"])
    except IntegrityError as error:
        if "cases_run_one_at_a_time" not in str(error):
            raise
        raise Refused(_("A matching run is going on already. Wait for it, or cancel it.")) from error
    return run


def run_examples(*, run: MatchRun, verdict: str, limit: int, user: User) -> list[Verdict]:
    """Some of the verdicts of a kind that stood when the run ended, of parties this user may see.

    Those still in force first: an index finds them at once. Older runs may need what was superseded since.
    """
    stood = Verdict.objects.filter(_visible_to(user), verdict=verdict, run_id__lte=run.pk)
    stood = stood.select_related("person").order_by("-pk")
    found = list(stood.filter(superseded_by__isnull=True)[:limit])
    if len(found) < limit:
        found += stood.filter(superseded_by_id__gt=run.pk)[: limit - len(found)]
    return found


def _visible_to(user: User) -> Q:
    if sees_every_unit(user):
        return Q()
    visible = Q()
    for register, model in zip(REGISTERS, (Owner, DriverLicence), strict=True):
        visible |= Q(register=register, subject_id__in=model.objects.visible_to(user).values("pk"))
    return visible


def _watermark() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(_WATERMARK)
        moment: datetime = cursor.fetchone()[0]
    return moment
