"""Sorts what was just judged: declarations that agree letter by letter are plain, for lots of the ward."""

from django.db import connection

from cases.confirmations.standing import AGREES, BESIDE

_MARK = f"""
UPDATE said SET plain = true
FROM cases_declaration AS told {BESIDE}, registry_person AS person
WHERE told.id = said.id AND said.fresh AND said.becomes = 'confirms' AND said.who = 'owner'
  AND person.id = said.person_id AND {AGREES}"""


def mark_plain() -> None:
    """Complete the rows of `said` (`cases.declarations.said`): which of them are plain."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK)
