"""Webhooks, for administrators; auditors look on."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vehreg.adminsite.counting import capped_count, count_words
from vehreg.adminsite.navigation import SYSTEM, add_link
from vehreg.adminsite.search import SearchField
from vehreg.adminsite.words import words
from vehreg.clients.secret_admin import SecretAdmin
from vehreg.webhooks.models import Message, Webhook, new_secret

add_link(SYSTEM, 31, gettext_lazy("Webhooks"), "admin:webhooks_webhook_changelist", "webhooks.view_webhook")


@admin.register(Webhook)
class WebhookAdmin(SecretAdmin):
    """A system that is to be told nothing more is switched off; what it was told stays."""

    list_display = ("client", "url", "active", "last_answer", "answered_at")
    list_select_related = ("client",)
    ordering = ("-id",)
    search = (SearchField(gettext_lazy("name"), lambda text: Q(client__name__icontains=text)),)
    fieldsets = (
        (gettext_lazy("System"), {"fields": ("client", "url", "active")}),
        (gettext_lazy("Told"), {"fields": ("waiting", "given_up", "last_answer", "answered_at")}),
    )
    add_fieldsets = fieldsets[:1]
    readonly_fields = ("waiting", "given_up", "last_answer", "answered_at")
    secret_field = "secret"  # noqa: S105 - a name

    @admin.display(description=gettext_lazy("messages that wait"))
    def waiting(self, webhook: Webhook) -> str:
        return count_words(capped_count(Message.objects.filter(webhook=webhook, due_at__isnull=False)))

    @admin.display(description=gettext_lazy("last one given up"))
    def given_up(self, webhook: Webhook) -> str:
        lost = Message.objects.filter(webhook=webhook, due_at=None, told_at=None).order_by("-id").first()
        return words(lost.made_at if lost else None)

    def first_secret(self, webhook: Webhook) -> str:
        return webhook.secret

    def next_secret(self, webhook: Webhook) -> str:
        webhook.secret = new_secret()
        webhook.save(update_fields=["secret"])
        return webhook.secret

    def secret_words(self, webhook: Webhook, secret: str) -> str:
        told = _("Secret that signs what %(system)s is told: %(secret)s. It is shown only now.")
        return told % {"system": webhook.client.name, "secret": secret}
