"""Which columns hold numbers of people, and how they are half hidden."""

import re
from typing import Any

from registry.identity.numbers import mask

# Columns of the registers and of received files that name a person or can call one.
PERSONAL_COLUMNS = frozenset(
    {
        "id_number",
        "phone",
        "holder_id_number",
        "personal_id",
        "former_ids",
        "owner_id_number",
        "owner_phone",
        "declarant_id",
        "declarant_phone",
        "counterparty_id",
    }
)
# Received columns whose long runs of digits name a thing.
_THINGS = frozenset(
    {"source_id", "external_id", "plate", "engine_no", "chassis_no", "file_code", "number", "licence_number"}
)
_LONG_NUMBER = re.compile(r"\d(?:[ .\-]?\d){7,}")


def mask_text(text: str) -> str:
    """A text with every long number in it masked, separators and all."""
    return _LONG_NUMBER.sub(lambda match: mask(match[0]), text)


def mask_received(column: str, value: Any, *, whole: bool) -> str:
    """A value as received. Columns nobody knows may hold anything: their long numbers are masked, too."""
    text = "" if value is None else str(value)
    if whole or column in _THINGS:
        return text
    return mask(text) if column in PERSONAL_COLUMNS else mask_text(text)
