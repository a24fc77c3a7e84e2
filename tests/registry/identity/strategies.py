"""Text as registers hold it: Vietnamese letters, and what goes wrong with them."""

from hypothesis import strategies as st

from registry.identity import alphabet
from registry.identity.syllables import BARE

LETTERS = "".join(sorted(alphabet.LETTERS))
NOISE = "ÐðƉ\xa0\u200b\xad()-–.,'*/0123456789ÃÂ¨µ®»…fjwz\u0300\u0301\u0303\u0302АаоｱＡ\t"

words = st.sampled_from(sorted(BARE)).flatmap(
    lambda bare: st.sampled_from([bare, bare.capitalize(), bare.upper()])
)
good_names = st.lists(
    words.filter(lambda word: word.istitle() or len(word) == 1), min_size=1, max_size=5
).map(" ".join)
letters = st.text(alphabet=LETTERS + " " * 20, max_size=25)
noisy = st.text(alphabet=LETTERS + NOISE + " " * 20, max_size=25)
