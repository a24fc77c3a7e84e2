"""Splink 5 alone on the same parties and population, with its own comparisons, as off the shelf."""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb
import pyarrow as pa
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from tests.benchmarks.accuracy.city import City

LINKED_FROM, PROPOSED_FROM, SHOWN_FROM = 0.99, 0.5, 0.01

_COLUMNS = """name_key, nullif(strftime({born}, '%Y-%m-%d'), '') AS birth, {id12} AS id12, {id9s} AS id9s,
    ward_code AS ward"""

_PARTIES = f"""
CREATE TABLE party AS SELECT party_id AS unique_id,
{
    _COLUMNS.format(
        born="CASE WHEN birth_precision = 'day' THEN birth_date END",
        id12="CASE WHEN length(id_key) = 12 THEN id_key END",
        id9s="CASE WHEN length(id_key) = 9 THEN [id_key] END",
    )
} FROM parties WHERE kind = 'citizen'"""

_PERSONS = f"""
CREATE TABLE person AS SELECT personal_id AS unique_id,
{_COLUMNS.format(born="birth_date", id12="personal_id", id9s="former_ids")}
FROM read_parquet('{{persons}}')"""

_VERDICTS = """
SELECT register, party_id, CASE WHEN score >= $linked THEN 'verified' ELSE 'probable' END AS verdict,
       'splink' AS pass_name, score, CASE WHEN score >= $proposed THEN personal_id END AS personal_id
FROM parties LEFT JOIN (SELECT * FROM ranked WHERE rank = 1) AS best USING (party_id)
WHERE kind = 'citizen'"""

_RANKED = """
CREATE TEMP TABLE ranked AS
SELECT unique_id_l AS party_id, unique_id_r AS personal_id, match_probability AS score,
       row_number() OVER (PARTITION BY unique_id_l ORDER BY match_probability DESC, unique_id_r) AS rank
FROM {predicted}"""


def splink_alone(city: City, *, threads: int = 2, memory_limit_mb: int = 14_000) -> tuple[pa.Table, pa.Table]:
    """Verdicts and candidates in the form of `MatchResult`; `verified` stands for linked without a human."""
    with tempfile.TemporaryDirectory() as folder:
        config = {"threads": threads, "memory_limit": f"{memory_limit_mb}MB", "temp_directory": folder}
        with duckdb.connect(str(Path(folder) / "rival.duckdb"), config=config) as con:
            con.register("parties", city.parties)
            con.execute(_PARTIES)
            con.execute(_PERSONS.format(persons=city.persons))
            predicted = _predict(DuckDBAPI(connection=con))
            con.execute(_RANKED.format(predicted=predicted))
            verdicts = con.sql(
                _VERDICTS, params={"linked": LINKED_FROM, "proposed": PROPOSED_FROM}
            ).to_arrow_table()
            candidates = con.sql(
                """SELECT register, party_id, rank, personal_id, score
                FROM ranked JOIN parties USING (party_id)"""
            ).to_arrow_table()
            return verdicts, candidates


def _predict(api: DuckDBAPI) -> str:
    sides = [api.register("party", table_name="a_party"), api.register("person", table_name="b_person")]
    linker = Linker(sides, _settings(), log_level=None)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("id12")], recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=1e7, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("id12"))
    training.estimate_parameters_using_expectation_maximisation(block_on("name_key", "birth"))
    found = linker.inference.predict(threshold_match_probability=SHOWN_FROM)
    return str(found.physical_name)


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name_key", [0.95, 0.88]).configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("id12", [1, 2]),
            cl.ArrayIntersectAtSizes("id9s", [1]),
            cl.DateOfBirthComparison("birth", input_is_string=True),
            cl.ExactMatch("ward"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("id12"),
            block_on("id9s", arrays_to_explode=["id9s"]),
            block_on("name_key", "birth"),
            block_on("name_key", "ward"),
        ],
    )
