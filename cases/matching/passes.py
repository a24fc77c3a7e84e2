"""One pass: find the pairs of its blocks, compare them, judge them, let the decided parties leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cases.matching.blocks import BLOCKS, KEYS, Block, Source
from cases.matching.comparisons import condition, total_bits
from cases.matching.names import compare_open_pairs
from cases.matching.templates import fill, literals
from cases.matching.verdicts import AMBIGUOUS, DECEASED, VERDICTS, codes

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from cases.matching.rules import Outcome, Pass, Ruleset

_HITS = {
    "number": "SELECT pid, id12 AS personal_id FROM undecided WHERE id12 IS NOT NULL",
    "former": """SELECT undecided.pid, former.personal_id
        FROM undecided JOIN (SELECT personal_id, unnest(former_ids) AS former_id FROM person) AS former
          ON undecided.id9 = former.former_id""",
    "named": "SELECT a.pid, b.personal_id FROM undecided AS a JOIN named AS b ON $shared",
    "near": "SELECT a.pid, b.personal_id FROM undecided AS a JOIN near AS b ON $shared WHERE $near",
    "seen": "SELECT pid, personal_id FROM undecided JOIN seen USING (pid) WHERE holder",
}

# A middle name left out keeps surname and given name; anything else stays within a few edits.
_NEAR = """(levenshtein(a.name_key, b.name_key) <= $edits
    OR len(string_split(a.name_key, ' ')) <> len(string_split(b.name_key, ' '))
        AND split_part(a.name_key, ' ', 1) = split_part(b.name_key, ' ', 1)
        AND a.given = b.given
    OR a.rotated = b.name_key)"""

_FIND = """
CREATE OR REPLACE TEMP TABLE hits AS SELECT DISTINCT pid, personal_id FROM ($blocks)
"""

_PAIRS = """
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT a.pid, b.personal_id,
       name_level_at_once(a.name, b.name) AS name,
       $number AS number,
       birth_level(a.exact, a.month, a.year, b.exact, b.month, b.year) AS birth,
       ward_level(a.ward, b.ward) AS ward,
       b.died,
       CASE WHEN name_level_at_once(a.name, b.name) IS NULL THEN a.name END AS party_name,
       CASE WHEN name_level_at_once(a.name, b.name) IS NULL THEN b.name END AS person_name
FROM hits
JOIN undecided AS a USING (pid)
JOIN $persons AS b USING (personal_id)
"""

_PAIRS_SEEN = """
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT DISTINCT seen.pid, seen.personal_id, name, number, birth, ward, died,
       NULL::VARCHAR AS party_name, NULL::VARCHAR AS person_name
FROM seen JOIN hits USING (pid, personal_id)
"""

_NUMBER_COMPARED = "number_level(a.id12, a.id9, b.personal_id, b.former_ids)"

_NUMBER_LEVEL = {
    "number": "'same'::number_level",
    "former": "'former'::number_level",
    "named": _NUMBER_COMPARED,
    "near": _NUMBER_COMPARED,
}

_JUDGED = """
CREATE OR REPLACE TEMP TABLE judged AS
SELECT pid, personal_id, name, number, birth, ward, died, refused, bits,
       CASE WHEN refused OR $too_little THEN NULL $outcomes END AS outcome
FROM (SELECT *, $bits AS bits, (pid, personal_id) IN (FROM refused) AS refused FROM pairs)
"""

_DECIDED = """
CREATE OR REPLACE TEMP TABLE decided AS
SELECT pid,
       CASE WHEN held AND outcomes.if_held IS NOT NULL AND number NOT IN ('same', 'former')
            THEN outcomes.if_held
            WHEN outcomes.resolves AND next_bits > bits - $lead THEN '$ambiguous'
            WHEN died AND outcomes.resolves THEN '$deceased'
            ELSE outcomes.verdict END AS verdict,
       CASE WHEN outcomes.propose THEN personal_id END AS personal_id,
       name, number, birth, ward, bits, next_bits
