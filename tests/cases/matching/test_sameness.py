"""One party, one verdict: whatever the chunks, the order, the threads, or the slice it is matched with."""

import random
from collections import Counter

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cases.matching.engine import MatchResult, match
from cases.matching.lookups import blocking_keys
from cases.matching.verdicts import VERDICTS
from tests.cases.matching import crowd
from tests.cases.matching.builders import MODEL, RULES, parties_table, population_table, refusals_table


@pytest.fixture(scope="module")
def persons():
    return crowd.persons(random.Random(7), 400)


@pytest.fixture(scope="module")
def parties(persons):
    return crowd.parties(random.Random(8), persons, 600)


@pytest.fixture(scope="module")
def whole(parties, persons) -> MatchResult:
    return match(parties_table(parties), population_table(persons), rules=RULES, model=MODEL)


def same(first: MatchResult, second: MatchResult) -> bool:
    return first.verdicts.equals(second.verdicts) and first.candidates.equals(second.candidates)


def test_every_party_has_exactly_one_verdict_and_the_crowd_knows_them_all(whole, parties):
    assert sorted(whole.verdicts["party_id"].to_pylist()) == [one["party_id"] for one in parties]
    assert set(VERDICTS) - set(whole.verdicts["verdict"].to_pylist()) == {"foreigner"}


def test_chunks_give_what_the_whole_gives(whole, parties, persons):
    population = population_table(persons)
    parts = [
        match(parties_table(parties[start : start + 97]), population, rules=RULES, model=MODEL)
        for start in range(0, len(parties), 97)
    ]
    assert same(
        whole,
        MatchResult(
            pa.concat_tables([part.verdicts for part in parts]).combine_chunks(),
            pa.concat_tables([part.candidates for part in parts]).combine_chunks(),
        ),
    )


def test_order_and_threads_change_nothing(whole, parties, persons):
    dice = random.Random(9)
    shuffled_parties, shuffled_persons = parties[:], persons[:]
    dice.shuffle(shuffled_parties)
    dice.shuffle(shuffled_persons)
    again = match(
        parties_table(shuffled_parties),
        population_table(shuffled_persons),
        rules=RULES,
        model=MODEL,
        threads=1,
    )
    assert same(whole, again)


def test_a_parquet_file_serves_as_well_as_a_table(whole, parties, persons, tmp_path):
    path = tmp_path / "population.parquet"
    pq.write_table(population_table(persons), path)
    assert same(whole, match(parties_table(parties), path, rules=RULES, model=MODEL))


def test_one_party_with_its_slice_gets_the_verdict_of_the_whole_run(whole, parties, persons):
    verdicts = {row["party_id"]: row for row in whole.verdicts.to_pylist()}
    for one in parties[:100]:
        lookups = blocking_keys(one)
        near = [who for who in persons if any(crowd.found_by(lookup, who) for lookup in lookups)]
        alone = match(
            parties_table([one]),
            population_table(near),
            rules=RULES,
            model=MODEL,
            population_size=len(persons),
            threads=1,
        )
        assert alone.verdicts.to_pylist() == [verdicts[one["party_id"]]]
        shown = [row for row in whole.candidates.to_pylist() if row["party_id"] == one["party_id"]]
        assert alone.candidates.to_pylist() == shown


def test_at_most_five_candidates_ranked_without_gaps_or_repeats(whole):
    by_party: dict[int, list[dict]] = {}
    for row in whole.candidates.to_pylist():
        by_party.setdefault(row["party_id"], []).append(row)
    for rows in by_party.values():
        assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
        assert len(rows) <= RULES.candidates_kept
        assert len({row["personal_id"] for row in rows}) == len(rows)


def test_the_person_named_in_a_verdict_is_its_first_candidate(whole):
    first = {row["party_id"]: row for row in whole.candidates.to_pylist() if row["rank"] == 1}
    named = [row for row in whole.verdicts.to_pylist() if row["personal_id"] is not None]
    for row in named:
        if not VERDICTS[row["verdict"]].plain:
            assert first[row["party_id"]]["personal_id"] == row["personal_id"]
            assert first[row["party_id"]]["score"] == row["score"]


def test_no_plain_verdict_has_candidates(whole):
    plain = {row["party_id"] for row in whole.verdicts.to_pylist() if VERDICTS[row["verdict"]].plain}
    assert plain
    assert not plain & set(whole.candidates["party_id"].to_pylist())


def test_a_refused_person_is_never_named_nor_shown_again(whole, parties, persons):
    refused = [
        (row["party_id"], row["personal_id"]) for row in whole.verdicts.to_pylist() if row["personal_id"]
    ]
    again = match(
        parties_table(parties),
        population_table(persons),
        refusals=refusals_table(refused),
        rules=RULES,
        model=MODEL,
    )
    for table in (again.verdicts, again.candidates):
        pairs = zip(table["party_id"].to_pylist(), table["personal_id"].to_pylist(), strict=True)
        assert not set(refused) & set(pairs)
    assert Counter(again.verdicts["verdict"].to_pylist())["verified"] == 0


def test_nobody_to_match_and_nobody_to_match_with_is_no_error(parties, persons):
    assert (
        match(parties_table([]), population_table(persons), rules=RULES, model=MODEL).verdicts.num_rows == 0
    )
    alone = match(parties_table(parties), population_table([]), rules=RULES, model=MODEL).verdicts
    assert set(alone["verdict"].to_pylist()) == {"no_candidate", "organisation"}
