"""One record at once, after an approval or when an officer asks: the same answer as a run's."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cases.matching.engine import match
from cases.matching.lookups import blocking_keys
from cases.matching.rules import Ruleset
from cases.models import MatchRun, Verdict
from cases.models.subject import Register
from cases.runs.merging import merge
from cases.runs.opening import Followed, follow_verdicts, lock_cases
from cases.runs.parties import counted_names_sql, parties_sql, persons_sql
from cases.runs.populace import known_size
from cases.runs.reading import NAME_SCHEMA, PARTY_SCHEMA, PERSON_SCHEMA, read_here, read_refusals
from cases.runs.retiring import retire_subjects
from cases.runs.temporary import take_subjects
from cases.runs.versions import model_of
from registry.models import Person

# The engine's look-ups speak of the population's columns; the register's are the same but for the ward.
_FIELDS = {"ward_code": "unit__code"}


@dataclass(frozen=True)
class Rechecked:
    """What a record's match came to. `verdict` is None for an owner without vehicles."""

    verdict: Verdict | None
    cases: Followed


def match_one(register: str, subject_id: int) -> Rechecked:
    """Match one owner or licence and let its case follow, in the caller's transaction if there is one."""
    if register == Register.VEHICLE:
        raise ValueError("a vehicle is matched through its owner")
    with transaction.atomic():
        run = day_run()
        take_subjects(pa.array([subject_id], pa.int64()))
        lock_cases(register)
        _renew_verdict(run, register, subject_id)
        followed = follow_verdicts(run=run, register=register)
    in_force = Verdict.objects.filter(register=register, subject_id=subject_id, superseded_by__isnull=True)
    return Rechecked(in_force.select_related("person").first(), followed)


def day_run() -> MatchRun:
    """The run that stands for today's single records: one row a day, ruleset and model, not one a click."""
    versions = {"rules_version": Ruleset.load().version, "model_version": model_of().version}
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    singles = MatchRun.objects.filter(scope=MatchRun.Scope.SINGLE, watermark=today, **versions)
    return singles.order_by("pk").first() or MatchRun.objects.create(
        scope=MatchRun.Scope.SINGLE,
        state=MatchRun.State.DONE,
        watermark=today,
        finished_at=timezone.now(),
        **versions,
    )


def _renew_verdict(run: MatchRun, register: str, subject_id: int) -> None:
    condition = "party.party_id = %(id)s"
    parties = read_here(parties_sql(register, condition), PARTY_SCHEMA, {"id": subject_id})
    if not parties.num_rows:
        retire_subjects(run=run, register=register)
        return
    decide(run=run, register=register, parties=parties, persons=_population_for(parties.to_pylist()[0]))


def decide(*, run: MatchRun, register: str, parties: pa.Table, persons: pa.Table) -> None:
    """Bring in force what the engine says of a few parties against all `persons` they can meet."""
    ids = parties.column("party_id").to_pylist()
    if not ids:
        return
    read_at = timezone.now()
    result = match(
        parties,
        persons,
        refusals=read_refusals(register, min(ids), max(ids)),
        rules=Ruleset.load(run.rules_version),
        model=model_of(run.model_version),
        population_size=known_size(),
        name_counts=_name_counts(persons),
        threads=settings.MATCH_THREADS if len(ids) > 1 else 1,
        memory_limit_mb=settings.MATCH_MEMORY_MB,
    )
    merge(run=run, register=register, parties=parties, result=result, read_at=read_at)


def _population_for(party: dict[str, Any]) -> pa.Table:
    ids: set[int] = set()
    for lookup in blocking_keys(party):
        condition = Q(**{_field(name): value for name, value in lookup.items()})
        ids.update(Person.objects.filter(condition).values_list("pk", flat=True))
    return read_here(persons_sql("person.id = ANY(%(ids)s)"), PERSON_SCHEMA, {"ids": list(ids)})


def _name_counts(persons: pa.Table) -> pa.Table:
    names = persons.column("name_key").unique().to_pylist()
    return read_here(counted_names_sql("name_key = ANY(%(names)s)"), NAME_SCHEMA, {"names": names})


def _field(lookup: str) -> str:
    return _FIELDS.get(lookup, lookup)
