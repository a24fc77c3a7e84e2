import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.identity.numbers import (
    IdNumber,
    Structure,
    diff_digits,
    guessed_digits,
    id_key,
    mask,
    number_distance,
    number_level,
    structure,
    tax_code_valid,
    understand_id,
)


@pytest.mark.parametrize(
    ("raw", "digits", "kind", "repairs"),
    [
        ("001091002217", "001091002217", "personal", ()),
        ("001 091.002-217", "001091002217", "personal", ("separators",)),
        ("1091002217", "001091002217", "personal", ("lost_zeros",)),
        ("36091002217", "036091002217", "personal", ("lost_zeros",)),
        ("012345678", "012345678", "former", ()),
        ("12345678", "012345678", "former", ("lost_zeros",)),
        ("O01O91002217", "001091002217", "personal", ("letters",)),
        ("00l09l00Z217", "", "other", ()),
        ("0010910022I7", "001091002217", "personal", ("letters",)),
        ("O12345678", "012345678", "former", ("letters",)),
        ("1091002217.0", "001091002217", "personal", ("decimal_tail", "lost_zeros")),
        ("CCCD: 001091002217", "001091002217", "personal", ("separators", "label")),
        ("1.23457E+11", "", "other", ("digits_lost",)),
        ("1,09E11", "", "other", ("digits_lost",)),
        ("B1234567", "", "other", ()),
        ("B12345678", "", "other", ()),
        ("0101234567", "0101234567", "other", ()),
        ("00109100221", "00109100221", "other", ()),
        ("", "", "none", ()),
        ("  - ", "", "none", ("separators",)),
    ],
)
def test_a_number_is_understood(raw, digits, kind, repairs):
    understood = understand_id(raw)
    assert (understood.digits, understood.kind) == (digits, kind)
    assert kind == "none" or understood == IdNumber(digits, kind, repairs)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("001091002217", "001091002217", "same"),
        ("001091002217", "001091002271", "swap"),
        ("001091002217", "001091002218", "one_digit"),
        ("001091002217", "001091002228", "two_digits"),
        ("001091002217", "101091002210", "two_digits"),
        ("001091002217", "001091002333", "different"),
        ("001091002217", "012345678", "different"),
    ],
)
def test_distance_of_two_numbers(one, other, distance):
    assert number_distance(one, other) == distance
    assert number_distance(other, one) == distance


def test_differing_digits_are_marked():
    assert diff_digits("001091002217", "001091002271") == [
        ("0010910022", "0010910022", True),
        ("17", "71", False),
    ]
    assert diff_digits("12345", "1345") == [("1", "1", True), ("2", "", False), ("345", "345", True)]


def test_the_twelve_digits_tell_province_sex_and_year():
    assert structure("001191002217") == Structure("001", "F", 1991)
    assert structure("036205002217") == Structure("036", "M", 2005)
    assert structure("012345678") is None


@pytest.mark.parametrize(
    ("code", "valid"), [("0100109106", True), ("0100109106-001", True), ("0100109105", False), ("x", False)]
)
def test_the_check_digit_of_a_tax_code(code, valid):
    assert tax_code_valid(code) is valid


def test_the_middle_of_a_number_is_hidden():
    assert mask("001091002217") == "001091•••217"
    assert mask("012345678") == "••••••678"
    assert mask("") == ""


@given(st.text(max_size=20))
def test_any_text_has_a_key_of_digits_that_is_stable(raw):
    key = id_key(raw)
    assert key == "" or (key.isascii() and key.isdigit())
    assert id_key(key) == key


@given(st.from_regex(r"0(01|36|79)[0-3][0-9]{8}", fullmatch=True))
def test_a_spreadsheet_that_eats_zeros_does_no_harm(number):
    assert id_key(str(int(number))) == number


@pytest.mark.parametrize(
    ("digits", "formers", "level"),
    [
        ("001091002217", [], "same"),
        ("001091002271", [], "swap"),
        ("001091002218", [], "one_digit"),
        ("001091002200", [], "two_digits"),
        ("001091999999", [], "different"),
        ("012345678", ["987654321", "012345678"], "former"),
        ("012345678", ["012345687"], "swap"),
        ("012345678", [], "missing"),
        ("0101234567", ["012345678"], "missing"),
        ("", ["012345678"], "missing"),
    ],
)
def test_a_number_is_held_against_the_numbers_of_a_person(digits, formers, level):
    assert number_level(digits, "001091002217", formers) == level


@pytest.mark.parametrize(
    ("raw", "digits"),
    [
        ("00l09l00Z217", "001091002217"),
        ("001O9100Z2I7", "001091002217"),
        ("001G91002217", "001691002217"),
        ("001091002217", ""),
        ("B1234567", ""),
        ("ZZZZZ1002217", ""),
        ("999Z91002217", ""),
    ],
)
def test_a_number_is_guessed_only_where_none_is_understood(raw, digits):
    assert guessed_digits(raw) == digits


@given(st.text(alphabet="0123456789OIlSBZGT- ", max_size=14))
def test_a_guess_has_twelve_digits_or_there_is_none(raw):
    guess = guessed_digits(raw)
    assert guess == "" or (len(guess) == 12 and understand_id(guess).kind == "personal")