FROM (
    SELECT *, row_number() OVER best AS place, lead(bits) OVER best AS next_bits
    FROM judged WHERE outcome IS NOT NULL
    WINDOW best AS (PARTITION BY pid ORDER BY bits DESC, personal_id)
) AS ranked
JOIN (VALUES $outcomes) AS outcomes(outcome, verdict, if_held, propose, resolves) USING (outcome)
JOIN (SELECT pid, held FROM undecided) AS a USING (pid)
WHERE place = 1
"""

_KEEP_VERDICTS = """
INSERT INTO verdict
SELECT pid, verdict, '$pass_name', personal_id, name, number, birth, ward, bits, next_bits, NULL FROM decided
"""

# What an officer may want to see later: nothing of the plain ones, and no wholly different names
# except that of the person whose number it is.
_KEEP_SEEN = """
INSERT INTO seen
SELECT pid, personal_id, name, number, birth, ward, died, bits, $holder
FROM judged ANTI JOIN (SELECT pid FROM decided WHERE verdict IN ($plain)) AS done USING (pid)
WHERE NOT refused AND ($holder OR name <> 'different')
"""

_LEAVE = """
CREATE OR REPLACE TEMP TABLE undecided AS
SELECT * REPLACE ($held AS held) FROM undecided ANTI JOIN decided USING (pid)
"""

_HELD = "(held OR pid IN (SELECT pid FROM judged))"


def run_pass(con: DuckDBPyConnection, rules: Ruleset, step: Pass, population_size: int) -> None:
    """The parties that `step` decides move from `undecided` to `verdict`; pairs worth showing to `seen`."""
    blocks = [BLOCKS[name] for name in step.blocks]
    con.execute(fill(_FIND, blocks=" UNION ALL ".join(_hits(block, rules) for block in blocks)))
    if con.execute("SELECT count(*) FROM hits").fetchall()[0][0]:
        con.execute(_pairs(step.source))
        compare_open_pairs(con)
        con.execute(_judge(step, rules, population_size))
        con.execute(_decide(step, rules))
        _let_leave(con, step)


def _let_leave(con: DuckDBPyConnection, step: Pass) -> None:
    by_number = step.source in ("number", "former")
    con.execute(fill(_KEEP_VERDICTS, pass_name=step.name))
    if step.source != "seen":
        con.execute(fill(_KEEP_SEEN, holder=by_number, plain=literals(codes("plain"))))
    con.execute(fill(_LEAVE, held=_HELD if by_number else "held"))


def _pairs(source: Source) -> str:
    if source == "seen":
        return _PAIRS_SEEN
    persons = source if source in ("named", "near") else "person"
    return fill(_PAIRS, number=_NUMBER_LEVEL[source], persons=persons)


def _hits(block: Block, rules: Ruleset) -> str:
    shared = " AND ".join(
        fill("a.$party = b.$person", party=KEYS[key].party, person=KEYS[key].person) for key in block.keys
    )
    return fill(_HITS[block.source], shared=shared, near=fill(_NEAR, edits=rules.variant_edits))


def _judge(step: Pass, rules: Ruleset, population_size: int) -> str:
    # The holder of the number is a conflict however little speaks for him.
    floor = "false" if step.source == "seen" else fill("bits < $floor", floor=rules.floor_bits)
    bits, outcomes = total_bits(rules, population_size), _choose(step.outcomes)
    return fill(_JUDGED, bits=bits, too_little=floor, outcomes=outcomes)


def _choose(outcomes: tuple[Outcome, ...]) -> str:
    """SQL: the number of the first outcome whose condition holds."""
    return " ".join(
        fill("WHEN $condition THEN $number", condition=condition(outcome.when), number=number)
        for number, outcome in enumerate(outcomes)
    )


def _decide(step: Pass, rules: Ruleset) -> str:
    rows = ", ".join(_outcome_row(number, outcome) for number, outcome in enumerate(step.outcomes))
    return fill(_DECIDED, lead=rules.lead_bits, ambiguous=AMBIGUOUS, deceased=DECEASED, outcomes=rows)


def _outcome_row(number: int, outcome: Outcome) -> str:
    return fill(
        "($number, '$verdict', $if_held, $propose, $resolves)",
        number=number,
        verdict=outcome.verdict,
        if_held=literals([outcome.if_held]) if outcome.if_held else "NULL::VARCHAR",
        propose=outcome.propose,
        resolves=VERDICTS[outcome.verdict].resolves_person,
    )
