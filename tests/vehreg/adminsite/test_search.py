import pytest

from registry.identity.text import fold
from registry.models import Owner
from tests import factories
from vehreg.adminsite import search
from vehreg.adminsite.search import NameField, SearchField, TooShort, by_key, key_of_name, masked_term

NAME = NameField("name", "name_key", fold)


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


def names_found(text: str, *, few: bool = False) -> set[str]:
    rows = NAME.find(Owner.objects.all(), text, few=few)
    assert rows is not None
    return set(rows.values_list("name", flat=True))


def test_a_name_of_two_letters_is_too_short() -> None:
    with pytest.raises(TooShort):
        key_of_name("An", fold)


@pytest.mark.django_db
@pytest.mark.parametrize("few", [False, True])
def test_a_name_is_found_whatever_its_marks_and_wherever_it_stands(few: bool) -> None:
    for name in ("Trần Văn Hùng", "Hùng Thị Lan", "Lê Minh Anh"):
        factories.owner(name=name)
    assert names_found("HUNG", few=few) == {"Trần Văn Hùng", "Hùng Thị Lan"}


@pytest.mark.django_db
def test_of_a_common_name_those_are_listed_who_bear_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "FIRST_OF_A_NAME", 2)
    for name in ("Nguyễn Thị Hoàng", "Nguyễn Thị Hoa", "Nguyễn Thị Hoà"):
        factories.owner(name=name)
    assert names_found("nguyen thi hoa") == {"Nguyễn Thị Hoa", "Nguyễn Thị Hoà"}


@pytest.mark.django_db
def test_of_a_rare_name_those_are_listed_too_who_are_called_alike() -> None:
    for name in ("Nguyễn Thị Hoàng", "Nguyễn Thị Hoa", "Lê Văn Bình"):
        factories.owner(name=name)
    assert names_found("nguyen thi hoa") == {"Nguyễn Thị Hoàng", "Nguyễn Thị Hoa"}


@pytest.mark.django_db
def test_a_name_nobody_bears_finds_nobody() -> None:
    factories.owner(name="Lê Văn Bình")
    assert names_found("xyzzy qqq") == set()


def test_text_that_has_not_the_shape_is_left_to_the_next_field() -> None:
    field = SearchField("plate", by_key("plate_key", lambda text: ""))
    assert field.condition("Hùng") is None
