"""Items for tests: each function gives one that is accepted; what it is given replaces a field."""

from itertools import count
from typing import Any

_numbers = count(1)
NUMBER = "001091084217"


def of_vehicle(**fields: Any) -> dict[str, Any]:
    number = next(_numbers)
    return {
        "external_id": f"KB-{number:06d}",
        "declared_at": "2025-11-20T08:15:00+07:00",
        "subject": "vehicle",
        "declarant_id": NUMBER,
        "declarant_name": "Vũ Quang Đạt",
        "plate": f"29-H1 {number // 100:03d}.{number % 100:02d}",
        "vehicle_kind": "motorbike",
        "usage_status": "in_use_owner",
    } | fields


def of_licence(**fields: Any) -> dict[str, Any]:
    number = next(_numbers)
    return {
        "external_id": f"KB-{number:06d}",
        "declared_at": "2025-11-20 08:15",
        "subject": "licence",
        "declarant_id": NUMBER,
        "declarant_name": "Vũ Quang Đạt",
        "licence_number": f"01011{number:07d}",
        "licence_class": "A1",
    } | fields
