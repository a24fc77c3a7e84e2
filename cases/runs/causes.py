"""Why a verdict is another than it was in an earlier run, told apart by declared conditions.

In order, the first that holds is the cause:

human    an officer's decision on the entry, or a refusal, fell between the two runs;
data     the entry, or a person proposed before or after, says something else than it did at the first run,
         or the entry is new or has gone;
model, rule, both
         nothing of that, and the two runs went by another model, other rules, or both;
data     the versions are the same as well: somebody else came into the population register or left it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cases.models import MatchRun
from cases.models.subject import Register
from cases.runs.parties import TABLE
from cases.workflow import Words

HUMAN, DATA, MODEL, RULE, BOTH = "human", "data", "model", "rule", "both"

CAUSES: dict[str, tuple[Words, Words]] = {
    DATA: (_("data"), _("The entry, or a person proposed for it, has changed in a register.")),
    MODEL: (
        _("matching model"),
        _("The registers say the same; the later run weighed them by another model."),
    ),
    RULE: (_("rules"), _("The registers say the same; the later run went by other rules.")),
    BOTH: (_("model and rules"), _("The registers say the same; the later run had another model and rules.")),
    HUMAN: (_("an officer"), _("An officer decided on the entry, or ruled a person out, between the runs.")),
}  # fmt: skip
"""Code → its name, and the condition in words."""

# What matching reads of a row. Two states of a row that agree in this are the same to it.
_READ: dict[str, tuple[str, ...]] = {
    TABLE[Register.OWNER.value]: (
        "kind", "name", "id_number", "birth_date", "birth_precision", "unit_id",
    ),
    TABLE[Register.LICENCE.value]: (
        "holder_name", "holder_id_number", "holder_birth_date", "holder_birth_precision", "unit_id",
    ),
    "registry_person": (
        "personal_id", "full_name", "former_ids", "birth_date", "birth_precision", "unit_id", "died_on",
    ),
}  # fmt: skip

# An event keeps a row as it was before a change: the first one after a moment says how it stood then. A row
# that changed without an event was made since.
_CHANGED = """EXISTS (
    SELECT FROM {table} AS entry
    LEFT JOIN LATERAL (
        SELECT {past} AS mark FROM {table}event AS past
        WHERE past.pgh_obj_id = entry.id AND past.pgh_created_at > %(since)s ORDER BY past.pgh_id LIMIT 1
    ) AS first ON true
    LEFT JOIN LATERAL (
        SELECT {past} AS mark FROM {table}event AS past
        WHERE past.pgh_obj_id = entry.id AND past.pgh_created_at > %(until)s ORDER BY past.pgh_id LIMIT 1
    ) AS later ON true
    WHERE entry.id = {id} AND entry.changed_at > %(since)s
      AND (first.mark IS NULL OR first.mark IS DISTINCT FROM coalesce(later.mark, {entry})))"""

_DECIDED = """EXISTS (
    SELECT FROM cases_verificationcase AS decided
    WHERE decided.register = changed.register AND decided.subject_id = changed.subject_id
      AND decided.state = 'closed' AND decided.closed_at > %(since)s AND decided.closed_at <= %(until)s
) OR EXISTS (
    SELECT FROM cases_refusal AS refusal
    WHERE refusal.register = changed.register AND refusal.subject_id = changed.subject_id
      AND refusal.refused_at > %(since)s AND refusal.refused_at <= %(until)s)"""

_PEOPLE = """EXISTS (
    SELECT FROM (
        SELECT changed.was_person AS id UNION SELECT changed.now_person
        UNION SELECT person_id FROM cases_candidate WHERE verdict_id IN (changed.was_id, changed.now_id)
    ) AS proposed
    WHERE {person})"""


@dataclass(frozen=True)
class Versions:
    """Which versions differ between two runs."""

    model: bool
    rule: bool

    @classmethod
    def between(cls, first: MatchRun, second: MatchRun) -> "Versions":
        return cls(model_of(first) != model_of(second), first.rules_version != second.rules_version)

    @property
    def cause(self) -> str:
        """Why a verdict differs whose inputs are the same."""
        return {(True, True): BOTH, (True, False): MODEL, (False, True): RULE}.get(
            (self.model, self.rule), DATA
        )


def model_of(run: MatchRun) -> str:
    """The version of the model a run went by; "" for runs of before there was one."""
    return str(getattr(run, "model_version", "") or "")


def cause_sql(versions: Versions) -> str:
    """The cause of a row of `changed` (register, subject_id, was_id, now_id, was_person, now_person) as SQL.

    The parameters are `since`, the first run's watermark, and `until`, the end of the second.
    """
    owner, licence = (
        f"(changed.register = '{register}' AND {_changed(TABLE[register], 'changed.subject_id')})"
        for register in (Register.OWNER.value, Register.LICENCE.value)
    )
    people = _PEOPLE.format(person=_changed("registry_person", "proposed.id"))
    return f"""CASE
        WHEN {_DECIDED} THEN '{HUMAN}'
        WHEN changed.was_id IS NULL OR changed.now_id IS NULL
            OR {owner} OR {licence} OR {people} THEN '{DATA}'
        ELSE '{versions.cause}' END"""


def _changed(table: str, row_id: str) -> str:
    past, entry = (
        f"ROW({', '.join(f'{alias}.{column}' for column in _READ[table])})::text"
        for alias in ("past", "entry")
    )
    return _CHANGED.format(table=table, id=row_id, past=past, entry=entry)
