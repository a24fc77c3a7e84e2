"""A vehicle file becomes vehicles, their owners and their paper files.

An owner is shared by the vehicles whose rows carry the same kind, number and name (`party_key`); the last
row of the file speaks for a shared owner. An owner without a number belongs to one vehicle and is updated
with it.
"""

from typing import Final

from registry.deliveries.corrections import keep_corrections
from registry.deliveries.kinds import Kind
from registry.deliveries.merges import Counts, Merge, Part, differs
from registry.deliveries.plates import note_plates, reject_taken_plates
from registry.deliveries.staging import Staging, row_of, run
from registry.deliveries.vehicle_counts import recount_vehicles
from registry.models.vehicle import ENDED_SQL
from vehreg.planner import only_by_index

PARTY_COLUMNS: Final = (
    "owner_kind", "owner_name", "owner_id_number", "owner_birth_date", "owner_phone", "owner_address",
    "owner_ward_code",
)  # fmt: skip

# Columns of the tables ← columns of the staged rows.
_VEHICLE: Final = {
    "source_id": "source_id",
    "plate": "plate",
    "vehicle_kind": "vehicle_kind",
    "plate_colour": "plate_colour",
    "brand": "brand",
    "model_code": "model_code",
    "colour": "colour",
    "engine_no": "engine_no",
    "chassis_no": "chassis_no",
    "year_made": "year_made",
    "seats": "seats",
    "payload_kg": "payload_kg",
    "first_registered_on": "first_registered_on",
    "registered_on": "registered_on",
    "valid_until": "valid_until",
    "status": "status",
    "unit_id": "owner_ward_code_unit",
    "received": "received",
}
# What makes an owner one; the rest of an owner may differ from row to row.
_IDENTITY: Final = {"kind": "owner_kind", "name": "owner_name", "id_number": "owner_id_number"}
_DETAILS: Final = {
    "birth_date": "owner_birth_date",
    "birth_precision": "owner_birth_date_precision",
    "phone": "owner_phone",
    "address": "owner_address",
    "ward_code": "owner_ward_code",
    "unit_id": "owner_ward_code_unit",
    "received": "owner_received",
}
_OWNER: Final = _IDENTITY | _DETAILS
_PAPER: Final = {"code": "file_code", "office_code": "office_code"}


def _pairs(fields: dict[str, str], target: str, source: str) -> list[tuple[str, str]]:
    return [(f"{target}.{column}", f"{source}.{staged}") for column, staged in fields.items()]


def _sets(fields: dict[str, str], delivery_id: int) -> str:
    sets = [f"{column} = s.{staged}" for column, staged in fields.items()]
    return ", ".join([*sets, f"changed_by_id = {delivery_id}", "changed_at = now()"])


def _index(table: str) -> None:
    """A way to go through a temporary table by index.

    To read it whole is forbidden here like for any other (`only_by_index`): the cost of that hides what a
    statement costs otherwise, and PostgreSQL once joined the eight million it is about whole.
    """
    run(f"ALTER TABLE {table} ADD PRIMARY KEY (row_no)")
    run(f"ANALYZE {table}")


