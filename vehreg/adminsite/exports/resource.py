"""Which columns of a register leave the house, and how each value looks outside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import Promise
from import_export.fields import Field
from import_export.resources import Resource

from vehreg.adminsite.masking import Mask


@dataclass(frozen=True)
class Column:
    """One column: the path to its value, its heading, and how it is masked where it names a person."""

    path: str
    label: str | Promise
    mask: Mask | None = None


class RegisterResource(Resource):
    """django-import-export's resource over `columns`. `whole` says that numbers leave unmasked."""

    columns: ClassVar[Sequence[Column]] = ()
    related: ClassVar[Sequence[str]] = ()

    def __init__(self, *, whole: bool = False) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.whole = whole
        self.fields = {column.path: self._field(column) for column in self.columns}

    @classmethod
    def choices(cls) -> list[tuple[str, str | Promise]]:
        """(path, heading) of every column, for the page where they are chosen."""
        return [(column.path, column.label) for column in cls.columns]

    def get_export_order(self) -> list[str]:
        return list(self.fields)

    def prepare(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return rows.select_related(None).select_related(*self.related) if self.related else rows

    def lines(self, rows: Iterable[models.Model], chosen: Sequence[str]) -> Iterable[list[Any]]:
        """The rows as lists of values, in the order of the columns."""
        for row in rows:
            yield self.export_resource(row, selected_fields=chosen)  # type: ignore[no-untyped-call]

    def _field(self, column: Column) -> Field:
        hidden = column.mask if not self.whole else None

        def value(row: models.Model) -> Any:
            return _outside(row, column.path, hidden)

        return Field(attribute=column.path, column_name=str(column.label), dehydrate_method=value)


def _outside(row: models.Model, path: str, mask: Mask | None) -> Any:
    """The value at a path: choices by their word, relations by their name, lists as one text."""
    *way, name = path.split("__")
    holder: Any = row
    for step in way:
        holder = getattr(holder, step, None)
    if holder is None:
        return None
    shown = getattr(holder, f"get_{name}_display", None)
    value = shown() if shown else getattr(holder, name, None)
    if isinstance(value, list | tuple):
        return "; ".join(mask(part) if mask else part for part in value)
    if mask and value:
        return mask(str(value))
    return str(value) if isinstance(value, models.Model | Promise) else value
