from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.identity.dates import Birth, understand_birth, understand_date


@pytest.mark.parametrize(
    "written",
    [
        "1991-05-03",
        "03/05/1991",
        "03-05-1991",
        "3/5/1991",
        " 3.5.1991 ",
        "1991-05-03 00:00:00",
        "1991-05-03T00:00:00.000",
    ],
)
def test_a_date_is_read_in_every_form_of_the_formats(written):
    assert understand_date(written) == date(1991, 5, 3)


@pytest.mark.parametrize(
    "written",
    ["31/02/2020", "00/00/1960", "1960", "29/02/1900", "5/3/79", "2020-13-01", "x", "", "1991-05-03 10:30"],
)
def test_what_is_no_date_is_none(written):
    assert understand_date(written) is None


@pytest.mark.parametrize(
    ("written", "born", "precision"),
    [
        ("03/05/1960", date(1960, 5, 3), "day"),
        ("1960", date(1960, 1, 1), "year"),
        ("1960.0", date(1960, 1, 1), "year"),
        ("05/1960", date(1960, 5, 1), "month"),
        ("1960-05", date(1960, 5, 1), "month"),
        ("00/00/1960", date(1960, 1, 1), "year"),
        ("01/00/1960", date(1960, 1, 1), "year"),
        ("00/05/1960", date(1960, 5, 1), "month"),
        ("1960-00-00", date(1960, 1, 1), "year"),
    ],
)
def test_a_birth_date_keeps_how_much_of_it_is_known(written, born, precision):
    assert understand_birth(written) == Birth(born, precision)


@pytest.mark.parametrize("written", ["31/02/2020", "13/1960", "45/00/1960", "60", "0000", "không rõ"])
def test_an_impossible_birth_date_is_none(written):
    assert understand_birth(written) is None


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_back(day):
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"):
        assert understand_date(day.strftime(form)) == day
        assert understand_birth(day.strftime(form)) == Birth(day, "day")


@given(st.text(alphabet="0123456789/-.: T", max_size=20))
def test_no_text_raises(text):
    understand_date(text)
    understand_birth(text)
