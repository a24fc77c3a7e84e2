#!/usr/bin/env python
"""Django's command line. `make setup` makes the environment it runs in."""

import os
import sys


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vehreg.settings")
    try:
        from django.core.management import execute_from_command_line

        from vehreg.localservices import ServiceError
    except ImportError as error:
        print(f"{error}. Run `make setup` once, then `.venv/bin/python manage.py …`.", file=sys.stderr)
        return 1
    try:
        execute_from_command_line(sys.argv)
    except ServiceError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
