"""Puts vehicles on the list of posted transfers and takes them from it, as their cases say."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from cases.declarations.statuses import MISSING
from cases.models.kinds import DeclaredKind
from cases.models.posting import POSTED_DAYS
from cases.models.subject import Register
from vehreg.planner import only_by_index

_OBJECTIONS = ", ".join(f"'{kind}'" for kind in (DeclaredKind.DECLARED_CONFLICT, *MISSING))
_FOUND = """SELECT FROM cases_discrepancy AS found
    WHERE found.register = 'vehicle' AND found.subject_id = {vehicle} AND found.state = 'open'"""
_DISPUTED = f"EXISTS ({_FOUND} AND found.kind IN ({_OBJECTIONS}))"
_TRANSFER = f"""{_FOUND}
    AND found.kind IN ('{DeclaredKind.DECLARED_BOUGHT}', '{DeclaredKind.DECLARED_TRANSFER}')"""
_WAITS = f"EXISTS ({_TRANSFER} AND found.evidence->>'waits_for' = 'seller')"

# Ended: the case is decided, or nobody says any more that they have the vehicle.
_TAKE_DOWN = """
UPDATE cases_posting AS posting
SET ended_at = %(at)s, state = CASE WHEN {disputed} THEN 'disputed'
    WHEN EXISTS ({transfer}) THEN 'answered' ELSE 'ended' END
FROM subject
WHERE posting.vehicle_id = subject.subject_id AND posting.state = 'posted' AND ({disputed} OR NOT {waits})"""

_POST = """
INSERT INTO cases_posting (vehicle_id, case_id, unit_id, plate, vehicle_kind, plate_colour, posted_on,
    ends_on, state)
SELECT vehicle.id, held.id, held.unit_id, vehicle.plate, vehicle.vehicle_kind, vehicle.plate_colour,
       %(day)s, %(until)s, 'posted'
FROM subject
JOIN cases_verificationcase AS held ON held.register = 'vehicle' AND held.subject_id = subject.subject_id
    AND held.state NOT IN ('approved', 'closed', 'withdrawn')
JOIN registry_vehicle AS vehicle ON vehicle.id = subject.subject_id
WHERE {waits} AND NOT {disputed}
ORDER BY vehicle.id
ON CONFLICT (vehicle_id) WHERE state = 'posted' DO NOTHING"""


def post(register: str, at: datetime) -> None:
    """Post the vehicles in `subject` that somebody has without the owner's word; the others come down."""
    if register != Register.VEHICLE:
        return
    day = timezone.localdate(at)
    parts = {
        "disputed": _DISPUTED.format(vehicle="subject.subject_id"),
        "transfer": _TRANSFER.format(vehicle="subject.subject_id"),
        "waits": _WAITS.format(vehicle="subject.subject_id"),
    }
    with connection.cursor() as cursor, only_by_index():
        cursor.execute(_TAKE_DOWN.format(**parts), {"at": at})
        cursor.execute(_POST.format(**parts), {"day": day, "until": day + timedelta(days=POSTED_DAYS)})
