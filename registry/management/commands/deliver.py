"""Delivers a file in the foreground: the same load as the admin page."""

import json
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from registry.deliveries import services
from registry.deliveries.csvfile import SEPARATORS
from registry.deliveries.disk import foretell, size_words
from registry.deliveries.errors import Refused
from registry.deliveries.kinds import kinds
from registry.deliveries.outcomes import figures
from registry.models import Delivery
from registry.models.delivery import DeliveryState
from vehreg.jobs.models import Job, JobState
from vehreg.jobs.services import run_in_foreground
from vehreg.jobs.terminal import ProgressBar

_BY_NAME: Final = {name: mark for mark, name in SEPARATORS.items()}


class Command(BaseCommand):
    help = "Load a file into the registers. A delivery adds and changes, it never deletes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", metavar="KIND", help=", ".join(sorted(kind.name for kind in kinds())))
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="check only; the registers stay as they are"
        )
        parser.add_argument(
            "--full", action="store_true", help="the file is the complete register: list what it lacks"
        )
        parser.add_argument(
            "--despite-disk", action="store_true", help="go on where the disk seems too small"
        )
        parser.add_argument("--json", action="store_true", help="print the numbers as JSON")
        parser.add_argument(
            "--encoding", default="", help="utf-8, utf-16, tcvn3, vni, viscii, cp1258; else detected"
        )
        parser.add_argument(
            "--separator", default="", help="comma, semicolon, tab, or the character; else detected"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        try:
            delivery = _deliver(options, ProgressBar(sys.stderr))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        result = {"delivery": delivery.pk, "kind": delivery.kind, **figures(delivery)}
        result["seconds"] = round(time.monotonic() - started, 3)
        if options["json"]:
            self.stdout.write(json.dumps(result))
        else:
            self.stdout.write("  ".join(f"{name} {value}" for name, value in result.items()))
            self._tell_reasons(delivery)

    def _tell_reasons(self, delivery: Delivery) -> None:
        for reason in delivery.summary.get("reasons", []):
            self.stdout.write(f"  {reason['count']:>9}  {reason['column'] or '-'}: {reason['code']}")
        if "absent" in delivery.summary:
            self.stdout.write(f"  {delivery.summary['absent']:>9}  in the register and not in the file")


def _deliver(options: dict[str, Any], bar: ProgressBar) -> Delivery:
    delivery = _receive(options)
    if delivery.state == DeliveryState.REFUSED:
        raise Refused(delivery.message)
    despite_disk = options["despite_disk"]
    _tell_disk(delivery)
    _run(services.start_check(delivery=delivery, user=None, despite_disk=despite_disk), bar)
    delivery.refresh_from_db()
    if options["dry_run"]:
        _tell_disk(delivery)
        services.discard_delivery(delivery=delivery)
        return delivery
    _run(services.start_apply(delivery=delivery, user=None, despite_disk=despite_disk), bar)
    delivery.refresh_from_db()
    return delivery


def _tell_disk(delivery: Delivery) -> None:
    """What it will take of the disk: a remark, so that the result stays what programs read."""
    forecast = foretell(delivery)
    free = "free space unknown" if forecast.free is None else f"{size_words(forecast.free)} free"
    parts = {"staging": forecast.staging, "registers": forecast.register, "log": forecast.log}
    told = ", ".join(f"{name} {size_words(size)}" for name, size in parts.items())
    print(f"disk: about {size_words(forecast.needed)} ({told}); {free}", file=sys.stderr)


def _receive(options: dict[str, Any]) -> Delivery:
    path: Path = options["file"]
    separator = _BY_NAME.get(options["separator"], options["separator"])
    try:
        with path.open("rb") as file:
            return services.receive_delivery(
                kind=options["kind"],
                file=file,
                filename=path.name,
                user=None,
                full=options["full"],
                encoding=options["encoding"],
                separator=separator,
            )
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def _run(job: Job, bar: ProgressBar) -> None:
    job = run_in_foreground(job, on_progress=bar, processes=settings.FOREGROUND_PROCESSES)
    if job.state != JobState.SUCCEEDED:
        raise Refused(job.error or job.get_state_display())
