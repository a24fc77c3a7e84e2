"""What deliveries mean for declarations: a file of them is reconciled, and what an undo takes is let go."""

from django.db import connection

from cases.declarations.job import start_reconciliation
from cases.declarations.statuses import KINDS, MISSING
from cases.models import Declaration, Discrepancy
from registry.deliveries.hooks import Needed, after_apply, after_undo, keep_needed
from registry.models import Delivery

_KINDS = ("declarations", "vehicles", "licences")

# A declaration on which an officer has decided stays, like the decision.
keep_needed(
    Needed(
        "cases.Declaration",
        "EXISTS (SELECT FROM cases_discrepancy AS settled"
        " WHERE settled.declaration_id = t.id AND settled.state = 'settled')",
    )
)
# A declaration whose entry goes looks for it anew.
for _model, _column in (("registry.Vehicle", "vehicle_id"), ("registry.DriverLicence", "licence_id")):
    keep_needed(
        Needed(
            _model,
            "false",
            (
                "UPDATE cases_declaration SET state = 'received'"
                f" WHERE state <> 'replaced' AND {_column} IN (SELECT id FROM leaving)",
            ),
        )
    )

# What an undo gave back says something else than what was judged.
_GIVEN_BACK = """
UPDATE cases_declaration AS declaration SET state = 'received'
FROM cases_declarationevent AS before
WHERE before.pgh_obj_id = declaration.id AND before.changed_by_id = %s AND declaration.state <> 'replaced'"""


def reconcile_delivered(delivery: Delivery) -> None:
    """Declarations that came, and those whose entry may have come now."""
    if Declaration.objects.filter(state__in=["received", "unknown"]).exists():
        start_reconciliation(user=delivery.delivered_by)


def reconcile_missing(delivery: Delivery) -> None:
    """Violations that came are held against the vehicles that are missing."""
    standing = Discrepancy.objects.filter(state=Discrepancy.State.OPEN, declaration__isnull=False)
    if standing.filter(kind__in=MISSING).exists():
        start_reconciliation(user=delivery.delivered_by, after_violations=True)


for _kind in _KINDS:
    after_apply(_kind)(reconcile_delivered)
after_apply("violations")(reconcile_missing)


@after_undo
def reconcile_rest(delivery: Delivery) -> None:
    """What stood on rows that are gone no longer stands."""
    standing = Discrepancy.objects.filter(kind__in=KINDS, state=Discrepancy.State.OPEN)
    if delivery.kind not in _KINDS or not (standing.exists() or Declaration.objects.exists()):
        return
    with connection.cursor() as cursor:
        cursor.execute(_GIVEN_BACK, [delivery.pk])
    start_reconciliation(after_undo=True)
