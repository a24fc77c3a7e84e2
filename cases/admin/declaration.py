"""What people declared: the list, and each declaration beside the register's entry."""

from functools import partial

from django.contrib import admin
from django.db.models import Q
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from cases.admin.declaration_near import entry_view, near_panel
from cases.admin.declaration_panels import (
    DECLARATION_BADGES,
    case_panel,
    comparison_panel,
    entry_declarations,
    outcome_panel,
    siblings_panel,
    subject_words,
)
from cases.admin.declaration_refused import refused_panel
from cases.admin.photographs import VIEW_NAME, photograph_view, photographs_panel
from cases.models import Declaration, Receipt
from registry.admin.badges import badge
from registry.admin.register_admin import RegisterAdmin
from registry.admin.searches import digits_of, plate_of
from registry.identity.numbers import mask
from registry.identity.plates import compact_plate
from registry.identity.text import fold
from registry.privacy import mask_text
from vehreg.adminsite.filters import UnitFilter
from vehreg.adminsite.masking import is_whole, masked_column
from vehreg.adminsite.navigation import LOOKUP, add_link
from vehreg.adminsite.panels import add_panel
from vehreg.adminsite.search import NameField, SearchField, by_key
from vehreg.adminsite.words import field_words, words

add_link(LOOKUP, 50, _("Declarations"), "admin:cases_declaration_changelist", "cases.view_declaration")
add_panel("registry.vehicle", entry_declarations)
add_panel("registry.driverlicence", entry_declarations)


def _person_or_licence(text: str) -> Q | None:
    """Twelve digits may be the declarant's number or a licence's."""
    digits = digits_of(text)
    return Q(id_key=digits) | Q(licence_key=compact_plate(text)) if digits else None


def _paper_licence(text: str) -> Q | None:
    """A paper licence's number mixes letters and digits."""
    compact = compact_plate(text)
    return Q(licence_key=compact) if any(sign.isdigit() for sign in compact) else None


@admin.register(Declaration)
class DeclarationAdmin(RegisterAdmin):
    list_display = (
        "declared_at", "subject_shown", "declarant_name", "said", "unit", "channel", "state_shown",
    )  # fmt: skip
    list_filter = (UnitFilter, "state", "usage_status", "channel", "subject")
    list_select_related = ("unit",)
    ordering = ("-id",)
    links = frozenset({"vehicle__id__exact", "licence__id__exact", "person__id__exact"})
    search = (
        SearchField(_("plate"), by_key("plate_key", plate_of)),
        SearchField(_("personal number"), _person_or_licence),
        SearchField(_("licence number"), _paper_licence),
        NameField(_("name"), "name_key", fold),
    )
    panels = (
        outcome_panel, near_panel, comparison_panel, case_panel, photographs_panel, siblings_panel,
        refused_panel,
    )  # fmt: skip
    readonly_fields = (
        "said", "state_shown", "number", "telephone", "other_number", "note_shown", "taken_by",
    )  # fmt: skip
    fieldsets = (
        (
            _("Declared"),
            {"fields": ("declared_at", "said", "since", "note_shown", "channel", "external_id", "taken_by")},
        ),
        (_("Declarant"), {"fields": ("declarant_name", "number", "telephone", "unit")}),
        (_("Other side"), {"fields": ("counterparty_name", "other_number")}),
    )
    number = masked_column("declarant_id", _("ID number"), mask)
    telephone = masked_column("declarant_phone", _("telephone"), mask)
    other_number = masked_column("counterparty_id", _("other side's number"), mask)

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "photographs/<int:pk>/",
                self.admin_site.admin_view(partial(photograph_view, self)),
                name=VIEW_NAME,
            ),
            path(
                "<int:pk>/entry/",
                self.admin_site.admin_view(partial(entry_view, self)),
                name="cases_declaration_entry",
            ),
            *super().get_urls(),
        ]

    @admin.display(description=_("about"))
    def subject_shown(self, declaration: Declaration) -> str:
        return subject_words(declaration)

    @admin.display(description=_("declared"))
    def said(self, declaration: Declaration) -> str:
        return field_words(declaration, "usage_status")

    @admin.display(description=_("state"))
    def state_shown(self, declaration: Declaration) -> str:
        return badge(declaration.get_state_display(), DECLARATION_BADGES[declaration.state])

    @admin.display(description=_("taken at the door by"))
    def taken_by(self, declaration: Declaration) -> str:
        receipt = Receipt.objects.select_related("user").filter(declaration=declaration).first()
        return words(receipt.user if receipt else None)

    @admin.display(description=_("note"))
    def note_shown(self, declaration: Declaration) -> str:
        """A note is free text: long numbers in it are masked like any other."""
        text = words(declaration.note)
        return text if is_whole(declaration) else mask_text(text)
