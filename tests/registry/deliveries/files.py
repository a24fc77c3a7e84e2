"""Files for the tests: rows as an authority would write them."""

import csv
import io
from pathlib import Path
from typing import Any

VEHICLE = {
    "source_id": "XE1",
    "plate": "29A-123.45",
    "vehicle_kind": "car",
    "plate_colour": "white",
    "brand": "TOYOTA",
    "registered_on": "2015-06-01",
    "status": "active",
    "owner_kind": "citizen",
    "owner_name": "Nguyễn Văn An",
    "owner_id_number": "001070000001",
    "owner_birth_date": "1970-01-02",
    "owner_address": "Số 1 phố Huế",
    "owner_ward_code": "00004",
    "file_code": "K1-1",
    "office_code": "PC08",
}
PERSON = {
    "personal_id": "001070000001",
    "former_ids": "011234567",
    "full_name": "Nguyễn Văn An",
    "birth_date": "1970-01-02",
    "gender": "M",
    "ward_code": "00004",
    "address": "Số 1 phố Huế",
    "died_on": "",
    "as_of": "2025-11-01",
}
LICENCE = {
    "source_id": "GP1",
    "number": "010123456789",
    "medium": "pet",
    "licence_class": "B1",
    "issued_on": "2015-06-01",
    "holder_name": "Nguyễn Văn An",
    "holder_birth_date": "1970",
    "holder_id_number": "011234567",
    "status": "valid",
}


def vehicle(number: int, **columns: Any) -> dict[str, Any]:
    """A vehicle and an owner of its own."""
    return VEHICLE | {
        "source_id": f"XE{number}",
        "plate": f"29A-{number:05d}",
        "owner_id_number": f"001070{number:06d}",
        "owner_name": "Trần Thị Bình",
        "file_code": f"K1-{number}",
    } | columns  # fmt: skip


def person(number: int, **columns: Any) -> dict[str, Any]:
    return PERSON | {"personal_id": f"001070{number:06d}", "former_ids": ""} | columns


def csv_text(rows: list[dict[str, Any]], separator: str = ",") -> str:
    """All columns of any row; the first row gives their order."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, delimiter=separator, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write(folder: Path, content: str | bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
