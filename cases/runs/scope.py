"""Which parties a run since the last has to match: those that changed, and those whose persons did."""

from datetime import datetime

from django.db import connection

from cases.models import MatchRun, RunSubject
from cases.models.subject import Register
from cases.runs.parties import PARTY, REGISTERS
from cases.runs.slices import MEETINGS
from registry.models import Delivery, Person

# Above this many changed persons the whole registers are matched: finding whom they concern costs more.
MOST_PERSONS = 20_000

_INSERT = """
INSERT INTO cases_runsubject (run_id, register, subject_id)
SELECT DISTINCT %(run)s::bigint, '{register}', touched.subject_id
FROM ({touched}) AS touched
ON CONFLICT DO NOTHING"""

_CHANGED = """
SELECT party.party_id AS subject_id FROM ({party}) AS party
WHERE party.live AND party.changed_at >= %(since)s"""

_REFUSED = """
SELECT refusal.subject_id FROM cases_refusal AS refusal
WHERE refusal.register = '{register}' AND refusal.refused_at >= %(since)s"""

# Parties whose person, or a candidate of whom, is a changed person.
_PROPOSED = """
SELECT verdict.subject_id
FROM registry_person AS person
JOIN cases_verdict AS verdict ON verdict.person_id = person.id
WHERE person.changed_at >= %(since)s
  AND verdict.register = '{register}' AND verdict.superseded_by_id IS NULL
UNION ALL
SELECT verdict.subject_id
FROM registry_person AS person
JOIN cases_candidate AS candidate ON candidate.person_id = person.id
JOIN cases_verdict AS verdict ON verdict.id = candidate.verdict_id
WHERE person.changed_at >= %(since)s
  AND verdict.register = '{register}' AND verdict.superseded_by_id IS NULL"""

# Parties that a changed person could now be proposed for.
_MEETING = """
SELECT party.party_id AS subject_id
FROM registry_person AS person
JOIN ({party}) AS party ON {meeting}
WHERE person.changed_at >= %(since)s AND party.live"""

# Owners who have come back to life: a vehicle that changed is theirs now, and they have no verdict.
_REVIVED = """
SELECT party.party_id AS subject_id
FROM registry_vehicle AS vehicle JOIN ({party}) AS party ON party.party_id = vehicle.owner_id
WHERE vehicle.changed_at >= %(since)s AND party.live AND NOT EXISTS (
    SELECT FROM cases_verdict AS verdict
    WHERE verdict.register = '{register}' AND verdict.subject_id = party.party_id
      AND verdict.superseded_by_id IS NULL)"""

_ALSO = {Register.OWNER.value: (_REVIVED,), Register.LICENCE.value: ()}


def last_run(rules_version: str, model_version: str) -> MatchRun | None:
    """The last finished run over the registers, when it went by the same rules and model."""
    finished = MatchRun.objects.filter(state=MatchRun.State.DONE).exclude(scope=MatchRun.Scope.SINGLE)
    last = finished.order_by("-id").first()
    same = last and (last.rules_version, last.model_version) == (rules_version, model_version)
    return last if same else None


def scope_for(wanted: str, rules_version: str, model_version: str) -> str:
    """What was wanted, or the whole registers where since-last has nothing to begin from, or too much."""
    last = last_run(rules_version, model_version)
    if wanted == MatchRun.Scope.ALL or last is None:
        return MatchRun.Scope.ALL
    undone = Delivery.objects.filter(kind="persons", undone_at__gte=last.watermark).exists()
    changed = Person.objects.filter(changed_at__gte=last.watermark)[: MOST_PERSONS + 1].count()
    return MatchRun.Scope.ALL if undone or changed > MOST_PERSONS else MatchRun.Scope.SINCE_LAST


def gather(run: MatchRun, since: datetime) -> int:
    """Write down the run's subjects. Returns how many there are."""
    RunSubject.objects.filter(run=run).delete()
    with connection.cursor() as cursor:
        for register in REGISTERS:
            for touched in _touched(register):
                sql = _INSERT.format(register=register, touched=touched)
                cursor.execute(sql, {"run": run.pk, "since": since})
        cursor.execute("ANALYZE cases_runsubject")  # the statements that read it are planned by its size
    return RunSubject.objects.filter(run=run).count()


def _touched(register: str) -> list[str]:
    party = PARTY[register]
    meetings = [_MEETING.format(party=party, meeting=meeting) for meeting in MEETINGS.values()]
    whole = (_CHANGED, _REFUSED, _PROPOSED, *_ALSO[register])
    return [*(sql.format(party=party, register=register) for sql in whole), *meetings]
