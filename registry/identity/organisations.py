"""Whether a name is that of an organisation: its brackets, dashes and abbreviations belong to it."""

import re
from typing import Final

from .text import folded

# Folded, in front: only what cannot be a surname and a name (Trương, Văn Phong, Tô Chức are persons).
_IN_FRONT: Final = (
    "cty", "c.ty", "cong ty", "tong cong ty", "tap doan", "doanh nghiep", "dntn", "xi nghiep", "nha may",
    "ngan hang", "chi nhanh", "nha hang", "khach san", "cua hang", "ho kinh doanh", "htx", "hop tac xa",
    "to hop tac", "benh vien", "phong kham", "tram y te", "ubnd", "uy ban", "hdnd", "hoc vien", "don vi",
    "trung tam", "chi cuc", "tong cuc", "dai su quan", "dsq", "lanh su quan", "quy tin dung",
    "bao hiem xa hoi", "kho bac nha nuoc", "lien doan", "lien hiep", "toa an", "quan doi",
    "buu dien", "nha xuat ban",
    "van phong (?:dai dien|cong chung|luat|uy ban|giao dich|dang ky|hdnd|chinh phu)",
    "truong (?:thpt|thcs|th|tieu hoc|trung (?:hoc|cap)|dai hoc|cao dang|mam non|mau giao|day nghe|si quan)",
    "so (?:giao thong|xay dung|y te|tai chinh|tu phap|noi vu|nong nghiep|cong thuong|van hoa|giao duc)",
    "cuc (?:canh sat|thue|hai quan|duong bo|dang kiem|quan ly|thong ke|thi hanh)",
    "bo (?:cong an|quoc phong|tai chinh|y te|tu lenh|chi huy)", "ban (?:quan ly|chi huy|qlda)",
    "vien (?:kiem sat|nghien cuu|khoa hoc|han lam)", "hoi (?:nong dan|phu nu|chu thap|cuu chien|nguoi)",
    "cong an (?:tp|thanh pho|quan|huyen|phuong|xa|tinh)", "(?:su|lu|trung) doan [0-9]",
)  # fmt: skip
# Folded, anywhere: what no person is called. "Cổ phần" is not here: Cơ and Phan are names.
_ANYWHERE: Final = (
    "tnhh", "mtv", "jsc", "ltd", "llc", "inc", "corp", "corporation", "company", "group", "gmbh",
    "tmcp", "dvtm", "xnk", "tm-?dv", "thpt", "thcs", "hop tac xa",
)  # fmt: skip
_ORGANISATION: Final = re.compile(rf"^(?:{'|'.join(_IN_FRONT)})\b|\b(?:{'|'.join(_ANYWHERE)})\b")


def is_organisation(name: str) -> bool:
    """By the words of the name alone; a private person is never taken for one."""
    return _ORGANISATION.search(folded(name)) is not None
