"""Connected systems, for administrators; auditors look on."""

from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oauth2_provider import admin as _provider_admin  # noqa: F401 - registers what is taken back below
from oauth2_provider.generators import generate_client_secret
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from vehreg.adminsite.navigation import SYSTEM, add_link
from vehreg.adminsite.search import SearchField
from vehreg.clients.channels import channels
from vehreg.clients.models import Client
from vehreg.clients.scopes import SCOPES
from vehreg.clients.secret_admin import SecretAdmin
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
    name = forms.CharField(
        label=capfirst(gettext_lazy("name")), max_length=100, widget=UnfoldAdminTextInputWidget
    )
    channel = forms.ChoiceField(
        label=capfirst(gettext_lazy("channel")), choices=channels, widget=UnfoldAdminSelectWidget
    )
    scopes = forms.MultipleChoiceField(
        label=capfirst(gettext_lazy("may")),
        choices=list(SCOPES.items()),
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )

    class Meta:
        model = Client
        fields = _FIELDS


@admin.register(Client)
class ClientAdmin(SecretAdmin):
    """Nobody deletes a system: what it declared names it. It is switched off."""

    form = ClientForm
    list_display = ("name", "channel", "active", "requests_per_minute", "checks_per_minute", "created")
    ordering = ("-id",)
    search = (SearchField(gettext_lazy("name"), lambda text: Q(name__icontains=text)),)
    fieldsets = (
        (gettext_lazy("System"), {"fields": ("name", "channel", "scopes", "active")}),
        (gettext_lazy("At most"), {"fields": ("requests_per_minute", "checks_per_minute")}),
        (gettext_lazy("Sign-in"), {"fields": ("client_id", "created", "updated")}),
    )
    add_fieldsets = fieldsets[:2]
    readonly_fields = ("client_id", "created", "updated")
    secret_field = "client_secret"  # noqa: S105 - a name

    def first_secret(self, client: Client) -> str:
        client.client_secret = secret = str(generate_client_secret())
        return secret

    def next_secret(self, client: Client) -> str:
        """Every token made with the old one ends, too."""
        return renew_secret(client=client)

    def secret_words(self, client: Client, secret: str) -> str:
        words = _("Client id: %(id)s — secret: %(secret)s. The secret is shown only now.")
        return words % {"id": client.client_id, "secret": secret}
