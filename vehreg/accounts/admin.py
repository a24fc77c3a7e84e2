"""Users and units, for administrators; auditors look on."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.crypto import get_random_string
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vehreg.accounts.models import Unit, User
from vehreg.accounts.roles import WARD_ROLES
from vehreg.adminsite.admin import BaseAdmin
from vehreg.adminsite.filters import YesNoFilter
from vehreg.adminsite.navigation import SYSTEM, add_link
from vehreg.adminsite.panels import page_of
from vehreg.adminsite.search import SearchField
from vehreg.audit.models import AuditEvent
from vehreg.audit.trail import record

add_link(SYSTEM, 10, gettext_lazy("Users"), "admin:accounts_user_changelist", "accounts.view_user")
add_link(SYSTEM, 20, gettext_lazy("Units"), "admin:accounts_unit_changelist", "accounts.view_unit")

# Easy to read out: nothing that looks like something else.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_OWN_FIELDS = ("role", "unit", "is_active")


class ActiveFilter(YesNoFilter):
    title = gettext_lazy("account")
    parameter_name = "active"
    yes = gettext_lazy("active")
    no = gettext_lazy("deactivated")

    def keep(self, queryset: QuerySet[Any], *, yes: bool) -> QuerySet[Any]:
        return queryset.filter(is_active=yes)


class UserForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("username", "full_name", "role", "unit", "is_active")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("role") in WARD_ROLES and not cleaned.get("unit"):
            self.add_error("unit", _("A ward role needs a unit."))
        return cleaned


def temporary_password() -> str:
    """Three groups of four, told to the user once."""
    return "-".join(get_random_string(4, _LETTERS) for _group in range(3))


@method_decorator(require_POST)
def new_password_view(model_admin: "UserAdmin", request: HttpRequest, object_id: str) -> HttpResponse:
    """Give a user a new temporary password. It is shown once, to the administrator."""
    user = model_admin.get_object(request, unquote(object_id))
    if user is None:
        raise Http404
    if not model_admin.has_change_permission(request, user) or user == request.user:
        raise PermissionDenied
    model_admin.give_password(request, user)
    user.save(update_fields=["password", "must_change_password"])
    return HttpResponseRedirect(page_of(user))


@admin.register(User)
class UserAdmin(BaseAdmin):
    """Nobody deletes an account: its name stands on the trail. Nobody makes themselves something else."""

    can_add = can_change = True
    form = UserForm
    list_display = ("username", "full_name", "role", "unit", "is_active", "last_login")
    list_select_related = ("unit",)
    list_filter = ("role", ActiveFilter)
    ordering = ("username",)
    sortable_by = ("username",)
    autocomplete_fields = ("unit",)
    search = (
        SearchField(
            gettext_lazy("name"), lambda text: Q(username__icontains=text) | Q(full_name__icontains=text)
        ),
    )
    fieldsets = (
        (gettext_lazy("User"), {"fields": ("username", "full_name", "role", "unit", "is_active")}),
        (
            gettext_lazy("Sign-in"),
            {"fields": ("must_change_password", "last_login", "date_joined")},
        ),
    )
    add_fieldsets: Any = (
        (gettext_lazy("User"), {"fields": ("username", "full_name", "role", "unit", "is_active")}),
    )
    change_form_template = "admin/accounts/user/change_form.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        always = ("must_change_password", "last_login", "date_joined")
        if obj is not None and obj == request.user:
            return always + _OWN_FIELDS
        return always

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.new_password)
        name = "accounts_user_new_password"
        return [path("<path:object_id>/new-password/", view, name=name), *super().get_urls()]

    def new_password(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return new_password_view(self, request, object_id)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            self.give_password(request, obj)
        before = User.objects.filter(pk=obj.pk).first()
        super().save_model(request, obj, form, change)
        changes = {
            name: [str(getattr(before, name, None)), str(getattr(obj, name))] for name in form.changed_data
        }
        self._record(request, obj, changes)

    def give_password(self, request: HttpRequest, user: User) -> None:
        password = temporary_password()
        user.set_temporary_password(password)
        words = _("Temporary password of %(user)s: %(password)s. It is shown only now.")
        messages.success(request, words % {"user": user.username, "password": password})
        if user.pk:
            self._record(request, user, {"password": "temporary"})

    def _record(self, request: HttpRequest, user: User, changes: dict[str, Any]) -> None:
        record(
            AuditEvent.Kind.CHANGE,
            request=request,
            subject_type="user",
            subject_id=user.pk,
            detail={"user": user.username, "changes": changes},
        )


@admin.register(Unit)
class UnitAdmin(BaseAdmin):
    looks_are_recorded = False
    list_display = ("code", "name", "kind", "officers")
    list_filter = ("kind",)
    ordering = ("code",)
    sortable_by = ("code",)
    search: ClassVar[Any] = (
        SearchField(gettext_lazy("name or code"), lambda text: Q(name__icontains=text) | Q(code=text)),
    )
    fieldsets = (
        (gettext_lazy("Unit"), {"fields": ("code", "name", "kind", "officers")}),
        (gettext_lazy("Place"), {"fields": ("latitude", "longitude", "area_km2")}),
    )
    readonly_fields = ("officers",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        active = Count("users", filter=Q(users__is_active=True))
        units: QuerySet[Any] = super().get_queryset(request).annotate(active_users=active)
        return units

    @admin.display(description=gettext_lazy("active users"))
    def officers(self, unit: Any) -> int:
        return int(unit.active_users)
