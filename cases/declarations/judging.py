"""Who declared, what differs, and what each declaration in `said` therefore is."""

from django.db import connection

from cases.declarations.hands import DIFFERENT, trace_hands
from cases.declarations.statuses import meanings_sql
from cases.models.kinds import DeclaredKind

_SAME_NAME = """(said.{one}_key = said.{other}_key AND said.{one}_key <> '' OR EXISTS (
    SELECT FROM alike WHERE alike.one = said.{one} AND alike.other = said.{other})) IS TRUE"""
_SAME_YEAR = "extract(year FROM said.party_birth) = extract(year FROM said.person_birth)"

# owner: the declarant is the registered owner or holder, and the population register knows them so.
# dead: the same, but the population register says they have died.
# absent: owner by the register's word, whom the population register does not know so: the owner's own case.
# unsure: the owner's name, without a number that settles it. other: somebody else.
#
# The same person, though the register has another number that is nobody's of that name: a slip away from
# it and no other year of birth, the birth date to the day, or no number at all and the year of birth.
_WHO = f"""
UPDATE said SET who = judged.who, differs = '{{}}'
FROM (
    SELECT told.id, CASE
        WHEN told.party_kind <> 'citizen' THEN CASE
            WHEN NOT told.party_ok THEN 'other'
            WHEN told.number = '' OR told.party_number IN ('', told.number)
                OR (told.id_key = told.party_id_key AND told.id_key <> '') THEN 'owner'
            ELSE 'unsure' END
        WHEN told.same THEN CASE WHEN told.person_died IS NULL THEN 'owner' ELSE 'dead' END
        WHEN told.party_ok AND told.id_key = told.party_id_key AND told.id_key <> '' THEN 'absent'
        WHEN told.party_ok AND told.number = '' AND told.known_ok AND told.known_died IS NULL
            AND (told.phone = told.party_phone OR told.unit_id = told.known_unit) THEN 'owner'
        WHEN told.party_ok THEN 'unsure'
        ELSE 'other' END AS who
    FROM (
        SELECT said.*, facts.party_ok, facts.known_ok, (facts.person_ok AND (
            said.person_id = said.known_id AND facts.known_ok
            OR facts.party_ok AND NOT facts.known_ok AND (
                facts.near AND (said.party_birth IS NULL OR {_SAME_YEAR})
                OR said.party_birth = said.person_birth AND said.party_exact
                OR said.party_id_key = '' AND {_SAME_YEAR}))) IS TRUE AS same
        FROM said CROSS JOIN LATERAL (SELECT
            {_SAME_NAME.format(one="name", other="person_name")} AS person_ok,
            {_SAME_NAME.format(one="name", other="party_name")} AS party_ok,
            (said.linked OR {_SAME_NAME.format(one="party_name", other="known_name")}) AS known_ok,
            EXISTS (SELECT FROM near
                WHERE near.one = said.id_key AND near.other = said.party_id_key) AS near
        ) AS facts
        WHERE said.fresh
    ) AS told
) AS judged
WHERE judged.id = said.id"""

# Numbers stamped in metal are typed with gaps and dashes, and often only their end.
_OTHER_STAMP = """(vr_compact(said.{declared}) <> '' AND vr_compact(said.{registered}) <> ''
    AND vr_compact(said.{registered}) <> vr_compact(said.{declared})
    AND NOT (length(vr_compact(said.{declared})) BETWEEN 4 AND length(vr_compact(said.{registered}))
        AND right(vr_compact(said.{registered}), length(vr_compact(said.{declared})))
            = vr_compact(said.{declared})))"""
_BOTH = "jsonb_build_object('register', {registered}, 'declared', {declared})"

