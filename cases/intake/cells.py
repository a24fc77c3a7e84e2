"""Items as rows of cells: what can be said of them before they are understood."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from cases.deliveries import DECLARATIONS
from cases.intake.received import FieldError

# Longer cells are no values.
LONGEST_CELL: Final = 10_000
# As many names of unknown fields are told, and as much of each.
_TOLD: Final = 5
_LONGEST_NAME: Final = 60
_BLANKS: Final = " \t\r\n\u00a0\ufeff"
# PostgreSQL holds neither NUL nor halves of characters.
_UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")
_COLUMNS: Final = frozenset(DECLARATIONS.column_names)


@dataclass
class Cells:
    """One item: the text of each column, what is wrong already, and the fields that no column has.

    What stands in those is left out, whatever it is: the sender is told.
    """

    row_no: int
    texts: dict[str, str] = field(default_factory=dict)
    errors: list[FieldError] = field(default_factory=list)
    notices: list[FieldError] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"row_no": self.row_no, **self.texts}


def cells_of(items: Sequence[Any], *, channel: str) -> list[Cells]:
    """The cells of every item, numbered from 0. What is wrong with a field leaves its cell empty."""
    return [_cells(row_no, item, channel) for row_no, item in enumerate(items)]


def _cells(row_no: int, item: Any, channel: str) -> Cells:
    cells = Cells(row_no)
    if isinstance(item, Mapping):
        for name in _COLUMNS & item.keys():
            _fill(cells, name, item[name])
        unknown = [name for name in item if name not in _COLUMNS]
        cells.notices = [FieldError.of(_shown(name), "field_unknown") for name in unknown[:_TOLD]]
        if cells.texts.get("channel", channel) != channel:
            cells.errors.append(FieldError.of("channel", "channel_other"))
    else:
        cells.errors.append(FieldError.of("", "not_an_object"))
    cells.texts["channel"] = channel
    return cells


def _fill(cells: Cells, name: str, value: Any) -> None:
    if value is None:
        return
    if code := _fault(value):
        cells.errors.append(FieldError.of(name, code))
    elif text := value.strip(_BLANKS):
        cells.texts[name] = text


def _fault(value: Any) -> str:
    """The code of what makes a value no cell at all; empty where it is one."""
    if not isinstance(value, str):
        return "not_text"
    if _UNSTORABLE.search(value):
        return "characters"
    return "field_too_long" if len(value) > LONGEST_CELL else ""


def _shown(name: str) -> str:
    """The name of a field as it may stand in an answer."""
    return _UNSTORABLE.sub("\ufffd", name[:_LONGEST_NAME])
