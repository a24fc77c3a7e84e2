"""Every vehicle and licence with the verdict on its party, as CSV, row by row out of PostgreSQL."""

from typing import IO

from django.db import connection

_ROWS = """
SELECT said.register, said.source_id, verdict.verdict, person.personal_id, verdict.score,
       verdict.pass_name AS pass, newest.state AS case_state
FROM (
    SELECT 'vehicle' AS register, vehicle.source_id, 'owner' AS party, owner.id AS party_id, owner.person_id
    FROM registry_vehicle AS vehicle JOIN registry_owner AS owner ON owner.id = vehicle.owner_id
    UNION ALL
    SELECT 'licence', licence.source_id, 'licence', licence.id, licence.person_id
    FROM registry_driverlicence AS licence
) AS said
LEFT JOIN cases_verdict AS verdict ON verdict.register = said.party
    AND verdict.subject_id = said.party_id AND verdict.superseded_by_id IS NULL
LEFT JOIN cases_candidate AS candidate ON candidate.verdict_id = verdict.id AND candidate.rank = 1
    AND verdict.verdict <> 'no_candidate'
LEFT JOIN registry_person AS person
    ON person.id = coalesce(said.person_id, verdict.person_id, candidate.person_id)
LEFT JOIN (
    SELECT DISTINCT ON (register, subject_id) register, subject_id, state
    FROM cases_verificationcase ORDER BY register, subject_id, id DESC
) AS newest ON newest.register = said.party AND newest.subject_id = said.party_id"""


def export_verdicts(out: IO[bytes]) -> None:
    """Write `register, source_id, verdict, personal_id, score, pass, case_state`; see formats.md.

    `personal_id` is the person linked, else the one proposed first; whoever is only shown where nobody
    fits is not proposed. Memory stays flat.
    """
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({_ROWS}) TO STDOUT (FORMAT csv, HEADER)") as copy,
    ):
        for lines in copy:
            out.write(lines)
