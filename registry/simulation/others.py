"""Parties that are no citizens: organisations with their tax codes, foreigners with their papers."""

from collections.abc import Mapping

from . import numbers, places
from .owners import World
from .slips import Stage
from .sql import Dice, case, table

COMPANY_FORMS = (
    "CÔNG TY TNHH", "CÔNG TY CỔ PHẦN", "CÔNG TY TNHH MỘT THÀNH VIÊN", "DOANH NGHIỆP TƯ NHÂN", "HỢP TÁC XÃ",
)  # fmt: skip
COMPANY_TRADES = (
    "VẬN TẢI", "THƯƠNG MẠI", "XÂY DỰNG", "DỊCH VỤ DU LỊCH", "CƠ KHÍ", "THỰC PHẨM", "LOGISTICS", "NỘI THẤT",
    "VẬT LIỆU", "IN ẤN",
)  # fmt: skip
COMPANY_WORDS = (
    "HOA BAN", "SÔNG XANH", "MÂY TRẮNG", "NÚI ĐÁ", "ÁNH TRĂNG", "ĐỒNG LÚA", "CÁNH BUỒM", "GIÓ ĐÔNG",
    "SEN VÀNG", "TRÚC XANH", "BÌNH MINH MỚI", "HẢI ÂU TRẮNG", "PHÙ SA", "THẢO NGUYÊN XA", "NGỌC LAN TÍM",
    "CỎ BIẾC", "MƯA XUÂN", "LÁ ĐỎ",
)  # fmt: skip
OFFICES = ("ỦY BAN NHÂN DÂN", "TRƯỜNG TIỂU HỌC", "TRẠM Y TẾ", "BAN QUẢN LÝ DỰ ÁN", "TRUNG TÂM VĂN HÓA")

FOREIGN_GIVEN = (
    "JOHN", "MARIA", "KENJI", "MIN JUN", "ANNA", "PIERRE", "OLGA", "WEI", "SOMCHAI", "LUCAS", "YUKI",
    "ELENA",
)  # fmt: skip
FOREIGN_FAMILY = (
    "SMITH", "TANAKA", "KIM", "MULLER", "DUPONT", "IVANOV", "LI", "GARCIA", "PARK", "ROSSI", "SATO",
    "WILSON",
)  # fmt: skip

TABLES: Mapping[str, list[str]] = {
    "company_forms": list(COMPANY_FORMS),
    "company_trades": list(COMPANY_TRADES),
    "company_words": list(COMPANY_WORDS),
    "offices": list(OFFICES),
    "foreign_given": list(FOREIGN_GIVEN),
    "foreign_family": list(FOREIGN_FAMILY),
}

PUBLIC_BODIES_FROM, PUBLIC_BODIES = 900_000, 400


def organisation_name(dice: Dice) -> str:
    """A company, or a public body of a ward."""
    office = dice.pick("company_no", "office", table("offices"))
    ward = places.ward(places.home(dice, "company_no"))
    forms, trades, words = (
        dice.pick("company_no", f"company {part}", table(f"company_{part}"))
        for part in ("forms", "trades", "words")
    )
    company = f"concat_ws(' ', {forms}, {trades}, {words}, 1 + company_no % 97)"
    return case([("public_body", f"{office} || ' ' || upper({ward}.name)")], company)


def columns(world: World) -> dict[str, str]:
    """Which organisation it is; what a foreigner is called, and the number of their papers."""
    dice = world.dice
    companies = max(50, world.population.size // 40)
    foreign = [dice.pick("record_no", part, table(part)) for part in ("foreign_given", "foreign_family")]
    public = f"{PUBLIC_BODIES_FROM} + {dice.below('record_no', 'public body', PUBLIC_BODIES)}"
    return {
        "company_no": case([("public_body", public)], dice.below("record_no", "company", companies)),
        "foreign_name": " || ' ' || ".join(foreign),
        "foreign_number": numbers.foreign_document(dice, "record_no"),
    }


def tax_code_stage(dice: Dice) -> Stage:
    clean = "company_number_clean"
    digit = f"(right({clean}, 1)::INTEGER + 1 + {dice.below('record_no', 'tax digit', 9)}) % 10"
    slips = {"tax_code_wrong": f"left({clean}, 9) || ({digit})::VARCHAR", "tax_code_missing": "NULL"}
    spared = "owner_kind <> 'organisation'"
    return Stage(
        "company_number", numbers.tax_code(dice, "company_no"), slips, key="record_no", spared=spared
    )
