from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.identity.dates import Birth, compare_births, understand_birth, understand_date


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


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("03/05/1960", "1960-05-03", "same"),
        ("03/05/1960", "05/03/1960", "swapped"),
        ("03/05/1960", "03/06/1960", "one_part"),
        ("03/05/1960", "03/05/1906", "one_part"),
        ("03/05/1960", "04/06/1960", "different"),
        ("05/1960", "03/05/1960", "month"),
        ("05/1960", "03/06/1960", "different"),
        ("1960", "03/05/1960", "year"),
        ("01/01/1960", "03/05/1960", "year"),
        ("01/01/1960", "01/01/1960", "year"),
        ("01/01/1960", "1960", "year"),
        ("1960", "1961", "different"),
        ("1960", "không rõ", "missing"),
    ],
)
def test_two_birth_dates_agree_as_far_as_both_are_known(one, other, level):
    first, second = understand_birth(one), understand_birth(other)
    assert compare_births(first, second) == level
    assert compare_births(second, first) == level


_days = st.dates(date(1985, 1, 1), date(1986, 12, 31))
_births = st.none() | st.builds(Birth, _days, st.sampled_from(["day", "month", "year"]))


@given(_births, _births)
def test_comparing_birth_dates_does_not_depend_on_their_order(first, second):
    assert compare_births(first, second) == compare_births(second, first)


@given(_days)
def test_the_first_of_january_is_never_an_exact_date(day):
    level = compare_births(Birth(day, "day"), Birth(day, "day"))
    assert level == ("year" if (day.day, day.month) == (1, 1) else "same")
