"""`python -m vehreg.jobs.helping JOB PARENT`: does chunks of a job for as long as who asked for it lives."""

import os
import sys

import django


def main(job_id: int, parent: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vehreg.settings")
    django.setup()
    from vehreg.jobs.foreground import help_with  # noqa: PLC0415 - needs the applications
    from vehreg.jobs.models import Job  # noqa: PLC0415

    help_with(Job.objects.get(pk=job_id), wanted=lambda: os.getppid() == parent)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
