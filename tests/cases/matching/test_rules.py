"""Rulesets are data with a version, and a wrong one is refused before anything is matched with it."""

import json

import pytest

from cases.matching.rules import Ruleset, RulesetError
from cases.matching.rules.ruleset import FOLDER, newest_version
from cases.matching.verdicts import VERDICTS, codes


def raw():
    return json.loads((FOLDER / f"{newest_version()}.json").read_text("utf-8"))


def test_the_newest_ruleset_is_taken_when_none_is_named(tmp_path):
    for version in ("2026-11a", "2026-11b", "2025-12c"):
        (tmp_path / f"{version}.json").write_text(json.dumps(raw()), "utf-8")
    assert newest_version(tmp_path) == "2026-11b"
    assert Ruleset.load(folder=tmp_path).version == "2026-11b"
    assert Ruleset.load("2025-12c", folder=tmp_path).version == "2025-12c"


def test_a_version_that_does_not_exist_is_refused():
    with pytest.raises(RulesetError, match="no ruleset 1999-01a"):
        Ruleset.load("1999-01a")


@pytest.mark.parametrize(
    ("key", "value"), [("verdict", "surely"), ("when", {"name": ["alike"]}), ("if_held", "never")]
)
def test_what_the_engine_does_not_know_is_refused(key, value):
    broken = raw()
    broken["passes"][0]["outcomes"][0][key] = value
    with pytest.raises(RulesetError):
        Ruleset.from_json("broken", broken)


def test_a_missing_threshold_is_refused():
    broken = raw()
    del broken["lead_bits"]
    with pytest.raises(RulesetError, match="lead_bits"):
        Ruleset.from_json("broken", broken)


def test_a_pass_takes_its_blocks_from_one_source():
    broken = raw()
    broken["passes"][0]["blocks"] = ["number", "name_birth"]
    with pytest.raises(RulesetError, match="one source"):
        Ruleset.from_json("broken", broken)


def test_only_number_and_name_link_without_a_person_looking():
    assert codes("links_person") == ("verified", "verified_former_id", "name_variant")
    assert codes("bulk_approvable") == ("verified_former_id", "name_variant")


def test_the_conflict_of_a_number_is_worked_first():
    assert min(VERDICTS.values(), key=lambda verdict: verdict.priority).code == "id_conflict"
