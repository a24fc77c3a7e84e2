import pytest
from hypothesis import given

from registry.identity.keyboard import typed_text
from tests.registry.identity.strategies import good_names


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nguyeenx Vawn Hungf", "Nguyễn Văn Hùng"),
        ("NGUYEENX VAWN HUNGF", "NGUYỄN VĂN HÙNG"),
        ("Nguyeexn Vawn Hufng", "Nguyễn Văn Hùng"),
        ("Nguye6n4 Va8n Hu2ng", "Nguyễn Văn Hùng"),
        ("D9o64 Thi5 Tuye61t", "Đỗ Thị Tuyết"),
        ("DDoox Thij Tuyeets", "Đỗ Thị Tuyết"),
        ("Traafn Ddinhf Quys", "Trần Đình Quý"),
        ("Phuwowng", "Phương"),
        ("Trần Thij Hoaf", "Trần Thị Hòa"),
        ("Nguyễnx Hoàngf", "Nguyễn Hoàng"),
        ("Nguyênx Vănn", "Nguyễn Vănn"),
    ],
)
def test_residues_of_a_keyboard_are_read(typed, meant):
    assert typed_text(typed) == meant


@pytest.mark.parametrize(
    "name",
    [
        "Boas Kimani", "Lee Min Ho", "Hoor Khan", "Cass Moos", "Jose Rees", "Loos Haas", "Moon Jae-in",
        "Mary O'Brien", "Max Planck", "ĐinhSơn", "Ksor H'Nhi", "Siu Black", "Le Vans",
    ],
)  # fmt: skip
def test_a_foreign_name_is_not_read_as_typing(name):
    assert typed_text(name) == name


@given(good_names)
def test_good_names_are_not_typing(name):
    assert typed_text(name) == name
