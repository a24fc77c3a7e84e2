"""A vehicle file as django-import-export takes it: our delivery's rows, already understood."""

from __future__ import annotations

VEHICLE = (
    "source_id", "plate", "vehicle_kind", "plate_colour", "brand", "model_code", "colour", "engine_no",
    "chassis_no", "year_made", "seats", "payload_kg", "first_registered_on", "registered_on", "valid_until",
    "status",
)  # fmt: skip
OWNER = ("kind", "name", "id_number", "birth_date", "birth_precision", "phone", "address", "ward_code")

# One row of the file: the vehicle's own columns, and its owner's.
ENTRIES = f"""
COPY (
    SELECT {", ".join(f"vehicle.{name}" for name in VEHICLE)},
           {", ".join(f"owner.{name} AS owner_{name}" for name in OWNER)}
    FROM registry_vehicle AS vehicle JOIN registry_owner AS owner ON owner.id = vehicle.owner_id
    ORDER BY vehicle.id LIMIT {{rows}}
) TO STDOUT (FORMAT csv, HEADER)"""
