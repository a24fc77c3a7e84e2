"""The trail, for auditors."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from vehreg.accounts.models import User
from vehreg.accounts.privacy import Purpose
from vehreg.accounts.roles import Role
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.filters import YesNoFilter
from vehreg.adminsite.navigation import SYSTEM, add_link
from vehreg.adminsite.search import SearchField
from vehreg.adminsite.words import words
from vehreg.audit.models import AuditEvent

add_link(SYSTEM, 30, _("Audit trail"), "admin:audit_auditevent_changelist", "audit.view_auditevent")


class SinceFilter(SimpleListFilter):
    title = _("period")
    parameter_name = "since"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("last 24 hours")), ("7", _("last 7 days")), ("30", _("last 30 days"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in {"1", "7", "30"}:
            return queryset
        return queryset.filter(at__gte=timezone.now() - timedelta(days=int(self.value() or 0)))


class StatedPurposeFilter(YesNoFilter):
    title = _("purpose")
    parameter_name = "purposed"
    yes = _("stated")
    no = _("not stated")

    def keep(self, queryset: QuerySet[Any], *, yes: bool) -> QuerySet[Any]:
        return queryset.exclude(purpose="") if yes else queryset.filter(purpose="")


def by_actor(text: str) -> Q:
    """Events of the users whose name this is."""
    named = User.objects.filter(Q(username__iexact=text) | Q(full_name__icontains=text))
    return Q(actor__in=named.values("pk")[:100])


def subject_words(name: str) -> str:
    """What a kind of row is called: "vehicle" → "xe"."""
    models = (model._meta for model in admin.site._registry if model._meta.model_name == name)
    return next((str(meta.verbose_name) for meta in models), name)


@admin.register(AuditEvent)
class AuditEventAdmin(BaseAdmin):
    looks_are_recorded = False
    list_display = ("at", "kind", "who", "role", "unit", "subject", "purpose_shown", "address")
    list_select_related = ("unit",)
    list_filter = ("kind", SinceFilter, StatedPurposeFilter)
    ordering = ("-id",)
    links = frozenset({"subject_type__exact", "subject_id__exact", "actor__id__exact"})
    search = (SearchField(_("user"), by_actor),)
    fieldsets = (
        (_("Event"), {"fields": ("at", "kind", "who", "role", "unit", "address")}),
        (_("What"), {"fields": ("subject", "purpose_shown", "detail_shown")}),
    )
    readonly_fields = ("who", "role", "subject", "purpose_shown", "detail_shown")

    @admin.display(description=_("user"))
    def who(self, event: AuditEvent) -> str:
        return words(event.actor_name)

    @admin.display(description=_("role at the time"))
    def role(self, event: AuditEvent) -> str:
        return words(dict(Role.choices).get(event.actor_role, event.actor_role))

    @admin.display(description=_("what"))
    def subject(self, event: AuditEvent) -> str:
        parts = (subject_words(event.subject_type), event.subject_id)
        return " ".join(str(part) for part in parts if part) or words(None)

    @admin.display(description=_("purpose"))
    def purpose_shown(self, event: AuditEvent) -> str:
        return words(dict(Purpose.choices).get(event.purpose, event.purpose))

    @admin.display(description=_("detail"))
    def detail_shown(self, event: AuditEvent) -> str:
        lines = ((name, _plain(value)) for name, value in event.detail.items())
        return format_html_join("", "<div><b>{}</b> {}</div>", lines) or words(None)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return " · ".join(f"{name}: {_plain(part)}" for name, part in value.items())
    return words(value)
