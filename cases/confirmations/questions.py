"""A questioned declaration becomes a discrepancy on its entry: on the case that is open, or on a new one."""

from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from cases.models import Confirmation, VerificationCase
from cases.models.case import Priority
from cases.models.kinds import DeclaredKind
from cases.models.subject import Register
from cases.runs.findings import FINDING, city_unit_id
from cases.runs.opening import Source, follow
from cases.runs.temporary import fresh_table
from cases.services.moves import remark

KIND = DeclaredKind.DECLARED_QUESTIONED.value

# Every question that stands on the entry; the newest leads.
_ASKED = """
INSERT INTO finding
SELECT %(subject)s, NULL, %(kind)s, %(priority)s, party.name, party.vehicles,
       coalesce(told.unit_id, party.unit_id, %(city)s), NULL, NULL, seen.marks,
       jsonb_build_object('declaration', told.id, 'declarant', told.declarant_name,
           'status', told.usage_status, 'declared_at', told.declared_at, 'note', word.reason,
           'officer', word.officer_name, 'seen', seen.marks),
       told.id
FROM cases_confirmation AS word
JOIN cases_declaration AS told ON told.id = word.declaration_id
CROSS JOIN LATERAL (
    SELECT owner.name, 1 AS vehicles, vehicle.unit_id FROM registry_vehicle AS vehicle
    JOIN registry_owner AS owner ON owner.id = vehicle.owner_id WHERE vehicle.id = told.vehicle_id
    UNION ALL
    SELECT licence.holder_name, 0, licence.unit_id FROM registry_driverlicence AS licence
    WHERE licence.id = told.licence_id
) AS party
CROSS JOIN LATERAL (
    SELECT jsonb_build_object('questions', jsonb_agg(other.id ORDER BY other.id)) AS marks
    FROM cases_declaration AS asked
    JOIN cases_confirmation AS other ON other.declaration_id = asked.id
        AND other.outcome = 'questioned' AND other.at = asked.questioned_at
    WHERE asked.{column} = %(subject)s
) AS seen
WHERE word.id = %(word)s"""

_WHY = "SELECT 'gone' AS cause, %(gone)s AS reason, '{}'::jsonb AS detail"


def open_question(word: Confirmation) -> VerificationCase | None:
    """Put the question on the entry's case, opened where there is none, in the present transaction."""
    told = word.declaration
    register, column = (
        (Register.LICENCE, "licence_id") if told.vehicle_id is None else (Register.VEHICLE, "vehicle_id")
    )
    subject = getattr(told, column)
    params: dict[str, Any] = {
        "subject": subject, "kind": KIND, "priority": Priority.NORMAL.value, "city": city_unit_id(),
        "word": word.pk,
    }  # fmt: skip
    with connection.cursor() as cursor:
        fresh_table(cursor, "subject", "subject_id bigint PRIMARY KEY")
        fresh_table(cursor, "finding", FINDING)
        cursor.execute("INSERT INTO subject VALUES (%(subject)s)", params)
        cursor.execute(_ASKED.format(column=column), params)
    follow(_source(), register=register.value, at=word.at)
    case = _case_of(register, subject)
    if case is not None:
        remark(
            case=case, name="questioned", user=word.officer, reason=word.reason,
            detail={"declaration": told.pk},
        )  # fmt: skip
    return case


def _case_of(register: Register, subject: int) -> VerificationCase | None:
    cases = VerificationCase.objects.filter(register=register, subject_id=subject)
    return cases.exclude(state__in=["closed", "withdrawn"]).order_by("-pk").first()


def _source() -> Source:
    return Source(
        kinds=(KIND,),
        still="true",
        why=_WHY,
        stale=_("An officer of the ward questions a declaration since this was proposed. Look again."),
        params={"gone": _("The entry is no longer in the register.")},
    )