class VehicleMerge(Merge):
    """Shared owners first, then the vehicles that give a plate up, then the others with what is theirs."""

    stages = ("owners", "release", "rows")
    models = ("registry.PaperFile", "registry.Vehicle", "registry.Owner")

    def check(self, kind: Kind, staging: Staging) -> None:
        super().check(kind, staging)
        note_plates(staging)
        self._gather_parties(staging)

    def prepare(self, kind: Kind, staging: Staging) -> None:
        if keep_corrections(kind.name, staging):
            self._gather_parties(staging)

    def has_work(self, stage: str, staging: Staging) -> bool:
        if stage == "release":
            return bool(row_of(f"SELECT count(*) FROM {staging.rows} WHERE releases")[0])
        return stage in self.stages

    def _gather_parties(self, staging: Staging) -> None:
        """The parties several rows name, each with the row that speaks for it; and all by number of rows."""
        run(f"DROP TABLE IF EXISTS {staging.parties}")
        run(f"""
            CREATE UNLOGGED TABLE {staging.parties} AS
            SELECT party_key, max(row_no) AS row_no, count(*)::int AS vehicles FROM {staging.rows}
            WHERE NOT rejected AND party_key IS NOT NULL GROUP BY party_key HAVING count(*) > 1
        """)
        run(f"CREATE INDEX ON {staging.parties} (party_key)")
        run(f"ANALYZE {staging.parties}")

    # --- comparing ----------------------------------------------------------------------------------------

    @only_by_index()
    def compare(self, part: Part) -> Counts:
        rejected = reject_taken_plates(part)
        same_owner = (
            "(s.party_key IS NULL AND o.party_key IS NULL AND NOT "
            f"{differs(_pairs(_OWNER, 'o', 's'))})"
            " OR (o.party_key = s.party_key AND (spokesman.row_no <> s.row_no OR NOT "
            f"{differs(_pairs(_DETAILS, 'o', 's'))}))"
        )
        changed = (
            f"{differs(_pairs(_VEHICLE, 'v', 's'))} OR NOT coalesce({same_owner}, false)"
            f" OR (s.file_code IS NOT NULL AND {differs(_pairs(_PAPER, 'p', 's'))})"
        )
        new, other, rows = row_of(f"""
            SELECT count(*) FILTER (WHERE v.id IS NULL),
                   count(*) FILTER (WHERE v.id IS NOT NULL AND ({changed})), count(*)
            FROM {self._spoken(part)}
            LEFT JOIN registry_vehicle v ON v.source_id = s.source_id
            LEFT JOIN registry_owner o ON o.id = v.owner_id
            LEFT JOIN registry_paperfile p ON p.vehicle_id = v.id
        """)
        return Counts(new=new, changed=other, unchanged=rows - new - other, rejected=rejected)

    def _spoken(self, part: Part) -> str:
        """The rows of a range, each with the row that speaks for its owner."""
        return (
            f"{part.rows} LEFT JOIN {part.staging.parties} party ON party.party_key = s.party_key"
            " CROSS JOIN LATERAL (SELECT coalesce(party.row_no, s.row_no) AS row_no,"
            " coalesce(party.vehicles, 1) AS vehicles) AS spokesman"
        )

    # --- applying -----------------------------------------------------------------------------------------

    @only_by_index()
    def apply(self, part: Part, stage: str) -> Counts:
        if stage == "owners":
            return self._apply_owners(part)
        # Only after the owners are written: a row that speaks for others must not fall silent.
        part.keep_corrections()
        return self._apply_vehicles(part, releasing=stage == "release")

    def _apply_owners(self, part: Part) -> Counts:
        """Owners with a number, each by the one row that speaks for it."""
        known = self._find_owners(part)
        if known:
            run(f"""
                UPDATE registry_owner o SET {_sets(_DETAILS, part.delivery_id)}
                FROM speaker JOIN {part.rows} ON s.row_no = speaker.row_no
                WHERE o.id = speaker.owner_id AND {differs(_pairs(_DETAILS, "o", "s"))}
            """)
        columns = [*_OWNER, "vehicle_count", "made_by_id", "changed_by_id"]
        values = [f"s.{staged}" for staged in _OWNER.values()]
        values += ["speaker.vehicles", str(part.delivery_id), str(part.delivery_id)]
        run(f"""
            INSERT INTO registry_owner ({", ".join(columns)}) SELECT {", ".join(values)}
            FROM speaker JOIN {part.rows} ON s.row_no = speaker.row_no WHERE speaker.owner_id IS NULL
            ORDER BY s.party_key ON CONFLICT (party_key) DO NOTHING
        """)
        run("DROP TABLE speaker")
        return Counts()

    def _find_owners(self, part: Part) -> int:
        """The rows of a range that speak for an owner, each with the owner the register has. Counts those."""
        run(f"""
            CREATE TEMP TABLE speaker ON COMMIT DROP AS
            SELECT s.row_no, spokesman.vehicles, o.id AS owner_id FROM {self._spoken(part)}
            LEFT JOIN registry_owner o ON o.party_key = s.party_key
            WHERE s.party_key IS NOT NULL AND spokesman.row_no = s.row_no
        """)
        _index("speaker")
        (known,) = row_of("SELECT count(owner_id) FROM speaker")
        return known

    def _apply_vehicles(self, part: Part, *, releasing: bool) -> Counts:
        rejected = reject_taken_plates(part) if not releasing else 0
        rows, new = self._link(part, releasing=releasing)
        changed = self._change_known(part) if rows > new else 0
        if new:
            self._write_new(part)
        run("DROP TABLE link")
        return Counts(new=new, changed=changed, unchanged=rows - new - changed, rejected=rejected)

    def _link(self, part: Part, *, releasing: bool) -> tuple[int, int]:
        """Fill `link`; the rows in it, and how many are of new vehicles.

        An approval may have renamed an owner since the owners were written. What repeats the old claim takes
        what the register says; whoever else names the owner so gets one of that name.
        """
        self._find_links(part, releasing=releasing)
        rows, new, ownerless = row_of("""
            SELECT count(*), count(*) FILTER (WHERE vehicle_is_new), count(*) FILTER (WHERE owner_id IS NULL)
            FROM link
        """)
        if ownerless:
            part.keep_corrections()
            run("DROP TABLE link")
            self._find_links(part, releasing=releasing)
            self._make_missing_owners(part)
        return rows, new

    def _find_links(self, part: Part, *, releasing: bool) -> None:
        """Each row with its vehicle and owner; what is new gets its id here.

        Owners without a number are not joined as such: while a register fills, the planner takes them for
        none, and would go through all of them for every row.
        """
        run(f"""
            CREATE TEMP TABLE link ON COMMIT DROP AS
            SELECT s.row_no, v.id IS NULL AS vehicle_is_new,
                   coalesce(v.id, nextval('registry_vehicle_id_seq')) AS vehicle_id,
                   (s.party_key IS NULL AND own.id IS NULL) AS owner_is_new,
                   (s.party_key IS NULL) AS owner_is_own,
                   (party.row_no IS NULL OR party.row_no = s.row_no) AS speaks,
                   CASE WHEN s.party_key IS NOT NULL THEN o.id
                        WHEN own.id IS NOT NULL THEN own.id
                        ELSE nextval('registry_owner_id_seq') END AS owner_id
            FROM {part.rows}
            LEFT JOIN registry_vehicle v ON v.source_id = s.source_id
            LEFT JOIN registry_owner held ON held.id = v.owner_id
            CROSS JOIN LATERAL (SELECT CASE WHEN held.party_key IS NULL THEN held.id END AS id) AS own
            LEFT JOIN registry_owner o ON o.party_key = s.party_key
            LEFT JOIN {part.staging.parties} party ON party.party_key = s.party_key
            WHERE s.releases = {str(releasing).lower()}
        """)
        _index("link")

    def _make_missing_owners(self, part: Part) -> None:
        columns = [*_OWNER, "vehicle_count", "made_by_id", "changed_by_id"]
        values = [f"s.{staged}" for staged in _OWNER.values()]
        values += ["1", str(part.delivery_id), str(part.delivery_id)]
        run(f"""
            INSERT INTO registry_owner ({", ".join(columns)})
            SELECT DISTINCT ON (s.party_key) {", ".join(values)}
            FROM {self._linked(part)} WHERE link.owner_id IS NULL
            ORDER BY s.party_key, s.row_no DESC ON CONFLICT (party_key) DO NOTHING
        """)
        run(f"""
            UPDATE link SET owner_id = o.id
            FROM {part.rows} JOIN registry_owner o ON o.party_key = s.party_key
            WHERE link.owner_id IS NULL AND s.row_no = link.row_no
        """)

    # --- vehicles the register knows ----------------------------------------------------------------------

    def _change_known(self, part: Part) -> int:
        """Vehicles the register has say what their rows say. Returns how many rows changed anything."""
        self._update_own_owners(part)
        self._make_own_owners(part, of_new=False)
        run(f"""
            UPDATE registry_vehicle v SET owner_id = link.owner_id, {_sets(_VEHICLE, part.delivery_id)}
            FROM {self._linked(part)}
            WHERE v.id = link.vehicle_id AND NOT link.vehicle_is_new
              AND {differs([*_pairs(_VEHICLE, "v", "s"), ("v.owner_id", "link.owner_id")])}
        """)
        self._file_papers(part, of_new=False)
        (changed,) = row_of(f"""
            SELECT count(*) FILTER (WHERE v.changed_by_id = {part.delivery_id}
                OR (link.speaks AND o.changed_by_id = {part.delivery_id})
                OR p.changed_by_id = {part.delivery_id})
            FROM link JOIN registry_vehicle v ON v.id = link.vehicle_id
            LEFT JOIN registry_owner o ON o.id = v.owner_id
            LEFT JOIN registry_paperfile p ON p.vehicle_id = v.id
            WHERE NOT link.vehicle_is_new
        """)
        return changed

    def _update_own_owners(self, part: Part) -> None:
        """Owners without a number are updated in place. Another name is another person."""
        renamed = "ROW(o.name, o.birth_date) IS DISTINCT FROM ROW(s.owner_name, s.owner_birth_date)"
        run(f"""
            UPDATE registry_owner o SET {_sets(_OWNER, part.delivery_id)},
                   person_id = CASE WHEN {renamed} THEN NULL ELSE o.person_id END
            FROM {self._linked(part)}
            WHERE link.owner_is_own AND NOT link.owner_is_new AND o.id = link.owner_id
              AND {differs(_pairs(_OWNER, "o", "s"))}
        """)

    # --- vehicles that are new ----------------------------------------------------------------------------

    def _write_new(self, part: Part) -> None:
        self._make_own_owners(part, of_new=True)
        columns = ["id", *_VEHICLE, "owner_id", "made_by_id", "changed_by_id"]
        values = ["link.vehicle_id", *(f"s.{staged}" for staged in _VEHICLE.values())]
        values += ["link.owner_id", str(part.delivery_id), str(part.delivery_id)]
        run(f"""
            INSERT INTO registry_vehicle ({", ".join(columns)})
            SELECT {", ".join(values)} FROM {self._linked(part)} WHERE link.vehicle_is_new
        """)
        self._file_papers(part, of_new=True)

    # --- what belongs to a vehicle ------------------------------------------------------------------------

    def _make_own_owners(self, part: Part, *, of_new: bool) -> None:
        columns = ["id", *_OWNER, "vehicle_count", "made_by_id", "changed_by_id"]
        values = ["link.owner_id", *(f"s.{staged}" for staged in _OWNER.values())]
        values += ["1", str(part.delivery_id), str(part.delivery_id)]
        run(f"""
            INSERT INTO registry_owner ({", ".join(columns)})
            SELECT {", ".join(values)} FROM {self._linked(part)}
            WHERE link.owner_is_new AND link.vehicle_is_new = {str(of_new).lower()}
        """)

    def _file_papers(self, part: Part, *, of_new: bool) -> None:
        """The folder a row names. A row that names none says nothing of it."""
        columns = "vehicle_id, code, office_code, made_by_id, changed_by_id"
        # Who has no folder yet is spared the look for one.
        known = """
            ON CONFLICT (vehicle_id) DO UPDATE SET code = excluded.code, office_code = excluded.office_code,
                changed_by_id = excluded.changed_by_id, changed_at = now()
            WHERE ROW(registry_paperfile.code, registry_paperfile.office_code)
                  IS DISTINCT FROM ROW(excluded.code, excluded.office_code)"""
        run(f"""
            INSERT INTO registry_paperfile ({columns})
            SELECT link.vehicle_id, s.file_code, s.office_code, {part.delivery_id}, {part.delivery_id}
            FROM {self._linked(part)}
            WHERE s.file_code IS NOT NULL AND link.vehicle_is_new = {str(of_new).lower()}
            {"" if of_new else known}
        """)

    def _linked(self, part: Part) -> str:
        return f"link JOIN {part.rows} ON s.row_no = link.row_no"

    def finish(self, delivery_id: int) -> None:
        recount_vehicles(delivery_id)

    def absent(self, kind: Kind, staging: Staging) -> tuple[str, str] | None:
        return "t.source_id, t.plate, t.vehicle_kind, t.plate_colour, t.status", (
            f"FROM registry_vehicle t WHERE t.status NOT IN ({ENDED_SQL})"
            f" AND NOT EXISTS (SELECT 1 FROM {staging.rows} s WHERE s.source_id = t.source_id)"
        )
