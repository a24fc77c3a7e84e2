"""How far a text is from Vietnamese: the measure by which several readings of one text are told apart.

Strange characters and misspelled words say that a text is not what was meant; where two readings are
both spelled right, misplaced tones and how common the syllables are decide.
"""

import re
from functools import lru_cache
from typing import Final

from . import alphabet
from .alphabet import BLANKS, LETTERS
from .charsets import compose
from .syllables import BARE, spelled_right
from .text import canonical, fold

WORD: Final = re.compile(r"[^\W\d_](?:[^\s\d_,.;:()\"'/\\\[\]{}<>?!|&+*=@#-]*)")
BY_NATURE: Final = LETTERS | frozenset(BLANKS) | frozenset(map(chr, range(0x20, 0x7F)))
MARKS: Final = range(0x300, 0x370)
_STRANGE: Final = re.compile(f"[^{re.escape(''.join(sorted(BY_NATURE)))}\u0300-\u036f]")
_SAMPLED_WORDS: Final = 2000

# The more frequent surnames (Lê Trung Hoa 2005, and those of the north), middle and given names.
_SURNAMES: Final = (
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đào trịnh lương cao hà "
    "phùng tạ lưu mai chu kiều khuất nghiêm trương đoàn lâm thái tô vương quách tống đồng đàm triệu la "
    "lại hứa tăng"
)
_OTHER_SURNAMES: Final = (
    "châu văn giang thạch quan tôn khổng vi hoa thân ông âu bạch cù doãn giáp hán khương lã lò lục mạc "
    "ngụy nhữ nông phí sầm tiêu trang từ ứng viên bế ma hầu giàng sùng vàng thào quàng đèo"
)
_MIDDLE: Final = (
    "văn thị minh thanh hoàng ngọc quốc đức quang anh hữu thành xuân duy đình trung tuấn tấn hồng công "
    "trọng thế tiến kim nhật mạnh việt bá thu viết khắc như mỹ phương bảo gia thùy bích diệu đăng hải huy "
    "nam phú phúc thúy tuyết vĩnh thái tất doãn sỹ cẩm hoài khánh mai lan ánh"
)
_GIVEN: Final = (
    "tuấn dũng hiếu thành nam cường tiến hùng tùng huy duy hoàng đức mạnh quang phúc tài lâm thắng toàn "
    "hải sơn đạt hiệp bình long hưng trung hậu kiên quân việt dung thảo ngân trang hương nga hà huyền "
    "phương mai loan ngọc thúy linh hằng yến hiền thương anh hường nhung thanh vân hạnh thư duyên thủy "
    "hoa tâm oanh hồng thu huệ tuyết lan nguyệt quý khánh giang an bảo bắc bách bằng chi chiến chinh "
    "chính chung cúc cương diễm diệp doanh dương đại đăng điệp định đông giáp hân hiển hòa hoan hợi huân "
    "kha khang khải khoa khôi khuê kỳ lệ liên liễu lộc lợi luận lương luyến lý mão mậu my mỹ nghĩa nghị "
    "nguyên nhân nhàn nhi như ninh phong phú phước quế quyên quyền quyết quỳnh sang sáng sinh sửu tân "
    "thạch thái thi thiện thìn thịnh thoa thơm thuận thùy thuỷ tĩnh tình tiệp toản trâm trí trinh trọng "
    "trúc trường tú tuyên tuyển tý ước uyên vinh vĩnh vũ vương vượng vy xuân xuyến ý út ánh ái ân bích "
    "cảnh công dậu dần hợp đào mùi tỵ"
)
_ADDRESS: Final = (
    "số nhà ngõ ngách hẻm phố đường phường xã thị trấn quận huyện thôn xóm tổ khu tập thể đội làng thành "
    "hà nội tỉnh cụm dân cư tầng tòa chung việt nam từ liêm đông tây bắc thượng hạ trung trại hồ cầu giấy "
    "đống đa hai bà trưng hoàn kiếm long biên gia lâm sơn chương mỹ đan quốc oai ứng thạch thất phú xuyên"
)
_REMARKS: Final = (
    "đã chết mất bán chuyển nhượng chưa sang tên không cho tặng công ty cổ phần thương mại dịch vụ"
)

# Folded: the surnames by themselves, and those that only stand out beside another known name.
SURNAMES_FOLDED: Final = frozenset(map(fold, _SURNAMES.split()))
SURNAMES: Final = frozenset(f"{_SURNAMES} {_OTHER_SURNAMES}".split())
IN_NAMES: Final = frozenset(" ".join((_SURNAMES, _OTHER_SURNAMES, _MIDDLE, _GIVEN)).split())
COMMON: Final = IN_NAMES | frozenset(f"{_ADDRESS} {_REMARKS}".split())
IN_NAMES_FOLDED: Final = frozenset(map(fold, IN_NAMES))

_SMALL: Final = re.compile("[a-z]")
_INNER_CAPITAL: Final = re.compile(".[A-Z]")
# Where old and new style differ, no placement is a slip.
_EITHER_STYLE: Final = ("oa", "oe", "uy")


def share_right(text: str) -> float:
    """Share of correctly spelled words among those with letters beyond ASCII."""
    words = [word for word in WORD.findall(text) if not word.isascii()][:_SAMPLED_WORDS]
    right = sum(spelled_right(capitals_kept(word)) for word in words)
    return right / len(words) if words else 0.0


def strangeness(text: str) -> int:
    """How much of the text is not Vietnamese: strange characters count double, misspelled words once."""
    misspelled = sum(not spelled_right(word) for word in WORD.findall(compose(text)))
    return 2 * len(_STRANGE.findall(text)) + misspelled


def is_vietnamese(text: str) -> bool:
    """Whether no character is strange, every marked word a syllable, and every tone in its place."""
    if _STRANGE.search(text):
        return False
    words = [word for word in WORD.findall(compose(text)) if not word.isascii()]
    return not any(not spelled_right(word) or _misplaced(word.lower()) for word in words)


def implausibility(text: str) -> tuple[int, int, int]:
    """(strangeness, misplaced tones, uncommon syllables): the least of several readings is meant."""
    words = [word for word in WORD.findall(compose(text)) if not word.isascii()]
    misplaced = sum(_misplaced(word.lower()) for word in words)
    return strangeness(text), misplaced, sum(not is_common(word) for word in words)


def is_common(word: str) -> bool:
    return canonical(word.lower()) in COMMON


@lru_cache(maxsize=16_384)
def _misplaced(low: str) -> bool:
    bare = low.translate(alphabet.WITHOUT_TONE)
    return canonical(low) != low and bare in BARE and not bare.endswith(_EITHER_STYLE)


def capitals_kept(text: str) -> str:
    """Capitals that TCVN3 left to the font: "NGUYễN", "Tạ KIM" in capitals; "Phạm Ánh"."""
    if text.isascii():
        return text
    words = text.split(" ")
    if not _SMALL.search(text) and any(_INNER_CAPITAL.search(word) for word in words):
        return text.upper()
    heads = [word[:1] for word in words if word[:1].isascii() and word[:1].isalpha()]
    titled = len(words) > 1 and bool(heads) and all(head.isupper() for head in heads)
    return " ".join(_capital_word(word, titled) for word in words)


def _capital_word(word: str, titled: bool) -> str:
    plain = [ch for ch in word if ch.isascii() and ch.isalpha()]
    if len(plain) > 1 and all(ch.isupper() for ch in plain):
        return word.upper()
    if titled and word and not word[0].isascii():
        return word[0].upper() + word[1:]
    return word
