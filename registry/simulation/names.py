"""Names of persons by published frequency, as expressions over a person's number.

Surnames: Lê Trung Hoa (2005) with weights estimated for Hà Nội; middle words and given names: sample of
8,753 students (vietnamese-namedb, MIT). No statistics of given names exist for the country: their order
is known, their weights fall with rank. All of it is synthetic; nobody real is described.
"""

from .sql import Columns, Dice, case, spread, table

SURNAMES = {
    "Nguyễn": 36, "Trần": 9.5, "Lê": 8.5, "Phạm": 7, "Vũ": 5, "Hoàng": 4.5, "Đỗ": 4, "Bùi": 3, "Đặng": 2.5,
    "Phan": 1.8, "Ngô": 1.8, "Dương": 1.5, "Đinh": 1.3, "Đào": 1.2, "Trịnh": 1.2, "Lương": 0.9, "Cao": 0.9,
    "Hà": 0.8, "Phùng": 0.8, "Trương": 0.8, "Hồ": 0.7, "Tạ": 0.7, "Đoàn": 0.7, "Lưu": 0.6, "Mai": 0.6,
    "Chu": 0.6, "Kiều": 0.5, "Lý": 0.4, "Lâm": 0.3, "Khuất": 0.3, "Nghiêm": 0.3, "Tô": 0.3, "Quách": 0.2,
    "Tống": 0.2, "Thái": 0.2, "Vương": 0.2, "Đàm": 0.2, "Lại": 0.2, "Doãn": 0.2, "Đồng": 0.15,
    "Triệu": 0.15, "La": 0.1, "Bạch": 0.1, "Cấn": 0.1, "Vi": 0.1, "Giáp": 0.1, "Hứa": 0.1, "Ninh": 0.1,
    "Thạch": 0.1, "Văn": 0.1,
}  # fmt: skip

_COMMON_MIDDLES = {
    "Minh": 6.5, "Thanh": 5, "Hoàng": 5, "Ngọc": 4.9, "Xuân": 2.3, "Hồng": 1.5, "Kim": 1.1, "Nhật": 1,
}  # fmt: skip
_MALE_MIDDLES = _COMMON_MIDDLES | {
    "Quốc": 3.2, "Đức": 3, "Quang": 2.8, "Anh": 2.5, "Hữu": 2.3, "Thành": 2.3, "Duy": 2.2, "Đình": 2.2,
    "Trung": 2.1, "Tuấn": 1.8, "Tấn": 1.6, "Công": 1.5, "Trọng": 1.4, "Thế": 1.4, "Tiến": 1.2, "Mạnh": 0.9,
    "Việt": 0.9, "Bá": 0.6, "Viết": 0.5, "Khắc": 0.5, "Sỹ": 0.4, "Phúc": 0.4, "Gia": 0.4, "Huy": 0.4,
    "Danh": 0.3,
}  # fmt: skip
_FEMALE_MIDDLES = _COMMON_MIDDLES | {
    "Thu": 4, "Phương": 4, "Bích": 2, "Mai": 2, "Thùy": 2, "Diệu": 1.4, "Quỳnh": 1.6, "Hải": 1.2, "Lan": 1,
    "Khánh": 1.2, "Tuyết": 0.9, "Mỹ": 0.8, "Cẩm": 0.5, "Bảo": 0.8, "Vân": 0.7, "Như": 0.6, "Hà": 0.9,
    "Thúy": 0.9,
}  # fmt: skip


def _with(word: str, percent: float, others: dict[str, float]) -> dict[str, float]:
    """The other middles, and one word that this share of people carries."""
    total = sum(others.values())
    return {word: percent} | {other: (100 - percent) * weight / total for other, weight in others.items()}


def _ranked(words: str) -> dict[str, float]:
    """Weights that fall with the rank in the list, slowly."""
    return {word: 1 / (rank + 25) for rank, word in enumerate(words.split())}


