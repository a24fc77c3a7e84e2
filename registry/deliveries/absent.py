"""What the register holds and a complete file no longer does: written at the check, fetched later."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from registry.deliveries.downloads import Mask, line
from registry.deliveries.kinds import kind_of
from registry.deliveries.staging import Staging
from registry.models import Delivery

_BOM = "\ufeff"


def write_absent(delivery: Delivery) -> int | None:
    """Write the list beside the delivered file; None where the file is not complete or its kind has none."""
    kind = kind_of(delivery.kind)
    query = kind.merge().absent(kind, Staging(delivery.pk)) if delivery.full else None
    if query is None:
        return None
    columns, rest = query
    path, count = absent_path(delivery), -1
    statement = f"COPY (SELECT {columns} {rest} ORDER BY t.id) TO STDOUT WITH (FORMAT csv, HEADER)"
    with connection.cursor() as cursor, path.open("wb") as file, cursor.copy(statement) as copy:
        for block in copy:
            count += bytes(block).count(b"\n")
            file.write(block)
    return count


def absent_path(delivery: Delivery) -> Path:
    return Path(delivery.file.path + ".absent.csv")


def absent_lines(delivery: Delivery, *, mask: Mask) -> Iterator[str] | None:
    """The list for a spreadsheet; None where there is none."""
    path = absent_path(delivery)
    return _lines(path, mask) if path.exists() else None


def _lines(path: Path, mask: Mask) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        names = next(rows)
        yield _BOM + line(names)
        for row in rows:
            yield line(mask(name, cell) for name, cell in zip(names, row, strict=True))
