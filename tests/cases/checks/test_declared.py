"""The table of rules itself: every rule is whole, and its numbers are data with a first day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.checks.rule import CASE, Rule, Threshold
from cases.checks.rules import BY_CODE, RULES, fingerprint
from cases.desk.check_sentences import check_words
from cases.models import CheckRule
from cases.models.kinds import CheckedKind, DiscrepancyKind

DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))


def rule(*thresholds, **columns):
    return Rule(
        **{
            "code": "use_life_passed",
            "register": "vehicle",
            "severity": CASE,
            "priority": 3,
            "text": "",
            "law": "",
            "valid_from": date(2010, 1, 1),
            "condition": "true",
            "seen": {},
        }
        | columns,
        thresholds=thresholds,
    )


def test_every_kind_has_its_rule_and_those_that_open_cases_are_kinds_of_discrepancy():
    assert set(BY_CODE) == set(CheckedKind.values)
    assert {one.code for one in RULES if one.opens_case} == set(BY_CODE) & set(DiscrepancyKind.values)


@pytest.mark.parametrize("code", list(BY_CODE))
def test_a_rule_says_what_it_is_by_which_law_and_what_is_wrong(code):
    one = BY_CODE[code]
    assert str(one.text)
    assert str(one.law)
    assert one.seen
    assert check_words(code, {})[0]
    assert str(CheckRule(code=code)) != code


def test_the_numbers_of_the_law_stand_in_the_table_and_not_in_the_conditions():
    names = {name for one in RULES for name in (threshold.name for threshold in one.thresholds)}
    assert {"goods_years", "passenger_years", "owner_age", "mass_holder"} <= names
    for one in RULES:
        for number in ("25", "20", "15"):
            assert f" {number} " not in one.condition.replace("{12}", "")


def test_two_rules_that_share_a_number_by_name_share_its_value():
    values = {}
    for one in RULES:
        for threshold in one.thresholds:
            key = (one.register, threshold.name, threshold.valid_from)
            assert values.setdefault(key, threshold.value) == threshold.value


@given(first=DAYS, later=DAYS, day=DAYS)
def test_a_number_holds_from_its_day_until_the_next_of_its_name(first, later, day):
    early, late = sorted((first, later))
    one = rule(Threshold("years", 25, early, ""), Threshold("years", 30, late, ""))
    expected = None if day < early else 30 if day >= late else 25
    held = one.thresholds_on(day).get("years")
    assert (held.value if held else None) == expected
    assert one.params(day).get("years") == expected


@given(day=DAYS)
def test_a_rule_holds_within_its_time_and_with_all_its_numbers(day):
    start, end = date(2015, 1, 1), date(2030, 1, 1)
    one = rule(Threshold("years", 25, date(2020, 1, 1), ""), valid_from=start, valid_to=end)
    assert one.in_force(day) == (date(2020, 1, 1) <= day <= end)


@given(day=DAYS)
def test_the_fingerprint_changes_with_the_year_alone_while_no_law_does(day):
    next_day = day + timedelta(1)
    starts = {one.valid_from for one in RULES} | {t.valid_from for one in RULES for t in one.thresholds}
    changes = day.year != next_day.year or next_day in starts
    assert (fingerprint(day) != fingerprint(next_day)) == changes
