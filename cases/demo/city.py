"""The city's files: simulated, and delivered through the same code as the admin page."""

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from registry.deliveries.services import receive_delivery, start_apply, start_check
from registry.models import Delivery
from registry.simulation.city import CityFiles, simulate
from registry.simulation.errors import known
from vehreg.accounts.models import User
from vehreg.jobs.foreground import run_in_foreground
from vehreg.jobs.models import Job

VEHICLES, PERSONS, LICENCES, DECLARATIONS = 50_000, 60_000, 3_000, 15_000
SEED = 20_251_101
Tell = Callable[[str], None]


def make_city(folder: Path) -> CityFiles:
    """Write the city's files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return simulate(
        folder,
        vehicles=VEHICLES,
        persons=PERSONS,
        licences=LICENCES,
        declarations=DECLARATIONS,
        seed=SEED,
        errors=known(),
    )


def deliver(kind: str, path: Path, user: User, tell: Tell) -> Delivery:
    """Receive, check and apply one file in the foreground. Raises `RuntimeError` where a job fails."""
    with path.open("rb") as file:
        delivery = receive_delivery(kind=kind, file=file, filename=path.name, user=user)
    _finish(start_check(delivery=delivery, user=user))
    delivery.refresh_from_db()
    _finish(start_apply(delivery=delivery, user=user))
    delivery.refresh_from_db()
    said = _("%(kind)s: %(new)s new, %(rejected)s rejected")
    tell(said % {"kind": kind, "new": delivery.new, "rejected": delivery.rejected})
    return delivery


def run_waiting(kind: str) -> None:
    """Run what an applied delivery has started."""
    for job in Job.objects.filter(kind=kind, state="queued").order_by("id"):
        _finish(job)


def _finish(job: Job) -> None:
    done = run_in_foreground(job)
    if done.state != "succeeded":
        raise RuntimeError(f"{done.kind}: {done.error}")


def declarations_by_week(source: Path, *, first_day: date, parts: int, days: int) -> list[tuple[date, Path]]:
    """The declarations as files of a few days each, moved into the demo's weeks.

    Returns the last day of each file with its path.
    """
    with source.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["declared_at"])
    size = -(-len(rows) // parts)
    made = []
    for number in range(parts):
        part = rows[number * size : (number + 1) * size]
        start = first_day + timedelta(days=number * days // parts)
        for at, row in enumerate(part):
            row["declared_at"] = (start + timedelta(days=at * days // parts // len(part))).isoformat()
        path = source.with_name(f"khai-bao-{number + 1}.csv")
        _write(path, part)
        made.append((start + timedelta(days=days // parts - 1), path))
    return made


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
