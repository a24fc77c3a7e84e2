"""Connected systems, for administrators; auditors look on."""

from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oauth2_provider import admin as _provider_admin  # noqa: F401 - registers what is taken back below
from oauth2_provider.generators import generate_client_secret

from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.navigation import SYSTEM, add_link
from vehreg.adminsite.search import SearchField
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record
from vehreg.clients.channels import channels
from vehreg.clients.models import Client
from vehreg.clients.scopes import SCOPES
from vehreg.clients.services import renew_secret

# Tokens are nobody's to read, and systems have the page below.
_models: list[Any] = [Client, *apps.get_app_config("oauth2_provider").get_models()]
for _model in _models:
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)

add_link(
    SYSTEM, 30, gettext_lazy("Connected systems"), "admin:clients_client_changelist", "clients.view_client"
)

_FIELDS = ("name", "channel", "scopes", "active", "requests_per_minute", "checks_per_minute")


class ClientForm(forms.ModelForm):  # type: ignore[type-arg]
    name = forms.CharField(label=capfirst(gettext_lazy("name")), max_length=100)
    channel = forms.ChoiceField(label=capfirst(gettext_lazy("channel")), choices=channels)
    scopes = forms.MultipleChoiceField(
        label=capfirst(gettext_lazy("may")),
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Client
        fields = _FIELDS


@admin.register(Client)
class ClientAdmin(BaseAdmin):
    """Nobody deletes a system: what it declared names it. It is switched off."""

    can_add = can_change = True
    form = ClientForm
    list_display = ("name", "channel", "active", "requests_per_minute", "checks_per_minute", "created")
    ordering = ("-id",)
    search = (SearchField(gettext_lazy("name"), lambda text: Q(name__icontains=text)),)
    fieldsets = (
        (gettext_lazy("System"), {"fields": ("name", "channel", "scopes", "active")}),
        (gettext_lazy("At most"), {"fields": ("requests_per_minute", "checks_per_minute")}),
        (gettext_lazy("Sign-in"), {"fields": ("client_id", "created", "updated")}),
    )
    add_fieldsets: Any = (
        (gettext_lazy("System"), {"fields": ("name", "channel", "scopes", "active")}),
        (gettext_lazy("At most"), {"fields": ("requests_per_minute", "checks_per_minute")}),
    )
    readonly_fields = ("client_id", "created", "updated")
    change_form_template = "admin/clients/client/change_form.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.new_secret)
        return [
            path("<path:object_id>/new-secret/", view, name="clients_client_new_secret"),
            *super().get_urls(),
        ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fieldsets if obj else self.add_fieldsets

    def new_secret(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The old secret ends, and every token made with it. The new one is shown once."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        client = self.get_object(request, unquote(object_id))
        if client is None:
            raise Http404
        if not self.has_change_permission(request, client):
            raise PermissionDenied
        self._show(request, client, renew_secret(client=client))
        self._record(request, client, ["client_secret"])
        return HttpResponseRedirect(reverse("admin:clients_client_change", args=[client.pk]))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.client_secret = secret = generate_client_secret()
            self._show(request, obj, secret)
        super().save_model(request, obj, form, change)
        self._record(request, obj, form.changed_data)

    def _show(self, request: HttpRequest, client: Client, secret: str) -> None:
        words = _("Client id: %(id)s — secret: %(secret)s. The secret is shown only now.")
        messages.success(request, words % {"id": client.client_id, "secret": secret})

    def _record(self, request: HttpRequest, client: Client, changed: list[str]) -> None:
        record(
            AuditEvent.Kind.CHANGE,
            request=request,
            subject_type="client",
            subject_id=client.pk,
            detail={"fields": changed},
        )
