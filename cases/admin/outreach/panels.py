"""The card of one door: who lives there, what they hold, and the notice for them."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Doorstep, VerificationCase
from cases.outreach.orders import FILES
from cases.outreach.people import Undeclared, people_at
from cases.outreach.template import registered_vehicles
from cases.outreach.waiting import still_waits
from cases.outreach.walking_list import born_words, holds_words, phone_words
from registry.models.owner import OwnerKind
from vehreg.adminsite.masking import is_whole
from vehreg.adminsite.panels import Cell, Panel, add_panel, detail_url
from vehreg.adminsite.words import NOTHING, words

_OVER = frozenset({"id_conflict", "deceased", "no_candidate"})


def verdict_colour(person: Undeclared) -> str:
    if person.is_verified:
        return "good"
    return "bad" if person.verdict in _OVER else "warn"


def door_panel(request: HttpRequest, door: Doorstep) -> Panel:
    """Who lives here, and a button for their notice."""
    person = next(iter(people_at([door])), None)
    if person is None:
        return Panel(_("Who lives here"), empty=_("The entry is no longer in the register."))
    waits = Doorstep.objects.filter(still_waits(door.register), pk=door.pk).exists()
    may_print = waits and request.user.has_perm(FILES["notices"].permission)
    return Panel(
        _("Who lives here"),
        template="admin/cases/outreach/door.html",
        context={
            "rows": _rows(request, door, person, waits=waits),
            "door": door.pk if may_print else None,
            "action": reverse("admin:cases_doorstep_file"),
        },
    )


def _rows(
    request: HttpRequest, door: Doorstep, person: Undeclared, *, waits: bool
) -> list[tuple[Cell, Cell]]:
    case = VerificationCase(pk=person.case) if person.case else None
    state = Cell(_("not yet"), badge="warn") if waits else Cell(_("yes"), badge="good")
    known = Cell(person.verdict_words or NOTHING, badge=verdict_colour(person) if person.verdict else "")
    return [
        (Cell(_("name")), Cell(person.name, url=detail_url(request, person.entry))),
        (Cell(_("year of birth")), Cell(born_words(person))),
        (Cell(_("address")), Cell(words(person.address))),
        (Cell(_("telephone")), Cell(phone_words(person, whole=is_whole(door)))),
        (Cell(_("plate / licence")), Cell(holds_words(person))),
        (Cell(_("has declared")), state),
        (Cell(_("population register")), known),
        (Cell(_("open case")), Cell(person.case_number or NOTHING, url=detail_url(request, case))),
    ]


def template_panel(request: HttpRequest, owner: Any) -> Panel | None:
    """On an organisation's page: the template in which it declares all its vehicles."""
    kind = FILES["template"]
    if owner.kind != OwnerKind.ORGANISATION or not request.user.has_perm(kind.permission):
        return None
    return Panel(
        _("Declaring in bulk"),
        template="admin/cases/outreach/template_panel.html",
        context={
            "owner": owner.pk,
            "action": reverse("admin:cases_doorstep_file"),
            "has_vehicles": registered_vehicles(owner).exists(),
        },
    )


add_panel("registry.owner", template_panel)
