"""Values as people read them: dates as in the country, choices by their words, a dash for nothing."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

NOTHING = "—"


def words(value: Any) -> str:
    """A value without a field: what a table cell shows."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, list | tuple):
        return ", ".join(words(part) for part in value) or NOTHING
    return str(value)


def count(value: int) -> str:
    """A whole number with thousands set apart."""
    return number_format(value, force_grouping=True)


def field_words(row: models.Model, name: str) -> str:
    """A field of a row: its choice by its word, a relation by its name."""
    field = row._meta.get_field(name)
    if isinstance(field, models.Field) and field.flatchoices:
        return words(getattr(row, f"get_{name}_display")())
    return words(getattr(row, name))


def duration(span: timedelta) -> str:
    """A length of time in its two largest units: 2 h 5 min, 3 min 12 s, 8 s."""
    seconds = round(span.total_seconds())
    parts = {"hours": seconds // 3600, "minutes": seconds // 60 % 60, "seconds": seconds % 60}
    if parts["hours"]:
        return _("%(hours)d h %(minutes)d min") % parts
    return _("%(minutes)d min %(seconds)d s") % parts if parts["minutes"] else _("%(seconds)d s") % parts
