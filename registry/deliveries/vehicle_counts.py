"""How many vehicles an owner has, kept by counting the owners a delivery touched."""

from registry.deliveries.staging import run


def recount_vehicles(delivery_id: int) -> None:
    """Count again for the owners that got, lost or shared a vehicle through this delivery."""
    run(f"""
        WITH touched AS (
            SELECT owner_id FROM registry_vehicle WHERE changed_by_id = {delivery_id}
            UNION
            SELECT event.owner_id FROM registry_vehicleevent event
            JOIN registry_vehicle vehicle ON vehicle.id = event.pgh_obj_id
            WHERE vehicle.changed_by_id = {delivery_id}
            UNION
            SELECT id FROM registry_owner WHERE changed_by_id = {delivery_id}
        ), counted AS (
            SELECT touched.owner_id, count(vehicle.id) AS vehicles
            FROM touched LEFT JOIN registry_vehicle vehicle USING (owner_id) GROUP BY touched.owner_id
        )
        UPDATE registry_owner owner SET vehicle_count = counted.vehicles FROM counted
        WHERE owner.id = counted.owner_id AND owner.vehicle_count <> counted.vehicles
    """)
