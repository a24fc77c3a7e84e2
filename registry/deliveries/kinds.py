"""The kinds of files, declared: columns, key, and what the rows become. Applications register theirs."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.deliveries.errors import Refused
from registry.deliveries.types import ColumnType

if TYPE_CHECKING:
    from registry.deliveries.merges import Merge


@dataclass(frozen=True)
class Column:
    """One column of a file. `lenient`: a row is loaded without the value when it cannot be understood.

    What an old register claims of a person is lenient: the cases need such rows. `default` stands for an
    absent value.
    """

    name: str
    type: ColumnType
    aliases: tuple[str, ...] = ()
    mandatory: bool = False
    lenient: bool = False
    default: str = ""


@dataclass(frozen=True)
class Derived:
    """A column computed from understood ones, by their names, in SQL."""

    name: str
    sql: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of file. Rows with the same `key` are the same record.

    `received` says which columns' raw text goes to which received-column of the staged rows.
    """

    name: str
    label: str | Promise
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    merge: "Callable[[], Merge]"
    derived: tuple[Derived, ...] = ()
    received: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def received_groups(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Every column belongs to one group; those not named to "received", with the unknown columns."""
        named = {name for _, names in self.received for name in names}
        rest = tuple(name for name in self.column_names if name not in named)
        return (("received", rest), *self.received)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind of file known under its name."""
    _KINDS[kind.name] = kind
    return kind


def kind_of(name: str) -> Kind:
    """Raises `Refused` for a name nobody registered."""
    if name not in _KINDS:
        raise Refused(
            _("There is no kind of file named “%(name)s”. Known: %(known)s.")
            % {"name": name, "known": ", ".join(sorted(_KINDS))}
        )
    return _KINDS[name]


def kinds() -> Iterable[Kind]:
    return _KINDS.values()


def kind_label(name: str) -> str:
    return str(_KINDS[name].label) if name in _KINDS else name
