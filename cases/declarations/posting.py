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
_TRANSFERS = f"'{DeclaredKind.DECLARED_BOUGHT}', '{DeclaredKind.DECLARED_TRANSFER}'"
# What stands against each vehicle, looked up one by one: of a register that has just got its first
# discrepancies the planner would go through all of them for every vehicle.
_STANDS = f"""
CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(found.kind IN ({_OBJECTIONS})), false) AS disputed,
           coalesce(bool_or(found.kind IN ({_TRANSFERS})), false) AS transfer,
           coalesce(bool_or(found.kind IN ({_TRANSFERS}) AND found.evidence->>'waits_for' = 'seller'), false)
               AS waits
    FROM cases_discrepancy AS found
    WHERE found.register = 'vehicle' AND found.subject_id = subject.subject_id AND found.state = 'open'
) AS stands"""

# Ended: the case is decided, or nobody says any more that they have the vehicle.
_TAKE_DOWN = f"""
UPDATE cases_posting AS posting
SET ended_at = %(at)s, state = CASE WHEN stands.disputed THEN 'disputed'
    WHEN stands.transfer THEN 'answered' ELSE 'ended' END
FROM subject {_STANDS}
WHERE posting.vehicle_id = subject.subject_id AND posting.state = 'posted'
  AND (stands.disputed OR NOT stands.waits)"""

_POST = f"""
INSERT INTO cases_posting (vehicle_id, case_id, unit_id, plate, vehicle_kind, plate_colour, posted_on,
    ends_on, state)
SELECT vehicle.id, held.id, held.unit_id, vehicle.plate, vehicle.vehicle_kind, vehicle.plate_colour,
       %(day)s, %(until)s, 'posted'
FROM subject {_STANDS}
CROSS JOIN LATERAL (
    SELECT standing.id, standing.unit_id FROM cases_verificationcase AS standing
    WHERE standing.register = 'vehicle' AND standing.subject_id = subject.subject_id
      AND standing.state NOT IN ('approved', 'closed', 'withdrawn') OFFSET 0
) AS held
JOIN registry_vehicle AS vehicle ON vehicle.id = subject.subject_id
WHERE stands.waits AND NOT stands.disputed
ORDER BY vehicle.id
ON CONFLICT (vehicle_id) WHERE state = 'posted' DO NOTHING"""


def post(register: str, at: datetime) -> None:
    """Post the vehicles in `subject` that somebody has without the owner's word; the others come down."""
    if register != Register.VEHICLE:
        return
    day = timezone.localdate(at)
    with connection.cursor() as cursor, only_by_index():
        cursor.execute(_TAKE_DOWN, {"at": at})
        cursor.execute(_POST, {"day": day, "until": day + timedelta(days=POSTED_DAYS)})
