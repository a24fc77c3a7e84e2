import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.identity.plates import LOCAL_CODES, compact_plate, understand_plate
from tests.registry.identity.strategies import noisy


@pytest.mark.parametrize(
    ("raw", "kind", "compact", "display"),
    [
        ("29A-123.45", "car", "29A12345", "29A-123.45"),
        ("29a 12345", "car", "29A12345", "29A-123.45"),
        ("29X-1234", "car", "29X1234", "29X-1234"),
        ("29-H1 123.45", "motorbike", "29H112345", "29-H1 123.45"),
        ("29H1–12345", "motorbike", "29H112345", "29-H1 123.45"),
        ("29F1-0123", "motorbike", "29F10123", "29-F1 0123"),
        ("29F-101.23", "car", "29F10123", "29F-101.23"),
        ("29-AA 123.45", "moped", "29AA12345", "29-AA 123.45"),
        ("29LD-012.34", "car", "29LD01234", "29LD-012.34"),
        ("29LD-012.34", "motorbike", "29LD01234", "29-LD 012.34"),
        ("29-MD1 013.53", "electric_motorbike", "29MĐ101353", "29-MĐ1 013.53"),
        ("29MĐ1-013.53", "electric_motorbike", "29MĐ101353", "29-MĐ1 013.53"),
        ("29RM-123.45", "trailer", "29RM12345", "29RM-123.45"),
        ("80-011-NG-01", "car", "80011NG01", "80-011-NG-01"),
        ("2OA-123.45", "car", "20A12345", "20A-123.45"),
        ("29A-1B3.45", "car", "29A18345", "29A-183.45"),
        ("29812345", "car", "29B12345", "29B-123.45"),
    ],
)
def test_a_plate_is_understood_by_the_kind_of_its_vehicle(raw, kind, compact, display):
    plate = understand_plate(raw, kind, "white")
    assert (plate.compact, plate.display, plate.problem) == (compact, display, None)


@pytest.mark.parametrize(
    ("raw", "given_colour", "colour"),
    [
        ("29A12345T", "", "white"),
        ("29A12345V", "white", "yellow"),
        ("29A12345X", None, "blue"),
        ("29A12345V", "blue", "blue"),
    ],
)
def test_the_colour_suffix_of_toll_systems_is_read(raw, given_colour, colour):
    plate = understand_plate(raw, "car", given_colour)
    assert (plate.compact, plate.colour) == ("29A12345", colour)


@pytest.mark.parametrize(
    ("raw", "kind", "problem"),
    [
        ("13A-123.45", "car", "unknown_local_code"),
        ("29-AA 123.45", "car", "impossible_for_kind"),
        ("29F1-0123", "car", "impossible_for_kind"),
        ("29A-123.45", "motorbike", "impossible_for_kind"),
        ("29R-123.45", "motorbike", "impossible_for_kind"),
        ("không biển", "car", "not_a_plate"),
        ("", "car", "not_a_plate"),
    ],
)
def test_a_problem_of_a_plate_is_named_softly(raw, kind, problem):
    assert understand_plate(raw, kind, "white").problem == problem


def test_the_codes_of_the_city_are_known():
    assert [code for code, place in LOCAL_CODES.items() if place == "Hà Nội"] == [
        "29",
        "30",
        "31",
        "32",
        "33",
        "40",
    ]


@given(noisy)
def test_compacting_twice_changes_nothing_more(raw):
    assert compact_plate(compact_plate(raw)) == compact_plate(raw)


@given(noisy, st.sampled_from(["car", "motorbike", "electric_motorbike", "trailer", "other"]))
def test_understanding_its_own_display_gives_the_same_plate(raw, kind):
    once = understand_plate(raw, kind, "white")
    again = understand_plate(once.display, kind, once.colour)
    assert (again.compact, again.problem) == (once.compact, once.problem)
