"""The table of verdicts: what matching can say about a party, and what follows (design, section 4)."""

from __future__ import annotations

from dataclasses import dataclass

URGENT, SOON, NORMAL, ROUTINE, NOTHING = 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict.

    `links_person`: the person is linked without a human looking first.
    `resolves_person`: one person is named, so that a death found there makes the verdict `deceased`.
    `plain`: nothing to look at, so no candidates are kept.
    `priority`: 1 is worked first.
    """

    code: str
    opens_case: bool
    priority: int
    bulk_approvable: bool = False
    links_person: bool = False
    resolves_person: bool = False
    plain: bool = False


VERIFIED = "verified"
VERIFIED_FORMER_ID = "verified_former_id"
NAME_VARIANT = "name_variant"
ID_TYPO = "id_typo"
PROBABLE = "probable"
AMBIGUOUS = "ambiguous"
ID_CONFLICT = "id_conflict"
DECEASED = "deceased"
NO_CANDIDATE = "no_candidate"
ORGANISATION = "organisation"
FOREIGNER = "foreigner"

_TABLE = (
    Verdict(VERIFIED, False, NOTHING, links_person=True, resolves_person=True, plain=True),
    Verdict(VERIFIED_FORMER_ID, True, ROUTINE, bulk_approvable=True, links_person=True, resolves_person=True),
    Verdict(NAME_VARIANT, True, ROUTINE, bulk_approvable=True, links_person=True, resolves_person=True),
    Verdict(ID_TYPO, True, NORMAL, resolves_person=True),
    Verdict(PROBABLE, True, NORMAL, resolves_person=True),
    Verdict(AMBIGUOUS, True, NORMAL),
    Verdict(ID_CONFLICT, True, URGENT),
    Verdict(DECEASED, True, SOON),
    Verdict(NO_CANDIDATE, True, ROUTINE),
    Verdict(ORGANISATION, False, NOTHING, plain=True),
    Verdict(FOREIGNER, False, NOTHING, plain=True),
)

VERDICTS: dict[str, Verdict] = {verdict.code: verdict for verdict in _TABLE}


def codes(flag: str) -> tuple[str, ...]:
    """Codes of the verdicts whose attribute `flag` is true, in the order of the table."""
    return tuple(verdict.code for verdict in _TABLE if getattr(verdict, flag))
