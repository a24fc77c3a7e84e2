"""What a declaration of today must fulfil beyond what a row of a file must."""

from dataclasses import dataclass
from typing import Final

from django.conf import settings

# Codes that a file only notes: the sender is there to correct them.
STRICT: Final = (
    "choice_unknown", "date_unreadable", "digits_lost", "id_unreadable", "plate_unreadable", "too_long",
)  # fmt: skip
# Texts that are cut, and kept whole beside it.
_ONLY_CUT: Final = ("engine_no", "chassis_no", "note")

# How far a sender's clock may be ahead, in minutes.
CLOCK_SKEW: Final = 10
# Owner: from 15 (Circular 24/2023/TT-BCA art. 3, with consent until 18). Driver: from 16 (mopeds).
OWNER_AGE: Final = 15
DRIVER_AGE: Final = 16

_TODAY: Final = f"(now() AT TIME ZONE '{settings.TIME_ZONE}')::date"
_DIGITS: Final = "vr_id_key(said.declarant_id)"
# Decree 137/2015/NĐ-CP art. 13: the fourth digit says century and sex, the next two the year.
_BORN: Final = f"1900 + 100 * (substr({_DIGITS}, 4, 1)::int / 2) + substr({_DIGITS}, 5, 2)::int"


@dataclass(frozen=True)
class Rule:
    """`broken` is SQL over `said`, a row as understood, and `cell`, its texts."""

    field: str
    code: str
    broken: str


RULES: Final = (
    Rule("declared_at", "date_in_future", f"said.declared_at > now() + interval '{CLOCK_SKEW} minutes'"),
    Rule("since", "date_in_future", f"said.since > {_TODAY}"),
    Rule(
        "declarant_id",
        "under_age",
        f"CASE WHEN length({_DIGITS}) = 12 THEN extract(year FROM {_TODAY}) - ({_BORN})"
        f" < CASE said.subject WHEN 'licence' THEN {DRIVER_AGE} ELSE {OWNER_AGE} END END",
    ),
    Rule("plate", "missing", "said.subject = 'vehicle' AND cell.plate IS NULL"),
    Rule("licence_number", "missing", "said.subject = 'licence' AND cell.licence_number IS NULL"),
)


def broken_sql() -> str:
    """The broken rules of a row, as `field:code`."""
    found = ", ".join(f"CASE WHEN {rule.broken} THEN '{rule.field}:{rule.code}' END" for rule in RULES)
    return f"array_remove(ARRAY[{found}], NULL)"


def refuses(note: str) -> bool:
    """Whether a note, `field:code` with "!" where a file's row would be rejected, refuses an item."""
    name, _colon, code = note.lstrip("!").partition(":")
    return note.startswith("!") or (code in STRICT and not (code == "too_long" and name in _ONLY_CUT))


def sound_sql() -> str:
    """Whether neither the notes nor the rules refuse a row; the same question as `refuses`."""
    cut = "|".join(_ONLY_CUT)
    strict = "|".join(code for code in STRICT if code != "too_long")
    only_cut = f"regexp_replace(array_to_string(said.notes, ' '), '({cut}):too_long', '', 'g')"
    return f"(coalesce({only_cut} !~ '!|:({strict}|too_long)', true) AND broken.rules = '{{}}')"
