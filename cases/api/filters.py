"""What may be asked of cases, declarations, corrections and runs: only what an index answers."""

from django_filters import CharFilter, ChoiceFilter, NumberFilter
from django_filters.rest_framework.filterset import FilterSet

from cases.models import ChangeRecord, Declaration, MatchRun, VerificationCase
from cases.models.case import CaseState, Priority
from cases.models.declaration import Channel, DeclarationState
from cases.models.kinds import DiscrepancyKind
from cases.models.subject import Register
from cases.search import case_id
from registry.api.filters import KeyFilter
from registry.identity.numbers import id_key
from registry.identity.plates import compact_plate


class CaseFilters(FilterSet):
    number = KeyFilter("pk", key_of=case_id)
    state = ChoiceFilter(choices=CaseState.choices)
    kind = ChoiceFilter(choices=DiscrepancyKind.choices)
    priority = ChoiceFilter(choices=Priority.choices)
    register = ChoiceFilter(choices=Register.choices)
    subject_id = NumberFilter()
    unit = CharFilter(field_name="unit__code")

    class Meta:
        model = VerificationCase
        fields: tuple[str, ...] = ()


class DeclarationFilters(FilterSet):
    plate = KeyFilter("plate_key", key_of=compact_plate)
    licence_number = KeyFilter("licence_key", key_of=compact_plate)
    declarant_id = KeyFilter("id_key", key_of=id_key)
    channel = ChoiceFilter(choices=Channel.choices)
    external_id = CharFilter()
    state = ChoiceFilter(choices=DeclarationState.choices)
    vehicle = NumberFilter(field_name="vehicle_id")
    licence = NumberFilter(field_name="licence_id")

    class Meta:
        model = Declaration
        fields: tuple[str, ...] = ()


class CorrectionFilters(FilterSet):
    register = ChoiceFilter(choices=Register.choices)
    after = NumberFilter(field_name="sequence", lookup_expr="gt")
    subject_id = NumberFilter()
    case = KeyFilter("case_id", key_of=case_id)

    class Meta:
        model = ChangeRecord
        fields: tuple[str, ...] = ()


class MatchRunFilters(FilterSet):
    scope = ChoiceFilter(choices=MatchRun.Scope.choices)
    state = ChoiceFilter(choices=MatchRun.State.choices)

    class Meta:
        model = MatchRun
        fields: tuple[str, ...] = ()
