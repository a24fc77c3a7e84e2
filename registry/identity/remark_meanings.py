"""What a remark says, as a code: the words of clerks in the field of a name or a note."""

import re
from typing import Final

from .plausibility import SURNAMES_FOLDED
from .text import fold

_SURNAME: Final = f"(?:{'|'.join(sorted(SURNAMES_FOLDED))})"
# The first that is found holds; patterns are for folded text.
_TABLE: Final = (
    ("mark", r"^[^a-z0-9]+$"),
    ("title", r"^(?:(?:ong|ba|o|b|anh|chi|em|co|chu|bac|mr|mrs|ms|miss)[\s/,.&:-]*)+$"),
    ("not_transferred", r"\b(?:chua|khong) (?:sang ten|chuyen|lam thu tuc|chinh chu|doi chu)"),
    ("missing_person", r"\bmat tich\b"),
    ("stolen", r"\b(?:mat (?:cap|trom|xe)|(?:bi )?trom|bi cuop|xe mat)\b"),
    ("papers_lost", r"\bmat (?:bien|dang ky|giay|ho so|cavet)\b"),
    ("dissolved", r"\b(?:giai the|pha san|ngung hoat dong|dong cua|chua hoat dong)\b"),
    ("deceased", r"\b(?:chet|qua doi|tu vong|tu tran|hy sinh|liet si)\b"
                 r"|\bmat(?= nam\b|$|[ :.-]*[0-9])|\bda mat\b"),
    ("abroad", r"\b(?:xuat canh|nuoc ngoai|dinh cu|xkld|viet kieu)\b"),
    ("detained", r"\b(?:di tu|tu giam|chap hanh an|tam giam|bat giam)\b"),
    ("revoked", r"\b(?:thu hoi|da huy|huy (?:dang ky|ho so))\b"),
    ("seized", r"\b(?:tam giu|tich thu|ke bien|bi giu)\b"),
    ("scrapped", r"\b(?:thanh ly|hu hong|hong|khong con|khong su dung|sat vun|nien han|chay)\b"),
    ("inherited", r"\bthua ke\b"),
    ("moved", r"\bchuyen (?:di|den|noi|khau|ho khau|tinh|cong tac|ve|vao|nha|cho o|ra)\b|\bdi noi khac\b"
              r"|\bkhong (?:o|cu tru)\b|\bvang mat\b|\bbo di\b"),
    ("sold", r"\bda ban\b|\bban (?:xe|cho|lai|lau|tu|nam|roi)\b|^ban\b|\bmua ban\b"),
    ("transferred", r"\b(?:sang ten|(?:da|giay) chuyen\b|chuyen (?:nhuong|quyen|chu|ten|giao))"
                    r"|\b(?:doi chu|nhuong)\b"),
    ("given", r"\b(?:tang|bieu|da cho|cho (?:con|em|chau|anh|chi|vo|chong|bo|me|ban|muon|nguoi)|tang cho)\b"),
    ("not_found", r"\b(?:khong|chua) (?:ro|xac dinh|tim thay|lien lac|co nha|co mat)\b"),
    ("renamed", r"\b(?:doi ten|cai chinh|doi ho)\b"),
    ("also_known_as", r"^(?:tuc|con goi|bi danh|ten (?:khac|thuong goi|cu)|thuong goi)\b"),
    ("birth_year", r"^(?:sn|ns|sinh|sinh nam|nam sinh)?[\s.:]*(?:18|19|20)[0-9]{2}$"
                   r"|^(?:sn|ns|sinh(?: nam| ngay)?)\b"),
    ("phone", r"^(?:sdt|dt|tel|mobile|dien thoai)\b|^(?:0|\+?84)[0-9 .-]{8,11}$"),
    ("number", r"^(?:so )?(?:cmnd|cmt|cccd|ddcn|dinh danh|ho chieu)\b|^[0-9]{9}$|^[0-9]{12}$"),
    ("co_owner", r"\bdong (?:chu )?so huu\b|^(?:(?:va|cung)\b|[&+])|\bdong chu\b"),
    # Folded, vợ (wife) and the surname Võ are one word: she has a surname of her own behind it.
    ("relation", rf"^(?:la )?(?:con|chong|me|bo|cha|anh|chi|em|ong|ba|chau|chu ho)\b|^vo(?: {_SURNAME}\b|$)"),
    ("co_owner", rf"^{_SURNAME} [a-z]+(?: [a-z]+){{1,3}}$"),
    ("owner", r"\bchu (?:cu|moi|xe|so huu)\b"),
    ("residence", r"^(?:o|tam tru|thuong tru|dia chi|hktt|so nha)\b"),
    ("serial", r"^[0-9]{1,4}[.)/:]?$"),
)  # fmt: skip
MEANINGS: Final = (*dict.fromkeys(code for code, _ in _TABLE), "other")
# What happened to the owner or the vehicle, rather than who the owner is.
EVENTS: Final = frozenset({
    "deceased", "missing_person", "abroad", "moved", "detained", "dissolved", "sold", "transferred",
    "not_transferred", "given", "inherited", "stolen", "papers_lost", "revoked", "seized", "scrapped",
})  # fmt: skip
LIFE_OF_ORGANISATIONS: Final = EVENTS | {"renamed", "also_known_as", "mark"}

_PATTERNS: Final = tuple((code, re.compile(pattern)) for code, pattern in _TABLE)


def meaning_of(note: str) -> str:
    """One of MEANINGS: "đã chết" is deceased, "đã bán 2015" is sold, "*" is a mark."""
    folded = fold(note)
    return next((code for code, pattern in _PATTERNS if pattern.search(folded)), "other")