_MALE = _ranked(
    "Tuấn Hùng Dũng Anh Minh Nam Cường Thắng Đức Sơn Hải Long Thành Trung Tùng Hiếu Tiến Quang Hưng"
    " Mạnh Huy Hoàng Duy Bình Kiên Quân Phúc Tài Lâm Toàn Đạt Hiệp Hậu Việt Khánh An Phong Linh Thịnh Tú"
    " Dương Vinh Hòa Tâm Khoa Giang Thái Chiến Thanh Hà Đông Trường Công Lộc Nghĩa Phương Quý Khang Bảo"
    " Hào Luân Ngọc Quyết Quyền Thông Trọng Định Chung Chính Sáng Tân Văn Vũ Đoàn Ninh Bách Khải Nhân"
    " Nguyên Phú Phước Thiện Thọ Thuận Tín Triều Ước Xuân Cảnh Cần Doanh Đại Đăng Điệp Hạnh Hân Hợp Huân"
    " Khôi Kỳ Lực Lương Nhật Oai Sinh Sỹ Tịnh Tuyên Tường Viên Vượng"
)
_FEMALE_OLD = _ranked(
    "Hương Hoa Lan Hồng Hà Thủy Nga Hằng Huệ Liên Loan Mai Thanh Hạnh Dung Oanh Phương Tuyết Nguyệt Thu"
    " Vân Hường Hiền Bình Minh Tâm Yến Hải Nhung Ngọc Lý Thúy Huyền Thơm Sen Cúc Đào Bích Ánh Xuân Thắm"
    " Quý Chiến Thoa Tươi Dậu Tỵ Mùi Chín Năm Bảy Nụ Hợi Là Lành Luyến Mơ Mận Na Ngà Nhàn Nhâm Ninh Phúc"
    " Quyên Quế Sáu Sửu Tám Thái Thành Thịnh Thuận Tính Tình Toan Tý Út Vinh Vui Xuyến Yên Chung Chuyên"
    " Duyên Điệp Gấm Hòa Hợp Khánh Khuyên Kim Lệ Lương Miền"
)
_FEMALE_NEW = _ranked(
    "Linh Trang Anh Hương Phương Thảo Huyền Hà Ngọc Mai Hằng Thu Lan Hiền Nhung Quỳnh Nga Ngân Yến Vân"
    " My Ly Chi Dung Thủy Thúy Loan Giang Duyên Hường Thanh Hạnh Hoa Trinh Tâm Oanh Hồng Huệ Tuyết"
    " Nguyệt Thư Thương Uyên Vy Nhi Châu Diệp Hân Khánh Minh Như Trâm Tú Ánh Bích Bình Chinh Dương Đào"
    " Diệu Hậu Hòa Hoài Hợp Khuê Lâm Liên Lệ Lương Mến Ngà Nguyên Nhàn Phượng Quyên Quế Sen Sương Thơ"
    " Thơm Thùy Thúy Tình Trà Tươi Tuyền Vui Xuân Xuyến Ý Yên An Bảo Cúc"
)

TABLES = {
    "surnames": spread(SURNAMES, 2000),
    "middles_M_old": spread(_with("Văn", 36, _MALE_MIDDLES)),
    "middles_M_new": spread(_with("Văn", 10, _MALE_MIDDLES)),
    "middles_F_old": spread(_with("Thị", 60, _FEMALE_MIDDLES)),
    "middles_F_new": spread(_with("Thị", 20, _FEMALE_MIDDLES)),
    "given_M_old": spread(_MALE),
    "given_M_new": spread(_MALE),
    "given_F_old": spread(_FEMALE_OLD),
    "given_F_new": spread(_FEMALE_NEW),
    "seconds_M": spread(_MALE_MIDDLES, 200),
    "seconds_F": spread(_FEMALE_MIDDLES, 200),
}

MODERN_SINCE = "DATE '1985-01-01'"


def _of_group(dice: Dice, what: str, key: str) -> str:
    """A word from the table of the person's sex and generation."""
    groups = [(sex, era) for sex in "MF" for era in ("old", "new")]
    return case(
        (
            f"gender = '{sex}' AND {'' if era == 'new' else 'NOT '}modern",
            dice.pick(key, what, table(f"{what}_{sex}_{era}")),
        )
        for sex, era in groups
    )


def words(dice: Dice, surname_no: str, name_no: str) -> Columns:
    """Surname from one person's number, the rest from another's: a son may carry his father's whole name."""
    second = case(
        [("gender = 'M'", dice.pick(name_no, "seconds", table("seconds_M")))],
        dice.pick(name_no, "seconds", table("seconds_F")),
    )
    return {
        "surname": dice.pick(surname_no, "surnames", table("surnames")),
        "middle": _of_group(dice, "middles", name_no),
        "second": second,
        "given": _of_group(dice, "given", name_no),
        "name_length": dice.below(name_no, "length", 1000),
    }


FULL = {
    "full_name": case(
        [
            ("name_length < 12", "surname || ' ' || given"),
            ("name_length < 170 AND second <> middle", "concat_ws(' ', surname, middle, second, given)"),
        ],
        "concat_ws(' ', surname, middle, given)",
    )
}
