"""Walking lists and notices: what stands on the paper, read back from the files."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.utils import translation
from openpyxl import load_workbook

from cases.outreach.notices import write_notices
from cases.outreach.paper import shortened, wrapped
from cases.outreach.people import Place, people_at, walk
from cases.outreach.walking_list import write_pdf, write_xlsx
from tests import factories
from tests.cases.outreach.rows import door_of, driver, householder, read, supervisor
from vehreg.accounts.models import Unit

pytestmark = pytest.mark.django_db
PHONE = "0912345678"


@pytest.fixture
def ward() -> Unit:
    return factories.unit(name="Phường Giảng Võ")


def pages_of(path: Path) -> list[str]:
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(path)]


def walking_list(ward: Unit, path: Path, write: Any = write_pdf, *, whole: bool = False) -> int:
    read(ward)
    people = walk(Place(ward.pk), supervisor(ward))
    return write(path, people, unit=ward, whole=whole, advance=lambda rows: None)


def notices(ward: Unit, path: Path, *entries: Any) -> list[str]:
    for register in ("owner", "licence"):
        read(ward, register)
    write_notices(path, people_at(door_of(entry) for entry in entries), advance=lambda rows: None)
    return pages_of(path)


def test_the_walking_list_tells_whom_to_visit(ward: Unit, tmp_path: Path) -> None:
    with translation.override("vi"):
        owner = householder(
            ward, "Số 5 phố Hoa Ban, Tổ 3, Phường Giảng Võ", name="Nguyễn Thị Thủy", phone=PHONE
        )
        assert walking_list(ward, tmp_path / "f.pdf") == 1
    (page,) = pages_of(tmp_path / "f.pdf")
    for said in (
        "Phường Giảng Võ",
        "Tổ dân phố 3 · Hoa Ban",
        "Nguyễn Thị Thủy",
        "1991",
        owner.vehicles.get().plate,
    ):
        assert said in page
    assert PHONE not in page
    assert "678" in page


def test_whole_telephone_numbers_stand_there_for_a_stated_purpose_only(ward: Unit, tmp_path: Path) -> None:
    householder(ward, phone=PHONE)
    walking_list(ward, tmp_path / "f.pdf", whole=True)
    assert PHONE in pages_of(tmp_path / "f.pdf")[0]


def test_a_long_list_has_its_heading_on_every_page(ward: Unit, tmp_path: Path) -> None:
    for number in range(60):
        householder(ward, f"Số {number} phố Hoa Ban, Tổ 3")
    walking_list(ward, tmp_path / "f.pdf")
    pages = pages_of(tmp_path / "f.pdf")
    assert len(pages) > 1
    assert all("Phường Giảng Võ" in page and "Tổ dân phố 3" in page for page in pages)


def test_an_empty_ward_gets_a_page_that_says_so(ward: Unit, tmp_path: Path) -> None:
    with translation.override("en"):
        assert walking_list(ward, tmp_path / "f.pdf") == 0
    assert "Everybody here has declared." in pages_of(tmp_path / "f.pdf")[0]


def test_in_excel_a_name_is_never_a_formula(ward: Unit, tmp_path: Path) -> None:
    householder(ward, '=HYPERLINK("x")', name="=1+1")
    walking_list(ward, tmp_path / "f.xlsx", write_xlsx)
    row = load_workbook(tmp_path / "f.xlsx").worksheets[0][2]
    assert [row[4].value, row[4].data_type] == ["=1+1", "s"]
    assert {cell.data_type for cell in row} <= {"s", "n"}


def test_a_notice_is_one_page_in_vietnamese_whoever_prints_it(
    ward: Unit, tmp_path: Path, settings: Any
) -> None:
    settings.CAMPAIGN_START, settings.CAMPAIGN_END = "2025-11-01", "2025-12-31"
    settings.DECLARATION_URL = "https://khaibao.example/"
    first = householder(
        ward, "Số 5 phố Hoa Ban", vehicles=2, name="Nguyễn Thị Thủy", id_number="001191084217"
    )
    second = householder(ward, name="Lê Văn Cường")
    with translation.override("en"):
        pages = notices(ward, tmp_path / "f.pdf", first, second)
    assert len(pages) == 2
    said = ["THÔNG BÁO", "PHƯỜNG GIẢNG VÕ", "Nguyễn Thị Thủy", "31/12/2025", "https://khaibao.example/"]
    for words in (*said, *first.vehicles.values_list("plate", flat=True)):
        assert words in pages[0]
    assert "001191084217" not in pages[0]
    assert "Lê Văn Cường" in pages[1]


def test_a_licence_holder_is_asked_about_the_licence(ward: Unit, tmp_path: Path) -> None:
    licence = driver(ward, number="010123456789")
    (page,) = notices(ward, tmp_path / "f.pdf", licence)
    assert "010123456789" in page
    assert "giấy phép lái xe" in page.lower()


def test_the_code_holds_the_address_and_nothing_of_the_person(
    ward: Unit, tmp_path: Path, settings: Any
) -> None:
    settings.DECLARATION_URL = "https://khaibao.example/x"
    one, other = householder(ward, name="A"), householder(ward, name="B")
    notices(ward, tmp_path / "f.pdf", one, other)
    drawn = [
        [item.get_bounds() for item in page.get_objects(max_depth=3) if item.type == 2]
        for page in pypdfium2.PdfDocument(tmp_path / "f.pdf")
    ]
    assert len(drawn[0]) > 100
    assert drawn[0] == drawn[1]


def test_the_longest_names_and_a_dealers_plates_stay_on_the_page(ward: Unit, tmp_path: Path) -> None:
    owner = householder(
        ward, "Số 1 " + "ngõ sâu " * 60, vehicles=9, name="Công Tằng Tôn Nữ Thị Quỳnh Hương " * 6
    )
    (page,) = notices(ward, tmp_path / "f.pdf", owner)
    assert "PHƯỜNG GIẢNG VÕ" in page


@pytest.mark.parametrize("text", ["", "a", "x" * 400, "Nguyễn " * 40, "   "])
def test_wrapped_text_never_leaves_its_width(text: str) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415

    lines = wrapped(text, 90, most=3)
    assert len(lines) <= 3
    assert all(stringWidth(line, "DejaVuSansCondensed", 9) <= 90 for line in lines)
    assert stringWidth(shortened(text, 40), "DejaVuSansCondensed", 9) <= 40
