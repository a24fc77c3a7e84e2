"""One live registration for a plate, kind and colour: held inside a file and against the register."""

from registry.deliveries.merges import Part
from registry.deliveries.noting import reject_rows
from registry.deliveries.staging import Staging, run
from registry.models.vehicle import ENDED_SQL


def _same_plate(left: str, right: str) -> str:
    return " AND ".join(
        f"{left}.{name} = {right}.{name}" for name in ("plate_key", "vehicle_kind", "plate_colour")
    )


def note_plates(staging: Staging) -> None:
    """Reject the later of two live rows with one plate; mark rows that give up a plate of the register."""
    reject_rows(
        staging,
        column="plate",
        code="plate_twice_in_file",
        rows=f"""
            SELECT s.row_no, s.plate AS value, twice.first::text AS other
            FROM (SELECT plate_key, vehicle_kind, plate_colour, min(row_no) AS first FROM {staging.rows}
                  WHERE NOT rejected AND status NOT IN ({ENDED_SQL})
                  GROUP BY plate_key, vehicle_kind, plate_colour HAVING count(*) > 1) AS twice
            JOIN {staging.rows} AS s ON {_same_plate("s", "twice")}
            WHERE NOT s.rejected AND s.status NOT IN ({ENDED_SQL}) AND s.row_no > twice.first
        """,
    )
    _mark_releases(staging)


def _mark_releases(staging: Staging) -> None:
    """Rows applied first: their registration ends, or moves to a plate that nobody in the register holds."""
    run(f"ALTER TABLE {staging.rows} ADD COLUMN releases boolean NOT NULL DEFAULT false")
    run(f"""
        UPDATE {staging.rows} AS s SET releases = true FROM registry_vehicle v
        WHERE v.source_id = s.source_id AND NOT s.rejected AND v.status NOT IN ({ENDED_SQL})
          AND (s.status IN ({ENDED_SQL}) OR NOT ({_same_plate("s", "v")}) AND NOT EXISTS (
              SELECT 1 FROM registry_vehicle holder
              WHERE {_same_plate("holder", "s")} AND holder.status NOT IN ({ENDED_SQL})))
    """)
    run(f"CREATE INDEX ON {staging.rows} (source_id) WHERE releases")


def reject_taken_plates(part: Part) -> int:
    """Reject the rows of a range whose plate another live registration holds and keeps."""
    return reject_rows(
        part.staging,
        column="plate",
        code="plate_taken",
        rows=f"""
            SELECT s.row_no, s.plate AS value, holder.source_id AS other
            FROM {part.rows} JOIN registry_vehicle holder ON {_same_plate("holder", "s")}
            WHERE s.status NOT IN ({ENDED_SQL}) AND holder.status NOT IN ({ENDED_SQL})
              AND holder.source_id <> s.source_id
              AND NOT EXISTS (SELECT 1 FROM {part.staging.rows} leaver
                  WHERE leaver.source_id = holder.source_id AND leaver.releases AND NOT leaver.rejected)
        """,
    )
