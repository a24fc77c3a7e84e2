"""Who is who: for each record of a register the person it is about, and what was spoiled in it."""

from .sql import literal, only, stacked, without

COLUMNS = ("personal_id", "injected")


def apart(records: str) -> str:
    """The records as the register shows them."""
    return without(records, *COLUMNS)


def register(**records: str) -> str:
    """The columns of ``truth.csv`` over the records of each register.

    ``personal_id`` is empty where nobody in the population is the party, ``injected`` where all is clean.
    """
    return stacked(
        *(
            only(rows, register=literal(name), source_id="source_id", **{name: name for name in COLUMNS})
            for name, rows in records.items()
        )
    )
