"""How much disk a delivery takes, foretold: from its file before the check, from its numbers after."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from registry.deliveries.errors import Refused
from registry.deliveries.kinds import kind_of
from registry.deliveries.merges import table_of
from registry.models import Delivery
from registry.models.delivery import DeliveryState

# Bytes of one row in the registers, indexes and all that hangs on it included, used until a register has rows
# of its own to measure. Persons and vehicles were measured on a simulated city, the others are reckoned from
# their columns.
ROW_BYTES: Final = {"persons": 750, "vehicles": 1500, "licences": 1000, "violations": 500}
_OTHER_ROW_BYTES: Final = 800
_ENOUGH_ROWS: Final = 10_000
# Two tables of staging, text and values: what a row takes beside the bytes it has in the file.
_STAGED_TWICE: Final = 2
_STAGED_ROW_BYTES: Final = 90
# The log holds two and a half times what the registers grow by, until a checkpoint gives it back.
_LOG_SHARE: Final = 2.5
# Letters of a sheet shrink to about a quarter in an XLSX file.
_XLSX_SHRUNK: Final = 4
_XLSX_LINE: Final = 200
_HEAD: Final = 1 << 18
_HERE: Final = ("", "localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Forecast:
    """Bytes. `staging` and `log` are given back afterwards. `free` is None where nobody here can tell."""

    staging: int
    register: int
    log: int
    free: int | None

    @property
    def needed(self) -> int:
        return self.staging + self.register + self.log

    @property
    def fits(self) -> bool:
        return self.free is None or self.needed <= self.free


def foretell(delivery: Delivery) -> Forecast:
    """What is still to come: staging and register before the check, the register alone after it."""
    if delivery.state == DeliveryState.VALIDATED:
        staging, rows = 0, (delivery.new or 0) + (delivery.changed or 0)
    else:
        text, rows = _text_of(delivery)
        staging = _STAGED_TWICE * (text + rows * _STAGED_ROW_BYTES)
    register = rows * _row_bytes(delivery.kind)
    return Forecast(staging, register, min(round(register * _LOG_SHARE), _longest_log()), _free())


def refuse_full_disk(delivery: Delivery) -> None:
    """Raises `Refused` where the delivery plainly cannot fit on the database's disk."""
    forecast = foretell(delivery)
    if forecast.fits or forecast.free is None:
        return
    words = _(
        "The disk of the database has %(free)s free, and this delivery needs about %(needed)s. Make room"
        " first, or go on all the same if you know better."
    )
    raise Refused(words % {"free": size_words(forecast.free), "needed": size_words(forecast.needed)})


def refuse_full_storage(size: int) -> None:
    """Raises `Refused` where a file of this many bytes cannot be kept."""
    folder = Path(settings.MEDIA_ROOT)
    free = shutil.disk_usage(folder).free if folder.is_dir() else size
    if size > free:
        words = _("The file has %(size)s, and the storage for files has only %(free)s free. Make room first.")
        raise Refused(words % {"size": size_words(size), "free": size_words(free)})


def size_words(size: int) -> str:
    return str(filesizeformat(size)).replace("\xa0", " ")


def _text_of(delivery: Delivery) -> tuple[int, int]:
    """(bytes of text, rows) of a file that was not read yet, from its beginning."""
    if delivery.reading["format"] != "csv":
        text = delivery.size * _XLSX_SHRUNK
        return text, text // _XLSX_LINE
    with delivery.file.open("rb") as file:
        head = file.read(_HEAD)
    return delivery.size, delivery.size * head.count(b"\n") // max(len(head), 1)


def _row_bytes(kind: str) -> int:
    """Bytes of a row in the registers of this kind, as they are; as declared where there are too few."""
    tables = [table_of(model) for model in kind_of(kind).merge().models]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(oid)), max(reltuples) FROM pg_class"
            " WHERE oid = ANY (%s::text[]::regclass[])",
            [tables],
        )
        size, rows = cursor.fetchone()
    return round(int(size) / rows) if rows >= _ENOUGH_ROWS else ROW_BYTES.get(kind, _OTHER_ROW_BYTES)


def _longest_log() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_bytes(current_setting('max_wal_size'))")
        return int(cursor.fetchone()[0])


def _free() -> int | None:
    """Free bytes of the disk the database lies on, where that is a disk of this machine."""
    folder = settings.DATABASE_DISK or _data_folder()
    try:
        return shutil.disk_usage(folder).free if folder else None
    except OSError:
        return None


def _data_folder() -> str:
    """Where the database says it lies; a server elsewhere, or one that does not tell us, gives ''."""
    if connection.settings_dict["HOST"] not in _HERE:
        return ""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            return str(cursor.fetchone()[0])
    except DatabaseError:
        return ""
