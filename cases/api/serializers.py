"""What the API says of cases, declarations, corrections and runs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.change_feed import said_changes
from cases.models import ChangeRecord, Declaration, Discrepancy, MatchRun, VerificationCase
from registry.api.serializers import UnitField
from registry.identity.numbers import mask
from registry.privacy import mask_text
from vehreg.accounts.api import MaskedField
from vehreg.accounts.privacy import stated_purpose


class DiscrepancySerializer(serializers.ModelSerializer[Discrepancy]):
    """One thing that does not agree, without its evidence."""

    class Meta:
        model = Discrepancy
        fields = ("kind", "state", "found_at", "ended_at")


class CaseSerializer(serializers.ModelSerializer[VerificationCase]):
    number = serializers.CharField(read_only=True)
    unit = UnitField(read_only=True)
    assignee = serializers.SerializerMethodField()
    discrepancies = DiscrepancySerializer(many=True, read_only=True)

    class Meta:
        model = VerificationCase
        fields = (
            "id",
            "number",
            "register",
            "subject_id",
            "subject_name",
            "vehicle_count",
            "unit",
            "assignee",
            "state",
            "kind",
            "priority",
            "due_on",
            "opened_at",
            "moved_at",
            "waiting_until",
            "disposition",
            "closed_at",
            "discrepancies",
        )

    def get_assignee(self, case: VerificationCase) -> str | None:
        return case.assignee.username if case.assignee else None


class DeclarationSerializer(serializers.ModelSerializer[Declaration]):
    declarant_id = MaskedField(mask=mask)
    declarant_phone = MaskedField(mask=mask)
    counterparty_id = MaskedField(mask=mask)
    note = MaskedField(mask=mask_text)
    unit = UnitField(read_only=True)

    class Meta:
        model = Declaration
        fields = (
            "id",
            "channel",
            "external_id",
            "declared_at",
            "subject",
            "declarant_name",
            "declarant_id",
            "declarant_phone",
            "unit",
            "plate",
            "vehicle_kind",
            "plate_colour",
            "engine_no",
            "chassis_no",
            "licence_number",
            "licence_class",
            "usage_status",
            "counterparty_name",
            "counterparty_id",
            "since",
            "note",
            "state",
            "vehicle",
            "licence",
            "reconciled_at",
        )


class DeclarationStatusSerializer(serializers.ModelSerializer[Declaration]):
    """What became of a declaration, for the system that sent it: it names nobody."""

    class Meta:
        model = Declaration
        fields = ("id", "external_id", "declared_at", "subject", "state", "reconciled_at")


class SidesSerializer(serializers.Serializer[dict[str, Any]]):
    """A field before and after. Dates are ISO text; `person` is an id of /persons/."""

    old = serializers.JSONField(allow_null=True)
    new = serializers.JSONField(allow_null=True)


class CorrectionSerializer(serializers.ModelSerializer[ChangeRecord]):
    unit = UnitField(read_only=True)
    case = serializers.CharField(source="case.number", read_only=True)
    changes = serializers.SerializerMethodField()

    class Meta:
        model = ChangeRecord
        fields = (
            "id",
            "register",
            "sequence",
            "subject_id",
            "unit",
            "case",
            "at",
            "changes",
            "proposed_by_name",
            "approved_by_name",
        )

    @extend_schema_field(serializers.DictField(child=SidesSerializer()))
    def get_changes(self, record: ChangeRecord) -> dict[str, dict[str, Any]]:
        return said_changes(record, whole=stated_purpose(self.context["request"]) is not None)


class MatchRunSerializer(serializers.ModelSerializer[MatchRun]):
    verdicts = serializers.DictField(child=serializers.IntegerField(), read_only=True)

    class Meta:
        model = MatchRun
        fields = (
            "id",
            "scope",
            "state",
            "rules_version",
            "watermark",
            "started_by_name",
            "started_at",
            "finished_at",
            "population_size",
            "parties",
            "verdicts",
            "cases_opened",
            "cases_withdrawn",
        )
