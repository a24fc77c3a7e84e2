"""Pages of what has a secret: shown once, when it is made, and made anew at the press of a button."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.panels import page_of
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record


class SecretAdmin(BaseAdmin):
    """Subclasses say how a secret is made (`first_secret`, `next_secret`), and with which words it is shown.

    `secret_field` is the column that the trail names when the secret changes.
    """

    can_add = can_change = True
    secret_field: str
    add_fieldsets: Any
    change_form_template = "admin/clients/secret_change_form.html"

    def first_secret(self, row: Any) -> str:
        """The secret of a row that is about to be saved for the first time."""
        raise NotImplementedError

    def next_secret(self, row: Any) -> str:
        """Give the row a new secret, and save it."""
        raise NotImplementedError

    def secret_words(self, row: Any, secret: str) -> str:
        raise NotImplementedError

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.new_secret)
        return [
            path("<path:object_id>/new-secret/", view, name=f"{self._name}_new_secret"),
            *super().get_urls(),
        ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fieldsets if obj else self.add_fieldsets

    @method_decorator(require_POST)
    def new_secret(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The old secret ends. The new one is shown once."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        messages.success(request, self.secret_words(row, self.next_secret(row)))
        self._record(request, row, [self.secret_field])
        return HttpResponseRedirect(page_of(row))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            messages.success(request, self.secret_words(obj, self.first_secret(obj)))
        super().save_model(request, obj, form, change)
        self._record(request, obj, form.changed_data)

    def _record(self, request: HttpRequest, row: Any, changed: list[str]) -> None:
        record(
            AuditEvent.Kind.CHANGE,
            request=request,
            subject_type=row._meta.model_name,
            subject_id=row.pk,
            detail={"fields": changed},
        )

    @property
    def _name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"
