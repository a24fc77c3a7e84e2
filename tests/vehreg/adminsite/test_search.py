import pytest
from django.db.models import Q

from vehreg.adminsite.search import SearchField, TooShort, by_key, by_name, masked_term


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("001091084217", "001091••••••"),
        ("0010 9108 4217", "0010 91•• ••••"),
        ("29-H1 123.45", "29-H1 123.45"),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Hùng"),
        ("số 012345678 cũ", "số 012345••• cũ"),
        ("a\x00b", "ab"),
    ],
)
def test_the_trail_keeps_six_digits_of_a_number_and_no_more(typed: str, kept: str) -> None:
    assert masked_term(typed) == kept


def test_a_name_of_two_letters_is_too_short() -> None:
    with pytest.raises(TooShort):
        by_name("name_key", str.lower)("An")


def test_a_name_is_folded_to_what_the_index_holds() -> None:
    assert by_name("name_key", str.lower)("HUNG") == Q(name_key__contains="hung")


def test_text_that_has_not_the_shape_is_left_to_the_next_field() -> None:
    field = SearchField("plate", by_key("plate_key", lambda text: ""))
    assert field.condition("Hùng") is None
