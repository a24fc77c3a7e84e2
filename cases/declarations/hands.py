"""Through whose hands a vehicle went, from its registered owner to whoever has it now, as people declared it.

Two temporary tables come of it: `passing`, one row for each time the vehicle was handed on, and `chain`, one
row for each vehicle that changed hands. Each declaration tells of one such time at most: that the declarant
gave the vehicle to the other side, or has it from them.
"""

from django.db import connection

from cases.declarations.statuses import RELATIONS, TRANSFERS
from cases.runs.temporary import fresh_table

DIFFERENT = "({one}.name_key <> {other}.name_key OR {one}.person_id <> {other}.person_id)"
"""Two declarants are two people. Of one name they count as one, unless the population register knows both."""

_TABLES = {
    "mention": """id int GENERATED ALWAYS AS IDENTITY, subject_id bigint, said_id bigint, part text,
        own boolean, name text, name_key text, id_key text, number text, person_id bigint, hand text""",
    "passing": "subject_id bigint, said_id bigint, giver text, taker text, day date, since date",
    "way": "subject_id bigint, giver text, taker text",
    "chain": "subject_id bigint PRIMARY KEY, hands jsonb, waits_for text",
}

_KINDS = ", ".join(f"'{kind}'" for kind in (*TRANSFERS, *RELATIONS))
# Whoever has the vehicle "in use" without being its owner took it from somebody, too, once anybody speaks of
# a transfer.
_SIDES = f"""
UPDATE said SET
    gives = said.status = 'sold_not_transferred'
        OR said.status = 'given_or_inherited' AND said.who <> 'other',
    takes = said.who = 'other'
        AND said.status IN ('bought_not_transferred', 'given_or_inherited', 'in_use_owner')
WHERE said.replaced_by IS NULL AND said.kind IS NOT NULL
  AND said.day >= coalesce(said.registered_on, '-infinity')
  AND said.subject_id IN (
    SELECT told.subject_id FROM said AS told WHERE told.replaced_by IS NULL AND told.kind IN ({_KINDS}))"""

_MEET = f"""
UPDATE said SET meets = true
FROM said AS facing
WHERE facing.subject_id = said.subject_id AND (said.gives AND facing.takes OR said.takes AND facing.gives)
  AND NOT (said.status = 'given_or_inherited' AND facing.status = 'given_or_inherited')
  AND {DIFFERENT.format(one="said", other="facing")}"""

# Everybody who is named: the registered owner, the declarants, the other sides.
_MENTION = """
INSERT INTO mention (subject_id, said_id, part, own, name, name_key, id_key, number, person_id)
SELECT DISTINCT said.subject_id, NULL::bigint, 'owner', true, said.party_name, said.party_name_key,
       said.party_id_key, said.party_raw_number, said.known_id
FROM said WHERE said.gives OR said.takes
UNION ALL
SELECT said.subject_id, said.id, 'declarant', said.who <> 'other', said.name, said.name_key, said.id_key,
       said.raw_number, said.person_id
FROM said WHERE said.gives OR said.takes
UNION ALL
SELECT said.subject_id, said.id, 'facing', false, said.counterparty, said.counterparty_key,
       said.counterparty_id_key, said.counterparty_number, said.counterparty_person
FROM said
WHERE (said.gives OR said.takes) AND (said.counterparty_key <> '' OR said.counterparty_id_key <> '')"""

# One hand for all mentions of one person: by their number in the population register, else by name.
_NAME_HANDS = """
UPDATE mention SET hand = coalesce(
    (SELECT 'owner' FROM mention AS owner
     WHERE owner.subject_id = mention.subject_id AND owner.own
       AND (mention.own OR owner.person_id = mention.person_id
            OR owner.id_key = mention.id_key AND mention.id_key <> ''
            OR owner.name_key = mention.name_key
               AND (owner.person_id IS NULL OR mention.person_id IS NULL))
     LIMIT 1),
    'person ' || mention.person_id,
    (SELECT 'person ' || min(known.person_id) FROM mention AS known
     WHERE known.subject_id = mention.subject_id AND known.name_key = mention.name_key
       AND known.person_id IS NOT NULL AND NOT known.own
     HAVING count(DISTINCT known.person_id) = 1),
    'name ' || coalesce(nullif(mention.name_key, ''), (
        SELECT min(named.name_key) FROM mention AS named
        WHERE named.subject_id = mention.subject_id AND named.id_key = mention.id_key
          AND named.name_key <> '')),
    'number ' || mention.id_key)"""

_HAND_OVER = """
INSERT INTO passing
SELECT told.subject_id, told.said_id, told.giver, told.taker, told.day, told.since
FROM (
    SELECT said.subject_id, said.id AS said_id, coalesce(said.since, said.day) AS day, said.since,
           CASE WHEN said.gives THEN declarant.hand ELSE facing.hand END AS giver,
           CASE WHEN said.gives THEN facing.hand ELSE declarant.hand END AS taker
    FROM said
    JOIN mention AS declarant ON declarant.said_id = said.id AND declarant.part = 'declarant'
    LEFT JOIN mention AS facing ON facing.said_id = said.id AND facing.part = 'facing'
    WHERE said.gives OR said.takes
) AS told
WHERE told.giver IS DISTINCT FROM told.taker"""

_HANDED_ON = """
UPDATE said SET passed = true
FROM mention AS declarant
WHERE declarant.said_id = said.id AND declarant.part = 'declarant'
  AND said.status = 'bought_not_transferred' AND EXISTS (
    SELECT FROM passing WHERE passing.subject_id = said.subject_id AND passing.giver = declarant.hand
      AND passing.taker IS NOT NULL)"""

