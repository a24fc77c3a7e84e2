from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.identity.number_structure import Consistency, check_consistency
from registry.identity.numbers import PROVINCES

BORN = date(1991, 5, 3)
TODAY = date(2026, 11, 21)


def parts(digits, **known):
    found = check_consistency(digits, **known)
    return found and (found.province, found.sex, found.century, found.birth_year)


@pytest.mark.parametrize(
    ("digits", "known", "expected"),
    [
        ("001091002217", {}, ("known", "unknown", "unknown", "unknown")),
        ("001091002217", {"sex": "M", "born": BORN}, ("known", "agrees", "agrees", "agrees")),
        ("001091002217", {"sex": "F", "born": BORN}, ("known", "disagrees", "agrees", "agrees")),
        ("001291002217", {"sex": "M", "born": BORN}, ("known", "agrees", "disagrees", "agrees")),
        ("001019002217", {"sex": "M", "birth_year": 1991}, ("known", "agrees", "agrees", "disagrees")),
        ("003191002217", {"sex": "F", "birth_year": 1991}, ("unknown", "agrees", "agrees", "agrees")),
        ("201191002217", {"sex": "?"}, ("abroad", "unknown", "unknown", "unknown")),
    ],
)
def test_each_part_of_a_number_is_held_against_what_is_known(digits, known, expected):
    assert parts(digits, **known) == expected


@pytest.mark.parametrize("other", ["", "012345678", "00109100221", "00109100221x", "٠٠١٠٩١٠٠٢٢١٧"])
def test_a_number_without_the_structure_says_nothing(other):
    assert check_consistency(other, sex="M", born=BORN) is None


def test_an_unknown_province_only_warns():
    found = check_consistency("003091002217", sex="M", born=BORN, today=TODAY)
    assert (found.disagreements, found.warnings) == ((), ("province",))


def test_one_wrong_fourth_digit_is_told_from_another_person():
    assert check_consistency("001391002217", sex="M", born=BORN).only_sex_digit_differs
    assert not check_consistency("001392002217", sex="M", born=BORN).only_sex_digit_differs
    assert not check_consistency("001091002217", sex="M", born=BORN).only_sex_digit_differs


def test_nobody_is_born_in_the_next_century_or_before_the_last():
    assert check_consistency("001491002217", today=TODAY).disagreements == ("lifetime",)
    assert check_consistency("001001002217", today=TODAY).disagreements == ("lifetime",)
    assert check_consistency("001226002217", today=TODAY).lifetime == "agrees"


@given(
    st.sampled_from(sorted(PROVINCES)),
    st.sampled_from("MF"),
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    st.integers(0, 999_999),
)
def test_a_number_made_by_the_rule_agrees_with_its_owner(province, sex, born, tail):
    digits = f"{province}{2 * (born.year // 100 - 19) + (sex == 'F')}{born.year % 100:02}{tail:06}"
    found = check_consistency(digits, sex=sex, born=born)
    assert found == Consistency("known", "agrees", "agrees", "agrees", "unknown")
    assert found == check_consistency(digits, sex=sex, birth_year=born.year)
