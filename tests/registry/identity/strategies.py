"""Text as registers hold it: Vietnamese letters, and what goes wrong with them."""

from hypothesis import strategies as st

from registry.identity import alphabet
from registry.identity.syllables import BARE
from registry.identity.text import canonical

LETTERS = "".join(sorted(alphabet.LETTERS))
NOISE = "ÐðƉ\xa0\u200b\xad()-–.,'*/0123456789ÃÂ¨µ®»…fjwz\u0300\u0301\u0303\u0302АаоｱＡ\t"

STOPS = ("c", "ch", "k", "p", "t")


def _toned(bare: str, tone: int) -> str:
    """The syllable with a tone its ending allows, where spelling wants it."""
    tone = 4 + tone % 2 if bare.endswith(STOPS) else tone
    at = max(at for at, letter in enumerate(bare) if (letter, tone) in alphabet.ADD_TONE)
    return canonical(bare[:at] + alphabet.ADD_TONE[bare[at], tone] + bare[at + 1 :])


words = st.builds(_toned, st.sampled_from(sorted(BARE)), st.integers(0, 5))
good_names = st.lists(words, min_size=1, max_size=5).flatmap(
    lambda syllables: st.sampled_from([" ".join(syllables).title(), " ".join(syllables).upper()])
)
letters = st.text(alphabet=LETTERS + " " * 20, max_size=25)
noisy = st.text(alphabet=LETTERS + NOISE + " " * 20, max_size=25)