# Of a vehicle that hundreds of people contradict each other about there are more ways through the hands than
# anybody can walk: there, a hand has the vehicle from the last one who is said to have given it.
_MANY_WAYS = 24
_WAYS = f"""
INSERT INTO way
SELECT subject_id, giver, taker
FROM (
    SELECT subject_id, giver, taker, count(*) OVER (PARTITION BY subject_id) AS ways, row_number() OVER (
        PARTITION BY subject_id, taker ORDER BY max(day) DESC, max(said_id) DESC) AS place
    FROM passing WHERE giver IS NOT NULL AND taker IS NOT NULL GROUP BY subject_id, giver, taker
) AS handed
WHERE place = 1 OR ways <= {_MANY_WAYS}"""

# Hands in the order of handing on. Each stands as far from the beginning as any way leads to it; where the
# ways do not join, those that hang together stay together: the owner's first, then by the day.
_CHAIN = """
WITH RECURSIVE hand AS (
    SELECT subject_id, hand,
           (array_agg(id ORDER BY part = 'owner' DESC, part = 'declarant' DESC, name_key = '',
               CASE WHEN part = 'declarant' THEN said_id END DESC, name, number, id))[1] AS told,
           max(said_id) FILTER (WHERE part = 'declarant') AS said_id
    FROM mention GROUP BY subject_id, hand
), walk AS (
    SELECT hand.subject_id, hand.hand AS start, hand.hand, ARRAY[hand.hand] AS way
    FROM hand
    WHERE hand.hand = 'owner' OR NOT EXISTS (
        SELECT FROM passing WHERE passing.subject_id = hand.subject_id AND passing.taker = hand.hand
          AND passing.giver IS NOT NULL)
    UNION ALL
    SELECT walk.subject_id, walk.start, way.taker, walk.way || way.taker
    FROM walk JOIN way ON way.subject_id = walk.subject_id AND way.giver = walk.hand
    WHERE way.taker <> ALL(walk.way)
), root AS (
    -- A way that leads to what the owner's leads to, too, belongs to it.
    SELECT walk.subject_id, walk.start, bool_or(owners.start IS NOT NULL) AS joins
    FROM walk LEFT JOIN walk AS owners ON owners.subject_id = walk.subject_id
        AND owners.hand = walk.hand AND owners.start = 'owner'
    GROUP BY walk.subject_id, walk.start
), place AS (
    SELECT hand.subject_id, hand.hand, hand.told, hand.said_id,
           coalesce(max(cardinality(walk.way)), 1) AS step,
           coalesce(min(CASE WHEN root.joins THEN '' ELSE walk.start END), hand.hand) AS part
    FROM hand
    LEFT JOIN walk ON walk.subject_id = hand.subject_id AND walk.hand = hand.hand
    LEFT JOIN root ON root.subject_id = walk.subject_id AND root.start = walk.start
    GROUP BY hand.subject_id, hand.hand, hand.told, hand.said_id
), dated AS (
    SELECT place.*, handed.day, handed.since, handed.linked,
           min(coalesce(handed.day, handed.on_day)) OVER (PARTITION BY place.subject_id, place.part) AS began
    FROM place CROSS JOIN LATERAL (
        SELECT min(passing.day) FILTER (WHERE passing.taker = place.hand) AS day,
               min(passing.since) FILTER (WHERE passing.taker = place.hand) AS since,
               min(passing.day) FILTER (WHERE passing.giver = place.hand) AS on_day,
               bool_or(passing.taker = place.hand AND passing.giver IS NOT NULL) AS linked
        FROM passing WHERE passing.subject_id = place.subject_id
          AND place.hand IN (passing.giver, passing.taker)
    ) AS handed
)
INSERT INTO chain
SELECT dated.subject_id,
       jsonb_agg(jsonb_strip_nulls(jsonb_build_object('name', mention.name, 'number', mention.number,
               'registered', nullif(dated.hand = 'owner', false), 'declaration', said.id,
               'status', said.status, 'since', dated.since, 'linked', coalesce(dated.linked, false)))
           ORDER BY dated.part <> '', dated.began, dated.part, dated.step, dated.day, dated.hand),
       CASE WHEN NOT sides.takes THEN 'buyer' WHEN NOT sides.owner THEN 'seller' END
FROM dated
JOIN mention ON mention.id = dated.told
LEFT JOIN said ON said.id = dated.said_id
JOIN (
    SELECT subject_id, bool_or(takes) AS takes, bool_or(gives AND who <> 'other') AS owner
    FROM said WHERE gives OR takes GROUP BY subject_id
) AS sides ON sides.subject_id = dated.subject_id
GROUP BY dated.subject_id, sides.takes, sides.owner"""


def trace_hands() -> None:
    """Fill `passing` and `chain`, and say of the rows of `said` which side they are on and whom they meet."""
    with connection.cursor() as cursor:
        for name, columns in _TABLES.items():
            fresh_table(cursor, name, columns)
        cursor.execute(_SIDES)
        if not cursor.rowcount:
            return
        cursor.execute(_MEET)
        cursor.execute(_MENTION)
        cursor.execute("CREATE INDEX ON mention (subject_id)")
        cursor.execute("CREATE INDEX ON mention (said_id)")
        cursor.execute("ANALYZE mention")
        cursor.execute(_NAME_HANDS)
        cursor.execute(_HAND_OVER)
        cursor.execute("CREATE INDEX ON passing (subject_id)")
        cursor.execute("ANALYZE passing")
        cursor.execute(_HANDED_ON)
        cursor.execute(_WAYS)
        cursor.execute("CREATE INDEX ON way (subject_id, giver)")
        cursor.execute("ANALYZE way")
        cursor.execute(_CHAIN)
