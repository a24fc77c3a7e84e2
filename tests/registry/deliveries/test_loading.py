"""Cells reach staging as the file has them, whatever they contain."""

import pytest
from django.db import connection

from registry.deliveries.csvfile import Row
from registry.deliveries.kinds import kind_of
from registry.deliveries.loading import copy_rows
from registry.deliveries.staging import Staging
from registry.deliveries.tables import Reading

pytestmark = pytest.mark.django_db
_STAGING = Staging(delivery_id=987_654)
_PLACES = {"personal_id": 0, "full_name": 1, "address": 2}


def _reading(places: dict[str, int], unknown: dict[str, int]) -> Reading:
    return Reading("csv", "utf-8", 1.0, ",", places, unknown, (), (), len(places) + len(unknown))


def _staged(reading: Reading, *rows: Row) -> list[tuple[object, ...]]:
    _STAGING.create_cells(kind_of("persons"))
    assert copy_rows(_STAGING.cells, reading, rows) == len(rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_no, personal_id, full_name, address, fault, unknown::text"
            f" FROM {_STAGING.cells} ORDER BY row_no"
        )
        return list(cursor.fetchall())


@pytest.mark.parametrize("strange", ["\\N", "\\.", "a\tb", "a\nb", "a\r\nb", "C:\\names", 'a "b", c', "\\t"])
def test_a_cell_that_means_something_to_copy_arrives_as_it_is(strange: str) -> None:
    assert _staged(_reading(_PLACES, {}), Row(7, ["1", strange, "x"])) == [(7, "1", strange, "x", None, None)]


def test_empty_cells_are_absent() -> None:
    assert _staged(_reading(_PLACES, {}), Row(2, ["1", "", ""])) == [(2, "1", None, None, None, None)]


def test_unknown_columns_are_kept_with_their_backslashes() -> None:
    rows = _staged(_reading({"personal_id": 1}, {"Ghi chú": 0}), Row(3, ["a\\b\tc", "1"]))
    assert rows == [(3, "1", None, None, None, '{"Ghi chú": "a\\\\b\\tc"}')]


def test_a_row_that_cannot_be_read_keeps_its_text() -> None:
    rows = _staged(_reading(_PLACES, {}), Row(4, [], "!quote_unclosed", 'x,"y\\z\n'))
    assert rows == [(4, None, None, None, "!quote_unclosed", '{"": "x,\\"y\\\\z\\n"}')]
