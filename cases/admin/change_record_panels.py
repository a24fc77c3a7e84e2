"""One correction on its page: each field before and after, and the case behind it."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from cases.change_feed import entry_names, said_changes
from cases.models import ChangeRecord
from cases.services.corrections import MODELS
from registry.models import Person
from vehreg.adminsite.masking import is_whole
from vehreg.adminsite.panels import Cell, Panel, detail_url
from vehreg.adminsite.words import NOTHING, words


def changes_panel(request: HttpRequest, record: ChangeRecord) -> Panel:
    """Each field, before and after."""
    people = _people(request, record)
    rows = []
    for field, sides in said_changes(record, whole=is_whole(record)).items():
        cells = [_cell(request, record, field, sides.get(side), people) for side in ("old", "new")]
        rows.append([Cell(field_label(record, field)), *cells])
    return Panel(_("What was corrected"), columns=[_("field"), _("before"), _("after")], rows=rows, wide=True)


def case_panel(request: HttpRequest, record: ChangeRecord) -> Panel:
    """The entry and the case, for those who may open them."""
    entry: Any = MODELS[record.register]._default_manager.filter(pk=record.subject_id)
    name = entry_names([record]).get((record.register, record.subject_id), NOTHING)
    rows = [
        (Cell(_("entry")), Cell(name, url=detail_url(request, entry.visible_to(request.user).first()))),
        (Cell(_("case")), Cell(record.case.number, url=detail_url(request, record.case))),
        (Cell(_("what is wrong")), Cell(str(record.case.get_kind_display()))),
        (Cell(_("proposal")), Cell(words(record.case.get_disposition_display()))),
        (Cell(_("reason")), Cell(words(record.case.reason))),
    ]
    return Panel(_("Case"), rows=rows)


def field_label(record: ChangeRecord, name: str) -> str:
    return str(_field(record, name).verbose_name)


def _field(record: ChangeRecord, name: str) -> Any:
    return MODELS[record.register]._meta.get_field(name)


def _cell(
    request: HttpRequest, record: ChangeRecord, name: str, value: Any, people: dict[int, Person]
) -> Cell:
    """One value as people read it."""
    field = _field(record, name)
    if field.is_relation:
        return _person_cell(request, people.get(value), value)
    if isinstance(field, models.DateField) and value:
        return Cell(words(parse_date(value)))
    return Cell(words(dict(field.flatchoices).get(value, value)))


def _person_cell(request: HttpRequest, person: Person | None, value: int | None) -> Cell:
    if person is not None:
        return Cell(person.full_name, url=detail_url(request, person))
    return Cell(_("A person of another unit.") if value else NOTHING)


def _people(request: HttpRequest, record: ChangeRecord) -> dict[int, Person]:
    """The persons that a correction linked or unlinked, where this user may see them."""
    ids = [value for value in record.changes.get("person", {}).values() if value]
    found = Person.objects.filter(pk__in=ids).visible_to(request.user)
    return {person.pk: person for person in found}
