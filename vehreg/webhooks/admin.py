"""Webhooks, for administrators; auditors look on."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.counting import capped_count, count_words
from vehreg.adminsite.navigation import SYSTEM, add_link
from vehreg.adminsite.search import SearchField
from vehreg.adminsite.words import words
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record
from vehreg.webhooks.models import Message, Webhook, new_secret

add_link(SYSTEM, 31, gettext_lazy("Webhooks"), "admin:webhooks_webhook_changelist", "webhooks.view_webhook")


@admin.register(Webhook)
class WebhookAdmin(BaseAdmin):
    """A system that is to be told nothing more is switched off; what it was told stays."""

    can_add = can_change = True
    list_display = ("client", "url", "active", "last_answer", "answered_at")
    list_select_related = ("client",)
    ordering = ("-id",)
    search = (SearchField(gettext_lazy("name"), lambda text: Q(client__name__icontains=text)),)
    fieldsets = (
        (gettext_lazy("System"), {"fields": ("client", "url", "active")}),
        (gettext_lazy("Told"), {"fields": ("waiting", "given_up", "last_answer", "answered_at")}),
    )
    add_fieldsets: Any = ((gettext_lazy("System"), {"fields": ("client", "url", "active")}),)
    readonly_fields = ("waiting", "given_up", "last_answer", "answered_at")
    change_form_template = "admin/webhooks/webhook/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.new_secret)
        return [
            path("<path:object_id>/new-secret/", view, name="webhooks_webhook_new_secret"),
            *super().get_urls(),
        ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fieldsets if obj else self.add_fieldsets

    @admin.display(description=gettext_lazy("waiting"))
    def waiting(self, webhook: Webhook) -> str:
        return count_words(capped_count(Message.objects.filter(webhook=webhook, due_at__isnull=False)))

    @admin.display(description=gettext_lazy("given up"))
    def given_up(self, webhook: Webhook) -> str:
        lost = Message.objects.filter(webhook=webhook, due_at=None, told_at=None).order_by("-id").first()
        return words(lost.made_at if lost else None)

    def new_secret(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What is sent from now on is signed with another secret, shown once."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        webhook = self.get_object(request, unquote(object_id))
        if webhook is None:
            raise Http404
        if not self.has_change_permission(request, webhook):
            raise PermissionDenied
        webhook.secret = new_secret()
        webhook.save(update_fields=["secret"])
        self._show(request, webhook)
        self._record(request, webhook, ["secret"])
        return HttpResponseRedirect(reverse("admin:webhooks_webhook_change", args=[webhook.pk]))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            self._show(request, obj)
        self._record(request, obj, form.changed_data)

    def _show(self, request: HttpRequest, webhook: Webhook) -> None:
        told = _("Secret of the signatures: %(secret)s. It is shown only now.")
        messages.success(request, told % {"secret": webhook.secret})

    def _record(self, request: HttpRequest, webhook: Webhook, changed: list[str]) -> None:
        record(
            AuditEvent.Kind.CHANGE,
            request=request,
            subject_type="webhook",
            subject_id=webhook.pk,
            detail={"fields": changed},
        )
