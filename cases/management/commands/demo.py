"""A simulated city in the browser: fills the system once, then runs web server, worker and scheduler."""

import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils.translation import gettext as _

from cases.demo.fill import fill, is_filled, was_interrupted
from cases.demo.people import PEOPLE, make_people, password
from vehreg.localservices import stop_services
from vehreg.localservices.ports import choose_port
from vehreg.localservices.processes import run_together, web_answers


class Command(BaseCommand):
    help = "A simulated city in the browser. Nobody in it is real."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", action="store_true", help="Begin again: everything delivered is lost.")
        parser.add_argument("--port", type=int, default=8000, help="Port to listen on, if it is free.")
        parser.add_argument("--fill-only", action="store_true", help="Fill the system and end.")

    def handle(self, *args: Any, reset: bool, port: int, fill_only: bool, **options: Any) -> None:
        if reset or was_interrupted():
            self._begin_again(asked=reset)
        if not is_filled():
            fill(Path(settings.VAR_DIR) / "demo", self._tell)
        make_people()
        if not fill_only:
            sys.exit(self._serve(port))

    def _begin_again(self, *, asked: bool) -> None:
        """Empty the demo's database. A database that somebody else's address names is left alone."""
        if "DATABASE_URL" in os.environ:
            raise CommandError("DATABASE_URL is set: the demo empties only its own private database.")
        if not asked:
            self._tell(_("filling was interrupted last time: beginning again"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'staging'")
            for (table,) in cursor.fetchall():
                cursor.execute(f'DROP TABLE staging."{table}"')
            tables = ", ".join(f'"{name}"' for name in connection.introspection.table_names()
                               if name != "django_migrations")  # fmt: skip
            cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")
        call_command("migrate", verbosity=0)

    def _serve(self, port: int) -> int:
        free = choose_port(port)
        url = f"http://127.0.0.1:{free}/admin/"
        python = sys.executable
        commands = {
            "web": [python, "-m", "gunicorn", "vehreg.wsgi", "--bind", f"127.0.0.1:{free}", "--workers", "2",
                    "--threads", "4", "--timeout", "120"],
            "worker": [python, "-m", "celery", "-A", "vehreg", "worker", "--concurrency", "2"],
            "scheduler": [python, "-m", "celery", "-A", "vehreg", "beat", "--pidfile="],
        }  # fmt: skip
        try:
            return run_together(
                commands,
                env=dict(os.environ),
                is_ready=lambda: web_answers(url),
                on_ready=lambda: self._invite(url),
            )
        finally:
            stop_services()

    def _invite(self, url: str) -> None:
        people = [f"{figure.username:<10} {figure.role.label}" for figure in PEOPLE]
        secret = _("password: %(password)s") % {"password": password()}
        said = ["", url, "", *people, "", secret, "", _("Ctrl-C stops everything."), ""]
        self.stdout.write("\n".join(f"  {line}".rstrip() for line in said))
        self.stdout.flush()

    def _tell(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()
