"""The admin class all of ours derive from: scoped, read-only unless opened, fit for millions of rows."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin.options import ShowFacets
from django.contrib.admin.views.main import SEARCH_VAR
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from vehreg.accounts.privacy import may_state_purpose
from vehreg.accounts.scope import scope_filter, sees_every_unit
from vehreg.adminsite import looks
from vehreg.adminsite.changelist import GIVEN_UP, KeysetChangeList
from vehreg.adminsite.counting import CappedPaginator
from vehreg.adminsite.exports.resource import RegisterResource
from vehreg.adminsite.masking import mark_rows
from vehreg.adminsite.panels import Panel, PanelMaker, with_added_panels
from vehreg.adminsite.patience import TookTooLong, patient
from vehreg.adminsite.search import TOO_SHORT, NameField, SearchField, TooShort, find, help_text

TOO_WIDE = _("This would take too long. Choose a ward as well, or take a filter away.")


class BaseAdmin(ModelAdmin):
    """Rows the user may see, and nothing else.

    Subclasses open what they need: `can_add`, `can_change`, `can_delete` (the role's permission is still
    asked), `search` (a table of SearchField and NameField), `links` (filters other pages link with), `panels`
    (tables on the detail page), `holds_numbers` (pages with masked numbers, where a purpose may be stated).

    Opening a row and searching are put on the trail before anything else happens. The two views are
    non-atomic for that: the event is committed at once. A subclass that overrides them with writes of its
    own wraps those in `transaction.atomic`.
    """

    can_add = can_change = can_delete = False
    search: ClassVar[Sequence[SearchField | NameField]] = ()
    # Parameters that may stand in a list's address beside those of its filters: `{"owner__id__exact"}`.
    links: ClassVar[frozenset[str]] = frozenset()
    panels: ClassVar[Sequence[PanelMaker]] = ()
    holds_numbers = False
    # The column that says whose a row is, for models whose manager does not know `visible_to`.
    scope_field = ""
    # The columns that may be exported; None: this list is not.
    resource: ClassVar[type[RegisterResource] | None] = None
    # Looks at these rows go on the trail.
    looks_are_recorded = True
    # The page of one row, where it is no form: a view (request, object_id) that records looks itself.
    detail: ClassVar[Callable[..., HttpResponse] | None] = None

    empty_value_display = "—"
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 0
    list_filter_sheet = False
    list_fullwidth = True
    list_disable_select_all = True
    # Only columns with an index: the others would sort the register.
    sortable_by: ClassVar[tuple[str, ...]] = ()
    actions: Any = None
    compressed_fields = True
    view_template = "admin/view_form.html"

    # --- which rows ---------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        queryset = super().get_queryset(request)
        if hasattr(queryset, "visible_to"):
            visible: models.QuerySet[Any] = queryset.visible_to(request.user)
            return visible
        if not self.scope_field:
            return queryset
        condition = scope_filter(request.user, self.scope_field)
        return queryset.none() if condition is None else queryset.filter(condition)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        # Asked for twice on one page: by the trail and by the form.
        found: dict[Any, Any] = request.__dict__.setdefault("_admin_rows", {})
        key = (self.model, object_id, from_field)
        if key not in found:
            found[key] = super().get_object(request, object_id, from_field)
        mark_rows(request, filter(None, [found[key]]))
        return found[key]

    def prepare_rows(self, request: HttpRequest, rows: list[Any]) -> list[Any]:
        """The rows of a page, just fetched; subclasses may attach what their columns need."""
        mark_rows(request, rows)
        return rows

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        related = db_field.remote_field.model._default_manager.all()
        if hasattr(related, "visible_to"):
            kwargs.setdefault("queryset", related.visible_to(request.user))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        # Any other column could be guessed at letter by letter: masked numbers, too.
        return lookup in self.links or lookup in self._filter_parameters(request)

    def _filter_parameters(self, request: HttpRequest) -> set[str]:
        names: set[str] = set()
        for entry in self.get_list_filter(request):
            name = entry[0] if isinstance(entry, list | tuple) else getattr(entry, "parameter_name", entry)
            names |= {str(name), f"{name}__exact", f"{name}__in", f"{name}__isnull"}
            names |= {f"{name}_{end}" for end in ("from", "to")}
        return names

    # --- who may ------------------------------------------------------------------------------------------

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.can_add and super().has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.can_change and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.can_delete and super().has_delete_permission(request, obj)

    # --- lists --------------------------------------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[KeysetChangeList]:  # type: ignore[override]
        return KeysetChangeList

    @property
    def search_help_text(self) -> str:  # type: ignore[override]
        return help_text(self.search)

    @property
    def search_fields(self) -> list[str]:  # type: ignore[override]
        # Django looks whether there are any; what they find is in `search`.
        return [str(field.label) for field in self.search]

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        try:
            few = not sees_every_unit(request.user)
            return find(queryset, fields=self.search, text=search_term, few=few), False
        except TooShort:
            messages.warning(request, TOO_SHORT, fail_silently=True)
            return queryset.none(), False

    @method_decorator(transaction.non_atomic_requests)
    def changelist_view(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        text = request.GET.get(SEARCH_VAR, "").strip()
        if text and self.looks_are_recorded and self.has_view_permission(request):
            looks.record_search(request, self.model, text)
        context = self._context(request) | (extra_context or {})
        try:
            with patient():
                return super().changelist_view(request, context)
        except TookTooLong:
            setattr(request, GIVEN_UP, True)
            messages.warning(request, TOO_WIDE)
            return super().changelist_view(request, context)

    # --- one row ------------------------------------------------------------------------------------------

    @method_decorator(transaction.non_atomic_requests)
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if self.detail is not None:
            return self.detail(request, object_id)
        row = self.get_object(request, object_id)
        if row is not None and self.has_view_permission(request, row) and self.looks_are_recorded:
            looks.record_view(request, row)
        context = self._context(request) | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> TemplateResponse:
        row = kwargs.get("obj")
        if row is not None:
            context["panels"] = self.make_panels(request, row)
            context["title"] = str(row)
            context["subtitle"] = None
        response = super().render_change_form(request, context, *args, **kwargs)
        assert isinstance(response, TemplateResponse)
        if row is not None and not self.has_change_permission(request, row):
            response.template_name = [self.view_template]
        return response

    def make_panels(self, request: HttpRequest, row: Any) -> list[Panel]:
        made = (maker(request, row) for maker in with_added_panels(self.model, self.panels))
        return [panel for panel in made if panel is not None]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Django's own history knows nothing of bulk changes; what a row said before is a panel."""
        raise Http404

    def get_urls(self) -> list[URLPattern]:
        meta = self.model._meta
        name = f"{meta.app_label}_{meta.model_name}_export"
        export = path("export/", self.admin_site.admin_view(self.export_view), name=name)
        return [*([export] if self.resource else []), *super().get_urls()]

    def export_rows(self, request: HttpRequest) -> models.QuerySet[Any]:
        """The rows that the list at this address shows, in its order."""
        rows: models.QuerySet[Any] = self.get_changelist_instance(request).queryset
        return rows

    def export_view(self, request: HttpRequest) -> HttpResponse:
        from vehreg.adminsite.exports.views import order_view  # noqa: PLC0415 - needs the jobs' tables

        return order_view(self, request)

    def _context(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "offers_purpose": self.holds_numbers and may_state_purpose(request.user),
            "offers_export": self.resource is not None and request.user.has_perm("registry.export_registers"),
        }
