"""What an exception means for a chunk: the words a user reads, and how often it is worth trying again.

Words and details carry no data: a register's values may stand in the message of an exception, so only
messages of errors in code are kept.
"""

import errno
import secrets
import traceback
from collections.abc import Callable
from dataclasses import dataclass

import django.db
import psycopg
import structlog
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vehreg.jobs.kinds import Refused, Unavailable, UnknownKind

logger = structlog.get_logger("vehreg.jobs")

BROKEN_OFF = _(
    "The work was broken off %(attempts)d times by a process that died. Ask the administrator, then retry."
)
_DISK_FULL = _("Disk full: free some space, then retry. The work goes on where it stopped.")
_DATABASE_AWAY = _("The database could not be reached, or broke off the work. Retry once it is back.")
_MEMORY = _("Out of memory. Ask the administrator, then retry.")
_UNKNOWN_KIND = _("This version of the system does not know this kind of work.")
_UNEXPECTED = _("Unexpected error %(error_id)s. Ask the administrator; the number finds it in the log.")

# Speak of code, never of data.
_CODE_ERRORS = (AttributeError, ImportError, NameError, TypeError, NotImplementedError)
# Unexpected errors are tried once more: some of them are a neighbour's, not ours.
_UNEXPECTED_ATTEMPTS = 2


@dataclass(frozen=True)
class Failure:
    """`words` for the user, `detail` for the log, `attempts` after which a person decides."""

    words: str
    detail: str
    attempts: int
    error_id: str


def _sqlstate(error: BaseException) -> str:
    cause = error.__cause__ if isinstance(error, django.db.Error) else error
    return (cause.sqlstate or "") if isinstance(cause, psycopg.Error) else ""


def _is_disk_full(error: BaseException) -> bool:
    full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
    # DuckDB says it in words only.
    return full or _sqlstate(error) == "53100" or "No space left on device" in str(error)


def _is_database_trouble(error: BaseException) -> bool:
    return isinstance(
        error,
        (
            django.db.OperationalError,
            django.db.InterfaceError,
            psycopg.OperationalError,
            psycopg.InterfaceError,
        ),
    )


def _of_type(*types: type[BaseException]) -> Callable[[BaseException], bool]:
    return lambda error: isinstance(error, types)


# The first line that fits decides: test, words, attempts (None: as many as the settings allow).
_RULES: tuple[tuple[Callable[[BaseException], bool], Promise, int | None], ...] = (
    (_is_disk_full, _DISK_FULL, 1),
    (_is_database_trouble, _DATABASE_AWAY, None),
    (_of_type(MemoryError), _MEMORY, None),
    (_of_type(UnknownKind), _UNKNOWN_KIND, 1),
    (lambda error: True, _UNEXPECTED, _UNEXPECTED_ATTEMPTS),
)


def explain(error: BaseException, **context: int | str) -> Failure:
    """Classify and log. `context` are ids for the log line."""
    if isinstance(error, Refused):
        return Failure(words=str(error), detail="", attempts=1, error_id="")
    if isinstance(error, Unavailable):
        logger.warning("unavailable", words=str(error), **context)
        return Failure(words=str(error), detail="", attempts=settings.JOB_MAX_ATTEMPTS, error_id="")
    error_id = secrets.token_hex(4)
    words, attempts = next((words, attempts) for fits, words, attempts in _RULES if fits(error))
    detail = describe(error)
    logger.error("job_error", error_id=error_id, detail=detail, **context)
    return Failure(
        words=str(words) % {"error_id": error_id},
        detail=f"{error_id}\n{detail}",
        attempts=min(attempts or settings.JOB_MAX_ATTEMPTS, settings.JOB_MAX_ATTEMPTS),
        error_id=error_id,
    )


def describe(error: BaseException) -> str:
    """Stack and type of an error and of its causes, without a value of any register."""
    lines = traceback.format_tb(error.__traceback__)
    lines.append(f"{type(error).__module__}.{type(error).__qualname__}{_safe_words(error)}\n")
    cause = error.__cause__ or error.__context__
    if cause is not None:
        lines.append(f"from {type(cause).__module__}.{type(cause).__qualname__}{_safe_words(cause)}\n")
    return "".join(lines)


def _safe_words(error: BaseException) -> str:
    if isinstance(error, _CODE_ERRORS):
        return f": {error}"
    if isinstance(error, OSError):
        return f": [{error.errno}] {error.strerror}"
    if isinstance(error, psycopg.Error):
        parts = (error.sqlstate, error.diag.table_name, error.diag.column_name, error.diag.constraint_name)
        return ": " + " ".join(part for part in parts if part)
    return ""
