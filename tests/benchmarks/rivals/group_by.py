"""What the front page shows, asked of the registers when it is opened: plain `GROUP BY`, no figure kept."""

from __future__ import annotations

_TWINS = """{column}_twins AS MATERIALIZED (
    SELECT {column} FROM registry_vehicle
    WHERE {column} <> '' AND status NOT IN ('revoked', 'scrapped') GROUP BY 1 HAVING count(*) > 1)"""

QUESTIONS = (
    # Cases of each unit by state, what is overdue, and how old what is open is.
    "SELECT unit_id, state, count(*) FROM cases_verificationcase GROUP BY 1, 2",
    """SELECT unit_id, count(*) FROM cases_verificationcase
       WHERE state NOT IN ('closed', 'withdrawn') AND due_on < current_date GROUP BY 1""",
    """SELECT unit_id, width_bucket(current_date - opened_at::date, 0, 60, 6), count(*)
       FROM cases_verificationcase WHERE state NOT IN ('closed', 'withdrawn') GROUP BY 1, 2""",
    # What came and went on each day.
    "SELECT unit_id, opened_at::date, count(*) FROM cases_verificationcase GROUP BY 1, 2",
    "SELECT unit_id, closed_at::date, count(*) FROM cases_verificationcase GROUP BY 1, 2",
    "SELECT unit_id, subject, declared_at::date, count(*) FROM cases_declaration GROUP BY 1, 2, 3",
    # Vehicles of each unit: complete, clean, confirmed; correct is what the verdict says.
    f"""WITH {_TWINS.format(column="chassis_no")}, {_TWINS.format(column="engine_no")}
       SELECT vehicle.unit_id, count(*),
           count(*) FILTER (WHERE vehicle.plate <> '' AND brand <> '' AND vehicle.chassis_no <> ''
               AND vehicle.engine_no <> ''
               AND coalesce(registered_on, first_registered_on) IS NOT NULL AND owner.id_number <> ''),
           count(*) FILTER (WHERE confirmed_on > current_date - 60),
           count(*) FILTER (WHERE verdict.verdict = 'verified'),
           count(*) FILTER (WHERE coalesce(valid_until >= current_date, true)
               AND chassis_no_twins.chassis_no IS NULL AND engine_no_twins.engine_no IS NULL)
       FROM registry_vehicle AS vehicle JOIN registry_owner AS owner ON owner.id = vehicle.owner_id
       LEFT JOIN chassis_no_twins ON chassis_no_twins.chassis_no = vehicle.chassis_no
       LEFT JOIN engine_no_twins ON engine_no_twins.engine_no = vehicle.engine_no
       LEFT JOIN cases_verdict AS verdict ON verdict.register = 'owner'
           AND verdict.subject_id = vehicle.owner_id AND verdict.superseded_by_id IS NULL
       WHERE vehicle.status NOT IN ('revoked', 'scrapped') GROUP BY 1""",
    "SELECT unit_id, count(*), count(*) FILTER (WHERE confirmed_on > current_date - 60) "
    "FROM registry_driverlicence GROUP BY 1",
)  # fmt: skip