_DIFFERENCES = (
    ("chassis_no", _OTHER_STAMP.format(declared="chassis_no", registered="entry_chassis"),
     _BOTH.format(registered="said.entry_chassis", declared="said.chassis_no")),
    ("engine_no", _OTHER_STAMP.format(declared="engine_no", registered="entry_engine"),
     _BOTH.format(registered="said.entry_engine", declared="said.engine_no")),
    ("licence_class", "upper(said.licence_class) <> upper(said.entry_class)",
     _BOTH.format(registered="said.entry_class", declared="said.licence_class")),
    # Said to be in use, and the register says that it cannot be.
    ("status", "meaning.own AND said.entry_status <> 'active'",
     _BOTH.format(registered="said.entry_status", declared="said.status")),
    ("name", "meaning.own AND said.who = 'other'",
     _BOTH.format(registered="said.party_name", declared="said.name")),
    ("number", "meaning.own AND said.who IN ('other', 'unsure')",
     _BOTH.format(registered="said.party_raw_number", declared="said.raw_number")),
    ("died_on", "said.who = 'dead'", "jsonb_build_object('population', said.person_died)"),
)  # fmt: skip


def _differences_sql() -> str:
    """A jsonb object of the fields that differ: {"field": {"register": …, "declared": …}, …}."""
    parts = (
        f"CASE WHEN {condition} THEN jsonb_build_object('{field}', {both}) ELSE '{{}}'::jsonb END"
        for field, condition, both in _DIFFERENCES
    )
    return " || ".join(parts)


_DIFFER = f"""
UPDATE said SET differs = {_differences_sql()}
FROM {meanings_sql("meaning")}
WHERE said.fresh AND meaning.status = said.status"""

# What was judged before keeps its judgement.
_KIND = f"""
UPDATE said SET
    who = coalesce(said.who, said.finding->>'declarant'),
    differs = coalesce(said.differs, said.finding->'differs'),
    kind = CASE
        WHEN NOT said.fresh THEN said.finding->>'kind'
        WHEN meaning.registered = said.entry_status AND said.who IN ('owner', 'absent')
            AND said.differs = '{{}}' THEN NULL
        WHEN meaning.others AND said.who = 'other' THEN NULL
        WHEN meaning.own AND said.who IN ('owner', 'absent') AND said.differs = '{{}}' THEN NULL
        WHEN meaning.own AND said.who <> 'other' THEN '{DeclaredKind.DECLARED_DIFFERS}'
        ELSE meaning.kind END
FROM {meanings_sql("meaning")}
WHERE meaning.status = said.status AND said.replaced_by IS NULL"""

# What was said before the other bought the vehicle is history; so is the claim of a buyer from whom another
# has it (`passed`).
_OVER = (
    """({one}.passed OR {other}.status = 'bought_not_transferred' AND {other}.since > {one}.day) IS TRUE"""
)

# Two people have the same thing, or one has what the other lost. What was said before the present
# registration is history.
_CONTEST = f"""
UPDATE said SET contested = true
FROM said AS against, {meanings_sql("mine")}, {meanings_sql("theirs")}
WHERE against.subject_id = said.subject_id AND against.id <> said.id
  AND said.replaced_by IS NULL AND against.replaced_by IS NULL
  AND mine.status = said.status AND theirs.status = against.status
  AND (mine.claims AND theirs.claims
           AND NOT {_OVER.format(one="said", other="against")}
           AND NOT {_OVER.format(one="against", other="said")}
       OR mine.has AND theirs.missing OR mine.missing AND theirs.has)
  AND {DIFFERENT.format(one="said", other="against")}
  AND NOT (said.who = 'owner' AND against.who = 'owner')
  AND least(said.day, against.day) >= coalesce(said.registered_on, '-infinity')"""

_BECOMES = """
UPDATE said SET becomes = CASE
    WHEN replaced_by IS NOT NULL THEN 'replaced'
    WHEN NOT fresh THEN state
    WHEN kind IS NULL AND who <> 'absent' THEN 'confirms'
    ELSE 'differs' END"""


def judge() -> None:
    """Complete the rows of `said`: `who` declared, what `differs`, which `kind` it is, what it `becomes`."""
    with connection.cursor() as cursor:
        for statement in (_WHO, _DIFFER, _KIND):
            cursor.execute(statement)
        trace_hands()
        for statement in (_CONTEST, _BECOMES):
            cursor.execute(statement)
