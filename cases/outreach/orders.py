"""What is ordered as a file: a walking list, notices, an organisation's template; and who writes each."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Doorstep
from cases.outreach.notices import write_notices
from cases.outreach.people import Place, Undeclared, people_at, walk
from cases.outreach.template import registered_vehicles, write_template
from cases.outreach.walking_list import write_pdf, write_xlsx
from cases.workflow import Words
from registry.models import Owner
from registry.models.owner import OwnerKind
from vehreg.accounts.models import Unit, User
from vehreg.jobs.kinds import Refused

# More pages than anybody prints, folds and hands out at a time.
MOST_NOTICES: Final = 3_000
# Up to so many rows the file is made while its reader waits.
SMALL: Final = 200

# Counts what is written, and may stop it.
Advance = Callable[[int], None]
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF: Final = "application/pdf"


@dataclass(frozen=True)
class Order:
    """One file. `what` is a name of `FILES`; `whole`: with whole telephone numbers, for a stated purpose."""

    what: str
    unit: int | None = None
    register: str = ""
    group: str | None = None
    street: str = ""
    door: int | None = None
    owner: int | None = None
    whole: bool = False

    def as_params(self) -> dict[str, Any]:
        """Keys only: neither a name nor a number stands in a job or on the trail."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "", False)} | (
            {"group": self.group} if self.group == "" else {}
        )

    @property
    def place(self) -> Place:
        return Place(self.unit or 0, self.register, self.group, self.street)


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its title, its type, the permission it takes, how many rows it will have (not counted
    beyond a number), who writes it.
    """

    title: Words
    suffix: str
    content_type: str
    permission: str
    size: Callable[[Order, User, int | None], int]
    write: Callable[[Path, Order, User, Advance], int]


def _doors(order: Order, user: User, most: int | None = None) -> int:
    """How many there are at the place; not counted beyond `most`."""
    return int(order.place.doors(user).order_by()[:most].count())


def _people(order: Order, user: User) -> list[Undeclared]:
    """Everybody a notice goes to, or the one it is for."""
    if order.door is None:
        return list(walk(order.place, user))
    return people_at(Doorstep.objects.visible_to(user).filter(pk=order.door))


def _notice_count(order: Order, user: User, most: int | None = None) -> int:
    count = 1 if order.door else _doors(order, user, MOST_NOTICES + 1)
    if count > MOST_NOTICES:
        raise Refused(
            _("That would be more than %(most)d notices in one file. Choose a residential group or a street.")
            % {"most": MOST_NOTICES}
        )
    return count


def _write_notices(path: Path, order: Order, user: User, advance: Advance) -> int:
    _notice_count(order, user)
    return write_notices(path, _people(order, user), advance=advance)


def _walking_list(write: Callable[..., int]) -> Callable[[Path, Order, User, Advance], int]:
    def write_list(path: Path, order: Order, user: User, advance: Advance) -> int:
        unit = Unit.objects.get(pk=order.unit or 0)
        return write(path, walk(order.place, user), unit=unit, whole=order.whole, advance=advance)

    return write_list


def organisation_of(order: Order, user: User) -> Owner | None:
    """The organisation that a template is for, where the user sees it."""
    organisations = Owner.objects.filter(kind=OwnerKind.ORGANISATION).visible_to(user)
    return organisations.filter(pk=order.owner or 0).first()


def _template_size(order: Order, user: User, most: int | None = None) -> int:
    owner = organisation_of(order, user)
    return registered_vehicles(owner)[:most].count() if owner else 0


def _write_template(path: Path, order: Order, user: User, advance: Advance) -> int:
    owner = organisation_of(order, user)
    if owner is None:
        raise Refused(_("There is no such organisation in the units you see."))
    return write_template(path, owner, advance=advance)


_WORK: Final = "cases.work_verificationcase"
FILES: Final[dict[str, FileKind]] = {
    "walk_pdf": FileKind(
        gettext_lazy("Walking list (PDF)"), "pdf", PDF, _WORK, _doors, _walking_list(write_pdf)
    ),
    "walk_xlsx": FileKind(
        gettext_lazy("Walking list (Excel)"), "xlsx", XLSX, _WORK, _doors, _walking_list(write_xlsx)
    ),
    "notices": FileKind(
        gettext_lazy("Notices to owners (PDF)"), "pdf", PDF, _WORK, _notice_count, _write_notices
    ),
    "template": FileKind(
        gettext_lazy("Template for declaring"), "xlsx", XLSX, "registry.export_registers",
        _template_size, _write_template,
    ),
}  # fmt: skip
