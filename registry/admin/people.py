"""The people behind an entry, as cards on its page."""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext as _

from registry.identity.numbers import mask
from registry.links import linked_id
from registry.models import Owner, Person, Vehicle
from vehreg.adminsite.masking import mark_rows, shown
from vehreg.adminsite.panels import Cell, Panel, detail_url, list_url
from vehreg.adminsite.words import count, field_words, words


def birth_words(row: Any, prefix: str = "") -> str:
    """A birth date as exactly as it is known: a day, a month, or a year."""
    born = getattr(row, f"{prefix}birth_date")
    if born is None:
        return words(None)
    precision = getattr(row, f"{prefix}birth_precision")
    return {"year": f"{born:%Y}", "month": f"{born:%m/%Y}"}.get(precision, words(born))


def owner_panel(request: HttpRequest, vehicle: Vehicle) -> Panel:
    """The owner as the vehicle register names him."""
    owner = vehicle.owner
    mark_rows(request, [owner])
    visible = Owner.objects.filter(pk=owner.pk).visible_to(request.user).exists()
    name = Cell(owner.name, url=detail_url(request, owner) if visible else "")
    rows = [
        (Cell(_("name")), name),
        (Cell(_("kind")), Cell(owner.get_kind_display())),
        (Cell(_("ID number")), Cell(shown(owner, "id_number", mask) or words(None))),
        (Cell(_("born")), Cell(birth_words(owner))),
        (Cell(_("telephone")), Cell(shown(owner, "phone", mask) or words(None))),
        (Cell(_("address")), Cell(words(owner.address))),
        (Cell(_("vehicles")), Cell(count(owner.vehicle_count), url=_vehicles_url(request, owner))),
    ]
    return Panel(_("Owner"), rows=rows)


def person_panel(request: HttpRequest, row: Any) -> Panel:
    """The person of the population register this party was matched to."""
    linked = linked_id(row)
    person = Person.objects.filter(pk=linked).visible_to(request.user).first() if linked else None
    if person is None:
        empty = _("A person of another unit.") if linked else _("Not matched to a person yet.")
        return Panel(_("In the population register"), empty=empty)
    mark_rows(request, [person])
    rows = [
        (Cell(_("name")), Cell(person.full_name, url=detail_url(request, person))),
        (Cell(_("personal number")), Cell(shown(person, "personal_id", mask))),
        (Cell(_("born")), Cell(birth_words(person))),
        (Cell(_("sex")), Cell(field_words(person, "gender"))),
        (Cell(_("residence")), Cell(words(person.address))),
        (Cell(_("as of")), Cell(words(person.as_of))),
    ]
    if person.died_on:
        rows.append((Cell(_("died on")), Cell(words(person.died_on), badge="bad")))
    return Panel(_("In the population register"), rows=rows)


def _vehicles_url(request: HttpRequest, owner: Model) -> str:
    return list_url(request, Vehicle, f"owner__id__exact={owner.pk}")
