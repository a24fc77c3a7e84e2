"""Draws random samples of verdicts, stratum by stratum, in one statement; repeatable from the seed."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from cases.models import ReviewSample
from cases.models.subject import Register
from vehreg.accounts.models import User

# Tickets are the first 32 bits of a hash: only those below the cut of their stratum are put in order, so
# that eight million verdicts are read but never sorted. The cut lets through several times what is
# wanted; if it ever let through too few, all of them would still be a random sample, one smaller.
_TICKETS = 2**32
_MARGIN, _SPARE = 2, 200

# The order within the stratum decides who is drawn, a second hash the order in which pairs are judged.
_DRAW = """
WITH frame (verdict_id, stratum) AS MATERIALIZED ({frame}),
wanted AS (
    SELECT stratum, count(*) AS size,
           least(count(*), coalesce(
               %(draw_each)s::bigint, (%(draw_sizes)s::jsonb ->> stratum)::bigint, 0)) AS n
    FROM frame GROUP BY stratum
),
tickets AS (
    SELECT frame.verdict_id, frame.stratum, wanted.size, wanted.n,
           ('x' || left(md5(%(draw_seed)s || ':' || frame.verdict_id), 8))::bit(32)::bigint AS ticket
    FROM frame JOIN wanted USING (stratum) WHERE wanted.n > 0
),
ranked AS (
    SELECT verdict_id, stratum, n,
           row_number() OVER (PARTITION BY stratum ORDER BY ticket, verdict_id) AS place
    FROM tickets
    WHERE ticket < {tickets}::float8 * ({margin} * n + {spare}) / size
),
drawn AS (SELECT verdict_id, stratum FROM ranked WHERE place <= n),
kept AS (
    INSERT INTO cases_reviewpair
        (sample_id, stratum, verdict_id, register, subject_id, person_id, unit_id, position, shown)
    SELECT %(draw_sample)s, drawn.stratum, verdict.id, verdict.register, verdict.subject_id, person.id,
           coalesce(owner.unit_id, licence.unit_id),
           row_number() OVER (ORDER BY md5(%(draw_seed)s || '/' || verdict.id), verdict.id),
           jsonb_build_object('party', coalesce({owner}, {licence}), 'person', {person})
    FROM drawn
    JOIN cases_verdict AS verdict ON verdict.id = drawn.verdict_id
    LEFT JOIN cases_candidate AS first ON first.verdict_id = verdict.id AND first.rank = 1
    LEFT JOIN registry_person AS person ON person.id = coalesce(verdict.person_id, first.person_id)
    LEFT JOIN accounts_unit AS person_unit ON person_unit.id = person.unit_id
    LEFT JOIN registry_owner AS owner ON verdict.register = 'owner' AND owner.id = verdict.subject_id
    LEFT JOIN accounts_unit AS owner_unit ON owner_unit.id = owner.unit_id
    LEFT JOIN registry_driverlicence AS licence
        ON verdict.register = 'licence' AND licence.id = verdict.subject_id
    LEFT JOIN accounts_unit AS licence_unit ON licence_unit.id = licence.unit_id
    WHERE coalesce(owner.id, licence.id) IS NOT NULL
    RETURNING stratum
)
SELECT wanted.stratum, wanted.size, count(kept.stratum)
FROM wanted LEFT JOIN kept USING (stratum)
GROUP BY wanted.stratum, wanted.size ORDER BY wanted.stratum"""

_SIDE = """CASE WHEN {row}.id IS NOT NULL THEN jsonb_build_object(
    'name', {row}.{name}, 'number', {row}.{number}, 'birth_date', {row}.{prefix}birth_date,
    'birth_precision', {row}.{prefix}birth_precision, 'address', {row}.{prefix}address,
    'unit', {row}_unit.name, {more}) END"""
_OWNER = _SIDE.format(
    row="owner", name="name", number="id_number", prefix="",
    more="'key', owner.id_key, 'unit_code', owner_unit.code",
)  # fmt: skip
_LICENCE = _SIDE.format(
    row="licence", name="holder_name", number="holder_id_number", prefix="holder_",
    more="'key', licence.id_key, 'unit_code', licence_unit.code",
)  # fmt: skip
_PERSON = _SIDE.format(
    row="person", name="full_name", number="personal_id", prefix="",
    more="""'former', to_jsonb(person.former_ids), 'gender', person.gender, 'died_on', person.died_on,
    'unit_code', person_unit.code""",
)  # fmt: skip

SAMPLED_REGISTERS = (Register.OWNER.value, Register.LICENCE.value)


@dataclass(frozen=True)
class Frame:
    """What a sample is drawn from.

    `sql` selects (verdict_id bigint, stratum text), a row for each verdict; `params` are its named
    parameters (none begins with "draw_"; a literal percent sign is doubled). A stratum is named
    "verdict:band"; the band may be missing.
    `sizes`: how many to draw of each stratum, or one number for all. `run_id`: whose verdicts these are.
    """

    sql: str
    params: Mapping[str, Any] = field(default_factory=dict)
    sizes: Mapping[str, int] | int = 0
    run_id: int | None = None


def draw_sample(*, purpose: str, frame: Frame, by: User, seed: int | None = None) -> ReviewSample:
    """Draw a sample and freeze what the registers said. The same frame and seed draw the same pairs.

    One statement reads the whole frame: seconds for millions of verdicts, so from a page call it in a job.
    """
    with transaction.atomic():
        sample = ReviewSample.objects.create(
            purpose=purpose,
            run_id=frame.run_id,
            seed=secrets.randbelow(2**31) if seed is None else seed,
            drawn_by=by,
            drawn_by_name=by.get_full_name(),
        )
        sample.strata = [_stratum(*row) for row in _draw(sample, frame)]
        sample.save(update_fields=["strata"])
    return sample


def _draw(sample: ReviewSample, frame: Frame) -> list[tuple[str, int, int]]:
    each = frame.sizes if isinstance(frame.sizes, int) else None
    sizes = {} if isinstance(frame.sizes, int) else dict(frame.sizes)
    statement = _DRAW.format(
        frame=frame.sql, owner=_OWNER, licence=_LICENCE, person=_PERSON,
        tickets=_TICKETS, margin=_MARGIN, spare=_SPARE,
    )  # fmt: skip
    params = {
        **frame.params,
        "draw_each": each,
        "draw_sizes": json.dumps(sizes),
        "draw_seed": str(sample.seed),
        "draw_sample": sample.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows: list[tuple[str, int, int]] = cursor.fetchall()
    return rows


def _stratum(key: str, size: int, drawn: int) -> dict[str, Any]:
    verdict, _colon, band = key.partition(":")
    return {"key": key, "verdict": verdict, "band": band, "size": size, "drawn": drawn}
