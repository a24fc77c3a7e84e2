"""Fills an empty system: city, deliveries, a matching run, twenty days of work."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.checks.services import start_check
from cases.demo import city, days
from cases.demo.clock import days_ago
from cases.demo.people import make_people
from cases.models import MatchRun
from cases.progress.counting import count_figures
from cases.runs.services import start_run
from registry.models import Delivery
from vehreg.accounts.models import User
from vehreg.accounts.roles import Role
from vehreg.jobs.foreground import run_in_foreground

Tell = Callable[[str], None]
_DECLARATION_FILES = 5


def is_filled() -> bool:
    """Whether the demo stands: the last thing filling does is to finish its second run."""
    return MatchRun.objects.filter(scope=MatchRun.Scope.SINCE_LAST, state=MatchRun.State.DONE).exists()


def was_interrupted() -> bool:
    """Whether an earlier filling was stopped half-way."""
    return Delivery.objects.exists() and not is_filled()


def fill(folder: Path, tell: Tell) -> None:
    """Do everything once, saying what is being done and how long it took."""
    call_command("load_units", verbosity=0)
    people = make_people()
    registrar, supervisor = people[Role.REGISTRAR], people[Role.CITY_SUPERVISOR]
    with _said(tell, _("simulating a city of 50,000 vehicles and 60,000 persons")):
        files = city.make_city(folder)
    today = timezone.localdate()
    with days_ago(days.DAYS + 1):
        for kind in ("persons", "vehicles", "licences"):
            with _said(tell, _("delivering %(kind)s") % {"kind": kind}):
                city.deliver(kind, getattr(files, kind), registrar, tell)
    with _said(tell, _("matching everything")), days_ago(days.DAYS + 1):
        _match(supervisor, MatchRun.Scope.ALL)
    with _said(tell, _("checking the registers")), days_ago(days.DAYS + 1):
        _check(supervisor)
    weeks = dict(
        city.declarations_by_week(
            Path(files.declarations),
            first_day=today - timedelta(days=days.DAYS),
            parts=_DECLARATION_FILES,
            days=days.DAYS,
        )
    )
    for ago in range(days.DAYS, 0, -1):
        day = today - timedelta(days=ago)
        with _said(tell, _("day %(day)s of %(days)s") % {"day": days.DAYS - ago + 1, "days": days.DAYS}):
            with days_ago(ago):
                if day in weeks:
                    city.deliver("declarations", weeks[day], registrar, tell)
                    city.run_waiting("declarations.reconcile")
                days.work_one_day(ago, people)
            count_figures(day=day)
    days.spread_due_dates()
    with _said(tell, _("matching what changed")):
        _match(supervisor, MatchRun.Scope.SINCE_LAST)
    count_figures(day=today)


def _match(supervisor: User, scope: str) -> None:
    job = start_run(user=supervisor, scope=scope).job
    assert job is not None
    run_in_foreground(job)


def _check(supervisor: User) -> None:
    job = start_check(user=supervisor).job
    assert job is not None
    run_in_foreground(job)


class _said:
    """Says what is being done, and how long it took."""

    def __init__(self, tell: Tell, what: str) -> None:
        self.tell, self.what = tell, what

    def __enter__(self) -> None:
        self.began = time.monotonic()

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            seconds = f"{time.monotonic() - self.began:.1f}"
            self.tell(_("%(what)s: %(seconds)s s") % {"what": self.what, "seconds": seconds})
