"""Which syllables are Vietnamese: initials × rimes, after the rules of spelling.

Written without tones; marks of shape (ă â ê ô ơ ư đ) belong to the rime or initial.
"""

from functools import lru_cache
from typing import Final

from . import alphabet
from .text import fold

_RIMES_FRONT: Final = (
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu"
)
_RIMES_BACK: Final = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây o oc oi om "
    "on ong op ot oong ooc ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung uôc uôi uôm uôn "
    "uông uôt up ut ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu"
)
_RIMES_ROUND: Final = (
    "oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet uân uâng uât "
    "uây uê uêch uênh uên uơ uy uya uych uyên uyêt uynh uyp uyt uyu"
)
_RIMES_QU: Final = (
    "a ac ach ai am an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê ên êt êch ênh i "
    "it ơ ơi ôc y ych ynh yên yêt yt yp yn yu"
)
_RIMES_GI: Final = (
    "a ac ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âp ât âu ây e em en eo ep et ê êc "
    "êng êt o oc oi on ong op ot ô ôc ôi ông ôn ôp ô ơ ơi ơn u uc ui un ut uôc uông uôm ư ưa ưt ươc ươi "
    "ươm ương"
)
_RIMES_Y: Final = "y yêm yên yêng yêt yêu"

_INITIALS_ANY: Final = "b ch d đ h kh l m n nh ph s t th tr v x p r"

# (initials, rimes): each pairing spells syllables; "-" is no initial.
_PAIRINGS: Final = (
    (_INITIALS_ANY, f"{_RIMES_FRONT} ia {_RIMES_BACK}"),
    (_INITIALS_ANY, _RIMES_ROUND),
    ("c g ng", _RIMES_BACK),
    ("g ng", "oa oan oanh oang oao oay oăc oe oeo uy uyên uyêt uây uơ uê oam oai oăng uêch uân uynh uya uyu"),
    ("c", "oong ooc"),
    ("k gh ngh", f"{_RIMES_FRONT} ia"),
    ("-", f"{_RIMES_FRONT} ia {_RIMES_BACK} {_RIMES_ROUND} {_RIMES_Y}"),
    ("h k l m s t v b d n", "y"),
    ("k", "yêu yên"),
    ("qu", _RIMES_QU),
    ("gi", f"- {_RIMES_GI} n m"),
)


def _spell() -> frozenset[str]:
    return frozenset(
        initial.strip("-") + rime.strip("-")
        for initials, rimes in _PAIRINGS
        for initial in initials.split()
        for rime in rimes.split()
    )


# Toneless but with marks of shape, lower case; and the same without any mark.
BARE: Final = _spell()
SYLLABLES: Final = frozenset(map(fold, BARE))
LONGEST: Final = 7

_STOPPED: Final = ("c", "ch", "p", "t", "k")
_STOP_TONES: Final = (4, 5)
_TONES_OF: Final = {letter: tone for letter, (_, tone) in alphabet.SPLIT_TONE.items() if tone}


def well_formed_syllable(folded: str) -> bool:
    """Whether the folded syllable can be Vietnamese: "dung" can, "hungg" and "nguyem" cannot."""
    return folded in SYLLABLES


@lru_cache(maxsize=65_536)
def spelled_right(word: str) -> bool:
    """Whether a word as written is a Vietnamese syllable, marked in full or not marked at all."""
    if not _case_is_regular(word):
        return False
    low = word.lower()
    if low.isascii():
        return low in SYLLABLES
    tones = [_TONES_OF[ch] for ch in low if ch in _TONES_OF]
    bare = low.translate(alphabet.WITHOUT_TONE)
    if len(tones) > 1 or bare not in BARE:
        return False
    return not bare.endswith(_STOPPED) or bool(tones and tones[0] in _STOP_TONES)


def _case_is_regular(word: str) -> bool:
    return word.islower() or word.isupper() or (word[:1].isupper() and word[1:].islower())
