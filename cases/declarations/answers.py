"""What a confirmed declaration answers of the cases that matching opened on its owner or holder.

Where the register has come to agree with the population, the case has no cause any more. Where the register
still has to be corrected the case stays: the person with the declared number is put forward on it.
"""

from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models.kinds import VerdictKind
from cases.models.subject import Register
from cases.runs.findings import FINDING
from cases.runs.opening import Followed, Source, follow
from cases.runs.parties import PARTY
from cases.runs.rules import KINDS as MATCHED
from cases.runs.temporary import fresh_table

# Cases in which the declared number says something that matching could not know.
ANSWERED = (
    VerdictKind.NO_CANDIDATE.value,
    VerdictKind.PROBABLE.value,
    VerdictKind.AMBIGUOUS.value,
    VerdictKind.ID_TYPO.value,
    VerdictKind.ID_CONFLICT.value,
)

_DECLARED = {
    Register.OWNER.value: """JOIN registry_vehicle AS vehicle ON vehicle.owner_id = party.party_id
JOIN cases_declaration AS declaration ON declaration.vehicle_id = vehicle.id""",
    Register.LICENCE.value: """
JOIN cases_declaration AS declaration ON declaration.licence_id = party.party_id""",
}

_ASK = """
INSERT INTO asked SELECT DISTINCT party_id FROM ({parties}) AS wanted (party_id) WHERE party_id IS NOT NULL"""

_COLUMNS = """case_id bigint PRIMARY KEY, subject_id bigint, state text, declaration_id bigint,
    person_id bigint, label text, settled boolean, told jsonb"""

# What matching has seen is matching's to say: only what changed since its last run can be answered here.
_LAST_RUN = """
    SELECT coalesce(max(watermark), '-infinity') AS watermark FROM cases_matchrun
    WHERE state = 'done' AND scope <> 'single'"""

# The last confirming declaration of each party with an open case, and the person who made it. A person whom
# an officer ruled out stays ruled out.
_ANSWER = """
INSERT INTO answer
SELECT DISTINCT ON (held.id) held.id, held.subject_id, held.state, declaration.id, person.id,
       declaration.channel || ':' || declaration.external_id,
       (party.id_key = person.personal_id AND party.name IN (person.full_name, upper(person.full_name))
           AND (party.birth_date IS NULL OR party.birth_date = person.birth_date)
           AND greatest(party.changed_at, person.changed_at) > run.watermark) IS TRUE,
       jsonb_build_object('declaration', declaration.id, 'person', person.id,
           'personal_id', person.personal_id, 'name', person.full_name, 'birth_date', person.birth_date,
           'declared_at', declaration.declared_at)
FROM asked
JOIN cases_verificationcase AS held ON held.register = %(register)s AND held.subject_id = asked.party_id
    AND held.state NOT IN ('approved', 'closed', 'withdrawn')
JOIN ({party}) AS party ON party.party_id = held.subject_id
{declared} AND declaration.state = 'confirms' AND declaration.finding->>'declarant' = 'owner'
JOIN registry_person AS person ON person.id = declaration.person_id AND person.died_on IS NULL
LEFT JOIN ({last_run}) AS run ON true
WHERE NOT EXISTS (
    SELECT FROM cases_refusal AS refusal WHERE refusal.register = %(register)s
      AND refusal.subject_id = held.subject_id AND refusal.person_id = person.id)
ORDER BY held.id, declaration.declared_at DESC, declaration.id DESC"""

_LOCK = """
SELECT FROM cases_verificationcase AS held WHERE held.id IN (SELECT case_id FROM answer)
ORDER BY held.id FOR NO KEY UPDATE"""

_TAKE_SETTLED = """
INSERT INTO subject SELECT answer.subject_id FROM answer WHERE answer.settled"""

# The evidence of what matching found gets the declared person beside it; the same one is told once.
_PUT_FORWARD = """
WITH told AS (
    UPDATE cases_discrepancy AS discrepancy
    SET evidence = discrepancy.evidence || jsonb_build_object('declared', answer.told)
    FROM answer
    WHERE discrepancy.case_id = answer.case_id AND NOT answer.settled AND discrepancy.state = 'open'
      AND discrepancy.kind = ANY(%(answered)s)
      AND (discrepancy.evidence->'declared'->'person') IS DISTINCT FROM (answer.told->'person')
    RETURNING answer.case_id, answer.declaration_id, answer.person_id
), moved AS (
    UPDATE cases_verificationcase AS held
    SET person_id = told.person_id, version = version + 1, moved_at = %(at)s
    FROM told
    WHERE held.id = told.case_id AND held.person_id IS NULL AND held.state <> 'proposed'
)
INSERT INTO cases_caseevent (case_id, at, move, from_state, to_state, actor_name, reason, detail)
SELECT DISTINCT told.case_id, %(at)s::timestamptz, 'declared', '', '', '', '',
       jsonb_build_object('declaration', told.declaration_id, 'person', told.person_id)
FROM told"""

_WHY = """
    SELECT 'confirmed' AS cause, format(%(confirmed)s, answer.label) AS reason,
           jsonb_build_object('declaration', answer.declaration_id) AS detail
    FROM answer WHERE answer.case_id = standing.id"""


def answer_cases(register: str, parties: str, asked: dict[str, Any] | None = None) -> Followed:
    """Let confirmed declarations answer the open cases of some owners or licences, in the transaction.

    `parties`: SELECT of their ids, with the parameters `asked`.
    """
    params: dict[str, Any] = {"register": register, "answered": list(ANSWERED)}
    at = timezone.now()
    with connection.cursor() as cursor:
        fresh_table(cursor, "asked", "party_id bigint PRIMARY KEY")
        cursor.execute(_ASK.format(parties=parties), asked or {})
        cursor.execute("ANALYZE asked")
        fresh_table(cursor, "answer", _COLUMNS)
        fresh_table(cursor, "subject", "subject_id bigint PRIMARY KEY")
        fresh_table(cursor, "finding", FINDING)
        answer = _ANSWER.format(party=PARTY[register], declared=_DECLARED[register], last_run=_LAST_RUN)
        cursor.execute(answer, params)
        cursor.execute(_LOCK)
        cursor.execute(_PUT_FORWARD, params | {"at": at})
        cursor.execute(_TAKE_SETTLED)
    return follow(_source(), register=register, at=at)


def _source() -> Source:
    return Source(
        kinds=MATCHED,
        still="false",
        why=_WHY,
        stale=_("A declaration has answered part of this case since it was proposed. Look again."),
        params={"confirmed": _("Confirmed by declaration %s: the registers agree.")},
    )
