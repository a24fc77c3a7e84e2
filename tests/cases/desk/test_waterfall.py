"""A candidate's chance, told field by field."""

from math import log2

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cases.desk.waterfall import waterfall

LEVELS = {"name": "marks", "number": "one_digit", "birth": "same", "ward": "different"}
FIELDS = st.fixed_dictionaries({field: st.floats(-30, 30) for field in LEVELS})


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def compared(bits, **more):
    parts = {field: {"level": LEVELS[field], "bits": value} for field, value in bits.items()}
    return parts | more


def chance(bits):
    return 2**bits / (1 + 2**bits)


def test_it_begins_with_anybody_and_ends_with_the_total_of_the_fields():
    bits = {"name": 11.0, "number": 9.0, "birth": 8.0}
    fall = waterfall(compared(bits, prior={"bits": -23.0}), chance(5.0), alone=True)
    assert [step.field for step in fall.steps] == ["prior", "name", "number", "birth"]
    assert [step.total for step in fall.steps] == [-23.0, -12.0, -3.0, 5.0]
    assert fall.steps[0].bits == -23.0


@given(bits=FIELDS, prior=st.floats(-25, 0))
def test_every_bar_lies_on_the_track_and_begins_where_the_last_one_ended(bits, prior):
    with translation.override("en"):
        fall = waterfall(compared(bits, prior={"bits": prior}), 0.5, alone=False)
    if fall is None:
        assert not any(bits.values())
        return
    assert all(0 <= step.left <= 100.001 and step.left + step.width <= 100.001 for step in fall.steps)
    assert 0 <= fall.zero <= 100
    end = fall.zero
    for step in fall.steps:
        began = step.left + step.width if step.against else step.left
        assert began == pytest.approx(end, abs=0.01)
        end = step.left if step.against else step.left + step.width


def test_others_who_fit_too_stand_in_the_waterfall():
    fall = waterfall(compared({"name": 12.0, "birth": 14.0}, prior={"bits": -23.0}), 0.5, alone=False)
    assert fall.steps[-1].field == "rest"
    assert fall.steps[-1].bits == pytest.approx(-3.0)
    assert "Others" in fall.steps[-1].label
    assert fall.steps[-1].total == pytest.approx(log2(0.5 / 0.5))


def test_a_rounded_score_says_nothing_of_others():
    fall = waterfall(compared({"name": 20.0, "birth": 23.0}, prior={"bits": -23.0}), 1.0, alone=False)
    assert [step.field for step in fall.steps] == ["prior", "name", "birth"]


def test_a_row_of_before_has_no_beginning_and_no_totals():
    fall = waterfall(compared({"name": 14.0, "number": -2.0}), 0.98, alone=True)
    assert [(step.field, step.against) for step in fall.steps] == [("name", False), ("number", True)]
    assert (fall.whole, fall.how_common, fall.zero) == (False, "", 0.0)


def test_a_field_that_says_nothing_is_left_out():
    parts = compared({"name": 14.0, "birth": 0.0}, ward=None, number={"level": "missing", "bits": 0.0})
    assert [step.field for step in waterfall(parts, 0.9, alone=True).steps] == ["name"]
    assert waterfall({"prior": {"bits": -23.0}}, 0.1, alone=True) is None
    assert waterfall({}, 0.1, alone=True) is None


def test_how_common_the_name_is_is_told():
    parts = {"name": {"level": "same", "bits": 8.0, "shared_by": 1024}}
    assert "1,024" in waterfall(parts, 0.9, alone=True).how_common


def test_a_level_not_told_yet_shows_its_name_with_the_field():
    parts = {"number": {"level": "lost_zero", "bits": 5.0}}
    assert waterfall(parts, 0.9, alone=True).steps[0].label == "Number: lost zero"
