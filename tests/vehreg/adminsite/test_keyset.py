"""Every page turned once, forwards and backwards, whatever the order."""

from datetime import date
from typing import Any

import pytest

from registry.models import Owner, Vehicle
from tests import factories
from vehreg.adminsite.keyset import LAST, keyset_page

pytestmark = pytest.mark.django_db
SIZE = 4
ORDERS = [
    ("-id",),
    ("id",),
    ("name_sort", "id"),
    ("-name_sort", "-id"),
    ("name_sort", "-id"),
    ("birth_date", "id"),
    ("-birth_date", "id"),
    ("-birth_date", "name_sort"),
]


@pytest.fixture
def owners() -> None:
    names = ["Lê Đức Ân", "Trần Thị Ánh", "Vũ Văn An", "Đỗ Văn Hùng", "Phạm Thị Bích"]
    births = [None, date(1980, 1, 1), date(1990, 5, 5), None]
    for at in range(15):
        factories.owner(name=names[at % 5], birth_date=births[at % 4])


def page(ordering: tuple[str, ...], **place: Any) -> Any:
    rows = Owner.objects.all()
    return keyset_page(rows, anchors=rows, ordering=ordering, size=SIZE, **place)


@pytest.mark.parametrize("ordering", ORDERS)
@pytest.mark.usefixtures("owners")
def test_turning_forwards_meets_each_row_once_in_order(ordering: tuple[str, ...]) -> None:
    seen, place = [], {}
    while True:
        found = page(ordering, **place)
        seen += found.rows
        if not found.has_next:
            break
        place = {"after": str(found.rows[-1].pk)}
    tie = () if "id" in ordering or "-id" in ordering else ("id",)
    assert seen == list(Owner.objects.order_by(*ordering, *tie))


@pytest.mark.parametrize("ordering", ORDERS)
@pytest.mark.usefixtures("owners")
def test_turning_backwards_from_the_end_meets_the_same_rows(ordering: tuple[str, ...]) -> None:
    seen: list[Owner] = []
    place = {"before": LAST}
    while True:
        found = page(ordering, **place)
        seen = found.rows + seen
        if not found.has_previous:
            break
        place = {"before": str(found.rows[0].pk)}
    forwards = keyset_page(Owner.objects.all(), anchors=Owner.objects.all(), ordering=ordering, size=99).rows
    assert seen == forwards


@pytest.mark.parametrize(
    "place", [{"after": "999999999"}, {"after": "x"}, {"after": "9" * 30}, {"before": "-1"}]
)
@pytest.mark.usefixtures("owners")
def test_a_row_that_is_gone_gives_the_first_page(place: dict[str, str]) -> None:
    assert page(("-id",), **place).rows == page(("-id",)).rows


@pytest.mark.usefixtures("owners")
def test_somebody_elses_row_tells_nothing_of_where_it_stands() -> None:
    ward = factories.unit()
    mine = [factories.owner(unit=ward, name=name) for name in ("An", "Bình", "Cường")]
    theirs = factories.owner(name="Bảo")
    rows = Owner.objects.filter(unit=ward)
    found = keyset_page(rows, anchors=rows, ordering=("name_sort",), size=9, after=str(theirs.pk))
    assert found.rows == mine


def test_a_row_that_left_the_filter_still_marks_the_place() -> None:
    first, second, third = (factories.vehicle() for _at in range(3))
    Vehicle.objects.filter(pk=second.pk).update(status="stolen")
    rows = Vehicle.objects.filter(status="active")
    found = keyset_page(rows, anchors=Vehicle.objects.all(), ordering=("id",), size=9, after=str(second.pk))
    assert found.rows == [third]
    assert found.has_previous
    assert first not in found.rows
