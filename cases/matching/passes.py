"""One pass: find the pairs of its blocks, compare them, judge them, let the decided parties leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cases.matching.blocks import BLOCKS, KEYS, Block, Source
from cases.matching.commonness import add_commonness
from cases.matching.comparisons import condition
from cases.matching.names import compare_open_pairs
from cases.matching.templates import fill, literals
from cases.matching.verdicts import AMBIGUOUS, DECEASED, VERDICTS, codes

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from cases.matching.rules import Outcome, Pass, Ruleset
    from cases.matching.scoring import Scorer

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
NEAR = """(levenshtein(a.name_key, b.name_key) <= $edits
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
       $birth AS birth,
       $ward AS ward,
       b.died, b.name_key,
       CASE WHEN name_level_at_once(a.name, b.name) IS NULL THEN a.name END AS party_name,
       CASE WHEN name_level_at_once(a.name, b.name) IS NULL THEN b.name END AS person_name
FROM hits
JOIN undecided AS a USING (pid)
JOIN $persons AS b USING (personal_id)
"""

# Who carries the number of another is mostly a relative under the same roof: the ward says nothing.
_HOLDERS = "UPDATE pairs SET ward = 'missing' WHERE name = 'different'"

_PAIRS_SEEN = """
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT DISTINCT seen.pid, seen.personal_id, name, number, birth, ward, died, shared_by
FROM seen JOIN hits USING (pid, personal_id)
"""

NUMBER_COMPARED = "number_level(a.id12, a.id9, b.personal_id, b.former_ids)"
BIRTH_COMPARED = "birth_level(a.exact, a.month, a.year, b.exact, b.month, b.year)"
WARD_COMPARED = "ward_level(a.ward, b.ward)"

_NUMBER_OR_HELD = f"""CASE WHEN a.held AND {NUMBER_COMPARED} = 'different'
    THEN 'held'::number_level ELSE {NUMBER_COMPARED} END"""

_NUMBER_LEVEL = {
    "number": "'same'::number_level",
    "former": "'former'::number_level",
    "named": _NUMBER_OR_HELD,
    "near": _NUMBER_OR_HELD,
}

_JUDGED = """
CREATE OR REPLACE TEMP TABLE judged AS
SELECT *, CASE WHEN refused OR $too_little THEN NULL $outcomes END AS outcome
FROM (SELECT *, (pid, personal_id) IN (FROM refused) AS refused FROM scored)
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
SELECT pid, personal_id, name, number, birth, ward, died, shared_by, name_bits, bits, $holder
FROM judged ANTI JOIN (SELECT pid FROM decided WHERE verdict IN ($plain)) AS done USING (pid)
WHERE NOT refused AND ($holder OR name <> 'different')
"""

_LEAVE = """
CREATE OR REPLACE TEMP TABLE undecided AS
SELECT * REPLACE ($held AS held) FROM undecided ANTI JOIN decided USING (pid)
"""

BY_NUMBER = ("number", "former")

_HELD = "(held OR pid IN (SELECT pid FROM judged))"


def run_pass(con: DuckDBPyConnection, rules: Ruleset, scorer: Scorer, step: Pass) -> None:
    """The parties that `step` decides move from `undecided` to `verdict`; pairs worth showing to `seen`."""
    if find_hits(con, [BLOCKS[name] for name in step.blocks], rules.variant_edits):
        find_pairs(con, step.source)
        scorer.score()
        con.execute(_judge(step, rules))
        con.execute(_decide(step, rules))
        _let_leave(con, step)


def _let_leave(con: DuckDBPyConnection, step: Pass) -> None:
    by_number = step.source in BY_NUMBER
    con.execute(fill(_KEEP_VERDICTS, pass_name=step.name))
    if step.source != "seen":
        con.execute(fill(_KEEP_SEEN, holder=by_number, plain=literals(codes("plain"))))
    con.execute(fill(_LEAVE, held=_HELD if by_number else "held"))


def find_hits(con: DuckDBPyConnection, blocks: Iterable[Block], variant_edits: int) -> bool:
    """`hits`: pairs of undecided parties and persons that share a block. Returns whether there are any."""
    con.execute(fill(_FIND, blocks=" UNION ALL ".join(_hits(block, variant_edits) for block in blocks)))
    return bool(con.execute("SELECT count(*) FROM hits").fetchall()[0][0])


def find_pairs(con: DuckDBPyConnection, source: Source) -> None:
    """`pairs`: the hits with the level of each field."""
    if source == "seen":
        con.execute(_PAIRS_SEEN)
        return
    con.execute(_pairs(source))
    compare_open_pairs(con)
    if source in BY_NUMBER:
        con.execute(_HOLDERS)
    add_commonness(con)


def _pairs(source: Source) -> str:
    persons = source if source in ("named", "near") else "person"
    return fill(
        _PAIRS,
        number=_NUMBER_LEVEL[source],
        birth=BIRTH_COMPARED,
        ward=WARD_COMPARED,
        persons=persons,
    )


def _hits(block: Block, variant_edits: int) -> str:
    shared = " AND ".join(
        fill("a.$party = b.$person", party=KEYS[key].party, person=KEYS[key].person) for key in block.keys
    )
    return fill(_HITS[block.source], shared=shared, near=fill(NEAR, edits=variant_edits))


def _judge(step: Pass, rules: Ruleset) -> str:
    # The holder of the number is a conflict however little speaks for him.
    floor = "false" if step.source == "seen" else fill("bits < $floor", floor=rules.floor_bits)
    return fill(_JUDGED, too_little=floor, outcomes=_choose(step.outcomes))


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
