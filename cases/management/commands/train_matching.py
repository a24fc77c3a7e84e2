"""`manage.py train_matching [--parties N] [--dry-run] [--json]`."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.runs.training import SAMPLE, Trained, train_model
from vehreg.jobs.kinds import Refused

# Smaller shifts are not worth a line.
SHOWN_BITS = 0.3


class Command(BaseCommand):
    help = "Train the next version of the matching model on the registers, and tell what it changes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--parties", type=int, default=SAMPLE, help="owners and licence holders to learn from"
        )
        parser.add_argument("--dry-run", action="store_true", help="tell what would change, keep nothing")
        parser.add_argument("--json", action="store_true", help="one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            trained = train_model(sample=max(options["parties"], 1), keep=not options["dry_run"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps(_as_result(trained)) if options["json"] else _told(trained))


def _as_result(trained: Trained) -> dict[str, Any]:
    return {
        "model": trained.model.version,
        "before": trained.before.version,
        "kept": trained.path is not None,
        "linkable": round(trained.model.linkable, 4),
        "bits": {
            f"{shift.field}.{shift.level}": [round(shift.before, 2), round(shift.after, 2)]
            for shift in trained.shifts
        },
        "tried": trained.tried,
        "verdicts": {f"{then} -> {now}": count for (then, now), count in trained.verdicts.items()},
    }


def _told(trained: Trained) -> str:
    lines = [f"{trained.before.version} -> {trained.model.version}{'' if trained.path else ' (not kept)'}"]
    lines += [
        f"  {shift.field:7} {shift.level:15} {shift.before:+7.2f} -> {shift.after:+7.2f} bits"
        for shift in trained.shifts
        if abs(shift.after - shift.before) >= SHOWN_BITS
    ] or ["  no level says more or less than before"]
    lines.append(f"{sum(trained.verdicts.values())} of {trained.tried} parties get another verdict")
    lines += [f"  {then} -> {now}: {count}" for (then, now), count in trained.verdicts.items()]
    return "\n".join(lines)
