"""A list of vehicles past their use life or out of circulation changes the status of registrations."""

from typing import Final

from registry.deliveries.kinds import Kind
from registry.deliveries.merges import Counts, Merge, Part
from registry.deliveries.noting import note_duplicates, reject_rows
from registry.deliveries.staging import Staging, row_of, run
from registry.models.vehicle import ENDED_SQL
from vehreg.planner import only_by_index

_SAME: Final = (
    "v.plate_key = s.plate_key AND v.vehicle_kind = s.vehicle_kind"
    " AND (s.plate_colour IS NULL OR v.plate_colour = s.plate_colour)"
    f" AND v.status NOT IN ({ENDED_SQL})"
)
_STATUS: Final = "CASE s.reason WHEN 'use_life' THEN 'expired' ELSE 'not_circulating' END"
# The decision stands with the registration as received.
_DECISION: Final = """jsonb_strip_nulls(jsonb_build_object('expiry_reason', s.reason,
    'expiry_decided_on', s.decided_on, 'expiry_decision_no', s.decision_no))"""
_DIFFERS: Final = f"(v.status <> {_STATUS} OR NOT coalesce(v.received, '{{}}') @> {_DECISION})"


class ExpiryMerge(Merge):
    """Nothing is made; a registration that is found gets its status and the decision."""

    models = ("registry.Vehicle",)

    def check(self, kind: Kind, staging: Staging) -> None:
        note_duplicates(kind, staging)

    @only_by_index()
    def compare(self, part: Part) -> Counts:
        rejected = self._reject_unfound(part)
        changed, rows = row_of(
            f"SELECT count(*) FILTER (WHERE {_DIFFERS}), count(*)"
            f" FROM {part.rows} JOIN registry_vehicle v ON {_SAME}"
        )
        return Counts(changed=changed, unchanged=rows - changed, rejected=rejected)

    @only_by_index()
    def apply(self, part: Part, stage: str) -> Counts:
        rejected = self._reject_unfound(part)
        (rows,) = row_of(f"SELECT count(*) FROM {part.rows}")
        changed = run(f"""
            UPDATE registry_vehicle v SET status = {_STATUS},
                   received = coalesce(v.received, '{{}}') || {_DECISION},
                   changed_by_id = {part.delivery_id}, changed_at = now()
            FROM {part.rows} WHERE {_SAME} AND {_DIFFERS}
        """)
        return Counts(changed=changed, unchanged=rows - changed, rejected=rejected)

    def _reject_unfound(self, part: Part) -> int:
        found = f"SELECT count(*) AS n FROM registry_vehicle v WHERE {_SAME}"
        return sum(
            reject_rows(
                part.staging,
                column="plate",
                code=code,
                rows=f"SELECT s.row_no, s.plate AS value, '' AS other FROM {part.rows},"
                f" LATERAL ({found}) AS hits WHERE hits.n {condition}",
            )
            for code, condition in (("not_in_register", "= 0"), ("several_in_register", "> 1"))
        )
