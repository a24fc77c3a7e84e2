"""The columns of cases that may be exported."""

from django.utils.translation import gettext_lazy as _

from vehreg.adminsite.exports.resource import Column, RegisterResource


class CaseResource(RegisterResource):
    related = ("unit", "assignee")
    columns = (
        Column("number", _("case number")),
        Column("register", _("register")),
        Column("kind", _("what is wrong")),
        Column("subject_name", _("name")),
        Column("vehicle_count", _("vehicles")),
        Column("unit", _("unit")),
        Column("assignee", _("officer")),
        Column("state", _("state")),
        Column("priority", _("priority")),
        Column("due_on", _("due on")),
        Column("opened_at", _("opened at")),
        Column("moved_at", _("moved at")),
        Column("disposition", _("proposal")),
        Column("closed_at", _("closed at")),
    )
